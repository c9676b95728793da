"""What one page of the web chat remembers: what a follow-up leans on, what a link may open."""

import pytest

from app.answering.answer import Turn
from app.phrases.languages import ENGLISH
from app.web.page.session import Session
from app.web.service.conversations import Conversation
from app.web.service.exchange import Exchange
from app.web.service.filters import Filter
from ingest.reasons import Reason
from tests.support.fake_service import ARABIC, NOTES, REPORT, FakeService


def asked(*questions: str) -> Session:
    """The session after these questions; "broken" is an error."""
    service = FakeService()
    exchanges = tuple(
        Exchange(question, Filter(), None, Reason("no_word"))
        if question == "broken"
        else Exchange(question, Filter(), service.ask(question))
        for question in questions
    )
    return Session().after(Conversation("A" * 16, "title", "2026-11-26", exchanges))


@pytest.mark.parametrize(
    "link",
    ["0-0", "0-3", "1-1", "2-1", "-1-1", "0-1 ", "x", "", None, 7, {"id": "0-1"}, "٠-١٢", "0-" + "9" * 99],
)
def test_a_link_opens_only_what_was_shown(link: object) -> None:
    """A client can ask for any id; only those of this session's own answers open anything."""
    session = asked("the lease", "broken")
    assert session.source(link) is None
    assert session.source("0-2") is not None


def test_a_session_remembers_turns_but_not_errors() -> None:
    """Follow-ups see questions and answers; a failed question and a "not found" text are no context."""
    session = asked("حوار", "broken", "unicorn")
    assert session.turns == (
        Turn("user", "حوار"),
        Turn("assistant", f"{ARABIC} [1]", ("a" * 64,)),
        Turn("user", "unicorn"),
    )
    assert [message["role"] for message in session.chat(ENGLISH)] == ["user", "assistant"] * 3


def test_an_offer_is_no_topic_but_what_it_quotes_is_remembered() -> None:
    """No follow-up takes words of it; "this paper" is the one that it outlined."""
    session = asked("Summarize the river report", "What can you do?")
    quoted = (REPORT.sha256, NOTES.sha256)
    assert session.turns == (Turn("assistant", "", quoted), Turn("assistant", ""))


def test_what_is_offered_may_be_opened() -> None:
    """A sentence of an outline is a source like any other."""
    session = asked("Summarize the river report")
    found = session.source("0-2")
    assert found is not None
    assert found[0][1].quote == "It is deep."
    assert session.source("0-3") is None


def test_what_was_not_read_is_folded_after_its_first_showing() -> None:
    """Of a conversation's answers that found nothing, the first names it; the others say how much it is."""
    told = [message["content"] for message in asked("lease", "unicorn", "lease", "dragon").chat(ENGLISH)]
    assert ['class="m-more m-gaps" open' in each for each in told] == [False] * 3 + [True] + [False] * 4
    assert f'class="m-more m-gaps"><summary>{ENGLISH.maybe_unread} (2)</summary>' in told[-1]


def test_a_question_that_waits_is_shown() -> None:
    """It stands below what was said, without an answer."""
    *before, last = asked("the lease").chat(ENGLISH, waiting="and then?")
    assert before == asked("the lease").chat(ENGLISH)
    assert (last["role"], "and then?" in last["content"]) == ("user", True)


def test_a_session_that_is_not_kept_says_so_once() -> None:
    """Below all that was said, however often it goes on; it has no address then."""
    session = asked("the lease")
    for _ in range(2):
        session = session.failing(asked("unicorn").exchanges[0], Reason("other", detail="a medium"))
    said = [message["content"] for message in session.chat(ENGLISH)]
    assert len(said) == 7
    assert [("a medium" in html) for html in said] == [False] * 6 + [True]
    assert session.conversation == ""
