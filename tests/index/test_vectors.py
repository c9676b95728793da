"""The vector index finds what brute force finds, whatever became of it before."""

import json
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dense.segments import EXACT
from index.dense.vectors import VectorIndex, update
from index.types import Vectors
from ingest.errors import StoreDamaged, StoreError


def unit_rows(count: int, dimension: int = 16, seed: int = 0) -> Vectors:
    """Random unit rows."""
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


class Stored:
    """Vectors as a catalogue gives them, under the ids from 100."""

    def __init__(self, rows: Vectors) -> None:
        self.rows = rows
        self.read = 0

    def __call__(self, ids: object) -> Vectors:
        places = np.asarray(ids) - 100
        self.read += len(places)
        return self.rows[places]

    def best(self, query: Vectors, ids: set[int], k: int) -> dict[int, float]:
        """The k ids of highest cosine, by brute force."""
        cosines = {one: float(self.rows[one - 100] @ query) for one in ids}
        return dict(sorted(cosines.items(), key=lambda pair: -pair[1])[:k])


def same(found: dict[int, float], expected: dict[int, float]) -> bool:
    """Whether the ids are the same, in order, and the cosines but for half precision."""
    return list(found) == list(expected) and np.allclose(
        list(found.values()), list(expected.values()), atol=1e-3
    )


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.sets(st.integers(0, 200))), min_size=1, max_size=8),
    st.integers(1, 250),
)
def test_search_is_brute_force_after_any_history(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[int, set[int]]], k: int
) -> None:
    """However ids were added and removed, search finds the nearest of those that are left."""
    folder, stored = tmp_path_factory.mktemp("vectors"), Stored(unit_rows(400))
    held: set[int] = set()
    known = 0
    for step, (count, unwanted) in enumerate(history):
        added = range(100 + known, 100 + known + count)
        removed = sorted({100 + one for one in unwanted} & held)
        previous = folder / str(step - 1) if step else None
        held = (held - set(removed)) | set(added)
        known += count
        assert update(folder / str(step), previous, removed, list(added), stored) == len(held)
    index = VectorIndex(folder / str(len(history) - 1), stored)
    query = unit_rows(1, seed=1)[0]
    assert (len(index), index.recall) == (len(held), 1.0)
    assert same(index.search(query, k), stored.best(query, held, k))
    within = sorted(held)[::2]
    assert same(index.search(query, k, within), stored.best(query, set(within), k))


def test_a_subset_is_searched_alone(tmp_path: Path) -> None:
    """Only the ids asked for are found, and all of them where k allows."""
    stored = Stored(unit_rows(50))
    update(tmp_path / "v", None, [], range(100, 150), stored)
    index = VectorIndex(tmp_path / "v", stored)
    found = index.search(stored.rows[7], 10, [149, 103, 120, 999])
    assert set(found) == {103, 120, 149}
    assert list(found) == sorted(found, key=lambda one: -found[one])
    assert index.search(stored.rows[7], 10, []) == {}


def test_a_large_index_is_coded_and_measures_its_recall(tmp_path: Path) -> None:
    """Above the limit a segment proposes and the stored vectors rank; removed ids are not found."""
    stored = Stored(unit_rows(EXACT + 2_000, 64))
    update(tmp_path / "1", None, [], range(100, 100 + EXACT + 1_000), stored)
    removed = range(100, 100 + EXACT, 7)
    update(tmp_path / "2", tmp_path / "1", removed, range(100 + EXACT + 1_000, 100 + EXACT + 2_000), stored)
    index = VectorIndex(tmp_path / "2", stored)
    held = {*range(100, 100 + EXACT + 2_000)} - {*removed}
    assert len(index) == len(held)
    assert 0.9 <= index.recall <= 1.0
    found = expected = 0
    for query in unit_rows(20, 64, seed=1):
        nearest, best = index.search(query, 10), stored.best(query, held, 10)
        assert nearest.keys() <= held
        assert all(nearest[one] == pytest.approx(best[one], abs=1e-3) for one in nearest.keys() & best.keys())
        found, expected = found + len(nearest.keys() & best.keys()), expected + 10
    assert found >= 0.9 * expected
    index.close()
    assert not any(thread.name.startswith("vectors") for thread in threading.enumerate())


