"""Tables of HTML: which hold data, and their cells."""

from itertools import islice

from lxml import etree

from ingest.markup.notes import tag_of, text_of
from ingest.tables import RawCell

_LONGEST_CELL = 1500  # characters above which a table's cell is a column of the page


def is_data(table: etree._Element) -> bool:
    """True if a table holds data in rows rather than the layout of a page."""
    if table.get("role") == "presentation":
        return False
    tags = [tag_of(node) for node in table.iterdescendants(etree.Element)]
    if not {"table", "h1", "h2", "h3", "h4"}.isdisjoint(tags):
        return False
    rows = [list(row) for row in table.iterdescendants(etree.Element) if tag_of(row) == "tr"]
    longest = max((len(text_of(cell)) for row in rows for cell in row), default=0)
    return longest <= _LONGEST_CELL and any(len(row) > 1 for row in rows)


def cell_of(node: etree._Element, text: str) -> RawCell:
    """The cell of that element, with this text; a cell of the table's head is a head too."""
    columns, rows = (node.get(name, "") for name in ("colspan", "rowspan"))
    head = tag_of(node) == "th" or any(tag_of(above) == "thead" for above in islice(node.iterancestors(), 2))
    return RawCell(text, _number(columns), _number(rows), head)


def _number(value: str) -> int:
    """How many columns or rows the attribute says, at least one."""
    return max(1, int(value)) if value.isdecimal() and len(value) < 6 else 1
