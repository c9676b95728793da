"""Ink on a level page that no line was found of, in bands that may be lines."""

from collections.abc import Iterator, Sequence
from statistics import median

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from ingest.ocr.engine import Box

_APART = 0.15  # of a line's height: rows without ink that part two bands
_LOWEST, _HIGHEST = 0.4, 2.0  # heights of a band, in lines
_NARROWEST = 1.0  # its width, in heights of a line
_MARGIN = 0.2  # of a line's height, left around a band
_SPECK = 5  # pixels within which specks are no ink
_INK = 2  # pixels that make a row one with ink


def left_over(page: npt.NDArray[np.bool_], lines: Sequence[Box]) -> Iterator[Box]:
    """The bands of the page's ink outside the lines that were found, those that are as high as these."""
    ink = np.array(Image.fromarray(page).convert("L").filter(ImageFilter.MedianFilter(_SPECK))).astype(bool)
    for left, top, right, bottom in lines:
        ink[top:bottom, left:right] = False
    height = median(bottom - top for _, top, _, bottom in lines)
    margin = round(_MARGIN * height)
    for top, bottom in _bands(ink.sum(axis=1) >= _INK, round(_APART * height)):
        across = np.flatnonzero(ink[top:bottom].any(axis=0))
        left, right = int(across[0]), int(across[-1]) + 1
        if _LOWEST * height <= bottom - top <= _HIGHEST * height and right - left >= _NARROWEST * height:
            yield (
                max(left - margin, 0),
                max(top - margin, 0),
                min(right + margin, ink.shape[1]),
                min(bottom + margin, ink.shape[0]),
            )


def _bands(rows: npt.NDArray[np.bool_], apart: int) -> Iterator[tuple[int, int]]:
    """Where runs of true rows begin and end; at most `apart` false ones stand within a run."""
    places = np.flatnonzero(rows)
    if not len(places):
        return
    breaks = np.flatnonzero(np.diff(places) > apart + 1)
    for first, last in zip([0, *(breaks + 1)], [*breaks, len(places) - 1], strict=True):
        yield int(places[first]), int(places[last]) + 1
