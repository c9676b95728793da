"""Every state of the web chat's page over the fake service, and how a person gets there.

In this order a person can go through them in one conversation, with Escape after each.
"""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.support.browser import GRADIO, ask


def _last(page: Page) -> Locator:
    """The newest answer."""
    return page.locator(".m-answer").last


def _answered(page: Page) -> None:
    ask(page, "When does the lease end?")


def _possible(page: Page) -> None:
    ask(page, "May the lease perhaps end early?")


def _listed(page: Page) -> None:
    ask(page, "List the duties.")


def _scrolled(page: Page) -> None:
    ask(page, "List the duties.")
    page.locator(GRADIO["view"]).evaluate("element => element.scrollBy(0, 60)")
    expect(page.locator(GRADIO["newest"])).to_be_visible()


def _not_found(page: Page) -> None:
    ask(page, "Who feeds the unicorn?")
    _last(page).locator(".m-more > summary").first.click()


def _page_of_a_source(page: Page) -> None:
    ask(page, "Where is the river from?")
    _last(page).locator("a.m-cite").first.click()
    expect(page.locator(".m-sheet img").first).to_have_js_property("naturalWidth", 1200)


def _text_of_a_source(page: Page) -> None:
    ask(page, "When does the lease end?")
    _last(page).locator("a.m-cite").first.click()
    expect(page.locator("#m-source mark")).to_be_visible()


def _failed(page: Page) -> None:
    ask(page, "broken")


def _previewed(page: Page) -> None:
    ask(page, "When does the lease end?")
    page.wait_for_timeout(500)  # until the answer has come into view: what scrolls takes a preview away
    _last(page).locator("a.m-cite").first.focus()
    expect(page.get_by_role("tooltip")).to_be_visible()


def _told_why(page: Page) -> None:
    ask(page, "On what do the documents differ about the lease?")
    _last(page).locator(".m-why summary").first.click()


def _outlined(page: Page) -> None:
    ask(page, "Summarize the river report")


def _to_choose(page: Page) -> None:
    ask(page, "Summarize this paper")


def _compared(page: Page) -> None:
    ask(page, "Compare the term, the renewal and the fee of the lease")


def _helped(page: Page) -> None:
    ask(page, "What can you do?")


def _mapped(page: Page) -> None:
    ask(page, "Where is the river from?")
    _last(page).locator(".m-map summary").click()


def _turned(page: Page) -> None:
    ask(page, "Which override?")


def _menu(page: Page) -> Locator:
    """The sidebar, opened."""
    if not page.locator(GRADIO["opened"]).count():
        page.locator(GRADIO["toggle"]).click()
    return page.locator("#m-documents")


def _documents(page: Page) -> None:
    _menu(page).locator("#m-listing summary").click()


def _filtered(page: Page) -> None:
    _menu(page).locator("#m-filters > button").click()
    page.locator("#m-filter input").click()
    page.get_by_role("option").nth(1).click()
    page.locator("#m-filter input").click()
    expect(page.get_by_role("option").first).to_be_visible()


def _deleting(page: Page) -> None:
    item = _menu(page).locator("#m-conversations li").first
    item.locator("summary").click()
    item.locator("button").last.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _library(page: Page) -> None:
    _menu(page).locator("#m-listing .m-library").click()
    expect(page.locator(".m-files > li").first).to_be_visible()


def _being_read(page: Page) -> None:
    body = '{"action": "reread", "paths": ["slow report.pdf"]}'
    post = {"method": "POST", "headers": {"Content-Type": "application/json"}, "body": body}
    page.evaluate("post => fetch('/library/jobs', post)", post)
    expect(_menu(page).locator(".m-busy")).to_be_visible()


STATES: dict[str, Callable[[Page], None]] = {
    "home": lambda page: expect(page.locator(GRADIO["example"]).first).to_be_visible(),
    "answered": _answered,
    "possible": _possible,
    "listed": _listed,
    "scrolled": _scrolled,
    "not found": _not_found,
    "page": _page_of_a_source,
    "text": _text_of_a_source,
    "outline": _outlined,
    "choice": _to_choose,
    "comparison": _compared,
    "help": _helped,
    "error": _failed,
    "preview": _previewed,
    "why": _told_why,
    "map": _mapped,
    "turned": _turned,
    "deleting": _deleting,
    "documents": _documents,
    "library": _library,
    "filters": _filtered,
    "being read": _being_read,
}
