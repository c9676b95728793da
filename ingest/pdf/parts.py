"""What stands apart in a printed line: the cells of a table are told by where they stand."""

import re
from dataclasses import replace

from ingest.layout.lines import Part
from ingest.pdf.glyphs import Glyph
from ingest.pdf.printed import PrintedLine

_APART = 1.0  # sizes between two glyphs from which on they are of two parts
_BEFORE = re.compile(r"[$€£¥(]+|[A-Z]{2,3}\$")  # drawn at the left of a column, away from its figure
_BEHIND = re.compile(r"[%)*]+")


def parts_of(line: PrintedLine) -> tuple[Part, ...]:
    """The parts of the line from left to right; none where it does not run straight across the page."""
    glyphs = [glyph for glyph in line.glyphs if glyph]
    if any(glyph.angle for glyph in glyphs):
        return ()
    parts: list[Part] = []
    last: Glyph | None = None
    for offset, (character, glyph) in enumerate(zip(line.text, line.glyphs, strict=True)):
        if glyph is None:
            if parts:
                parts[-1] = _longer(parts[-1], character, None)
        elif last is None or _is_apart(last, glyph):
            parts.append(Part(character, glyph.left, glyph.right, offset))
        else:
            parts[-1] = _longer(parts[-1], character, glyph)
        last = glyph or last
    stripped = [replace(part, text=part.text.strip()) for part in parts]
    return tuple(_with_signs(sorted(stripped, key=lambda part: part.left)))


def _is_apart(one: Glyph, two: Glyph) -> bool:
    """True if more than a wide space is between the two, whichever stands on the left."""
    return max(two.left - one.right, one.left - two.right) > _APART * max(one.size, two.size, 1)


def _longer(part: Part, character: str, glyph: Glyph | None) -> Part:
    if glyph is None:
        return replace(part, text=part.text + character)
    left, right = min(part.left, glyph.left), max(part.right, glyph.right)
    return replace(part, text=part.text + character, left=left, right=right)


def _with_signs(parts: list[Part]) -> list[Part]:
    """The parts, signs of currency and brackets that stand alone made part of their figure."""
    joined: list[Part] = []
    for part in parts:
        sign = joined and (_BEFORE.fullmatch(joined[-1].text) or _BEHIND.fullmatch(part.text))
        if sign:
            before = joined.pop()
            part = replace(before, text=f"{before.text} {part.text}", right=part.right)
        joined.append(part)
    return joined
