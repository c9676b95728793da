"""The one door of reading: a file's bytes in, a Document out, or a reason why not."""

import hashlib
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from importlib import import_module

from lxml import etree

from ingest.blocks import Content, assemble
from ingest.document import Document
from ingest.errors import ReadError
from ingest.formats import READERS, format_of
from ingest.reasons import Reason


def read(data: bytes, name: str, password: str = "") -> Document:
    """The document in the file's bytes; `name` helps only where these leave its format open.

    `password` opens an encrypted PDF.

    Raises:
        ReadError: with the reason that the ledger gives.
    """
    kind = format_of(data, name)
    reader = _reader(kind)
    content = _content(partial(reader, password=password) if kind == "pdf" else reader, data)
    document = assemble(hashlib.sha256(data).hexdigest(), content)
    if not document.text:
        raise ReadError(_why_empty(document))
    return document


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


def _content(reader: Callable[[bytes], Content], data: bytes) -> Content:
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
