"""From the cells of a sheet to blocks: rows that stand together are a table, a lone line is a paragraph."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.blocks import RawBlock, block, table_row
from ingest.tables import RawCell, is_figure

Cells = Mapping[int, RawCell]  # those of a row that hold anything, by their column
Rows = Mapping[int, Cells]  # those of a sheet that hold anything, by their number
_EMPTY = RawCell("")
LEAST = 3  # columns from which a first row heads the others, though the file does not say so


def grid_blocks(rows: Rows, least: int = LEAST) -> Iterator[RawBlock]:
    """The blocks of a sheet; an empty row parts what stands above it from what stands below.

    A cell covers as many columns and rows as it says. `least` is how many columns a table has whose first row
    is taken to head it, where none of its cells tells a figure.
    """
    for numbers in _regions(rows):
        columns = sorted({column for number in numbers for column in rows[number]})
        first, last = 0, len(numbers)
        while first < last and len(rows[numbers[first]]) == 1:
            first += 1
        while first < last and list(rows[numbers[last - 1]]) == columns[:1]:
            last -= 1
        yield from _lines(rows, numbers[:first])
        yield from _table(rows, numbers[first:last], columns, least)
        yield from _lines(rows, numbers[last:])


def _regions(rows: Rows) -> Iterator[list[int]]:
    """The numbers of the rows, in runs without an empty row; a cell that covers it fills a row too."""
    run: list[int] = []
    reached = -1
    for number in sorted(rows):
        if run and number > reached + 1:
            yield run
            run = []
        run.append(number)
        reached = max(reached, *(number + cell.rows - 1 for cell in rows[number].values()))
    if run:
        yield run


def _lines(rows: Rows, numbers: Sequence[int]) -> Iterator[RawBlock]:
    """Lines of one cell, above and below a table."""
    for number in numbers:
        yield from (block("paragraph", cell.text) for cell in rows[number].values())


def _table(rows: Rows, numbers: Sequence[int], columns: Sequence[int], least: int) -> Iterator[RawBlock]:
    """The rows of a table; columns in which none of them has anything are no columns of it."""
    covered: dict[int, int] = {}  # by column, the last row that a cell of a row above covers
    for n, number in enumerate(numbers):
        cells: list[RawCell] = []
        end = -1  # of the cell before
        for column in columns:
            if column < end or covered.get(column, -1) >= number:
                continue
            cell = rows[number].get(column, _EMPTY)
            end = column + cell.columns
            if cell.columns > 1 or cell.rows > 1:
                across = columns[bisect_left(columns, column) : bisect_left(columns, end)]
                covered |= dict.fromkeys(across, number + cell.rows - 1)
                down = bisect_left(numbers, number + cell.rows) - n
                cell = replace(cell, columns=len(across), rows=down)
            cells.append(cell)
        if n == 0 and len(numbers) > 1 and _is_header([cell.text for cell in cells], least):
            cells = [replace(cell, head=True) for cell in cells]
        yield table_row(cells, opens=n == 0)


def _is_header(texts: Sequence[str], least: int) -> bool:
    """True if a first row heads the others: no cell is empty, or a figure, or like another."""
    apart = len(set(texts)) == len(texts) and all(text.strip() for text in texts)
    return len(texts) >= least and apart and not any(map(is_figure, texts))
