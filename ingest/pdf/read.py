"""PDF: lines with their type and place through pypdf; printed page labels, outline, ledger.

The only file that imports pypdf.
"""

import io
import logging
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdf
from pypdf.errors import FileNotDecryptedError, LimitReachedError, PyPdfError

from ingest.blocks import Content, RawBlock
from ingest.characters import normalise
from ingest.document import Page, Unread
from ingest.errors import LOCKED, STILL_LOCKED, ReadError
from ingest.layout.furniture import strip_furniture
from ingest.layout.lines import Line, with_gaps
from ingest.layout.structure import compose
from ingest.pdf.labels import letters, with_outline, words_of
from ingest.pdf.order import Run, in_reading_order

_DINGBATS = ("Dingbats", "Wingdings", "Webdings")
_BOLD = re.compile(r"bold|semibold|black|heavy|-medi\b|demi", re.IGNORECASE)
_REFERENCE = re.compile(r"IndirectObject\((\d+), \d+, \d+\)")  # the last number is another in every run
_BYTES = re.compile(
    r"""(?: starting with|:)? b['"].*""", re.DOTALL
)  # of the file, which tell a person nothing
_MARK = re.compile(r"[•▪◦●○■□➢➤‣∙·–—\-\uF0B7\uF0A7\uF0D8]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]")
_NOT_A_TITLE = re.compile(
    r"untitled|^microsoft|^powerpoint|^slide 1|^document\d*$|\.(?:docx?|pdf|indd|qxd|pptx?|tex)$",
    re.IGNORECASE,
)


def read_pdf(data: bytes, password: str = "") -> Content:
    """The content of a PDF; pages that cannot be read, or hold no text, are in `unread`.

    `password`, a user's or an owner's, opens an encrypted one; most open without.

    Raises ReadError where the file as a whole is locked or damaged.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = _open(data, password)
    pages, failed = _pages(reader)
    body, printed, _ = strip_furniture(pages)
    bare = [index + 1 for index, lines in enumerate(body) if pages[index] and not lines]
    if bare:
        failed["no text but a running head or page number"] = bare
    labels = _labels(reader, len(pages)) or printed
    blocks = with_outline(compose(body), _outline(reader))
    return Content(
        title=_title(reader, blocks),
        blocks=blocks,
        pages=[Page(index + 1, labels.get(index)) for index in range(len(pages))],
        unread=[Unread(tuple(numbers), reason) for reason, numbers in failed.items()],
        date=_given(reader, "/CreationDate"),
    )


def _open(data: bytes, password: str) -> pypdf.PdfReader:
    """The file, found to have pages. Raises ReadError where it is locked or damaged."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not (reader.decrypt("") or (password and reader.decrypt(password))):
            raise ReadError(STILL_LOCKED if password else LOCKED)
        count = len(reader.pages)
    except FileNotDecryptedError as error:
        raise ReadError(STILL_LOCKED if password else LOCKED) from error
    except ReadError:
        raise
    except Exception as error:  # pypdf meets damage with any exception there is; the ledger names it
        raise ReadError(_problem(error, "PDF")) from error
    if not count:
        raise ReadError("damaged PDF: it has no pages")
    return reader


def _pages(reader: pypdf.PdfReader) -> tuple[list[list[Line]], dict[str, list[int]]]:
    """Each page's lines, and the numbers of the pages without any or in doubt, by the reason why."""
    pages: list[list[Line]] = []
    failed: dict[str, list[int]] = {}
    for number in range(1, len(reader.pages) + 1):
        lines: list[Line] = []
        reason: str | None = None
        try:
            lines, reason = _lines(reader.pages[number - 1], number)
        except Exception as error:  # noqa: BLE001 as above: one bad page is in the ledger, the others are read
            reason = _problem(error, "page")
        if not lines:
            reason = reason or "no text layer"
        if reason:
            failed.setdefault(reason, []).append(number)
        pages.append(lines)
    return pages, failed


