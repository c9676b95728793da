"""Measures: pure functions from ranks, texts and confidences to numbers; higher is better unless said."""

import math
import re
import string
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import fmean

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_BINS = 10


@dataclass(frozen=True, slots=True)
class Measure:
    """A number over `n` questions, mostly a mean, 0 to 1; `value` is None where there was none to measure."""

    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of like confidence: their mean confidence, the share answered rightly, how many they are."""

    confidence: float
    right: float
    n: int


def mean(values: Iterable[float]) -> Measure:
    """The mean of the values and how many they are."""
    kept = list(values)
    return Measure(fmean(kept) if kept else None, len(kept))


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


def average_precision(ranked: Sequence[str], relevance: Mapping[str, int], k: int) -> float:
    """The mean over the relevant documents of the precision at each one's rank, 0 to 1.

    One that is not among the first k adds nothing, as in trec_eval's `map_cut`, so that with more
    than k relevant documents 1 is out of reach. A document stands in `ranked` once; there must be a
    relevant one.
    """
    ranks = [rank for rank, document in enumerate(ranked[:k], 1) if document in relevance]
    return sum(relevant / rank for relevant, rank in enumerate(ranks, 1)) / len(relevance)


def squeezed(text: str) -> str:
    """The text without white space and case: how evidence is compared."""
    return "".join(text.split()).casefold()


def contains(texts: Iterable[str], evidence: Iterable[str]) -> float:
    """1 if any of the texts contains any of the evidence, white space and case aside, else 0."""
    wanted = [text for piece in evidence if (text := squeezed(piece))]
    return float(any(piece in text for text in map(squeezed, texts) for piece in wanted))


def tokens(text: str) -> list[str]:
    """The text's words in lower case, without punctuation and English articles.

    The normalisation of Rajpurkar et al., "SQuAD: 100,000+ questions for machine comprehension of
    text", 2016, with the punctuation of every script.
    """
    kept = "".join(letter for letter in text.lower() if not _is_punctuation(letter))
    return _ARTICLES.sub(" ", kept).split()


def _is_punctuation(letter: str) -> bool:
    return letter in string.punctuation or unicodedata.category(letter).startswith("P")


def exact(text: str, golds: Iterable[str]) -> float:
    """1 if the text has the very tokens of one of the golds, in order, else 0."""
    return float(any(tokens(text) == tokens(gold) for gold in golds))


def token_f1(text: str, golds: Iterable[str]) -> float:
    """The best F1 of the text's tokens with those of one of the golds, 0 to 1, as SQuAD defines it.

    Precision is the share of the text's tokens that the gold has too, each as often as it has it;
    recall the same the other way round. Where either has no token, 1 if both have none, else 0.
    """
    return max((_f1(tokens(text), tokens(gold)) for gold in golds), default=0.0)


def _f1(predicted: Sequence[str], gold: Sequence[str]) -> float:
    if not predicted or not gold:
        return float(predicted == gold)
    shared = (Counter(predicted) & Counter(gold)).total()
    return 2 * shared / (len(predicted) + len(gold))


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """The chance that a positive's score is above a negative's, ties counting half; None without a pair."""
    if not positive or not negative:
        return None
    below = sorted(negative)
    wins = sum(bisect_left(below, score) + bisect_right(below, score) for score in positive)
    return wins / (2 * len(positive) * len(negative))


def risk_coverage(judged: Iterable[tuple[float, bool]]) -> list[tuple[float, float]]:
    """(coverage, risk) where the surest one, two, and so on to all questions are answered; lower is better.

    Each question is its confidence and whether its answer is right. Coverage is the share of
    questions answered, risk the share of those answers that are wrong. Equally sure ones are taken
    in no order: a risk among them is its mean over all orders. Geifman and El-Yaniv, "Selective
    classification for deep neural networks", 2017.
    """
    ordered = _evened(judged)
    curve, wrong = [], 0.0
    for answered, (_, right) in enumerate(reversed(ordered), 1):
        wrong += 1 - right
        curve.append((answered / len(ordered), min(wrong / answered, 1.0)))
    return curve


def risk_area(curve: Sequence[tuple[float, float]]) -> float | None:
    """The area under a risk-coverage curve, 0 to 1, lower is better; None without a point.

    It is the mean risk over the curve's points: AURC in Geifman, Uziel and El-Yaniv, "Bias-reduced
    uncertainty estimation for deep neural classifiers", 2019.
    """
    return fmean(risk for _, risk in curve) if curve else None


def calibration(judged: Iterable[tuple[float, bool]]) -> list[Bin]:
    """The questions in ten bins of equal number, least sure first; fewer where there are not ten.

    Equal numbers, not equal widths, as in Nguyen and O'Connor, "Posterior calibration and
    exploratory analysis for natural language processing models", 2015.
    """
    ordered = _evened(judged)
    cuts = [len(ordered) * number // _BINS for number in range(_BINS + 1)]
    bins = [zip(*ordered[low:high], strict=True) for low, high in pairwise(cuts) if low < high]
    return [Bin(fmean(sure), fmean(right), len(sure)) for sure, right in bins]


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """The mean distance of confidence from the share right, each bin by its number: 0 to 1, lower is better.

    The expected calibration error of Guo et al., "On calibration of modern neural networks", 2017;
    None without a bin.
    """
    total = sum(each.n for each in bins)
    return sum(each.n * abs(each.confidence - each.right) for each in bins) / total if total else None


def _evened(judged: Iterable[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Confidence and rightness by rising confidence; the equally sure share their mean rightness."""
    evened = []
    for confidence, group in groupby(sorted(judged), key=lambda each: each[0]):
        rights = [right for _, right in group]
        evened += [(confidence, fmean(rights))] * len(rights)
    return evened
