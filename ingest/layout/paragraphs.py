"""Lines gathered into blocks: paragraphs and list items.

A line break ends a block only where the next line's first word would have fitted, where space or a
bullet says so, or where the type changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import BlockKind
from ingest.layout.lines import HYPHENS, Line, is_title_case

_FITTED = 0.78  # a line shorter than this share of its page's width was ended on purpose
_ENDED = 0.9  # so was one shorter than this where it ends a sentence
_LARGER = 1.12  # a heading's type is at least this much of the body's
_HEADING_WORDS = 8


@dataclass(slots=True)
class OpenBlock:
    """A block being put together; it has at least one line."""

    kind: BlockKind
    lines: list[Line]
    level: int = 0

    @property
    def text(self) -> str:
        """Its lines joined by spaces."""
        return " ".join(line.text for line in self.lines).strip()


def gather(lines: Sequence[Line], resumes: set[int], body_size: float) -> list[OpenBlock]:
    """The lines in blocks; `resumes` are positions that come directly after footnotes.

    `body_size` is the type of most of the text in points, 0 in plain text.
    """
    widths = _widths(lines)
    blocks: list[OpenBlock] = []
    for index, line in enumerate(lines):
        if not blocks:
            blocks.append(_start(line))
            continue
        last = blocks[-1]
        before = last.lines[-1]
        broken = index in resumes or line.broken or line.page != before.page
        if line.apart or before.apart or _starts_item(line, last):
            blocks.append(_start(line))
        elif _goes_on(before, line, broken, widths[before.page], body_size):
            last.lines.append(line)
        else:
            blocks.append(OpenBlock("paragraph", [line]))
    return blocks


def is_larger(line: Line, body_size: float) -> bool:
    """True if the line is set in the larger type of a heading."""
    return line.size > body_size * _LARGER


def _widths(lines: Sequence[Line]) -> dict[int | None, int]:
    """Characters in a full line, by page."""
    lengths: dict[int | None, list[int]] = {}
    for line in lines:
        lengths.setdefault(line.page, []).append(len(line.text))
    return {page: sorted(each)[int(len(each) * 0.85)] for page, each in lengths.items()}


def _start(line: Line) -> OpenBlock:
    """A new block for the line: an item where it looks like one."""
    if line.apart:
        return OpenBlock("row", [line])
    return OpenBlock("item" if line.bullet or line.number else "paragraph", [line])


def _starts_item(line: Line, last: OpenBlock) -> bool:
    """True if the line opens a list item, and is not a wrapped line that begins like one."""
    return _bullet_starts_item(line, last) if line.bullet else _number_starts_item(line, last)


def _bullet_starts_item(line: Line, last: OpenBlock) -> bool:
    """True of every bullet but a dash within a sentence."""
    is_dash = line.text[0] in "-–—*"
    return not is_dash or line.gap or last.lines[-1].ends_sentence or last.kind == "item"


def _number_starts_item(line: Line, last: OpenBlock) -> bool:
    """True of the number that comes next in a list, or that may be the first of one."""
    number, earlier, before = line.number, last.lines[0].number, last.lines[-1]
    if number is None:
        return False
    if last.kind == "item" and earlier and earlier.isdecimal() and number.isdecimal():
        return int(number) == int(earlier) + 1 or line.gap
    return line.gap or before.ends_sentence or (number in "1a" and not _same_type(before, line))


def _same_type(before: Line, line: Line) -> bool:
    """True if two lines are set alike."""
    return abs(before.size - line.size) <= 0.06 * max(before.size, line.size) and before.bold == line.bold


def _goes_on(before: Line, line: Line, broken: bool, width: int, body_size: float) -> bool:
    """True if the line goes on with the block that `before` is the last line of.

    `broken` is true if a page break or footnotes are between the two.
    """
    if body_size and _type_changes(before, line, body_size):
        return False
    full = len(before.text) + 1 + len(line.first_word) > width * _FITTED
    mid_sentence = _is_mid_sentence(before, line)
    if broken or line.gap:
        cut = full and not before.ends_sentence
        return cut and (mid_sentence or (broken and not _looks_like_heading(line)))
    return mid_sentence or (full and not _ends_paragraph(before, width))


def _type_changes(before: Line, line: Line, body_size: float) -> bool:
    """True if the type parts the two lines: bold from plain, a heading's size from another."""
    if _same_type(before, line) or line.starts_small:
        return False
    return before.bold != line.bold or is_larger(before, body_size) or is_larger(line, body_size)


def _is_mid_sentence(before: Line, line: Line) -> bool:
    """True if the line begins with a small letter, or with the rest of a word or of "3.5-4.0"."""
    cut = before.text.endswith(HYPHENS) and not before.text.endswith(" -")
    return line.starts_small or (cut and before.text[-2:-1].isdecimal() == line.text[:1].isdecimal())


def _ends_paragraph(line: Line, width: int) -> bool:
    """True if the line ends a sentence and leaves some room."""
    return line.ends_sentence and len(line.text) < width * _ENDED


def _looks_like_heading(line: Line) -> bool:
    """True if the line alone could be a heading: few words, most of them capitalised."""
    words = [word for word in line.text.split() if word[:1].isalpha()]
    return len(words) <= _HEADING_WORDS and is_title_case(words)
