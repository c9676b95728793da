"""Evidence: how strongly a quote answers a question, as numbers that a confidence can be made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.analyse import question_terms, terms
from index.types import Hit

_BESIDE = 2  # a term of the question pairs with as many of those after it
_NEAR = 3  # words between which a pair stands together


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
    paired: share of the question's pairs of near terms that stand near each other in the passage and
        the headings above it, weighted by rarity.
    margin: by how much of itself the passage's BM25 is above that of the best other one, -1 to 1.
    fitting: whether the quote holds the kind of thing asked for (a time, a number, a name, a list).
    """

    answers: float | None
    share: float | None
    cosine: float | None
    covered: float
    paired: float
    margin: float
    fitting: bool


class TermWeigher:
    """Weighs texts by the question's terms that they hold."""

    def __init__(self, question: str, rarity: Callable[[str], float]) -> None:
        words = question_terms(question)
        self._weights = {term: rarity(term) for term in words}
        self._pairs = dict.fromkeys(  # in order, so that sums come out the same in every run
            (one, other)
            for place, one in enumerate(words)
            for other in words[place + 1 : place + 1 + _BESIDE]
            if one != other
        )
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


def margin(hit: Hit, hits: Sequence[Hit]) -> float:
    """By how much of itself the hit's BM25 is above that of the best other one, -1 to 1."""
    other = max((each.lexical for each in hits if each.passage_id != hit.passage_id), default=0.0)
    return max(-1.0, (hit.lexical - other) / hit.lexical) if hit.lexical else -1.0
