"""The numbers that a text says, as values: 1,500,000 and "1.5 million" are one."""

import re
from collections.abc import Iterator

from ingest.languages import language_of_word
from ingest.languages.arabic import fold

_TOKEN = re.compile(r"(?P<digits>\d{1,3}(?:[,٬]\d{3})+(?:[.٫]\d+)?|\d+(?:[.٫]\d+)?)|(?P<word>[^\W\d_]+)")
_BETWEEN = re.compile(r"[\s\-\u2010\u2011]*")
_MULTIPLIES = 100  # number words from which on one multiplies what stands before it


def numbers(text: str, language: str) -> frozenset[float]:
    """The values of the numbers in the text, written in digits, in words of its language, or both.

    `numbers("thirty-two of 2,400 thousand", "en") -> {32.0, 2400000.0}`
    """
    return frozenset(_values(fold(text.casefold()), language))


def _values(text: str, language: str) -> Iterator[float]:
    value: float | None = None
    end = 0
    for match in _TOKEN.finditer(text):
        token = _value(match, language)
        joined = value is not None and _BETWEEN.fullmatch(text, end, match.start()) is not None
        if value is not None and not (joined and token is not None and (match["word"] or value == 0)):
            yield value
            value = None
        if token is not None:
            value = _together(value, token)
            end = match.end()
    if value is not None:
        yield value


def _value(match: re.Match[str], language: str) -> float | None:
    """What one token is worth; None for a word that is no number."""
    if match["digits"]:
        return float(match["digits"].replace(",", "").replace("٬", "").replace("٫", "."))
    known = language_of_word(match["word"], language)
    return known.numbers.get(match["word"]) if known is not None else None


def _together(value: float | None, more: float) -> float:
    """Two numbers said one behind the other: 2 and 1000 are 2000, 30 and 2 are 32."""
    if value is None:
        return more
    return value * more if more >= _MULTIPLIES else value + more
