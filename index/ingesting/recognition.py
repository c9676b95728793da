"""Pages recognised in their pictures, by processes apart from reading, each kept as soon as it is."""

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, wait
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from index.catalogue.database import Catalogue
from index.catalogue.recognised import Kept, kept_pages
from index.catalogue.rows import FileRow, unread_of
from index.ingesting.reading import LOOK, workers
from index.ingesting.sources import bytes_at, file_at
from ingest.document import Unread
from ingest.errors import ReadError
from ingest.reasons import Code, Reason
from ingest.recognised import RecognisedPage, Recogniser
from ingest.settings import Settings

if TYPE_CHECKING:
    from pebble import ProcessFuture

_AHEAD = 2  # pages that each worker is given ahead
_TO_RECOGNISE: frozenset[Code] = frozenset({"no_text_layer", "unsupported_image", "mostly_picture"})
_RECOGNISED: frozenset[Code] = frozenset(
    {"recognised", "figures_in_doubt", "unrecognised", "nothing_recognised"}
)
_TRIED = _RECOGNISED | {"garbled"}
_AWAITING: Code = "awaits_recognition"


@dataclass(frozen=True, slots=True)
class PageTask:
    """A page to be recognised: the file, the hash of its bytes, the page's number."""

    file: FileRow
    sha256: str
    number: int

    @property
    def is_there(self) -> bool:
        """True if there is a file where it was."""
        return file_at(self.file.key) is not None


FindRecogniser = Callable[[Settings], Recogniser | None]


def recogniser_of(settings: Settings) -> Recogniser | None:
    """What recognises pages by these settings; None where they are not to be, or cannot be here."""
    from ingest.ocr.tesseract import tesseract

    return tesseract(settings.ocr_languages.split(",")) if settings.ocr == "on" else None


def kept_by(settings: Settings, find_recogniser: FindRecogniser) -> Kept | None:
    """The pages kept in the way that they are recognised by these settings; None where they are not."""
    recogniser = find_recogniser(settings)
    return Kept(settings.store, recogniser.way) if recogniser is not None else None


def _ledger(catalogue: Catalogue) -> Iterator[tuple[FileRow, Unread]]:
    """Every file that has bytes, with each entry of its ledger."""
    parts = catalogue.parts()
    for row in catalogue.files():
        if row.sha256 is not None:
            yield from ((row, entry) for _, entry in unread_of([row], parts))


def read_otherwise(catalogue: Catalogue, way: str | None) -> list[FileRow]:
    """The files that were read before pages were recognised in this way, or (None) were not any more."""
    if way is None:
        return [row for row, entry in _ledger(catalogue) if entry.reason.code in {*_RECOGNISED, _AWAITING}]
    kept = {sha256 for sha256, _ in kept_pages(catalogue, way)}
    return [
        row
        for row, entry in _ledger(catalogue)
        if entry.reason.code in _TO_RECOGNISE or (entry.reason.code in _TRIED and row.sha256 not in kept)
    ]


def _waiting(catalogue: Catalogue) -> Iterator[PageTask]:
    """The pages of the ledger that wait to be recognised, those of a file in order."""
    for row, entry in _ledger(catalogue):
        if row.sha256 is not None and entry.reason.code == _AWAITING:
            yield from (PageTask(row, row.sha256, number) for number in entry.pages or ())


def awaiting(catalogue: Catalogue, way: str) -> list[PageTask]:
    """The pages that wait to be recognised, those of a file in order; one that copies have too, once."""
    kept = kept_pages(catalogue, way)
    tasks = {(task.sha256, task.number): task for task in _waiting(catalogue)}
    return [task for page, task in tasks.items() if page not in kept]


def unpublished(catalogue: Catalogue, way: str) -> set[str]:
    """SHA-256 of the files with pages that are kept, but whose reading was ended before it had them."""
    kept = kept_pages(catalogue, way)
    return {
        task.sha256 for task in _waiting(catalogue) if (task.sha256, task.number) in kept and task.is_there
    }


def recognised(
    tasks: Sequence[PageTask], settings: Settings, recogniser: Recogniser, look: Callable[[], None]
) -> Iterator[tuple[PageTask, bytes, bytes]]:
    """Each of the tasks with the SHA-256 of its picture and the page as it is to be kept.

    One whose file is gone or has changed is left out. Each page may take the time and the memory of a
    file; one that takes more, or ends its process, is kept with this as its problem. While one is waited
    for, `look` is called four times a second; what it raises ends the recognition at once.
    """
    if not tasks:
        return
    count = min(os.cpu_count() or 1, len(tasks))
    kept = Kept(settings.store, recogniser.way)
    left = deque(tasks)
    waiting: deque[tuple[PageTask, ProcessFuture[tuple[bytes, bytes] | None]]] = deque()
    with workers(count, settings) as pool:
        while left or waiting:
            while left and len(waiting) < count * _AHEAD:
                task = left.popleft()
                given = (task.file.key, task.sha256, task.number, settings.password, recogniser, kept)
                future = pool.schedule(_page, given, timeout=settings.max_file_seconds)
                waiting.append((task, future))
            task, future = waiting.popleft()
            while not wait([future], LOOK).done:
                look()
            if page := _result(future, settings):
                yield task, *page


def _result(
    future: "ProcessFuture[tuple[bytes, bytes] | None]", settings: Settings
) -> tuple[bytes, bytes] | None:
    from pebble import ProcessExpired

    try:
        return future.result()
    except ReadError as error:
        problem = error.reason
    except TookTooLong:
        problem = Reason("page_too_slow", limit=settings.max_file_seconds)
    except MemoryError:
        problem = Reason("too_much_memory", limit=settings.max_file_memory_mb)
    except ProcessExpired as error:
        problem = Reason("damaged", problem=Reason("ended_process", status=error.exitcode))
    except BrokenExecutor:
        raise
    except Exception as error:  # noqa: BLE001 a fault that nobody foresaw: one page must not end the run
        problem = Reason("cannot_be_read", detail=f"{type(error).__name__}: {error}")
    return b"", RecognisedPage((), problem).packed()


def _page(
    key: str, sha256: str, number: int, password: str, recogniser: Recogniser, kept: Kept
) -> tuple[bytes, bytes] | None:
    """The SHA-256 of the page's picture and the page, packed; None where its file is no longer this one.

    Raises: ReadError where there is no picture of it.
    """
    from ingest.formats import format_of
    from ingest.ocr.pictures import picture_page
    from ingest.pdf.raster import page_picture

    data = _bytes(key)
    if data is None or hashlib.sha256(data).hexdigest() != sha256:
        return None
    is_pdf = format_of(data, key) == "pdf"
    picture = page_picture(data, number, password) if is_pdf else picture_page(data, number).convert("L")
    identity = hashlib.sha256(f"{picture.size}".encode() + picture.tobytes()).digest()
    return identity, kept.like(identity) or recogniser.recognise(picture).packed()


@lru_cache(maxsize=1)
def _bytes(key: str) -> bytes | None:
    """The bytes of that key; kept, since the pages of a file are recognised one after the other."""
    return bytes_at(key)
