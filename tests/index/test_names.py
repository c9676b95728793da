"""A document is named by the words of its path."""

import pytest

from index.words.names import Names
from index.words.terms import content_words

NAMES = Names(
    {
        1: ("filings/COSTCO_2021_10K.pdf",),
        2: ("filings/NETFLIX_2015_10K.pdf", "old/streaming.pdf"),
        3: ("filings/0042.pdf",),
    },
    "en",
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did Costco earn?", {1: 1.0}),
        ("Costco's revenue in FY2021", {1: 2.0}),
        ("Costco or Netflix in 2015", {1: 1.0, 2: 2.0}),
        ("Which filing is about streams?", {1: 1.0, 2: 2.0, 3: 1.0}),  # a folder, and a copy's name
        ("What does 0042 say of 10 percent?", {}),  # numbers that are no years name nothing
        ("What is it?", {}),
    ],
)
def test_named(question: str, expected: dict[int, float]) -> None:
    """Each different word of the question counts once for each document with it in a path."""
    assert NAMES.named(content_words(question, "en"), lambda _: 1.0) == expected


@pytest.mark.parametrize("name", ["", ".", "/", "a/", "..pdf"])
def test_a_name_that_is_no_file_name_names_nothing(name: str) -> None:
    """Ids of a data set can be anything."""
    assert Names({1: (name,)}, "en").named(["pdf"], lambda _: 1.0) in ({}, {1: 1.0})


def test_only_a_suffix_is_left_out() -> None:
    """What stands behind a full stop may be a part of the name."""
    names = Names({1: ("Apple Inc. 10-K 2021",), 2: ("report.docx",)}, "en")
    assert names.named(["2021"], lambda _: 1.0) == {1: 1.0}
    assert names.named(["docx"], lambda _: 1.0) == {}


def test_rare_words_name_more() -> None:
    """A word counts by its rarity, and rarity is asked for by stem."""
    assert NAMES.named(["filings", "costco"], {"file": 0.5, "costco": 3.0}.__getitem__)[1] == 3.5
