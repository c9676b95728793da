"""What the parts of the web chat do, over a fake service."""

import gradio as gr
import pytest

from app.web.actions import Actions
from app.web.session import Session
from app.web.words_en import ENGLISH
from tests.fake_service import FILES, FakeService

LEASE, RENEW = "When does the lease end?", "and can they renew?"
SEARCHED = "may the tenant renew the lease"


def asked(*questions: str) -> Session:
    """The session after these questions."""
    actions, session = Actions(FakeService(), ENGLISH), Session()
    for question in questions:
        *_, (_, _, session, _) = actions.ask(question, session, [])
    return session


def test_what_was_searched_is_asked_as_it_stands() -> None:
    """Without the turns before it, of which the person has just corrected what was made; the box is left."""
    assert asked(LEASE, RENEW).answers[-1].searched_as == SEARCHED
    posed = Actions(FakeService(), ENGLISH).pose(
        gr.EventData(None, {"question": "may they renew"}), asked(LEASE), []
    )
    first, (box, _, session, _) = posed
    assert (first[0], box) == (gr.skip(), gr.skip())
    assert session.answers[-1].searched_as == "may they renew"


@pytest.mark.parametrize("data", [None, 7, {}, {"question": 7}, {"question": " "}])
def test_a_client_that_poses_nothing_changes_nothing(data: object) -> None:
    """An event can carry anything."""
    (shown,) = Actions(FakeService(), ENGLISH).pose(gr.EventData(None, data), asked(LEASE), [])
    assert shown == (gr.skip(),) * 4


def test_a_question_shows_what_is_searched_until_it_is_answered() -> None:
    """As many documents as there are, or are asked; nothing of it is remembered, and old offers go."""
    actions = Actions(FakeService(), ENGLISH)
    actions.refresh(Session(generation=7), [])
    for chosen, searching in (([], "Searching 5 documents"), (["notes.md"], "Searching 1 document…")):
        first, (_, done, session, _) = actions.ask(LEASE, Session(), chosen)
        assert (first[0], first[3]) == ("", "")
        assert searching in first[1][-1]["content"]
        assert [message["role"] for message in first[1]] == ["user", "assistant"]
        assert done == session.chat()
        assert "Searching" not in done[-1]["content"]


@pytest.mark.parametrize(("typed", "box"), [("", "a question"), ("another", "another")])
def test_a_question_can_be_taken_back(typed: str, box: str) -> None:
    """Into the box, unless the person has begun another; the conversation is as before it."""
    session = asked(LEASE)
    event = gr.EventData(None, {"question": "a question"})
    assert Actions(FakeService(), ENGLISH).cancel(event, session, typed) == (box, session.chat())


def test_questions_to_go_on_with_follow_an_answer() -> None:
    """None that was asked; none after no answer, and none where the document has been lost."""
    actions = Actions(FakeService(), ENGLISH)
    assert "May they renew the lease?" in actions.follow_ups(asked(LEASE), [])
    assert "May they renew" not in actions.follow_ups(asked("May they renew the lease?"), [])
    for session in (Session(), asked("unicorn"), asked("Where does the river rise?")):
        assert actions.follow_ups(session, []) == ""


def test_examples_appear_one_by_one() -> None:
    """Each as soon as it is known to be answered; none where there is nothing to ask."""
    offered = [update.examples for update in Actions(FakeService(), ENGLISH).examples()]
    assert [len(each) for each in offered] == [1, 2, 3, 4]
    assert offered[-1][0]["text"] == LEASE
    assert list(Actions(FakeService(FILES[:0]), ENGLISH).examples())[-1].examples == []
