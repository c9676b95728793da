"""The vector index finds what brute force finds."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Vectors
from index.vectors import VectorIndex
from ingest.errors import StoreDamaged, StoreError


def unit_rows(count: int, dimension: int = 16, seed: int = 0) -> Vectors:
    """Random unit rows."""
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def filled(rows: Vectors, first: int = 100) -> VectorIndex:
    """An index of the rows under the ids from `first`."""
    index = VectorIndex.empty(rows.shape[1])
    index.add(range(first, first + len(rows)), rows)
    return index


@given(st.integers(0, 10_000), st.integers(1, 60), st.integers(1, 70), st.sets(st.integers(0, 59)))
def test_search_is_brute_force(seed: int, count: int, k: int, removed: set[int]) -> None:
    """Ids and cosines equal those of numpy, also after removals."""
    rows, query = unit_rows(count, seed=seed), unit_rows(1, seed=seed + 1)[0]
    index = filled(rows)
    gone = [row for row in removed if row < count]
    assert index.remove([100 + row for row in gone]) == len(gone)
    cosines = {100 + row: float(rows[row] @ query) for row in range(count) if row not in removed}
    best = sorted(cosines, key=lambda one: -cosines[one])[:k]
    found = index.search(query, k)
    assert list(found) == best
    assert list(found.values()) == pytest.approx([cosines[one] for one in best], abs=1e-5)
    assert index.cosines(query, best) == pytest.approx({one: cosines[one] for one in best}, abs=1e-5)


def test_a_subset_is_searched_alone() -> None:
    """Only the ids asked for are found, and all of them where k allows."""
    rows = unit_rows(50)
    index = filled(rows)
    within = [149, 103, 120, 999]
    found = index.search(rows[7], 10, within)
    assert set(found) == {103, 120, 149}
    assert list(found) == sorted(found, key=lambda one: -found[one])
    assert index.search(rows[7], 10, []) == {}


def test_a_vector_is_nearest_to_itself() -> None:
    """The cosine of a row with itself is 1: the metric is the one it is said to be."""
    rows = unit_rows(20)
    assert filled(rows).search(rows[3], 1) == pytest.approx({103: 1.0})


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    """An index without vectors can be searched, saved and loaded."""
    VectorIndex.empty(16).save(tmp_path / "v")
    index = VectorIndex.load(tmp_path / "v")
    assert (len(index), index.dimension) == (0, 16)
    assert index.search(unit_rows(1)[0], 5) == {}
    assert index.cosines(unit_rows(1)[0], []) == {}


def test_a_saved_index_is_the_same_when_loaded(tmp_path: Path) -> None:
    """Saving keeps ids and vectors, and what is loaded can be changed further."""
    rows = unit_rows(30)
    filled(rows).save(tmp_path / "v")
    index = VectorIndex.load(tmp_path / "v")
    assert index.search(rows[0], 30) == filled(rows).search(rows[0], 30)
    assert index.remove([100]) == 1
    index.add([7], rows[:1])
    assert index.search(rows[0], 1) == pytest.approx({7: 1.0})


@pytest.mark.parametrize("content", [b"", b"not an index", b"IxFI" + bytes(20)])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes) -> None:
    """Whatever is in the file, the error is one line with its path."""
    (tmp_path / "v").write_bytes(content)
    with pytest.raises(StoreDamaged, match=str(tmp_path / "v")) as raised:
        VectorIndex.load(tmp_path / "v")
    assert "\n" not in str(raised.value)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """An index that cannot be written says where."""
    with pytest.raises(StoreError, match="nowhere"):
        VectorIndex.empty(4).save(tmp_path / "nowhere" / "v")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (unit_rows(2) * 2, "expected unit rows, found a norm of"),
        (np.zeros((2, 16), dtype=np.float32), "expected unit rows, found a norm of 0.0"),
        (np.full((2, 16), np.nan, dtype=np.float32), "expected unit rows, found a norm of nan"),
        (unit_rows(2, 8), r"expected vectors of shape \(2, 16\), found \(2, 8\)"),
        (unit_rows(3), r"expected vectors of shape \(2, 16\), found \(3, 16\)"),
    ],
)
def test_only_unit_rows_of_the_right_shape_are_taken(rows: Vectors, message: str) -> None:
    """An inner product is a cosine only of unit rows: others are refused."""
    index = VectorIndex.empty(16)
    with pytest.raises(ValueError, match=message):
        index.add([1, 2], rows)
    assert len(index) == 0


def test_an_unknown_id_has_no_cosine() -> None:
    """Asking for an id that is not there is an error, not a zero."""
    with pytest.raises(KeyError):
        filled(unit_rows(3)).cosines(unit_rows(1)[0], [5])
