"""From a question to its query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answering.batch import turns
from app.answering.query import query_of, spelt
from index.types import Query
from index.words.terms import terms


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=4))
def test_a_query_is_the_question_and_what_it_leaves_out(question: str, earlier: list[str]) -> None:
    """To the letter; each word added says something new; asked again right away it is the same."""
    query = query_of(question, turns(earlier))
    assert query.text == question
    said = set(terms(question, query.language))
    for word in query.added:
        assert not said.issuperset(terms(word, query.language))
        said.update(terms(word, query.language))
    assert query_of(question, turns([*earlier, question])) == query


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ('Who said "I do not care"?', ["I do not care"]),
        ("“capital of\nFrance” or «عاصمة»", ["capital of\nFrance", "عاصمة"]),
        ('capital of "France', []),
        ('capital of France "', []),
        ('"" capital', []),
        ('"..."', []),
    ],
)
def test_words_in_double_quotes_are_phrases(question: str, phrases: list[str]) -> None:
    """Quote marks around nothing, or a single one, quote nothing."""
    assert query_of(question) == Query(question, (), tuple(phrases))


def test_brackets_of_a_question_are_its_own() -> None:
    """What a person wrote in them is no added word, and what is added to it stands behind them."""
    assert query_of("What is the GDP (nominal)?") == Query("What is the GDP (nominal)?")
    searched = query_of("And its GDP (nominal)", turns(["Who rules Iraq?"]))
    assert searched == Query("And its GDP (nominal)", ("rules", "Iraq"))
    assert str(searched) == "And its GDP (nominal) (rules Iraq)"


class Dictionary:
    """Knows what two words are slips of."""

    def meant(self, word: str, language: str) -> str:
        return {"direcotr": "director", "musuem": "museum", "tower": "power"}.get(word, word)


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("Who is the direcotr of the Musuem?", "Who is the director of the Museum?"),
        ('Who wrote "direcotr"?', 'Who wrote "direcotr"?'),
        ("Who is the director?", "Who is the director?"),
        ("What is direcotr1 in 4musuem?", "What is direcotr1 in 4musuem?"),
        ("Who built the tower?", "Who built the tower?"),
    ],
)
def test_a_slip_is_put_right_in_its_place(question: str, searched: str) -> None:
    """With its capital, all else to the letter; words in quotes or in codes are meant as they stand."""
    assert spelt(query_of(question), Dictionary(), {"tower"}.__contains__).text == searched
