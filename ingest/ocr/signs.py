"""Signs that Tesseract misreads though the picture shows them: bullets; figures and commas in Arabic."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ingest.characters import is_arabic
from ingest.ocr.engine import Box, FoundLine, FoundWord, figures

if TYPE_CHECKING:
    from PIL.Image import Image

_BULLET = "•"
_DISC = 0.65  # of its box that a bullet fills at least; a disc fills 0.79
_ROUND = 1.35  # times as long as wide, at most
_SMALLEST, _LARGEST = 0.1, 0.45  # a bullet's height, in heights of its line
_SPACE = 0.25  # behind it, in heights of its line
_SURE = 90.0  # confidence of a sign that the picture shows
_RANGE = re.compile(r"(\d+)([-–—])(\d+)(?=\D*$)")
_PER_CENT = re.compile(r"^%(\d[\d.,]*)")
_FIGURE = re.compile(r"\d")
_ENDS = ".,:/-–"
_END = re.compile(r"[.,:،]?$")
_SURE_OF_OTHERS = 60.0  # confidence from which English data are taken to read other figures rightly
_SURE_ALONE = 80.0  # from which Arabic data are, where these read none or are below
_DOUBTING = 40.0
_MARGIN = 8  # pixels around a word
_COMMAS = str.maketrans(",;?", "،؛؟")


def mended(line: FoundLine, ink: npt.NDArray[np.bool_], picture: "Image | None") -> FoundLine:
    """The line with a bullet that it begins with and, in Arabic, its figures and commas as they were written.

    `ink` is true where the picture is dark; without the picture itself, figures are not looked at again.
    """
    arabic = is_arabic(" ".join(word.text for word in line.words))
    words = line.words
    if bullet := _bullet(ink, line.box, arabic):
        words = (FoundWord(_BULLET, _SURE, bullet), *_without(words, bullet))
    if arabic:
        words = tuple(_checked(word, picture) if _FIGURE.search(word.text) else word for word in words)
        words = tuple(replace(word, text=_as_written(word.text)) for word in words)
    return replace(line, words=words)


def _bullet(ink: npt.NDArray[np.bool_], line: Box, from_right: bool) -> Box | None:
    """The box of the disc that the line begins with, with space behind it; None where it has none."""
    left, top, right, bottom = line
    part = ink[top:bottom, left:right]
    height = bottom - top
    columns = np.flatnonzero(part.any(axis=0))
    if from_right:
        columns = columns[::-1]
    gaps = np.flatnonzero(np.abs(np.diff(columns)) > _SPACE * height)
    if not len(gaps):
        return None
    first, last = sorted((int(columns[0]), int(columns[gaps[0]])))
    sign = part[:, first : last + 1]
    rows = np.flatnonzero(sign.any(axis=1))
    above, below = int(rows[0]), int(rows[-1]) + 1
    wide, tall = last + 1 - first, below - above
    is_small = _SMALLEST * height <= tall <= _LARGEST * height
    is_round = max(wide, tall) <= _ROUND * min(wide, tall) and sign[above:below].mean() >= _DISC
    is_raised = height - below > tall / 2  # a full stop stands on the line
    if not (is_small and is_round and is_raised):
        return None
    return left + first, top + above, left + last + 1, top + below


def _without(words: tuple[FoundWord, ...], bullet: Box) -> tuple[FoundWord, ...]:
    """The words without what was read for the bullet: one of them, or how the first begins."""
    first, *rest = words
    covered = first.box[2] - first.box[0] <= 2 * (bullet[2] - bullet[0])
    if covered:
        return tuple(rest)
    touches = first.box[0] < bullet[2] and bullet[0] < first.box[2]
    text = first.text[1:] if touches else first.text
    return (replace(first, text=text), *rest) if text else tuple(rest)


def _checked(word: FoundWord, picture: "Image | None") -> FoundWord:
    """The word with its figures as English data read them, where they are sure of others.

    The Arabic data lose European figures and do not know Arabic ones: what neither reads surely is in doubt.
    """
    left, top, right, bottom = word.box
    around = (left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN)
    text, confidence = figures(picture, around) if picture else ("", 0.0)
    others = _figures(text)
    if others == _figures(word.text):
        return word
    if others and confidence >= _SURE_OF_OTHERS:
        return replace(word, text=text.strip(_ENDS) + _END.findall(word.text)[0], confidence=confidence)
    sure = word.confidence >= _SURE_ALONE and (not others or confidence < _DOUBTING)
    return word if sure else replace(word, confidence=0.0)


def _figures(text: str) -> list[str]:
    return _FIGURE.findall(text)


def _as_written(text: str) -> str:
    """A word of an Arabic line: its last comma is an Arabic one, and it begins on its right."""
    text = _PER_CENT.sub(r"\1%", text[:-1] + text[-1:].translate(_COMMAS))
    return _RANGE.sub(r"\3\2\1", text)
