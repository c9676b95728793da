"""Slips of the pen are counted and put right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words.spelling import meant, slips, slips_allowed

words = st.text(alphabet="abcde", max_size=8)


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("direcotr", "director", 1),
        ("vistors", "visitors", 1),
        ("musuem", "museum", 1),
        ("photografy", "photography", 2),
        ("", "abc", 3),
        ("same", "same", 0),
        ("المدسة", "المدرسة", 1),
    ],
)
def test_slips(one: str, other: str, count: int) -> None:
    """A letter changed, left out, put in, or swapped with its neighbour is one."""
    assert slips(one, other) == count


@given(words, words)
def test_slips_are_a_distance(one: str, other: str) -> None:
    """The same both ways, none between equals, at least the difference in length."""
    assert slips(one, other) == slips(other, one)
    assert (slips(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= slips(one, other) <= max(len(one), len(other))


@pytest.mark.parametrize(
    ("word", "allowed"), [("1956", 0), ("wen", 0), ("musem", 1), ("photografy", 2), ("b2b20", 0)]
)
def test_short_words_and_numbers_are_left_as_they_are(word: str, allowed: int) -> None:
    """They are near too many others."""
    assert slips_allowed(word) == allowed


def test_the_nearest_word_is_meant_and_of_these_the_most_frequent() -> None:
    """Nothing near is the word itself."""
    counts = {"visitors": 3, "victors": 9, "visors": 1}
    assert meant("vistors", counts, counts.__getitem__) == "victors"
    assert meant("vissitors", counts, counts.__getitem__) == "visitors"
    assert meant("norway", counts, counts.__getitem__) == "norway"
    assert meant("direcotr", {"direct": 5}, {"direct": 5}.__getitem__) == "direcotr"
