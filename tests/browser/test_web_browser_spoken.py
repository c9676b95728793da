"""The web chat as a screen reader and a keyboard meet it: names, roles and live regions, in their order."""

import re
from collections.abc import Iterable, Sequence

import pytest
from playwright.sync_api import Browser, expect

from app.phrases.languages import LANGUAGES
from app.phrases.words import Words
from tests.support.browser import ask, needs_chromium, opened
from tests.support.fake_service import running
from tests.support.spoken import Node, spoken

pytestmark = needs_chromium
_LEASE = "When does the lease end?"
_SOURCE = "[1] Office lease"
_TIME = re.compile(r" \d\d:\d\d$")


def _said(nodes: Iterable[Node]) -> list[tuple[str, str]]:
    """The role and the name of each; a name's directions, arrows and time of day aside."""
    return [(node.role, _TIME.sub("", node.name.strip(" ▼◀▶"))) for node in nodes]


def _missing(wanted: Sequence[tuple[str, str]], said: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What of `wanted` does not come in its order: all from the first on that is not there."""
    rest = iter(said)
    return next((list(wanted[n:]) for n, each in enumerate(wanted) if each not in rest), [])


def _from_the_top(words: Words) -> list[tuple[str, str]]:
    """What a person hears on the way through a page with an answer, its source beside it."""
    return [
        ("button", words.menu),
        ("region", words.menu),
        ("navigation", words.language),
        ("button", words.fresh),
        ("navigation", words.conversations),
        ("link", _LEASE),
        ("button", words.library),
        ("button", words.add),
        ("button", words.filter),
        ("heading", _LEASE),
        ("StaticText", "31 March 2027"),
        ("button", words.copy),
        ("textbox", words.your_question),
        ("region", words.source),
        ("heading", _SOURCE),
        ("button", words.close_source),
        ("navigation", words.citations),
        ("button", words.next),
    ]


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.code)
def test_everything_is_said_by_name_and_in_order(browser: Browser, words: Words) -> None:
    """In the page's language: the menu, what was asked and answered, the question box, the source."""
    with running() as address, opened(browser, address, language=words.code) as page:
        ask(page, _LEASE)
        expect(page.locator("#m-source mark")).to_be_visible()
        expect(page.locator("#m-conversations li")).to_have_count(1)
        assert _missing(_from_the_top(words), _said(spoken(page))) == []
