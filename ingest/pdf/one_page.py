"""The lines of one page of a file, as the reading of all of it finds them."""

from pathlib import Path
from typing import Any

import pypdf
import pypdfium2.raw as pdfium

from ingest.pdf.fields import fields_of
from ingest.pdf.filled import with_fields
from ingest.pdf.glyphs import glyphs_of
from ingest.pdf.printed import PrintedLine, lines_of


def lines_on(document: Any, file: Path, number: int) -> list[PrintedLine]:
    """The lines of the page of that number, from 1, with what is filled in.

    `document` is the file as pypdfium2 opens it.
    """
    printed, _ = lines_of(glyphs_of(document[number - 1]))
    if not pdfium.FPDF_GetFormType(document):
        return printed
    try:
        with file.open("rb") as data:
            return with_fields(printed, fields_of(pypdf.PdfReader(data).pages[number - 1]))
    except Exception:  # noqa: BLE001 pypdf meets damage with any exception; reading then found no field either
        return printed
