"""The shape that an answer takes: what answers best, or the best of each document or year asked for."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from app.answering.comparing import Side, sides
from app.answering.comparison import Corpus
from app.answering.details import asked, made_by, maker_of
from app.answering.disagreement import select_readings
from app.answering.evidence import Constants, TermWeigher, confidence
from app.answering.reader import CrossEncoder, Reader
from app.answering.reading import Reading, distinct, falling
from app.answering.years import each_year, years, years_of
from index.types import Embedder, Hit, Query
from index.words.terms import content_words, stems, terms
from ingest.languages import BY_CODE
from ingest.settings import POSSIBLE

_POOL = 20  # passages that are read at least, however few are asked for
_WIDE = 100  # passages among which the best of each document is sought
_END = " ?؟.!"
_WORD = re.compile(r"[^\W_]+")

Seek = Callable[[Query, int], list[Hit]]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for `query`, surest first.

    The first so many readings, `beside`, stand beside each other in the answer, whatever else is as sure.
    `by_document` is true if each is the best of its document. `sides` are the things that are compared.
    """

    query: Query
    readings: list[Reading]
    beside: int = 0
    by_document: bool = False
    sides: Sequence[Side] = ()


def find(
    query: Query, top_k: int, seek: Seek, encoder: CrossEncoder | None, embedder: Embedder, corpus: Corpus,
    things: Sequence[tuple[str, str]] = (),
) -> Found:  # fmt: skip
    """Up to `top_k` readings; `seek` gives the best passages for a query, as many as are wanted.

    `things` are compared: each has its name and the words that ask for it alone.

    The documents that speak of a topic, or are by somebody, come in the order of the search: the
    cross-encoder knows what answers a question.
    """
    if topic := topic_of(query):
        named = replace(query, text=topic)
        return _documents(named, top_k, asked(seek(named, _WIDE), named, corpus), embedder, corpus)
    if maker := maker_of(query):
        named = replace(query, text=maker[1])
        if theirs := made_by(seek(named, _WIDE), maker[0], named, corpus):
            return _documents(named, top_k, theirs, embedder, corpus)
    reader = Reader(encoder, embedder)

    def read(query: Query) -> list[Reading]:
        return reader.read(query, list(asked(seek(query, max(top_k, _POOL)), query, corpus)), corpus)

    readings = read(query)
    beside = _beside(readings, [(one, read(one)) for one in each_year(query)], corpus)
    compared = sides(query, things, readings, read, corpus) if not beside and len(things) <= top_k else []
    if compared:
        beside = _surest([one for _, one in compared if one is not None], readings, top_k)
    return Found(query, distinct(falling([*beside, *readings]))[:top_k], len(beside), sides=compared)


def numbered(found: Found) -> tuple[tuple[str, int | None], ...]:
    """The name of each thing that is compared, with the number of the reading about it from 1."""

    def number(side: Reading) -> int | None:
        holding = (n for n, one in enumerate(found.readings, 1) if len(distinct([one, side])) == 1)
        return next(holding, None)

    return tuple((name, number(one) if one is not None else None) for name, one in found.sides)


def _surest(sides: list[Reading], readings: Sequence[Reading], top_k: int) -> list[Reading]:
    """The sides, surest first, with what answers the question as it stands if it is surer than one."""
    least = min(one.confidence for one in sides)
    whole = [one for one in readings[:1] if one.confidence > least and len(sides) < top_k]
    return sorted([*whole, *sides], key=lambda one: -one.confidence)


def _documents(query: Query, top_k: int, hits: Iterable[Hit], embedder: Embedder, corpus: Corpus) -> Found:
    """Up to `top_k` documents of the hits, each with its best quote."""
    first: dict[int, Hit] = {}
    for hit in hits:
        first.setdefault(hit.document_id, hit)
        if len(first) == top_k:
            break
    reader = Reader(None, embedder)
    best = [one for hit in first.values() for one in reader.read(query, [hit], corpus)]
    weigher = TermWeigher(query, corpus.rarity)
    spoken = falling(_spoken_of(one, weigher, reader.constants) for one in best)
    return Found(query, list(spoken), top_k, by_document=True)


def _beside(
    readings: Sequence[Reading], each: Iterable[tuple[Query, list[Reading]]], corpus: Corpus
) -> list[Reading]:
    """For each of the years asked for, the surest reading about it; [] unless several tell of them."""

    def about(reading: Reading) -> frozenset[int]:
        return years_of(reading.hit, reading.quote, corpus.document(reading.hit.document_id))

    sought = [(years(str(query)), found) for query, found in each]
    if any(all(year <= about(one) for year, _ in sought) for one in readings[:1]):
        return []
    own = [next((one for one in found if year <= about(one)), None) for year, found in sought]
    shown = (one for one in own if one is not None and one.confidence >= POSSIBLE)
    best = distinct(sorted(shown, key=lambda one: -one.confidence))
    return best if len(best) > 1 else []


def _spoken_of(reading: Reading, weigher: TermWeigher, constants: Constants) -> Reading:
    """The reading, as sure as its whole passage, with the headings above, speaks of the query's words."""
    evidence = replace(reading.evidence, covered=weigher.covered(reading.hit.passage.indexed_text))
    return replace(reading, evidence=evidence, confidence=confidence(evidence, constants))


def select(found: Found, least: float, corpus: Corpus) -> tuple[tuple[int, ...], bool]:
    """Indices of the readings that make the answer's text, and True if they differ.

    None is less sure than `least` but for those that stand beside each other.
    """
    if not found.beside:
        return select_readings(found.readings, least, corpus)
    beside = found.readings[: found.beside]
    return tuple(n for n, one in enumerate(beside) if one.confidence >= POSSIBLE), False


def topic_of(query: Query) -> str | None:
    """The topic of which documents are asked what they say, or which they are; None for other questions.

    "Which reports mention the roof repair?" -> "roof repair". The question begins with what it calls
    documents and what they do, and nothing else but stop words; the rest must tell of something. A stop
    word counts for what they do behind the documents alone: "reports about", not "about the reports".
    """
    language = BY_CODE.get(query.language)
    if language is None:
        return None
    documents, say = (set(stems(some, query.language)) for some in (language.documents, language.say))
    begun: set[str] = set()
    for match in _WORD.finditer(query.text):
        stem, telling = set(terms(match[0], query.language)), content_words(match[0], query.language)
        if telling and not stem <= documents | say:
            return query.text[match.start() :].rstrip(_END) if begun & documents and begun & say else None
        if telling or begun & documents:
            begun |= stem
    return None
