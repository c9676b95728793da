"""The reader: which sentences of the passages found answer the question, and how strongly.

Sentences are compared with the question by the embedder (cosine) and by their words (share of the
question's terms they hold, each weighted by its rarity). A list that is asked for is taken whole.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.questions import contradicts, holds, kind_of, wants_list
from index.analyse import question_terms, terms
from index.types import Embedder, Hit
from ingest.document import Document, Span
from ingest.sentences import sentence_spans

_PASSAGES = 12  # passages whose sentences are read; further ones keep their place in the ranking
_LISTED = 0.15  # what a whole list is worth more than a sentence where a list is asked for
_FEWEST_WORDS = 4  # of a sentence that is quoted, where its passage has a longer one
_BESIDE = 2  # a term of the question pairs with as many of those after it
_NEAR = 3  # words between which a pair stands together
_LEAD_WORDS = 60  # words of a list that are compared with the question


@dataclass(frozen=True, slots=True)
class Evidence:
    """How one quote answers one question; every number is 0 to 1 unless said, higher is better.

    cosine: of the quote with the question, -1 to 1; None where the model does not know the script.
    covered: share of the question's terms that the quote holds, weighted by rarity; 0 where it
        speaks of another one's thing (the Iranian ambassador, not the American).
    paired: share of the question's pairs of near terms that stand near each other in the passage and
        the headings above it, weighted by rarity.
    margin: by how much of itself the passage's BM25 is above that of the best other one, -1 to 1.
    fitting: whether the quote holds the kind of thing asked for (a time, a number, a name).
    """

    cosine: float | None
    covered: float
    paired: float
    margin: float
    fitting: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The best quote of one passage: `quote` spans the document's text; `score` is 0 up."""

    hit: Hit
    quote: Span
    answer_span: Span | None
    evidence: Evidence
    score: float


class Reader(Protocol):
    """Finds in each hit the words that answer."""

    def read(self, question: str, hits: Sequence[Hit], library: "Library") -> list[Reading]:
        """One reading a hit, best first; no two quote the same words."""
        ...


class Library(Protocol):
    """What a reader asks of a generation."""

    def document(self, document_id: int) -> Document:
        """The document of a hit."""
        ...

    def rarity(self, word: str) -> float:
        """Inverse document frequency of an analysed term."""
        ...


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A stretch of a document that may be quoted, and the words of it that are compared."""

    span: Span
    text: str
    listed: bool


class SentenceReader:
    """Reads with a bi-encoder and the words; needs nothing but the index's own embedder."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def read(self, question: str, hits: Sequence[Hit], library: Library) -> list[Reading]:
        """One reading a hit, best first; no two quote the same words."""
        weigh = _Weigher(question, library.rarity)
        listing = wants_list(question)
        candidates = [_candidates(hit, library.document(hit.document_id), listing) for hit in hits]
        cosines = self._cosines(question, candidates[:_PASSAGES])
        readings = [
            _best(question, hit, each, cosine, weigh, _margin(hit, hits))
            for hit, each, cosine in zip(hits, candidates, cosines + [None] * len(hits), strict=False)
        ]
        readings.sort(key=lambda reading: -reading.score)
        return _distinct(readings)

    def _cosines(self, question: str, candidates: Sequence[Sequence[_Candidate]]) -> list[list[float] | None]:
        """Cosine of each candidate with the question, by hit; None where the model has no vote."""
        texts = [candidate.text for each in candidates for candidate in each]
        if not texts or not self._embedder.knows(question):
            return [None for _ in candidates]
        rows = self._embedder.embed([question, *texts])
        scores = iter((rows[1:] @ rows[0]).tolist())
        return [[next(scores) for _ in each] for each in candidates]


