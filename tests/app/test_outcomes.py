"""Tests of judging what came of questions."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.evaluation.metrics import Measure
from app.evaluation.outcomes import (
    Gold,
    Outcome,
    QuotedPassage,
    curve,
    hit,
    judged,
    measures,
    ranking,
    reliability,
)

NOTHING = Gold(True, {}, (), frozenset(), False)


def cited(
    name: str, quote: str = "", passage: str = "", pages: tuple[int, ...] = (), span: str | None = None
) -> QuotedPassage:
    """A passage of the document."""
    return QuotedPassage(frozenset({name}), quote, passage, pages, span)


def test_hit_is_any_relevant_passage():
    """Among the first k passages, not documents."""
    passages = [cited("x"), cited("a"), cited("a"), cited("b")]
    assert hit(passages, {"a": 1}, 1) == 0.0
    assert hit(passages, {"a": 1}, 2) == 1.0


def test_ranking_counts_a_document_once_and_a_copy_by_its_right_name():
    """Second passages of a document take no rank; of two names the relevant one is meant."""
    copy = QuotedPassage(frozenset({"m", "z"}), "", "", ())
    assert ranking([cited("a"), cited("a"), copy, cited("b")], {"z"}) == ["a", "z", "b"]


@pytest.mark.parametrize(
    ("gold", "right"),
    [
        (replace(NOTHING, evidence=("seven",)), True),
        (replace(NOTHING, evidence=("eight",), relevance={"a": 1}), False),
        (replace(NOTHING, evidence=(" ",), relevance={"a": 1}), True),
        (replace(NOTHING, relevance={"b": 1}), False),
        (NOTHING, None),
        (replace(NOTHING, answerable=False, relevance={"a": 1}), False),
    ],
)
def test_right_is_by_evidence_before_document(gold: Gold, right: bool | None):
    """Only the first quote counts; nothing known is no verdict; the unanswerable is never right."""
    outcome = Outcome(gold, True, 0.5, (cited("a", "It is seven."), cited("b", "It is eight.")))
    assert outcome.right is right
    assert judged([outcome]) == ([] if right is None else [(0.5, right)])


def test_nothing_found_is_not_right():
    """Where something was to be found."""
    assert Outcome(replace(NOTHING, evidence=("x",)), False, 0.0, ()).right is False
    assert Outcome(replace(NOTHING, relevance={"a": 1}), False, 0.0, ()).right is False


def test_measures_of_a_small_set():
    """Every measure of three questions worked by hand, and none that has no question."""
    right = Gold(
        True,
        {"a": 1},
        ("seven",),
        frozenset({3, 4}),
        True,
        answers=("seven",),
        sentences=("It is not seven.",),
    )
    wrong = Gold(
        True, {"b": 1}, ("eight",), frozenset({9}), False, answers=("eight",), sentences=("x",), table=True
    )
    none = Gold(False, {}, (), frozenset(), False)
    quote = cited("a", "It is Seven.", "It is Seven. So.", (4,), "is Seven")
    outcomes = [
        Outcome(right, True, 0.9, (quote, cited("b", pages=(1,)))),
        Outcome(wrong, False, 0.4, (cited("a", "no", "or eight", (9,)), cited("b", "no", "is eight", (9,)))),
        Outcome(none, True, 0.4, (cited("a"),)),
    ]
    half = (1 + 1 / math.log2(3)) / 2
    assert measures(outcomes) == {
        "document hit@1": Measure(0.5, 2),
        "document hit@5": Measure(1.0, 2),
        "document recall@10": Measure(1.0, 2),
        "document nDCG@5": Measure(half, 2),
        "document nDCG@10": Measure(half, 2),
        "document MAP@10": Measure(0.75, 2),
        "evidence in quote@1": Measure(0.5, 2),
        "evidence in passage@1": Measure(1.0, 2),
        "evidence in quote@5": Measure(0.5, 2),
        "evidence in passage@5": Measure(1.0, 2),
        "sentence F1": Measure(pytest.approx((6 / 7 + 0) / 2), 2),
        "answer span exact": Measure(0.0, 1),
        "answer span F1": Measure(pytest.approx(2 / 3), 1),
        "page@1": Measure(0.5, 2),
        "page@5": Measure(1.0, 2),
        "page (text only)@1": Measure(1.0, 1),
        "page (text only)@5": Measure(1.0, 1),
        "page (table)@1": Measure(0.0, 1),
        "page (table)@5": Measure(1.0, 1),
        "answerable: not found": Measure(0.5, 2),
        "unanswerable: not found": Measure(0.0, 1),
        "false answers": Measure(1.0, 1),
        "confidence AUROC": Measure(0.75, 3),
        "coverage": Measure(pytest.approx(2 / 3), 3),
        "risk": Measure(0.5, 2),
        "shown": Measure(pytest.approx(2 / 3), 3),
        "area under risk-coverage": Measure(pytest.approx((0 + 1 / 2 + 2 / 3) / 3), 3),
        "calibration error": Measure(pytest.approx((0.1 + 0.4 + 0.4) / 3), 3),
    }
    assert measures([]) == {}


def test_possible_answers_are_shown_and_not_answered():
    """Coverage and risk are of answers alone; "not found" is what shows nothing."""
    gold = replace(NOTHING, evidence=("seven",))
    told = measures(
        [
            Outcome(gold, True, 0.9, (cited("a", "seven"),)),
            Outcome(gold, False, 0.2, (cited("a", "seven"),), possible=True),
            Outcome(gold, False, 0.1, (cited("a", "eight"),), possible=True),
            Outcome(gold, False, 0.0, ()),
        ]
    )
    assert (told["coverage"], told["risk"]) == (Measure(0.25, 4), Measure(0.0, 1))
    assert (told["shown"], told["possible: right"]) == (Measure(0.75, 4), Measure(0.5, 2))
    assert told["answerable: not found"] == Measure(0.25, 4)


def test_follow_ups_are_also_measured_apart():
    """Where a set has any; each group by the same measures, with its own count."""
    gold = replace(NOTHING, relevance={"a": 1})
    first, later = Outcome(gold, True, 0.9, (cited("a"),)), Outcome(gold, True, 0.9, (cited("b"),), True)
    both = measures([first, first, later])
    assert both["document hit@1"] == Measure(pytest.approx(2 / 3), 3)
    assert both["document (follow-ups) hit@1"] == both["document (follow-ups) MAP@10"] == Measure(0.0, 1)
    assert both["document (first turns) nDCG@5"] == Measure(1.0, 2)
    assert not [name for name in measures([first]) if "(" in name]
    assert not [name for name in measures([later]) if "first turns" in name]


def test_no_span_and_no_sentence_is_no_measure():
    """A span is compared where one was marked; a quote that is missing shares no word."""
    gold = replace(NOTHING, answers=("seven",), evidence=("seven",))
    assert "answer span exact" not in measures([Outcome(gold, True, 1.0, (cited("a", "seven"),))])
    assert "sentence F1" not in measures([Outcome(gold, True, 1.0, (cited("a", "seven"),))])
    assert measures([Outcome(replace(gold, sentences=("x",)), False, 0.0, ())])["sentence F1"] == Measure(
        0.0, 1
    )


OUTCOMES = st.lists(
    st.builds(
        lambda answerable, quote, sure: Outcome(
            replace(NOTHING, answerable=answerable, evidence=("seven",)),
            sure >= 0.5,
            sure,
            (cited("a", quote),),
        ),
        st.booleans(),
        st.sampled_from(["seven", "eight"]),
        st.sampled_from([0.0, 0.3, 0.5, 0.7, 1.0]),
    ),
    min_size=1,
    max_size=25,
)


@given(OUTCOMES)
def test_the_threshold_is_a_point_of_the_curve(outcomes: list[Outcome]):
    """Coverage and risk at the threshold are where the curve has answered as many questions."""
    named = measures(outcomes)
    answered = sum(outcome.answered for outcome in outcomes)
    assert named["coverage"] == Measure(answered / len(outcomes), len(outcomes))
    if answered:
        assert curve(outcomes)[answered - 1] == (
            named["coverage"].value,
            pytest.approx(named["risk"].value),
        )
    else:
        assert "risk" not in named


@given(OUTCOMES, st.randoms())
def test_measures_do_not_depend_on_the_order_of_questions(outcomes: list[Outcome], random):
    """And each is from 0 to 1."""
    named = measures(outcomes)
    assert named.keys() == (again := measures(random.sample(outcomes, len(outcomes)))).keys()
    for name, measure in named.items():
        assert 0 <= measure.value <= 1 + 1e-12
        assert again[name] == Measure(pytest.approx(measure.value), measure.n)
    assert sum(each.n for each in reliability(outcomes)) == len(outcomes)
