"""What stands apart in a printed line: the cells of a table are told by where they stand."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.layout.lines import Part
from ingest.pdf.glyphs import Glyph
from ingest.pdf.printed import PrintedLine

_APART = 1.0  # sizes between two glyphs from which on they are of two parts
_BEFORE = re.compile(r"[$€£¥(]+|[A-Z]{2,3}\$")  # drawn at the left of a column, away from its figure
_SIGNS, _ENDS = "$€£¥", "0123456789%)—–-"
_BEHIND = re.compile(r"[%)*]+")


def parts_of(line: PrintedLine) -> tuple[Part, ...]:
    """The parts of the line from left to right; none where it does not run straight across the page."""
    if any(glyph.angle for glyph in line.glyphs if glyph):
        return ()
    parts: list[Part] = []
    last: Glyph | None = None
    for offset, (character, glyph) in enumerate(zip(line.text, line.glyphs, strict=True)):
        if glyph and (last is None or _is_apart(last, glyph) or _begins_figure(parts[-1].text, character)):
            parts.append(Part(character, glyph.left, glyph.right, offset))
        elif parts:
            parts[-1] = _longer(parts[-1], character, glyph)
        last = glyph or last
    stripped = (replace(part, text=part.text.strip()) for part in parts)
    return tuple(_with_signs(sorted(stripped, key=lambda part: part.left)))


def _is_apart(one: Glyph, two: Glyph) -> bool:
    """True if more than a wide space is between the two, whichever stands on the left."""
    return max(two.left - one.right, one.left - two.right) > _APART * max(one.size, two.size, 1)


def _begins_figure(before: str, character: str) -> bool:
    """True if the sign belongs to the next column: "$" behind "28,021 "."""
    return character in _SIGNS and before.endswith(" ") and before.rstrip()[-1] in _ENDS


def _longer(part: Part, character: str, glyph: Glyph | None) -> Part:
    if glyph is None:
        return replace(part, text=part.text + character)
    left, right = min(part.left, glyph.left), max(part.right, glyph.right)
    return replace(part, text=part.text + character, left=left, right=right)


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
