"""A PDF opened by PDFium, which says where its characters stand and draws its pages.

PDFium is not thread-safe: one thread of a process uses it.
"""

from pathlib import Path
from typing import Any

import pypdfium2  # it has no types: its documents and pages are Any

from ingest.errors import ReadError
from ingest.reasons import Reason


def opened(file: bytes | Path, password: str = "") -> Any | None:
    """The document, None where PDFium cannot open it or finds no page in it."""
    try:
        document = pypdfium2.PdfDocument(file, password=password or None)
    except (OSError, ValueError, pypdfium2.PdfiumError):
        return None
    return document if len(document) else None


def page_of(document: Any, number: int) -> Any:
    """The page of this number, from 1. Raises ReadError where it is damaged."""
    try:
        return document[number - 1]
    except (IndexError, pypdfium2.PdfiumError) as error:
        raise ReadError(Reason("damaged_page", problem=str(error))) from error
