"""If a page is read as its text layer says or as its picture shows."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence

from ingest.languages import LANGUAGES
from ingest.layout.lines import Line
from ingest.ocr.lines import picture_lines
from ingest.reasons import Reason
from ingest.recognised import RecognisedPage

_FEW = 200  # letters: a stamp or a header on a scan has fewer
_MOST = 0.5  # share of the page that a scan's picture covers
_MORE = 1.5  # times as many letters make the picture the page
_UNMAPPED = 0.1  # share of characters without a meaning from which a layer is no text
_LEAST = 40  # words, or characters, that a layer is judged by
_STOP_WORDS = 0.02  # share of a text's words that are stop words of some language, at least
_VOWELS = (0.25, 0.6)  # share of the letters in the Latin script, in all languages that were looked at
_LATIN = LANGUAGES[0].script


def choose(
    lines: list[Line],
    picture_share: Callable[[], float],
    recognised: Mapping[int, RecognisedPage] | None,
    number: int,
) -> tuple[list[Line], Reason | None]:
    """The lines of the page's text layer, or those recognised; what the ledger says of them.

    The layer's where it is text, and until it is known what its picture says. `picture_share` is how much
    of the page its pictures cover; `recognised` as in `picture_lines`.
    """
    if not lines:
        return picture_lines(recognised, number)
    garbled = is_garbled(lines)
    if not garbled and (_letters(lines) >= _FEW or picture_share() < _MOST):
        return lines, None
    if recognised is None:
        return lines, Reason("garbled" if garbled else "mostly_picture")
    found, reason = picture_lines(recognised, number)
    if reason.code == "awaits_recognition":
        return lines, reason
    if found and (not is_garbled(found) if garbled else _letters(found) > _MORE * _letters(lines)):
        return found, reason
    return lines, Reason("garbled") if garbled else None


def is_garbled(lines: Sequence[Line]) -> bool:
    """True if what a layer holds is no text: its letters have no meaning, or those of another alphabet."""
    text = " ".join(line.text for line in lines)
    visible = text.replace(" ", "")
    if len(visible) < _LEAST:
        return False
    if sum(map(_is_unmapped, visible)) > _UNMAPPED * len(visible):
        return True
    return _has_odd_letters([word.lower() for word in text.split() if word.isalpha() and word.isascii()])


def _has_odd_letters(words: Sequence[str]) -> bool:
    """True if the words, enough of them, are of no language known, nor have the vowels of any other."""
    stop_words = [one.stop_words for one in LANGUAGES if one.script == _LATIN]
    known = sum(any(word in each for each in stop_words) for word in words)
    if len(words) < _LEAST or known > _STOP_WORDS * len(words):
        return False
    letters = "".join(words)
    return not _VOWELS[0] <= sum(letter in "aeiouy" for letter in letters) / len(letters) <= _VOWELS[1]


def _is_unmapped(character: str) -> bool:
    """True if it stands for nothing: U+FFFD, or a code that Unicode leaves to fonts or to nobody."""
    return character == "\ufffd" or unicodedata.category(character) in ("Co", "Cn", "Cc")


def _letters(lines: Sequence[Line]) -> int:
    return sum(character.isalnum() for line in lines for character in line.text)
