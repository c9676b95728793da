"""What the parts of the web chat do, over a fake service."""

from pathlib import Path

import gradio as gr
import pytest

from app.phrases.languages import ENGLISH
from app.web.html.source import NO_SOURCE
from app.web.page.actions import Actions
from app.web.page.session import Session
from app.web.service.filters import Filter
from ingest.reasons import Reason
from tests.support.fake_service import FILES, FakeService

LEASE, RENEW = "When does the lease end?", "and can they renew?"
SEARCHED = "may the tenant renew the lease"


def asked(*questions: str) -> Session:
    """The session after these questions."""
    actions, session = Actions(FakeService(), ENGLISH), Session()
    for question in questions:
        *_, (_, _, session, _, _) = actions.ask(question, session, Filter())
    return session


def test_what_was_searched_is_asked_as_it_stands() -> None:
    """Without the turns before it, of which the person has just corrected what was made; the box is left."""
    assert asked(LEASE, RENEW).answers[-1].searched_as == SEARCHED
    posed = Actions(FakeService(), ENGLISH).pose(
        gr.EventData(None, {"question": "may they renew"}), asked(LEASE), Filter()
    )
    first, (box, _, session, _, _) = posed
    assert (first[0], box) == (gr.skip(), gr.skip())
    assert session.answers[-1].searched_as == "may they renew"


@pytest.mark.parametrize("data", [None, 7, {}, {"question": 7}, {"question": " "}])
def test_a_client_that_poses_nothing_changes_nothing(data: object) -> None:
    """An event can carry anything."""
    (shown,) = Actions(FakeService(), ENGLISH).pose(gr.EventData(None, data), asked(LEASE), Filter())
    assert shown == (gr.skip(),) * 5


def test_a_question_shows_what_is_searched_until_it_is_answered() -> None:
    """As many documents as there are, or are asked; nothing of it is remembered, and old offers go."""
    actions = Actions(FakeService(), ENGLISH)
    actions.refresh(-1, Filter())
    notes = Filter(documents=("notes.md",))
    for chosen, searching in ((Filter(), "Searching 5 documents"), (notes, "Searching 1 document…")):
        first, (_, done, session, _, _) = actions.ask(LEASE, Session(), chosen)
        assert (first[0], first[3]) == ("", "")
        assert searching in first[1][-1]["content"]
        assert [message["role"] for message in first[1]] == ["user", "assistant"]
        assert done == session.chat(ENGLISH)
        assert "Searching" not in done[-1]["content"]


@pytest.mark.parametrize(("typed", "box"), [("", "a question"), ("another", "another")])
def test_a_question_can_be_taken_back(typed: str, box: str) -> None:
    """Into the box, unless the person has begun another; the conversation is as before it."""
    session = asked(LEASE)
    event = gr.EventData(None, {"question": "a question"})
    assert Actions(FakeService(), ENGLISH).cancel(event, session, typed) == (box, session.chat(ENGLISH))


def test_questions_to_go_on_with_follow_an_answer() -> None:
    """None that was asked; none after no answer, and none where the document has been lost."""
    actions = Actions(FakeService(), ENGLISH)
    assert "May they renew the lease?" in actions.follow_ups(asked(LEASE), Filter())
    assert "May they renew" not in actions.follow_ups(asked("May they renew the lease?"), Filter())
    for session in (Session(), asked("unicorn"), asked("Where does the river rise?")):
        assert actions.follow_ups(session, Filter()) == ""


def test_no_source_stays_beside_an_answer_that_has_none() -> None:
    """Neither beside "not found" nor beside an error; that of an answer is shown by the page itself."""
    same = gr.skip()
    for question, panel in (("unicorn", NO_SOURCE), ("broken", NO_SOURCE), (LEASE, same), (" ", same)):
        *_, last = Actions(FakeService(), ENGLISH).ask(question, asked(LEASE, "unicorn"), Filter())
        assert last[4] == panel


def test_examples_appear_one_by_one() -> None:
    """Each as soon as it is known to be answered; none where there is nothing to ask."""
    offered = [update.examples for update in Actions(FakeService(), ENGLISH).examples()]
    assert [len(each) for each in offered] == [1, 2, 3, 4]
    assert offered[-1][0]["text"] == LEASE
    assert list(Actions(FakeService(FILES[:0]), ENGLISH).examples())[-1].examples == []


def test_a_question_goes_on_where_the_store_is(tmp_path: Path) -> None:
    """Two pages of one conversation: what the other has asked is shown with the next answer, in order."""
    actions = Actions(FakeService(folder=tmp_path), ENGLISH)
    *_, (_, _, first, _, _) = actions.ask(LEASE, Session(), Filter())
    *_, (_, _, other, _, _) = actions.ask("the river", first, Filter())
    *_, (_, chat, mine, _, _) = actions.ask("broken", first, Filter(documents=("notes.md",)))
    assert [exchange.question for exchange in mine.exchanges] == [LEASE, "the river", "broken"]
    assert mine.exchanges[2].filter == Filter(documents=("notes.md",))
    assert mine.conversation == other.conversation == first.conversation
    assert len(chat) == 6


def test_where_nothing_can_be_kept_the_chat_goes_on() -> None:
    """Answers come as ever, follow-ups lean on them, and one line says that they are not kept."""
    session = asked(LEASE, RENEW)
    assert [exchange.question for exchange in session.exchanges] == [LEASE, RENEW]
    assert session.answers[1].searched_as == SEARCHED
    assert session.unkept == Reason("conversations_unusable")


def test_a_filter_restricts_what_is_asked() -> None:
    """The answer says what it was filtered by; a filter that leaves nothing is said, and nothing asked."""
    actions = Actions(FakeService(), ENGLISH)
    *_, (_, chat, session, _, _) = actions.ask(LEASE, Session(), Filter(documents=("scan.pdf",)))
    assert session.answers[-1].status == "not_found"
    assert 'Filter: <bdi dir="auto">scan&#46;pdf</bdi>' in chat[1]["content"]
    assert [entry.path for entry in session.answers[-1].unread] == ["scan.pdf"]
    *_, (_, _, session, _, _) = actions.ask("a unicorn", Session(), Filter(languages=("ar",)))
    assert [entry.path for entry in session.answers[-1].unread] == ["secret.pdf"]  # of whatever language
    *_, (_, chat, session, _, _) = actions.ask(LEASE, Session(), Filter(until="1999-01-01"))
    assert session.answers == ()
    assert "leaves no document" in chat[1]["content"]
