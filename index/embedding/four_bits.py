"""Matrices in four bits, in ggml's form Q4_0: a block of 32 numbers is a scale and 32 codes from 0 to 15.

A number is `(code - 8) * scale`. A block's largest number has the code 0: by it a block is known again.
A packed block is its scale in half precision, then 16 bytes, the first 16 codes in their lower halves.
"""

import numpy as np
import numpy.typing as npt

_BLOCK = 32
_BYTES = 2 + _BLOCK // 2

Pairs = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.float32]


def unpacked(raw: npt.NDArray[np.uint8]) -> Numbers:
    """The numbers of the packed blocks, `(32 * blocks,)`. Raises: ValueError for a part of a block."""
    blocks = raw.reshape(-1, _BYTES)
    scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    codes = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    return ((codes.astype(np.float32) - 8) * scales).reshape(-1)


def packed(table: Numbers) -> tuple[Pairs, npt.NDArray[np.float16]] | None:
    """Bytes of codes `(rows, blocks, 16)`, scales `(rows, blocks, 1)`; None of what did not come packed."""
    rows, columns = table.shape
    if columns % _BLOCK:
        return None
    blocks = table.reshape(rows, -1, _BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(-1, keepdims=True), -1)
    scales = (largest / -8).astype(np.float16)
    wide = scales.astype(np.float32)
    codes = np.rint(blocks / np.where(wide == 0, 1, wide)) + 8
    if not np.array_equal((codes - 8) * wide, blocks):
        return None
    low, high = np.split(codes, 2, axis=-1)
    return (low + 16 * high).astype(np.uint8), scales
