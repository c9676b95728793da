"""Which words of a question a passage holds, spelt as the passage spells them."""

import re
from dataclasses import dataclass

from index.words.terms import language_by_stop_words, question_terms, terms

_EDGES = re.compile(r"^\W+|[^\w\u064b-\u0652]+$")  # what ends in an Arabic vowel mark keeps it
_DOTTED = re.compile(r"(?:\w\.){2,}")  # "U.S."


@dataclass(frozen=True, slots=True)
class Matched:
    """The words that a question searches for, each where it was met first.

    Those in the passage and, of the others, those in the headings above it are spelt as they stand
    there; the rest, which are `missing`, as in the question.
    """

    passage: tuple[str, ...]
    headings: tuple[str, ...]
    missing: tuple[str, ...]


def matched(question: str, passage: str, headings: str) -> Matched:
    """The question's words by where they stand; the index's analysis says which are the same word."""
    language = language_by_stop_words(question, language_by_stop_words(passage, "en"))
    wanted = set(question_terms(question, language))
    above = wanted.difference(terms(passage, language))
    missing = above.difference(terms(headings, language))
    return Matched(
        _spelt(passage, wanted, language),
        _spelt(headings, above, language),
        _spelt(question, missing, language),
    )


def _spelt(text: str, wanted: set[str], language: str) -> tuple[str, ...]:
    """The first word of the text for each of these terms, without the marks around it."""
    spelt, left = [], set(wanted)
    for word in text.split():
        if held := left.intersection(terms(word, language)):
            left -= held
            spelt.append(word if _DOTTED.fullmatch(word) else _EDGES.sub("", word))
    return tuple(spelt)
