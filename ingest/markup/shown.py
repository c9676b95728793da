"""What a person sees of an element in an HTML tree: not at all, raised, lowered, or as it is."""

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


def is_left_out(node: etree._Element, menus: bool) -> bool:
    """True if the element is not shown, or is a menu where `menus` are not wanted."""
    tag = tag_of(node)
    if tag in _UNSEEN or node.get("hidden") is not None or "display:none" in _style_of(node):
        return True
    if "katex-html" in node.get("class", ""):  # what a `math` element beside it says
        return True
    return not menus and (tag in _MENUS or node.get("role", "").lower() in _MENU_ROLES)


def turn_of(node: etree._Element) -> Callable[[str], str] | None:
    """How the element's text is set: `superscript` for `<sup>` and notes' marks, `subscript`, or None."""
    tag, style = tag_of(node), _style_of(node)
    if tag == "sup" or "vertical-align:super" in style or (tag == "a" and is_mark(node)):
        return superscript
    return subscript if tag == "sub" or "vertical-align:sub" in style else None


def _style_of(node: etree._Element) -> str:
    return str(node.get("style", "")).replace(" ", "").lower()
