"""Tables: merged cells filled, header rows and labels told apart from values."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import takewhile

from ingest.characters import normalise
from ingest.document import Row, RowKind, Span, Table

_MOST_CELLS = 1_000_000  # of a table: more is not worth its memory, or merged to no purpose
_WIDEST = 1000  # columns
_INDENT = 0.9  # points, or characters, by which what a line heads is indented at least
_MOST_LABELS = 3  # columns that label a row, where the file marks none
_MOST = 0.6  # share of a column's cells below a header that are figures
_DIGIT = re.compile(r"\d")
_DATE = re.compile(
    r"[^\W\d]{3,}\.? \d{1,2},? (?=\d{4})|\b\d{1,2}\.? (?=[^\W\d]{3,}\.? \d{4})"
)  # all but its year
_TIME = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?:[/–-]\d\d)?(?!\d)|\b[QqHh][1-4]\b")  # may head figures


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as a reader found it, with the columns and rows that it covers, itself counted.

    `head` is true if the file says that it heads a row or a column. Where a cell of a row above reaches
    down, the row has none of its own. `indent` is where its words begin, None where that means nothing.
    """

    text: str
    columns: int = 1
    rows: int = 1
    head: bool = False
    indent: float | None = None


@dataclass(slots=True)
class _Line:
    """A row with its cells in place: `cells` by column, `heads` true of those marked as heads."""

    start: int
    end: int
    cells: list[Span | None] = field(default_factory=list)
    heads: list[bool] = field(default_factory=list)
    indent: float | None = None

    @property
    def filled(self) -> list[Span]:
        """The cells with words, each once."""
        return list(dict.fromkeys(cell for cell in self.cells if cell))

    @property
    def is_header(self) -> bool:
        """True if its cells head columns: more than one, and all of them marked."""
        marked = all(head for cell, head in zip(self.cells, self.heads, strict=True) if cell)
        return marked and len(self.filled) > 1

    @property
    def is_heading(self) -> bool:
        """True if all that it says is in its first cell, which reaches across, or beside two empty ones."""
        across = len(self.cells) > 2 or None not in self.cells
        return across and self.filled == self.cells[:1] and self.filled[0].start >= self.start


def tables_of(blocks: Iterable[tuple[Sequence[RawCell], bool, Span]], text: str) -> tuple[Table, ...]:
    """The tables of two rows and two columns or more.

    Each block is given with its cells, of which only rows have any; True if it opens a table; its place. Rows
    that follow each other are of one table, but for those that open the next.
    """
    tables: list[_Grid] = []
    between = True
    for cells, opens, span in blocks:
        if cells and (opens or between):
            tables.append(_Grid(text))
        if cells:
            tables[-1].add(cells, span)
        between = not cells
    parts = (part for table in tables for part in _parts(table.lines, text))
    return tuple(_table(part, text) for part in parts if len(part) > 1 and _width(part) > 1)


@dataclass(slots=True)
class _Grid:
    """The rows of a table so far, and by column the cells that reach down: into how many rows, and what."""

    text: str
    lines: list[_Line] = field(default_factory=list)
    reaching: dict[int, tuple[int, Span | None, bool]] = field(default_factory=dict)
    size: int = 0

    def add(self, cells: Sequence[RawCell], span: Span) -> None:
        """Put the next row's cells in their columns; merged cells reach through a row without words too."""
        if self.size > _MOST_CELLS:
            return
        line, at = _Line(span.start, span.end), span.start
        for cell in cells:
            self._reach_down(line)
            words = normalise(cell.text)
            place = self.text.find(words, at, span.end) if words else -1
            found = Span(place, place + len(words)) if place >= 0 else None
            at = found.end if found else at
            for _ in range(min(cell.columns, _WIDEST - len(line.cells))):
                if cell.rows > 1:
                    self.reaching[len(line.cells)] = (cell.rows, found, cell.head)
                line.cells.append(found)
                line.heads.append(cell.head)
        line.indent = next((cell.indent for cell in cells), None)
        self._reach_down(line)
        reaching = self.reaching.items()
        self.reaching = {at: (left - 1, found, head) for at, (left, found, head) in reaching if left > 1}
        self.size += len(line.cells)
        if span.start < span.end:
            self.lines.append(line)

    def _reach_down(self, line: _Line) -> None:
        """Fill the row's next columns with the cells of rows above that cover them."""
        while len(line.cells) in self.reaching:
            _, found, head = self.reaching[len(line.cells)]
            line.cells.append(found)
            line.heads.append(head)


def _width(lines: Iterable[_Line]) -> int:
    return max(len(line.cells) for line in lines)


