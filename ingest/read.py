"""The one door of reading: a file's bytes in, a Document out, or a reason why not."""

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from itertools import islice
from typing import TypeVar

from lxml import etree

from ingest.blocks import Content, assemble
from ingest.document import Attachment, Document, OnPage, Unread
from ingest.errors import ReadError
from ingest.formats import READERS, format_of
from ingest.reasons import Reason
from ingest.recognised import Recognised

MOST_ATTACHED = 10_000  # files attached to one that are read
T = TypeVar("T")


def read(
    data: bytes,
    name: str,
    password: str = "",
    recognised: Recognised | None = None,
    on_page: OnPage | None = None,
) -> Document:
    """The document in the file's bytes; `name` helps only where these leave its format open.

    `password` opens an encrypted PDF, `on_page` is told of its pages. `recognised` gives the pages that were
    recognised in their pictures, None where none are to be; a document all of whose text is still to be
    recognised has none yet.

    Raises:
        ReadError: with the reason that the ledger gives.
    """
    kind = format_of(data, name)
    reader = _reader(kind)
    sha256 = _sha256(data)
    if kind in ("pdf", "picture"):
        reader = partial(reader, recognised=recognised and recognised(sha256))
    if kind == "pdf":
        reader = partial(reader, password=password, on_page=on_page)
    content = _guarded(reader, data)
    document = assemble(sha256, content)
    waits = any(entry.reason.code == "awaits_recognition" for entry in document.unread)
    if not document.text and not waits:
        raise ReadError(_why_empty(document))
    return _guarded(partial(_with_attachments, document, kind), data)


def attachments(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of what is attached to the file, and to that: "inner.eml", "inner.eml/report.pdf"."""
    try:
        kind = format_of(data, name)
    except ReadError:
        return
    yield from _attached(kind, data)


def _attached(kind: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """What is attached to a file of that kind."""
    attached = getattr(import_module(READERS[kind]), f"attachments_{kind}", None)
    for inner, held in attached(data) if attached else ():
        yield inner, held
        for below, deeper in attachments(held, inner):
            yield f"{inner}/{below}", deeper


def _with_attachments(document: Document, kind: str, data: bytes) -> Document:
    """The document with what is attached to it, the first ten thousand."""
    found = [
        Attachment(name, len(held), _sha256(held))
        for name, held in islice(_attached(kind, data), MOST_ATTACHED + 1)
    ]
    if len(found) > MOST_ATTACHED:
        unread = (*document.unread, Unread(None, Reason("too_many_attached", limit=MOST_ATTACHED)))
        document = replace(document, unread=unread)
    return replace(document, attachments=tuple(found[:MOST_ATTACHED]))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _why_empty(document: Document) -> Reason:
    """Why there is no text: the reason given for its pages, or "no text" and the one for the whole file."""
    if not document.unread:
        return Reason("no_text")
    first = document.unread[0]
    return first.reason if first.pages else Reason("no_text_and", reason=first.reason)


def _reader(kind: str) -> Callable[..., Content]:
    """The function `read_<kind>` of the format's module, loaded when a file first needs it."""
    reader: Callable[..., Content] = getattr(import_module(READERS[kind]), f"read_{kind}")
    return reader


def _guarded(reader: Callable[[bytes], T], data: bytes) -> T:
    """What the reader returns; an error of its library is a ReadError that calls the file damaged."""
    try:
        return reader(data)
    except (ReadError, MemoryError):
        raise
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError) as error:
        raise _damaged(_said(error)) from error
    except etree.XMLSyntaxError as error:
        raise _damaged(Reason("broken_xml", detail=_said(error))) from error
    except RecursionError as error:
        raise _damaged(Reason("nested_too_deeply")) from error
    # python-docx, python-pptx and trafilatura raise whatever their code runs into on a broken file
    # (AttributeError, ValueError, IndexError); the ledger names the type, so none is lost.
    except Exception as error:
        problem = f"{type(error).__name__}: {_said(error)}"
        raise _damaged(Reason("malformed", detail=problem)) from error


def _damaged(problem: Reason | str) -> ReadError:
    return ReadError(Reason("damaged", problem=problem))


def _said(error: Exception) -> str:
    return str(error).strip() or type(error).__name__
