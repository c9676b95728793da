"""Text to index terms: one form for the spellings of a word, English and Arabic."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

import snowballstemmer

from index.words.languages import arabic

_ACRONYM = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?")
_DOTTED = re.compile(r"\.[^\W\d_]\.")  # quick to look for, and in every acronym
_APOSTROPHE = re.compile(r"['’]s(?![^\W_])|(?<=[^\W_])['’](?=[^\W_])")
_WORD = re.compile(r"[^\W_]+")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_STOP = """
    a an the this that these those i you he she it we they me him her them my your his its our their
    is are was were be been being am do does did have has had can could will would shall should may might must
    of in on at to for from by with about into as and or but if than then there here not no so such
    what which who whom whose when where why how tell show give explain describe please list know want find
"""


def exact_terms(text: str) -> list[str]:
    """The words as they are spelt, case, width and Arabic vowel marks aside, in order."""
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        folded = arabic.fold(folded)
    if _DOTTED.search(folded):
        folded = _ACRONYM.sub(lambda match: match[0].replace(".", "") + " ", folded)
    if "'" in folded or "’" in folded:
        folded = _APOSTROPHE.sub("", folded)
    return (_ASCII_WORD if folded.isascii() else _WORD).findall(folded)


def terms(text: str) -> list[str]:
    """The words' stems, in order: what a text is indexed under."""
    return stems(exact_terms(text))


def stems(words: Iterable[str]) -> list[str]:
    """The stems of exact terms, in order."""
    return list(map(_stem, words))


def ranked_terms(words: Iterable[str]) -> list[str]:
    """What exact terms are ranked by: the stem of each and, of an Arabic word, its letter trigrams."""
    ranked: list[str] = []
    for word in words:
        ranked.append(_stem(word))
        if arabic.is_arabic_word(word):
            ranked.extend(arabic.trigrams(word))
    return ranked


def pairs(words: Iterable[str]) -> list[str]:
    """Each two exact terms that carry meaning and stand next to each other but for those that do not.

    A pair is one term, of both stems in alphabetic order: "price of oil" and "oil prices" share it.
    After the unordered windows of Metzler and Croft (2005), "A Markov random field model for term
    dependencies".
    """
    stop = _stop_words()
    kept = stems(word for word in words if word not in stop)
    return ["_".join(sorted(pair)) for pair in pairwise(kept)]


def question_terms(text: str) -> list[str]:
    """The stems of the question's words that carry meaning; of all of them where none does."""
    return stems(content_words(text) or exact_terms(text))


def content_words(text: str) -> list[str]:
    """The words that carry meaning, as they are spelt; none where none does."""
    stop = _stop_words()
    return [word for word in exact_terms(text) if word not in stop]


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    return frozenset(_STOP.split()) | arabic.STOP_WORDS


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    """The stem of one folded word: Snowball for English letters, a light one for Arabic, else itself."""
    if word.isascii() and word.isalpha():
        return str(snowballstemmer.stemmer("english").stemWord(word))
    if arabic.is_arabic_word(word):
        return arabic.stem(word)
    return word
