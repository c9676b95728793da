"""How what is offered in an answer's place looks at a terminal."""

import io

import pytest

from app.command_line.offered import print_reply
from app.command_line.terminal import console_of
from app.phrases.languages import ENGLISH
from tests.support.fake_service import FakeService


def printed(question: str) -> str:
    """What a terminal shows, without colours, each paragraph on a line."""
    out = io.StringIO()
    print_reply(FakeService().ask(question), console_of(out, {"COLUMNS": "400"}))
    return out.getvalue()


def test_an_outline_is_headings_over_sentences() -> None:
    """Under a line that says why, and the document's name; each sentence with its number."""
    lines = printed("Summarize the river report").split("\n")
    assert lines[:2] == [ENGLISH.quotes_only, ENGLISH.its_outline]
    assert [line.strip() for line in lines[2:] if line] == [
        "Rivers of the north · rivers.pdf",
        "Water · pp. 1–2, PDF pages 2–3",
        "It is fed by snow and",
        "runs to the sea. [1]",
        "Water › Depth",
        "It is deep. [2]",
    ]


def test_documents_to_choose_among_say_how_they_are_asked_for() -> None:
    """With their paths; that there are more is a number."""
    text = printed("Summarize this paper")
    assert "Outline of Office lease (contracts/lease.pdf)" in text
    assert text.endswith("and 1,200 more\n")


def test_what_is_compared_is_named_with_its_number() -> None:
    """Above the quotes; that nothing was found on a thing is said."""
    text = printed("Compare the term, the renewal and the fee of the lease")
    assert text.startswith(f"{ENGLISH.quotes_only}\n{ENGLISH.on_each}\n  the term: [1]\n  the renewal: [2]\n")
    assert f"  the fee: {ENGLISH.nothing_on}\n" in text
    assert "The lease ends on 31 March 2027. [2]" in text


@pytest.mark.parametrize(
    "question", ["What can you do?", "Who feeds the unicorn?", "When does the lease end?"]
)
def test_that_nothing_is_written_is_said_where_it_was_asked_for_alone(question: str) -> None:
    """Not to who asks what can be asked, nor beside an ordinary answer."""
    text = printed(question)
    assert ENGLISH.quotes_only not in text
    assert (ENGLISH.can_answer in text) == ("can you" in question)
