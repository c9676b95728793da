"""On which printed lines of its pages a text stands."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineSpan:
    """The stretch `start:end` of a text that is printed on one line of page `page`.

    `line` is its number among the lines of the page as they are read from it, from 0; the stretch begins
    at the line's character `offset`, which is 0 but for the rest of a word that goes with another line.
    """

    start: int
    end: int
    page: int
    line: int
    offset: int


def lines_within(lines: Sequence[LineSpan], start: int, end: int) -> Iterator[LineSpan]:
    """The parts of these lines, which are sorted, that lie within `start:end`."""
    first = bisect_right(lines, start, key=lambda line: line.end)
    for line in lines[first:]:
        if line.start >= end:
            break
        begin = max(line.start, start)
        yield LineSpan(begin, min(line.end, end), line.page, line.line, line.offset + begin - line.start)
