"""The EPUB reader: a book's chapters in reading order."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from html.entities import html5
from urllib.parse import unquote

from lxml import etree

from ingest.blocks import Content, RawBlock
from ingest.decode import decode
from ingest.document import Unread
from ingest.errors import ReadError
from ingest.formats import open_zip
from ingest.markup.html import parse_html
from ingest.markup.notes import claim_notes, text_of
from ingest.markup.shown import name_raised
from ingest.markup.walk import walk
from ingest.reasons import Reason
from ingest.trees import local, parsed, text_in

_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
_TOLD = ("creator", "contributor", "publisher", "date", "subject", "description", "identifier")
_ROLES = {"edt": "editor", "trl": "translator"}  # of the Library of Congress's list of relators
_NUMBER = re.compile(r"isbn|doi", re.IGNORECASE)
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(\[.*?\]\s*)?>", re.S | re.I)
_ENTITY = re.compile(r"&(\w+);")
_XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}


def read_epub(data: bytes) -> Content:
    """All of the book but its table of contents; a chapter that is missing goes to the ledger.

    What stands outside its reading order follows it.

    Raises:
        ReadError: the file is damaged, locked, or too large when unpacked.
        KeyError, etree.XMLSyntaxError: the book's own directory is missing or broken.
    """
    with open_zip(data) as book:
        path = _package_path(book)
        package = parsed(book.read(path))
        locked = _locked(book)
        blocks: list[RawBlock] = []
        unread = []
        members = set(book.namelist())
        styles = (book.read(name) for name in members - locked if name.endswith(".css"))
        sheets = "}".join(style.decode("utf-8", "replace") for style in styles)
        for member in dict.fromkeys(_chapters(package, posixpath.dirname(path))):  # none is read twice
            if member in locked:
                raise ReadError(Reason("locked_by_seller"))
            if member not in members:
                unread.append(Unread(None, Reason("missing_chapter", name=member)))
                continue
            chapter, reason = _chapter(book.read(member), sheets)
            blocks += chapter
            if reason:
                unread.append(Unread(None, Reason("in_chapter", name=member, reason=reason)))
    title = package.find(f".//{_DC}title")
    name = text_in(title) if title is not None else None
    return Content(name, blocks, unread=unread, date=_date(package), details=list(_details(package)))


def _date(package: etree._Element) -> str | None:
    """The book's first date that is not of a modification."""
    dates = (node.text for node in package.iter(f"{_DC}date") if node.get(_OPF + "event") != "modification")
    return next(filter(None, dates), None)


def _details(package: etree._Element) -> Iterator[tuple[str, str]]:
    """What the book's metadata say of it; people by what they did, numbers if they are those of books."""
    refined = (node for node in package.iter("{*}meta") if node.get("property") == "role")
    roles = {node.get("refines", "")[1:]: node.text for node in refined}
    for node in package.iter(*(_DC + name for name in _TOLD)):
        name, value = local(node), text_in(node)
        if name == "identifier":
            number = _NUMBER.search(f"{node.get(_OPF + 'scheme', '')} {value}")
            name = number[0].lower() if number else "id"
        role = node.get(_OPF + "role") or roles.get(node.get("id", ""))
        if node.get(_OPF + "event") != "modification":
            yield _ROLES.get(role or "", name), text_of(parse_html(value)) if "<" in value else value


def _package_path(book: zipfile.ZipFile) -> str:
    container = parsed(book.read("META-INF/container.xml"))
    package = container.find(".//{*}rootfile")
    if package is None:
        raise ReadError(Reason("damaged", problem=Reason("no_package")))
    return str(package.get("full-path", ""))


def _locked(book: zipfile.ZipFile) -> set[str]:
    """The members that are encrypted; fonts often are in books that are not locked."""
    if "META-INF/encryption.xml" not in book.namelist():
        return set()
    encryption = parsed(book.read("META-INF/encryption.xml"))
    return {unquote(node.get("URI", "")) for node in encryption.iter("{*}CipherReference")}


def _chapters(package: etree._Element, folder: str) -> Iterator[str]:
    """The members that hold the book's text, in reading order; last those that it gives no place in it."""
    items = {node.get("id"): node for node in package.iter("{*}item")}
    spine = [items.get(reference.get("idref")) for reference in package.iter("{*}itemref")]
    contents = {node.get("href") for node in package.iter("{*}reference") if node.get("type") == "toc"}
    others = (
        item
        for item in package.iter("{*}item")
        if item.get("media-type") in _PAGES and item.get("href") not in contents
    )
    for item in (*spine, *others):
        if item is None or "nav" in item.get("properties", "").split():
            continue
        if item.get("media-type", _PAGES[0]) in _PAGES:
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))


def _character(entity: str) -> str | None:
    """What HTML means by the entity, None where XML is to decide."""
    return None if entity in _XML_ENTITIES else html5.get(f"{entity};")


def _chapter(data: bytes, sheets: str) -> tuple[list[RawBlock], Reason | None]:
    """The chapter's blocks, and what the ledger says of it if bytes of it could not be decoded.

    `sheets` are the book's style sheets.

    Only the entities that HTML names are known: those that a file defines itself, which can blow
    up to any size, are not.
    """
    if not data.strip():
        return [], Reason("empty")
    declared = re.match(rb"""\s*<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)""", data)
    text, reason = decode(data, declared[1].decode("ascii") if declared else None)
    text = re.sub(r"^\s*<\?xml.*?\?>", "", _DOCTYPE.sub("", text, count=1), flags=re.S)
    plain = _ENTITY.sub(lambda match: _character(match[1]) or match[0], text)
    try:
        root = parsed(plain.encode())
    except etree.XMLSyntaxError:  # not well-formed: browsers' rules then
        root = parse_html(text)
    name_raised(root, sheets)
    return walk(root, claim_notes(root)), reason
