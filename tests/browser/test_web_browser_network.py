"""The web chat over a slow network, and while its server starts anew."""

from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import GRADIO, ask, needs_chromium, opened, slowed
from tests.support.fake_service import running

pytestmark = needs_chromium


def _assets(page: Page, address: str) -> list[str]:
    """Open the page; the names of gradio's files that it asks for until all of it is there."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    expect(page.locator(GRADIO["example"]).first).to_be_visible()
    return [url.rpartition("/")[2] for url in asked if "/assets/" in url]


def test_the_page_alone_takes_the_question(browser: Browser, address: str) -> None:
    """While nothing else has come, it is painted and typed into: one way there and back."""
    with browser.new_context(locale="en") as context:
        page = context.new_page()
        page.route("**/*", lambda route: route.continue_() if route.request.is_navigation_request() else None)
        page.goto(address, wait_until="commit")
        box = page.locator("#m-shell textarea")
        expect(box).to_be_focused()
        page.keyboard.type("When")
        expect(box).to_have_value("When")
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length === 1")
        page.unroute_all(behavior="ignoreErrors")


def test_a_later_page_asks_for_no_styles_and_for_its_modules_at_once(browser: Browser) -> None:
    """The first page of a server asks for them one after the other; it learns from that for all others."""
    with running() as address:
        with browser.new_context(locale="en") as context:
            first = _assets(context.new_page(), address)
        for language in ("en", "ar"):
            with browser.new_context(locale=language) as context:
                page = context.new_page()
                later = _assets(page, address)
                assert {name for name in {*first} & {*later} if name.endswith(".css")} == set()
                html = page.context.request.get(page.url).text()
                assert {name for name in first if f'href="./assets/{name}"' not in html} == set()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_slow_network_is_only_slow(browser: Browser, tmp_path: Path, language: str) -> None:
    """What is sent before the page is whole is answered; its page is drawn; a file is handed in and read."""
    (tmp_path / "mine.txt").write_bytes(b"x" * 100_000)
    with running() as address, opened(browser, address, language=language) as page:
        slowed(page)
        page.goto(page.url, wait_until="commit")
        box = page.locator("#m-shell textarea")
        box.fill("Where is the river from?")
        box.press("Enter")
        expect(page.locator(".m-sheet img").first).to_have_js_property("naturalWidth", 1200)
        ask(page, "When does the lease end?")
        expect(page.locator(".m-quote p strong").last).to_have_text("31 March 2027")
        page.locator("#m-listing .m-library").click()
        page.locator("input[multiple]").first.set_input_files(tmp_path / "mine.txt")
        expect(page.locator(".m-uploads .m-done")).to_have_count(1)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_server_that_starts_anew_is_gone_on_with(browser: Browser, tmp_path: Path, language: str) -> None:
    """The open page has its conversation again, and what was not yet answered waits in the box."""
    gone = "ERR_|network error|Connection errored out|Failed to fetch"
    with ExitStack() as first:
        address = first.enter_context(running(folder=tmp_path))
        with opened(browser, address, language=language, forgiven=gone) as page:
            ask(page, "When does the lease end?")
            box = page.locator("#m-ask textarea")
            box.fill("Where, slowly, is the river from?")
            box.press("Enter")
            expect(page.locator(".m-searching")).to_be_attached()
            first.close()
            expect(page.locator("#m-lost")).not_to_be_empty()
            with running(httpx.URL(address).port or 0, folder=tmp_path):
                expect(page.locator("#m-shell")).to_have_count(0)
                expect(page.locator("#m-lost")).to_be_empty()
                expect(page.locator(".m-question")).to_have_text(["When does the lease end?"])
                expect(page.locator(".m-quote p strong")).to_have_text("31 March 2027")
                expect(box).to_have_value("Where, slowly, is the river from?")
                box.press("Enter")
                expect(page.locator(".m-answer").last).to_contain_text("It is fed by snow")
