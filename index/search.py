"""Search: dense and lexical candidates of a query, fused into one ranking."""

from collections.abc import Sequence
from concurrent.futures import Future
from itertools import islice

import numpy as np

from index.scale import Scale, scale_of
from index.store import Generation
from index.types import Embedder, Hit, Ids, Query, Scope, Vectors
from index.words.terms import content_words, exact_terms
from ingest.document import Passage

_DEEP = 100  # candidates taken from each ranking, or more where many hits are asked for
_SCORED = 1000  # passages whose BM25 is computed, so that most of what dense search proposes has one
_PHRASES = 1000  # candidates for a quoted phrase whose text is compared
_QUOTES = str.maketrans("‘’“”«»", '\'\'""""')
_NONE: Ids = np.empty(0, np.int64)
_UNQUOTED = str.maketrans('"“”«»', " " * 5)


def search(
    generation: Generation, embedder: Embedder, query: Query, top_k: int, documents: Scope = None
) -> list[Hit]:
    """The `top_k` best passages for the query, best first, of these documents or of all.

    A passage's score fuses its cosine and its BM25, see `fused`. Where the embedder does not know the
    query's script, as an English model does not know Arabic, words alone decide. Where it knows several
    languages, passages in another one than the query's are searched by themselves too.
    """
    scale = scale_of(embedder.name)
    allowed = generation.ids(documents) if documents is not None else None
    deep = max(_DEEP, 4 * top_k)
    within = _within(generation, query.phrases, allowed)
    if within is not None and not len(within):
        return []
    # "And why?" has no word that carries meaning: the words added to it then count as its own.
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
    foreign = generation.foreign(query.language) if scale.foreign else _NONE
    dense, lexical = _ranked(generation, vector, by_words, deep, within, foreign)
    bound = generation.terms.bound(words, added, query.language)
    scores = fused(dense, lexical, bound, scale, foreign)
    return _hits(generation, scores, dense, lexical, max(top_k, 0))


def _within(generation: Generation, phrases: Sequence[str], allowed: set[int] | None) -> Ids | None:
    """Ids of the passages that may be hits: in an allowed document, with every phrase; None if all may."""
    if phrases:
        return _with_phrases(generation, phrases, allowed)
    return generation.passage_ids(allowed) if allowed is not None else None


def _ranked(
    generation: Generation,
    vector: Vectors | None,
    by_words: Future[dict[int, float]],
    deep: int,
    within: Ids | None,
    foreign: Ids,
) -> tuple[dict[int, float] | None, dict[int, float]]:
    """Cosines and BM25 scores by passage id, of the candidates of both rankings.

    Candidates are also taken from the `foreign` passages alone. Without a vector there are no cosines
    (None), and only the words propose candidates.
    """
    if vector is None:
        return None, dict(islice(by_words.result().items(), deep))
    dense = generation.vectors.search(vector, deep, within)
    if 0 < len(foreign) < len(generation.vectors):
        others = foreign if within is None else np.intersect1d(foreign, within)
        dense |= generation.vectors.search(vector, deep, others)
    scored = by_words.result()
    dense |= generation.vectors.cosines(vector, [i for i in islice(scored, deep) if i not in dense])
    return dense, {i: scored[i] for i in dense if i in scored}


def _hits(
    generation: Generation,
    scores: dict[int, float],
    dense: dict[int, float] | None,
    lexical: dict[int, float],
    top_k: int,
) -> list[Hit]:
    """The `top_k` hits of highest score, best first; equal ones in the order of paths and text."""
    least = min(sorted(scores.values(), reverse=True)[:top_k], default=0.0)
    passages = generation.passages(passage_id for passage_id, score in scores.items() if score >= least)
    hits = [
        Hit(
            passage_id=passage_id,
            document_id=document_id,
            paths=generation.paths(document_id),
            passage=passage,
            dense=dense[passage_id] if dense is not None else None,
            lexical=lexical.get(passage_id, 0.0),
            score=scores[passage_id],
        )
        for passage_id, (document_id, passage) in passages.items()
    ]
    hits.sort(key=lambda hit: (-hit.score, hit.paths, hit.passage.start))
    return hits[:top_k]


def _vector(embedder: Embedder, texts: Sequence[str]) -> Vectors:
    """The mean direction of the texts without their quote marks: a unit row, `(dimension,)` float32."""
    total = embedder.embed([text.translate(_UNQUOTED) for text in texts]).sum(axis=0)
    return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


def fused(
    dense: dict[int, float] | None,
    lexical: dict[int, float],
    bound: float,
    scale: Scale,
    foreign: Ids = _NONE,
) -> dict[int, float]:
    """One score for each passage id: its cosine plus its share of BM25, `lexical / bound`, by the scale.

    One of the `foreign`, which can hardly share words, has the scale's lift where its words are worth less.

    `fused({1: 0.5, 2: 0.2}, {2: 6.0}, bound=12.0, Scale(words=1.6)) -> {1: 0.5, 2: 1.0}`

    `bound` is the most that the query's words could give a passage, so that the cosine decides where they
    are common or in no passage. Without `dense` the score is the share alone: 0 to 1, or more
    in a document that the question names.
    """
    shares = {i: score / (bound or 1.0) for i, score in lexical.items()}
    if dense is None:
        return shares
    ids = np.fromiter(dense, np.int64)
    lifts = scale.foreign * np.isin(ids, foreign)
    return {
        i: cosine + max(scale.words * shares.get(i, 0.0), lift)
        for (i, cosine), lift in zip(dense.items(), lifts.tolist(), strict=True)
    }


def _with_phrases(generation: Generation, phrases: Sequence[str], allowed: set[int] | None) -> Ids:
    """Ids of the passages whose text holds every phrase, whatever its case, spaces and quote marks."""
    candidates = generation.passages(generation.terms.phrases(phrases, _PHRASES, allowed))
    wanted = [_plain(phrase) for phrase in phrases]
    holding = sorted(i for i, (_, passage) in candidates.items() if _holds(passage, wanted))
    return np.asarray(holding, dtype=np.int64)


def _holds(passage: Passage, wanted: Sequence[str]) -> bool:
    text = _plain(passage.text)
    return all(phrase in text for phrase in wanted)


def _plain(text: str) -> str:
    """The text in one case, with single spaces and straight quote marks."""
    return " ".join(text.casefold().translate(_QUOTES).split())
