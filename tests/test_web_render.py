"""What the web chat shows: every foreign word escaped, every citation named."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer import Turn
from app.web.render import (
    answer_html,
    copy_text,
    error_html,
    not_kept_html,
    question_html,
    safe,
)
from app.web.words_en import ENGLISH
from tests.fake_service import ATTACK, REMOTE, FakeService


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


@pytest.mark.parametrize("question", ["attack", "list", "unicorn", "the lease", "renew"])
def test_answers_hold_only_our_own_tags(question: str) -> None:
    """Hostile titles, paths, quotes and reasons bring no tag and no handler into an answer."""
    answer = FakeService().ask(question, (), ())
    seen = Tags(answer_html(answer, 0, [ATTACK, REMOTE], ENGLISH))
    assert not seen.tags & {"img", "script", "form", "iframe", "object", "style"}
    assert not {name for name in seen.attributes if name.startswith("on") or name == "src"}


def test_documents_that_differ_are_said_to() -> None:
    """A note of its own above the quotes; none where they agree."""
    answer = FakeService().ask("When does the lease end?", (), ())
    assert ENGLISH.differ in Tags(answer_html(replace(answer, differs=True), 0, (), ENGLISH)).text
    assert ENGLISH.differ not in Tags(answer_html(answer, 0, (), ENGLISH)).text


def test_an_answer_links_its_numbers() -> None:
    """Each quote carries a link that names the turn and the number; the exact words are bold."""
    html = answer_html(FakeService().ask("When does the lease end?", (), ()), 3, (), ENGLISH)
    assert re.findall(r'href="#cite-(\d+-\d+)"', html) == ["3-1", "3-2"]
    assert re.findall("<strong>(.*?)</strong>", html) == ["31 March 2027"]
    assert "1 further passage<" in html
    assert "Confidence: likely, 0.83" in html
    assert "Searched as" not in html


def test_a_rewritten_question_is_shown() -> None:
    """What was searched is said where it is not what was asked."""
    text = Tags(
        answer_html(FakeService().ask("and renew?", (Turn("user", "the lease"),), ()), 0, (), ENGLISH)
    ).text
    assert "Searched as: may the tenant renew the lease" in text


def test_not_found_says_so_and_names_what_was_not_read() -> None:
    """Not found looks different, folds the closest passages away, and names the unread files."""
    html = answer_html(FakeService().ask("unicorn", (), ()), 0, (), ENGLISH)
    text = Tags(html).text
    assert 'class="m-answer m-notfound"' in html
    assert text.startswith("Not found in the documents.")
    assert "scan.pdf, pages 4, 5: no text layer" in text
    assert "secret.pdf: encrypted" in text
    assert html.index("<details") < html.index("The tenant may renew")
    assert "Copy" not in text


def test_dates_stand_where_documents_differ() -> None:
    """Each quote, and each source in what is copied, says what date its file gives, or that it gives none."""
    answer = replace(FakeService().ask("the lease", (), ()), answering=(1, 2))
    assert "its file" not in Tags(answer_html(answer, 0, (), ENGLISH)).text
    differing = replace(answer, differs=True)
    text = Tags(answer_html(differing, 0, (), ENGLISH)).text
    assert "Office lease p. iv, PDF page 6, dated 2021-03-04 by its file" in text
    assert "notes.md its file gives no date" in text
    assert copy_text(differing, ENGLISH).splitlines()[-2:] == [
        "[1] Office lease, contracts/lease.pdf, p. iv, PDF page 6, dated 2021-03-04 by its file",
        "[2] notes.md, its file gives no date",
    ]


def test_copied_text_carries_documents_and_pages() -> None:
    """What is copied can be pasted into a report: quotes, numbers, documents, pages."""
    assert copy_text(FakeService().ask("the lease", (), ()), ENGLISH) == (
        "The lease ends on 31 March 2027. [1]\n\n[1] Office lease, contracts/lease.pdf, p. iv, PDF page 6"
    )
    untitled = FakeService().ask("renew", (Turn("user", "the lease"),), ())
    assert copy_text(untitled, ENGLISH).splitlines()[-1] == "[1] notes.md"


def test_a_conversation_that_is_not_kept_says_why() -> None:
    """In one line, the reason escaped."""
    shown = Tags(not_kept_html(f"{ATTACK} is read-only", ENGLISH))
    assert shown.tags == {"p", "bdi"}
    assert shown.text == f"This conversation is not kept: {ATTACK} is read-only"
