"""The characters of a page as they are drawn, put in the order in which they are read."""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_RIGHT = r"\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF"  # characters of right-to-left scripts
_FROM_RIGHT = rf"(?![\u0660-\u0669\u06F0-\u06F9])[{_RIGHT}]"
_FROM_LEFT = rf"[^\W\d_{_RIGHT}]"
_OF_RIGHT = re.compile(_FROM_RIGHT)
_OF_LEFT = re.compile(_FROM_LEFT)
# Runs against the direction of their line, in it: Latin words with the number on their right, a number;
# Arabic words. What stands on the left of Latin words was written after them, unless it touches them.
_IN_RIGHT = re.compile(
    rf"(?:\d(?:(?!{_FROM_RIGHT}).)*)?{_FROM_LEFT}(?:(?:(?!{_FROM_RIGHT}).)*{_FROM_LEFT})?\d*"
    r"|\d+(?:[.,/:\u066B\u066C]\d+)*"
)
_IN_LEFT = re.compile(rf"{_FROM_RIGHT}(?:(?:(?!{_FROM_LEFT}).)*{_FROM_RIGHT})?")
_APART = 2  # heights of a glyph that part two columns


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a page's picture, in fractions of its width and height from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def empty(self) -> bool:
        """True if it has no area."""
        return self.left >= self.right or self.top >= self.bottom


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as drawn.

    `angle` is that of its line, in radians; `along` and `across` are its origin along that line and
    across it, `size` its height, all in points.
    """

    text: str
    box: Box
    angle: float
    along: float
    across: float
    size: float

    def beside(self, other: "Glyph") -> bool:
        """True if both stand on one line, the other being as tall as its letters are."""
        near = abs(self.across - other.across) < max(self.size, other.size) / 2
        return near and math.isclose(self.angle, other.angle, abs_tol=0.01)

    def follows(self, other: "Glyph") -> bool:
        """True if it stands on the other's line and near it, not in another column."""
        return self.beside(other) and abs(self.along - other.along) < _APART * max(self.size, other.size)


def in_reading_order(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs, those of lines with right-to-left script in the order in which they were written.

    Of such a line PDFium turns some words around and leaves others; where its characters stand is
    certain. From there the rules of the script (Unicode Standard Annex 9) are read backwards. Marks,
    which stand where they like, are left out.
    """
    glyphs = [glyph for glyph in glyphs if unicodedata.category(glyph.text)[0] != "M"]
    text = "".join(glyph.text for glyph in glyphs)
    if not _OF_RIGHT.search(text):
        return glyphs
    mixed_from_right = len(_OF_RIGHT.findall(text)) > len(_OF_LEFT.findall(text))
    return [glyph for line in _lines(glyphs) for glyph in _line_in_order(line, mixed_from_right)]


def _lines(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Runs of glyphs that follow each other on one line; line breaks are no glyphs of it."""
    line: list[Glyph] = []
    tallest: Glyph | None = None
    for glyph in glyphs:
        if glyph.text in "\r\n":
            continue
        if tallest and not glyph.beside(tallest):
            yield line
            line, tallest = [], None
        if not tallest or glyph.size > tallest.size:
            tallest = glyph
        line.append(glyph)
    yield line


def _line_in_order(line: Sequence[Glyph], mixed_from_right: bool) -> Sequence[Glyph]:
    """The line as it was written; one of both directions follows that of its page."""
    text = "".join(glyph.text for glyph in line)
    if not _OF_RIGHT.search(text):
        return line
    way = -1 if mixed_from_right or not _OF_LEFT.search(text) else 1
    # Lam and alef joined in print have one origin; lam is the right one.
    ordered = sorted(line, key=lambda glyph: (way * glyph.along, (glyph.text == "ل") == (way > 0)))
    text = "".join(glyph.text for glyph in ordered)
    for run in (_IN_RIGHT if way < 0 else _IN_LEFT).finditer(text):
        ordered[run.start() : run.end()] = reversed(ordered[run.start() : run.end()])
    return ordered
