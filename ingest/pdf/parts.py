"""What stands apart in a printed line: the cells of a table are told by where they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

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
    last: int | None = None
    for offset, stretch in _stretches(line).items():
        if stretch != last or _begins_figure(line.text, starts[-1], offset):
            starts.append(offset)
        last = stretch
    parts = [_part(line, start, end) for start, end in pairwise([*starts, len(line.text)])]
    return tuple(_with_signs(sorted(parts, key=lambda part: part.left)))


def _part(line: PrintedLine, start: int, end: int) -> Part:
    ordered = _from_left(line, start, end)
    rifts = (_rift(ordered, *room) for room in _rooms(ordered, _RIFT))
    left, right = ordered[0][1].left, max(glyph.right for _, glyph in ordered)
    return Part(line.text[start:end].strip(), left, right, start, rifts=tuple(filter(None, rifts)))


def _from_left(line: PrintedLine, start: int, end: int) -> list[tuple[int, Glyph]]:
    """The glyphs there from left to right, each with its offset."""
    drawn = [(at, glyph) for at, glyph in enumerate(line.glyphs[start:end], start) if glyph]
    return sorted(drawn, key=lambda each: each[1].left)


def _rooms(ordered: Sequence[tuple[int, Glyph]], sizes: float) -> Iterator[tuple[int, float, float]]:
    """The rooms wider than that between glyphs from left to right: the next glyph's place, both edges."""
    reach = -inf
    for at, ((_, one), (_, two)) in enumerate(pairwise(ordered), 1):
        reach = max(reach, one.right)
        if two.left - reach > sizes * max(one.size, two.size, 1):
            yield at, reach, two.left


def _rift(ordered: Sequence[tuple[int, Glyph]], at: int, left: float, right: float) -> Rift | None:
    """The room as a rift, if what is on one side of it is read before what is on the other."""
    before, behind = ([offset for offset, _ in side] for side in (ordered[:at], ordered[at:]))
    if max(before) < min(behind):
        return Rift(left, right, min(behind), backwards=False)
    return Rift(left, right, min(before), backwards=True) if max(behind) < min(before) else None


def _stretches(line: PrintedLine) -> dict[int, int]:
    """By the offset of each glyph, in reading order, the number of the stretch of the page that it stands in.

    Between two stretches is more than a wide space. A number amid Arabic is in one with the words beside
    it, whichever way each is read.
    """
    ordered = _from_left(line, 0, len(line.glyphs))
    starts = [0, *(at for at, _, _ in _rooms(ordered, _APART)), len(ordered)]
    stretches = {
        offset: number
        for number, (start, end) in enumerate(pairwise(starts))
        for offset, _ in ordered[start:end]
    }
    return dict(sorted(stretches.items()))


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
