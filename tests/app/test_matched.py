"""Which words of a question a passage holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answering.matched import Matched, matched


@pytest.mark.parametrize(
    ("question", "passage", "headings", "expected"),
    [
        (
            "When was the Baghdad Pact signed?",
            "Iraq signed it (the “pact”) in 1955.",
            "The Baghdad Pact",
            Matched(("signed", "pact"), ("Baghdad",), ()),
        ),
        (
            "Do U.S. troops leave?",
            "The U.S. withdrew its troops.",
            "",
            Matched(("U.S.", "troops"), (), ("leave",)),
        ),
        (
            "متى وُقّعت الاتفاقية الأمنية؟",
            "ووقّع البلدان اتفاقيةً في عام 2008.",
            "الملف الأمني",
            Matched(("اتفاقيةً",), ("الأمني",), ("وُقّعت",)),
        ),
        ("Pacts, a pact and the pact's end", "A pact. Another pact.", "", Matched(("pact",), (), ("end",))),
        ("حوار dialogue", "The dialogue, الحوار", "", Matched(("dialogue", "الحوار"), (), ())),
        ("lease", "", "", Matched((), (), ("lease",))),
    ],
)
def test_each_word_is_spelt_as_it_stands(
    question: str, passage: str, headings: str, expected: Matched
) -> None:
    """Where it was met: other endings, vowel marks and punctuation make no other word."""
    assert matched(question, passage, headings) == expected


@given(st.text(), st.text(), st.text())
def test_words_are_of_their_texts(question: str, passage: str, headings: str) -> None:
    """Whatever the texts: what is shown of one stands in it."""
    found = matched(question, passage, headings)
    for words, text in ((found.passage, passage), (found.headings, headings), (found.missing, question)):
        assert all(word in text for word in words)
