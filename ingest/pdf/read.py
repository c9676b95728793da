"""The PDF reader: the pages' lines made blocks, labels, title and date; damage goes to the ledger."""

import io
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Literal

import pypdf
from pypdf.errors import FileNotDecryptedError, LimitReachedError, PyPdfError

from ingest.attached import file_name, unique
from ingest.blocks import Content, RawBlock
from ingest.characters import normalise
from ingest.document import OnPage, Page, Unread
from ingest.errors import ReadError
from ingest.layout.furniture import strip_furniture
from ingest.layout.lines import Line, with_gaps
from ingest.layout.running import running_blocks
from ingest.layout.structure import compose
from ingest.ocr.choice import choose
from ingest.pdf.annotations import note_blocks, notes_on, with_notes
from ingest.pdf.details import details_of
from ingest.pdf.engine import opened, page_of
from ingest.pdf.fields import Written, fields_of, is_xfa
from ingest.pdf.filled import is_filled, with_fields
from ingest.pdf.glyphs import glyphs_of
from ingest.pdf.labels import outline_depths, page_labels, with_outline
from ingest.pdf.parts import parts_of
from ingest.pdf.printed import PrintedLine, lines_of
from ingest.pdf.raster import picture_share
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
    data: bytes,
    password: str = "",
    recognised: Mapping[int, RecognisedPage] | None = None,
    on_page: OnPage | None = None,
) -> Content:
    """The content of a PDF; pages that cannot be read, or hold no text, are in `unread`.

    `password`, a user's or an owner's, opens an encrypted one; most open without. `recognised` are the
    pages that were recognised in their pictures, by number, None where none are to be.

    Raises ReadError where the file as a whole is locked or damaged.
    """
    document, named = _opened(data, password)
    pages, notes, failed = _pages(document, named, recognised, on_page)
    body, printed, running = strip_furniture(pages)
    if bare := _bare(pages, body, failed):
        failed[Reason("only_furniture")] = bare
    labels = (named and page_labels(named)) or printed
    blocks = with_outline(compose(body), outline_depths(named) if named else {})
    if is_xfa(named):
        failed[Reason("xfa_form")] = list(range(1, len(pages) + 1))
    return Content(
        title=_title(named, blocks),
        blocks=[*with_notes(blocks, notes), *running_blocks(running, blocks)],
        pages=[Page(index + 1, labels.get(index)) for index in range(len(pages))],
        unread=[Unread(tuple(numbers), reason) for reason, numbers in failed.items()],
        date=_given(named, "/CreationDate"),
        details=details_of(named),
    )


