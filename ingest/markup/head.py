"""What the head of a web page says of it: title, date, author, publisher, by the names in use for them."""

import json
from collections.abc import Iterator

from lxml import etree

from ingest.details import texts
from ingest.markup.notes import tag_of, text_of

_DATES = ("article:published_time", "datepublished", "dcterms.date", "dc.date", "date")
_PEOPLE = ("creator", "contributor", "publisher")
_DUBLIN = [f"{scheme}.{term}" for scheme in ("dc", "dcterms") for term in _PEOPLE]
_CITED = [f"citation_{name}" for name in ("author", "publisher", "doi", "isbn")]
_TOLD = {
    *("author", "article:author", "publisher", "og:site_name", "keywords", "dc.subject", "description"),
    *("dc.description", *_DUBLIN, *_CITED),
}
_LINKED = ("author", "creator", "editor", "publisher", "keywords")


def title_of(root: etree._Element) -> str | None:
    """The title that the page gives itself, to others first, then in its head."""
    named = next((value for name, value in _meta(root) if name == "og:title" and value.strip()), None)
    if named is not None:
        return named
    titles = (text_of(node) for node in root.iter(etree.Element) if tag_of(node) == "title")
    return next(filter(None, titles), None)


def date_of(root: etree._Element) -> str | None:
    """The date that the page's head gives, by the surest of the names in use for it.

    A date is not guessed from the page's text or address.
    """
    given = dict(reversed(list(_meta(root))))  # the first of a name
    return next((given[name] for name in _DATES if given.get(name)), None)


def details_of(root: etree._Element) -> list[tuple[str, str]]:
    """What the page says of itself, as `ingest.details.told` takes it: its meta elements, then JSON-LD."""
    said = [(name, value) for name, value in _meta(root) if name in _TOLD]
    return [*said, ("date", date_of(root) or ""), *_linked(root)]


def _meta(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Name, in small letters, and content of each meta element."""
    for node in root.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop") or ""
        yield name.lower(), node.get("content", "")


def _linked(root: etree._Element) -> Iterator[tuple[str, str]]:
    """What the page's JSON-LD says, of the things that it begins with."""
    for node in root.iter("script"):
        try:
            given = json.loads(node.text or "") if node.get("type") == "application/ld+json" else {}
        except (ValueError, RecursionError):
            continue
        things = given.get("@graph", [given]) if isinstance(given, dict) else given
        for thing in things if isinstance(things, list) else ():
            for name in _LINKED if isinstance(thing, dict) else ():
                yield from ((name, text) for text in texts(thing.get(name)))
