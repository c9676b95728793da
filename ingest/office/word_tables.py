"""The cells of a Word table, merged ones as one, without the rows that were deleted."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.office.styles import is_on, qualified, value_of

_W = qualified("")
WRAPPERS = {qualified(name) for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell, how many columns and rows it covers, and True in `head` if its row heads each page."""

    node: etree._Element
    columns: int
    rows: int
    head: bool


def cells_of(table: etree._Element) -> list[list[WordCell]]:
    """The cells of each row that was not deleted; none for what goes on with the cell above."""
    present = (row for row in _inside(table, "tr") if row.find(f"{_W}trPr/{_W}del") is None)
    rows = [(_is_header(row), list(_placed(row))) for row in present]
    placed: list[list[WordCell]] = []
    below: dict[int, int] = {}  # by column, the rows below that go on with the cell there
    for head, cells in reversed(rows):
        placed.append([])
        reaching: dict[int, int] = {}
        for column, cell, columns in cells:
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merged is not None and value_of(merged, default="continue") == "continue":
                reaching[column] = below.get(column, 0) + 1
            else:
                placed[-1].append(WordCell(cell, columns, 1 + below.get(column, 0), head))
        below = reaching
    return placed[::-1]


def _is_header(row: etree._Element) -> bool:
    return is_on(row.find(f"{_W}trPr/{_W}tblHeader"))


def _placed(row: etree._Element) -> Iterator[tuple[int, etree._Element, int]]:
    """Each cell of the row: its first column, itself, how many columns it covers."""
    column = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
    for cell in _inside(row, "tc"):
        columns = _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
        yield column, cell, columns
        column += columns


def _number(node: etree._Element | None, otherwise: int) -> int:
    """The whole number that the node gives, as far as it gives one."""
    value = value_of(node, default=str(otherwise))
    return int(value) if value.isdecimal() and len(value) < 5 else otherwise


def _inside(node: etree._Element, name: str) -> Iterator[etree._Element]:
    """The node's children of that name, also those in wrappers."""
    for child in node:
        if child.tag == _W + name:
            yield child
        elif child.tag in WRAPPERS:
            yield from _inside(child, name)
