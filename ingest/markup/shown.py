"""What a person sees of an element in an HTML tree: not at all, raised, lowered, or as it is."""

import re
from collections.abc import Callable

from lxml import etree

from ingest.characters import subscript, superscript
from ingest.markup.notes import is_mark, tag_of

_UNSEEN = set(
    "head script style template noscript svg iframe object audio video canvas select textarea button "
    "annotation annotation-xml rp rt".split()
)
_MENUS = {"nav", "footer", "aside"}
_MENU_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search"}
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
    """How the element's text is set: `superscript` for `<sup>` and notes' marks, `subscript`, or None."""
    tag, style = tag_of(node), _style_of(node)
    if tag == "sup" or "vertical-align:super" in style or (tag == "a" and is_mark(node)):
        return superscript
    return subscript if tag == "sub" or "vertical-align:sub" in style else None


def _style_of(node: etree._Element) -> str:
    return str(node.get("style", "")).replace(" ", "").lower()
