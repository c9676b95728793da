"""Ingest: make the store mirror its sources, paying only for what changed."""

import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.catalogue import Catalogue, store_errors
from index.compare import compare
from index.files import checked, scan
from index.reading import may_be_read_now, read_apart, read_here, way_of_reading
from index.run import Run
from index.types import Embedder, OnProgress, Plan, Report, Source
from ingest.errors import StoreBusy, StoreMissing, UsageError
from ingest.settings import Settings


def plan(settings: Settings, paths: Sequence[Path], only: bool = False) -> Plan:
    """What an ingest of these paths would do; nothing is written.

    Raises: UsageError where a path is missing, StoreError where the store cannot be read.
    """
    checked(paths)
    try:
        catalogue = Catalogue.open_to_read(settings.store)
    except StoreMissing:
        rows, roots = [], dict[str, str]()
    else:
        rows, roots = catalogue.files(), catalogue.roots()
        catalogue.close()
    found = scan(paths, roots, settings, only)
    return compare(
        rows, found.sources, found.covers, way_of_reading(settings), may_be_read_now(settings)
    ).plan


def ingest(
    settings: Settings,
    paths: Sequence[Path],
    embedder: Callable[[], Embedder],
    on_progress: OnProgress,
    only: bool = False,
) -> Report:
    """Make the store mirror these files and folders; with `only`, forget all others.

    `embedder` is called once, and only where a file is to be read or something to be embedded; in a
    thread of its own while the first files are read.

    Raises: UsageError where a path is missing or there is nothing, StoreBusy, ModelMismatch and the
        other StoreErrors, ModelError.
    """
    checked(paths)
    with _writing(settings) as catalogue:
        found = scan(paths, catalogue.roots(), settings, only)
        run = Run(settings, catalogue, embedder, on_progress, read_apart)
        if not found.sources and not any(found.covers(row.key) for row in run.old):
            raise UsageError(f"expected files to ingest, {', '.join(map(str, paths))} holds no files")
        return run.sync(found.sources, found.covers, found.roots)


def mirror(
    settings: Settings, sources: Sequence[Source], embedder: Callable[[], Embedder], on_progress: OnProgress
) -> Report:
    """Make the store hold exactly these sources, read by this process. Raises: as `ingest`."""
    with _writing(settings) as catalogue:
        run = Run(settings, catalogue, embedder, on_progress, read_here)
        return run.sync(sources, lambda _: True, {})


@contextmanager
def _writing(settings: Settings) -> Iterator[Catalogue]:
    """The catalogue, for this process alone: the lock ends with the process, however it ends."""
    with store_errors(settings.store):
        settings.store.mkdir(parents=True, exist_ok=True)
        lock = (settings.store / "lock").open("w")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = f"another process is ingesting into {settings.store}: wait for it to end"
            raise StoreBusy(settings.store, message) from error
        catalogue = Catalogue.open_to_write(settings.store)
        try:
            yield catalogue
        finally:
            catalogue.close()
