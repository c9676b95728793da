"""The lines of one PDF page with their type and place, in reading order, through pypdf."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdf

from ingest.characters import normalise
from ingest.layout.lines import Line, with_gaps
from ingest.pdf.order import TextRun, in_reading_order
from ingest.reasons import Reason

_DINGBATS = ("Dingbats", "Wingdings", "Webdings")
_BOLD = re.compile(r"bold|semibold|black|heavy|-medi\b|demi", re.IGNORECASE)
_MARK = re.compile(r"[•▪◦●○■□➢➤‣∙·–—\-\uF0B7\uF0A7\uF0D8]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text of one font and direction; `x` along its line, `y` up the page, all in points."""

    text: str
    size: float
    font: str
    x: float
    y: float


def lines_of(page: pypdf.PageObject, number: int) -> tuple[list[Line], Reason | None]:
    """The page's lines, those of Arabic as they were written; why their words are in doubt, if they are."""
    pieces: list[_Piece] = []

    def take(
        text: str, cm: Sequence[float], tm: Sequence[float], font: dict[str, Any] | None, size: float
    ) -> None:
        if text:
            pieces.append(_piece(text, cm, tm, str(font.get("/BaseFont", "")) if font else "", size))

    page.extract_text(visitor_text=take)
    rows = _rows(pieces)
    texts, doubt = in_reading_order([[TextRun(piece.text, piece.x) for piece in row] for row in rows])
    lines = [line for row, text in zip(rows, texts, strict=True) if (line := _line(row, text, number))]
    return with_gaps(_with_marks(lines)), doubt


def _piece(text: str, cm: Sequence[float], tm: Sequence[float], font: str, size: float) -> _Piece:
    """The piece, its type and place scaled as the matrices of the page (`cm`) and of the text (`tm`) say."""
    height = size * math.hypot(tm[2], tm[3]) * math.hypot(cm[2], cm[3])
    x, y = (tm[4] * cm[axis] + tm[5] * cm[axis + 2] + cm[axis + 4] for axis in (0, 1))
    right, up = (tm[0] * cm[axis] + tm[1] * cm[axis + 2] for axis in (0, 1))
    along = (x * right + y * up) / (math.hypot(right, up) or 1.0)
    return _Piece(text, round(height, 1), font, along, y)


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


def _line(row: Sequence[_Piece], text: str, number: int) -> Line | None:
    """One line of its pieces, in the type of most of its characters; None where nothing is visible."""
    text = normalise(text)
    if not text:
        return None
    sizes: Counter[float] = Counter()
    bold = 0
    for piece in row:
        visible = len(piece.text.strip())
        sizes[piece.size] += visible
        bold += visible if _BOLD.search(piece.font) else 0
    y = next(piece.y for piece in row if piece.text.strip())
    return Line(text, number, size=sizes.most_common(1)[0][0], bold=bold > 0.8 * sizes.total(), y=y)


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
