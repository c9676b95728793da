"""A page of a PDF as a picture, and what is drawn on it.

Everything here runs in one process apart, see app/pages/renderer.py: PDFium is not thread-safe.
"""

import ctypes
import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypdfium2  # it has no types: its documents and pages are Any
import pypdfium2.raw as pdfium
from PIL.Image import Image

from app.pages.boxes import Place
from app.pages.places import Box
from ingest.errors import ReadError
from ingest.pdf.one_page import lines_on
from ingest.pdf.printed import PrintedLine
from ingest.reasons import Reason

_WIDTH = 1200  # pixels of a picture
_TALLEST = 4  # times as high as it is wide, at most
_QUALITY = 82  # of JPEG, 0 to 95
_UNITS = 1 << 20  # a page's width and height, to place a point on it


@contextmanager
def _mapped(reason: Reason) -> Iterator[None]:
    """Turns PDFium's errors into the reason why there is no page."""
    try:
        yield
    except (OSError, ValueError, OverflowError, pypdfium2.PdfiumError) as error:
        raise ReadError(reason) from error


@lru_cache(maxsize=4)
@_mapped(Reason("file_unopened"))
def opened(file: Path, sha256: str) -> Any:  # noqa: ARG001 other bytes are another file
    """The PDF of these bytes, kept open. Raises ReadError where it cannot be opened."""
    document = pypdfium2.PdfDocument(file)
    with suppress(pypdfium2.PdfiumError):
        document.init_forms()  # else what is filled in is not drawn
    return document


@_mapped(Reason("page_undrawn"))
def picture(document: Any, number: int) -> bytes:
    """The page as it is shown, a JPEG 1200 pixels wide. Raises ReadError where it cannot be drawn."""
    page = _page(document, number)
    width, height = page.get_size()
    return as_jpeg(page.render(scale=_WIDTH / max(width, height / _TALLEST)).to_pil())


def as_jpeg(page: Image) -> bytes:
    """The picture of a page as a JPEG, at most 1200 pixels wide."""
    page = page.convert("RGB")
    page.thumbnail((_WIDTH, _WIDTH * _TALLEST))
    file = io.BytesIO()
    page.save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()


def _page(document: Any, number: int) -> Any:
    """The page of this number, from 1. Raises ReadError where there is none or it is damaged."""
    with _mapped(Reason("page_unopened", page=number)):
        page = document[number - 1] if 1 <= number <= len(document) else None
    if page is None or not all(page.get_size()):
        raise ReadError(Reason("page_missing", last=len(document), page=number))
    return page


def size(document: Any, number: int) -> tuple[float, float]:
    """Width and height of the page as it is shown, in points. Raises ReadError."""
    width, height = _page(document, number).get_size()
    return width, height


@_mapped(Reason("page_undrawn"))
def lines(document: Any, file: Path, number: int) -> list[PrintedLine]:
    """The page's lines, as reading finds them. Raises ReadError."""
    _page(document, number)
    return lines_on(document, file, number)


def placing(document: Any, number: int) -> Place:
    """What places a rectangle of the page in its picture. Raises ReadError."""
    return _Placing(_page(document, number)).box


class _Placing:
    """Where a point of a page is in its picture, turned and cropped as it is."""

    def __init__(self, page: Any) -> None:
        (self._x, self._y), right, up = (_shown(page, *point) for point in ((0, 0), (1000, 0), (0, 1000)))
        self._right = (right[0] - self._x) / 1000, (right[1] - self._y) / 1000
        self._up = (up[0] - self._x) / 1000, (up[1] - self._y) / 1000

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of the page, given in points."""
        (xx, xy), (yx, yy) = self._right, self._up
        a, b = self._x + left * xx + bottom * yx, self._y + left * xy + bottom * yy
        c, d = self._x + right * xx + top * yx, self._y + right * xy + top * yy
        return Box(min(a, c), min(b, d), max(a, c), max(b, d))


def _shown(page: Any, x: float, y: float) -> tuple[float, float]:
    """A point of the page as fractions of its picture."""
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, _UNITS, _UNITS, 0, x, y, across, down)
    return across.value / _UNITS, down.value / _UNITS
