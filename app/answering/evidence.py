"""Evidence: how strongly a quote answers a question, and the probability that a logistic model makes of it.

Method: Platt (1999), "Probabilistic outputs for support vector machines", over several features.
There is one model for what the cross-encoder read, one for what is known by its cosine, one for that in
another language than the question, and one for words alone; the first three by the embedding model that
searches. `tests/measure/fit_confidence.py` fits the constants and prints them with how well they did.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from index.embedding.model_files import IN_INT8
from index.types import Hit, Query
from index.words.terms import question_terms, terms
from ingest.settings import MULTILINGUAL_MODEL, PACKAGED_MODEL

_LEAST_SHARE = 0.01
_ADDED = 0.5  # how much a word counts that the question leaves out, beside its own


@dataclass(frozen=True, slots=True)
class Constants:
    """What the features are weighed by, where an embedding model searches.

    read: for what the cross-encoder read.
    dense: for what it did not read.
    foreign: for that in another language than the question, whose words it cannot hold; None for a model of
        one language, by which quotes are not compared.
    """

    read: tuple[float, ...]
    dense: tuple[float, ...]
    foreign: tuple[float, ...] | None = None


# In the order of `features`. What was read is judged in tests/README.md; of the multilingual model it is from
# five of the sets there. Of the others the AUROC of right first quotes on the half of the articles that was
# not fitted on: of the packaged model, not read, 0.813 (squad_v2_dev, covidqa, seeds); of words alone 0.803
# (arcd_train); of the multilingual one, dense 0.829 (arcd_train, squad_v2_dev), foreign 0.824 (questions of
# our own in the other language than these sets').
_CONSTANTS = {
    PACKAGED_MODEL: Constants(read=(-1.82, 0.70, 0.26, 0.67, 6.64), dense=(-4.71, 1.82, 4.12, 2.19)),
    MULTILINGUAL_MODEL: Constants(
        read=(-1.78, 0.70, 0.34, 0.62, 19.5),
        dense=(-23.67, 23.94, 3.07, 9.90),
        foreign=(-32.09, 37.90, 28.08),
    ),
}
_LEXICAL = (-3.51, 4.44, 3.26)


def is_calibrated(model: str) -> bool:
    """True if constants were fitted for the embedding model of this name."""
    return model.removesuffix(IN_INT8) in _CONSTANTS


def constants_of(model: str) -> Constants:
    """The constants of the embedding model of this name; the packaged one's where none were fitted."""
    return _CONSTANTS.get(model.removesuffix(IN_INT8), _CONSTANTS[PACKAGED_MODEL])


@dataclass(frozen=True, slots=True)
class Evidence:
    """How one quote answers one question; every number is 0 to 1 unless said, higher is better.

    answers: the cross-encoder's logit that the passage answers, any number; None where it did not
        read it.
    share: of the cross-encoder's belief in where the answer stands, what falls into the quote; None
        where it did not read it.
    cosine: with the question, -1 to 1, of the quote under its headings or, where quotes are not compared, of
        its passage; None where the model does not know the script.
    covered: share of the question's terms that the quote holds, weighted by rarity.
    margin: by how much the search's score of the passage is above that of the best other one, any
        number, below 0 for all but the first.
    lift: by how much the cosine of the passage is above the mean of what was found, any number.
    foreign: True if the quote is in another language than the question, and quotes are compared.
    """

    answers: float | None
    share: float | None
    cosine: float | None
    covered: float
    margin: float
    lift: float = 0.0
    foreign: bool = False


class TermWeigher:
    """Weighs texts by the query's terms that they hold, added ones included."""

    def __init__(self, query: Query, rarity: Callable[[str], float]) -> None:
        self._language = query.language
        self._rarity = rarity
        asked = question_terms(str(query), query.language)
        own = question_terms(query.text, query.language)
        self._weights = {term: rarity(term) * (1.0 if term in own else _ADDED) for term in asked}
        self._total = sum(self._weights.values()) or 1.0

    def held(self, text: str) -> set[str]:
        """The query's terms that the text holds."""
        return self._weights.keys() & set(terms(text, self._language))

    def covered(self, text: str) -> float:
        """Share of the query's terms that the text holds, weighted by rarity."""
        return sum(self._weights[term] for term in self.held(text)) / self._total

    def covering(self, text: str) -> float:
        """Share of the text's terms that the query holds, weighted by rarity; 0 if it has none.

        Single letters and digits do not count: they number it.
        """
        told = (term for term in question_terms(text, self._language) if len(term) > 1)
        weights = {term: self._rarity(term) for term in told}
        return sum(weights[term] for term in weights.keys() & self._weights) / (sum(weights.values()) or 1.0)


def margin(hit: Hit, hits: Sequence[Hit]) -> float:
    """By how much the hit's score is above that of the best other one; 0 where there is none."""
    return hit.score - max((each.score for each in hits if each is not hit), default=hit.score)


def lift(hit: Hit, hits: Sequence[Hit]) -> float:
    """By how much the hit's cosine is above the mean of the hits'; 0 where it has none."""
    cosines = [each.dense for each in hits if each.dense is not None]
    return hit.dense - fmean(cosines) if hit.dense is not None else 0.0


def features(evidence: Evidence, constants: Constants) -> tuple[float, ...]:
    """The numbers that the evidence's model weighs, a 1 for its constant first."""
    return _weighed(evidence, constants)[1]


def confidence(evidence: Evidence, constants: Constants) -> float:
    """Probability, 0 to 1, that the quote answers the question."""
    weights, values = _weighed(evidence, constants)
    logit = sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def _weighed(evidence: Evidence, constants: Constants) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The constants of the evidence's model, and the numbers that they weigh."""
    words = (evidence.covered, evidence.margin)
    if evidence.answers is not None and evidence.share is not None:
        share = math.log(max(evidence.share, _LEAST_SHARE))
        return constants.read, (1.0, evidence.answers, share, evidence.covered, evidence.lift)
    if evidence.cosine is not None and evidence.foreign and constants.foreign is not None:
        return constants.foreign, (1.0, evidence.cosine, evidence.margin)
    if evidence.cosine is not None:
        return constants.dense, (1.0, evidence.cosine, *words)
    return _LEXICAL, (1.0, *words)
