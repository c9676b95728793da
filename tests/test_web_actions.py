"""What the parts of the web chat do, over a fake service."""

from pathlib import Path

import gradio as gr
import pytest

from app.web.actions import Actions
from app.web.filters import Filter
from app.web.session import Session
from app.web.words_en import ENGLISH
from tests.fake_service import FakeService

LEASE, RENEW = "When does the lease end?", "and can they renew?"
SEARCHED = "may the tenant renew the lease"


def asked(*questions: str, edited: str = "") -> Session:
    """The session after these questions, the last of them sent from a box that held `edited`."""
    actions, session = Actions(FakeService(), ENGLISH), Session()
    for question in questions:
        last = edited if question == questions[-1] else ""
        *_, (_, _, session, _) = actions.ask(question, session, Filter(), last)
    return session


def test_an_edited_search_is_asked_as_it_stands() -> None:
    """Without the turns before it, of which the person has just corrected what was made."""
    assert asked(LEASE, RENEW).searched(1) == SEARCHED
    assert asked(LEASE, "may they renew", edited=SEARCHED).searched(1) == "may they renew"


def test_an_edit_given_up_is_forgotten() -> None:
    """A new question that keeps no word of the text to edit leans on the conversation as ever."""
    assert asked(LEASE, RENEW, edited="when does it end").searched(1) == SEARCHED


@pytest.mark.parametrize("turn", [2, -1, "0", None, 1.5])
def test_only_what_was_searched_here_can_be_edited(turn: object) -> None:
    """A client can name any turn; only those of its own session put a text into the box."""
    session = asked(LEASE, RENEW)
    skipped = Actions(FakeService(), ENGLISH).edit(gr.EventData(None, {"turn": turn}), session)
    assert skipped == (gr.skip(), gr.skip())
    found = Actions(FakeService(), ENGLISH).edit(gr.EventData(None, {"turn": 1}), session)
    assert found == (SEARCHED, SEARCHED)


def test_a_question_goes_on_where_the_store_is(tmp_path: Path) -> None:
    """Two pages of one conversation: what the other has asked is shown with the next answer, in order."""
    actions = Actions(FakeService(folder=tmp_path), ENGLISH)
    *_, (_, _, first, _) = actions.ask(LEASE, Session(), Filter())
    *_, (_, _, other, _) = actions.ask("the river", first, Filter())
    *_, (_, chat, mine, _) = actions.ask("broken", first, Filter(documents=("notes.md",)))
    assert [exchange.question for exchange in mine.exchanges] == [LEASE, "the river", "broken"]
    assert mine.exchanges[2].documents == ("notes.md",)
    assert mine.conversation == other.conversation == first.conversation
    assert len(chat) == 6


def test_where_nothing_can_be_kept_the_chat_goes_on() -> None:
    """Answers come as ever, follow-ups lean on them, and one line says that they are not kept."""
    session = asked(LEASE, RENEW)
    assert [exchange.question for exchange in session.exchanges] == [LEASE, RENEW]
    assert session.answers[1].searched_as == SEARCHED
    assert session.unkept.startswith("cannot use")


def test_a_filter_restricts_what_is_asked() -> None:
    """The answer says what it was filtered by; a filter that leaves nothing is said, and nothing asked."""
    actions = Actions(FakeService(), ENGLISH)
    *_, (_, chat, session, _) = actions.ask(LEASE, Session(), Filter(documents=("scan.pdf",)))
    assert session.answers[-1].status == "not_found"
    assert 'Only from: <bdi dir="auto">scan&#46;pdf</bdi>' in chat[1]["content"]
    *_, (_, chat, session, _) = actions.ask(LEASE, Session(), Filter(until="1999-01-01"))
    assert session.answers == ()
    assert "leaves no document" in chat[1]["content"]
