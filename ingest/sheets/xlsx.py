"""The Excel reader: each sheet a section, its cells as they are shown.

It reads the XML itself: openpyxl, the library for it, leaves numbers as they are stored, and knows neither
merged cells nor comments unless it takes fifty times the file's size in memory.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count

from lxml import etree

from ingest.blocks import Content, RawBlock, block
from ingest.document import Unread
from ingest.formats import open_zip
from ingest.reasons import Reason
from ingest.sheets.grid import grid_blocks
from ingest.sheets.numbers import BUILT_IN, shown
from ingest.tables import RawCell
from ingest.trees import local, parsed

_RELATION = re.compile(r"\{[^}]*relationships\}id")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_TRUE = ("1", "true")
_KEPT = ("creator", "subject", "keywords", "description", "category")  # what tells of the contents
_TAGS = ["{*}row", "{*}mergeCell", "{*}autoFilter", "{*}pane"]
_THREAD = "tc={"  # how Excel names the author of a comment in its new way


def read_xlsx(data: bytes) -> Content:
    """The workbook's sheets, hidden ones and hidden rows too, with the text boxes on them.

    Raises:
        ReadError: the file is damaged, locked, or too large when unpacked.
        KeyError, etree.XMLSyntaxError: a part is missing or broken.
    """
    with open_zip(data) as container:
        book = _Book(container)
        blocks: list[RawBlock] = []
        for name, path in book.sheets():
            found = list(book.blocks(path))
            blocks += [block("heading", name, level=1), *found] if found else []
        lost = [Reason("formulas_without_values", n=book.uncomputed)] if book.uncomputed else []
        if any(name.startswith("xl/charts/chart") for name in container.namelist()):
            lost.append(Reason("chart_not_read"))
        core = book.core
    details = [(name, text) for name, text in core.items() if name in _KEPT]
    unread = [Unread(None, reason) for reason in lost]
    return Content(core.get("title"), blocks, unread=unread, date=core.get("created"), details=details)


def _place(reference: str) -> tuple[int, int] | None:
    """Row from 1 and column from 0 of a cell: "B3" is (3, 1)."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column - 1


