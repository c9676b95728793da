"""The phrases of the web chat: the same parts in every language, none of them markup, plurals right."""

from dataclasses import astuple, fields
from string import Formatter

import pytest

from app.phrases.languages import ARABIC, ENGLISH, LANGUAGES
from app.phrases.words import Words

APART = ("reasons", "details")  # see tests/app/test_reasons.py and the last test here
NAMES = [field.name for field in fields(Words) if field.name not in APART]


def forms(words: Words, name: str) -> list[str]:
    """The phrase of that name, in each of its numbers."""
    phrase = getattr(words, name)
    return [phrase] if isinstance(phrase, str) else list(astuple(phrase))


def parts(phrase: str) -> set[str]:
    """What is to be filled in."""
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


@pytest.mark.parametrize("name", NAMES)
def test_languages_take_the_same_parts(name: str) -> None:
    """No phrase is empty; each takes what the English takes; only a number may be said in words."""
    (expected,) = {frozenset(parts(form)) for form in forms(ENGLISH, name)[1:] or forms(ENGLISH, name)}
    for words in LANGUAGES:
        for form in forms(words, name):
            assert form.strip()
            assert parts(form) <= expected
            assert expected - parts(form) <= ({"n"} if len(forms(words, name)) > 1 else set())


@pytest.mark.parametrize("name", NAMES)
def test_phrases_are_plain_text(name: str) -> None:
    """Nothing in them is markup of HTML or Markdown, so that they stand there as they are."""
    for words in LANGUAGES:
        assert not set("".join(forms(words, name))) & set("<>&\"'`*_[]")


@pytest.mark.parametrize(
    ("n", "english", "arabic"),
    [
        (0, "0 documents", "0 مستند"),
        (1, "1 document", "مستند واحد"),
        (2, "2 documents", "مستندان"),
        (3, "3 documents", "3 مستندات"),
        (10, "10 documents", "10 مستندات"),
        (11, "11 documents", "11 مستندًا"),
        (99, "99 documents", "99 مستندًا"),
        (100, "100 documents", "100 مستند"),
        (102, "102 documents", "102 مستند"),
        (1103, "1,103 documents", "1,103 مستندات"),
    ],
)
def test_counts_read_right(n: int, english: str, arabic: str) -> None:
    """Two numbers in English, the five of CLDR in Arabic."""
    assert ENGLISH.n_documents(n) == english
    assert ARABIC.n_documents(n) == arabic


def test_languages_name_the_same_details() -> None:
    """Each in words, none empty."""
    for words in LANGUAGES:
        assert words.details.keys() == ENGLISH.details.keys()
        assert all(words.details.values())
