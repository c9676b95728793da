"""Tests of the measures: by hand-worked values, by brute force, and beside scikit-learn's."""

import math
from itertools import permutations
from statistics import fmean

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score, ndcg_score, roc_auc_score

from app.evaluation.metrics import (
    Bin,
    Measure,
    auroc,
    average_precision,
    calibration,
    calibration_error,
    contains,
    exact,
    mean,
    ndcg,
    recall,
    risk_area,
    risk_coverage,
    token_f1,
    tokens,
)

NAMES = "abcdef"
RANKED = st.lists(st.sampled_from(NAMES), unique=True)
RELEVANCE = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 3), min_size=1)
JUDGED = st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), st.booleans()), max_size=40)


def test_ndcg_by_hand():
    """Grades 3, 0, 1 found where 3, 2, 1 are there: (3 + 1/2) / (3 + 2/log2(3) + 1/2)."""
    relevance = {"a": 3, "b": 2, "c": 1}
    expected = (3 + 0.5) / (3 + 2 / math.log2(3) + 0.5)
    assert ndcg(["a", "x", "c"], relevance, 10) == pytest.approx(expected, abs=1e-12)
    assert round(expected, 4) == 0.735
    assert ndcg(["a", "b", "c"], relevance, 10) == 1.0
    assert ndcg(["x"], relevance, 10) == 0.0
    assert ndcg(["x", "a"], {"a": 1}, 10) == pytest.approx(1 / math.log2(3))


def test_ndcg_ideal_is_cut_at_k():
    """With more relevant documents than k, the first k right ones are perfect."""
    assert ndcg(["a", "b"], {"a": 1, "b": 1, "c": 1}, 2) == 1.0
    assert ndcg(["x", "a"], {"a": 1}, 1) == 0.0


def test_recall_by_hand():
    """It counts documents among the first k."""
    assert recall(["x", "a", "b"], {"a": 1, "b": 1, "c": 1, "d": 1}, 10) == 0.5
    assert recall(["x", "a", "b"], {"b": 1}, 2) == 0.0


def test_average_precision_by_hand():
    """Two of three relevant at ranks 2 and 4: (1/2 + 2/4) / 3; one behind k adds nothing."""
    relevance = {"a": 1, "b": 2, "c": 1}
    assert average_precision(["x", "a", "y", "b"], relevance, 10) == pytest.approx(1 / 3)
    assert average_precision(["x", "a", "y", "b"], relevance, 3) == pytest.approx(1 / 6)
    assert average_precision(["c", "a", "b"], relevance, 10) == 1.0
    assert average_precision([], relevance, 10) == 0.0


@given(RANKED, RELEVANCE, st.integers(1, 8))
def test_average_precision_is_the_mean_of_precisions(ranked: list[str], relevance: dict[str, int], k: int):
    """Equal to looking each relevant document up and counting what is relevant down to it."""
    total = 0.0
    for name in relevance:
        if name in ranked[:k]:
            rank = ranked.index(name) + 1
            total += len(relevance.keys() & set(ranked[:rank])) / rank
    assert average_precision(ranked, relevance, k) == pytest.approx(total / len(relevance))


@given(RANKED, RELEVANCE, st.integers(1, 8))
def test_ranks_are_measured_from_0_to_1(ranked: list[str], relevance: dict[str, int], k: int):
    """Each measure is in range, the best order gives the most, and no hit gives 0."""
    best = sorted(relevance, key=lambda name: -relevance[name])
    for measure in (recall, ndcg, average_precision):
        value = measure(ranked, relevance, k)
        assert 0 <= value <= 1 + 1e-12
        assert value <= measure(best, relevance, k) + 1e-12
        assert (value == 0) == (not relevance.keys() & set(ranked[:k]))


def _judged(ranked: list[str], relevance: dict[str, int], k: int) -> tuple[list[int], list[int]]:
    """Grades and falling scores as scikit-learn takes them: what was not ranked stands behind the first k."""
    order = [*ranked, *"." * k, *(relevance.keys() - set(ranked))]
    return [relevance.get(name, 0) for name in order], list(range(len(order), 0, -1))


@given(RANKED, RELEVANCE, st.integers(1, 8))
def test_ndcg_is_that_of_scikit_learn(ranked: list[str], relevance: dict[str, int], k: int):
    """Where the same documents are graded and ranked, equal grades included."""
    grades, scores = _judged(ranked, relevance, k)
    assert ndcg(ranked, relevance, k) == pytest.approx(ndcg_score([grades], [scores], k=k), abs=1e-12)


