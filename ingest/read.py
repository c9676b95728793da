"""The one door of reading: a file's bytes in, a Document out, or a reason why not."""

import hashlib
import zipfile
import zlib
from collections.abc import Callable
from importlib import import_module

from lxml import etree

from ingest.blocks import Content, assemble
from ingest.document import Document
from ingest.errors import ReadError
from ingest.formats import format_of


def read(data: bytes, name: str) -> Document:
    """The document in the file's bytes; `name` helps only where these leave its format open.

    Raises:
        ReadError: with the reason that the ledger gives.
    """
    content = _content(_reader(format_of(data, name)), data)
    document = assemble(hashlib.sha256(data).hexdigest(), content)
    if not document.text:
        raise ReadError(content.unread[0].reason if content.unread else "no text")
    return document


def _reader(kind: str) -> Callable[[bytes], Content]:
    """The function `read_<kind>` of the module of that name, loaded when a file first needs it."""
    reader: Callable[[bytes], Content] = getattr(import_module(f"ingest.read_{kind}"), f"read_{kind}")
    return reader


def _content(reader: Callable[[bytes], Content], data: bytes) -> Content:
    """The reader's content, its libraries' errors told as a damaged file."""
    try:
        return reader(data)
    except (ReadError, MemoryError):
        raise
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, EOFError) as error:
        raise ReadError(f"damaged: {_one_line(error)}") from error
    except RecursionError as error:
        raise ReadError("damaged: nested too deeply") from error
    # python-docx, python-pptx and trafilatura raise whatever their code runs into on a broken file
    # (AttributeError, ValueError, IndexError); the ledger names the type, so none is lost.
    except Exception as error:
        raise ReadError(f"damaged: {type(error).__name__}: {_one_line(error)}") from error


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
