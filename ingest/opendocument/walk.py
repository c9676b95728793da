"""From the elements of an OpenDocument text to blocks, after all tracked changes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.blocks import RawBlock, block, table_row
from ingest.document import BlockKind
from ingest.office.drawing import Turn, joined
from ingest.office.running import PAGE_NUMBER
from ingest.opendocument.package import number, value
from ingest.opendocument.styles import Counter, Styles
from ingest.tables import RawCell
from ingest.trees import local, text_in

_LEFT_OUT = set(
    "tracked-changes table-of-content alphabetical-index forms sequence-decls variable-decls "
    "user-field-decls dde-connection-decls ruby-text title desc image object object-ole plugin "
    "event-listeners notes glue-point".split()
)
_DRAWN = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
_AS_TEXT = {"s": " ", "tab": "\t", "line-break": " ", "page-number": PAGE_NUMBER}
_SPACES = re.compile(r"[ \t\r\n]+")


@dataclass
class Walker:
    """Goes through a document; `page` is the number of the slide that it is on."""

    styles: Styles
    page: int | None = None
    _behind: list[RawBlock] = field(default_factory=list)  # notes of the paragraph, what is drawn in it
    _lists: dict[str, Counter] = field(default_factory=dict)

    def blocks(self, parent: Iterable[etree._Element]) -> Iterator[RawBlock]:
        """The blocks of what holds paragraphs: a body, a section, a cell, a note, a text box."""
        for node in parent:
            match local(node):
                case "h":
                    yield from self._heading(node)
                case "p":
                    is_title = self.styles.is_title(value(node, "style-name"))
                    yield from self._paragraph(node, "heading" if is_title else "paragraph", int(is_title))
                case "list":
                    yield from self._list(node, 1, None)
                case "table":
                    yield from self._table(node)
                case name if name and name not in _LEFT_OUT:
                    yield from self.blocks(node)

    def _heading(self, node: etree._Element) -> Iterator[RawBlock]:
        level = number(node, "outline-level", 10)
        mark = ""
        if self.styles.outline and value(node, "is-list-header") != "true":
            outline = self._lists.setdefault("", Counter(self.styles.outline))
            mark = outline.next(level)
        yield from self._paragraph(node, "heading", level, mark)

    def _paragraph(
        self, node: etree._Element, kind: BlockKind, level: int = 0, mark: str = ""
    ) -> Iterator[RawBlock]:
        """The paragraph, then its notes and what is drawn in it."""
        text = joined(self._runs(node, None))
        behind, self._behind = self._behind, []
        if text.strip():
            yield block(kind, mark + text.strip(), self.page, level)
        yield from behind

    def _runs(self, node: etree._Element, turn: Turn) -> Iterator[tuple[Turn, str]]:
        """Pieces of text, each with how it is set; takes up notes and drawings on the way."""
        yield turn, _SPACES.sub(" ", node.text or "")
        for child in node:
            yield from self._piece(child, local(child), turn)
            yield turn, _SPACES.sub(" ", child.tail or "")

    def _piece(self, node: etree._Element, kind: str, turn: Turn) -> Iterator[tuple[Turn, str]]:
        """The text of what stands within a paragraph."""
        style = value(node, "style-name") if kind == "span" else ""
        if kind in _AS_TEXT:
            yield turn, _AS_TEXT[kind]
        elif kind in ("note", "annotation"):
            self._behind.append(self._note(node) if kind == "note" else self._comment(node))
        elif not kind or kind in _LEFT_OUT or self.styles.is_hidden(style):
            return
        elif etree.QName(node).namespace == _DRAWN:
            self._behind += self._inside(node)
        else:
            yield from self._runs(node, self.styles.turn(style) or turn)

    def _inside(self, node: etree._Element) -> list[RawBlock]:
        """The blocks of something within a paragraph or a row."""
        behind, self._behind = self._behind, []
        blocks = list(self.blocks(node))
        self._behind = behind
        return blocks

    def _note(self, node: etree._Element) -> RawBlock:
        """A footnote or an endnote, behind its mark."""
        mark, body = node.find("{*}note-citation"), node.find("{*}note-body")
        parts = [text_in(mark)] if mark is not None else []
        parts += [raw.text.strip() for raw in self._inside(body)] if body is not None else []
        return block("footnote", " ".join(parts), self.page)

    def _comment(self, node: etree._Element) -> RawBlock:
        """What somebody noted beside the text."""
        said = " ".join(raw.text.strip() for raw in self._inside(node))
        return block("note", said, self.page, by=node.findtext("{*}creator") or "")

    def _list(self, node: etree._Element, level: int, counter: Counter | None) -> Iterator[RawBlock]:
        """The items of a list; one goes on counting where it says so."""
        name = value(node, "style-name")
        goes_on = value(node, "continue-numbering") == "true" or value(node, "continue-list")
        if counter is None:
            counter = self._lists.get(name) if goes_on else None
            counter = self._lists[name] = counter or Counter(self.styles.lists.get(name, {}))
        elif name in self.styles.lists:
            counter = Counter(self.styles.lists[name])
        for item in node:
            mark = counter.next(level, value(item, "start-value")) if local(item) == "list-item" else ""
            for child in item:
                if local(child) == "list":
                    yield from self._list(child, level + 1, counter)
                elif local(child) in ("p", "h"):
                    yield from self._paragraph(child, "item", level - 1, mark)
                    mark = ""

    def _table(self, table: etree._Element) -> Iterator[RawBlock]:
        """A row a block; a table of one column is a frame around what is in it."""
        rows = [
            row for row in table.iter("{*}table-row") if next(row.iterancestors("{*}table"), None) is table
        ]
        if all(len(list(_cells(row))) <= 1 for row in rows):
            for row in rows:
                for cell in _cells(row):
                    yield from self.blocks(cell)
            return
        for n, row in enumerate(rows):
            cells = [cell for node in _cells(row) for cell in self.cells(node)]
            yield table_row(cells, self.page, opens=n == 0)
            yield from self.taken()

    def cells(self, node: etree._Element) -> list[RawCell]:
        """A cell, as many times as it stands side by side; its notes are kept for `taken`."""
        inner = self._inside(node)
        self._behind += [raw for raw in inner if raw.kind in ("footnote", "note")]
        text = " ".join(raw.text.strip() for raw in inner if raw.kind not in ("footnote", "note"))
        head = next(node.iterancestors("{*}table-header-rows"), None) is not None
        columns, rows = (
            number(node, "number-columns-spanned", 1000),
            number(node, "number-rows-spanned", 1 << 20),
        )
        return [RawCell(text, columns, rows, head)] * number(
            node, "number-columns-repeated", 1000 if text else 1
        )

    def taken(self) -> list[RawBlock]:
        """What stands behind the row that was read last."""
        behind, self._behind = self._behind, []
        return behind


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """The row's cells, without those that others cover."""
    yield from row.iterchildren("{*}table-cell")
