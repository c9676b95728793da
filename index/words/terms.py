"""Text to index terms: one form for the spellings of a word, by the language that it is in.

`language` is a two-letter code everywhere here. A word in another script than that language's is taken
for one of the first known language of its script: Arabic words in an English text get Arabic stems.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from ingest.characters import SUPERSCRIPT, UNSPACED
from ingest.languages import language_of_word, spoken, written
from ingest.languages.arabic import fold

_ACRONYM = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?")
_DOTTED = re.compile(r"\.[^\W\d_]\.")  # quick to look for, and in every acronym
_APOSTROPHE = re.compile(r"['’]s(?![^\W_])|(?<=[^\W_])['’](?=[^\W_])")
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_RUNS = re.compile(rf"{UNSPACED.pattern}+|[^{UNSPACED.pattern[1:-1]}]+")
_MARK = re.compile(rf"(?<=\S){SUPERSCRIPT}+")
_ASCII_WORD = re.compile(r"[a-z0-9]+")


def exact_terms(text: str) -> list[str]:
    """The words as they are spelt, case, width and Arabic vowel marks aside, in order.

    What is raised behind a word is no part of it: "$320¹" is 320, "km²" is km.
    """
    folded = text.casefold()
    if not folded.isascii():
        text = _MARK.sub(" ", text)
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        folded = fold(folded)
    if _DOTTED.search(folded):
        folded = _ACRONYM.sub(lambda match: match[0].replace(".", "") + " ", folded)
    if "'" in folded or "’" in folded:
        folded = _APOSTROPHE.sub("", folded)
    if folded.isascii():
        return _ASCII_WORD.findall(folded)
    words = _WORD.findall(folded)
    return [part for word in words for part in _parted(word)] if UNSPACED.search(folded) else words


def _parted(word: str) -> Iterator[str]:
    """A run of a script that is written without spaces as each two neighbours: "図書館" -> 図書, 書館."""
    for run in _RUNS.findall(word):
        if UNSPACED.match(run) and len(run) > 1:
            yield from map("".join, pairwise(run))
        else:
            yield run


def language_by_stop_words(text: str, otherwise: str) -> str:
    """The code of the language that most of the text's stop words belong to; `otherwise` if none leads."""
    return spoken(exact_terms(text), otherwise)


def language_of_text(text: str, otherwise: str) -> str:
    """As `language_by_stop_words`, but never a language of another script than most of the words.

    `language_of_text("عاصمة مصر", "en") -> "ar"`. It is "und" where nothing is known of that script.
    Addresses of the web are in no language.
    """
    words = [word for word in exact_terms(_ADDRESS.sub("", text)) if word.isalpha()]
    return spoken(words, written(words, otherwise))


def terms(text: str, language: str) -> list[str]:
    """The words' stems, in order: what a text is indexed under."""
    return stems(exact_terms(text), language)


def stems(words: Iterable[str], language: str) -> list[str]:
    """The stems of exact terms, in order: `stems(["treaties", "of"], "en") -> ["treati", "of"]`."""
    return [_stem(word, language) for word in words]


def ranked_terms(words: Iterable[str], language: str) -> list[str]:
    """What exact terms are ranked by: the stem of each and, of an Arabic word, its letter trigrams."""
    ranked: list[str] = []
    for word in words:
        ranked.append(_stem(word, language))
        ranked.extend(_parts(word, language))
    return ranked


def has_parts(word: str, language: str) -> bool:
    """True if the exact term is ranked by parts of it too, so that a slip in it leaves most of them."""
    return bool(_parts(word, language))


def pairs(words: Iterable[str], language: str) -> list[str]:
    """Pairs of neighbouring exact terms that carry meaning, stop words between them skipped.

    A pair is one term, of both stems in alphabetic order: "price of oil" and "oil prices" both give
    "oil_price".
    After the unordered windows of Metzler and Croft (2005), "A Markov random field model for term
    dependencies".
    """
    kept = stems((word for word in words if not _is_stop_word(word, language)), language)
    return ["_".join(sorted(pair)) for pair in pairwise(kept)]


def question_terms(text: str, language: str) -> list[str]:
    """The stems of the question's words that carry meaning; of all of them where none does."""
    return stems(content_words(text, language) or exact_terms(text), language)


def content_words(text: str, language: str) -> list[str]:
    """The words that carry meaning, as they are spelt; none where none does."""
    return telling_words(exact_terms(text), language)


def telling_words(words: Iterable[str], language: str) -> list[str]:
    """The exact terms that carry meaning, in order."""
    return [word for word in words if not _is_stop_word(word, language)]


def _is_stop_word(word: str, language: str) -> bool:
    """True if the word's language has it among its stop words."""
    known = language_of_word(word, language)
    return known is not None and word in known.stop_words


@lru_cache(maxsize=200_000)
def _stem(word: str, language: str) -> str:
    """The stem of one folded word; the word itself if it holds a digit or nothing knows its language."""
    known = language_of_word(word, language) if word.isalpha() else None
    return known.stem(word) if known is not None else word


@lru_cache(maxsize=50_000)
def _parts(word: str, language: str) -> tuple[str, ...]:
    known = language_of_word(word, language) if word.isalpha() else None
    return tuple(known.parts(word)) if known is not None else ()
