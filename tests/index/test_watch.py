"""Tests of watching folders."""

import threading
from pathlib import Path

from watchfiles import Change

from index.ingesting.follow import Wanted, changes, follow
from ingest.errors import ModelError, StoreBusy


class Ingest:
    """An ingest that raises what it is told to, once each, and counts its runs."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.runs = 0

    def __call__(self) -> None:
        self.runs += 1
        if self.errors:
            raise self.errors.pop(0)


def followed(ingest: Ingest, *batches: set[tuple[Change, str]]) -> tuple[list[str], list[float]]:
    """What was said and how long was waited."""
    said: list[str] = []
    waits: list[float] = []
    follow(batches, ingest, said.append, waits.append)
    return said, waits


def test_each_batch_is_one_ingest_and_a_line_per_change():
    """Changes are named in order of their paths; the work is done once."""
    ingest = Ingest()
    said, waits = followed(ingest, {(Change.modified, "b"), (Change.added, "a")}, {(Change.deleted, "c")})
    assert (said, waits, ingest.runs) == (["added a", "modified b", "deleted c"], [], 2)


def test_many_changes_are_counted():
    """After twenty the rest is a number."""
    said, _ = followed(Ingest(), {(Change.added, f"{n:04}") for n in range(1025)})
    assert said[19:] == ["added 0019", "and 1,005 more changes"]


def test_a_busy_store_is_tried_again():
    """Until it is free, with a message each time."""
    ingest = Ingest(StoreBusy(Path("s"), "busy"), StoreBusy(Path("s"), "busy"))
    said, waits = followed(ingest, {(Change.added, "a")})
    assert said == ["added a", "busy; trying again in 5 s", "busy; trying again in 5 s"]
    assert (waits, ingest.runs) == ([5.0, 5.0], 3)


def test_other_errors_are_outlived():
    """A missing model or a full disk is said; the next change is another chance."""
    ingest = Ingest(ModelError("no model"), OSError(28, "No space left on device"))
    said, _ = followed(ingest, {(Change.added, "a")}, {(Change.added, "b")}, {(Change.added, "c")})
    assert said == [
        "added a",
        "no model; trying again at the next change",
        "added b",
        "[Errno 28] No space left on device; trying again at the next change",
        "added c",
    ]


def test_only_the_roots_count_and_never_the_store(tmp_path: Path):
    """The store's own files would set off an ingest for ever; a file's neighbours are not asked for."""
    folder, file, store = tmp_path / "docs", tmp_path / "one.txt", tmp_path / "docs" / ".mustanad"
    folder.mkdir()
    wanted = Wanted([folder, file], store)
    for path, answer in (
        (folder / "a.txt", True),
        (folder / "deep" / "b.txt", True),
        (file, True),
        (tmp_path / "two.txt", False),
        (tmp_path / "docs2" / "a.txt", False),
        (store / "catalogue.sqlite", False),
        (tmp_path / "docs" / ".mustanad2.txt", True),
    ):
        assert wanted(Change.modified, str(path)) is answer, path


def test_the_first_batch_tells_that_the_watch_has_begun(tmp_path: Path):
    """It comes without a change, so that what changed before the watch began is ingested."""
    assert next(changes([tmp_path], tmp_path / "store")) == set()


def test_a_real_change_is_seen(tmp_path: Path):
    """Writing a file in a watched folder yields its path."""
    done = threading.Event()

    def write() -> None:
        n = 0
        while not done.wait(0.2):
            n += 1
            (tmp_path / "new.txt").write_text(str(n))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        batches = changes([tmp_path], tmp_path / "store", debounce=100)
        batch = next(filter(None, batches))
    finally:
        done.set()
        writer.join()
    assert {Path(path).name for _, path in batch} == {"new.txt"}
