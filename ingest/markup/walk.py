"""From an HTML tree to raw blocks: what HTML, Markdown and EPUB have in common."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.blocks import RawBlock, block, table_row
from ingest.document import BlockKind
from ingest.equations import linear
from ingest.markup.cells import cell_of, is_data
from ingest.markup.notes import Notes, silence_backlinks, tag_of
from ingest.markup.shown import is_left_out, turn_of
from ingest.numbering import ordinal
from ingest.tables import RawCell

_INLINE = set(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark math q ruby s samp "
    "small span strike strong sub sup time tt u var wbr rb input".split()
)
_LISTS = {"ul", "ol", "menu"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPACES = re.compile(r"\s+")
_EMPTY_LINE = re.compile(r"\n\s*\n")


@dataclass(slots=True)
class _List:
    """A list that is open: its style (None where it has bullets) and the number of its next item."""

    style: str | None
    number: int


def walk(root: etree._Element, notes: Notes, menus: bool = True) -> list[RawBlock]:
    """The blocks inside `root` in reading order, each footnote after the block with its mark.

    Args:
        root: the element whose content is read; its own tag plays no part.
        notes: as `claim_notes` gave them for the tree.
        menus: true if navigation, footers and asides are read too.
    """
    for equation in root.iter("{*}math"):
        equation.text, equation[:] = linear(equation), []
    walker = _Walker(notes)
    elsewhere = {note for marks in notes.values() for _, note in marks}.union(notes)
    skipped: etree._Element | None = None
    steps = etree.iterwalk(root, events=("start", "end"))
    for event, node in steps:
        if event == "start":
            if node in notes:
                walker.marks(node)
            if node is root:
                walker.add(node.text)
            elif node in elsewhere or is_left_out(node, menus):
                steps.skip_subtree()
                skipped = node  # its end comes next
            else:
                walker.start(node, tag_of(node))
        elif node is not root:
            if node is not skipped:
                walker.end(node, tag_of(node))
            walker.add(node.tail)
    walker.flush()
    return walker.blocks


def _list_of(node: etree._Element) -> _List:
    """The list that the element opens, its numbers from "start" on where that is a number."""
    start = node.get("start", "")
    number = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
    return _List(node.get("type", "1") if tag_of(node) == "ol" else None, number)


@dataclass(slots=True)
class _Walker:
    """What is open at one point of the walk."""

    notes: Notes
    blocks: list[RawBlock] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)
    _pending: list[tuple[str, etree._Element]] = field(default_factory=list)
    _lists: list[_List] = field(default_factory=list)
    _marker: str = ""
    _heading: int = 0
    _preformatted: int = 0
    _tables: list[bool] = field(default_factory=list)
    _cells: list[RawCell] = field(default_factory=list)
    _turned: list[int] = field(default_factory=list)  # where in the text what is raised or lowered begins
    _opens: bool = False

    def add(self, text: str | None) -> None:
        """Take up the text; line breaks count in preformatted text only."""
        if text:
            self._text.append(text if self._preformatted else _SPACES.sub(" ", text))

    def marks(self, node: etree._Element) -> None:
        """Take up the footnotes whose mark the node carries."""
        self._pending += self.notes[node]

    @property
    def _in_row(self) -> bool:
        return bool(self._tables) and self._tables[-1]

    def start(self, node: etree._Element, tag: str) -> None:
        """Open an element."""
        if tag == "br":
            self._text.append("\n")
        elif tag not in _INLINE:
            self._boundary()
        if tag == "tr" and self._in_row:
            self.flush()  # a caption
        if turn_of(node) is not None:
            self._turned.append(len(self._text))
        self._enter(node, tag)
        self.add(node.text)

    def end(self, node: etree._Element, tag: str) -> None:
        """Close an element."""
        if (turn := turn_of(node)) is not None:
            begun = self._turned.pop()
            self._text[begun:] = [turn("".join(self._text[begun:]))]
        if self._in_row and tag in ("td", "th"):
            text = _SPACES.sub(" ", "".join(self._text)).strip()
            self._cells.append(cell_of(node, text))
            self._text.clear()
        elif self._in_row and tag == "tr":
            self._row()
        elif tag not in _INLINE and tag != "br":
            self._boundary()
        self._leave(tag)

    def _enter(self, node: etree._Element, tag: str) -> None:
        """A table, list, item, heading or preformatted text begins."""
        if tag == "table":
            self._tables.append(not self._in_row and is_data(node))
            self._opens = self._in_row
        elif tag in _LISTS:
            self._lists.append(_list_of(node))
        elif tag == "li":
            self._open_item(node.get("value", ""))
        elif tag in _HEADINGS and not self._in_row:
            self._heading = _HEADINGS[tag]
        elif tag == "pre":
            self._preformatted += 1

    def _leave(self, tag: str) -> None:
        """It ends."""
        if tag == "table":
            self.flush()
            self._tables.pop()
        elif tag in _LISTS and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._marker = ""
        elif tag in _HEADINGS:
            self._heading = 0
        elif tag == "pre":
            self._preformatted -= 1

    def _open_item(self, value: str) -> None:
        own = self._lists[-1] if self._lists else _List(None, 1)
        if value.isdecimal() and len(value) < 7:
            own.number = int(value)
        self._marker = "• " if own.style is None else f"{ordinal(own.number, own.style)}. "
        own.number += 1
        if self._in_row:
            self._text.append(self._marker)
            self._marker = ""

    def _boundary(self) -> None:
        """A block begins or ends here; in a row, words of two blocks only stay apart."""
        if self._in_row:
            self._text.append(" ")
        else:
            self.flush()

    def _row(self) -> None:
        if self._cells:
            self.blocks.append(table_row(self._cells, opens=self._opens))
            self._opens = False
        self._cells.clear()
        self._text.clear()
        self._set_notes()

    def flush(self) -> None:
        """End the block that is open, if it has any text."""
        text = "".join(self._text)
        self._text.clear()
        kind, level = self._kind()
        separator = "\n" if self._preformatted else _EMPTY_LINE
        parts = [text] if self._heading else re.split(separator, text)
        for part in parts:
            if part.strip():
                self.blocks.append(block(kind, self._marker + part.strip(), level=level))
                self._marker = ""
        if text.strip():
            self._set_notes()

    def _kind(self) -> tuple[BlockKind, int]:
        if self._heading:
            return "heading", self._heading
        if self._preformatted:
            return "row", 0
        if self._lists or self._marker:
            return "item", max(len(self._lists) - 1, 0)
        return "paragraph", 0

    def _set_notes(self) -> None:
        pending, self._pending = self._pending, []
        for mark, note in pending:
            self.blocks += _footnote(mark, note, self.notes)


def _footnote(mark: str, note: etree._Element, notes: Notes) -> Iterator[RawBlock]:
    """The note as one block, its mark in front of it, without the link back."""
    silence_backlinks(note)
    text = " ".join(piece.text for raw in walk(note, notes) for piece in raw.pieces)
    if text:
        yield block("footnote", text if text.startswith(mark) else f"{mark} {text}")
