"""Search: dense and lexical candidates of a query, fused into one ranking."""

from collections.abc import Sequence
from concurrent.futures import Future
from itertools import islice

import numpy as np

from index.store import Generation
from index.types import Embedder, Hit, Ids, Query, Scope, Vectors
from index.words.terms import content_words, exact_terms
from ingest.document import Passage

_DEEP = 100  # candidates taken from each ranking at least
_SCORED = 1000  # passages whose BM25 is known, so that what dense search alone proposes has one too
_WORDS = 1.6  # weight of the words beside the cosine
_PHRASES = 1000  # passages with a phrase that are looked at
_QUOTES = str.maketrans("‘’“”«»", '\'\'""""')
_UNQUOTED = str.maketrans('"“”«»', " " * 5)


def search(
    generation: Generation, embedder: Embedder, query: Query, top_k: int, documents: Scope = None
) -> list[Hit]:
    """The best passages for the query, best first, at most `top_k`.

    Where the embedder does not know the query's script, words alone decide.
    """
    allowed = generation.ids(documents) if documents is not None else None
    deep = max(_DEEP, 4 * top_k)
    within = _within(generation, query.phrases, allowed)
    if within is not None and not len(within):
        return []
    # A question without a telling word of its own has the added ones for its own.
    own, more = (
        (query.text, " ".join(query.added)) if content_words(query.text, query.language) else (str(query), "")
    )
    words = content_words(own, query.language) or exact_terms(own)
    added = content_words(more, query.language)
    by_words = generation.threads.submit(  # while the vectors are searched
        generation.terms.search,
        words,
        max(_SCORED, deep),
        allowed,
        within.tolist() if within is not None and query.phrases else None,
        generation.named([*words, *added]),
        added,
        query.language,
    )
    texts = [own, f"{own} {more}"] if more else [own]
    vector = _vector(embedder, texts) if embedder.knows(str(query)) else None
    dense, lexical = _ranked(generation, vector, by_words, deep, within)
    scores = fused(dense, lexical, generation.terms.bound(words, added, query.language))
    return _hits(generation, scores, dense, lexical, max(top_k, 0))


def _within(generation: Generation, phrases: Sequence[str], allowed: set[int] | None) -> Ids | None:
    """Ids of the passages that can be hits: with every phrase, of the documents allowed; None for all."""
    if phrases:
        return _with_phrases(generation, phrases, allowed)
    return generation.passage_ids(allowed) if allowed is not None else None


def _ranked(
    generation: Generation,
    vector: Vectors | None,
    by_words: Future[dict[int, float]],
    deep: int,
    within: Ids | None,
) -> tuple[dict[int, float] | None, dict[int, float]]:
    """The dense and the lexical ranking, each with its score of what the other proposes.

    Without a vector the first is None and the second alone proposes.
    """
    if vector is None:
        return None, dict(islice(by_words.result().items(), deep))
    dense = generation.vectors.search(vector, deep, within)
    scored = by_words.result()
    dense |= generation.vectors.cosines(vector, [one for one in islice(scored, deep) if one not in dense])
    return dense, {one: scored[one] for one in dense if one in scored}


def _hits(
    generation: Generation,
    scores: dict[int, float],
    dense: dict[int, float] | None,
    lexical: dict[int, float],
    top_k: int,
) -> list[Hit]:
    """The best `top_k`, best first; of equal ones first the one that comes first in the documents."""
    least = min(sorted(scores.values(), reverse=True)[:top_k], default=0.0)
    passages = generation.passages(one for one, score in scores.items() if score >= least)
    hits = [
        Hit(
            passage_id=one,
            document_id=document_id,
            paths=generation.paths(document_id),
            passage=passage,
            dense=dense[one] if dense is not None else None,
            lexical=lexical.get(one, 0.0),
            score=scores[one],
        )
        for one, (document_id, passage) in passages.items()
    ]
    hits.sort(key=lambda hit: (-hit.score, hit.paths, hit.passage.start))
    return hits[:top_k]


def _vector(embedder: Embedder, texts: Sequence[str]) -> Vectors:
    """The mean direction of the texts without their quote marks: a unit row, `(dimension,)` float32."""
    total = embedder.embed([text.translate(_UNQUOTED) for text in texts]).sum(axis=0)
    return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


def fused(dense: dict[int, float] | None, lexical: dict[int, float], bound: float) -> dict[int, float]:
    """One score of each id: its cosine plus, weighted, the share of its BM25 in `bound`.

    `bound` is the most that words can give a passage: where words of the question are in no passage,
    or common, the cosine decides. Without `dense` the score is that share alone, 0 to 1 and, for a
    document that the question names, up.
    """
    shares = {one: score / (bound or 1.0) for one, score in lexical.items()}
    if dense is None:
        return shares
    return {one: cosine + _WORDS * shares.get(one, 0.0) for one, cosine in dense.items()}


def _with_phrases(generation: Generation, phrases: Sequence[str], allowed: set[int] | None) -> Ids:
    """Ids of the passages whose own text holds every phrase, case, spaces and quote marks aside."""
    candidates = generation.passages(generation.terms.phrases(phrases, _PHRASES, allowed))
    wanted = [_plain(phrase) for phrase in phrases]
    holding = sorted(one for one, (_, passage) in candidates.items() if _holds(passage, wanted))
    return np.asarray(holding, dtype=np.int64)


def _holds(passage: Passage, wanted: Sequence[str]) -> bool:
    text = _plain(passage.text)
    return all(phrase in text for phrase in wanted)


def _plain(text: str) -> str:
    """The text in one case, with single spaces and straight quote marks."""
    return " ".join(text.casefold().translate(_QUOTES).split())
