"""Where a quote stands on a page: the lines that it is printed on, and its boxes in the picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.document import Document, Span
from ingest.line_spans import lines_within
from ingest.recognised import RecognisedPage, Word

_LEANING = 2  # times the area of its words: a box around a level line has less


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a page's picture, in fractions of its width and height from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        """As a share of the picture's."""
        return (self.right - self.left) * (self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class Part:
    """What of a quote is printed on one line of a page: its characters from `offset` on are `text`.

    `line` is the line's number among those of the page, from 0.
    """

    line: int
    offset: int
    text: str


Quoted = tuple[Part, ...]


def word_boxes(quoted: Quoted, page: RecognisedPage) -> tuple[Box, ...]:
    """The boxes of the quote's words on a recognised page; none where other words are recognised on it."""
    boxes: list[Box] = []
    for part in quoted:
        line = page.lines[part.line] if part.line < len(page.lines) else None
        end = part.offset + len(part.text)
        if line is None or line.text[part.offset : end] != part.text:
            return ()
        boxes += _boxes_of([_box_of(word) for word in line.words_at(part.offset, end)])
    return tuple(boxes)


def _box_of(word: Word) -> Box:
    return Box(word.left, word.top, word.right, word.bottom)


def _boxes_of(words: Sequence[Box]) -> list[Box]:
    """One box around the words of a line, or around each where the line leans."""
    around = Box(
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
    )
    leans = around.area > _LEANING * sum(word.area for word in words)
    return list(words) if leans else [around]


def quoted_on(document: Document, span: Span, number: int) -> Quoted | None:
    """What of the span is printed on the page of that number; None where nothing of it stands there.

    A word that goes over to the page is cited with the page before, and stands on both.
    """
    if number not in (page.number for page in document.pages_of(span)):
        return None
    lines = lines_within(document.lines, span.start, span.end)
    return tuple(
        Part(line.line, line.offset, document.text[line.start : line.end])
        for line in lines
        if line.page == number
    )
