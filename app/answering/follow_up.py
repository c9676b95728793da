"""What a follow-up finds: first in the documents that were just quoted, then in all of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.answering.answer import Turn
from app.answering.comparison import Corpus
from app.answering.conversation import chooses
from app.answering.query import query_of
from app.answering.reading import distinct, falling
from app.answering.shapes import Found, Seek
from index.types import Hit, Query, Scope
from ingest.document import Span
from ingest.settings import POSSIBLE

_CLEARLY = 2.0  # times as sure as it stands, from which a question is better off without the words added
_NEARLY = 0.8  # times as sure as anywhere, from which what was just quoted comes first
_WIDE = 100  # passages among which those are sought that hold a quote

Find = Callable[[Query, Scope], Found]


def found_after(
    query: Query, quoted: Scope, documents: Scope, find: Find, among: Callable[[Query], Found]
) -> Found:
    """What is found for a follow-up: a query with words of earlier questions added.

    It is sought in the documents `quoted` and in all, with those words and as it stands. What was quoted
    comes first where it is nearly as sure, and where one of the things in it is asked for by its word:
    that is sought `among` the quotes, then in all of their documents, and makes the answer alone.
    """
    ways = (query, replace(query, added=()))
    whole, alone = (find(way, documents) for way in ways)
    best = alone if _sure(alone) > _CLEARLY * _sure(whole) else whole
    near = [find(way, quoted) for way in ways] if quoted else []
    if near and chooses(query.text, query.language):
        chosen = next(filter(_holds_words, (among(ways[1]), near[1])), None)
        if chosen:
            first, *others = chosen.readings
            possible = replace(first, confidence=max(first.confidence, POSSIBLE))
            return _ahead(replace(chosen, readings=[possible, *others], beside=max(chosen.beside, 1)), whole)
    surest = max(near, key=_sure, default=whole)
    if _sure(surest) >= max(_NEARLY * _sure(best), POSSIBLE):
        best = max(surest, best, key=_sure) if _first(surest) == _first(best) else surest
    return best if best is whole else _ahead(best, whole)


def _ahead(found: Found, whole: Found) -> Found:
    """The surest of what was found, and behind it the whole."""
    first = found.readings[: max(found.beside, 1)]
    return replace(found, readings=distinct(falling([*first, *whole.readings])))


def _first(found: Found) -> tuple[int, Span] | None:
    """What is quoted first."""
    return next(((one.hit.document_id, one.quote) for one in found.readings), None)


def just_quoted(history: Sequence[Turn], seek: Seek, corpus: Corpus) -> tuple[str, ...]:
    """The ids of the documents that were quoted last; where no turn says, of what the last question finds."""
    said = next((turn.quoted for turn in reversed(history) if turn.quoted), ())
    last = max((n for n, turn in enumerate(history) if turn.role == "user"), default=0)
    if said or not history:
        return said
    hits = seek(query_of(history[last].text, history[:last], corpus.language), 1)
    return tuple(corpus.document(hit.document_id).sha256 for hit in hits)


def among_quotes(history: Sequence[Turn], seek: Seek, corpus: Corpus) -> Seek:
    """Seeks in the sentences that were quoted last: gives the hits that hold any, with these alone."""
    said = next((turn.text for turn in reversed(history) if turn.quoted), "")

    def among(query: Query, _: int) -> list[Hit]:
        found: list[Hit] = []
        for hit in seek(query, _WIDE):
            text = corpus.document(hit.document_id).text
            held = tuple(one for one in hit.passage.sentences if text[one.start : one.end] in said)
            found += [replace(hit, passage=replace(hit.passage, sentences=held))] if held else []
        return found

    return among


def _sure(found: Found) -> float:
    """How sure the first reading is; 0 where there is none."""
    return found.readings[0].confidence if found.readings else 0.0


def _holds_words(found: Found) -> bool:
    """True if the first reading holds a word of the query."""
    return bool(found.readings) and found.readings[0].evidence.covered > 0
