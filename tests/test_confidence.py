"""Confidence as a probability."""

import math
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.confidence import confidence, features
from app.reader import Evidence

WEAK = Evidence(cosine=0.1, covered=0.0, paired=0.0, margin=-0.5, fitting=False)
share = st.floats(0, 1)
likeness = st.floats(-1, 1)
evidences = st.builds(
    Evidence,
    cosine=st.none() | likeness,
    covered=share,
    paired=share,
    margin=likeness,
    fitting=st.booleans(),
)


@given(evidences)
def test_confidence_is_a_probability(evidence: Evidence) -> None:
    """Between 0 and 1 for any evidence, with the model's vote or without."""
    assert 0.0 <= confidence(evidence) <= 1.0
    assert math.isfinite(sum(features(evidence)))


@given(evidences, share)
def test_more_of_the_question_in_the_quote_never_lowers_confidence(evidence: Evidence, more: float) -> None:
    """The constants say what they should: words of the question speak for a quote."""
    more = max(more, evidence.covered)
    assert confidence(replace(evidence, covered=more)) >= confidence(evidence)


def test_weak_evidence_is_below_the_default_threshold() -> None:
    """A passage that shares next to nothing with the question is no answer."""
    assert confidence(WEAK) < 0.1
    assert confidence(replace(WEAK, cosine=None)) < 0.1


def test_strong_evidence_is_above_the_default_threshold() -> None:
    """A sentence that says nearly what the question says is."""
    strong = Evidence(cosine=0.9, covered=1.0, paired=1.0, margin=0.6, fitting=True)
    assert confidence(strong) > 0.7
    assert confidence(replace(strong, cosine=None)) > 0.7
