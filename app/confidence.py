"""The probability that a quote answers the question: a logistic model of the evidence.

Method: Platt (1999), "Probabilistic outputs for support vector machines", over several features.
There is one model for what the cross-encoder read, one for what only the search judged, and one for
words alone. `tests/fit_confidence.py` fits the constants and prints them with how well they did.
"""

import math

from app.evidence import Evidence

_LEAST_SHARE = 0.01
# In the order of `features`. The first two from squad_v2_dev (500 questions), seeds (20) and 250 off
# the topic, 1,036 cases; the third from arcd_train (250), 498 cases. AUROC on the half not fitted on:
_READ = (-4.49, 0.99, 0.97, 1.41, 2.73, 0.00, 1.51, 1.04)  # 0.849
_DENSE = (-5.06, 1.52, 4.89, 0.17, 1.58, 0.75)  # 0.863
_LEXICAL = (-3.89, 4.12, 0.17, 1.85, 0.52)  # 0.783


def features(evidence: Evidence) -> tuple[float, ...]:
    """The numbers that the evidence's model weighs, a 1 for its constant first."""
    return _weighed(evidence)[1]


def confidence(evidence: Evidence) -> float:
    """Probability, 0 to 1, that the quote answers the question."""
    weights, values = _weighed(evidence)
    logit = sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def _weighed(evidence: Evidence) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The constants of the evidence's model, and the numbers that they weigh."""
    words = (evidence.covered, evidence.paired, evidence.margin, float(evidence.fitting))
    if evidence.answers is not None and evidence.share is not None:
        share = math.log(max(evidence.share, _LEAST_SHARE))
        return _READ, (1.0, evidence.answers, share, evidence.cosine or 0.0, *words)
    if evidence.cosine is not None:
        return _DENSE, (1.0, evidence.cosine, *words)
    return _LEXICAL, (1.0, *words)
