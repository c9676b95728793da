"""The PDF reader: the pages' lines made blocks, labels, title and date; damage goes to the ledger."""

import io
import logging
import re
from collections.abc import Mapping, Sequence
from typing import Literal

import pypdf
from pypdf.errors import FileNotDecryptedError, LimitReachedError, PyPdfError

from ingest.blocks import Content, RawBlock
from ingest.characters import normalise
from ingest.document import Page, Unread
from ingest.errors import ReadError
from ingest.layout.furniture import strip_furniture
from ingest.layout.lines import Line
from ingest.layout.structure import compose
from ingest.ocr.lines import picture_lines
from ingest.pdf.details import details_of
from ingest.pdf.labels import outline_depths, page_labels, with_outline
from ingest.pdf.page_lines import lines_of
from ingest.reasons import Code, Reason
from ingest.recognised import RecognisedPage

_REFERENCE = re.compile(r"IndirectObject\((\d+), \d+, \d+\)")  # the last number is another in every run
# Bytes of the file, which tell a person nothing.
_BYTES = re.compile(r"""(?: starting with|:)? b['"].*""", re.DOTALL)
_NOT_A_TITLE = re.compile(
    r"untitled|^microsoft|^powerpoint|^slide 1|^document\d*$|\.(?:docx?|pdf|indd|qxd|pptx?|tex)$",
    re.IGNORECASE,
)


def read_pdf(
    data: bytes, password: str = "", recognised: Mapping[int, RecognisedPage] | None = None
) -> Content:
    """The content of a PDF; pages that cannot be read, or hold no text, are in `unread`.

    `password`, a user's or an owner's, opens an encrypted one; most open without. `recognised` are the
    pages that were recognised in their pictures, by number, None where none are to be.

    Raises ReadError where the file as a whole is locked or damaged.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = _open(data, password)
    pages, failed = _pages(reader, recognised)
    body, printed, _ = strip_furniture(pages)
    bare = [index + 1 for index, lines in enumerate(body) if pages[index] and not lines]
    if bare:
        failed[Reason("only_furniture")] = bare
    labels = page_labels(reader) or printed
    blocks = with_outline(compose(body), outline_depths(reader))
    return Content(
        title=_title(reader, blocks),
        blocks=blocks,
        pages=[Page(index + 1, labels.get(index)) for index in range(len(pages))],
        unread=[Unread(tuple(numbers), reason) for reason, numbers in failed.items()],
        date=_given(reader, "/CreationDate"),
        details=details_of(reader),
    )


def _open(data: bytes, password: str) -> pypdf.PdfReader:
    """The file, found to have pages. Raises ReadError where it is locked or damaged."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not (reader.decrypt("") or (password and reader.decrypt(password))):
            raise ReadError(Reason("still_locked" if password else "locked"))
        count = len(reader.pages)
    except FileNotDecryptedError as error:
        raise ReadError(Reason("still_locked" if password else "locked")) from error
    except ReadError:
        raise
    except Exception as error:  # pypdf meets damage with any exception there is; the ledger names it
        raise ReadError(_damage(error, "pdf")) from error
    if not count:
        raise ReadError(Reason("damaged_pdf", problem=Reason("no_pages")))
    return reader


def _pages(
    reader: pypdf.PdfReader, recognised: Mapping[int, RecognisedPage] | None
) -> tuple[list[list[Line]], dict[Reason, list[int]]]:
    """Each page's lines, and the numbers of the pages without any or in doubt, by the reason why."""
    pages: list[list[Line]] = []
    failed: dict[Reason, list[int]] = {}
    for number in range(1, len(reader.pages) + 1):
        lines: list[Line] = []
        reason: Reason | None = None
        try:
            lines, reason = lines_of(reader.pages[number - 1], number)
        except Exception as error:  # noqa: BLE001 as above: one bad page is in the ledger, the others are read
            reason = _damage(error, "page")
        if not lines and not reason:
            lines, reason = picture_lines(recognised, number)
        if reason:
            failed.setdefault(reason, []).append(number)
        pages.append(lines)
    return pages, failed


def _damage(error: Exception, part: Literal["pdf", "page"]) -> Reason:
    """What the ledger says of the file, or of a page of it, whose reading ended in this error."""
    damaged: Code = "damaged_pdf" if part == "pdf" else "damaged_page"
    if isinstance(error, RecursionError):
        return Reason(damaged, problem=Reason("nested_too_deeply"))
    words = normalise(_BYTES.sub("", _REFERENCE.sub(r"object \1", str(error))))
    if isinstance(error, LimitReachedError):
        return Reason("damaged_or_large_pdf" if part == "pdf" else "damaged_or_large_page", problem=words)
    if isinstance(error, PyPdfError):
        return Reason(damaged, problem=words or type(error).__name__)
    return Reason(damaged, problem=Reason("malformed_pdf", detail=f"{type(error).__name__}: {words}"))


def _title(reader: pypdf.PdfReader, blocks: Sequence[RawBlock]) -> str | None:
    """The title in the file's metadata if it is one; else the first page's largest heading."""
    given = _given(reader, "/Title")
    if len(given) > 3 and " " in given and not _NOT_A_TITLE.search(given):
        return given
    first = [block for block in blocks if block.kind == "heading" and (block.pieces[0].page or 0) <= 2]
    return min(first, key=lambda block: block.level).text if first else None


def _given(reader: pypdf.PdfReader, key: str) -> str:
    """What the file's metadata say under the key; "" where they say nothing or are damaged."""
    try:
        metadata = reader.metadata
        return normalise(str(metadata[key])) if metadata and key in metadata else ""
    except Exception:  # noqa: BLE001 as above: damaged metadata say nothing
        return ""
