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
    """A stretch of a document that may be quoted, and the words of it that are compared."""

    span: Span
    text: str
    listed: bool


def candidates(hit: Hit, document: Document, listing: bool) -> list[Candidate]:
    """The passage's sentences and, where a list is asked for, the list that it is part of."""
    text = document.text
    found = [Candidate(span, text[span.start : span.end], False) for span in hit.passage.sentences]
    found = [candidate for candidate in found if len(candidate.text.split()) >= _FEWEST_WORDS] or found
    if listing and (span := _list_around(document, hit.passage.start, hit.passage.end)):
        section = document.section_of(span.start)
        words = " ".join([*section[-1:], *text[span.start : span.end].split()[:_LEAD_WORDS]])
        found.append(Candidate(span, words, True))
    return found


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
