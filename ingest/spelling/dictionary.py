"""The word lists of a spelling checker, with how often each word stands in subtitles of films."""

from functools import cache

from spellchecker import SpellChecker


@cache
def _list(code: str) -> SpellChecker:
    """The list of a language, loaded when a text first needs it: a third of a second, 30 MB."""
    return SpellChecker(language=code)


def count(word: str, code: str) -> int:
    """How often the word, in small letters, was found in that language; 0 if it is not in the list."""
    return int(_list(code).word_frequency[word])


def is_english(word: str) -> bool:
    """True if the word, in small letters, is one of the 160,000 in the list, inflected forms among them."""
    return word in _list("en")
