"""What an OpenDocument style makes of a text: raised, hidden, a title; and the numbers of its lists."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.characters import subscript, superscript
from ingest.numbering import ordinal
from ingest.office.drawing import Turn
from ingest.opendocument.package import Package, number, value
from ingest.trees import local

_NUMERALS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LEVELS = 10


@dataclass(frozen=True, slots=True)
class _Style:
    """A style's own say; None where it leaves the matter to the one that it is based on."""

    parent: str
    position: str | None
    hidden: bool
    shown: str


class Styles:
    """The styles of a document, by their names, its own before those of all its kind."""

    def __init__(self, package: Package) -> None:
        self._styles: dict[str, _Style] = {}
        self.lists: dict[str, dict[int, etree._Element]] = {}
        self.outline: dict[int, etree._Element] = {}
        for root in (package.styles, package.content):
            for node in root.iter(etree.Element) if root is not None else ():
                match local(node):
                    case "style":
                        self._styles[value(node, "name")] = _style(node)
                    case "list-style":
                        self.lists[value(node, "name")] = _levels(node)
                    case "outline-style":
                        self.outline = _levels(node)

    def turn(self, name: str) -> Turn:
        """How text of that style is set: raised, lowered or neither."""
        position = next((style.position for style in self._chain(name) if style.position), "0%").split()[0]
        if position in ("super", "sub"):
            return superscript if position == "super" else subscript
        height = position.rstrip("%")
        if height.lstrip("-").strip("0") == "":
            return None
        return subscript if height.startswith("-") else superscript

    def is_hidden(self, name: str) -> bool:
        """True if text of that style is not shown."""
        return any(style.hidden for style in self._chain(name))

    def is_title(self, name: str) -> bool:
        """True if a paragraph of that style is the document's title."""
        return any(style.shown == "Title" for style in self._chain(name)) or name == "Title"

    def _chain(self, name: str) -> Iterator[_Style]:
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = self._styles[name].parent


def _style(node: etree._Element) -> _Style:
    text = next((child for child in node if local(child) == "text-properties"), None)
    return _Style(
        parent=value(node, "parent-style-name"),
        position=value(text, "text-position") or None if text is not None else None,
        hidden=text is not None and value(text, "display") == "none",
        shown=value(node, "display-name") or value(node, "name"),
    )


def _levels(node: etree._Element) -> dict[int, etree._Element]:
    return {number(child, "level", _LEVELS): child for child in node if value(child, "level")}


@dataclass(slots=True)
class Counter:
    """The numbers of a list, or of headings, by level from 1: where it stands, and what it prints."""

    levels: dict[int, etree._Element]
    counts: dict[int, int] = field(default_factory=dict)

    def next(self, level: int, start: str = "") -> str:
        """The mark of the next item on that level, "2.1 " or "• "; "" where it has none."""
        style = self.levels.get(level)
        if style is None:
            return "• "
        first = value(style, "start-value", "1")
        before = self.counts.get(level, (int(first) if first.isdecimal() else 1) - 1)
        self.counts[level] = int(start) if start.isdecimal() else before + 1
        for deeper in [other for other in self.counts if other > level]:
            del self.counts[deeper]
        if not local(style).endswith(("style-number", "outline-level-style")):
            return "• "
        if not value(style, "num-format"):
            return ""
        shown = range(level - number(style, "display-levels", _LEVELS) + 1, level + 1)
        figures = (self._figure(one) for one in shown if one > 0)
        return f"{value(style, 'num-prefix')}{'.'.join(filter(None, figures))}{value(style, 'num-suffix')} "

    def _figure(self, level: int) -> str:
        style = self.levels.get(level)
        numerals = value(style, "num-format") if style is not None else ""
        return ordinal(self.counts.get(level, 1), _NUMERALS.get(numerals, "decimal")) if numerals else ""
