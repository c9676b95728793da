"""Rows of token ids as one array."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def padded(rows: Sequence[Sequence[int]], filler: int = 0) -> npt.NDArray[np.int64]:
    """The rows as one array `(len(rows), longest)`, filled up at their ends; at least one column."""
    longest = max(1, *map(len, rows))
    return np.array([[*row, *[filler] * (longest - len(row))] for row in rows], dtype=np.int64)
