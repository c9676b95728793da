"""A space within a word does not keep its sentence from being found."""

import pytest

from ingest.passages import passages_of
from ingest.read import read
from ingest.spelling.meant import mended_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a harmoni c  chord", "harmonic"),
        ("the repla cement of the bea ring, the repla cement", "replacement bearing"),
        ("In Octo ber it rained.", "october"),
        ("a car and a park", ""),  # each is a word
        ("plan b is a good one", ""),
        ("the Miller Son s of York", ""),  # too short
        ("we saw a gain in May", ""),  # "again" is one, but so are both halves
        ("the SES met", ""),
        ("the rive, rbank", ""),
        ("", ""),
    ],
)
def test_halves_that_are_no_words_are_put_together(text: str, words: str) -> None:
    """If together they are one that is used; two words stay two."""
    assert mended_words(text) == words


def test_the_passage_is_found_by_the_whole_word_and_stays_as_it_stands() -> None:
    """Only in what it is found by is the word whole, and only in English."""
    text = "The committee took a strate gic decision on the repla cement of the old bridge over the river."
    (passage,) = passages_of(read(text.encode(), "a.txt"), 100)
    assert (passage.text, passage.context) == (text, "strategic replacement")
    german = (
        "Der Ausschuss hat den Er satz der alten Bruecke ueber den Fluss beschlossen und sofort begonnen."
    )
    assert passages_of(read(german.encode(), "a.txt"), 100)[0].context == ""
