"""Tables in laid-out text: rows whose words stand in the same columns, by where they stand alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import fmean, median

from ingest.layout.lines import Line, Part

_STEP = 3.0  # sizes between two rows of a table at most; in plain text one line
_LEVEL = 0.3  # sizes between the baselines of what stands in one row
_APART = 0.4  # sizes that two columns are apart at least
_ALIGNED = 0.3  # sizes between the edges, or the middles, of what stands under each other
_ROWS = 3  # that a table has at least, its header counted
_WHOLE = 2  # of them that tell figures
_MOST = 0.6  # share of a column's cells that are what the column is
_IN_LINE = 0.8  # share of them that stand under each other
_ACROSS = 2  # columns that a cell stands in at most, below the first row
_BETWEEN = 3  # lines of one part that stand between two rows at most
_WORDS = 5  # of a cell on average, half of it in two columns; a label has twice as many: more is prose
NEARER = 0.85  # how much nearer a line is to the row that it is part of than rows are to each other
_LONG_NUMBER = 5  # digits that no page's number has
PARTED = 1000.0  # between the places of what tabs or bars part: nothing else is so far apart


@dataclass(slots=True)
class Row:
    """What stands at one height; `lines` are positions of the page's lines, `size` is 0 in plain text."""

    y: float
    size: float
    bold: bool
    lines: list[int]
    parts: list[Part]

    def is_near(self, above: "Row") -> bool:
        """True if the row may follow that one in a table."""
        return above.y - self.y <= (_STEP * max(self.size, above.size) or 1)


@dataclass(slots=True)
class Grid:
    """Rows in the same columns; `columns` are left and right edge of each."""

    columns: list[tuple[float, float]]
    rows: list[Row] = field(default_factory=list)

    @property
    def full(self) -> list[Row]:
        """The rows of several parts."""
        return [row for row in self.rows if len(row.parts) > 1]

    def column_of(self, part: Part) -> tuple[int, int]:
        """The first column that the part stands in, and of how many; the whole row if it stands in none."""
        over = [n for n, column in enumerate(self.columns) if _overlaps(part, column)]
        return (over[0], len(over)) if over else (0, len(self.columns))

    def cells(self, column: int) -> list[Part]:
        """What stands in that column alone, in rows of several parts."""
        return [part for row in self.full for part in row.parts if self.column_of(part) == (column, 1)]


def tables_on(page: Sequence[Line]) -> list[Grid]:
    """The tables of a page, from its top."""
    return [grid for grid in _grids(_rows(page)) if _is_table(grid)]


def _rows(page: Sequence[Line]) -> list[Row]:
    """The rows of the lines that have parts, from the top."""
    rows: list[Row] = []
    number = 0
    for at, line in enumerate(page):
        number += 1 + line.gap
        if line.parts:
            parts = [replace(part, line=at) for part in line.parts]
            rows.append(Row(line.y if line.size else -number, line.size, line.bold, [at], parts))
    level: list[Row] = []
    for row in sorted(rows, key=lambda row: -row.y):
        if level and level[-1].y - row.y < _LEVEL * row.size:
            level[-1].lines += row.lines
            level[-1].bold &= row.bold
            level[-1].parts = sorted([*level[-1].parts, *row.parts], key=lambda part: part.left)
        else:
            level.append(row)
    return level


def _grids(rows: Iterable[Row]) -> Iterator[Grid]:
    """Runs of rows that stand in the same columns, with lines of one part between them."""
    grid: Grid | None = None
    between: list[Row] = []
    for row in rows:
        if grid and _takes(grid, between, row):
            continue
        if grid:
            yield _with_tail(grid, between)
        columns = [(part.left, part.right) for part in row.parts]
        grid, between = Grid(columns, [row]) if len(columns) > 1 and _are_apart(columns, row) else None, []
    if grid:
        yield _with_tail(grid, between)


def _takes(grid: Grid, between: list[Row], row: Row) -> bool:
    """True if the grid goes on with the row, which is then one of it or, of one part, waits in between."""
    if not row.is_near((grid.rows + between)[-1]):
        return False
    if len(row.parts) == 1:
        fits = len(between) < _BETWEEN and _is_within(row.parts[0], grid)
        between += [row] * fits
        return fits
    columns = _widened(grid, row)
    if columns:
        grid.columns = columns
        grid.rows += [*between, row]
        between.clear()
    return columns is not None


def _are_apart(columns: Sequence[tuple[float, float]], row: Row) -> bool:
    """True if there is room between each column and the next."""
    return all(two[0] - one[1] >= (_APART * row.size or 1) for one, two in pairwise(columns))


def _overlaps(part: Part, column: tuple[float, float]) -> bool:
    return part.left < column[1] and part.right > column[0]


def _is_within(part: Part, grid: Grid) -> bool:
    """True if a line of one part may belong to the table: a few words that do not reach out of it."""
    inside = part.left >= grid.columns[0][0] - 1 and part.right <= grid.columns[-1][1] + 1
    return inside and len(part.text.split()) <= 2 * _WORDS


def _widened(grid: Grid, row: Row) -> list[tuple[float, float]] | None:
    """The grid's columns with those of the row; None if the two have not the same."""
    columns = list(grid.columns)
    taken: set[int] = set()
    fresh: list[tuple[float, float]] = []
    for part in row.parts:
        over = [n for n, column in enumerate(columns) if _overlaps(part, column)]
        if not over:
            fresh.append((part.left, part.right))
        elif not taken.isdisjoint(over) or len(over) > _ACROSS:
            return None
        elif len(over) == 1:
            left, right = columns[over[0]]
            columns[over[0]] = min(left, part.left), max(right, part.right)
        taken.update(over)
    if fresh and (len(grid.full) >= _ROWS or len(taken) < 2):
        return None
    columns = sorted(columns + fresh)
    return columns if _are_apart(columns, row) else None


def step_of(grid: Grid) -> float:
    """What usually is between two of its rows of several parts."""
    return median(above.y - row.y for above, row in pairwise(grid.full)) if len(grid.full) > 1 else 0.0


def _with_tail(grid: Grid, below: Sequence[Row]) -> Grid:
    """The grid with those lines below it that stand nearer to its last row than its rows do to each other."""
    for row in below:
        if grid.rows[-1].y - row.y > NEARER * step_of(grid):
            break
        grid.rows.append(row)
    return grid


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
