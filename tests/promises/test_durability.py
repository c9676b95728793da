"""A store survives what happens to a process: nothing is lost, there twice, or paid for twice.

`python -m pytest tests/promises/test_durability.py --kills 200` kills at as many moments in each test.
"""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index import sync
from index.catalogue.database import Catalogue
from index.search import search
from index.store import Generation
from index.types import Query, Report
from ingest.errors import StoreError, StoreMissing
from ingest.settings import AUTO_MODEL, PACKAGED_MODEL, Settings
from tests.support.fakes import load_words, model_of
from tests.support.forked_ingest import FAILED, sources

OTHER = "another model"
WORDS = "river harbour treaty budget minister export island winter copper railway senate drought".split()


def report(name: str, edition: int) -> str:
    """A document of fifteen paragraphs, of which an edition changes two."""
    return "\n\n".join(
        f"Paragraph {n} of {name}, edition {edition * (n % 10 == 0)}, is about {WORDS[n % 12]} and peace, "
        f"which the {WORDS[(3 * n) % 11]} of year {1900 + n} has left as it found it, number {n}."
        for n in range(15)
    )


OLD = {name: report(name, 0) for name in "abcdefghijkl"}
NEW = {
    **{name: report(name, 1) for name in "abc"},  # changed
    **{name: OLD[name] for name in "defghi"},  # as they were
    "moved": OLD["j"],
    **{name: report(name, 0) for name in "xyz"},  # added; k and l are gone
}


NEEDED = {"nothing": 12 * 15, "old": 3 * 2 + 3 * 15, "another model": 13 * 15}  # texts to embed


class Forks:
    """Ingests and readers in processes of their own."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def _ask(self, job: dict[str, object]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(job), file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())

    def ingest(
        self, store: Path, texts: dict[str, str], model: str = AUTO_MODEL,
        largest: int | None = None, last: int | None = None,
    ) -> int:  # fmt: skip
        """Exit status of an ingest; that of a killed one is the signal's number, below 0."""
        job = {"ingest": str(store), "texts": texts, "model": model, "largest": largest, "last": last}
        return self.wait(self._ask(job))

    def read(self, store: Path, until: Path) -> int:
        """Process id of a reader."""
        return self._ask({"read": str(store), "until": str(until)})

    def wait(self, process: int) -> int:
        """Exit status."""
        return self._ask({"wait": process})


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """A process to fork from, which has loaded all that an ingest needs."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.forked_ingest"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
    ) as process:
        yield Forks(process)
        assert process.stdin is not None
        process.stdin.close()


def mirror(store: Path, texts: dict[str, str], model: str = AUTO_MODEL) -> Report:
    """An ingest that nothing disturbs."""
    settings = Settings(store=store, model=model, passage_words=20)
    return sync.mirror(settings, sources(texts), load_words, lambda _: None)


def answers(store: Path) -> list[list[tuple[str, str]]]:
    """What is found for each word, and nothing wrong with the store."""
    with Generation.open(store, None) as generation:
        assert generation.verify() == []
        hits = (search(generation, model_of(generation), Query(f"the {word}"), 5) for word in WORDS)
        return [[(hit.paths[0], hit.passage.text) for hit in each] for each in hits]


def counts(store: Path) -> dict[str, int]:
    """How many rows there are of each kind; none in a store that was not even begun."""
    tables = ("documents", "passages", "texts", "embeddings", "files")
    try:
        with closing(Catalogue.open_to_read(store)) as catalogue:
            return {table: catalogue.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables}
    except StoreMissing:
        return dict.fromkeys(tables, 0)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A store of the old documents, and of the new ones after them, made without a disturbance."""
    old, new = tmp_path_factory.mktemp("whole") / "old", tmp_path_factory.mktemp("whole") / "new"
    mirror(old, OLD)
    shutil.copytree(old, new)
    mirror(new, NEW)
    return old, new


