"""A page's lines as they are read, each character with the glyph that draws it, and what is in doubt."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, islice
from statistics import median_low

from ingest.characters import normalise, subscript, superscript
from ingest.pdf import bidi
from ingest.pdf.glyphs import Glyph
from ingest.pdf.rows import SMALLER, rows_of
from ingest.pdf.spelling import is_backwards, respelt
from ingest.reasons import Reason

_SPACE = 0.15  # sizes between two glyphs from which on a space is between them
_LEAST = 0.08  # the same before a sign that closes, where a space is drawn
_CLOSING = ".,:;!?)]%"
_SPREAD = 0.35  # the widest gap between letters that are spread
_SPACE_FROM_RIGHT = 0.2  # the same of scripts that are read from the right
_SMALL = 0.85  # of the type beside it: up to here a raised or lowered figure need not stand far
_RAISED, _LOWERED, _FAR = 0.12, 0.05, 0.25  # sizes that it stands above or below the baseline at least
_NUMBER = re.compile(r"\d{4}|\d\.\d")  # no mark, power or index: another cell or label beside it
_CLOSE = 0.3  # sizes between it and what it belongs to
_NEXT = 4  # PDFium's numbers, at most, from one glyph to the next where spaces alone are between them
_BOLD = 0.8  # share of a bold line's glyphs that are


_characters = lru_cache(maxsize=4096)(normalise)  # most are asked for one by one, again and again


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line in reading order; `glyphs` draw the characters of its text, None is a space between two.

    `size` is that of most of its type, in points, `bold` is true if most of it is; `base` is the height
    of its baseline. See Glyph for what the measures are of.
    """

    text: str
    glyphs: tuple[Glyph | None, ...]
    size: float
    bold: bool
    base: float


@dataclass(frozen=True, slots=True)
class _Cell:
    """What one glyph shows, or, without one, a space."""

    text: str
    glyph: Glyph | None


def lines_of(glyphs: Sequence[Glyph]) -> tuple[list[PrintedLine], Reason | None]:
    """The lines of a page in the order in which they are drawn; why their words are in doubt, if they are.

    Those of scripts that are read from the right come as they were written.
    """
    rows, doubt = _as_written([list(_cells(row)) for row in rows_of(glyphs)])
    lines = [line for row in rows if (line := _line(row))]
    texts, misspelt = respelt([line.text for line in lines])
    return [replace(line, text=text) for line, text in zip(lines, texts, strict=True)], misspelt or doubt


def _as_written(rows: list[list[_Cell]]) -> tuple[list[list[_Cell]], Reason | None]:
    """The rows, which come from left to right, in the order of reading; what of it is in doubt."""
    drawn = ["".join(cell.text[0] for cell in row) for row in rows]
    page = "\n".join(drawn)
    if not bidi.is_from_right(page):
        return rows, None
    readings = [bidi.read(row, bidi.is_mostly_from_right(page)) for row in drawn]
    if is_backwards("\n".join(reading.text for reading in readings)):  # drawn in the order of typing
        return rows, None
    doubt = next((reading.doubt for reading in readings if reading.doubt), None)
    return [list(_in_order(*each)) for each in zip(rows, readings, strict=True)], doubt


def _in_order(row: Sequence[_Cell], reading: bidi.Reading) -> Iterator[_Cell]:
    """The row's cells in the order of reading, brackets as they were written."""
    for at, character in zip(reading.places, reading.text, strict=True):
        yield replace(row[at], text=character + row[at].text[1:])


def _cells(row: Sequence[Glyph]) -> Iterator[_Cell]:
    """What each glyph shows, spaces where there are any; raised and lowered figures in their own forms."""
    shown = list(_shown(row))
    from_right = bidi.is_from_right("".join(shown))
    usual = max(median_low([0.0, *map(_gap, row, row[1:])]), 0.0)
    for at, (glyph, text) in enumerate(zip(row, shown, strict=True)):
        if at and _has_space(row[at - 1], glyph, from_right, usual):
            yield _Cell(" ", None)
        if text:
            yield _Cell(text, glyph)


def _gap(one: Glyph, two: Glyph) -> float:
    """Sizes of their type between two glyphs that stand side by side."""
    return (two.left - one.right) / max(one.size, two.size, 1)


def _has_space(one: Glyph, two: Glyph, from_right: bool, usual: float) -> bool:
    """True if a space is between two glyphs that stand side by side; `usual` is the gap in their row."""
    gap = _gap(one, two)
    if from_right:
        return gap > _SPACE_FROM_RIGHT
    if two.apart is None or not 0 < two.index - one.index < _NEXT:
        return gap > _SPACE
    if two.apart:  # unless a sign that closes is drawn over it
        return gap > _LEAST or two.text not in _CLOSING
    return gap > _SPACE + min(usual, _SPREAD)


def _shown(row: Sequence[Glyph]) -> Iterator[str]:
    """The characters of each glyph, raised and lowered figures in their own forms."""
    runs = [list(run) for _, run in groupby(row, key=lambda glyph: (glyph.size, round(glyph.base, 1)))]
    main = row[0]  # on the line itself: a raised figure may follow a lowered one
    for before, run, after in zip([None, *runs], runs, [*runs, None][1:], strict=False):
        rise = _rise(main, run[0], run[0].left - before[-1].right) if before else 0
        rise = rise or (_rise(after[0], run[0], after[0].left - run[-1].right) if after else 0)
        main = main if rise else run[-1]
        texts = [_characters(glyph.text) for glyph in run]
        if rise and not _NUMBER.search("".join(texts)):
            formed = iter((superscript if rise > 0 else subscript)("".join(texts)))
            texts = ["".join(islice(formed, len(text))) for text in texts]
        yield from texts


def _rise(main: Glyph, small: Glyph, gap: float) -> float:
    """Sizes of the type beside it that a raised (or, below 0, lowered) figure stands above; 0 for others."""
    if small.size > SMALLER * main.size or abs(gap) > _CLOSE * main.size:
        return 0
    rise = (small.base - main.base) / main.size
    least = (_LOWERED if rise < 0 else _RAISED) if small.size <= _SMALL * main.size else _FAR
    return rise if abs(rise) >= least else 0


def _line(cells: Iterable[_Cell]) -> PrintedLine | None:
    """The line of these cells; None where nothing of it is visible."""
    row = list(cells)
    drawn = [cell.glyph for cell in row if cell.glyph]
    if not drawn:
        return None
    sizes = Counter((glyph.size, glyph.base) for glyph in drawn)
    size, base = sizes.most_common(1)[0][0]
    return PrintedLine(
        text="".join(cell.text for cell in row),
        glyphs=tuple(cell.glyph for cell in row for _ in cell.text),
        size=size,
        bold=sum(glyph.bold for glyph in drawn) > _BOLD * len(drawn),
        base=base,
    )
