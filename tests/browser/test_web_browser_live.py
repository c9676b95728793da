"""What an open page shows by itself: documents and conversations that change, what is being read."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, expect

from app.phrases.languages import ARABIC, ENGLISH
from tests.support.browser import GRADIO, ask, needs_chromium, opened
from tests.support.fake_service import running

pytestmark = needs_chromium
LEASE, RIVER = "When does the lease end?", "Where is the river from?"


@pytest.fixture
def address() -> Iterator[str]:
    """A web chat of this test alone."""
    with running() as address:
        yield address


def begin(address: str, name: str) -> None:
    """Have an upload of that name read, as another page or program would."""
    httpx.post(f"{address}/library/files", params={"name": name}, content=b"x").raise_for_status()
    body = {"action": "add", "paths": [name]}
    job = httpx.post(f"{address}/library/jobs", json=body).json()["job"]
    while "slow" not in name and httpx.get(f"{address}/library/jobs/{job}").json()["state"] != "done":
        pass


def test_other_tabs_follow_documents_and_conversations(browser: Browser, address: str) -> None:
    """Their count, the dialog that is open, the list of conversations, the open one; in each language."""
    with opened(browser, address) as page, opened(browser, address, language="ar") as other:
        expect(other.locator("#m-listing .m-counts")).to_contain_text(ARABIC.n_documents(5))
        other.get_by_role("button", name=ARABIC.library).click()
        other.get_by_role("button", name=f"{ARABIC.reread}: Office lease").first.focus()
        begin(address, "new.txt")
        for each, words in ((page, ENGLISH), (other, ARABIC)):
            expect(each.locator("#m-listing .m-counts")).to_contain_text(words.n_documents(6))
        expect(other.locator(".m-files")).to_contain_text("new.txt")
        expect(other.get_by_role("button", name=f"{ARABIC.reread}: Office lease").first).to_be_focused()
        other.keyboard.press("Escape")
        ask(page, LEASE)
        kept = other.locator("#m-conversations a.m-conversation")
        expect(kept).to_contain_text([LEASE])  # and its date
        kept.click()
        expect(other.locator(".m-question")).to_have_text([LEASE])
        ask(other, RIVER)
        expect(page.locator(".m-question")).to_have_text([LEASE, RIVER])
        ask(page, "List the duties.")
        expect(other.locator(".m-question")).to_have_text([LEASE, RIVER, "List the duties."])
        assert other.url.partition("?")[2] == page.url.partition("?")[2]


def test_what_is_read_is_seen_and_ended(browser: Browser, address: str) -> None:
    """Whoever began it, without the dialog: which file, page and time left; a "not found" says it too."""
    with opened(browser, address) as page, opened(browser, address, phone=True, language="ar") as phone:
        busy = page.locator(".m-busy")
        expect(busy).to_be_hidden()
        begin(address, "slow report.pdf")
        expect(busy.get_by_role("status")).to_have_text(ENGLISH.being_read)
        expect(busy.locator(".m-path")).to_have_text("slow report.pdf")
        expect(busy.locator(".m-note span")).to_have_text(["file 3 of 5, page 12 of 168", "about 2 min left"])
        ask(page, "Who feeds the unicorn?")
        expect(page.locator(".m-notfound")).to_contain_text(ENGLISH.unread_then)
        expect(phone.locator("html")).to_have_class("m-reading")
        phone.locator(GRADIO["toggle"]).click()
        expect(phone.locator(".m-busy .m-note span").last).to_have_text("بقي نحو دقيقتين")
        phone.get_by_role("button", name=ARABIC.stop).click()
        for each in (page, phone):
            expect(each.locator(".m-busy")).to_be_hidden()
        ask(page, "Who feeds the dragon?")
        expect(page.locator(".m-notfound").last).not_to_contain_text(ENGLISH.unread_then)
        expect(page.locator(".m-notfound").first).to_contain_text(ENGLISH.unread_then)


def test_a_page_that_nobody_sees_asks_nothing(browser: Browser, address: str) -> None:
    """While it is hidden; as soon as it is shown it knows what is new."""
    with opened(browser, address) as page:
        hidden = "Object.defineProperty(document, 'hidden', {{ get: () => {}, configurable: true }})"
        changed = "document.dispatchEvent(new Event('visibilitychange'))"
        with page.expect_response("**/library/state*"):
            pass
        page.evaluate(f"{hidden.format('true')}; {changed}")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        begin(address, "new.txt")
        page.wait_for_timeout(2500)  # in which three looks would come
        assert [url for url in asked if "/library/state" in url] == []
        expect(page.locator("#m-listing .m-counts")).to_contain_text("5 documents")
        page.evaluate(f"{hidden.format('false')}; {changed}")
        expect(page.locator("#m-listing .m-counts")).to_contain_text("6 documents")


def test_reading_is_said_before_documents_are_there(browser: Browser) -> None:
    """The first upload of all, from an empty store to its questions to begin with."""
    with running(empty=True) as address, opened(browser, address) as page:
        expect(page.locator("#m-listing")).to_contain_text(ENGLISH.no_documents)
        expect(page.locator(GRADIO["example"])).to_have_count(0)
        begin(address, "first.txt")
        expect(page.locator("#m-listing .m-counts")).to_contain_text("1 document")
        expect(page.locator(GRADIO["example"]).first).to_be_visible()
