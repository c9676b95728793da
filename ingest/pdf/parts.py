"""What stands apart in a printed line: the cells of a table are told by where they stand."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.layout.lines import Part, Rift
from ingest.pdf.glyphs import Glyph
from ingest.pdf.printed import PrintedLine

_APART = 1.0  # sizes between two glyphs from which on they are of two parts
_RIFT = 0.5  # sizes from which on they may be
_BEFORE = re.compile(r"[$€£¥(]+|[A-Z]{2,3}\$")  # drawn at the left of a column, away from its figure
_SIGNS, _ENDS = "$€£¥", "0123456789%)—–-"
_BEHIND = re.compile(r"[%)*]+")


def parts_of(line: PrintedLine) -> tuple[Part, ...]:
    """The parts of the line from left to right; none where it does not run straight across the page."""
    if any(glyph.angle for glyph in line.glyphs if glyph):
        return ()
    starts: list[int] = []
    last: Glyph | None = None
    for offset, glyph in enumerate(line.glyphs):
        if glyph is None:
            continue
        if last is None or _is_apart(last, glyph) or _begins_figure(line.text, starts[-1], offset):
            starts.append(offset)
        last = glyph
    parts = [_part(line, start, end) for start, end in pairwise([*starts, len(line.text)])]
    return tuple(_with_signs(sorted(parts, key=lambda part: part.left)))


def _part(line: PrintedLine, start: int, end: int) -> Part:
    glyphs = [(at, glyph) for at, glyph in enumerate(line.glyphs[start:end], start) if glyph]
    left, right = min(glyph.left for _, glyph in glyphs), max(glyph.right for _, glyph in glyphs)
    pairs = ((one, two, at) for (_, one), (at, two) in pairwise(glyphs))
    rifts = tuple(_rift(*pair) for pair in pairs if _is_apart(*pair[:2], _RIFT))
    return Part(line.text[start:end].strip(), left, right, start, rifts=rifts)


def _rift(one: Glyph, two: Glyph, at: int) -> Rift:
    backwards = two.left < one.left
    left, right = (two, one) if backwards else (one, two)
    return Rift(left.right, right.left, at, backwards)


def _is_apart(one: Glyph, two: Glyph, sizes: float = _APART) -> bool:
    """True if more than so much is between the two, by default a wide space, whichever is on the left."""
    return max(two.left - one.right, one.left - two.right) > sizes * max(one.size, two.size, 1)


def _begins_figure(text: str, start: int, at: int) -> bool:
    """True if the sign there belongs to the next column, of a part that begins at `start`: "28,021 $"."""
    return (
        text[at] in _SIGNS and text[at - 1] == " " and at - 1 > start and text[start:at].rstrip()[-1] in _ENDS
    )


def _with_signs(parts: Sequence[Part]) -> list[Part]:
    """The parts, signs and brackets that stand alone joined to their figure, which says where it stands."""
    joined: list[Part] = []
    for part in parts:
        text = f"{joined[-1].text} {part.text}" if joined else part.text
        if joined and _BEFORE.fullmatch(joined[-1].text):
            joined[-1] = replace(part, text=text, offset=joined[-1].offset)
        elif joined and _BEHIND.fullmatch(part.text):
            joined[-1] = replace(joined[-1], text=text)
        else:
            joined.append(part)
    return joined
