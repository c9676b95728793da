"""Tables in laid-out text: what in columns is a table, and what prose, a list or contents."""

from collections.abc import Callable, Sequence
from statistics import fmean, median

from ingest.layout.grids import PARTED, Grid, Row, goes_on, grids_of
from ingest.layout.lines import Line, Part

_ALIGNED = 0.3  # sizes between the edges, or the middles, of what stands under each other
_ROWS = 3  # that a table has at least, its header counted
_WHOLE = 2  # of them that tell figures
_MOST = 0.6  # share of a column's cells that are what the column is
_IN_LINE = 0.8  # share of them that stand under each other
_LONG_NUMBER = 5  # digits that no page's number has
_WORDS = 5  # of a cell on average, half of it in two columns; a label has twice as many: more is prose


def tables_on(page: Sequence[Line], last: Grid | None = None) -> list[Grid]:
    """The tables of a page, from its top; the first may be a few rows that go on with the `last`."""
    grids = list(grids_of(page))
    return [
        grid for number, grid in enumerate(grids) if _is_table(grid) or (not number and goes_on(grid, last))
    ]


def _is_table(grid: Grid) -> bool:
    """True if what stands in columns is a table: figures under each other, or parted by bars or tabs.

    Two columns of prose stand under each other too, and so do the entries of a table of contents.
    """
    columns = [grid.cells(n) for n in range(len(grid.columns))]
    if not _stands(grid, columns) or _is_prose(columns) or _is_contents(columns):
        return False
    if not any(_share(cells, _has_letter) > _MOST for cells in columns):
        return False
    figures = figures_of(grid)
    parted = grid.columns[-1][0] >= PARTED and len(columns) > 2
    return parted or sum(is_whole(row, grid, figures) for row in grid.full if figures) >= _WHOLE


def _stands(grid: Grid, columns: Sequence[Sequence[Part]]) -> bool:
    """True if there are rows enough, most cells are filled, and what is in a column stands in line."""
    full = grid.full
    if len(full) < _ROWS:
        return False
    return all(
        len(cells) >= _MOST * len(full) and _is_in_line(cells[1:] or cells, full[0].size)
        for cells in columns[1:]
    )


def _is_prose(columns: Sequence[Sequence[Part]]) -> bool:
    """True if the cells have too many words."""
    label, *others = (fmean(len(cell.text.split()) for cell in cells) for cells in columns if cells)
    most = _WORDS if others[1:] else _WORDS // 2
    return label > 2 * most or any(words > most for words in others)


def is_whole(row: Row, grid: Grid, figures: Sequence[int]) -> bool:
    """True if the row has a figure in one of these columns; where there are none, if it has several parts."""
    if not figures:
        return len(row.parts) > 1
    placed = ((grid.column_of(part)[0], part.text) for part in row.parts)
    return any(column in figures and _has_digit(text) for column, text in placed)


def figures_of(grid: Grid) -> list[int]:
    """The columns, but for the first, of which most cells below the first row tell a figure."""
    columns = ((n, grid.cells(n)) for n in range(1, len(grid.columns)))
    return [n for n, cells in columns if _share(cells[1:] or cells, _has_digit) > _MOST]


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _has_leader(text: str) -> bool:
    return text.endswith(("...", ". . ."))


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))


def _share(cells: Sequence[Part], is_so: Callable[[str], bool]) -> float:
    return fmean(is_so(cell.text) for cell in cells) if cells else 0.0


def _is_in_line(cells: Sequence[Part], size: float) -> bool:
    """True if most of the cells have one left edge, one right edge or one middle."""
    near = _ALIGNED * size or 0.5
    for places in zip(
        *((cell.left, cell.right, (cell.left + cell.right) / 2) for cell in cells), strict=True
    ):
        middle = median(places)
        if fmean(abs(place - middle) <= near for place in places) >= _IN_LINE:
            return True
    return False


def _is_contents(columns: Sequence[Sequence[Part]]) -> bool:
    """True if the last column may be the pages of a table of contents: dots lead there, or none falls."""
    if any(_share(cells, _has_leader) for cells in columns):
        return True
    numbers = [cell.text for cell in columns[-1]]
    pages = [int(text) for text in numbers if text.isdecimal() and len(text) < _LONG_NUMBER]
    return len(pages) == len(numbers) and pages == sorted(pages)
