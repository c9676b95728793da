"""Evidence: how strongly a quote answers a question, as numbers that a confidence can be made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.analyse import question_terms, terms
from index.types import Hit


@dataclass(frozen=True, slots=True)
class Evidence:
    """How one quote answers one question; every number is 0 to 1 unless said, higher is better.

    answers: the cross-encoder's logit that the passage answers, any number; None where it did not
        read it.
    share: of the cross-encoder's belief in where the answer stands, what falls into the quote; None
        where it did not read it.
    cosine: of the passage with the question, -1 to 1; None where the model does not know the script.
    covered: share of the question's terms that the quote holds, weighted by rarity; 0 where it
        speaks of another one's thing (the Iranian ambassador, not the American).
    margin: by how much the search's score of the passage is above that of the best other one, any
        number, below 0 for all but the first.
    fitting: whether the quote holds the kind of thing asked for (a time, a number, a name, a list).
    """

    answers: float | None
    share: float | None
    cosine: float | None
    covered: float
    margin: float
    fitting: bool


class TermWeigher:
    """Weighs texts by the question's terms that they hold."""

    def __init__(self, question: str, rarity: Callable[[str], float]) -> None:
        self._weights = {term: rarity(term) for term in question_terms(question)}
        self._total = sum(self._weights.values()) or 1.0

    def covered(self, text: str) -> float:
        """Share of the question's terms that the text holds, weighted by rarity."""
        held = set(terms(text))
        return sum(weight for term, weight in self._weights.items() if term in held) / self._total


def margin(hit: Hit, hits: Sequence[Hit]) -> float:
    """By how much the hit's score is above that of the best other one; 0 where there is none."""
    return hit.score - max((each.score for each in hits if each is not hit), default=hit.score)
