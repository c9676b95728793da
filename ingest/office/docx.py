"""The Word reader: body text in order, with lists, tables and footnotes; nothing that was deleted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from lxml import etree

from ingest.blocks import Content, RawBlock, block, table_row
from ingest.dates import created
from ingest.formats import open_zip
from ingest.office.styles import Numbering, Styles, part_of, qualified, value_of
from ingest.office.word_tables import WRAPPERS, cells_of
from ingest.tables import RawCell

_W = qualified("")
_DROPPED = {qualified(name) for name in ("del", "moveFrom", "rt", "txbxContent", "pPr")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_TEXT_BOX = qualified("txbxContent")
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_AS_TEXT = {_W + "tab": " ", _W + "br": " ", _W + "cr": " ", _W + "noBreakHyphen": "\u2011"}
_NO_TITLES = {"word document", "document", "untitled", "microsoft word"}


def read_docx(data: bytes) -> Content:
    """The document's body; running heads, comments and tables of contents are left out.

    Raises:
        ReadError: the file is damaged, locked, or too large when unpacked.
        Exception: whatever python-docx raises on a file that breaks the format.
    """
    open_zip(data).close()
    document = docx.Document(BytesIO(data))
    date = created(document.part.package)
    notes = {
        "footnote": _notes_of(document, RELATIONSHIP_TYPE.FOOTNOTES),
        "endnote": _notes_of(document, RELATIONSHIP_TYPE.ENDNOTES),
    }
    reader = _Reader(Styles(document), Numbering(document), notes)
    blocks = list(reader.blocks(document.element.body))
    return Content(_title(document, reader), blocks, date=date)


def _notes_of(document: Document, relation: str) -> dict[str, etree._Element]:
    part = part_of(document, relation)
    notes: Iterable[etree._Element] = parse_xml(part.blob) if part is not None else ()
    return {note.get(_W + "id", ""): note for note in notes}


def _title(document: Document, reader: "_Reader") -> str | None:
    """The title among the file's properties, unless it is a program's default, or as printed."""
    named = (document.core_properties.title or "").strip()
    return named if named and named.lower() not in _NO_TITLES else reader.printed_title


@dataclass(slots=True)
class _Reader:
    """What has been counted so far: footnotes here, list items in `numbering`."""

    styles: Styles
    numbering: Numbering
    notes: dict[str, dict[str, etree._Element]]
    printed_title: str | None = None
    _counted: dict[str, int] = field(default_factory=lambda: {"footnote": 0, "endnote": 0})
    _pending: list[RawBlock] = field(default_factory=list)

    def blocks(self, parent: etree._Element) -> Iterator[RawBlock]:
        """The blocks of a body, cell, note or text box."""
        for node in parent:
            if node.tag == _W + "p":
                yield from self._paragraph(node)
            elif node.tag == _W + "tbl":
                yield from self._table(node)
            elif node.tag in WRAPPERS:
                yield from self.blocks(node)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[RawBlock]:
        """The paragraph, then its footnotes and the text boxes anchored in it."""
        if self.styles.is_contents(paragraph):
            return
        text = "".join(self._text(paragraph))
        level = self.styles.heading_level(paragraph)
        deleted = paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None
        if text.strip() or not deleted:  # an empty list item has a number too
            list_level, marker = self.numbering.next_item(paragraph, self.styles)
        if text.strip():
            if level:
                yield block("heading", f"{marker}{text}", level=level)
            elif list_level is not None:
                yield block("item", f"{marker}{text}", level=list_level)
            else:
                yield block("paragraph", text)
            if self.printed_title is None and self.styles.is_title(paragraph):
                self.printed_title = text
        yield from self._take_pending()
        for box in _text_boxes(paragraph):
            yield from self.blocks(box)

    def _take_pending(self) -> list[RawBlock]:
        pending, self._pending = self._pending, []
        return pending

    def _text(self, node: etree._Element) -> Iterator[str]:
        """The text as it stands after all changes are accepted; takes up footnotes on the way."""
        for child in node:
            if child.tag in (_W + "t", _MATH_TEXT):
                yield child.text or ""
            elif child.tag in _AS_TEXT:
                yield _AS_TEXT[child.tag]
            elif child.tag in (_W + "footnoteReference", _W + "endnoteReference"):
                self._note(str(child.tag)[len(_W) : -len("Reference")], child.get(_W + "id", ""))
            elif child.tag not in _DROPPED and not self._is_hidden(child):
                yield from self._text(child)

    def _is_hidden(self, run: etree._Element) -> bool:
        return value_of(run.find(f"{_W}rPr/{_W}vanish"), default="0") not in ("0", "false", "off")

    def _note(self, kind: str, identity: str) -> None:
        self._counted[kind] += 1
        note = self.notes[kind].get(identity)
        if note is not None:
            text = " ".join("".join(self._text(paragraph)).strip() for paragraph in note.iter(_W + "p"))
            if text.strip():
                self._pending.append(block("footnote", f"{self._counted[kind]} {text.strip()}"))

    def _table(self, table: etree._Element) -> Iterator[RawBlock]:
        """A row a block; a table of one column is a frame around what is in it."""
        rows = cells_of(table)
        if all(len(cells) <= 1 for cells in rows):
            for cell in (cell for cells in rows for cell in cells):
                yield from self.blocks(cell.node)
            return
        for number, cells in enumerate(rows):
            raw = [RawCell(self._cell_text(cell.node), cell.columns, cell.rows, cell.head) for cell in cells]
            yield table_row(raw, opens=not number)
            yield from self._take_pending()

    def _cell_text(self, cell: etree._Element) -> str:
        """The cell on one line."""
        inner = list(self.blocks(cell))
        self._pending += [raw for raw in inner if raw.kind == "footnote"]
        return " ".join(raw.pieces[0].text.strip() for raw in inner if raw.kind != "footnote")


def _text_boxes(node: etree._Element) -> Iterator[etree._Element]:
    """The text boxes anchored in the node, each once; not those inside of others."""
    for child in node:
        if child.tag == _TEXT_BOX:
            yield child
        elif child.tag not in _DROPPED:
            yield from _text_boxes(child)
