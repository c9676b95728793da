"""What the web chat shows: every foreign word escaped."""

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.phrases.languages import ENGLISH
from app.web.html.escaping import error_html, not_kept_html, question_html, safe, text_html
from ingest.reasons import Reason
from tests.support.fake_service import ATTACK

MARK = '<span class="m-turning"></span>'


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


@pytest.mark.parametrize("of", [safe, text_html])
def test_what_turns_letters_stands_between_marks(of: Callable[[str], str]) -> None:
    """The marks stand outside of what is turned; marks of direction, which turn no letters, have none."""
    assert of("a\u202eb\u202cc") == f"a{MARK}\u202eb\u202c{MARK}c"
    assert of("\u2066a\u2069") == f"{MARK}\u2066a\u2069{MARK}"
    assert of("a\u200fb\u061c") == "a\u200fb\u061c"


@given(st.text())
def test_safe_text_is_never_markup(text: str) -> None:
    """Nothing but line breaks and marks is a tag, and a browser shows the very same words."""
    html = safe(text).replace(MARK, "")
    assert set(re.findall(r"<[^>]*>", html)) <= {"<br>"}
    assert unescape(html.replace("<br>", "\n")).splitlines() == text.splitlines()
    assert not set(html.replace("<br>", "")) & set("<>\"'`*_[]()!$")


@given(st.text(), st.text())
def test_messages_are_one_line(question: str, error: str) -> None:
    """A message is one line that begins with a tag, so that Markdown leaves all of it alone."""
    for html in (question_html(question), error_html(Reason("other", detail=error), ENGLISH)):
        assert html.startswith(("<div", "<h2"))
        assert len(html.splitlines()) == 1


def test_a_conversation_that_is_not_kept_says_why() -> None:
    """In one line, the reason escaped."""
    shown = Tags(not_kept_html(Reason("other", detail=f"{ATTACK} is read-only"), ENGLISH))
    assert shown.tags == {"p", "bdi"}
    assert shown.text == f"This conversation is not kept: {ATTACK} is read-only"
