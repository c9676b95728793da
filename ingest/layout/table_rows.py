"""The lines of a table put together to a line a row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf
from statistics import median

from ingest.characters import is_arabic
from ingest.layout.columns import figures_of, is_whole, tables_on
from ingest.layout.grids import NEARER, Grid, Row, goes_on
from ingest.layout.lines import Line, Part
from ingest.line_spans import LineSpan
from ingest.tables import RawCell

_LINE = 3  # words of a cell that may be a line of prose
_ALIKE = 0.1  # points between two distances that are the same
_CUT = 0.3  # share of such cells that begin as in the middle of a sentence, at most


def with_tables(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages with a line for each row of a table, which has its cells, in place of the row's lines.

    A table that ends a page and one in the same columns that begins the next are one.
    """
    done: list[list[Line]] = []
    last: Grid | None = None
    for page in pages:
        grids = [grid for grid in tables_on(page, last) if not _is_cut(grid)]
        done.append(_replaced(page, grids, bool(grids) and goes_on(grids[0], last)))
        ends = bool(grids) and len(page) - 1 in (at for row in grids[-1].rows for at in row.lines)
        last = grids[-1] if ends else None
    return done


def _is_cut(grid: Grid) -> bool:
    """True if its cells, or those of a column, are lines of prose: many begin in the middle of a sentence."""
    columns: dict[int, list[str]] = {}
    for group in _groups(grid):
        for number, (_, parts) in enumerate(_placed(group, grid)):
            columns.setdefault(number, []).append(_text(parts))
    long = [[text for text in cells if len(text.split()) >= _LINE] for cells in columns.values()]
    small = [sum(text[0].islower() for text in texts) for texts in long]
    cut = any(n > max(1, _CUT * len(texts)) for n, texts in zip(small, long, strict=True))
    return cut or sum(small) > _CUT * sum(map(len, long))


def _replaced(page: Sequence[Line], grids: Sequence[Grid], goes_on: bool) -> list[Line]:
    """The page's lines; the rows of a table stand where its first line stood."""
    tables: dict[int, list[Line]] = {}
    gone: set[int] = set()
    for number, grid in enumerate(grids):
        lines = {at for row in grid.rows for at in row.lines}
        gone |= lines
        tables[min(lines)] = list(_lines(grid, page, opens=number > 0 or not goes_on))
    kept: list[Line] = []
    for at, line in enumerate(page):
        kept += tables.get(at, [] if at in gone else [line])
    return kept


def _lines(grid: Grid, page: Sequence[Line], *, opens: bool) -> Iterator[Line]:
    """A line for each row of the table."""
    first, *others = (row.bold for row in grid.full)
    for number, group in enumerate(_groups(grid)):
        placed = _placed(group, grid)
        head = not number and first and not any(others)
        cells = tuple(
            RawCell(_text(parts), columns, head=head, indent=parts[0].left if parts else None)
            for columns, parts in placed
        )
        if not _is_certain(group, grid):
            cells = (RawCell(""),) * len(grid.columns)  # what it belongs to is not certain
        line = _line([part for _, parts in placed for part in parts], page)
        yield replace(line, cells=cells, opens=opens and not number, apart=True)


def _text(parts: Iterable[Part]) -> str:
    return " ".join(part.text for part in parts)


def _line(parts: Sequence[Part], page: Sequence[Line]) -> Line:
    """A line of these parts; the line that they all stand in as it is."""
    lines = {part.line for part in parts}
    line = page[min(lines)]
    if len(lines) == 1:
        return line
    printed: list[LineSpan] = []
    end = 0
    for part in parts:
        place = page[part.line].place
        if place is not None and line.page is not None:
            printed.append(LineSpan(end, end + len(part.text), line.page, place, part.offset))
        end += len(part.text) + 1
    return replace(line, text=_text(parts), printed=tuple(printed))


def _is_part(row: Row, grid: Grid) -> bool:
    """True if the row may be a line of another: of its label, or of several of its cells."""
    places = [grid.column_of(part) for part in row.parts]
    alone = len(row.parts) == 1
    return (places[0] == (0, 1) and not _opens(row.parts[0])) if alone else all(n == 1 for _, n in places)


def _is_certain(group: Sequence[Row], grid: Grid) -> bool:
    """True if it is known what the row is: one of several parts, or of one that heads the rows below it."""
    row, part = group[0], group[0].parts[0]
    if len(group) > 1 or len(row.parts) > 1:
        return True
    bolder = row.bold and not all(each.bold for each in grid.full)
    return grid.column_of(part)[0] == 0 and (bolder or _opens(part))


def _opens(part: Part) -> bool:
    """True if it introduces what stands below it."""
    return part.text.endswith((":", "："))


def _placed(group: Sequence[Row], grid: Grid) -> list[tuple[int, list[Part]]]:
    """The row's cells in reading order: how many columns each covers, and its parts from the top."""
    placed: dict[int, list[Part]] = {}
    covered: dict[int, int] = {}
    for row in group:
        for part in row.parts:
            column, columns = grid.column_of(part)
            placed.setdefault(column, []).append(part)
            covered[column] = max(columns, covered.get(column, 1))
    cells: list[tuple[int, list[Part]]] = []
    column = 0
    while column < len(grid.columns):
        over = range(column, column + covered.get(column, 1))
        cells.append((len(over), [part for each in over for part in placed.get(each, ())]))
        column = over.stop
    from_right = grid.rows[0].size and is_arabic(_text(part for row in grid.rows for part in row.parts))
    return cells[::-1] if from_right else cells


def _groups(grid: Grid) -> Iterator[list[Row]]:
    """The rows of the table, each with the lines that are parts of it."""
    joined = _joined(grid)
    group: list[Row] = []
    for number, row in enumerate(grid.rows):
        if group and not joined[number]:
            yield group
            group = []
        group.append(row)
    yield group


def _joined(grid: Grid) -> list[bool]:
    """For each row, true if it goes on with the one above.

    A line without a figure under figures goes on with the row that it is nearer to, if it is nearer than rows
    are to each other.
    """
    rows, whole = grid.rows, _whole(grid)
    usual, closest = (NEARER * step for step in _steps(rows, whole))
    gaps = [inf, *(above.y - row.y for above, row in pairwise(rows)), inf]
    joined = [False] * (len(rows) + 1)
    for number, row in enumerate(rows):
        if whole[number] or not _is_part(row, grid):
            continue
        near = closest if len(row.parts) == 1 else usual  # a line of one part may head others
        if joined[number] or gaps[number] > min(near, gaps[number + 1] + _ALIKE):
            joined[number + 1] = gaps[number + 1] <= near
        else:
            joined[number] = True
    return joined


def _steps(rows: Sequence[Row], whole: Sequence[bool]) -> tuple[float, float]:
    """What usually is between two rows, and between two of which nothing stands between; 0 for one row."""
    places = [row.y for row, own in zip(rows, whole, strict=True) if own]
    pairs = pairwise(zip(rows, whole, strict=True))
    gaps = [above - below for above, below in pairwise(places)] or [0.0]
    next_to = [above.y - row.y for (above, one), (row, two) in pairs if one and two]
    return median(gaps), median(next_to or gaps)


def _whole(grid: Grid) -> list[bool]:
    """For each row, true if it is no part of another."""
    figures = figures_of(grid)
    return [not number or is_whole(row, grid, figures) for number, row in enumerate(grid.rows)]
