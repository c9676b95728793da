"""What a row of a table says: its label, and each value with what heads its column."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.document import Row, Span, Table


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says: its label, and each value with what heads its column; each a span over the text."""

    label: tuple[Span, ...]
    columns: tuple[tuple[tuple[Span, ...], Span], ...]


def said(table: Table, row: Row) -> Said:
    """What the row says: of "Anvil | C1 | 310.00" that ("Anvil",) has ("Shelf",) C1, ("Unit price",) 310.00.

    A value that stands in several columns is said once, under all that heads them.
    """
    named = (row.under, *row.cells[: table.labels])
    label = tuple(dict.fromkeys(cell for cell in named if cell))
    columns: dict[Span, dict[Span, None]] = {}
    for column, cell in enumerate(row.cells[table.labels :], table.labels):
        if cell and cell not in label:
            columns.setdefault(cell, {}).update(dict.fromkeys(_heads(table, column)))
    return Said(label, tuple((tuple(heads), cell) for cell, heads in columns.items()))


def _heads(table: Table, column: int) -> Iterator[Span]:
    """What heads the column, from the outermost in; not what heads all columns."""
    for row in table.rows[: table.headers]:
        cell = row.cells[column]
        if cell and any(other not in (cell, None) for other in row.cells):
            yield cell
