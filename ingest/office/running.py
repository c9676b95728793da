"""The page headers and footers of a Word file, which stand on every page and are read once."""

import re
from collections.abc import Callable, Iterable, Iterator

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from lxml import etree

from ingest.blocks import RawBlock, block
from ingest.office.alternates import settle
from ingest.office.styles import is_on, qualified

PAGE_NUMBER = "\x01"  # stands in a raw text before the number of its page; no document keeps controls
_PARTS = re.compile(r"\t| \| ")
_PAGE_WORDS = 4  # "Page 2 of 9"
_RELATION = f"{{{RELATIONSHIP_TYPE.HEADER.rpartition('/')[0]}}}id"


def running_text(
    document: Document, read: Callable[[etree._Element], Iterable[RawBlock]]
) -> Iterator[RawBlock]:
    """The headers and footers that are shown, line by line, see `run_lines`."""
    roots = [
        parse_xml(document.part.related_parts[name].blob)
        for name in dict.fromkeys(_shown(document))
        if name in document.part.related_parts
    ]
    for root in roots:
        settle(root)
    return run_lines(raw for root in roots for raw in read(root))


def run_lines(blocks: Iterable[RawBlock]) -> Iterator[RawBlock]:
    """A block for each line of headers and footers, each text once; no page numbers.

    What tabs set apart on one line stands between bars, as cells do.
    """
    said = set()
    for raw in blocks:
        parts = (" ".join(part.split()) for part in _PARTS.split(raw.text) if not _is_page_number(part))
        text = " | ".join(filter(None, parts))
        if text and text not in said:
            said.add(text)
            yield block("running", text)


def _shown(document: Document) -> Iterator[str]:
    """The relations of the headers and footers that some page has, in the order of the sections."""
    even = document.settings.odd_and_even_pages_header_footer
    for section in document.element.body.iter(qualified("sectPr")):
        first = is_on(section.find(qualified("titlePg")))
        shown = {"default": True, "even": even, "first": first}
        for reference in section.iter(qualified("headerReference"), qualified("footerReference")):
            if shown.get(reference.get(qualified("type"), "default")):
                yield reference.get(_RELATION, "")


def _is_page_number(part: str) -> bool:
    return PAGE_NUMBER in part and len(part.split()) <= _PAGE_WORDS
