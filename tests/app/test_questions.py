"""What can be asked."""

import pytest

from app.answering.questions import MOST_CHARACTERS, checked
from app.phrases.reasons import terminal_line
from ingest.errors import UsageError


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
