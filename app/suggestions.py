"""Questions made of a document's headings: to begin with, and to go on with from a quote."""

import re
from collections import deque
from collections.abc import Iterable, Iterator

from ingest.document import Block, Document

_LEADS = frozenset("The A An How Why What When Where Who From In On".split())  # small within one
_NUMBER = re.compile(r"\d{1,2}(?:[.)]\d{0,2})+\s+")  # "2. ", "3.1 "


def about_headings(document: Document, language: str | None = None) -> list[str]:
    """A question about each heading that suits one, in the document's order; of that language, if given."""
    blocks = (document.blocks[at] for at in _headings(document))
    asked = (_question(document, block) for block in blocks if language in (None, block.language))
    return list(dict.fromkeys(question for question in asked if question))


def about_near_headings(document: Document, start: int) -> list[str]:
    """The same about the headings around an offset, the nearest of its own section's kind first.

    The headings that stand beside its own come before all others, and what follows before what precedes.
    The last is its own.
    """
    headings = _headings(document)
    if not headings:
        return []
    own = max((at for at in headings if document.blocks[at].start <= start), default=headings[0])
    beside = document.section_of(document.blocks[own].start)

    def nearness(at: int) -> tuple[bool, bool, int, bool]:
        apart = document.section_of(document.blocks[at].start) != beside
        return at == own, apart, abs(headings.index(at) - headings.index(own)), at < own

    asked = (_question(document, document.blocks[at]) for at in sorted(headings, key=nearness))
    return list(dict.fromkeys(question for question in asked if question))


def in_turn(columns: Iterable[Iterator[str]]) -> Iterator[str]:
    """One of each column, then another of each, until none is left; none twice, none before it is needed."""
    waiting, seen = deque(columns), set[str]()
    while waiting:
        column = waiting.popleft()
        if fresh := next((one for one in column if one not in seen), None):
            seen.add(fresh)
            waiting.append(column)
            yield fresh


def _headings(document: Document) -> list[int]:
    """Places of the headings with text of their own: a cover's lines have none."""
    blocks = document.blocks
    return [
        at
        for at, block in enumerate(blocks[:-1])
        if block.kind == "heading" and blocks[at + 1].kind != "heading"
    ]


def _question(document: Document, heading: Block) -> str | None:
    """A question about the heading, itself where it is one; None for a word alone, or too many."""
    text = document.text[heading.start : heading.end].strip(" :：.")
    if numbered := _NUMBER.match(text):
        text = text[numbered.end() :]
    words = text.split()
    if not 2 <= len(words) <= 9 or not text[0].isalpha():
        return None
    if text.endswith(("?", "؟")):
        return text
    if heading.language == "ar":
        return f"حدثني عن {text}"
    # In single quotes: what stands in double ones would be searched for as it stands.
    return f"Tell me about {text[0].lower() + text[1:] if words[0] in _LEADS else f'‘{text}’'}"
