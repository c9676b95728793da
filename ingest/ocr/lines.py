"""A recognised page's lines, as the layout takes them, and what the ledger says of the page."""

from collections.abc import Mapping
from statistics import median

from ingest.layout.lines import Line
from ingest.reasons import Code, Reason
from ingest.recognised import RecognisedPage, WordLine

_FLOOR = 50  # mean confidence below which a page stays unread: noise has 35 at most, poor print 80
_WORDLESS = 30  # mean confidence below which a line is specks and ruling
_BODY = 10.0  # points that a page's usual lines count as: the height of a box says no more than "larger"
_LARGER = 1.5  # of the usual height: boxes of "on" and of "Apple" in one type differ by less
_PAGE = 800.0  # points that a page's height counts as


def picture_lines(pages: Mapping[int, RecognisedPage] | None, number: int) -> tuple[list[Line], Reason]:
    """The lines recognised on the page of that number, and what the ledger says of it.

    `pages` are those recognised so far, None where none are to be.
    """
    if pages is None:
        return [], Reason("no_text_layer")
    if number not in pages:
        return [], Reason("awaits_recognition")
    page = pages[number]
    if page.problem:
        return [], page.problem
    lines = {n: line for n, line in enumerate(page.lines) if _confidence(line) >= _WORDLESS}
    if not lines:
        return [], Reason("nothing_recognised")
    if page.confidence < _FLOOR:
        return [], Reason("unrecognised", confidence=page.confidence)
    usual = median(line.height for line in lines.values())
    found = [_line(line, number, place, line.height / usual) for place, line in lines.items()]
    code: Code = "figures_in_doubt" if page.has_doubtful_figures else "recognised"
    return found, Reason(code, confidence=page.confidence)


def _confidence(line: WordLine) -> int:
    return RecognisedPage((line,)).confidence


def _line(line: WordLine, number: int, place: int, height: float) -> Line:
    """The line, at that place among its page's; `height` is that of its box over the usual one's."""
    return Line(
        line.text,
        number,
        gap=line.begins,
        size=round(_BODY * height if height > _LARGER else _BODY, 1),
        y=(1 - line.words[0].bottom) * _PAGE,
        place=place,
    )
