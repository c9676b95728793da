"""What a person sees of an element in an HTML tree: not at all, raised, lowered, or as it is."""

import re
from collections.abc import Callable
from functools import partial

from lxml import etree

from ingest.characters import subscript, superscript, turned
from ingest.markup.notes import is_mark, tag_of

_UNSEEN = set(
    "head script style template noscript svg iframe object audio video canvas select textarea button "
    "annotation annotation-xml rp rt".split()
)
_MENUS = {"nav", "footer", "aside"}
_MENU_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search"}
_PLACED = re.compile(r"vertical-align\s*:\s*(super|sub)\b")
_CLASS = re.compile(r"\.([\w-]+)\s*$")  # the last one of a selector
_BANNER = re.compile(
    r"(?:cookie|consent|gdpr)s?[-_]?(?:banner|bar|box|dialog|law|message|modal|notice|overlay|popup|wall)",
    re.IGNORECASE,
)


def is_left_out(node: etree._Element, menus: bool) -> bool:
    """True if the element is not shown, or is a menu where `menus` are not wanted."""
    tag = tag_of(node)
    if tag in _UNSEEN or is_hidden(node):
        return True
    if "katex-html" in node.get("class", ""):  # what a `math` element beside it says
        return True
    if menus:
        return False
    banner = _BANNER.search(f"{node.get('id', '')} {node.get('class', '')}")
    return tag in _MENUS or node.get("role", "").lower() in _MENU_ROLES or banner is not None


def is_hidden(node: etree._Element) -> bool:
    """True if the element says itself that it is not shown."""
    return node.get("hidden") is not None or "display:none" in _style_of(node)


def turn_of(node: etree._Element) -> Callable[[str], str] | None:
    """How the element's text is set: `superscript` for `<sup>` and notes' marks, `subscript`, or None.

    That of `<bdo dir="rtl">` is turned.
    """
    tag = tag_of(node)
    if tag == "bdo" and (direction := node.get("dir", "").lower()) in ("rtl", "ltr"):
        return partial(turned, direction=direction)
    if tag == "sup" or (tag == "a" and is_mark(node)):
        return superscript
    return subscript if tag == "sub" else None


def name_raised(root: etree._Element, sheets: str = "") -> None:
    """Make `<sup>` and `<sub>` of the spans that are raised and lowered: by style, or by class in a sheet.

    The sheets are these and the page's own.
    """
    places: dict[str, str] = {}
    for rule in "}".join([sheets, *(sheet.text or "" for sheet in root.iter("{*}style"))]).split("}"):
        selectors, _, body = rule.rpartition("{")
        if placed := _PLACED.search(body):
            named = filter(None, map(_CLASS.search, selectors.split(",")))
            places.update(dict.fromkeys((name[1] for name in named), placed[1]))
    for span in root.iter("{*}span"):
        own = _PLACED.search(span.get("style", ""))
        given = next(filter(None, map(places.get, span.get("class", "").split())), None)
        if place := own[1] if own else given:
            span.tag = span.tag.removesuffix("span") + place[:3]


def _style_of(node: etree._Element) -> str:
    return str(node.get("style", "")).replace(" ", "").lower()