@given(RANKED, RELEVANCE, st.integers(1, 8))
def test_average_precision_is_that_of_scikit_learn(ranked: list[str], relevance: dict[str, int], k: int):
    """Which divides by the relevant ones among the first k, we by all of them."""
    grades, scores = _judged(ranked, relevance, k)
    right = [grade > 0 for grade in grades[:k]]
    expected = average_precision_score(right, scores[:k]) * sum(right) / len(relevance) if any(right) else 0.0
    assert average_precision(ranked, relevance, k) == pytest.approx(expected, abs=1e-12)


def test_evidence_ignores_white_space_and_case_only():
    """A line break inside, or capitals, do not matter; a letter does; nothing contains no evidence."""
    assert contains(["It was Mosul\n in  1889."], ["x", "mosul in 1889"]) == 1.0
    assert contains(["Mosul in 1888"], ["Mosul in 1889"]) == 0.0
    assert contains(["anything"], []) == contains([], ["x"]) == contains(["anything"], [" "]) == 0.0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Treaty, of an Alliance!", ["treaty", "of", "alliance"]),
        ("«U.S.» forces — $2", ["us", "forces", "2"]),
        ("في عام ١٩٣٠، بغداد؟", ["في", "عام", "١٩٣٠", "بغداد"]),
        ("Theory of a-b", ["theory", "of", "ab"]),
        ("The a?", []),
    ],
)
def test_tokens_are_bare_words(text: str, words: list[str]):
    """Case, punctuation of any script and English articles are gone; words stay whole."""
    assert tokens(text) == words


def test_token_f1_by_hand():
    """Two words shared by three and four: precision 2/3 and recall 2/4 make 4/7; the best gold counts."""
    assert token_f1("in April 1951", ["April 10th 1951 exactly"]) == pytest.approx(4 / 7)
    assert token_f1("in April 1951", ["nothing", "April, in 1951"]) == 1.0
    assert token_f1("no no no", ["no way"]) == pytest.approx(2 / 5)  # a word counts as often as both have it
    assert (token_f1("", ["x"]), token_f1("the", ["a"]), token_f1("x", [])) == (0.0, 1.0, 0.0)


def test_exact_is_of_tokens_in_order():
    """Marks and capitals make no difference, the order of the words does."""
    assert exact("$2 trillion.", ["x", "2 Trillion"]) == 1.0
    assert exact("trillion 2", ["2 trillion"]) == exact("2", []) == 0.0


WORDS = st.lists(st.sampled_from(["oil", "war", "the", "pact"]), max_size=6).map(" ".join)


@given(WORDS, WORDS)
def test_token_f1_is_symmetric_and_1_for_the_same_words(one: str, other: str):
    """From 0 to 1, the same both ways, and 1 exactly where each word is there as often."""
    value = token_f1(one, [other])
    assert 0 <= value <= 1
    assert value == pytest.approx(token_f1(other, [one]))
    assert (value == 1) == (sorted(tokens(one)) == sorted(tokens(other)))
    assert value >= exact(one, [other])


@given(
    st.lists(st.integers(0, 4), max_size=12),
    st.lists(st.integers(0, 4), max_size=12),
)
def test_auroc_is_the_share_of_pairs_won(positive: list[int], negative: list[int]):
    """Equal to counting every pair, ties half; None where there is no pair."""
    pairs = [(p > n) + 0.5 * (p == n) for p in positive for n in negative]
    value = auroc([float(p) for p in positive], [float(n) for n in negative])
    assert value is None if not pairs else value == pytest.approx(sum(pairs) / len(pairs), abs=1e-12)


@given(JUDGED)
def test_auroc_is_that_of_scikit_learn(judged: list[tuple[float, bool]]):
    """Ties included, where there is a right answer and a wrong one."""
    scores: dict[bool, list[float]] = {True: [], False: []}
    for sure, right in judged:
        scores[right].append(sure)
    assume(scores[True] and scores[False])
    expected = roc_auc_score([right for _, right in judged], [sure for sure, _ in judged])
    assert auroc(scores[True], scores[False]) == pytest.approx(expected, abs=1e-12)


