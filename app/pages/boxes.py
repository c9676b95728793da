"""The boxes of a quote in the picture of its page, from the glyphs that draw it."""

import math
from collections.abc import Callable, Sequence

from app.pages.places import Box, Quoted
from ingest.pdf.glyphs import Glyph
from ingest.pdf.printed import PrintedLine

_NEAR = 0.5  # sizes of the type from a word to what is raised beside it
_BELOW, _ABOVE = 0.25, 0.9  # sizes of the type that a box reaches below the baseline, and above it

# Makes a box of a rectangle of the page: left, bottom, right and top in points.
Place = Callable[[float, float, float, float], Box]


def boxes_of(quoted: Quoted, lines: Sequence[PrintedLine], place: Place) -> tuple[Box, ...]:
    """A box for each stretch that the quote takes of a line, in its order.

    None where its words do not stand there, or are cropped away: the file was read by another PDFium.
    """
    boxes: list[Box] = []
    for part in quoted:
        line = lines[part.line] if part.line < len(lines) else None
        end = part.offset + len(part.text)
        if line is None or line.text[part.offset : end] != part.text:
            return ()
        chosen = {glyph for glyph in line.glyphs[part.offset : end] if glyph}
        boxes += [_box(stretch, place) for stretch in _stretches(line, chosen)]
    return tuple(boxes) if all(map(_is_seen, boxes)) else ()


def _stretches(line: PrintedLine, chosen: set[Glyph]) -> list[list[Glyph]]:
    """The chosen glyphs of the line, as they are read, those together that have no others between them.

    Words apart that stand at another height, as in the cells of a table, are by themselves.
    """
    read = {glyph: at for at, glyph in enumerate(line.glyphs) if glyph}
    runs: list[list[Glyph]] = []
    before: Glyph | None = None
    for glyph in sorted(read, key=lambda glyph: glyph.left):
        if glyph in chosen and before in chosen and _is_beside(before, glyph):
            runs[-1].append(glyph)
        elif glyph in chosen:
            runs.append([glyph])
        before = glyph
    return sorted(runs, key=lambda run: min(read[glyph] for glyph in run))


def _is_beside(one: Glyph, two: Glyph) -> bool:
    """True if one box holds both: their words are not far apart, or stand at one height."""
    return one.base == two.base or two.left - one.right < _NEAR * two.size


def _box(glyphs: Sequence[Glyph], place: Place) -> Box:
    """The box around glyphs that stand side by side."""
    angle = glyphs[0].angle
    left, right = min(glyph.left for glyph in glyphs), max(glyph.right for glyph in glyphs)
    bottom = min(glyph.base - _BELOW * glyph.size for glyph in glyphs)
    top = max(glyph.base + _ABOVE * glyph.size for glyph in glyphs)
    cos, sin = math.cos(angle), math.sin(angle)
    corners = [(x * cos - y * sin, x * sin + y * cos) for x in (left, right) for y in (bottom, top)]
    xs, ys = zip(*corners, strict=True)
    return place(min(xs), min(ys), max(xs), max(ys))


def _is_seen(box: Box) -> bool:
    """True if the box has an area and its middle is in the picture: a page may be cropped."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return box.left < box.right and box.top < box.bottom and 0 < x < 1 and 0 < y < 1
