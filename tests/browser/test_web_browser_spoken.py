"""The web chat as a screen reader and a keyboard meet it: names, roles and live regions, in their order."""

import re
from collections.abc import Iterable, Sequence

import pytest
from playwright.sync_api import Browser, Page, expect

from app.phrases.languages import LANGUAGES
from app.phrases.words import Words
from tests.support.browser import GRADIO, ask, needs_chromium, opened
from tests.support.fake_service import running
from tests.support.spoken import Node, spoken
from tests.support.states import STATES

pytestmark = needs_chromium
_NAMED = set(
    "button link textbox searchbox combobox checkbox option heading dialog region navigation log "
    "DisclosureTriangle DisclosureTriangleGrouped progressbar Date".split()
)
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
        ("button", words.library),
        ("button", words.add),
        ("button", words.filter),
        ("navigation", words.conversations),
        ("log", words.conversation),
        ("heading", _LEASE),
        ("StaticText", "31 March 2027"),
        ("button", words.copy),
        ("textbox", words.your_question),
        ("button", words.send),
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


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_to_act_on_is_without_a_name(browser: Browser, address: str, language: str) -> None:
    """In every state; nor is a heading, a dialog or a part of the page."""
    with opened(browser, address, language=language) as page:
        nameless = {}
        for name, reach in STATES.items():
            reach(page)
            nameless[name] = [each.within for each in spoken(page) if each.role in _NAMED and not each.name]
            page.keyboard.press("Escape")
        assert {name: nodes for name, nodes in nameless.items() if nodes} == {}


_CLEAR = """() => {
  const at = document.activeElement;
  const { left, top, width, height } = at.getBoundingClientRect();
  const found = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 20));
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  const shown = at.matches("textarea") || (outlineStyle !== "none" && outlineWidth !== "0px");
  return { shown, covered: !found || !(at.contains(found) || found.contains(at)) };
}"""  # a box for text shows where the focus is by its caret


def _focused(page: Page) -> tuple[str, str]:
    """What is said to have the focus."""
    return _said(node for node in spoken(page) if node.focused)[-1]


def _press_to(page: Page, wanted: tuple[str, str], key: str = "Tab") -> None:
    """Press until it has the focus; wherever that is on the way, it can be seen and has a name."""
    passed = []
    for _ in range(80):
        page.keyboard.press(key)
        passed.append(_focused(page))
        assert page.evaluate(_CLEAR) == {"shown": True, "covered": False}, passed[-1]
        if passed[-1] == wanted:
            return
    raise AssertionError(f"expected to reach {wanted} by {key}, found {passed}")


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.code)
def test_the_whole_way_by_keyboard(browser: Browser, words: Words) -> None:
    """From the question to the page, back, to the documents, and to a conversation's end; with no mouse."""
    with running() as address, opened(browser, address, language=words.code) as page:
        expect(page.locator("#m-ask textarea")).to_be_focused()
        page.keyboard.type("Where is the river from?")
        page.keyboard.press("Enter")
        expect(page.locator(".m-sheet img").first).to_have_js_property("naturalWidth", 1200)
        link = page.locator("a.m-cite").nth(1)
        _press_to(page, ("link", link.inner_text()), "Shift+Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#m-source-title")).to_be_focused()
        _press_to(page, ("button", words.next_page))
        page.keyboard.press("Enter")
        expect(page.locator(".m-sheet")).to_have_count(1)
        expect(page.get_by_role("button", name=words.next_page)).to_be_focused()
        for name in (words.zoom_in, words.next):
            _press_to(page, ("button", name))
            page.keyboard.press("Enter")
        expect(page.locator("[data-source='0-3']")).to_be_focused()
        page.keyboard.press("Escape")
        expect(link).to_be_focused()
        _press_to(page, ("button", words.library), "Shift+Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".m-files > li").first).to_be_visible()
        _press_to(page, ("searchbox", words.find_document))
        page.keyboard.type("minutes")
        _press_to(page, ("button", f"{words.ask_only}: Board minutes, scanned"))
        page.keyboard.press("Enter")
        expect(page.locator("#m-ask textarea")).to_be_focused()
        expect(page.locator(".m-filtered")).to_contain_text("scan.pdf")


def test_the_focus_goes_on_while_a_page_comes(page: Page) -> None:
    """Who has left the button that turns it by then stays where they went."""
    ask(page, "Where is the river from?")
    expect(page.locator(".m-sheet")).to_have_count(2)
    page.get_by_role("button", name="Next page").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".m-sheet")).to_have_count(1)
    expect(page.get_by_role("button", name="Zoom in")).to_be_focused()


def test_nothing_that_is_covered_takes_the_focus(phone: Page) -> None:
    """On a narrow page the keyboard stays in the source, then in the menu, until it is closed."""
    ask(phone, _LEASE)
    link = phone.locator("a.m-cite").first
    link.press("Enter")
    for part, within in (("#m-source-title", "#m-source"), (GRADIO["toggle"], "#m-documents")):
        expect(phone.locator(part)).to_be_focused()
        for _ in range(12):
            phone.keyboard.press("Tab")
            assert phone.evaluate(f"document.activeElement.matches('body, {within} *')")
        if within == "#m-source":
            phone.keyboard.press("Escape")
            expect(link).to_be_focused()
            phone.locator(GRADIO["toggle"]).press("Enter")
            expect(phone.locator("#m-talk[inert]")).to_have_count(1)
    phone.get_by_role("button", name="All documents").press("Enter")
    phone.get_by_role("button", name="Ask only this: Board minutes, scanned").press("Enter")
    expect(phone.locator("#m-ask textarea")).to_be_focused()
    expect(phone.locator(GRADIO["opened"])).to_have_count(0)
