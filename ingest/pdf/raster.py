"""Pages of PDFs as grey pictures, to be recognised, through PDFium."""

from typing import Any

import pypdfium2  # it has no types
from PIL.Image import Image

from ingest.errors import ReadError
from ingest.reasons import Reason

_DPI = 300
_LONGEST = 4000  # pixels of a side, at most
_POINTS = 72  # of an inch


def page_picture(data: bytes, number: int, password: str = "") -> Image:
    """The page as it is shown. Raises ReadError where it cannot be drawn."""
    try:
        with pypdfium2.PdfDocument(data, password=password or None) as document:
            page: Any = document[number - 1]
            scale = min(_DPI / _POINTS, _LONGEST / max(page.get_size()))
            picture: Image = page.render(scale=scale, grayscale=True).to_pil()
            return picture
    except (OSError, ValueError, IndexError, ZeroDivisionError, pypdfium2.PdfiumError) as error:
        raise ReadError(Reason("page_undrawn")) from error
