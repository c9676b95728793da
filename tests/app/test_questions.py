"""What a question is and what it wants."""

import pytest

from app.answering.questions import MOST_CHARACTERS, checked, contradicts, holds, kind_of, wants_list
from app.phrases.reasons import terminal_line
from ingest.errors import UsageError


@pytest.mark.parametrize(
    "question",
    [
        "What are the key priorities of Iraq?",
        "Which questions should be answered?",
        "Which two Iraqi cities saw missionaries?",
        "And what are the results of that path?",
        "List the members of the pact.",
        "ما هي أولويات العراق؟",
    ],
)
def test_a_question_for_several_things_wants_a_list(question: str) -> None:
    """A plural asked for by what, which, list or their Arabic is a list."""
    assert wants_list(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is the second track about?",
        "Who signed the treaty?",
        "What does this mean?",
        "What was the treaty?",
        "How many tracks are there?",
        "What are you?",
        "ما هو حلف بغداد؟",
    ],
)
def test_a_question_for_one_thing_wants_no_list(question: str) -> None:
    """One thing, a person or a number is no list, whatever letter a verb ends in."""
    assert not wants_list(question)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When was the pact signed?", "time"),
        ("In what year did it end?", "time"),
        ("How many countries joined?", "number"),
        ("كم دولة شاركت؟", "number"),
        ("Who signed for Iraq?", "person"),
        ("من هو رئيس الوزراء؟", "person"),
        ("Where was it signed?", "place"),
        ("Why did it end?", "other"),
    ],
)
def test_the_question_word_tells_the_kind(question: str, kind: str) -> None:
    """When asks for a time, how many for a number, who for a person, where for a place."""
    assert kind_of(question) == kind


def test_a_year_of_the_question_is_no_answer_to_when() -> None:
    """A time counts only if the question did not bring it."""
    assert holds("time", "It was signed in 1955.", "When was it signed?")
    assert not holds("time", "The pact of 1955 was signed.", "When was the pact of 1955 signed?")


def test_a_name_of_the_question_is_no_answer_to_who() -> None:
    """A name counts only if the question did not bring it."""
    assert holds("person", "Then Charles Dawes signed.", "Who signed?")
    assert not holds("person", "The treaty with Iraq was signed.", "Who signed the treaty with Iraq?")


@pytest.mark.parametrize(
    ("sentence", "question", "expected"),
    [
        ("Former Iranian Ambassador Qomi spoke.", "Who is the American ambassador?", True),
        ("The American ambassador spoke.", "Who is the American ambassador?", False),
        ("The US ambassador spoke.", "Who is the American ambassador?", False),
        ("The Iranian and the American ambassador spoke.", "Who is the American ambassador?", False),
        ("The new ambassador spoke.", "Who is the American ambassador?", False),
        ("Al-Minaa won the cup.", "Who won the cup?", False),
        ("The goals of Iraq are these.", "What are the goals?", False),
        ("This ambassador spoke.", "Who is the American ambassador?", False),
        ("Ronald Reagan spoke.", "What did President Reagan say?", False),
        ("The Turkish army and the Iraqi army met.", "How large was the Iraqi army?", False),
    ],
)
def test_another_ones_thing_is_no_answer(sentence: str, question: str, expected: bool) -> None:
    """The ambassador of one country does not answer for that of another."""
    assert contradicts(sentence, question) is expected


def test_white_space_in_a_question_is_one_space() -> None:
    """Line breaks and tabs are white space, not control characters."""
    assert checked("  what\n is\tit? ") == "what is it?"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("", "no word"),
        (" ?!", "no word"),
        ("what\x00is", "U+0000"),
        ("what\x1b[31m", "U+001B"),
        ("\udcff", "U+DCFF"),
        ("x" * 50_000, "50000"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(question: str, found: str) -> None:
    """The line says what was found."""
    with pytest.raises(UsageError) as refused:
        checked(question)
    line = terminal_line(refused.value)
    assert line.startswith("expected a question")
    assert found in line
    assert line.isprintable()


def test_the_longest_question_is_accepted() -> None:
    """The limit itself is within it."""
    assert checked("x" * MOST_CHARACTERS) == "x" * MOST_CHARACTERS
