"""What of a passage may be quoted: its sentences, and the list that it is part of."""

from dataclasses import dataclass
from itertools import takewhile

from index.types import Hit
from ingest.document import Document, Span
from ingest.sentences import sentence_spans

_FEWEST_WORDS = 4  # of a sentence that is quoted, where its passage has a longer one
_LEAD_WORDS = 60  # words of a list that are compared with the question


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a document that may be quoted, and the words of it that are compared.

    `introduction` is, of a list, its heading and the line that introduces it; None for a sentence.
    """

    span: Span
    text: str
    introduction: str | None = None


def sentences(hit: Hit, document: Document) -> list[Candidate]:
    """The passage's sentences, scraps left out where there is anything longer."""
    every = [Candidate(span, document.text[span.start : span.end]) for span in hit.passage.sentences]
    return [candidate for candidate in every if len(candidate.text.split()) >= _FEWEST_WORDS] or every


def whole_list(hit: Hit, document: Document) -> Candidate | None:
    """The list that the passage is part of, with what introduces it; None where it is part of none."""
    span = _list_around(document, hit.passage.start, hit.passage.end)
    if span is None:
        return None
    heading = document.section_of(span.start)[-1:]
    items = next(block for block in document.blocks if block.kind == "item" and block.end > span.start)
    lead = document.text[span.start : max(items.start, span.start)]
    words = document.text[span.start : span.end].split()[:_LEAD_WORDS]
    return Candidate(span, " ".join([*heading, *words]), " ".join([*heading, lead]))


def _list_around(document: Document, start: int, end: int) -> Span | None:
    """The list that the stretch touches, with the line that introduces it; None where there is none."""
    blocks = document.blocks
    touched = takewhile(lambda at: blocks[at].start < end, range(document.block_at(start), len(blocks)))
    item = next((at for at in touched if blocks[at].kind == "item"), None)
    if item is None:
        return None
    first = last = item
    while first and blocks[first - 1].kind == "item":
        first -= 1
    while last + 1 < len(blocks) and blocks[last + 1].kind == "item":
        last += 1
    start_of_list = _introduction(document, first) if first else None
    return Span(blocks[first].start if start_of_list is None else start_of_list, blocks[last].end)


def _introduction(document: Document, first: int) -> int | None:
    """Where the words begin that belong to the list whose first item is this block.

    They are the sentence above that ends in a colon or, below a heading that does, the paragraph
    that is the list's first entry without a mark. None where the list stands by itself.
    """
    block = document.blocks[first - 1]
    if block.kind != "paragraph":
        return None
    if document.text[block.end - 1] in ":：":
        return sentence_spans(document.text, block.start, block.end, block.language)[-1].start
    above = document.blocks[first - 2] if first > 1 else None
    headed = above is not None and above.kind == "heading" and document.text[above.end - 1] in ":："
    return block.start if headed else None