def _parts(lines: Sequence[_Line], text: str) -> Iterator[list[_Line]]:
    """The lines, parted where another header stands among them than the one that they began with."""
    part: list[_Line] = []
    for line in lines:
        if part and line.is_header and not part[-1].is_header and not _repeats(line, part, text):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _repeats(line: _Line, part: Sequence[_Line], text: str) -> bool:
    """True if one of the lines that head the part has the same words."""
    headers = takewhile(lambda each: each.is_header, part)
    return any(text[line.start : line.end] == text[each.start : each.end] for each in headers)


def _table(lines: Sequence[_Line], text: str) -> Table:
    """The table that the lines are."""
    width = _width(lines)
    for line in lines:
        missing = width - len(line.cells)
        line.cells += [None] * missing
        line.heads += [False] * missing
    headers = _headers(lines, text)
    rows = list(_table_rows(lines, {text[line.start : line.end] for line in lines[:headers]}, text))
    return Table(tuple(rows), headers, _labels(lines[headers:], rows, text))


def _headers(lines: Sequence[_Line], text: str) -> int:
    """How many rows head the others: those marked, or the first if it must.

    Where one of its cells reaches across and another down, as "Rent" over "Day | Week" beside "Tool", the
    rows that it reaches into are headers too.
    """
    marked = sum(1 for _ in takewhile(lambda line: line.is_header, lines)) % len(lines)
    last, *below = lines[max(marked, 1) - 1 :]
    across = len(last.filled) < sum(map(bool, last.cells))
    down = takewhile(lambda line: any(cell and cell.start < last.end for cell in line.cells), below)
    deep = max(marked, 1) + sum(1 for _ in down if across)
    if marked:
        return deep if deep < len(lines) else marked
    return next((n for n in (deep, 1) if _is_headed([_texts(line, text) for line in lines[n - 1 :]])), 0)


def _table_rows(lines: Iterable[_Line], headers: Set[str], text: str) -> Iterator[Row]:
    """The rows; those with the words of a header are one. A line across heads what is not less indented."""
    under: Span | None = None
    depth: float | None = None
    for line in lines:
        kind: RowKind = "row"
        if text[line.start : line.end] in headers:
            kind = "header"
        elif line.is_heading:
            kind, under, depth = "heading", line.cells[0], line.indent
        elif depth is not None and line.indent is not None and line.indent <= depth + _INDENT:
            under = None
        yield Row(line.start, line.end, kind, tuple(line.cells), under if kind == "row" else None)


def _texts(line: _Line, text: str) -> list[str]:
    return [text[cell.start : cell.end] if cell else "" for cell in line.cells]


def _is_headed(rows: Sequence[Sequence[str]]) -> bool:
    """True if the first row must head the others, though the file does not say so.

    None of its cells is empty, but perhaps the first, and none tells a figure, unlike most below one of them.
    A date tells none there.
    """
    first, *others = ([_DATE.sub("", cell) for cell in rows[0]], *rows[1:])
    if not all(rows[0][1:]) or len(set(rows[0])) < len(rows[0]) or any(map(is_figure, first)):
        return False
    columns = ([row[n] for row in others if row[n]] for n in range(1, len(first)))
    return any(column and sum(map(is_figure, column)) > _MOST * len(column) for column in columns)


def is_figure(cell: str) -> bool:
    """True if the cell holds a digit that is not of a year or a quarter."""
    return bool(_DIGIT.search(_TIME.sub("", cell)))


def _labels(lines: Sequence[_Line], rows: Sequence[Row], text: str) -> int:
    """How many columns say what a row is about: those marked, else as many as tell the rows apart, or one."""
    most = len(rows[0].cells) - 1
    marked = [sum(1 for _ in takewhile(bool, line.heads)) for line in lines if not line.is_header]
    if marked and 0 < min(marked) <= most:
        return min(marked)
    named = [
        (row.under, [text[cell.start : cell.end] if cell else "" for cell in row.cells[:_MOST_LABELS]])
        for row in rows
        if row.kind == "row"
    ]
    return _telling(named, min(_MOST_LABELS, most))


def _telling(named: Sequence[tuple[Span | None, list[str]]], most: int) -> int:
    """As many first columns as tell the rows apart, or one. Beyond it, bare numbers are what is asked for."""
    for columns in range(1, most + 1):
        if columns > 1 and all(_is_bare(cells[columns - 1]) for _, cells in named):
            return 1
        if _differ(named, columns):
            return columns
    return 1


def _is_bare(cell: str) -> bool:
    """True if the cell is a figure without a word, or empty."""
    return not cell or (is_figure(cell) and not any(map(str.isalpha, cell)))


def _differ(named: Sequence[tuple[Span | None, list[str]]], columns: int) -> bool:
    """True if no two of the rows have the same first cells under the same heading."""
    return len({(under, *cells[:columns]) for under, cells in named}) == len(named)
