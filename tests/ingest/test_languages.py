"""What is known of each language holds together, and numbers are read as values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.languages import BY_CODE, LANGUAGES, language_of_word, spoken
from ingest.languages.arabic import fold
from ingest.languages.language import Language, counted
from ingest.languages.numbers import numbers


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_language_is_of_one_shape(language: Language) -> None:
    """Its words are as the index folds them, its numbers count up."""
    everything = {*language.stop_words, *language.numbers}
    assert [word for word in everything if fold(word.casefold()) != word] == []
    assert {0, 10, 100, 1000} <= set(language.numbers.values())
    assert len(language.stop_words) > 50
    assert BY_CODE[language.code] is language


def test_number_words_are_counted_in_order() -> None:
    """Names of one number are joined by a bar."""
    assert counted("one|an two", 1) == {"one": 1, "an": 1, "two": 2}
    assert counted("twenty thirty", 20, 10) == {"twenty": 20, "thirty": 30}


@pytest.mark.parametrize(
    ("word", "code", "expected"),
    [
        ("haus", "de", "de"),
        ("haus", "ar", "en"),
        ("قلم", "en", "ar"),
        ("книга", "en", "ru"),
        ("日本", "en", None),
    ],
)
def test_a_word_of_another_script_has_its_language(word: str, code: str, expected: str | None) -> None:
    """A German text may hold an Arabic word; a Japanese one has no language here."""
    known = language_of_word(word, code)
    assert (known.code if known else None) == expected


def test_two_languages_that_lead_tell_nothing() -> None:
    """One word, "a", is a stop word in several; the caller's guess stands."""
    assert spoken(["a"], "tr") == "tr"
    assert spoken([], "de") == "de"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("1.5 million", "en", {1_500_000}),
        ("1,500,000", "en", {1_500_000}),
        ("2,400 thousand of thirty-two", "en", {2_400_000, 32}),
        ("two hundred and five", "en", {200, 5}),  # "and" may as well join two numbers
        ("10 12", "en", {10, 12}),
        ("höchstens zehn", "de", {10}),
        ("dreißig", "de", {30}),
        ("deux millions", "fr", {2_000_000}),
        ("ثلاثون", "ar", {30}),
        ("١٬٢٠٠", "ar", {1200}),
        ("3.5%", "en", {3.5}),
        ("zero", "en", {0}),
        ("none", "en", set()),
        ("", "en", set()),
    ],
)
def test_numbers_are_values(text: str, language: str, expected: set[float]) -> None:
    """In digits, in words, or in both together."""
    assert numbers(text, language) == expected


@given(st.integers(0, 10**9))
def test_digits_are_read_back(value: int) -> None:
    """With separators or without."""
    assert numbers(f"{value}", "en") == numbers(f"{value:,}", "en") == {value}