def test_an_index_that_is_exact_again_misses_nothing(tmp_path: Path) -> None:
    """What was measured while a segment was coded says nothing once none is."""
    update(tmp_path / "v", None, [], [100, 101], Stored(unit_rows(2)))
    (tmp_path / "v" / "segments.json").write_text(json.dumps([["1.faiss"], [], 0.5]), encoding="utf-8")
    assert VectorIndex(tmp_path / "v", Stored(unit_rows(2))).recall == 1.0


def test_a_change_writes_only_what_changed(tmp_path: Path) -> None:
    """Of a large index neither the vectors are read again nor the files written again."""
    stored = Stored(unit_rows(10_000))
    update(tmp_path / "1", None, [], range(100, 9_100), stored)
    stored.read = 0
    update(tmp_path / "2", tmp_path / "1", [105], range(9_100, 9_110), stored)
    assert stored.read <= 2 * 10
    old, new = (tmp_path / folder / "1.faiss" for folder in "12")
    assert old.samefile(new)


def test_segments_stay_few(tmp_path: Path) -> None:
    """After many small changes there are a logarithmic number of files, each vector in one."""
    stored = Stored(unit_rows(300))
    for n in range(200):
        previous = tmp_path / str(n - 1) if n else None
        update(tmp_path / str(n), previous, [], [100 + n], stored)
    assert len(list((tmp_path / "199").glob("*.faiss"))) <= 8
    assert len(VectorIndex(tmp_path / "199", stored)) == 200


def test_an_id_that_is_not_there_cannot_be_removed(tmp_path: Path) -> None:
    """What was to be removed and is not there is damage, not a detail."""
    stored = Stored(unit_rows(10))
    update(tmp_path / "1", None, [], [100, 101], stored)
    with pytest.raises(StoreDamaged, match="1 of 2 passages to remove have no vector"):
        update(tmp_path / "2", tmp_path / "1", [101, 105], [], stored)


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    """An index without vectors can be made, opened and searched."""
    stored = Stored(unit_rows(1))
    assert update(tmp_path / "v", None, [], [], stored) == 0
    index = VectorIndex(tmp_path / "v", stored)
    assert (len(index), index.search(stored.rows[0], 5), index.cosines(stored.rows[0], [])) == (0, {}, {})


@pytest.mark.parametrize("name", ["segments.json", "1.faiss"])
@pytest.mark.parametrize("content", [b"", b"not an index", b"IxFI" + bytes(20), b"[1, 2]"])
def test_a_damaged_file_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    """Whatever is in the file, the error is one line with its path."""
    stored = Stored(unit_rows(3))
    update(tmp_path / "v", None, [], [100, 101], stored)
    (tmp_path / "v" / name).write_bytes(content)
    with pytest.raises(StoreDamaged, match=str(tmp_path / "v" / name)) as raised:
        VectorIndex(tmp_path / "v", stored)
    assert "\n" not in str(raised.value)


def test_a_list_that_names_no_file_is_damage(tmp_path: Path) -> None:
    """A segment that is listed and lost is named."""
    (tmp_path / "segments.json").write_text(json.dumps([["7.faiss"], [], 1.0]), encoding="utf-8")
    with pytest.raises(StoreDamaged, match=r"7\.faiss"):
        VectorIndex(tmp_path, Stored(unit_rows(1)))


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """An index that cannot be written says where."""
    (tmp_path / "1.faiss").mkdir(parents=True)
    (tmp_path / "v").mkdir()
    from index.dense.segments import write

    with pytest.raises(StoreError, match=r"1\.faiss"):
        write(tmp_path / "1.faiss", np.asarray([100]), Stored(unit_rows(1)))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (unit_rows(2) * 2, "expected unit rows, found a norm of"),
        (np.zeros((2, 16), dtype=np.float32), "expected unit rows, found a norm of 0.0"),
        (np.full((2, 16), np.nan, dtype=np.float32), "expected unit rows, found a norm of nan"),
    ],
)
def test_only_unit_rows_are_taken(tmp_path: Path, rows: Vectors, message: str) -> None:
    """An inner product is a cosine only of unit rows: others are refused."""
    with pytest.raises(ValueError, match=message):
        update(tmp_path / "v", None, [], [100, 101], Stored(rows))
