"""A run of paragraphs and tables of an RTF file: its body, a note, a page header."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, repeat

from ingest.blocks import RawBlock, block, table_row
from ingest.office.drawing import Turn, joined
from ingest.tables import RawCell

_NEAR = 60  # twentieths of a point that two edges of one column may lie apart


@dataclass(frozen=True, slots=True)
class Cell:
    """How a cell of a row is laid out: its right edge, and if it goes on with the one above, or before."""

    edge: int
    below: bool
    beside: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is known of a paragraph: a heading's level from 1, an item's nesting, if it is in a table."""

    heading: int = 0
    nesting: int = 0
    in_table: bool = False


PLAIN = Paragraph()
_UNKNOWN = Cell(0, below=False, beside=False)
Laid = tuple[list[str], list[Cell], bool]  # a row's texts, its layout, and whether it heads each page


@dataclass(slots=True)
class Story:
    """Takes up text and gives blocks."""

    blocks: list[RawBlock] = field(default_factory=list)
    layout: list[Cell] = field(default_factory=list)
    is_head: bool = False
    mark: str = ""
    behind: list[RawBlock] = field(default_factory=list)  # notes and boxes that are anchored in what comes
    _runs: list[tuple[Turn, str]] = field(default_factory=list)
    _cell: list[str] = field(default_factory=list)
    _cells: list[str] = field(default_factory=list)
    _rows: list[Laid] = field(default_factory=list)

    def add(self, turn: Turn, text: str) -> None:
        """Take up text of the paragraph at hand."""
        self._runs.append((turn, text))

    def end_paragraph(self, paragraph: Paragraph) -> None:
        """The paragraph at hand is whole."""
        text = _whole(joined(self._runs)).strip()
        self._runs.clear()
        mark, self.mark = self.mark.strip(), ""
        if paragraph.in_table:
            self._cell.append(f"{mark} {text}".strip())
            return
        self._end_table()
        if paragraph.heading and text:
            self.blocks.append(block("heading", f"{mark} {text}".strip(), level=paragraph.heading))
        elif mark and text:
            self.blocks.append(block("item", f"{_bullet(mark)} {text}", level=paragraph.nesting))
        elif text:
            self.blocks.append(block("paragraph", text))
        self._flush()

    def end_cell(self) -> None:
        """The cell at hand is whole."""
        self.end_paragraph(Paragraph(in_table=True))
        self._cells.append(" ".join(filter(None, self._cell)))
        self._cell.clear()

    def end_row(self) -> None:
        """The row at hand is whole."""
        if self._runs:
            self.end_cell()
        self._rows.append((self._cells, self.layout, self.is_head))
        self._cells = []

    def finish(self, paragraph: Paragraph) -> list[RawBlock]:
        """All of the story, which ends here."""
        if self._cell or self._cells or (paragraph.in_table and self._runs):
            self.end_cell()
            self.end_row()
        self.end_paragraph(replace(paragraph, in_table=False))
        return self.blocks

    def _flush(self) -> None:
        self.blocks += self.behind
        self.behind = []

    def _end_table(self) -> None:
        rows, self._rows = self._rows, []
        self.blocks += _table(rows)


def _whole(text: str) -> str:
    """The text with its halves of characters, as RTF writes those beyond the first 65,536, put together."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _bullet(mark: str) -> str:
    return mark if any(map(str.isalnum, mark)) else "•"


def _table(rows: Sequence[Laid]) -> Iterator[RawBlock]:
    """A row a block; a table of one column is a frame around what is in it."""
    if all(len(texts) < 2 for texts, _, _ in rows):
        yield from (block("paragraph", text) for texts, _, _ in rows for text in texts)
        return
    for n, cells in enumerate(_placed(rows)):
        yield table_row(cells, opens=n == 0)


def _edges(rows: Sequence[Laid]) -> list[int]:
    """The right edges of the columns; those that lie near each other are one."""
    edges: list[int] = []
    for edge in sorted({cell.edge for _, layout, _ in rows for cell in layout}):
        if not edges or edge > edges[-1] + _NEAR:
            edges.append(edge)
    return edges


def _placed(rows: Sequence[Laid]) -> list[list[RawCell]]:
    """The cells of each row, merged ones as one."""
    edges = _edges(rows)
    placed: list[list[RawCell]] = []
    above: dict[int, tuple[list[RawCell], int]] = {}  # by column: the row of its last cell, and where in it
    for texts, layout, is_head in rows:
        line: list[RawCell] = []
        column = 0
        for text, cell in zip(texts, chain(layout, repeat(_UNKNOWN)), strict=False):
            end = max(bisect_right(edges, cell.edge), column + 1)
            if cell.beside and line and not text:
                line[-1] = replace(line[-1], columns=line[-1].columns + end - column)
            elif cell.below and column in above and not text:
                row, at = above[column]
                row[at] = replace(row[at], rows=row[at].rows + 1)
            else:
                above[column] = line, len(line)
                line.append(RawCell(text, end - column, 1, is_head))
            column = end
        placed.append(line)
    return placed
