"""What the web chat's page shows before it is ready, without its server and without documents; for whom."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from threading import Event

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from app.phrases.languages import ARABIC, ENGLISH
from app.phrases.reasons import worded
from ingest.reasons import Reason
from tests.support.browser import DESK, GRADIO, PHONE, STILL, ask, needs_chromium, opened
from tests.support.fake_service import running
from tests.support.states import STATES

LEASE = "When does the lease end?"
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
pytestmark = needs_chromium


def _violations(page: Page) -> list[str]:
    """What axe-core finds against the levels A and AA of WCAG 2.2: the rule, and where."""
    page.evaluate(STILL)
    found = Axe().run(page, options=WCAG).response["violations"]
    return [
        f"{rule['id']} at {node['target']}: {node['html'][:150]}" for rule in found for node in rule["nodes"]
    ]


@pytest.mark.parametrize(
    ("phone", "dark", "language"),
    [(False, False, "en"), (True, True, "ar"), (False, True, "ar"), (True, False, "en")],
)
def test_every_state_is_accessible(
    browser: Browser, address: str, phone: bool, dark: bool, language: str
) -> None:
    """No violation of WCAG 2.2 AA; each pair of size, colours and language is among the four."""
    with opened(browser, address, phone=phone, dark=dark, language=language) as page:
        found = {}
        for name, reach in STATES.items():
            reach(page)
            found[name] = _violations(page)
            page.keyboard.press("Escape")
        assert {name: each for name, each in found.items() if each} == {}


def _open_early(page: Page, address: str) -> Callable[[], None]:
    """Open the page with gradio's scripts held back; what is returned lets them go."""
    held: list[Route] = []
    gone = Event()
    page.route("**/assets/*.js", lambda route: route.continue_() if gone.is_set() else held.append(route))
    page.goto(address, wait_until="commit")
    expect(page.locator("#m-shell textarea")).to_be_visible()

    def let_go() -> None:
        gone.set()
        for route in held:
            route.continue_()

    return let_go


def test_the_question_can_be_typed_at_once(browser: Browser, address: str) -> None:
    """While gradio's script is still to come there is a box; what is typed and sent there is answered."""
    page = browser.new_page()
    let_go = _open_early(page, address)
    expect(page.locator("#m-shell textarea")).to_be_focused()
    assert _violations(page) == []
    page.keyboard.type(LEASE)
    page.keyboard.press("Enter")
    expect(page.locator("#m-shell form")).to_have_attribute("aria-busy", "true")
    let_go()
    expect(page.locator(".m-quote p strong")).to_have_text("31 March 2027")
    expect(page.locator("#m-shell")).to_have_count(0)
    expect(page.locator("#m-ask textarea")).to_be_focused()
    expect(page.locator("#m-ask textarea")).to_have_value("")
    page.close()


def test_the_page_does_not_move_when_it_is_ready(browser: Browser, address: str) -> None:
    """What the shell shows stands where the page will have it: the box and the welcome."""
    for size in (DESK, PHONE):
        page = browser.new_page(viewport=size)  # type: ignore[arg-type]  # playwright has a type of its own
        let_go = _open_early(page, address)
        before = [
            page.locator(at).bounding_box() for at in (".m-shell-ask", "#m-shell h2", "#m-shell .m-welcome p")
        ]
        let_go()
        expect(page.locator(GRADIO["example"]).first).to_be_visible()
        page.wait_for_timeout(500)
        after = [page.locator(at).bounding_box() for at in ("#m-ask", "#m-chat h2", "#m-chat .m-welcome p")]
        for one, other in zip(before, after, strict=True):
            assert one == pytest.approx(other, abs=1.5)  # pixels
        page.close()


def _lightness(page: Page, part: str) -> float:
    """Of what stands behind the part: 0 is black, 1 white."""
    colour = page.locator(part).evaluate("element => getComputedStyle(element).backgroundColor")
    return sum(map(int, re.findall(r"\d+", colour)[:3])) / (3 * 255)


def test_the_page_is_as_dark_as_the_system(browser: Browser, address: str) -> None:
    """From its first paint on, with all that opens later; and it follows when the system changes."""
    page = browser.new_page(color_scheme="dark")
    let_go = _open_early(page, address)
    assert _lightness(page, "#m-shell") < 0.2
    let_go()
    ask(page, LEASE)
    expect(page.locator("#m-source mark")).to_be_visible()
    for colours, dark in (("dark", True), ("light", False), ("dark", True)):
        page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]  # playwright has a type of its own
        expect(page.locator("body")).to_have_class(
            re.compile(r"\bdark\b") if dark else re.compile(r"^(?!.*\bdark\b)")
        )
        for part in ("body", "#m-ask", "#m-source", ".m-answer"):
            assert (_lightness(page, part) < 0.2) is dark, (colours, part)
    page.close()


def test_a_lost_connection_comes_back_by_itself(browser: Browser) -> None:
    """One calm line while the server is away, none of gradio's; the question typed is not lost."""
    with ExitStack() as first:
        address = first.enter_context(running())
        with opened(
            browser, address, forgiven="ERR_|network error|Connection errored out|Failed to fetch"
        ) as page:
            ask(page, LEASE)
            box, banner = page.locator("#m-ask textarea"), page.locator("#m-lost")
            box.fill("List the duties.")
            first.close()
            expect(banner).to_have_text(ENGLISH.connection_lost)
            box.press("Enter")
            expect(box).to_have_value("List the duties.")
            page.wait_for_timeout(500)
            assert not page.locator(GRADIO["toast"]).is_visible()
            assert _violations(page) == []
            with running(httpx.URL(address).port or 0):
                expect(banner).to_be_empty()
                expect(page.locator("#m-shell")).to_have_count(0)
                expect(box).to_have_value("List the duties.")
                expect(page.locator("#m-notice")).to_contain_text(ENGLISH.no_conversation)
                ask(page, "List the duties.")
                expect(page.locator(".m-answer").last).to_contain_text("Keep the premises")


def test_an_empty_store_says_what_to_do(browser: Browser) -> None:
    """Nothing to ask yet is no error of the user's: one line, in the page's language."""
    with running(empty=True) as address:
        for language, words in (("en", ENGLISH), ("ar", ARABIC)):
            with opened(browser, address, language=language) as page:
                expect(page.locator("#m-listing")).to_contain_text(words.no_documents)
                ask(page, LEASE)
                expect(page.locator(".m-error")).to_have_text(worded(Reason("store_missing"), words))
                assert _violations(page) == []


@pytest.mark.parametrize(
    ("path", "language", "title"),
    [
        ("/no-such-page", "en", ENGLISH.no_such_page),
        ("/ar/no-such-page", "en", ARABIC.no_such_page),
        (f"/documents/{'d' * 64}/original", "ar", ARABIC.no_such_document),
    ],
)
def test_nothing_at_an_address_is_said_in_words(
    browser: Browser, address: str, path: str, language: str, title: str
) -> None:
    """A page in the reader's language with a way to the chat."""
    page = browser.new_page(locale=language, color_scheme="dark")
    page.goto(f"{address}{path}")
    expect(page.locator("h1")).to_have_text(title)
    assert _violations(page) == []
    page.locator("main a").click()
    expect(page.locator("#m-shell, #m-ask").first).to_be_visible()
    page.close()


def test_without_scripts_the_page_says_so(browser: Browser, address: str) -> None:
    """One line instead of a box that would do nothing."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(address)
    assert page.locator("noscript p").inner_html() == ENGLISH.needs_scripts
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.locator("#m-shell form")).to_be_hidden()
    page.close()
