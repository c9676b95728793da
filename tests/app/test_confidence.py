"""Confidence as a probability."""

import math
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.answering.evidence import Constants, Evidence, confidence, constants_of, features, is_calibrated
from ingest.settings import MULTILINGUAL_MODEL, PACKAGED_MODEL

ENGLISH, SEVERAL = constants_of(PACKAGED_MODEL), constants_of(MULTILINGUAL_MODEL)
WEAK = Evidence(answers=-3.0, share=0.2, cosine=0.1, covered=0.0, margin=-0.5, lift=-0.2)
STRONG = Evidence(answers=3.0, share=0.95, cosine=0.9, covered=1.0, margin=0.6, lift=0.3)
share = st.floats(0, 1)
likeness = st.floats(-1, 1)
read = st.tuples(st.floats(-30, 30), share) | st.just((None, None))
evidences = st.builds(
    lambda read, **rest: Evidence(*read, **rest),
    read=read,
    cosine=st.none() | likeness,
    covered=share,
    margin=st.floats(-3, 3),
    lift=likeness,
    foreign=st.booleans(),
)


def unread(evidence: Evidence) -> Evidence:
    """The evidence without what the cross-encoder says."""
    return replace(evidence, answers=None, share=None)


@given(evidences, st.sampled_from([ENGLISH, SEVERAL]))
def test_confidence_is_a_probability(evidence: Evidence, constants: Constants) -> None:
    """Between 0 and 1 for any evidence, with the model's vote or without."""
    assert 0.0 <= confidence(evidence, constants) <= 1.0
    assert math.isfinite(sum(features(evidence, constants)))


@given(evidences, share, st.sampled_from([ENGLISH, SEVERAL]))
def test_more_of_the_question_in_the_quote_never_lowers_confidence(
    evidence: Evidence, more: float, constants: Constants
) -> None:
    """The constants say what they should: words of the question speak for a quote."""
    more = max(more, evidence.covered)
    assert confidence(replace(evidence, covered=more), constants) >= confidence(evidence, constants)


def test_weak_evidence_is_below_the_default_threshold() -> None:
    """A passage that shares next to nothing with the question is no answer."""
    for weak in (WEAK, unread(WEAK), replace(unread(WEAK), cosine=None)):
        assert confidence(weak, ENGLISH) < 0.1


def test_strong_evidence_is_above_the_default_threshold() -> None:
    """A sentence that says nearly what the question says is."""
    for strong in (STRONG, unread(STRONG), replace(unread(STRONG), cosine=None)):
        assert confidence(strong, ENGLISH) > 0.7


@given(evidences, likeness, st.sampled_from([ENGLISH, SEVERAL]))
def test_a_passage_that_stands_out_more_is_surer(
    evidence: Evidence, more: float, constants: Constants
) -> None:
    """As is one that the reader thinks better of; both, where it was read at all."""
    better = replace(evidence, lift=max(more, evidence.lift))
    assert confidence(better, constants) >= confidence(evidence, constants)


def test_constants_are_a_models_own() -> None:
    """In int8 too; a model that nobody fitted them for has the packaged one's, and is not calibrated."""
    assert constants_of(f"{MULTILINGUAL_MODEL} in int8") == SEVERAL != ENGLISH
    assert constants_of("some/other") == ENGLISH
    known = (PACKAGED_MODEL, MULTILINGUAL_MODEL, f"{PACKAGED_MODEL} in int8", "some/other")
    assert list(map(is_calibrated, known)) == [True, True, True, False]
