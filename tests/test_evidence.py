"""The evidence of a quote, worked by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.evidence import TermWeigher, margin
from index.types import Hit
from ingest.document import Passage, Span


def hit(number: int, lexical: float) -> Hit:
    """A hit of which only its BM25 matters."""
    return Hit(number, 1, ("a.txt",), Passage(0, 1, (Span(0, 1),), "", "x"), None, lexical, 1.0)


def even(word: str) -> float:
    """Every term as rare as the others."""
    return 1.0


def test_covered_is_the_share_of_terms_by_rarity() -> None:
    """Two of three equally rare terms; and two thirds of the weight, where one weighs double."""
    assert TermWeigher("Turkey signed pact", even).covered("The pact was signed.") == pytest.approx(2 / 3)
    rare = TermWeigher("Turkey signed pact", lambda word: 2.0 if word == "pact" else 1.0)
    assert rare.covered("The pact was signed.") == pytest.approx(3 / 4)


def test_paired_is_the_share_of_pairs_that_stand_together() -> None:
    """Of the pairs Turkey-signed, Turkey-pact and signed-pact the last alone stands near."""
    weigh = TermWeigher("Turkey signed pact", even)
    assert weigh.paired("The pact was signed after long talks. Turkey liked it.") == pytest.approx(1 / 3)


@given(st.text(), st.text())
def test_shares_are_shares(question: str, text: str) -> None:
    """Between 0 and 1 whatever is asked of whatever text."""
    weigh = TermWeigher(question, even)
    for share in (weigh.covered(text), weigh.paired(text)):
        assert 0.0 <= share <= 1.0 + 1e-9


def test_margin_is_the_distance_to_the_best_other_passage() -> None:
    """A half where the next has half as much; negative where another has more; 1 where it stands alone."""
    first, second = hit(1, 4.0), hit(2, 2.0)
    assert margin(first, [first, second]) == pytest.approx(0.5)
    assert margin(second, [first, second]) == pytest.approx(-1.0)
    assert margin(first, [first]) == pytest.approx(1.0)
    assert margin(hit(3, 0.0), [first]) == pytest.approx(-1.0)
    assert math.isfinite(margin(hit(3, 1e-9), [first]))
