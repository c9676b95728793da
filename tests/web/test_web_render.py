"""What the web chat shows: every foreign word escaped."""

import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from app.phrases.languages import ENGLISH
from app.web.html.escaping import error_html, not_kept_html, question_html, safe
from ingest.reasons import Reason
from tests.support.fake_service import ATTACK


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
    for html in (question_html(question), error_html(Reason("other", detail=error), ENGLISH)):
        assert html.startswith("<div")
        assert len(html.splitlines()) == 1


def test_a_conversation_that_is_not_kept_says_why() -> None:
    """In one line, the reason escaped."""
    shown = Tags(not_kept_html(Reason("other", detail=f"{ATTACK} is read-only"), ENGLISH))
    assert shown.tags == {"p", "bdi"}
    assert shown.text == f"This conversation is not kept: {ATTACK} is read-only"
