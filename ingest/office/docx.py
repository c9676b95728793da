"""The Word reader: body text in order, with lists, tables, notes and comments; nothing that was deleted."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from lxml import etree

from ingest.blocks import Content, RawBlock, block, notes_last, table_row
from ingest.document import Unread
from ingest.equations import linear
from ingest.formats import open_zip
from ingest.office.alternates import settle
from ingest.office.drawing import Turn, diagram_texts, joined, unread_in
from ingest.office.properties import created, properties
from ingest.office.running import PAGE_NUMBER, running_text
from ingest.office.styles import Numbering, Styles, is_on, part_of, qualified
from ingest.office.symbols import as_printed, symbol
from ingest.office.word_tables import WRAPPERS, cells_of
from ingest.reasons import Reason
from ingest.tables import RawCell

_W = qualified("")
_DROPPED = {qualified(name) for name in ("del", "moveFrom", "rt", "txbxContent", "pPr")}
_TEXT_BOX = qualified("txbxContent")
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_EQUATIONS = (_MATH + "oMath", _MATH + "oMathPara")
_AS_TEXT = {_W + "tab": "\t", _W + "br": " ", _W + "cr": " ", _W + "noBreakHyphen": "\u2011"}
_NOTES = {
    "footnote": RELATIONSHIP_TYPE.FOOTNOTES,
    "endnote": RELATIONSHIP_TYPE.ENDNOTES,
    "comment": RELATIONSHIP_TYPE.COMMENTS,
}
_REFERENCES = {f"{_W}{kind}Reference": kind for kind in _NOTES}
_LARGE = 21 * 360_000 * 29 * 360_000 // 4  # a quarter of a page in square EMU: pictures that may hold text
_NO_TITLES = {"word document", "document", "untitled", "microsoft word"}


def read_docx(data: bytes) -> Content:
    """The document's body, then its page headers and footers; tables of contents are left out.

    Comments stand at the end of the section that they comment on.

    Raises:
        ReadError: the file is damaged, locked, or too large when unpacked.
        Exception: whatever python-docx raises on a file that breaks the format.
    """
    open_zip(data).close()
    document = docx.Document(BytesIO(data))
    notes = {kind: _notes_of(document, relation) for kind, relation in _NOTES.items()}
    reader = _Reader(Styles(document), Numbering(document), notes, document.part.rels)
    settle(document.element)
    blocks = [*notes_last(reader.blocks(document.element.body)), *running_text(document, reader.blocks)]
    package = document.part.package
    unread = [Unread(None, Reason(code)) for code in unread_in(document.element.body, _LARGE)]
    title, details = _title(document, reader), list(properties(package))
    return Content(title, blocks, unread=unread, date=created(package), details=details)


def _notes_of(document: Document, relation: str) -> dict[str, etree._Element]:
    part = part_of(document, relation)
    if part is None:
        return {}
    notes = parse_xml(part.blob)
    settle(notes)
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
    relations: Mapping[str, Any]
    printed_title: str | None = None
    _counted: Counter[str] = field(default_factory=Counter)
    _pending: list[RawBlock] = field(default_factory=list)
    _joined: str = ""  # of paragraphs whose end was deleted: the next one goes on with it

    def blocks(self, parent: etree._Element) -> Iterator[RawBlock]:
        """The blocks of a body, cell, note or text box."""
        for node in parent:
            if node.tag == _W + "p":
                yield from self._paragraph(node)
            elif node.tag == _W + "tbl":
                yield from self._table(node)
            elif node.tag in WRAPPERS and not self._is_hidden(node):
                yield from self.blocks(node)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[RawBlock]:
        """The paragraph, then its footnotes and the text boxes anchored in it."""
        if self.styles.is_contents(paragraph):
            return
        text, self._joined = self._joined + self._text(paragraph), ""
        level = self.styles.heading_level(paragraph)
        if _goes_on(paragraph):
            text, self._joined = "", text
        else:  # an empty list item has a number too
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
        for text in diagram_texts(paragraph, self.relations):
            yield block("paragraph", text)

    def _take_pending(self) -> list[RawBlock]:
        pending, self._pending = self._pending, []
        return pending

    def _text(self, node: etree._Element) -> str:
        """The text as it stands after all changes are accepted; takes up notes on the way."""
        return joined(self._runs(node, None))

    def _runs(self, node: etree._Element, turn: Turn) -> Iterator[tuple[Turn, str]]:
        """Pieces of text, each with how it is set."""
        for child in node:
            if (printed := _printed(child, node)) is not None:
                yield turn, printed
            elif child.tag in _EQUATIONS:
                yield None, linear(child)
            elif child.tag in _REFERENCES:
                self._note(_REFERENCES[child.tag], child.get(_W + "id", ""))
            elif child.tag not in _DROPPED and not self._is_hidden(child):
                if _is_page_field(child):
                    yield None, PAGE_NUMBER
                yield from self._runs(child, self.styles.turn_of(child) if child.tag == _W + "r" else turn)

    def _is_hidden(self, node: etree._Element) -> bool:
        """True for a run that is not shown, and for a field to fill in that nobody has."""
        if node.tag == _W + "sdt":
            return node.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
        return is_on(node.find(f"{_W}rPr/{_W}vanish"))

    def _note(self, kind: str, identity: str) -> None:
        self._counted[kind] += 1
        note = self.notes[kind].get(identity)
        paragraphs = note.iter(_W + "p") if note is not None else ()
        text = " ".join(self._text(paragraph).strip() for paragraph in paragraphs).strip()
        if text and note is not None:
            written = block("note", text, by=note.get(_W + "author", ""))
            counted = block("footnote", f"{self._counted[kind]} {text}")
            self._pending.append(written if kind == "comment" else counted)

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
        self._pending += [raw for raw in inner if raw.kind in ("footnote", "note")]
        return " ".join(raw.text.strip() for raw in inner if raw.kind not in ("footnote", "note"))


def _goes_on(paragraph: etree._Element) -> bool:
    """True if the end of the paragraph was deleted, so that the next one goes on with it."""
    marks = (paragraph.find(f"{_W}pPr/{_W}rPr/{_W}{name}") for name in ("del", "moveFrom"))
    following = paragraph.getnext()
    return following is not None and following.tag == _W + "p" and any(mark is not None for mark in marks)


def _printed(node: etree._Element, run: etree._Element) -> str | None:
    """What a part of a run prints, None for what prints nothing of its own."""
    if node.tag == _W + "t":
        return as_printed(node.text or "", _font_of(run))
    if node.tag == _W + "sym":
        return symbol(node.get(_W + "char", "0"), node.get(_W + "font", ""))
    if node.tag == _W + "checkBox":
        return "☑" if _is_checked(node) else "☐"
    return _AS_TEXT.get(node.tag)


def _is_checked(box: etree._Element) -> bool:
    """True if the box is ticked by whoever filled it in, else by default."""
    states = [box.find(_W + name) for name in ("checked", "default")]
    return is_on(next((state for state in states if state is not None), None))


def _font_of(run: etree._Element) -> str:
    fonts = run.find(f"{_W}rPr/{_W}rFonts")
    return fonts.get(_W + "ascii", "") if fonts is not None else ""


def _is_page_field(node: etree._Element) -> bool:
    """True for a field that counts pages."""
    code = node.text if node.tag == _W + "instrText" else node.get(_W + "instr")
    return (code or "").upper().split()[:1] in ([name] for name in ("PAGE", "NUMPAGES", "SECTIONPAGES"))


def _text_boxes(node: etree._Element) -> Iterator[etree._Element]:
    """The text boxes anchored in the node, each once; not those inside of others."""
    for child in node:
        if child.tag == _TEXT_BOX:
            yield child
        elif child.tag not in _DROPPED:
            yield from _text_boxes(child)
