"""The list of conversations: what it shows, and what a client may do with it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from app.phrases.languages import ARABIC, ENGLISH
from app.phrases.words import Words
from app.web.html.conversations import conversations_html, dialog_html
from app.web.page.conversations_part import ConversationsActions
from app.web.page.session import Session
from app.web.service.conversations import LISTED, Listed
from app.web.service.exchange import Exchange
from app.web.service.filters import Filter
from ingest.reasons import Reason
from tests.support.fake_service import ATTACK, FILES, FakeService
from tests.web.test_web_render import Tags

SKIPPED = [gr.skip()] * 4


def event(**data: Any) -> gr.EventData:
    """What the script sends."""
    return gr.EventData(None, data)


@pytest.fixture
def service(tmp_path: Path) -> FakeService:
    """With two conversations, the newer on the river."""
    service = FakeService(folder=tmp_path)
    for question in ("the lease", "the river"):
        service.conversations.append("", Exchange(question, Filter(), service.ask(question)))
    return service


def test_nothing_foreign_is_markup() -> None:
    """A title shows as it is."""
    listed = [Listed("A" * 16, f'{ATTACK}" onclick="x', "2026-11-26T08:00:00", 3)]
    shown = Tags(conversations_html(listed, "A" * 16, 3, "", ENGLISH))
    assert not shown.tags & {"img", "script"}
    assert not shown.attributes & {"onerror", "onclick"}
    assert ATTACK in shown.text
    assert "3 questions" in shown.text


def test_each_is_a_link_and_the_open_one_is_marked() -> None:
    """The address of a conversation is a link of its own; the page takes its own from the list."""
    listed = [Listed("A" * 16, "a", "2026", 1), Listed("B" * 16, "b", "2026", 1)]
    html = conversations_html(listed, "B" * 16, 3, "", ARABIC)
    assert f'href="?conversation={"A" * 16}"' in html
    assert html.count("aria-current=page") == 1
    assert f'data-current="{"B" * 16}"' in html
    assert f"/conversations/{'B' * 16}.md?language=ar" in html


def test_a_search_stands_above_many() -> None:
    """A few are found by eye; a search that finds none says so and stays; a list that ends says so."""
    few = [Listed("A" * 16, "a", "2026", 1)] * 5
    assert "m-many" not in conversations_html(few, "", 3, "", ENGLISH)
    assert "m-many" in conversations_html(few * 2, "", 3, "", ENGLISH)
    none = conversations_html([], "", 3, "x", ENGLISH)
    assert ("m-many" in none, ENGLISH.none_holds in none) == (True, True)
    assert ENGLISH.older_ones in conversations_html(few * (LISTED // 5), "", 3, "", ENGLISH)
    assert Tags(conversations_html([], "", 3, "", ENGLISH)).text == ""


def test_a_conversation_is_opened_in_the_readers_language(service: FakeService) -> None:
    """From what was kept, with its turns for a follow-up; no id begins a new one."""
    river, lease = service.conversations.listed()
    actions = ConversationsActions(service, ARABIC)
    listing, notice, session, chat, _, edited = actions.open(event(id=lease.id), "")
    assert (session.conversation, len(chat), notice, edited) == (lease.id, 2, "", "")
    assert ARABIC.copy in chat[1]["content"]
    assert session.turns[0].text == "the lease"
    assert f'data-current="{lease.id}"' in listing
    assert river.id in listing
    assert actions.open(event(id=""), "")[1:4] == ("", Session(), [])


@pytest.mark.parametrize("sent", ["A" * 16, "../../etc/passwd", "' OR 1=1 --", "x" * 99])
def test_an_unknown_address_is_one_line_and_a_new_conversation(service: FakeService, sent: str) -> None:
    """Whatever stands in it."""
    _, notice, session, chat, *_ = ConversationsActions(service, ENGLISH).open(event(id=sent), "")
    assert (session, chat) == (Session(), [])
    assert Tags(notice).text == ENGLISH.no_conversation


@pytest.mark.parametrize("sent", [None, [], {"id": 7}, {"id": None, "title": {}}])
def test_an_odd_event_changes_nothing(service: FakeService, sent: Any) -> None:
    """A client can send anything."""
    before, actions = service.conversations.listed(), ConversationsActions(service, ENGLISH)
    actions.rename(gr.EventData(None, sent), Session(), "")
    assert actions.delete(gr.EventData(None, sent), Session(conversation="A"), "")[2:] == tuple(SKIPPED)
    assert actions.open(gr.EventData(None, sent), "")[2] == Session()
    assert service.conversations.listed() == before


def test_renamed_and_deleted(service: FakeService) -> None:
    """The list follows; who has the deleted one open begins anew, who has another open goes on."""
    river, lease = service.conversations.listed()
    actions = ConversationsActions(service, ENGLISH)
    _, _, session, *_ = actions.open(event(id=lease.id), "")
    listing, _ = actions.rename(event(id=river.id, title="Rivers of Babylon"), session, "")
    assert "Rivers of Babylon" in listing
    listing, _, *talk = actions.delete(event(id=river.id), session, "")
    assert talk == SKIPPED
    assert "Babylon" not in listing
    listing, _, session, chat, *_ = actions.delete(event(id=lease.id), session, "")
    assert (session, chat) == (Session(), [])
    assert lease.id not in listing


@pytest.mark.parametrize("words", [ENGLISH, ARABIC])
def test_what_is_gone_is_said_and_forgotten(service: FakeService, words: Words) -> None:
    """As long as a document that the open conversation quotes is not here; other conversations stay."""
    river, lease = service.conversations.listed()
    actions = ConversationsActions(service, words)
    unicorn = Exchange("a unicorn", Filter(), service.ask("a unicorn", (), ()))
    service.conversations.append(lease.id, unicorn)
    failed = service.conversations.append(lease.id, Exchange("broken", Filter(), None, Reason("no_word")))
    _, notice, session, *_ = actions.open(event(id=lease.id), "")
    assert notice == ""
    service.files = tuple(file for file in FILES if file.sha256 != "a" * 64)
    _, notice = actions.listing(session, "")
    shown = Tags(notice)
    gone = words.quotes_gone.format(documents=words.n_documents(1))
    for said in (gone, words.forget(2), words.forget_these, words.forget_note, words.delete):
        assert said in shown.text
    assert f'data-documents="{"a" * 64}"' in notice
    assert actions.listing(Session(), "")[1] == ""
    _, notice, session, chat, *_ = actions.forget(event(documents="a" * 64), session, "")
    assert (notice, len(chat), session.exchanges) == ("", 2, failed.exchanges[-1:])
    service.files = ()  # nothing is here any more
    _, notice, session, *_ = actions.open(event(id=river.id), "")
    assert words.n_documents(2) in Tags(notice).text
    listing, notice, session, chat, *_ = actions.forget(event(documents=f"{'b' * 64} x"), session, "")
    assert (notice, session, chat, river.id in listing) == ("", Session(), [], False)


@pytest.mark.parametrize("sent", [None, [], {}, {"documents": 7}, {"documents": f"{'b' * 64} {'c' * 64}"}])
def test_what_is_here_is_not_forgotten(service: FakeService, sent: Any) -> None:
    """Whatever a client sends, or came back while the dialog was open."""
    river, _ = service.conversations.listed()
    actions = ConversationsActions(service, ENGLISH)
    _, _, session, *_ = actions.open(event(id=river.id), "")
    assert actions.forget(gr.EventData(None, sent), session, "")[2] == session
    assert service.conversations.listed()[0] == river


def test_what_is_unread_now_stands_with_a_reopened_answer(service: FakeService) -> None:
    """Not what was unread when it was given."""
    unicorn = Exchange("a unicorn", Filter(), service.ask("a unicorn", (), ()))
    key = service.conversations.append("", unicorn).id
    service.files = (FILES[0], replace(FILES[5], path="new.pdf"))
    chat = ConversationsActions(service, ENGLISH).open(event(id=key), "")[3]
    assert ENGLISH.maybe_unread in Tags(chat[1]["content"]).text
    assert "new.pdf: " in Tags(chat[1]["content"]).text
    assert "scan.pdf" not in Tags(chat[1]["content"]).text


def test_a_file_that_cannot_be_used_is_one_line(tmp_path: Path) -> None:
    """Above the chat, whatever was tried."""
    (tmp_path / "conversations.sqlite").write_bytes(b"x" * 5000)
    actions = ConversationsActions(FakeService(folder=tmp_path), ENGLISH)
    for _, notice, *_ in (
        actions.listing(Session(), ""),
        actions.rename(event(id="A", title="b"), Session(), ""),
        actions.delete(event(id="A"), Session(), ""),
        actions.forget(event(documents="a" * 64), Session(conversation="A"), ""),
        actions.open(event(id="A" * 16), ""),
    ):
        assert "is damaged" in Tags(notice).text


def test_the_dialog_says_what_it_does() -> None:
    """Its buttons are named, in both languages."""
    for words in (ENGLISH, ARABIC):
        text = Tags(dialog_html(words)).text
        assert words.delete_this in text
        assert words.keep_it in text
