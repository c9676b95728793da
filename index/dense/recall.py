"""How many of the nearest vectors a search finds, measured beside going through all of them."""

from collections.abc import Callable, Collection

import numpy as np

from index.dense.segments import Stored, batches
from index.types import Ids, Vectors

_ASKED = 100
_COSINE = 0.65  # of a question and the passage that answers it, about


def recall(search: Callable[[Vectors, int], Collection[int]], ids: Ids, stored: Stored, k: int = 10) -> float:
    """Share of the k nearest of these ids that `search` finds, 0 to 1, the mean of a hundred questions.

    A question is the vector of one of the ids, turned in a random direction until it is about as far
    from it as a question is from its answer.
    """
    queries = _questions(ids, stored)
    cosines = np.full((len(queries), k), -np.inf, dtype=np.float32)
    nearest = np.full((len(queries), k), -1)
    for batch, vectors in batches(ids, stored):
        cosines = np.hstack([cosines, queries @ vectors.T])
        nearest = np.hstack([nearest, np.broadcast_to(batch, (len(queries), len(batch)))])
        best = np.argsort(-cosines, axis=1)[:, :k]
        cosines, nearest = (np.take_along_axis(one, best, axis=1) for one in (cosines, nearest))
    agreed = [
        len(set(search(query, k)) & set(row)) for query, row in zip(queries, nearest.tolist(), strict=True)
    ]
    return float(np.mean(agreed)) / min(k, len(ids))


def _questions(ids: Ids, stored: Stored) -> Vectors:
    """Unit rows, the same ones for the same ids."""
    chance = np.random.default_rng(0)
    rows = stored(np.sort(chance.choice(ids, min(_ASKED, len(ids)), replace=False)).tolist())
    aside = chance.standard_normal(rows.shape, dtype=np.float32)
    aside -= np.sum(aside * rows, axis=1, keepdims=True) * rows
    aside /= np.linalg.norm(aside, axis=1, keepdims=True)
    return np.asarray(_COSINE * rows + np.sqrt(1 - _COSINE**2) * aside, dtype=np.float32)
