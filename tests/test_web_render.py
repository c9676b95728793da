"""What the web chat shows: every foreign word escaped."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer import Turn
from app.web.render import documents_html, error_html, filter_html, progress_html, question_html, safe
from app.web.session import Session
from app.web.words_en import ENGLISH
from index.types import Plan, Progress, Report
from tests.fake_service import ARABIC, ATTACK, FakeService


class Tags(HTMLParser):
    """The names of all tags and attributes, and the text, as a browser would read them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text())
def test_safe_text_is_never_markup(text: str) -> None:
    """Whatever the text: nothing but line breaks is a tag, and a browser shows the very same words."""
    html = safe(text)
    assert set(re.findall(r"<[^>]*>", html)) <= {"<br>"}
    assert unescape(html.replace("<br>", "\n")).splitlines() == text.splitlines()
    assert not set(html.replace("<br>", "")) & set("<>\"'`*_[]()!$")


@given(st.text(), st.text())
def test_messages_are_one_line(question: str, error: str) -> None:
    """A message is one line that begins with a tag, so that Markdown leaves all of it alone."""
    for html in (question_html(question), error_html(error)):
        assert html.startswith("<div")
        assert len(html.splitlines()) == 1


def test_documents_hold_only_our_own_tags() -> None:
    """A hostile file name or reason in the ledger is shown as text."""
    seen = Tags(documents_html(FakeService().status(), ENGLISH))
    assert "img" not in seen.tags
    assert seen.text.count(ATTACK) == 4  # its title, its path, its path in the ledger, the reason


def test_documents_by_count_and_gap() -> None:
    """The sidebar counts documents, pages and passages and says what was not read, or not surely, and why."""
    text = Tags(documents_html(FakeService().status(), ENGLISH)).text
    assert "5 documents, 62 pages, 328 passages" in text
    assert "scan.pdf, pages 4, 5: no text layer" in text
    assert "secret.pdf: encrypted: a password is needed" in text
    assert "Generation 7" in text
    assert "No documents yet" in documents_html(None, ENGLISH)


def test_a_long_list_of_files_is_cut() -> None:
    """Thousands of files do not make a page of thousands of rows."""
    status = FakeService().status()
    many = replace(status, files=tuple(replace(status.files[0], path=f"{n}.pdf") for n in range(2000)))
    html = documents_html(many, ENGLISH)
    assert html.count("<li>") == 500
    assert "and 1,500 more" in html


def test_progress_and_report() -> None:
    """An upload shows how far it is; files that are already there are said to be."""
    assert '<progress max="3" value="1">' in progress_html(Progress(1, 3, 10, 20, 30, ATTACK), ENGLISH)
    assert "img" not in Tags(progress_html(Progress(1, 3, 10, 20, 30, ATTACK), ENGLISH)).tags
    assert "2 documents added." in progress_html(
        Report(8, Plan(("a", "b"), (), (), (), 4), 2, 9, 1, 9, ()), ENGLISH
    )
    assert "Nothing new" in progress_html(Report(8, Plan((), (), (), (), 4), 0, 0, 1, 9, ()), ENGLISH)


def test_the_filter_is_said_while_it_is_on() -> None:
    """Nobody wonders why a document is not found: the filter stands above the chat, escaped."""
    assert filter_html([], ENGLISH) == ""
    assert "img" not in Tags(filter_html([ATTACK], ENGLISH)).tags
    assert "a.pdf, b.pdf" in filter_html(["a.pdf", "b.pdf"], ENGLISH)


@pytest.mark.parametrize(
    "link", ["0-0", "0-3", "1-1", "-1-1", "0-1 ", "x", "", None, 7, {"id": "0-1"}, "٠-١٢", "0-" + "9" * 99]
)
def test_a_link_opens_only_what_was_shown(link: object) -> None:
    """A client can ask for any id; only those of this session's own answers open anything."""
    session = Session().answered(FakeService().ask("the lease", (), ()), (), ENGLISH)
    assert session.source(link) is None
    assert session.source("0-2") is not None


def test_a_session_remembers_turns_but_not_errors() -> None:
    """Follow-ups see questions and answers; a failed question and a "not found" text are no context."""
    service = FakeService()
    session = Session().asked("a").answered(service.ask("حوار", (), ()), (), ENGLISH)
    session = session.asked("b").failed("no").answered(service.ask("unicorn", (), ()), (), ENGLISH)
    assert session.turns == (
        Turn("user", "حوار"),
        Turn("assistant", f"{ARABIC} [1]"),
        Turn("user", "unicorn"),
    )
    assert [message["role"] for message in session.chat()] == [
        "user",
        "assistant",
        "user",
        "assistant",
        "assistant",
    ]
