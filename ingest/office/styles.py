"""What a Word paragraph's style and numbering make of it: a heading, a list item and its number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import parse_xml
from lxml import etree

from ingest.characters import subscript, superscript
from ingest.numbering import ordinal
from ingest.office.drawing import Turn

_HEADING_NAME = re.compile(r"heading (\d)$")
_PLACE = re.compile(r"%(\d)")
_DEEPEST = 9  # levels of headings and lists that the format knows


def qualified(name: str) -> str:
    """The name in WordprocessingML's namespace."""
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def value_of(node: etree._Element | None, default: str) -> str:
    """The node's `w:val`; the default where there is no node.

    A node without the attribute switches its property on, "1", but goes on with what came before
    where the default is "continue".
    """
    if node is None:
        return default
    return str(node.get(qualified("val"), default if default == "continue" else "1"))


def is_on(node: etree._Element | None) -> bool:
    """True if the node is there and switches its property on."""
    return value_of(node, default="0") not in ("0", "false", "off")


def part_of(document: Document, relation: str) -> Part | None:
    """The part in that relation to the document, None where it has none."""
    for relationship in document.part.rels.values():
        if relationship.reltype == relation and not relationship.is_external:
            part: Part = relationship.target_part
            return part
    return None


class Styles:
    """The paragraph styles of a document, by their ids."""

    def __init__(self, document: Document) -> None:
        nodes = document.styles.element.iter(qualified("style"))
        self._by_id = {node.get(qualified("styleId"), ""): node for node in nodes}
        self._default = next((name for name, node in self._by_id.items() if _is_default(node)), "")

    def chain(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        """The paragraph's style and those that it is based on, nearest first."""
        named = paragraph.find(f"{qualified('pPr')}/{qualified('pStyle')}")
        return self._from(value_of(named, default=self._default))

    def turn_of(self, run: etree._Element) -> Turn:
        """How the run is set, by itself or its style: `superscript`, `subscript`, or None for as it is."""
        named = run.find(f"{qualified('rPr')}/{qualified('rStyle')}")
        for node in (run, *self._from(value_of(named, default=""))):
            place = value_of(node.find(f"{qualified('rPr')}/{qualified('vertAlign')}"), default="")
            if place:
                return {"superscript": superscript, "subscript": subscript}.get(place)
        return None

    def _from(self, name: str) -> Iterator[etree._Element]:
        """The style of that id and those that it is based on."""
        seen: set[str] = set()
        while name in self._by_id and name not in seen:
            seen.add(name)
            yield self._by_id[name]
            name = value_of(self._by_id[name].find(qualified("basedOn")), default="")

    def property_of(self, paragraph: etree._Element, name: str) -> etree._Element | None:
        """A paragraph property, its own or its style's."""
        for node in (paragraph, *self.chain(paragraph)):
            own = node.find(f"{qualified('pPr')}/{qualified(name)}")
            if own is not None:
                return own
        return None

    def _names(self, paragraph: etree._Element) -> list[str]:
        return [value_of(node.find(qualified("name")), default="").lower() for node in self.chain(paragraph)]

    def heading_level(self, paragraph: etree._Element) -> int:
        """The heading's level from 1, 0 for what is not a heading; a title is at level 1."""
        outline = value_of(self.property_of(paragraph, "outlineLvl"), default="")
        if outline.isdecimal():
            return int(outline) + 1 if int(outline) < _DEEPEST else 0
        names = self._names(paragraph)
        matches = (match for name in names if (match := _HEADING_NAME.match(name)))
        match = next(matches, None)
        return int(match[1]) if match else int("title" in names)

    def is_title(self, paragraph: etree._Element) -> bool:
        """True if the paragraph is set as the document's title."""
        return "title" in self._names(paragraph)

    def is_contents(self, paragraph: etree._Element) -> bool:
        """True if the paragraph is an entry of a table of contents."""
        return any(name.startswith("toc ") for name in self._names(paragraph))


def _is_default(style: etree._Element) -> bool:
    marked = style.get(qualified("default")) in ("1", "true", "on")
    return marked and style.get(qualified("type")) == "paragraph"


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: its number format, the pattern around the number, the first number."""

    style: str
    pattern: str
    start: int


class Numbering:
    """The lists of a document, and how far each has been counted."""

    def __init__(self, document: Document) -> None:
        part = part_of(document, RELATIONSHIP_TYPE.NUMBERING)
        root = parse_xml(part.blob) if part is not None else None
        nodes = list(root) if root is not None else []
        abstract = {node.get(qualified("abstractNumId"), ""): node for node in nodes}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._list_of: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for node in nodes:
            if node.tag != qualified("num"):
                continue
            number = node.get(qualified("numId"), "")
            base = value_of(node.find(qualified("abstractNumId")), default="")
            overrides = node.findall(qualified("lvlOverride"))
            # Lists on the same definition are counted on, unless one of them starts anew.
            self._list_of[number] = f"own {number}" if overrides else base
            self._levels[number] = _levels(abstract.get(base))
            for override in overrides:
                self._override(number, override)

    def _override(self, number: str, override: etree._Element) -> None:
        levels = self._levels[number]
        levels.update(_levels(override))
        start = value_of(override.find(qualified("startOverride")), default="")
        at = int(override.get(qualified("ilvl"), "0"))
        if start.isdecimal() and at in levels:
            levels[at] = _Level(levels[at].style, levels[at].pattern, int(start))

    def next_item(self, paragraph: etree._Element, styles: Styles) -> tuple[int | None, str]:
        """The list level from 0 and the mark ("2. ", "• "); (None, "") for what is not in a list."""
        properties = styles.property_of(paragraph, "numPr")
        if properties is None:
            return None, ""
        number = value_of(properties.find(qualified("numId")), default="")
        number = number or self._inherited_list(paragraph, styles)
        depth = value_of(properties.find(qualified("ilvl")), default="0")
        at = int(depth) if depth.isdecimal() else 0
        level = self._levels.get(number, {}).get(at)
        if level is None:
            return None, ""
        counts = self._counts.setdefault(self._list_of[number], {})
        counts[at] = counts[at] + 1 if at in counts else level.start
        for deeper in [other for other in counts if other > at]:
            del counts[deeper]
        return at, self._mark(number, level, counts)

    def _inherited_list(self, paragraph: etree._Element, styles: Styles) -> str:
        """The list that a style puts the paragraph in, where its own properties name a level only."""
        path = f"{qualified('pPr')}/{qualified('numPr')}/{qualified('numId')}"
        given = (node.find(path) for node in styles.chain(paragraph))
        return next((value_of(node, "") for node in given if node is not None), "")

    def _mark(self, number: str, level: _Level, counts: dict[int, int]) -> str:
        if level.style == "bullet":
            return "• "
        levels = self._levels[number]

        def printed(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = levels.get(at, level)
            return ordinal(counts.get(at, other.start), other.style)

        mark = _PLACE.sub(printed, level.pattern).strip() if level.style != "none" else ""
        return f"{mark} " if mark else ""


def _levels(parent: etree._Element | None) -> dict[int, _Level]:
    """The list levels defined in the node, by their depth from 0."""
    levels = {}
    for node in parent.findall(qualified("lvl")) if parent is not None else []:
        start = value_of(node.find(qualified("start")), default="0")
        levels[int(node.get(qualified("ilvl"), "0"))] = _Level(
            value_of(node.find(qualified("numFmt")), default="decimal"),
            value_of(node.find(qualified("lvlText")), default=""),
            int(start) if start.isdecimal() else 1,
        )
    return levels
