"""Footnotes in an HTML tree: which link is a mark, and which element is the note it leads to."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from ingest.trees import local, text_in

_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_LONGEST_NOTE = 3000  # characters above which the target of a mark is no note but a section
_NOTE_REFERENCE = re.compile("note-?ref", re.I)
_BACKLINK = re.compile("back-?(link|ref)", re.I)
_BACKLINK_TEXTS = {"↩", "↩\ufe0e", "↩\ufe0f", "⏎", "^", "↑"}
_SPACES = re.compile(r"\s+")

# The element that carries a mark -> the text of each mark in it, and its note.
Notes = dict[etree._Element, list[tuple[str, etree._Element]]]


def tag_of(node: etree._Element) -> str:
    """The element's name without its namespace, "" for what is not an element."""
    return local(node).lower()


def claim_notes(root: etree._Element) -> Notes:
    """The footnotes of a tree by the element that carries their mark; empties those elements.

    A mark is a link, raised or declared to be one, to a later element of the same file. The same
    note marked again goes with its first mark.
    """
    notes: Notes = {}
    claimed: set[etree._Element] = set()
    for link, carrier, note in _marks(root):
        if not claimed.isdisjoint([link, *link.iterancestors()]):
            continue
        carried = notes.setdefault(carrier, [])
        if note not in claimed:
            carried.append((text_of(link), note))
            claimed.add(note)
    for carrier in notes:
        carrier.text = None
        del carrier[:]
    return notes


def _marks(root: etree._Element) -> Iterator[tuple[etree._Element, etree._Element, etree._Element]]:
    """Each link that is a mark, the element that holds the mark, and the note, which does not come before."""
    order = {node: position for position, node in enumerate(root.iter(etree.Element))}
    targets = {name: node for node in order for name in (node.get("name"), node.get("id")) if name}
    for link in order:
        address = link.get("href", "")
        target = targets.get(unquote(address[1:])) if address.startswith("#") else None
        if target is None:
            continue
        carrier = _mark_of(link)
        note = _note_around(target) if carrier is not None else None
        if carrier is not None and note is not None and order[link] <= order[note]:
            yield link, carrier, note


def _mark_of(link: etree._Element) -> etree._Element | None:
    """The element that holds a footnote's mark, None if the link is not one."""
    raised = next((above for above in link.iterancestors() if tag_of(above) == "sup"), None)
    if raised is not None:
        return raised
    return link if is_mark(link) or any(tag_of(node) == "sup" for node in link.iterdescendants()) else None


def is_mark(link: etree._Element) -> bool:
    """True if the link, or what is in it, is declared to be a footnote's mark."""
    return any(_NOTE_REFERENCE.search(_role_of(node)) for node in link.iter(etree.Element))


def _note_around(target: etree._Element) -> etree._Element | None:
    """The block that a mark leads to, None if it is too long for a note."""
    for node in (target, *target.iterancestors()):
        if tag_of(node) in ("p", "li", "aside", "div", "section", "dd", "td"):
            return node if len(text_of(node)) <= _LONGEST_NOTE else None
    return None


def text_of(node: etree._Element) -> str:
    """All text inside the element, on one line."""
    return _SPACES.sub(" ", text_in(node)).strip()


def _role_of(node: etree._Element) -> str:
    return " ".join(node.get(name, "") for name in (_EPUB_TYPE, "epub:type", "role", "class"))


def silence_backlinks(note: etree._Element) -> None:
    """Empty the links that lead from a note back to its mark."""
    for link in note.iterdescendants(etree.Element):
        if tag_of(link) == "a" and (_BACKLINK.search(_role_of(link)) or text_of(link) in _BACKLINK_TEXTS):
            link.text = None
            del link[:]