def _problem(error: Exception, part: str) -> str:
    """What the ledger says of a part of the file, "PDF" or "page", whose reading ended in this error."""
    if isinstance(error, RecursionError):
        return f"damaged {part}: nested too deeply"
    words = normalise(_BYTES.sub("", _REFERENCE.sub(r"object \1", str(error))))[:120].rstrip()
    if isinstance(error, LimitReachedError):
        return f"damaged or too large {part}: {words}"
    if isinstance(error, PyPdfError):
        return f"damaged {part}: {words or type(error).__name__}"
    return f"damaged {part}: not built as the format asks ({type(error).__name__}: {words})"


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text of one font and direction; `x` along its line, `y` up the page, all in points."""

    text: str
    size: float
    font: str
    x: float
    y: float


def _lines(page: pypdf.PageObject, number: int) -> tuple[list[Line], str | None]:
    """The page's lines in the order that pypdf gives them; why their words are in doubt, if they are."""
    pieces: list[_Piece] = []

    def visit(
        text: str, cm: Sequence[float], tm: Sequence[float], font: dict[str, Any] | None, size: float
    ) -> None:
        if text:
            name = str(font.get("/BaseFont", "")) if font else ""
            height = size * math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3])
            x, y = (tm[4] * cm[axis] + tm[5] * cm[axis + 2] + cm[axis + 4] for axis in (0, 1))
            right, up = (tm[0] * cm[axis] + tm[1] * cm[axis + 2] for axis in (0, 1))
            along = (x * right + y * up) / (math.hypot(right, up) or 1.0)
            pieces.append(_Piece(text, round(height, 1), name, along, y))

    page.extract_text(visitor_text=visit)
    rows = _rows(pieces)
    texts, doubt = in_reading_order([[Run(part.text, part.x) for part in row] for row in rows])
    lines = [line for row, text in zip(rows, texts, strict=True) if (line := _line(row, text, number))]
    return with_gaps(_with_marks(lines)), doubt


def _rows(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """The pieces of each line, what stands for a picture made a bullet."""
    rows: list[list[_Piece]] = [[]]
    for piece in pieces:
        for position, text in enumerate(piece.text.split("\n")):
            if position:
                rows.append([])
            if any(name in piece.font for name in _DINGBATS):
                text = re.sub(r"\S+", "•", text)
            text = text.replace("\x7f", "•")  # an unused code of the usual encoding shows as a bullet
            rows[-1].append(replace(piece, text=text))
    return rows


def _line(parts: Sequence[_Piece], text: str, number: int) -> Line | None:
    """One line of its parts, in the type of most of its letters; None where nothing is visible."""
    text = normalise(text)
    if not text:
        return None
    sizes: Counter[float] = Counter()
    bold = letters = 0
    for part in parts:
        visible = len(part.text.strip())
        sizes[part.size] += visible
        letters += visible
        bold += visible if _BOLD.search(part.font) else 0
    y = next(part.y for part in parts if part.text.strip())
    return Line(text, number, size=sizes.most_common(1)[0][0], bold=bold > 0.8 * letters, y=y)


def _with_marks(lines: Sequence[Line]) -> list[Line]:
    """The lines, each bullet or item number that pypdf gives a line of its own joined to its item."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and _MARK.fullmatch(before.text) and abs(before.y - line.y) < 0.4 * line.size:
            joined[-1] = replace(line, text=f"{before.text} {line.text}")
        else:
            joined.append(line)
    return joined


def _labels(reader: pypdf.PdfReader, count: int) -> dict[int, str]:
    """The labels that the file itself gives its pages, by index; empty where it gives none."""
    try:
        if "/PageLabels" not in reader.root_object:
            return {}
        return {index: label for index, label in enumerate(reader.page_labels[:count]) if label}
    except Exception:  # noqa: BLE001 as above: a damaged label tree leaves the pages their numbers
        return {}


def _outline(reader: pypdf.PdfReader) -> dict[tuple[int, str], int]:
    """Depth of each outline entry, by page number and letters of its title."""
    found: dict[tuple[int, str], int] = {}

    def walk(entries: Sequence[Any], depth: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, depth + 1)
            elif (index := reader.get_destination_page_number(entry)) is not None:
                found[index + 1, letters(str(entry.title))] = depth

    try:
        walk(reader.outline, 1)
    except (PyPdfError, RecursionError, KeyError, TypeError, ValueError, AttributeError):
        return found  # the rest of a damaged outline: its headings are still told by their type
    return found


def _title(reader: pypdf.PdfReader, blocks: Sequence[RawBlock]) -> str | None:
    """The title in the file's metadata if it is one; else the first page's largest heading."""
    given = _given(reader, "/Title")
    if len(given) > 3 and " " in given and not _NOT_A_TITLE.search(given):
        return given
    first = [block for block in blocks if block.kind == "heading" and (block.pieces[0].page or 0) <= 2]
    return words_of(min(first, key=lambda block: block.level)) if first else None


def _given(reader: pypdf.PdfReader, key: str) -> str:
    """What the file's metadata say under the key; "" where they say nothing or are damaged."""
    try:
        metadata = reader.metadata
        return normalise(str(metadata[key])) if metadata and key in metadata else ""
    except Exception:  # noqa: BLE001 as above: damaged metadata say nothing
        return ""
