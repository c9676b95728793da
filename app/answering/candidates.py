"""What of a passage may be quoted: its sentences, and the list that it is part of."""

import re
from dataclasses import dataclass, replace
from itertools import takewhile

from app.answering.rows import row_text
from index.types import Hit
from index.words.terms import language_of_text
from ingest.document import BlockKind, Document, Passage, Span
from ingest.sentences import sentence_spans

_FEWEST_WORDS = 4  # of what is quoted though it ends in no full stop, where there is anything longer
ASKS = ("?", "؟", "？")
_ENDS = (*ASKS, ".", "!", "。")
_LABELLED = re.compile(r"\w\s*[:：]\s*[\w☑◉]")  # "Founded: 1978"
_LEAD_WORDS = 60  # words of a list that are compared with the question


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a document that may be quoted, and the words of it that are compared.

    `introduction` is, of a list, its heading and the line that introduces it; None for a sentence.
    """

    span: Span
    text: str
    introduction: str | None = None


def headed(hit: Hit, document: Document) -> Hit:
    """The hit with the heading right above its passage as a sentence: it may hold a date or a name."""
    first = document.block_at(hit.passage.start)
    block = document.blocks[first]
    above = document.blocks[first - 1] if first and block.kind not in ("running", "detail") else None
    if above is None or above.kind != "heading" or block.start != hit.passage.start:
        return hit
    passage = replace(
        hit.passage,
        start=above.start,
        sentences=(Span(above.start, above.end), *hit.passage.sentences),
        text=document.text[above.start : hit.passage.end],
    )
    return replace(hit, passage=passage)


def sentences(hit: Hit, document: Document) -> list[Candidate]:
    """The passage's sentences, without scraps, questions and the title where there is anything else.

    A question is no answer, unless it is an item of a list. What follows one is compared together with it,
    as is what stands under a heading that asks: "How long is it?" makes "Twelve weeks." an answer. What a
    file says of itself is quoted whole, and compared with what it is called. A table's row is compared with
    what heads its values; a header, and a label without a value, answer nothing.
    """
    if document.detail_at(hit.passage.start) is not None:
        return [_detail(hit.passage)]
    every: list[Candidate] = []
    answering: list[Candidate] = []
    heads: list[Candidate] = []
    asked = "".join(document.section_of(hit.passage.start)[-1:])
    for span in hit.passage.sentences:
        text = document.text[span.start : span.end]
        if document.row_at(span.start):
            told = row_text(span, document)
            (answering if told else heads).append(Candidate(span, told or text))
            continue
        every.append(Candidate(span, f"{asked} {text}" if asked.endswith(ASKS) else text))
        asked = text
        kind = document.blocks[document.block_at(span.start)].kind
        if not (text == document.title or _is_silent(text, kind) or _is_scrap(text)):
            answering.append(every[-1])
    return answering or every or heads


def _detail(passage: Passage) -> Candidate:
    """All that a file says of itself under one name."""
    several = passage.context if len(passage.sentences) > 1 else None
    return Candidate(Span(passage.start, passage.end), f"{passage.context} {passage.text}", several)


def _is_silent(text: str, kind: BlockKind) -> bool:
    """True for what asks or only introduces, but for the questions of a list."""
    return (text.endswith(ASKS) and kind != "item") or (text.endswith((":", "：")) and kind == "heading")


def _is_scrap(text: str) -> bool:
    """True for what is too short to say anything: a name alone, not "Checkout is noon."."""
    short = len(text.split()) < _FEWEST_WORDS
    return short and not text.endswith(_ENDS) and _LABELLED.search(text) is None


def foreign_language(span: Span | Passage, document: Document, asked_in: str) -> str | None:
    """The code of a stretch's language; None if that is the question's, or either is not known."""
    block = document.blocks[document.block_at(span.start)]
    spoken = language_of_text(document.text[span.start : span.end], block.language)
    return None if spoken == asked_in or "und" in (spoken, asked_in) else spoken


def whole_list(hit: Hit, document: Document) -> Candidate | None:
    """The list that the passage is part of, with what introduces it; None where it is part of none."""
    span = list_around(document, hit.passage.start, hit.passage.end)
    if span is None:
        return None
    heading = document.section_of(span.start)[-1:]
    items = next(block for block in document.blocks if block.kind == "item" and block.end > span.start)
    lead = document.text[span.start : max(items.start, span.start)]
    words = document.text[span.start : span.end].split()[:_LEAD_WORDS]
    return Candidate(span, " ".join([*heading, *words]), " ".join([*heading, lead]))


def list_around(document: Document, start: int, end: int) -> Span | None:
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
