"""A document's outline: its headings, and the first sentence of what stands under each."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeVar

from index.types import Hit
from ingest.characters import word_count
from ingest.document import ASIDE, Block, Document, Span

MOST = 20  # sections of an outline
_ENOUGH = 8  # headings up to which those of the next level are shown too, and paragraphs where there are none
_FEWEST_WORDS = 5  # of a sentence that tells what a section is about
_ENDS = (".", "!", "?", "؟", "。", "！", "？", "।")
_CLOSING = "\"'”’»)] "

Told = tuple[Hit, Span]
T = TypeVar("T")


def outline(document: Document, hits: Sequence[Hit]) -> list[Told]:
    """The first sentence of each section, with the hit that holds it; of many evenly chosen ones.

    `hits` are all of the document's passages. What stands before the first heading is a section too. A
    section without a whole sentence is left out, as covers and tables of contents have none, unless all are.
    A document without headings is told by paragraphs from its beginning to its end.
    """
    starts = _starts(document)
    sections: list[list[Told]] = [[] for _ in starts]
    for hit in sorted(hits, key=lambda hit: hit.passage.start):
        for sentence in hit.passage.sentences:
            if starts and _is_text(document, sentence):
                sections[bisect_right(starts, sentence.start) - 1].append((hit, sentence))
    whole = [one for section in sections if (one := _first_whole(document, section)) is not None]
    return _evenly(whole or [section[0] for section in sections if section], MOST)


def _first_whole(document: Document, section: Sequence[Told]) -> Told | None:
    """The first whole sentence of its paragraphs; where they have none, of its lists and tables."""
    whole = [told for told in section if _is_whole(document.text[told[1].start : told[1].end])]
    text = (told for told in whole if _block(document, told[1]).kind == "paragraph")
    return next(text, whole[0] if whole else None)


def _is_whole(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_ENDS) and word_count(text) >= _FEWEST_WORDS


def _is_text(document: Document, sentence: Span) -> bool:
    """True if it is the text's own, and does not head a section or a table's columns."""
    row = document.row_at(sentence.start)
    heads = row is not None and row[1].kind == "header"
    return not heads and _block(document, sentence).kind not in (*ASIDE, "heading", "footnote")


def _starts(document: Document) -> list[int]:
    """Where each section begins, the first at 0; [] where the document has no text."""
    text = [block for block in document.blocks if block.kind not in ASIDE]
    heads = _heads([block for block in text if block.kind == "heading"])
    return sorted({0, *(one.start for one in heads or _evenly(text, _ENOUGH))}) if text else []


def _heads(headings: Sequence[Block]) -> list[Block]:
    """Those of the first levels, as many levels as it takes to have enough of them."""
    heads: list[Block] = []
    for level in sorted({one.level for one in headings}):
        if len(heads) < _ENOUGH:
            heads = [one for one in headings if one.level <= level]
    return heads


def _evenly(items: Sequence[T], most: int) -> list[T]:
    """All of them or, where they are too many, some that are evenly apart: `_evenly("abcdef", 3) -> ace`."""
    return list(items[:: -(-len(items) // most) or 1])


def _block(document: Document, span: Span) -> Block:
    return document.blocks[document.block_at(span.start)]
