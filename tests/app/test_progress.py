"""Tests of how progress is told."""

import io

import pytest

from app.command_line.progress import counter, ingest_progress
from index.types import Progress


@pytest.mark.parametrize(
    ("done", "share"),
    [
        (Progress(0, 0, 0, 0, 0, ""), 0.0),
        (Progress(0, 10, 0, 0, 0, ""), 0.0),
        (Progress(5, 10, 9, 0, 0, ""), 0.25),
        (Progress(5, 10, 9, 50, 100, ""), 0.375),
        (Progress(10, 10, 9, 100, 100, ""), 1.0),
        (Progress(10, 10, 9, 120, 100, ""), 1.0),
        (Progress(0, 0, 0, 0, 0, "", 3, 12), 0.25),
    ],
)
def test_a_share_counts_the_files_still_to_come(done: Progress, share: float):
    """To read all files is half of the work, to embed their passages the other half."""
    assert done.share == share


def test_a_line_now_and_then_where_there_is_no_terminal():
    """At most one line in five seconds, with the time left; no cursor movement."""
    stream = io.StringIO()
    ticks = iter([0.0, 1.0, 6.0, 7.0, 12.0])
    with ingest_progress(stream, lambda: next(ticks)) as show:
        for files in (1, 2, 3, 4):
            show(Progress(files, 4, files, files, files, "x"))
    assert stream.getvalue() == (
        "2/4 files, 2 pages, 2/2 passages, about 6 s left\n4/4 files, 4 pages, 4/4 passages, about 0 s left\n"
    )


def test_a_bar_on_a_terminal_is_gone_at_the_end():
    """A terminal gets a bar with the counts."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with ingest_progress(stream) as show:
        show(Progress(1, 4, 2, 3, 5, "x"))
    assert "1/4 files, 2 pages, 3/5 passages" in stream.getvalue()


def test_counter_is_silent_in_a_pipe():
    """Nothing is written where nobody watches."""
    stream = io.StringIO()
    with counter(stream, "questions") as step:
        step()
    assert stream.getvalue() == ""
