"""Lines whose words stand in the same columns, by where they stand alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from ingest.layout.lines import Line, Part

_STEP = 3.0  # sizes between two rows of a table at most; in plain text one line
_LEVEL = 0.3  # sizes between the baselines of what stands in one row
_APART = 0.4  # sizes that two columns are apart at least
_KNOWN = 3  # rows after which no column is new
_ACROSS = 2  # columns that a cell stands in at most, below the first row
_BETWEEN = 3  # lines of one part that stand between two rows at most
_FEW_WORDS = 10  # of such a line at most
NEARER = 0.85  # how much nearer a line is to the row that it is part of than rows are to each other
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


def grids_of(page: Sequence[Line]) -> Iterator[Grid]:
    """All runs of rows in the same columns, from the top of the page, tables or not."""
    return _grids(_rows(page))


def goes_on(grid: Grid, last: Grid | None) -> bool:
    """True if the grid begins its page in the columns of the one that ends the page before."""
    if last is None or len(last.columns) != len(grid.columns) or 0 not in grid.rows[0].lines:
        return False
    return all(a[0] < b[1] and b[0] < a[1] for a, b in zip(last.columns, grid.columns, strict=True))


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
    row.parts = [piece for part in row.parts for piece in _split(part, grid.columns)]
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


def _split(part: Part, columns: Sequence[tuple[float, float]]) -> tuple[Part, ...]:
    """The part, or the two that it is where it stands in two columns and has room between them."""
    over = [column for column in columns if _overlaps(part, column)]
    if len(over) == _ACROSS:
        for rift in part.rifts:
            if rift.left <= over[1][0] and over[0][1] <= rift.right:
                return part.split(rift)
    return (part,)


def _is_within(part: Part, grid: Grid) -> bool:
    """True if a line of one part may belong to the table: a few words that do not reach out of it."""
    inside = part.left >= grid.columns[0][0] - 1 and part.right <= grid.columns[-1][1] + 1
    return inside and len(part.text.split()) <= _FEW_WORDS


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
    if fresh and (len(grid.full) >= _KNOWN or len(taken) < 2):
        return None
    columns = sorted(columns + fresh)
    return columns if _are_apart(columns, row) else None


def _step_of(grid: Grid) -> float:
    """What usually is between two of its rows of several parts."""
    return median(above.y - row.y for above, row in pairwise(grid.full)) if len(grid.full) > 1 else 0.0


def _with_tail(grid: Grid, below: Sequence[Row]) -> Grid:
    """The grid with those lines below it that stand nearer to its last row than its rows do to each other."""
    for row in below:
        if grid.rows[-1].y - row.y > NEARER * _step_of(grid):
            break
        grid.rows.append(row)
    return grid
