"""What a page shows once it is opened: tabs, accordions, boxes beside the text. Menus are something else."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree

from ingest.markup.notes import tag_of, text_of
from ingest.markup.shown import is_hidden

_NAMES = ("aria-controls", "data-bs-target", "data-target", "href")  # attributes that name what is opened
_QUOTED = re.compile(r"""['"]#?([\w-]+)['"]""")
_PANEL = re.compile(
    r"accordion|collaps|expand|faq|\bmore\b|spoiler|\btab(?:s|panel)?\b|toggle", re.IGNORECASE
)
_MESSAGE = re.compile(r"alert|consent|cookie|error|loading|login|spinner|success|template", re.IGNORECASE)
_TITLES = {"h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary"}
_FIELDS = ("input", "select", "textarea")
_DRESS = ("hidden", "style", "class", "role", "aria-hidden")

Openers = dict[etree._Element, list[etree._Element]]


def reveal(root: etree._Element) -> None:
    """Show the hidden panels that a person can open, under what opens them, and asides that tell something.

    Other things that are hidden (messages, templates, forms, menus of small screens) stay so.
    """
    openers = _openers(root)
    for node in list(root.iter(etree.Element)):
        beside = tag_of(node) == "aside" or node.get("role") == "complementary"
        closed = is_hidden(node) or node.get("aria-hidden") == "true"
        opened = node in openers or (closed and _is_panel(node))
        if (beside or opened) and not (_is_menu(node) or _asks(node)):
            if beside or closed:
                _show(node)
            _entitle(node, openers.get(node, [node.getprevious()]), closed)


def _openers(root: etree._Element) -> Openers:
    """What is opened -> the buttons and links outside of it that open it, by name or standing above it."""
    named = {name: node for node in root.iter(etree.Element) if (name := node.get("id"))}
    openers: Openers = {}
    for node in root.iter(etree.Element):
        titled = tag_of(node) == "button" and _PANEL.search(node.get("class", ""))
        below = [node.getnext()] if titled else []
        for target in (*map(named.get, _opened_by(node)), *below):
            if target is not None and target not in (node, *node.iterancestors()):
                openers.setdefault(target, []).append(node)
    return openers


def _opened_by(node: etree._Element) -> Iterator[str]:
    """The ids that the element names."""
    yield from (name.removeprefix("#") for name in map(node.get, _NAMES) if name)
    yield from _QUOTED.findall(node.get("onclick", ""))


def _is_panel(node: etree._Element) -> bool:
    """True for what nothing names, if it stands behind a title, or is called a panel by its role or class.

    Of a row that is so of its table. An equation is hidden where a picture of it is shown.
    """
    if node.get("hidden") == "until-found" or node.find(".//math") is not None:
        return True
    if _MESSAGE.search(_names_of(node)):
        return False
    before = node.getprevious()
    table = node.iterancestors("table") if tag_of(node) == "tr" else ()
    around = [node, *islice(table, 1), *([before] if before is not None else [])]
    if any(_PANEL.search(_names_of(each)) for each in around):
        return True
    return before is not None and tag_of(before) in _TITLES


def _names_of(node: etree._Element) -> str:
    return " ".join(node.get(name, "") for name in ("role", "class", "id"))


def _is_menu(node: etree._Element) -> bool:
    """True if most of the text is in links."""
    linked = sum(len(text_of(link)) for link in node.iter("a"))
    return tag_of(node) == "nav" or 2 * linked > len(text_of(node))


def _asks(node: etree._Element) -> bool:
    """True for a form: it has a field to fill in."""
    return any(True for _ in node.iter(*_FIELDS))


def _show(node: etree._Element) -> None:
    if node.tag == "aside":
        node.tag = "div"
    for name in _DRESS:
        node.attrib.pop(name, None)


def _entitle(panel: etree._Element, openers: Iterable[etree._Element | None], closed: bool) -> None:
    """Let the buttons that open the panel be read: a tab's above the panel, another one where it stands.

    One that opens nothing `closed` must say that it opens something.
    """
    for opener in openers:
        if opener is None or tag_of(opener) != "button":
            continue
        if opener.get("role") == "tab":
            title = etree.Element("p")
            title.text = text_of(opener)
            panel.insert(0, title)
        elif closed or opener.get("aria-expanded") or _PANEL.search(opener.get("class", "")):
            headed = any(tag_of(above) in _TITLES for above in opener.iterancestors())
            opener.tag = "span" if headed else "p"