def test_auroc_by_hand():
    """0.9 and 0.5 against 0.5 and 0.1: three wins and a tie of four pairs."""
    assert auroc([0.9, 0.5], [0.5, 0.1]) == 0.875


def test_risk_coverage_by_hand():
    """Right, wrong, right, by falling confidence: no risk, a half, a third; the area is their mean."""
    curve = risk_coverage([(0.2, True), (0.9, True), (0.5, False)])
    assert curve == [(1 / 3, 0.0), (2 / 3, 0.5), (1.0, pytest.approx(1 / 3))]
    assert risk_area(curve) == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)
    assert risk_coverage([]) == []
    assert risk_area([]) is None


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.5]), st.booleans()), min_size=1, max_size=6))
def test_equally_sure_questions_have_no_order(judged: list[tuple[float, bool]]):
    """The curve is the mean of the curves of every order that falls in confidence."""
    orders = [
        order
        for order in permutations(judged)
        if [s for s, _ in order] == sorted((s for s, _ in order), reverse=True)
    ]
    for answered, (coverage, risk) in enumerate(risk_coverage(judged), 1):
        assert coverage == answered / len(judged)
        risks = [sum(not right for _, right in order[:answered]) / answered for order in orders]
        assert risk == pytest.approx(fmean(risks))


@given(JUDGED, st.randoms())
def test_curves_do_not_depend_on_the_order_given(judged: list[tuple[float, bool]], random):
    """Any permutation has the same curve and the same bins, all of them from 0 to 1."""
    other = random.sample(judged, len(judged))
    curve, bins = risk_coverage(judged), calibration(judged)
    assert (curve, bins) == (risk_coverage(other), calibration(other))
    assert all(0 < coverage <= 1 and 0 <= risk <= 1 for coverage, risk in curve)
    assert [coverage for coverage, _ in curve] == sorted(coverage for coverage, _ in curve)
    if judged:
        assert curve[-1] == (1.0, pytest.approx(fmean(not right for _, right in judged)))


@given(JUDGED)
def test_bins_share_the_questions_evenly(judged: list[tuple[float, bool]]):
    """At most ten, none empty, sizes at most one apart; together they are all questions."""
    bins = calibration(judged)
    assert len(bins) == min(10, len(judged))
    sizes = [each.n for each in bins]
    assert sum(sizes) == len(judged)
    assert not sizes or max(sizes) - min(sizes) <= 1
    assert sum(each.n * each.right for each in bins) == pytest.approx(sum(right for _, right in judged))
    assert sum(each.n * each.confidence for each in bins) == pytest.approx(sum(sure for sure, _ in judged))
    error = calibration_error(bins)
    assert error is None if not judged else 0 <= error <= 1 + 1e-12


@given(st.integers(1, 5), st.data())
def test_bins_are_those_of_scikit_learn(size: int, data: st.DataObject):
    """Where ten bins come out even and no two are equally sure: it cuts at quantiles, we by number."""
    number = 10 * size
    sure = data.draw(st.lists(st.integers(0, 1000), min_size=number, max_size=number, unique=True))
    judged = [(each / 1000, data.draw(st.booleans())) for each in sure]
    right, confidence = calibration_curve(
        [right for _, right in judged], [sure for sure, _ in judged], n_bins=10, strategy="quantile"
    )
    bins = calibration(judged)
    assert [each.right for each in bins] == pytest.approx(list(right), abs=1e-12)
    assert [each.confidence for each in bins] == pytest.approx(list(confidence), abs=1e-12)


def test_calibration_error_by_hand():
    """Of ten said to be 0.9 sure nine are right, of ten 0.3 sure none: (0 + 0.3) / 2."""
    sure = [(0.9, number < 9) for number in range(10)]
    unsure = [(0.3, False)] * 10
    bins = calibration(sure + unsure)
    assert [each.n for each in bins] == [2] * 10
    assert bins[0] == Bin(pytest.approx(0.3), 0.0, 2)
    assert bins[-1] == Bin(pytest.approx(0.9), pytest.approx(0.9), 2)
    assert calibration_error(bins) == pytest.approx(0.15)
    assert calibration_error([]) is None
    assert calibration_error([Bin(1.0, 1.0, 3), Bin(0.5, 1.0, 1)]) == pytest.approx(0.125)


def test_mean_of_nothing_is_none():
    """No questions, no value."""
    assert mean([]) == Measure(None, 0)
    assert mean([0, 1, 1, 1]) == Measure(0.75, 4)
