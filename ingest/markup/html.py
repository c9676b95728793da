"""The HTML reader: a page's main content, without its menus."""

import re
from collections.abc import Iterator, Sequence

import trafilatura
from lxml import etree

from ingest.blocks import Content, RawBlock
from ingest.decode import decode
from ingest.document import Unread
from ingest.errors import ReadError
from ingest.markup.head import date_of, details_of, title_of
from ingest.markup.notes import Notes, claim_notes, tag_of
from ingest.markup.reveal import reveal
from ingest.markup.shown import name_raised
from ingest.markup.walk import walk
from ingest.reasons import Reason

_DECLARED = re.compile(rb"""<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_NOT_TEXT = re.compile(r"[\s|]+")
_SMALL = 2000  # characters up to which a page is read whole, menus apart: too little to judge by
_LARGE = 5_000_000  # characters from which on it is read whole too: a library's work would take too long
_ENOUGH = 0.35  # share of the page's text, menus apart, below which the main content was not found
_LONG = 12  # characters from which a text hardly stands in the main content by chance
_GAP = 5  # blocks between two of the main content that are taken to belong to it
_DEEPEST = 200  # nested elements that the library, which calls itself, is trusted with


def read_html(data: bytes) -> Content:
    """The page's content; the encoding that it declares is believed unless the bytes deny it.

    Raises:
        ReadError: the data is not text.
    """
    declared = _DECLARED.search(data[:4096])
    text, reason = decode(data, declared[1].decode("ascii") if declared else None)
    root = parse_html(text)
    name_raised(root)
    notes = claim_notes(root)
    reveal(root)
    blocks = _main_blocks(root, notes)
    unread = [Unread(None, reason)] if reason else []
    return Content(title_of(root), blocks, unread=unread, date=date_of(root), details=details_of(root))


def parse_html(text: str) -> etree._Element:
    """The tree of a page or a piece of one, however broken; nothing is fetched for it.

    Raises:
        ReadError: there is nothing to make a tree of, or it is nested too deeply for the parser.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.ParserError as error:
        raise ReadError(Reason("no_text")) from error
    if root is None:
        raise ReadError(Reason("no_text"))
    fatal = parser.error_log.filter_from_fatals()
    if len(fatal):
        deep = fatal[0].type_name == "ERR_RESOURCE_LIMIT"
        problem = Reason("nested_too_deeply") if deep else str(fatal[0].message)
        raise ReadError(Reason("damaged", problem=problem))
    return root


def _main_blocks(root: etree._Element, notes: Notes) -> Sequence[RawBlock]:
    """What the page marks as its main part, else what trafilatura finds, else all but the menus."""
    without_menus = walk(root, notes, menus=False)
    size = sum(map(_size, without_menus))
    marked = [
        node for node in root.iter(etree.Element) if tag_of(node) == "main" or node.get("role") == "main"
    ]
    if len(marked) == 1:
        main_part = walk(marked[0], notes, menus=False)
        if sum(map(_size, main_part)) > _ENOUGH * size:
            return main_part
    main = _main_text(root) if _SMALL < size < _LARGE else None
    if main is None:
        return without_menus
    kept = list(_chosen(walk(root, notes), *main))
    return kept if sum(map(_size, kept)) > _ENOUGH * size else without_menus


def _main_text(root: etree._Element) -> tuple[str, set[str]] | None:
    """The main content's characters without spaces: in one string, and each run of text by itself."""
    if any(depth > _DEEPEST for depth in _depths(root)):
        return None
    page = etree.tostring(root, encoding="unicode", method="html")
    extracted = trafilatura.bare_extraction(
        page, include_comments=False, include_tables=True, include_formatting=False, favor_recall=True
    )
    body = getattr(extracted, "body", None)
    if body is None:
        return None
    runs = [_NOT_TEXT.sub("", str(run)) for run in body.itertext()]
    return "".join(runs), set(runs)


def _depths(root: etree._Element) -> Iterator[int]:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        yield depth


def _chosen(blocks: Sequence[RawBlock], main: str, runs: set[str]) -> Iterator[RawBlock]:
    """The blocks whose text stands in the main content, and the few between two of them.

    The structure is that of the page itself, so that list numbers, nesting and table rows are not
    lost on the way. A heading of the first level always stays.
    """
    gap: list[RawBlock] | None = None  # since the last block kept; none before the first
    for raw in blocks:
        if _is_main(raw, main, runs):
            if gap is not None and len(gap) <= _GAP:
                yield from gap
            gap = []
            yield raw
        elif raw.kind == "footnote" and gap == []:
            yield raw
        elif gap is not None:
            gap.append(raw)


def _is_main(raw: RawBlock, main: str, runs: set[str]) -> bool:
    if raw.kind == "heading" and raw.level == 1:
        return True
    least = 1 if raw.kind == "row" else _LONG
    lines = [_NOT_TEXT.sub("", line) for line in _bare(raw).split("\n")]
    return all(line in runs or (len(line) >= least and line in main) for line in lines if line)


def _bare(raw: RawBlock) -> str:
    """The block's text without the list mark that the walk put before it."""
    text = raw.pieces[0].text
    return text.partition(" ")[2] if raw.kind == "item" else text


def _size(raw: RawBlock) -> int:
    return len(raw.pieces[0].text)
