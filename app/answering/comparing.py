"""Things that are compared: the best quote about each, side by side."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from app.answering.comparison import Corpus
from app.answering.reading import Reading, distinct
from app.answering.years import said_of
from index.types import Query
from index.words.terms import question_terms, terms
from ingest.settings import POSSIBLE

_HALF = 0.5  # share of a thing's words that are said of a quote about it

Side = tuple[str, Reading | None]


def sides(
    query: Query,
    things: Sequence[tuple[str, str]],
    surest: Sequence[Reading],
    read: Callable[[Query], list[Reading]],
    corpus: Corpus,
) -> list[Side]:
    """The name of each thing with the surest reading about it, None where nothing is at least possible.

    [] where the query is better answered as it stands: what is `surest` to answer it speaks of all of them,
    or is surer than what was found about the only one.
    """
    about = partial(_is_about, language=query.language, corpus=corpus)
    whole = surest[0] if surest else None
    if whole and all(about(whole, name, alone=True) for name, _ in things):
        return []
    found: list[Side] = []
    taken: list[Reading] = []
    for name, text in things:
        best = _first_of(read(replace(query, text=text)), partial(about, name=name), taken)
        taken += [best] if best else []
        found.append((name, best))
    sure = max((one.confidence for one in taken), default=0.0)
    return found if len(taken) > 1 or sure > (whole.confidence if whole else 0.0) else []


def _first_of(
    readings: Iterable[Reading], about: Callable[[Reading], bool], taken: Sequence[Reading]
) -> Reading | None:
    """The first that is at least possible and about it, and no part of one that is taken."""
    likely = (one for one in readings if one.confidence >= POSSIBLE and about(one))
    return next(iter(distinct([*taken, *likely])[len(taken) :]), None)


def _is_about(reading: Reading, name: str, *, language: str, corpus: Corpus, alone: bool = False) -> bool:
    """True if the thing's words are said of the quote: by itself if `alone`, else by what is around it."""
    document = corpus.document(reading.hit.document_id)
    quote, *around = said_of(reading.hit, reading.quote, document)
    said = quote if alone else " ".join([quote, *around, reading.hit.passage.text])
    asked = set(question_terms(name, language))
    return len(asked & set(terms(said, language))) >= (1 if alone else _HALF) * len(asked)
