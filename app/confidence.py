"""The probability that a quote answers the question: a logistic model of the reader's evidence.

Method: Platt (1999), "Probabilistic outputs for support vector machines", over several features.
`tests/fit_confidence.py` fits the constants and prints this table and how well it did.
"""

import math

from app.reader import Evidence

# PLACEHOLDER
_DENSE = (-6.0, 4.0, 3.0, 1.5, 1.5, 0.5, 0.5)
_LEXICAL = (-4.0, 2.0, 2.0, 0.5, 0.5)


def features(evidence: Evidence) -> tuple[float, ...]:
    """The numbers that the model weighs, a 1 for its constant first."""
    likeness = () if evidence.cosine is None else (evidence.cosine, evidence.passage_cosine or 0.0)
    words = (evidence.covered, evidence.passage_covered, evidence.margin)
    return (1.0, *likeness, *words, float(evidence.fitting))


def confidence(evidence: Evidence) -> float:
    """Probability, 0 to 1, that the quote answers the question."""
    weights = _LEXICAL if evidence.cosine is None else _DENSE
    logit = sum(weight * value for weight, value in zip(weights, features(evidence), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
