"""Ingest: make the store mirror its sources, paying only for what changed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from index.catalogue.database import Catalogue
from index.catalogue.recognised import Kept, drop_pages, keep
from index.catalogue.rows import FileRow
from index.catalogue.staging import make_stale
from index.disk import inside
from index.ingesting.compare import compare
from index.ingesting.ingestion import Ingestion
from index.ingesting.lock import locked
from index.ingesting.reading import may_be_read_now, read_apart, read_here, way_of_reading
from index.ingesting.recognition import (
    FindRecogniser,
    awaiting,
    kept_by,
    read_otherwise,
    recognised,
    recogniser_of,
    unpublished,
)
from index.ingesting.scan import Scan, existing, scan
from index.types import Load, OnProgress, Plan, Progress, Report, Source
from ingest.errors import StoreMissing, UsageError
from ingest.reasons import Reason
from ingest.settings import Settings


def plan(settings: Settings, paths: Sequence[Path], only: bool = False, forget: Sequence[Path] = ()) -> Plan:
    """What an ingest of these paths would do; nothing is written.

    Raises: UsageError where a path is missing, StoreError where the store cannot be read.
    """
    existing(paths)
    try:
        catalogue = Catalogue.open_to_read(settings.store)
    except StoreMissing:
        rows, roots = [], dict[str, str]()
    else:
        rows, roots = catalogue.files(), catalogue.roots()
        catalogue.close()
    scanned = scan(paths, roots, settings, only, forget)
    way, again = way_of_reading(settings), may_be_read_now(settings)
    return compare(rows, scanned.sources, scanned.covers, way, again, scanned.absent).plan


def ingest(
    settings: Settings,
    paths: Sequence[Path],
    load: Load,
    on_progress: OnProgress,
    only: bool = False,
    find_recogniser: FindRecogniser = recogniser_of,
    forget: Sequence[Path] = (),
) -> Report:
    """Make the store mirror these files and folders; forget those in `forget` and, with `only`, all others.

    What was ingested from a folder that is no longer there moves to where its bytes are found, or stays and
    is said to be no longer at its place.

    `load` is called when there is a file to read or a text to embed, where the model is known in a thread
    of its own while the first files are read. A model that is set and is not the store's takes its place:
    all is embedded anew, and readers see the generation of the one before until the new one is whole.
    Pages that are to be recognised in their pictures wait for `recognise`.

    Raises: UsageError where a path is missing or there is nothing, StoreBusy and the other StoreErrors,
        ModelError.
    """
    existing(paths)
    with _writing(settings, on_progress) as (catalogue, tell):
        scanned = scan(paths, catalogue.roots(), settings, only, forget)
        if not scanned.sources and not any(scanned.covers(row.key) for row in catalogue.files()):
            named = ", ".join(map(str, [*paths, *forget])) or "no path"
            raise UsageError(f"expected files to ingest, or to forget, {named} holds no files")
        kept = kept_by(settings, find_recogniser)
        otherwise = read_otherwise(catalogue, kept.way if kept is not None else None)
        if stale := [row for row in otherwise if scanned.covers(row.key)]:
            make_stale(catalogue, stale)
        report = _sync(settings, catalogue, scanned, kept, load, tell)
        if kept is None or not awaiting(catalogue, kept.way):
            drop_pages(catalogue)  # not before: a page of a file that was edited may be known by its picture
        return report


def recognise(
    settings: Settings,
    load: Load,
    on_progress: OnProgress,
    most: int = 50,
    find_recogniser: FindRecogniser = recogniser_of,
) -> Report | None:
    """Recognise up to `most` of the pages that wait for it, and publish them; None where none does.

    Each page is kept as soon as it is recognised: what is ended here goes on there the next time, be it
    only with publishing what is kept. `on_progress` is asked four times a second.

    Raises: as `ingest`; Cancelled where `on_progress` does.
    """
    recogniser = find_recogniser(settings)
    if recogniser is None:
        return None
    with _writing(settings, on_progress) as (catalogue, tell):
        tasks = [task for task in awaiting(catalogue, recogniser.way) if task.is_there]
        last = {task.sha256: task.number for task in tasks}
        done = unpublished(catalogue, recogniser.way)
        progress = Progress()
        pages = recognised(tasks[:most], settings, recogniser, lambda: on_progress(progress))
        for n, (task, picture, words) in enumerate(pages, 1):
            keep(catalogue, task.sha256, task.number, recogniser.way, picture, words)
            done.add(task.sha256)
            progress = Progress(
                current=task.file.shown,
                recognised=n,
                to_recognise=len(tasks),
                page=task.number,
                of_pages=last[task.sha256],
            )
            tell(progress)
        if not done:
            return None
        files = [row for row in catalogue.files() if row.sha256 in done]
        kept = Kept(settings.store, recogniser.way)
        return _read_again(settings, catalogue, files, kept, load, on_progress)  # others see a page go on


def reread(
    settings: Settings,
    shown: str,
    load: Load,
    on_progress: OnProgress,
    find_recogniser: FindRecogniser = recogniser_of,
) -> Report:
    """Read the file at this shown path again, and its copies, though they have not changed.

    Whatever else has changed in the folders that hold them is brought up to date as well.

    Raises: UsageError where there is no such file or its folder is missing; otherwise as `ingest`.
    """
    with _writing(settings, on_progress) as (catalogue, tell):
        files = catalogue.files()
        documents = {row.document_id for row in files if row.shown == shown} - {None}
        stale = [row for row in files if row.shown == shown or row.document_id in documents]
        if not stale:
            raise UsageError(Reason("no_such_file"))
        return _read_again(settings, catalogue, stale, kept_by(settings, find_recogniser), load, tell)


def _read_again(
    settings: Settings,
    catalogue: Catalogue,
    files: Sequence[FileRow],
    kept: Kept | None,
    load: Load,
    on_progress: OnProgress,
) -> Report:
    """Read these files again, and what else has changed in their folders. Raises: as `ingest`."""
    roots = [root for root in catalogue.roots() if any(inside(row.key, root) for row in files)]
    scanned = scan([Path(root) for root in roots], catalogue.roots(), settings, only=False)
    make_stale(catalogue, files)
    return _sync(settings, catalogue, scanned, kept, load, on_progress)


def _sync(
    settings: Settings,
    catalogue: Catalogue,
    scanned: Scan,
    kept: Kept | None,
    load: Load,
    on_progress: OnProgress,
) -> Report:
    sources = [replace(source, recognised=kept) for source in scanned.sources]
    ingestion = Ingestion(settings, catalogue, load, on_progress, read_apart)
    return ingestion.sync(sources, scanned.covers, scanned.roots, scanned.absent)


def mirror(settings: Settings, sources: Sequence[Source], load: Load, on_progress: OnProgress) -> Report:
    """Make the store hold exactly these sources, read by this process. Raises: as `ingest`."""
    with _writing(settings, on_progress) as (catalogue, tell):
        ingestion = Ingestion(settings, catalogue, load, tell, read_here)
        return ingestion.sync(sources, lambda _: True, {})


@contextmanager
def _writing(settings: Settings, on_progress: OnProgress) -> Iterator[tuple[Catalogue, OnProgress]]:
    """The catalogue, locked for this process, and what to tell progress, which other processes see too."""
    with locked(settings.store) as tell_others:
        catalogue = Catalogue.open_to_write(settings.store)

        def tell(progress: Progress) -> None:
            tell_others(progress)
            on_progress(progress)

        try:
            yield catalogue, tell
        finally:
            catalogue.close()
