"""The lines of one page of a file, as the reading of all of it finds them."""

from pathlib import Path
from typing import Any

import pypdf
import pypdfium2.raw as pdfium

from ingest.pdf.annotations import notes_on
from ingest.pdf.fields import fields_of
from ingest.pdf.filled import line_of, with_fields
from ingest.pdf.glyphs import glyphs_of
from ingest.pdf.printed import PrintedLine, lines_of


def lines_on(document: Any, file: Path, number: int) -> list[PrintedLine]:
    """The lines of the page of that number, from 1, with what is filled in, and then its notes.

    `document` is the file as pypdfium2 opens it.
    """
    page = document[number - 1]
    printed, _ = lines_of(glyphs_of(page))
    if not pdfium.FPDF_GetFormType(document) and not _has_notes(page):
        return printed
    try:
        with file.open("rb") as data:
            named = pypdf.PdfReader(data).pages[number - 1]
            return [*with_fields(printed, fields_of(named)), *map(line_of, notes_on(named))]
    except Exception:  # noqa: BLE001 pypdf meets damage with any exception; reading then found nothing either
        return printed


def _has_notes(page: Any) -> bool:
    """True if the page has annotations other than links."""
    for at in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, at)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind != pdfium.FPDF_ANNOT_LINK:
            return True
    return False
