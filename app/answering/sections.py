"""The section or list that a question names: what stands under "Goals" answers "What are the goals?"."""

from collections.abc import Sequence
from itertools import takewhile

from app.answering.candidates import ASKS, Candidate, list_around
from app.answering.evidence import TermWeigher
from index.types import Hit
from ingest.document import Block, Document, Span
from ingest.sentences import sentence_spans

_NEARLY = 0.8  # share of the question's words in the headings, and of the last heading's in the question
_INTRODUCED = 0.4  # share of the question in a list's introduction, at least, where the list is asked for
_NEXT = 2  # blocks of a section within which its own list begins
_FIRST_WORDS = 50  # of a section without a list, in whole sentences, that are quoted


def nearness(hit: Hit, document: Document, weigher: TermWeigher) -> float:
    """How nearly the question is the heading that the hit stands under: 1 if in all its words, else 0.8 up.

    0 where it is not: too many words of the question are in none of the headings above, or too many of the
    last one's are not in the question. A heading that asks is left to what answers it.
    """
    headings = _above(hit, document)
    if not headings or headings[-1].endswith(ASKS):
        return 0.0
    near = min(weigher.covered(" ".join(headings)), weigher.covering(headings[-1]))
    return near if near >= _NEARLY else 0.0


def section(hit: Hit, document: Document, weigher: TermWeigher) -> Candidate | None:
    """The list of the section that the hit stands in, else its first sentences; None if it has neither."""
    blocks, at = document.blocks, document.block_at(hit.passage.sentences[-1].start)
    while at and blocks[at - 1].kind != "heading":
        at -= 1
    body = list(takewhile(lambda block: block.kind != "heading", blocks[at:]))
    text = next((block for block in body if block.kind == "paragraph"), None)
    span = _own_list(body, document, weigher) or (_first_sentences(text, document) if text else None)
    if span is None:
        return None
    return Candidate(span, f"{' '.join(_above(hit, document))} {document.text[span.start : span.end]}")


def _own_list(body: Sequence[Block], document: Document, weigher: TermWeigher) -> Span | None:
    """The section's first list; None if it has none, or one of something else.

    That is one further down than the first paragraph, which a line without any of the question's words
    introduces.
    """
    at = next((at for at, block in enumerate(body) if block.kind == "item"), None)
    span = list_around(document, body[at].start, body[at].end) if at is not None else None
    if at is None or span is None:
        return None
    lead = document.text[span.start : body[at].start]
    return span if at < _NEXT or not lead or weigher.held(lead) else None


def is_asked_for(listed: Candidate, best: Span, document: Document, weigher: TermWeigher) -> bool:
    """True if the whole list answers, not the sentence that does best, of it or beside it.

    That is so where the question nearly is the line that introduces the list, where the sentence does nothing
    else than that, and where it is of the list and holds no word of the question that the list is not
    introduced with: under "The benefits of the third track:" each item is one answer of many to "What are
    the benefits of the third track?".
    """
    lead = document.text[listed.span.start : listed.span.end].partition("\n")[0]
    if min(weigher.covered(lead), weigher.covering(lead)) >= _NEARLY:
        return True
    if not listed.span.holds(best):
        return False
    sentence = document.text[best.start : best.end]
    if sentence[-1] in ":：":
        return True
    introduction = listed.introduction or ""
    held = weigher.held(introduction)
    return weigher.covered(introduction) >= _INTRODUCED and weigher.held(sentence) <= held


def item_meant(listed: Candidate, document: Document, weigher: TermWeigher) -> Span | None:
    """The one item that holds words of the question which the list is not introduced with.

    None where several do or none does: "Which of these goals concerns the navy?" is answered by one.
    """
    introduced = weigher.held(listed.introduction or "")
    items = (Span(block.start, block.end) for block in document.blocks if block.kind == "item")
    own = filter(listed.span.holds, items)
    told = [one for one in own if weigher.held(document.text[one.start : one.end]) - introduced]
    return told[0] if len(told) == 1 else None


def _above(hit: Hit, document: Document) -> tuple[str, ...]:
    """The headings above what the passage ends with: it may begin with the last of them."""
    return document.section_of(hit.passage.sentences[-1].start)


def _first_sentences(block: Block, document: Document) -> Span:
    """Those that the block begins with, about fifty words."""
    first, *others = sentence_spans(document.text, block.start, block.end, block.language)
    end = first.end
    for span in others:
        if len(document.text[block.start : span.end].split()) > _FIRST_WORDS:
            break
        end = span.end
    return Span(first.start, end)
