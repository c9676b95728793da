"""Where a quote stands on a page: the lines that it is printed on, and its boxes in the picture."""

from dataclasses import dataclass

from ingest.document import Document, Span
from ingest.line_spans import lines_within


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a page's picture, in fractions of its width and height from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Part:
    """What of a quote is printed on one line of a page: its characters from `offset` on are `text`.

    `line` is the line's number among those of the page, from 0.
    """

    line: int
    offset: int
    text: str


Quoted = tuple[Part, ...]


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
