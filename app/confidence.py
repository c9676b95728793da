"""The probability that a quote answers the question: a logistic model of the reader's evidence.

Method: Platt (1999), "Probabilistic outputs for support vector machines", over several features.
`tests/fit_confidence.py` fits the constants and prints them with how well they did.
"""

import math

from app.reader import Evidence

# In the order of `features`, as fitted on 249 cases of squad_v2_dev (170 questions), 35 of
# seeds (20 questions) and, for the second, 496 of arcd_train (250 questions).
_DENSE = (-5.10, 2.77, 2.48, 0.59, 1.22, 1.16)
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
