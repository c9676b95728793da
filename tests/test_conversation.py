"""What a follow-up is searched as."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer import Turn
from app.conversation import complete


def asked(*questions: str) -> list[Turn]:
    """Earlier questions, oldest first."""
    return [Turn("user", question) for question in questions]


@pytest.mark.parametrize(
    ("before", "question", "searched"),
    [
        ("What is the second track about?", "And what are the results of that path?", "second track"),
        ("What does Iraq want in the economy?", "What about corruption?", "Iraq economy"),
        ("Who signed the Baghdad Pact?", "When did they sign it?", "Baghdad Pact"),
        ("Who signed the Baghdad Pact?", "Why?", "signed Baghdad Pact"),
        ("ما هو حلف بغداد؟", "وماذا عن تركيا؟", "حلف بغداد"),
    ],
)
def test_a_follow_up_is_completed_from_the_question_before(before: str, question: str, searched: str) -> None:
    """The words left out stand in brackets behind the question as it was asked."""
    assert complete(question, asked(before)) == f"{question} ({searched})"


def test_a_question_that_stands_alone_is_left_alone() -> None:
    """A conversation does not change what does not lean on it."""
    question = "Which countries joined the Baghdad Pact in 1955?"
    assert complete(question, asked("What is the second track about?")) == question


def test_without_a_history_nothing_is_added() -> None:
    """The first question of a conversation is searched as it is, however short."""
    assert complete("And that?", []) == "And that?"


def test_a_chain_of_follow_ups_keeps_its_subject() -> None:
    """A follow-up to a follow-up still knows what the first question was about."""
    searched = complete("And in 1990?", asked("What did Kuwait export?", "And to whom?"))
    assert searched.startswith("And in 1990? (")
    assert "Kuwait" in searched


def test_only_words_the_user_asked_are_added() -> None:
    """An earlier answer, which may be long and off the point, adds nothing."""
    history = [Turn("user", "Who signed the pact?"), Turn("assistant", "Nuri al-Said signed for Iraq.")]
    assert "Nuri" not in complete("And when?", history)


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=4))
def test_the_question_itself_is_never_changed(question: str, earlier: list[str]) -> None:
    """Whatever was asked before, what is searched begins with the question, to the letter."""
    assert complete(question, asked(*earlier)).startswith(question)
