"""A picture of a page turned until its lines run level, and boxes turned back."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

_LOOKED_AT = 1000  # pixels of the longer side of the picture in which the skew is measured
_MOST = 45  # degrees of skew that are looked for; beyond is another way up
_LEVEL = 0.25  # degrees of skew that are left
_PAPER = 255
_SPECKS = 0.02  # share of the pixels; clean print has 0.006, a photocopy of it 0.009
_SPREAD = 3  # pixels; strokes at 300 dots an inch are wider

_Places = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Straight:
    """A picture turned by `angle` degrees, against the clock; `width` and `height` are the original's."""

    picture: Image.Image
    angle: float
    width: int
    height: int

    def box(self, left: int, top: int, right: int, bottom: int) -> tuple[float, float, float, float]:
        """The smallest upright box of the original around this one, in fractions of it."""
        cos, sin = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        across = [x - self.picture.width / 2 for x in (left, right)]
        down = [y - self.picture.height / 2 for y in (top, bottom)]
        xs = [(x * cos - y * sin) / self.width + 0.5 for x in across for y in down]
        ys = [(x * sin + y * cos) / self.height + 0.5 for x in across for y in down]
        sides = (min(xs), min(ys), max(xs), max(ys))
        left_, top_, right_, bottom_ = (round(min(max(side, 0.0), 1.0), 4) for side in sides)
        return left_, top_, right_, bottom_


def turned(picture: Image.Image, angle: float) -> Straight:
    """The grey picture turned by these degrees against the clock, white where it had nothing."""
    result = picture
    if angle:
        result = picture.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=_PAPER)
    return Straight(result, angle, picture.width, picture.height)


def is_noisy(picture: Image.Image) -> bool:
    """True if specks are all over the grey picture: print has few edges that a median takes for specks."""
    grey = np.asarray(picture)
    ink = Image.fromarray((grey < _threshold(grey)).astype(np.uint8) * _PAPER)
    return bool((np.asarray(ink) != np.asarray(ink.filter(ImageFilter.MedianFilter(5)))).mean() > _SPECKS)


def smoothed(picture: Image.Image) -> Image.Image:
    """The picture with its specks spread thin."""
    return picture.filter(ImageFilter.GaussianBlur(_SPREAD))


def skew(picture: Image.Image) -> float:
    """By how many degrees to turn the picture against the clock so that its lines run level or upright.

    Between -45 and 45, the one at which ink and paper alternate most from row to row or from column to
    column (W. Postl, 1986).
    """
    small = picture.convert("L")
    small.thumbnail((_LOOKED_AT, _LOOKED_AT))
    x, y = _ink(np.asarray(small))
    if not len(x):
        return 0.0
    coarse = max(range(-_MOST, _MOST + 1), key=lambda angle: _alternation(x, y, angle))
    near = [coarse + step / 10 for step in range(-10, 11)]
    best = max(near, key=lambda angle: _alternation(x, y, angle))
    return best if abs(best) > _LEVEL else 0.0


def _ink(grey: npt.NDArray[np.uint8]) -> tuple[_Places, _Places]:
    """Where the pixels are that are the fewer of the dark and the light, from the middle."""
    dark = grey < _threshold(grey)
    if dark.mean() > 0.5:
        dark = ~dark
    down, across = np.nonzero(dark)
    return across - grey.shape[1] / 2, down - grey.shape[0] / 2


def _threshold(grey: npt.NDArray[np.uint8]) -> int:
    """What parts dark from light best (N. Otsu, 1979)."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    below, total = np.cumsum(counts), grey.size
    weighed = np.cumsum(counts * np.arange(256))
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (weighed[-1] * below / total - weighed) ** 2 / (below * (total - below))
    return int(np.argmax(np.nan_to_num(between))) + 1


def _alternation(x: _Places, y: _Places, angle: float) -> float:
    """How much the ink of neighbouring rows, or columns, differs once the picture is turned by the angle."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return max(_differences(y * cos - x * sin), _differences(x * cos + y * sin))


def _differences(places: _Places) -> float:
    """The sum of the squared differences; a place between two rows counts for both."""
    places = places + _LOOKED_AT
    rows = places.astype(np.int64)
    share = places - rows
    ink = np.bincount(rows, 1 - share, 2 * _LOOKED_AT) + np.bincount(rows + 1, share, 2 * _LOOKED_AT)
    return float(np.sum(np.diff(ink) ** 2))
