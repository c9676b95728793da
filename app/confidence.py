"""The probability that a quote answers the question: a logistic model of the evidence.

Method: Platt (1999), "Probabilistic outputs for support vector machines", over several features.
There is one model for what the cross-encoder read, one for what only the search judged, and one for
words alone. `tests/fit_confidence.py` fits the constants and prints them with how well they did.
"""

import math

from app.evidence import Evidence

_LEAST_SHARE = 0.01
# In the order of `features`. The first from squad_v2_dev (500 questions), seeds (20) and 250 off the topic,
# 1,036 cases; the second from half as many; the third from arcd_train (250), 498 cases. AUROC of right
# first quotes on the half of the articles that was not fitted on:
_READ = (-3.24, 0.87, 0.86, 2.17, 2.02, 0.81)  # 0.869
_DENSE = (-5.02, 1.24, 5.37, 1.99, 0.71)  # 0.856
_LEXICAL = (-3.71, 4.22, 2.58, 0.43)  # 0.774


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
    words = (evidence.covered, evidence.margin, float(evidence.fitting))
    if evidence.answers is not None and evidence.share is not None:
        share = math.log(max(evidence.share, _LEAST_SHARE))
        return _READ, (1.0, evidence.answers, share, *words)
    if evidence.cosine is not None:
        return _DENSE, (1.0, evidence.cosine, *words)
    return _LEXICAL, (1.0, *words)
