"""Reading apart: a file that crashes, hangs or swells costs itself alone."""

from pathlib import Path

import pytest

from app.phrases.reasons import worded
from index.ingesting.reading import Read, ReadResult, read_apart, read_here
from ingest.errors import Cancelled, ReadError
from ingest.settings import Settings
from tests.support.bad_sources import (
    CrashingSource,
    EndlessSource,
    FaultySource,
    HangingSource,
    LockedSource,
    LostSource,
    MarkingSource,
    PagedSource,
    PlainSource,
    SwellingSource,
)

LIMITED = Settings(max_file_seconds=6, max_file_memory_mb=512, memory_mb=512)


def said(outcome: ReadResult) -> str:
    """The text, or why there is none."""
    if isinstance(outcome, Read):
        return outcome.document.text
    return worded(outcome.reason) if isinstance(outcome, ReadError) else f"gone: {outcome}"


def test_a_bad_file_costs_itself_alone() -> None:
    """Each has its reason, in the place of its file; those between and behind them are read."""
    sources = [
        PlainSource("a", "Cats purr."),
        CrashingSource("b", ""),
        PlainSource("c", "Dogs bark."),
        HangingSource("d", ""),
        SwellingSource("e", ""),
        LockedSource("f", ""),
        LostSource("g", ""),
        FaultySource("h", ""),
        PlainSource("i", "Owls hoot."),
    ]
    assert [said(outcome) for outcome in read_apart(sources, LIMITED)] == [
        "Cats purr.",
        "damaged: reading it ended the process that read it (status 11)",
        "Dogs bark.",
        "takes longer than 6 s to read (max_file_seconds)",
        "takes more than 512 MB of memory to read (max_file_memory_mb)",
        "locked with a password",
        "gone: g",
        "cannot be read: ZeroDivisionError: no cats",
        "Owls hoot.",
    ]


def test_what_a_worker_hands_back_is_limited() -> None:
    """No file fills the memory of the process that asked: an eighth of an ingest's is the most."""
    outcomes = read_apart([EndlessSource("a", "Cats."), PlainSource("b", "Cats purr.")], LIMITED)
    assert [said(outcome) for outcome in outcomes] == [
        "too large: what it holds takes more than 64 MB (memory_mb)",
        "Cats purr.",
    ]


def test_no_more_is_read_ahead_than_memory_lasts(tmp_path: Path) -> None:
    """A file that is too large beside those that wait is begun once they are taken."""
    marks = [tmp_path / name for name in "abc"]
    sources = [
        MarkingSource(str(mark), mark.name, seconds, size)
        for mark, seconds, size in zip(marks, (0.5, 0, 0), (100_000_000, 100, 100_000_000), strict=True)
    ]
    outcomes = read_apart(sources, LIMITED)
    assert said(next(outcomes)) == "a"
    assert not marks[2].exists()
    assert [said(outcome) for outcome in outcomes] == ["b", "c"]
    assert all(mark.exists() for mark in marks)


def test_reading_apart_and_here_give_the_same_in_the_same_order() -> None:
    """However long each takes: documents and passages are equal."""
    sources = [PlainSource(str(n), f"Cat {n} purrs.", seconds=0.1 * (n % 3)) for n in range(20)]
    apart = list(read_apart(sources, Settings()))
    assert apart == list(read_here(sources, Settings()))
    assert [said(outcome) for outcome in apart] == [f"Cat {n} purrs." for n in range(20)]


def test_the_page_that_is_read_is_told(tmp_path: Path) -> None:
    """Of the source whose result is waited for, not of one that is read ahead; none where it tells none."""
    told: set[tuple[int, int]] = set()

    def on_page(number: int, count: int) -> None:
        told.add((number, count))
        if (2, 3) in told:
            mark.touch()

    mark = tmp_path / "a"
    sources = [PagedSource(str(mark), "Cats purr."), PlainSource("b", "Owls hoot.", seconds=1)]
    outcomes = read_apart(sources, Settings(), on_page)
    assert said(next(outcomes)) == "Cats purr."
    assert told <= {(0, 0), (1, 3), (2, 3)}
    told.clear()
    assert [said(outcome) for outcome in outcomes] == ["Owls hoot."]
    assert told <= {(0, 0)}


def test_a_file_is_given_up_while_it_is_read() -> None:
    """Whoever waits may end it at any moment, not only between two files."""

    def on_page(number: int, count: int) -> None:
        raise Cancelled("cancelled")

    with pytest.raises(Cancelled):
        next(read_apart([HangingSource("a", "")], Settings(), on_page))


def test_nothing_to_read_starts_nothing() -> None:
    """No process for no file."""
    assert list(read_apart([], Settings())) == []


def test_giving_up_ends_the_workers() -> None:
    """Who stops asking does not wait for what hangs behind."""
    outcomes = read_apart([PlainSource("a", "Cats purr."), HangingSource("b", "")], Settings())
    assert said(next(outcomes)) == "Cats purr."
    outcomes.close()
    with pytest.raises(StopIteration):
        next(outcomes)
