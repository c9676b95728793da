"""Cases for the confidence: questions of development sets, with all that may be quoted for each.

Each question is a case as it is asked and, if it can be answered, another with the passages that hold its
answer taken away, so that near misses of the product's own retrieval teach what "not in the documents"
looks like. Questions of another set, off the topic of the documents altogether, are cases too.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.answering.evidence import features
from app.answering.query import query_of
from app.answering.reader import READ, CrossEncoder, Reader
from app.answering.reading import Reading
from app.evaluation.dataset import Question, document_id, questions
from app.evaluation.evaluate import fill
from app.evaluation.metrics import contains, squeezed
from app.evaluation.outcomes import Gold
from index.search import search
from index.store import Generation
from index.types import Embedder, Hit, Scope
from ingest.settings import Settings
from tests.measure.across_languages import across

EVAL = Path(__file__).resolve().parents[3] / "shared" / "eval"
ACROSS = " across"  # behind a set's name: our own questions on it, in another language
_SCOPED = ("policyqa_dev",)  # its questions name no document: each is asked of its own
_FOUND = 40  # hits of a question, before those that answer are taken away
_SHOWN = 20  # of them, what the product judges
_PART = 20  # letters of a quote from which it is right as a part of a longer answer


@dataclass(frozen=True, slots=True)
class Source:
    """A data set whose questions are asked, and the one whose documents they are asked of."""

    asked: str
    documents: str

    @property
    def off(self) -> bool:
        """True if the documents are another set's."""
        return self.asked.removesuffix(ACROSS) != self.documents


@dataclass(frozen=True, slots=True)
class Case:
    """A question with all that may be quoted for it.

    able: True if the documents at hand answer it; `removed` if they would, but for what was taken away.
    rows: `(n, features)`, of what may be quoted.
    right: `(n,)`, which of it answers.
    """

    source: Source
    article: str
    able: bool
    removed: bool
    rows: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]


def cases(
    source: Source, width: int, limit: int, store: Path, embedder: Embedder, encoder: CrossEncoder | None
) -> Iterator[Case]:
    """The cases of a source, of evidence with so many features; `limit` questions at most."""
    folder = EVAL / source.documents
    settings = Settings(model=embedder.name, store=store / source.documents)
    docs = None if (folder / "corpus.jsonl").exists() else EVAL.parent / source.documents
    fill(settings, folder, docs, lambda _: embedder, lambda progress: None)
    asked = _asked(source, limit)
    known = frozenset(document for question in asked for document in question.gold.relevance)
    reader = Reader(encoder, embedder)
    with Generation.open(settings.store, embedder.sha256) as generation:
        for question in asked:
            query = query_of(question.question, question.history, generation.language)
            article = next(iter(question.gold.relevance), query.text).split("#")[0]
            scope: Scope = generation.matching([f"{article}#*"]) if source.documents in _SCOPED else None
            hits = search(generation, embedder, query, _FOUND, scope if not source.off else None)
            ways = [(hits, question.gold.answerable)]
            if question.gold.answerable:
                ways.append(([hit for hit in hits if not _holds(hit, question.gold, known)], False))
            for found, able in ways:
                rows, right = [], []
                every = reader.readings(query, found[:_SHOWN], generation)[:READ]
                for reading in chain.from_iterable(every):
                    says = question.gold.answerable and _says(reading, question.gold, known, generation)
                    values = features(reading.evidence, reader.constants)
                    if (says and not able) or len(values) != width:
                        continue  # a list that reaches into what was taken away; evidence of another kind
                    rows.append(values)
                    right.append(says)
                if rows:
                    removed = question.gold.answerable and not able
                    yield Case(source, article, able, removed, np.array(rows), np.array(right))


def _asked(source: Source, limit: int) -> list[Question]:
    """The questions, but those that a table or a figure answers; off the topic half as many, all without."""
    own = source.asked.removesuffix(ACROSS)
    asked = across(own)[:limit] if own != source.asked else questions(EVAL / own, limit)
    if source.off:
        return [replace(one, gold=replace(one.gold, answerable=False)) for one in asked[::2]]
    if own in _SCOPED:
        return _together(asked, questions(EVAL / own, None))
    return [one for one in asked if one.gold.text_only or not (one.gold.pages and one.gold.answerable)]


def _together(asked: Sequence[Question], every: Sequence[Question]) -> list[Question]:
    """The questions, each with all answers that the set gives to the same words about the same article."""
    golds: dict[tuple[str, str], list[Gold]] = defaultdict(list)
    for one in every:
        golds[_about(one)].append(one.gold)
    whole = []
    for one in asked:
        said = dict.fromkeys(text for gold in golds[_about(one)] for text in gold.evidence)
        named = dict.fromkeys((name for gold in golds[_about(one)] for name in gold.relevance), 1)
        whole.append(replace(one, gold=replace(one.gold, evidence=tuple(said), relevance=named)))
    return whole


def _about(question: Question) -> tuple[str, str]:
    return question.question, next(iter(question.gold.relevance), "").split("#")[0]


def _says(reading: Reading, gold: Gold, known: frozenset[str], generation: Generation) -> bool:
    """True if the quote holds an answer or is part of one.

    Where pages are known it is right on one of them; where no answer is, in a right document.
    """
    document = generation.document(reading.hit.document_id)
    named = document_id(reading.hit.paths[0], known) in gold.relevance
    if gold.pages:
        return named and bool(gold.pages & {page.number for page in document.pages_of(reading.quote)})
    quote = squeezed(document.text[reading.quote.start : reading.quote.end])
    if not any(map(squeezed, gold.evidence)):
        return named
    return any(
        text in quote or (len(quote) >= _PART and quote in text) for text in map(squeezed, gold.evidence)
    )


def _holds(hit: Hit, gold: Gold, known: frozenset[str]) -> bool:
    """True if the passage says an answer, or is of a right document that is short or says none."""
    long = [text for text in gold.evidence if len(text) > 3]
    name = document_id(hit.paths[0], known)
    return bool(contains([hit.passage.text], long)) or (
        name in gold.relevance and ("#" in name or not gold.evidence)
    )
