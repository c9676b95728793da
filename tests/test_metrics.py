"""Tests of the measures, by hand-worked values and by brute force."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.metrics import (
    Found,
    Gold,
    Measure,
    Outcome,
    auroc,
    contains,
    hit,
    mean,
    measures,
    ndcg,
    ranking,
    recall,
)


def found(name: str, quote: str = "", passage: str = "", pages: tuple[int, ...] = ()) -> Found:
    """A passage of the document."""
    return Found(frozenset({name}), quote, passage, pages)


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


def test_recall_and_hit_by_hand():
    """Recall counts documents, a hit is any relevant one among the first k."""
    passages = [found("x"), found("a"), found("a"), found("b")]
    assert hit(passages, {"a": 1}, 1) == 0.0
    assert hit(passages, {"a": 1}, 2) == 1.0
    assert recall(["x", "a", "b"], {"a": 1, "b": 1, "c": 1, "d": 1}, 10) == 0.5
    assert recall(["x", "a", "b"], {"b": 1}, 2) == 0.0


def test_ranking_counts_a_document_once_and_a_copy_by_its_right_name():
    """Second passages of a document take no rank; of two names the relevant one is meant."""
    copy = Found(frozenset({"m", "z"}), "", "", ())
    assert ranking([found("a"), found("a"), copy, found("b")], {"z"}) == ["a", "z", "b"]


@given(
    st.lists(st.integers(0, 4), max_size=12),
    st.lists(st.integers(0, 4), max_size=12),
)
def test_auroc_is_the_share_of_pairs_won(positive: list[int], negative: list[int]):
    """Equal to counting every pair, ties half; None where there is no pair."""
    pairs = [(p > n) + 0.5 * (p == n) for p in positive for n in negative]
    value = auroc([float(p) for p in positive], [float(n) for n in negative])
    assert value is None if not pairs else value == pytest.approx(sum(pairs) / len(pairs), abs=1e-12)


def test_auroc_by_hand():
    """0.9 and 0.5 against 0.5 and 0.1: three wins and a tie of four pairs."""
    assert auroc([0.9, 0.5], [0.5, 0.1]) == 0.875


def test_evidence_ignores_white_space_and_case_only():
    """A line break inside, or capitals, do not matter; a letter does; nothing contains no evidence."""
    assert contains(["It was Mosul\n in  1889."], ["x", "mosul in 1889"]) == 1.0
    assert contains(["Mosul in 1888"], ["Mosul in 1889"]) == 0.0
    assert contains(["anything"], []) == contains([], ["x"]) == contains(["anything"], [" "]) == 0.0


def test_mean_of_nothing_is_none():
    """No questions, no value."""
    assert mean([]) == Measure(None, 0)
    assert mean([0, 1, 1, 1]) == Measure(0.75, 4)


def test_measures_of_a_small_set():
    """Every measure of three questions worked by hand, and none that has no question."""
    right = Gold(True, {"a": 1}, ("seven",), frozenset({3, 4}), True)
    wrong = Gold(True, {"b": 1}, ("eight",), frozenset({9}), False)
    none = Gold(False, {}, (), frozenset(), False)
    outcomes = [
        Outcome(
            right, True, 0.9, (found("a", "It is Seven.", "It is Seven. So.", (4,)), found("b", pages=(1,)))
        ),
        Outcome(wrong, False, 0.4, (found("a", "no", "or eight", (9,)), found("b", "no", "is eight", (9,)))),
        Outcome(none, False, 0.4, (found("a"),)),
    ]
    assert measures(outcomes) == {
        "document hit@1": Measure(0.5, 2),
        "document hit@5": Measure(1.0, 2),
        "document recall@10": Measure(1.0, 2),
        "document nDCG@10": Measure((1 + 1 / math.log2(3)) / 2, 2),
        "evidence in quote@1": Measure(0.5, 2),
        "evidence in passage@1": Measure(1.0, 2),
        "evidence in quote@5": Measure(0.5, 2),
        "evidence in passage@5": Measure(1.0, 2),
        "page@1": Measure(0.5, 2),
        "page@5": Measure(1.0, 2),
        "page (text only)@1": Measure(1.0, 1),
        "page (text only)@5": Measure(1.0, 1),
        "answerable: not found": Measure(0.5, 2),
        "unanswerable: not found": Measure(1.0, 1),
        "confidence AUROC": Measure(0.75, 3),
    }
    assert measures([]) == {}
