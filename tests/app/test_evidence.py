"""The evidence of a quote, worked by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answering.evidence import TermWeigher, lift, margin
from index.types import Hit, Query
from ingest.document import Passage, Span


def hit(number: int, score: float) -> Hit:
    """A hit of which only its score matters."""
    return Hit(number, 1, ("a.txt",), Passage(0, 1, (Span(0, 1),), "", "x"), None, 1.0, score)


def even(word: str) -> float:
    """Every term as rare as the others."""
    return 1.0


def test_covered_is_the_share_of_terms_by_rarity() -> None:
    """Two of three equally rare terms; three quarters, where one weighs double; added terms weigh half."""
    query = Query("Turkey signed pact")
    assert TermWeigher(query, even).covered("The pact was signed.") == pytest.approx(2 / 3)
    rare = TermWeigher(query, lambda word: 2.0 if word == "pact" else 1.0)
    assert rare.covered("The pact was signed.") == pytest.approx(3 / 4)
    added = TermWeigher(Query("Turkey", ("signed", "pact")), even)
    assert added.covered("The pact was signed.") == pytest.approx(1 / 2)


@given(st.text(), st.text())
def test_covered_is_a_share(question: str, text: str) -> None:
    """Between 0 and 1 whatever is asked of whatever text."""
    assert 0.0 <= TermWeigher(Query(question), even).covered(text) <= 1.0 + 1e-9


def test_margin_is_the_distance_to_the_best_other_passage() -> None:
    """The first's lead, below 0 for the others, 0 for equal ones and where a passage stands alone."""
    first, second, third = hit(1, 1.4), hit(2, 0.9), hit(3, -0.1)
    assert margin(first, [first, second, third]) == pytest.approx(0.5)
    assert margin(second, [first, second, third]) == pytest.approx(-0.5)
    assert margin(third, [first, second, third]) == pytest.approx(-1.5)
    assert margin(first, [first, hit(2, 1.4)]) == 0.0
    assert margin(first, [first]) == 0.0


def test_lift_is_the_distance_to_the_mean_cosine() -> None:
    """Of all that was found, as far as it has a cosine; none of its own lifts nothing."""
    first, second, third = (replace(hit(n, 1.0), dense=dense) for n, dense in ((1, 0.5), (2, 0.1), (3, None)))
    assert lift(first, [first, second, third]) == pytest.approx(0.2)
    assert lift(second, [first, second, third]) == pytest.approx(-0.2)
    assert lift(third, [first, second, third]) == lift(first, [first]) == 0.0