def _text(node: etree._Element) -> str:
    """The text of a cell, a shared string or a comment, without how it is to be pronounced."""
    parts = (part.text or "" for part in node.iterfind(".//{*}t") if not _is_spoken(part))
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    """The text with characters that XML cannot hold, which Excel writes "_x000D_"."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _is_spoken(part: etree._Element) -> bool:
    above = part.getparent()
    return above is not None and local(above) == "rPh"


@dataclass
class _Book:
    """An open workbook; `uncomputed` counts the formulas met so far whose value is not kept."""

    container: zipfile.ZipFile
    uncomputed: int = 0

    def _xml(self, path: str) -> etree._Element | None:
        """A part's root; None where the workbook has no such part."""
        if path not in self.container.namelist():
            return None
        return parsed(self.container.read(path))

    def _related(self, path: str) -> Mapping[str, tuple[str, str]]:
        """Kind and path of each part that this one names, by the name it has for it."""
        folder, name = posixpath.split(path)
        root = self._xml(f"{folder}/_rels/{name}.rels")
        found = {}
        for node in root if root is not None else ():
            target = posixpath.normpath(posixpath.join(f"/{folder}", node.get("Target", ""))).lstrip("/")
            found[node.get("Id", "")] = (posixpath.basename(node.get("Type", "")), target)
        return found

    @cached_property
    def _workbook(self) -> etree._Element:
        root = self._xml("xl/workbook.xml")
        if root is None:
            raise KeyError("xl/workbook.xml")
        return root

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Name and path of each sheet of cells, in the order of their tabs."""
        related = self._related("xl/workbook.xml")
        for node in self._workbook.iterfind(".//{*}sheets/{*}sheet"):
            identity = next(
                (value for key, value in node.attrib.items() if _RELATION.fullmatch(str(key))), ""
            )
            kind, path = related.get(str(identity), ("", ""))
            if kind == "worksheet":
                yield str(node.get("name", "")), path

    @property
    def core(self) -> dict[str, str]:
        """What the file says of itself, by the names of its core properties."""
        root = self._xml("docProps/core.xml")
        nodes = root.iterchildren(etree.Element) if root is not None else ()
        return {local(node): node.text for node in nodes if node.text}

    @cached_property
    def _strings(self) -> list[str]:
        root = self._xml("xl/sharedStrings.xml")
        return [_text(node) for node in root.iterfind("{*}si")] if root is not None else []

    @cached_property
    def _formats(self) -> list[str]:
        """The number format of each style of cells."""
        root = self._xml("xl/styles.xml")
        if root is None:
            return []
        own = {node.get("numFmtId"): node.get("formatCode", "") for node in root.iterfind(".//{*}numFmt")}
        styles = (node.get("numFmtId", "0") for node in root.iterfind("{*}cellXfs/{*}xf"))
        return [own.get(one) or BUILT_IN.get(int(one), "General") for one in styles]

    @cached_property
    def _base_1904(self) -> bool:
        node = self._workbook.find("{*}workbookPr")
        return node is not None and node.get("date1904") in _TRUE

    def blocks(self, path: str) -> Iterator[RawBlock]:
        """The blocks of a sheet: its rows, then its text boxes and the comments on its cells."""
        related = self._related(path).values()
        rows, heads = self._rows(path)
        for kind, target in related:
            table = self._xml(target) if kind == "table" else None
            if table is not None and table.get("headerRowCount") != "0":
                heads.append(table.get("ref", ""))
        for place in filter(None, map(_place, (reference.partition(":")[0] for reference in heads))):
            row = rows.get(place[0], {})
            row |= {column: replace(cell, head=True) for column, cell in row.items()}
        yield from grid_blocks(rows)
        for kind, target in related:
            root = self._xml(target) if kind in ("comments", "drawing") else None
            if root is not None:
                yield from _comments(root) if kind == "comments" else _boxes(root)

    def _rows(self, path: str) -> tuple[dict[int, dict[int, RawCell]], list[str]]:
        """The rows that hold anything, by number, and the places of those that the file says are heads."""
        rows: dict[int, dict[int, RawCell]] = {}
        heads: list[str] = []
        number = count(1)
        with self.container.open(path) as file:
            for _, node in etree.iterparse(file, tag=_TAGS, resolve_entities=False, no_network=True):
                match local(node):
                    case "row":
                        at = int(node.get("r") or next(number))
                        number = count(at + 1)
                        if cells := self._cells(node):
                            rows[at] = cells
                    case "mergeCell":
                        _merge(rows, node.get("ref", ""))
                    case "autoFilter":
                        heads.append(node.get("ref", ""))
                    case "pane" if node.get("state") == "frozen":
                        heads.append(f"A{node.get('ySplit', '')}")
                node.clear()
        return rows, heads

    def _cells(self, row: etree._Element) -> dict[int, RawCell]:
        """The cells of a row that show anything, by column."""
        cells: dict[int, RawCell] = {}
        column = -1
        for node in row.iterfind("{*}c"):
            place = _place(node.get("r", ""))
            column = place[1] if place else column + 1
            text = self._shown(node)
            if text.strip():
                cells[column] = RawCell(" ".join(text.split()))
        return cells

    def _shown(self, cell: etree._Element) -> str:
        """What the cell shows."""
        kind, value = cell.get("t", "n"), cell.findtext("{*}v")
        if kind == "inlineStr":
            return _text(cell)
        if value is None or not value.strip():
            self.uncomputed += cell.find("{*}f") is not None and kind != "str"  # whose value may be ""
            return ""
        match kind:
            case "s":
                return self._strings[int(value)]
            case "b":
                return "TRUE" if value in _TRUE else "FALSE"
            case "n":
                style = int(cell.get("s", "0"))
                code = self._formats[style] if style < len(self._formats) else "General"
                return shown(value, code, self._base_1904)
        return _unescaped(value)  # a formula's text, an error, a date of ISO 8601


def _boxes(root: etree._Element) -> Iterator[RawBlock]:
    """The paragraphs of the text boxes in a drawing."""
    return (block("paragraph", _text(node)) for node in root.iterfind(".//{*}txBody/{*}p"))


def _comments(root: etree._Element) -> Iterator[RawBlock]:
    """The comments on a sheet's cells, each by its author."""
    authors = [node.text or "" for node in root.iterfind("{*}authors/{*}author")]
    for node in root.iterfind(".//{*}comment"):
        author = int(node.get("authorId", "0"))
        by = authors[author] if author < len(authors) else ""
        yield block("note", _text(node), by="" if by.startswith(_THREAD) else by)


def _merge(rows: dict[int, dict[int, RawCell]], reference: str) -> None:
    """Have the first cell of a range like "A1:B2" cover all of it."""
    first, _, last = reference.partition(":")
    start, end = _place(first), _place(last)
    cell = rows.get(start[0], {}).get(start[1]) if start else None
    if start and end and cell:
        columns, deep = end[1] - start[1] + 1, end[0] - start[0] + 1
        rows[start[0]][start[1]] = replace(cell, columns=max(columns, 1), rows=max(deep, 1))
