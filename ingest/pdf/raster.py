"""Pages of PDFs as grey pictures, to be recognised, and how much of a page pictures cover, by PDFium."""

from typing import Any

import pypdfium2  # it has no types
import pypdfium2.raw as pdfium
from PIL.Image import Image

from ingest.errors import ReadError
from ingest.pdf.engine import opened, page_of
from ingest.reasons import Reason

_DPI = 300
_LONGEST = 4000  # pixels of a side, at most
_POINTS = 72  # of an inch
_DEPTH = 3  # of forms within forms in which pictures are looked for


def page_picture(data: bytes, number: int, password: str = "") -> Image:
    """The page as it is shown. Raises ReadError where it cannot be drawn."""
    document = opened(data, password)
    if document is None:
        raise ReadError(Reason("page_undrawn"))
    with document:
        page = page_of(document, number)
        try:
            scale = min(_DPI / _POINTS, _LONGEST / max(page.get_size()))
            picture: Image = page.render(scale=scale, grayscale=True).to_pil()
        except (OSError, ValueError, ZeroDivisionError, pypdfium2.PdfiumError) as error:
            raise ReadError(Reason("page_undrawn")) from error
        return picture


def picture_share(page: Any) -> float:
    """The share of the page that its pictures cover, 0 to 1; where they overlap they count twice."""
    wide, high = page.get_size()
    covered = 0.0
    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_DEPTH):
        left, bottom, right, top = one.get_bounds()
        covered += max(min(right, wide) - max(left, 0), 0) * max(min(top, high) - max(bottom, 0), 0)
    return min(covered / (wide * high), 1.0) if wide and high else 0.0
