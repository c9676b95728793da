"""Measures of an evaluation: pure functions from outcomes to numbers."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean


@dataclass(frozen=True, slots=True)
class Gold:
    """What is known to be right for a question.

    `relevance` maps a document to its grade, from 1; `evidence` are texts of which a citation must
    contain one, `pages` physical numbers of which it must name one; each is empty where not known.
    """

    answerable: bool
    relevance: Mapping[str, int]
    evidence: tuple[str, ...]
    pages: frozenset[int]
    text_only: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One citation, or one of the closest passages: the documents it may go by and its words."""

    documents: frozenset[str]
    quote: str
    passage: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question as it was answered: what was right, what was found, best first."""

    gold: Gold
    answered: bool
    confidence: float
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A mean, 0 to 1, over `n` questions; `value` is None where there was none to measure."""

    value: float | None
    n: int


def mean(values: Iterable[float]) -> Measure:
    """The mean of the values and how many they are."""
    kept = list(values)
    return Measure(fmean(kept) if kept else None, len(kept))


def ranking(found: Sequence[Found], relevant: Collection[str]) -> list[str]:
    """The documents found, each once, best first; of a copy's names the relevant one counts."""
    names = [min(item.documents, key=lambda name: (name not in relevant, name)) for item in found]
    return list(dict.fromkeys(names))


def hit(found: Sequence[Found], relevance: Mapping[str, int], k: int) -> float:
    """1 if any of the first k passages is of a relevant document, else 0."""
    return float(any(item.documents & relevance.keys() for item in found[:k]))


def recall(ranked: Sequence[str], relevance: Mapping[str, int], k: int) -> float:
    """The share of the relevant documents among the first k, 0 to 1; there must be a relevant one."""
    return len(relevance.keys() & set(ranked[:k])) / len(relevance)


def ndcg(ranked: Sequence[str], relevance: Mapping[str, int], k: int) -> float:
    """Normalised discounted cumulative gain, 0 to 1, with the grade as gain and log2(rank + 1) as discount.

    Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002, as trec_eval
    computes it; there must be a relevant document.
    """
    gains = [relevance.get(document, 0) for document in ranked[:k]]
    best = sorted(relevance.values(), reverse=True)[:k]
    return _discounted(gains) / _discounted(best)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """The chance that a positive's score is above a negative's, ties counting half; None without a pair."""
    if not positive or not negative:
        return None
    below = sorted(negative)
    wins = sum(bisect_left(below, score) + bisect_right(below, score) for score in positive)
    return wins / (2 * len(positive) * len(negative))


def squeezed(text: str) -> str:
    """The text without white space and case: how evidence is compared."""
    return "".join(text.split()).casefold()


def contains(texts: Iterable[str], evidence: Iterable[str]) -> float:
    """1 if any of the texts contains any of the evidence, white space and case aside, else 0."""
    wanted = [text for piece in evidence if (text := squeezed(piece))]
    return float(any(piece in text for text in map(squeezed, texts) for piece in wanted))


def measures(outcomes: Sequence[Outcome]) -> dict[str, Measure]:
    """Every measure that the outcomes allow, by name.

    Ranks are over what was cited or, where the answer was "not found", the closest passages, so
    that they tell retrieval apart from abstention.
    """
    able = [outcome for outcome in outcomes if outcome.gold.answerable]
    unable = [outcome for outcome in outcomes if not outcome.gold.answerable]
    everything = {
        **_ranking([outcome for outcome in able if outcome.gold.relevance]),
        **_evidence([outcome for outcome in able if any(map(squeezed, outcome.gold.evidence))]),
        **_pages([outcome for outcome in able if outcome.gold.pages]),
        "answerable: not found": mean(not outcome.answered for outcome in able),
        "unanswerable: not found": mean(not outcome.answered for outcome in unable),
        "confidence AUROC": Measure(auroc(_confidences(able), _confidences(unable)), len(outcomes)),
    }
    return {name: measure for name, measure in everything.items() if measure.value is not None}


def _confidences(outcomes: Sequence[Outcome]) -> list[float]:
    return [outcome.confidence for outcome in outcomes]


def _ranking(outcomes: Sequence[Outcome]) -> dict[str, Measure]:
    ranked = [(ranking(o.found, o.gold.relevance.keys()), o.gold.relevance) for o in outcomes]
    return {
        "document hit@1": mean(hit(o.found, o.gold.relevance, 1) for o in outcomes),
        "document hit@5": mean(hit(o.found, o.gold.relevance, 5) for o in outcomes),
        "document recall@10": mean(recall(names, relevance, 10) for names, relevance in ranked),
        "document nDCG@10": mean(ndcg(names, relevance, 10) for names, relevance in ranked),
    }


def _evidence(outcomes: Sequence[Outcome]) -> dict[str, Measure]:
    rows = {}
    for k in (1, 5):
        rows[f"evidence in quote@{k}"] = mean(
            contains([item.quote for item in o.found[:k]], o.gold.evidence) for o in outcomes
        )
        rows[f"evidence in passage@{k}"] = mean(
            contains([item.passage for item in o.found[:k]], o.gold.evidence) for o in outcomes
        )
    return rows


def _pages(outcomes: Sequence[Outcome]) -> dict[str, Measure]:
    rows = {}
    text = [outcome for outcome in outcomes if outcome.gold.text_only]
    for name, group in (("page", outcomes), ("page (text only)", text)):
        for k in (1, 5):
            rows[f"{name}@{k}"] = mean(
                float(any(_on_page(item, o.gold) for item in o.found[:k])) for o in group
            )
    return rows


def _on_page(item: Found, gold: Gold) -> bool:
    """Whether the citation names a right page, of the right document where that is known."""
    right = not gold.relevance or bool(item.documents & gold.relevance.keys())
    return right and bool(gold.pages.intersection(item.pages))
