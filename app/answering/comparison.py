"""Quotes compared with the question, by an embedding model of several languages.

It stands in for the cross-encoder where that cannot read: a script it does not know, or another language
than the question's.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from app.answering.candidates import Candidate, foreign_language, sentences
from index.types import Embedder, Hit, Query
from ingest.document import Document, Span


class Corpus(Protocol):
    """What a reader asks of a generation."""

    def document(self, document_id: int) -> Document:
        """The document of a hit."""
        ...

    def rarity(self, word: str) -> float:
        """Inverse document frequency of an analysed term."""
        ...

    @property
    def language(self) -> str:
        """The two-letter code of the language that most of it is in."""
        ...


Cosines = Mapping[int, Mapping[Span, float]]


def own_language(query: Query, hits: Sequence[Hit], corpus: Corpus, learnt: str | None) -> list[Hit]:
    """The hits in the query's language, as far as both are known; none where that is not the one `learnt`."""
    if learnt not in (None, query.language):
        return []
    return [
        hit
        for hit in hits
        if foreign_language(hit.passage, corpus.document(hit.document_id), query.language) is None
    ]


def compared(query: Query, hits: Sequence[Hit], corpus: Corpus, embedder: Embedder | None) -> Cosines:
    """By passage id, the cosine with the query of each of its sentences that may be quoted.

    A sentence is taken with the headings above it, which say what it is about. No embedder compares none.
    """
    known = [(hit, corpus.document(hit.document_id)) for hit in hits if hit.dense is not None]
    quotes = [(hit, quoted) for hit, document in known for quoted in _bodies(hit, document)]
    if not quotes or embedder is None:
        return {}
    texts = [f"{hit.passage.context} {quoted.text}".strip() for hit, quoted in quotes]
    asked, *rows = embedder.embed([str(query), *texts])
    cosines: dict[int, dict[Span, float]] = {}
    for (hit, quoted), row in zip(quotes, rows, strict=True):
        cosines.setdefault(hit.passage_id, {})[quoted.span] = float(row @ asked)
    return cosines


def _bodies(hit: Hit, document: Document) -> list[Candidate]:
    """What may be quoted of the hit, without its headings, which every other is taken with."""
    every = sentences(hit, document)
    kinds = [document.blocks[document.block_at(each.span.start)].kind for each in every]
    return [each for each, kind in zip(every, kinds, strict=True) if kind != "heading"] or every


def nearest(cosines: Cosines, hit: Hit, span: Span) -> float | None:
    """The highest cosine of the hit's sentences that lie in the span; None if none was compared."""
    compared = cosines.get(hit.passage_id, {}).items()
    inside = [cosine for one, cosine in compared if span.holds(one)]
    return max(inside, default=None)
