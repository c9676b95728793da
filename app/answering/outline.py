"""A document's outline: its headings, and the first sentence of what stands under each."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.types import Hit
from ingest.document import ASIDE, Block, Document, Span

MOST = 20  # sections of an outline
_FEW = 3  # headings from which on those of a level are an outline
_ENOUGH = 12  # headings up to which those of the next level are shown too
_UNHEADED = 8  # paragraphs that stand for a document without headings


def outline(document: Document, hits: Sequence[Hit]) -> Iterator[tuple[Hit, Span]]:
    """The first sentence of each section, with the hit that holds it.

    `hits` are all of the document's passages. What stands before the first heading is a section too. A
    document without headings is told by the first sentences of paragraphs from its beginning to its end.
    """
    sentences = [
        (hit, sentence)
        for hit in sorted(hits, key=lambda hit: hit.passage.start)
        for sentence in hit.passage.sentences
        if _block(document, sentence).kind not in ASIDE and not _heads_columns(document, sentence)
    ]
    for section in _sections(document):
        own = [(hit, one) for hit, one in sentences if section.start <= one.start < section.end]
        text = (each for each in own if _block(document, each[1]).kind == "paragraph")
        told = next(text, None) or next(iter(own), None)
        if told is not None:
            yield told


def _sections(document: Document) -> list[Span]:
    """What stands under each heading that is shown, up to the next one."""
    end = len(document.text)
    if heads := _heads(document):
        edges = pairwise([*heads, None])
        spans = [Span(head.end, after.start if after else end) for head, after in edges if head]
        return [Span(0, heads[0].start), *spans][: MOST + 1]
    starts = [block.start for block in document.blocks if block.kind not in (*ASIDE, "footnote")]
    return [Span(a, b) for a, b in pairwise([*starts[:: -(-len(starts) // _UNHEADED) or 1], end])]


def _heads(document: Document) -> list[Block]:
    """The headings of the first level that has some, and of further ones as long as they are not many."""
    heads = [block for block in document.blocks if block.kind == "heading"]
    shown: list[Block] = []
    for level in sorted({head.level for head in heads}):
        wider = [head for head in heads if head.level <= level]
        if len(shown) >= _FEW and len(wider) > _ENOUGH:
            break
        shown = wider
    return shown


def _heads_columns(document: Document, sentence: Span) -> bool:
    row = document.row_at(sentence.start)
    return row is not None and row[1].kind == "header"


def _block(document: Document, span: Span) -> Block:
    return document.blocks[document.block_at(span.start)]
