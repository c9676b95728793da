"""Lines of laid-out text, as a PDF or a plain-text file has them, and what one can tell of a line."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.characters import SUPERSCRIPT
from ingest.line_spans import LineSpan
from ingest.tables import RawCell

_BULLET = re.compile(r"(?:[•▪◦●○■□➢➤‣∙·❖✓✔\uF0B7\uF0A7\uF0D8]\s*|[–—\-*]\s+)(?=\S)")
_ITEM_NUMBER = re.compile(r"\(?(\d{1,2}|[٠-٩]{1,2}|[a-zA-Z]|[ivx]{1,5})[.)\-]\s+(?=\S)")
# A footnote's mark may follow; a table's row that ends in "3.5" counts as ended too, "10:15" does not.
_TERMINAL = re.compile(rf"(?:[.!?…؟。]['\"”’»)\]]*(?:\d{{0,3}}|{SUPERSCRIPT}*)|:['\"”’»)\]]*)$")
_FIRST_WORD = re.compile(r"\S+")
HYPHENS = ("-", "\u2010", "\u00ad")  # that a line may end with
_LEADING = 1.28  # lines further apart than this many usual distances have a gap between them


@dataclass(frozen=True, slots=True)
class Rift:
    """Room between two words of a part, wider than a usual space.

    `offset` is the second word's in the line; `backwards` is true if that stands on the left.
    """

    left: float
    right: float
    offset: int
    backwards: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a line that stand together, from `left` to `right`: points, in plain text characters.

    Where tabs or bars part them, the place is their number in the line. `offset` is that of their first
    character in the line's text, `line` the line's position on its page. At each of its `rifts` it may be
    two parts.
    """

    text: str
    left: float
    right: float
    offset: int = 0
    line: int = 0
    rifts: tuple[Rift, ...] = ()

    def split(self, rift: Rift) -> "tuple[Part, Part]":
        """What stands on the left of the rift, and what on its right."""
        at = rift.offset - self.offset
        first, second = (self.text[:at].strip(), self.offset), (self.text[at:].strip(), rift.offset)
        (left, left_at), (right, right_at) = (second, first) if rift.backwards else (first, second)
        return (
            Part(left, self.left, rift.left, left_at, self.line),
            Part(right, rift.right, self.right, right_at, self.line),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page.

    gap: true if an empty line, or more space than usual, is above it.
    broken: true if a page break is above it, which may cut a sentence.
    size: of the type, in points, 0 in plain text.
    y: height above the bottom of the page, in points, 0 in plain text.
    indented: true if it is plain text and begins with a space.
    apart: true if it is a row of its own, as of a form that is filled in.
    numbered: the page on which it certainly stands, told by numbers in a text without page breaks.
    place: its number among the lines that PDFium's characters make on its page, or that were recognised
        on it, from 0; None elsewhere.
    printed: of a line put together of several, where each of their words is printed.
    parts: what stands apart in it, from the left; none where its words run in another direction.
    cells: of a line that is the row of a table; `opens` is true of the first of a table.
    """

    text: str
    page: int | None
    gap: bool = False
    broken: bool = False
    size: float = 0.0
    bold: bool = False
    y: float = 0.0
    indented: bool = False
    apart: bool = False
    numbered: int | None = None
    place: int | None = None
    printed: tuple[LineSpan, ...] = ()
    parts: tuple[Part, ...] = ()
    cells: tuple[RawCell, ...] = ()
    opens: bool = False

    @property
    def sheet(self) -> int | None:
        """The number of its page, physical or printed; None where neither is known."""
        return self.page if self.page is not None else self.numbered

    @property
    def ends_sentence(self) -> bool:
        """True if the line ends where a sentence, or the line that introduces a list, may end."""
        return bool(_TERMINAL.search(self.text))

    @property
    def starts_small(self) -> bool:
        """True if the first letter is a small one, as in the middle of a sentence."""
        first = self.text.lstrip("“\"‘'(")[:1]
        return first.islower()

    @property
    def bullet(self) -> bool:
        """True if the line begins with a bullet or a dash."""
        return bool(_BULLET.match(self.text))

    @property
    def number(self) -> str | None:
        """What numbers the line ("1", "a", "iv"), None where nothing does."""
        match = _ITEM_NUMBER.match(self.text)
        return match[1] if match else None

    @property
    def first_word(self) -> str:
        """The characters before the first space."""
        match = _FIRST_WORD.match(self.text)
        return match[0] if match else ""


def with_gaps(lines: list[Line]) -> list[Line]:
    """The lines of a page from top to bottom, with `gap` set."""
    steps = [a.y - b.y for a, b in pairwise(lines)]
    usual = Counter(round(step) for step in steps if 2 < step < 60).most_common(1)
    leading = usual[0][0] if usual else 0
    spaced = lines[:1]
    for line, step in zip(lines[1:], steps, strict=True):
        gap = step > max(leading, line.size) * _LEADING
        spaced.append(replace(line, gap=gap))
    return spaced


def is_title_case(words: Sequence[str]) -> bool:
    """True if there are two words or more and at least six of ten begin with a capital."""
    return len(words) > 1 and sum(word[0].isupper() for word in words) >= len(words) * 0.6
