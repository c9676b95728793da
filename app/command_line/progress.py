"""How far an ingest, a batch or an evaluation is: a bar on a terminal, else a line now and then."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from index.types import OnProgress
from index.types import Progress as IngestProgress

_EVERY = 5.0  # seconds between two lines where there is no terminal


def words(done: IngestProgress) -> str:
    """An ingest's progress on one line."""
    if done.to_recognise:
        return f"{done.recognised:,}/{done.to_recognise:,} pages recognised in their pictures"
    return (
        f"{done.files_done:,}/{done.files:,} files, {done.pages:,} pages, "
        f"{done.passages:,}/{done.passages_found:,} passages"
    )


@contextmanager
def ingest_progress(stream: TextIO, clock: Callable[[], float] = time.monotonic) -> Iterator[OnProgress]:
    """A function to call with an ingest's progress; it is shown on the stream while the context lasts.

    `clock` counts seconds.
    """
    if not stream.isatty():
        yield _lines(stream, clock)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(30), TextColumn("{task.description}", markup=False), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=stream, force_terminal=True), transient=True) as bar:
        task = bar.add_task("looking at the files", total=None)

        def show(done: IngestProgress) -> None:
            bar.update(task, description=words(done), completed=done.share, total=1.0)

        yield show


def _lines(stream: TextIO, clock: Callable[[], float]) -> OnProgress:
    started = last = clock()

    def show(done: IngestProgress) -> None:
        nonlocal last
        now = clock()
        if now - last >= _EVERY:
            last = now
            share = done.share
            left = f", about {(now - started) * (1 - share) / share:.0f} s left" if share else ""
            print(f"{words(done)}{left}", file=stream, flush=True)

    return show


@contextmanager
def counter(stream: TextIO, what: str, total: int | None = None) -> Iterator[Callable[[], None]]:
    """A function to call after each of `total` things; silent where the stream is no terminal."""
    if not stream.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(30), TextColumn(f"{{task.completed:.0f}} {what}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=stream, force_terminal=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
