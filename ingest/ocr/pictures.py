"""Picture files: each picture in one is a page, whose words are those recognised in it."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from ingest.blocks import Content
from ingest.document import Page, Unread
from ingest.errors import ReadError
from ingest.layout.lines import Line
from ingest.layout.structure import compose
from ingest.ocr.lines import picture_lines
from ingest.reasons import Reason
from ingest.recognised import RecognisedPage

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
_PAGED = "TIFF"  # the other formats that hold several pictures hold those of a film
_LONGEST = 4000  # pixels of a side that a picture is recognised with at most


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """Raises ReadError where Pillow finds the picture damaged, or too large to be unpacked."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            yield picture
    except UnidentifiedImageError as error:  # whose text is an address in memory
        problem = Reason("malformed", detail=type(error).__name__)
        raise ReadError(Reason("damaged", problem=problem)) from error
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        problem = Reason("malformed", detail=f"{type(error).__name__}: {error}")
        raise ReadError(Reason("damaged", problem=problem)) from error


def read_picture(data: bytes, recognised: Mapping[int, RecognisedPage] | None = None) -> Content:
    """The content of a picture file, of what is recognised in it. Raises ReadError."""
    if recognised is None:
        raise ReadError(Reason("unsupported_image"))
    with _opened(data) as picture:
        count = getattr(picture, "n_frames", 1) if picture.format == _PAGED else 1
    pages: list[list[Line]] = []
    ledger: dict[Reason, list[int]] = {}
    for number in range(1, count + 1):
        lines, reason = picture_lines(recognised, number)
        pages.append(lines)
        ledger.setdefault(reason, []).append(number)
    return Content(
        title=None,
        blocks=compose(pages),
        pages=[Page(number, None) for number in range(1, count + 1)],
        unread=[Unread(tuple(numbers), reason) for reason, numbers in ledger.items()],
    )


def picture_page(data: bytes, number: int) -> Image.Image:
    """The page on white, the way up that its camera says. Raises ReadError."""
    with _opened(data) as picture:
        frame = ImageSequence.Iterator(picture)[number - 1]
        flat = ImageOps.exif_transpose(frame).convert("RGBA")
        paper = Image.new("RGBA", flat.size, "white")
        page = Image.alpha_composite(paper, flat).convert("RGB")
        page.thumbnail((_LONGEST, _LONGEST))
        return page
