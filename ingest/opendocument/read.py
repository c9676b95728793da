"""The readers of OpenDocument texts, spreadsheets and presentations (LibreOffice Writer, Calc, Impress)."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ingest.blocks import Content, RawBlock, block, first_heading, notes_last
from ingest.document import Page, Unread
from ingest.office.running import run_lines
from ingest.opendocument.package import Package, number, value
from ingest.opendocument.styles import Styles
from ingest.opendocument.walk import Walker
from ingest.reasons import Reason
from ingest.sheets.grid import grid_blocks
from ingest.tables import RawCell
from ingest.trees import local

_MOST_ROWS = 1000  # times that a row which holds anything stands again


def read_odt(data: bytes) -> Content:
    """The text, after all tracked changes, then its page headers and footers.

    Raises:
        ReadError: the file is encrypted, or too large when unpacked.
        KeyError, etree.XMLSyntaxError: a part is missing or broken.
    """
    package = Package.open(data)
    walker = Walker(Styles(package))
    blocks = list(notes_last(walker.blocks(package.body)))
    heads = package.styles.iterfind(".//{*}master-page/*") if package.styles is not None else ()
    running = run_lines(raw for node in heads for raw in walker.blocks(node))
    return _content(package, [*blocks, *running], package.title or first_heading(blocks))


def read_ods(data: bytes) -> Content:
    """The sheets, hidden ones too, each a section. Raises: as `read_odt`."""
    package = Package.open(data)
    walker = Walker(Styles(package))
    blocks: list[RawBlock] = []
    for table in package.body.iterfind("{*}table"):
        found = [*grid_blocks(_rows(table, walker)), *walker.taken()]
        blocks += [block("heading", value(table, "name"), level=1), *found] if found else []
    return _content(package, blocks, package.title)


def _rows(table: etree._Element, walker: Walker) -> dict[int, dict[int, RawCell]]:
    """The rows that hold anything, by number, and in each the cells that do, by column."""
    rows: dict[int, dict[int, RawCell]] = {}
    at = 0
    for row in table.iter("{*}table-row"):
        cells: dict[int, RawCell] = {}
        column = 0
        for node in row:
            if local(node) == "table-cell":
                found = walker.cells(node)
                cells |= {column + n: cell for n, cell in enumerate(found) if cell.text}
            column += number(node, "number-columns-repeated", 1 << 20)
        repeated = number(row, "number-rows-repeated", 1 << 20)
        if cells:
            rows |= dict.fromkeys(range(at, at + min(repeated, _MOST_ROWS)), cells)
        at += repeated
    return rows


def read_odp(data: bytes) -> Content:
    """The slides, each a page, with its notes as a footnote. Raises: as `read_odt`."""
    package = Package.open(data)
    styles = Styles(package)
    blocks: list[RawBlock] = []
    unread: list[Unread] = []
    pages = []
    for n, slide in enumerate(package.body.iterfind("{*}page"), 1):
        pages.append(Page(n, None))
        shown = [raw for raw in _slide(slide, Walker(styles, n)) if raw.text.strip()]
        if not shown:
            unread.append(Unread((n,), Reason("no_text_on_slide")))
        blocks += shown
    content = _content(package, blocks, package.title or next((raw.text for raw in blocks[:1]), None))
    return replace(content, pages=pages, unread=unread)


def _slide(slide: etree._Element, walker: Walker) -> Iterator[RawBlock]:
    """What a slide shows, its title as a heading, then its notes."""
    for shape in slide:
        found = walker.blocks([shape])
        if value(shape, "class") == "title":
            yield from (block("heading", raw.text, walker.page, 1) for raw in found)
        else:
            yield from found
    for notes in slide.iterfind("{*}notes"):
        said = " ".join(raw.text.strip() for raw in walker.blocks(notes))
        yield block("footnote", said, walker.page)


def _content(package: Package, blocks: list[RawBlock], title: str | None) -> Content:
    return Content(title, blocks, date=package.created, details=package.details)