def attachments_pdf(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file attached to a PDF that opens without a password."""
    try:
        found = [(name, held) for name, each in _named(data, "").attachments.items() for held in each]
    except Exception:  # noqa: BLE001 as in `_named`: what is attached to a damaged file is lost with it
        return iter(())
    names = unique(file_name(name) for name, _ in found)
    return ((name, held) for name, (_, held) in zip(names, found, strict=True))


def _bare(
    pages: Sequence[Sequence[Line]], body: Sequence[Sequence[Line]], failed: Mapping[Reason, Sequence[int]]
) -> list[int]:
    """Numbers of the pages that have no lines but furniture, of those that the ledger says nothing of."""
    told = {number for numbers in failed.values() for number in numbers}
    return [n for n, lines in enumerate(body, 1) if pages[n - 1] and not lines and n not in told]


def _opened(data: bytes, password: str) -> tuple[Any, pypdf.PdfReader | None]:
    """The file as PDFium opens it, and as pypdf, which reads the names of things; None where it cannot.

    What PDFium cannot open it can once pypdf has written it anew, if that can. Raises ReadError where
    the file is locked, damaged beyond both, or without pages.
    """
    named: pypdf.PdfReader | None = None
    try:
        named = _named(data, password)
    except ReadError as error:
        if error.reason.code != "damaged_pdf" or not (document := opened(data, password)):
            raise
        return document, None
    return opened(data, password) or opened(_rewritten(named)), named


def _rewritten(named: pypdf.PdfReader) -> bytes:
    """The file as pypdf understands it. Raises ReadError where it does not."""
    out = io.BytesIO()
    try:
        pypdf.PdfWriter(clone_from=named).write(out)
    except Exception as error:  # as below
        raise ReadError(_damage(error, "pdf")) from error
    return out.getvalue()


def _named(data: bytes, password: str) -> pypdf.PdfReader:
    """The file as pypdf opens it, found to have pages. Raises ReadError where it is locked or damaged."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
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
    document: Any,
    named: pypdf.PdfReader | None,
    recognised: Mapping[int, RecognisedPage] | None,
    on_page: OnPage | None,
) -> tuple[list[list[Line]], list[RawBlock], dict[Reason, list[int]]]:
    """Each page's lines; all notes; the numbers of the pages without any or in doubt, by the reason why."""
    pages: list[list[Line]] = []
    notes: list[RawBlock] = []
    failed: dict[Reason, list[int]] = {}
    for number in range(1, len(document) + 1):
        if on_page:
            on_page(number, len(document))
        lines: list[Line] = []
        try:
            page = page_of(document, number)
            printed, reason = lines_of(glyphs_of(page))
            fields, said, damage = _written(named, number)
            filled = with_fields(printed, fields) if fields else printed
            lines = _lines(filled, number)
            notes += note_blocks(said, filled, number)
            reason = reason or damage
        except ReadError as error:
            reason = error.reason
        if not lines and not reason:
            reason = _damaged(named, number)
        if not reason:
            lines, reason = choose(lines, partial(picture_share, page), recognised, number)
        if reason:
            failed.setdefault(reason, []).append(number)
        pages.append(lines)
    return pages, notes, failed


def _lines(printed: Sequence[PrintedLine], number: int) -> list[Line]:
    """The lines as the layout takes them; what is filled in is a row of its own."""
    return with_gaps([_line(one, number, place) for place, one in enumerate(printed)])


def _line(one: PrintedLine, number: int, place: int) -> Line:
    filled = is_filled(one)
    parts = () if filled else parts_of(one)
    return Line(
        one.text, number, size=one.size, bold=one.bold, y=one.base, apart=filled, place=place, parts=parts
    )


def _written(
    named: pypdf.PdfReader | None, number: int
) -> tuple[list[Written], list[Written], Reason | None]:
    """What is filled in on a page, and noted on it; what the ledger says of it where that is damaged."""
    try:
        page = named.pages[number - 1] if named else {}
        return fields_of(page), notes_on(page), None
    except Exception as error:  # noqa: BLE001 as above
        return [], [], _damage(error, "page")


def _damaged(named: pypdf.PdfReader | None, number: int) -> Reason | None:
    """What pypdf, which says more than PDFium, finds damaged on a page that shows no text."""
    try:
        if named:
            named.pages[number - 1].extract_text()
    except Exception as error:  # noqa: BLE001 as above
        return _damage(error, "page")
    return None


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


def _title(named: pypdf.PdfReader | None, blocks: Sequence[RawBlock]) -> str | None:
    """The title in the file's metadata if it is one; else the first page's largest heading."""
    given = _given(named, "/Title")
    if len(given) > 3 and " " in given and not _NOT_A_TITLE.search(given):
        return given
    first = [block for block in blocks if block.kind == "heading" and (block.pieces[0].page or 0) <= 2]
    return min(first, key=lambda block: block.level).text if first else None


def _given(named: pypdf.PdfReader | None, key: str) -> str:
    """What the file's metadata say under the key; "" where they say nothing or are damaged."""
    try:
        metadata = named.metadata if named else None
        return normalise(str(metadata[key])) if metadata and key in metadata else ""
    except Exception:  # noqa: BLE001 as above: damaged metadata say nothing
        return ""
