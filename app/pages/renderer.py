"""Pages of PDFs for the chat: pictures and boxes, made by one process apart that a bad file cannot harm."""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.pages.places import Box, Quoted
from index.ingesting.reading import limit_memory
from ingest.errors import ReadError
from ingest.reasons import Reason
from ingest.settings import Settings

if TYPE_CHECKING:
    from PIL.Image import Image

    from ingest.pdf.printed import PrintedLine

_SECONDS = 20  # that a page may take
_HEAD = 1024  # bytes of a file within which it says that it is a picture
_PICTURES = 64  # kept in memory, about 0.3 MB each

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A PDF: where it lies, and the SHA-256 of the bytes that it must still have."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it is shown: width and height in points, and the boxes of each quote asked for."""

    width: float
    height: float
    boxes: tuple[tuple[Box, ...], ...]


class PdfPages:
    """Shows pages; may be shared between threads, and is to be closed."""

    def __init__(self, settings: Settings) -> None:
        from pebble import ProcessPool

        self._pool = ProcessPool(
            1,
            initializer=limit_memory,
            initargs=(settings.max_file_memory_mb,),
            context=multiprocessing.get_context("spawn"),  # it owes nothing to this process's threads
        )
        self._pool.schedule(_ready)
        self.picture = lru_cache(maxsize=_PICTURES)(self._picture)

    def close(self) -> None:
        """Ends the process."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def _picture(self, file: PdfFile, number: int) -> bytes:
        """The page as a JPEG. Raises ReadError where it cannot be shown."""
        return self._made(_picture_of, file, number)

    def sheet(self, file: PdfFile, number: int, quotes: Sequence[Quoted]) -> Sheet:
        """The page's measures and the boxes of the quotes on it. Raises ReadError as above."""
        return self._made(_sheet_of, file, number, tuple(quotes))

    def _made(self, make: Callable[..., T], *given: object) -> T:
        try:
            made: T = self._pool.schedule(make, given, timeout=_SECONDS).result()
        except ReadError:
            raise
        except TookTooLong as error:
            raise ReadError(Reason("page_too_slow", limit=_SECONDS)) from error
        except Exception as error:  # memory, a crash, or a fault of PDFium that nobody foresaw
            raise ReadError(Reason("page_undrawn")) from error
        return made


def _ready() -> None:
    """Loads PDFium before the first page is asked for."""
    import app.pages.picture  # noqa: F401


def _picture_of(file: PdfFile, number: int) -> bytes:
    from app.pages.picture import as_jpeg, opened, picture

    page = _picture_page(file, number)
    return as_jpeg(page) if page else picture(opened(file.path, file.sha256), number)


def _sheet_of(file: PdfFile, number: int, quotes: Sequence[Quoted]) -> Sheet:
    from app.pages.boxes import boxes_of
    from app.pages.picture import opened, placing, size

    if page := _picture_page(file, number):
        return Sheet(page.width, page.height, tuple(() for _ in quotes))
    document = opened(file.path, file.sha256)
    width, height = size(document, number)
    place, lines = placing(document, number), _lines_of(file, number) if any(quotes) else []
    return Sheet(width, height, tuple(boxes_of(quoted, lines, place) for quoted in quotes))


def _picture_page(file: PdfFile, number: int) -> "Image | None":
    """The page of a picture file; None where the file is none."""
    from ingest.formats import is_picture
    from ingest.ocr.pictures import picture_page

    with file.path.open("rb") as opened:
        if not is_picture(opened.read(_HEAD)):
            return None
    return picture_page(file.path.read_bytes(), number)


@lru_cache(maxsize=8)
def _lines_of(file: PdfFile, number: int) -> "list[PrintedLine]":
    from app.pages.picture import lines, opened

    return lines(opened(file.path, file.sha256), file.path, number)