class _Weigher:
    """Weighs texts by the question's terms that they hold."""

    def __init__(self, question: str, rarity: Callable[[str], float]) -> None:
        words = question_terms(question)
        self._weights = {term: rarity(term) for term in words}
        self._pairs = {
            (one, other)
            for place, one in enumerate(words)
            for other in words[place + 1 : place + 1 + _BESIDE]
            if one != other
        }
        self._total = sum(self._weights.values()) or 1.0

    def covered(self, text: str) -> float:
        """Share of the question's terms that the text holds, weighted by rarity."""
        held = set(terms(text))
        return sum(weight for term, weight in self._weights.items() if term in held) / self._total

    def paired(self, text: str) -> float:
        """Share of the question's pairs that stand near each other in the text, weighted by rarity.

        0 where the question has no pairs. The unordered windows of Metzler and Croft (2005), "A
        Markov random field model for term dependencies".
        """
        places: dict[str, list[int]] = {}
        for place, term in enumerate(terms(text)):
            if term in self._weights:
                places.setdefault(term, []).append(place)
        held = total = 0.0
        for one, other in self._pairs:
            weight = self._weights[one] + self._weights[other]
            total += weight
            near = any(abs(a - b) <= _NEAR for a in places.get(one, ()) for b in places.get(other, ()))
            held += weight if near else 0.0
        return held / total if total else 0.0


def _candidates(hit: Hit, document: Document, listing: bool) -> list[_Candidate]:
    """The passage's sentences and, where a list is asked for, the list that it is part of."""
    text = document.text
    found = [_Candidate(span, text[span.start : span.end], False) for span in hit.passage.sentences]
    found = [candidate for candidate in found if len(candidate.text.split()) >= _FEWEST_WORDS] or found
    if listing and (span := _list_around(document, hit.passage.start, hit.passage.end)):
        section = document.section_of(span.start)
        words = " ".join([*section[-1:], *text[span.start : span.end].split()[:_LEAD_WORDS]])
        found.append(_Candidate(span, words, True))
    return found


def _list_around(document: Document, start: int, end: int) -> Span | None:
    """The list that the stretch touches, with the line that introduces it; None where there is none."""
    blocks = document.blocks
    index = document.block_at(start)
    while index < len(blocks) and blocks[index].start < end and blocks[index].kind != "item":
        index += 1
    if index == len(blocks) or blocks[index].kind != "item" or blocks[index].start >= end:
        return None
    first = last = index
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


def _margin(hit: Hit, hits: Sequence[Hit]) -> float:
    """By how much of itself the hit's BM25 is above that of the best other one, -1 to 1."""
    other = max((each.lexical for each in hits if each.passage_id != hit.passage_id), default=0.0)
    return max(-1.0, (hit.lexical - other) / hit.lexical) if hit.lexical else -1.0


def _best(
    question: str,
    hit: Hit,
    candidates: Sequence[_Candidate],
    cosines: Sequence[float] | None,
    weigh: _Weigher,
    margin: float,
) -> Reading:
    """The reading of the candidate that answers best."""
    kind = kind_of(question)
    paired = weigh.paired(hit.passage.indexed_text)
    readings = []
    for index, candidate in enumerate(candidates):
        quote = Span(candidate.span.start, candidate.span.end)
        evidence = Evidence(
            cosine=cosines[index] if cosines else None,
            covered=0.0 if contradicts(candidate.text, question) else weigh.covered(candidate.text),
            paired=paired,
            margin=margin,
            fitting=holds(kind, candidate.text, question),
        )
        score = _score(hit, evidence) + (_LISTED if candidate.listed else 0.0)
        readings.append(Reading(hit, quote, None, evidence, score))
    return max(readings, key=lambda reading: reading.score)


def _score(hit: Hit, evidence: Evidence) -> float:
    """How well a quote answers: the passage's place in the search, the sentence's own likeness."""
    sentence = 0.6 * max(evidence.cosine or 0.0, 0.0) + 0.4 * evidence.covered
    return 0.5 * hit.score / 2 + 0.5 * sentence + (0.05 if evidence.fitting else 0.0)


def _distinct(readings: Sequence[Reading]) -> list[Reading]:
    """The readings without those whose quote an earlier one of the same document holds."""
    kept: list[Reading] = []
    for reading in readings:
        if not any(
            other.hit.document_id == reading.hit.document_id
            and other.quote.start <= reading.quote.start
            and reading.quote.end <= other.quote.end
            for other in kept
        ):
            kept.append(reading)
    return kept
