"""The probability that a quote answers the question: a logistic model of the reader's evidence.

Method: Platt (1999), "Probabilistic outputs for support vector machines", over several features.
`tests/fit_confidence.py` fits the constants and prints them with how well they did.
"""

import math

from app.reader import Evidence

# In the order of `features`. The first from squad_v2_dev (170 questions) and seeds (20), 282 cases;
# the second from arcd_train (250 questions), 496 cases.
_DENSE = (-7.24, 3.30, 4.33, 0.00, 0.86, 2.27)  # AUROC on the half not fitted on: 0.832
_LEXICAL = (-4.90, 2.99, 1.96, 2.13, 1.63)


def features(evidence: Evidence) -> tuple[float, ...]:
    """The numbers that the model weighs, a 1 for its constant first."""
    likeness = () if evidence.cosine is None else (evidence.cosine,)
    return (1.0, *likeness, evidence.covered, evidence.paired, evidence.margin, float(evidence.fitting))


def confidence(evidence: Evidence) -> float:
    """Probability, 0 to 1, that the quote answers the question."""
    weights = _LEXICAL if evidence.cosine is None else _DENSE
    logit = sum(weight * value for weight, value in zip(weights, features(evidence), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