@pytest.mark.parametrize("start", ["nothing", "old", "another model"])
def test_a_kill_at_any_moment_loses_nothing(
    tmp_path: Path, forks: Forks, whole: tuple[Path, Path], start: str, kills: int
) -> None:
    """The store is the one before or the one after; the next run ends as if there had been no kill.

    What was embedded before the kill is not embedded again.
    """
    texts, result = (OLD, whole[0]) if start == "nothing" else (NEW, whole[1])
    model = OTHER if start == "another model" else AUTO_MODEL
    if model == OTHER:
        result = tmp_path / "switched"
        shutil.copytree(whole[1], result)
        mirror(result, texts, model)
    before, after = (None if start == "nothing" else answers(whole[0])), answers(result)

    def begin(name: str) -> Path:
        store = tmp_path / name
        if start != "nothing":
            shutil.copytree(whole[0], store)
        return store

    assert forks.ingest(begin("undisturbed"), texts, model) == 0
    calls = int((tmp_path / "undisturbed.calls").read_text(encoding="utf-8"))
    for n in range(kills):
        store = begin(str(n))
        paid = counts(store)["embeddings"]
        assert forks.ingest(store, texts, model, last=calls * n // kills + 1) == -signal.SIGKILL
        try:
            found = answers(store)
        except StoreMissing:
            found = None
        assert found in (before, after)
        kept = counts(store)["embeddings"] - paid
        embedded = mirror(store, texts, model).embedded
        assert (answers(store), counts(store)) == (after, counts(result))
        assert embedded == (0 if found == after else NEEDED[start] - kept)
        shutil.rmtree(store)


@pytest.mark.parametrize("largest", [0, 1_000, 10_000, 40_000, 70_000, 100_000, 150_000])
@pytest.mark.parametrize("start", ["nothing", "old"])
def test_a_full_disk_is_one_line_and_loses_nothing(
    tmp_path: Path, forks: Forks, whole: tuple[Path, Path], start: str, largest: int
) -> None:
    """Where a file cannot grow the ingest says so, the store is as before, and the next run heals it."""
    texts, result = (OLD, whole[0]) if start == "nothing" else (NEW, whole[1])
    store = tmp_path / "store"
    if start == "old":
        shutil.copytree(whole[0], store)
    assert forks.ingest(store, texts, largest=largest) == FAILED
    if start == "old":
        assert answers(store) == answers(whole[0])
    mirror(store, texts)
    assert (answers(store), counts(store)) == (answers(result), counts(result))


def test_readers_never_fail_while_generations_are_published(tmp_path: Path, forks: Forks) -> None:
    """Eight processes ask without pause while fifty generations come: each answer is of one generation.

    After each ten another model takes over, or the one that is there stays.
    """
    store, end = tmp_path / "store", tmp_path / "end"

    def texts(n: int) -> dict[str, str]:
        return {f"d{k}": f"The number of the item {k} is {n}" for k in range(6)}

    mirror(store, texts(0))
    readers = [forks.read(store, end) for _ in range(8)]
    models = (AUTO_MODEL, OTHER, PACKAGED_MODEL)
    generations = [mirror(store, texts(n), models[n // 10 % 3]).generation for n in range(1, 51)]
    end.touch()
    assert [forks.wait(reader) for reader in readers] == [0] * 8
    assert generations == list(range(2, 52))
    assert sorted(one.name for one in (store / "generations").iterdir()) == ["50", "51"]


def test_a_store_that_was_moved_is_the_same(tmp_path: Path, whole: tuple[Path, Path]) -> None:
    """A copy in another place answers alike and is carried on from there."""
    moved = tmp_path / "elsewhere" / "store"
    shutil.copytree(whole[0], moved)
    assert answers(moved) == answers(whole[0])
    assert mirror(moved, NEW).embedded == NEEDED["old"]
    assert (answers(moved), counts(moved)) == (answers(whole[1]), counts(whole[1]))


def test_a_store_is_asked_on_a_medium_that_cannot_be_written(
    mount: Callable[..., Path], whole: tuple[Path, Path]
) -> None:
    """It answers as before, and an ingest into it is one line."""
    place = mount("-t", "tmpfs", "tmpfs")
    shutil.copytree(whole[0], place / "store")
    mount("-o", "remount,ro")
    assert answers(place / "store") == answers(whole[0])
    with pytest.raises(StoreError, match=r"(?i)read-?only") as raised:
        mirror(place / "store", NEW)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("kilobytes", [64, 200, 400, 600])
def test_a_small_disk_that_is_full_loses_nothing(
    mount: Callable[..., Path], whole: tuple[Path, Path], kilobytes: int
) -> None:
    """An ingest that fills the disk says so in one line; on a larger one it goes on."""
    place = mount("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs")
    with pytest.raises(StoreError) as raised:
        mirror(place / "store", OLD)
    assert "\n" not in str(raised.value)
    mount("-o", "remount,size=64m")
    mirror(place / "store", OLD)
    assert (answers(place / "store"), counts(place / "store")) == (answers(whole[0]), counts(whole[0]))
