"""Five thousand documents and five hundred conversations, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app.phrases.languages import ARABIC, ENGLISH
from tests.support.browser import GRADIO, needs_chromium, opened
from tests.support.fake_service import running

pytestmark = needs_chromium
_MOST_ELEMENTS = (
    6000  # of the page with the list open; all files would be 66,000, which hold it up for seconds
)


@pytest.fixture(scope="module")
def crowded() -> Iterator[str]:
    """A chat with many documents and conversations."""
    with running(many=True) as address:
        yield address


def _titles(page: Page) -> list[str]:
    return page.locator(".m-files .m-title").all_text_contents()


def test_many_documents_are_sorted_found_and_gone_through(browser: Browser, crowded: str) -> None:
    """By keyboard: so many as are seen are listed, more where the list is scrolled; the focus stays."""
    with opened(browser, crowded) as page:
        page.get_by_role("button", name="All documents").press("Enter")
        rows, found = page.locator(".m-files > li"), page.locator(".m-find [role=status]")
        expect(rows).to_have_count(100)
        expect(found).to_have_text("5,007 files")
        assert page.locator("*").count() < _MOST_ELEMENTS
        for named in ("Date, descending", "Date, ascending"):
            page.get_by_role("button", name="Date").press("Enter")
            expect(page.get_by_role("button", name=named.replace(",", ""), pressed=True)).to_be_focused()
        assert _titles(page)[:2] == [
            "Report 0 on the rivers of district 0",
            "Report 420 on the rivers of district 32",
        ]
        rows.last.scroll_into_view_if_needed()
        expect(rows).to_have_count(200)
        page.locator(".m-all").evaluate("all => all.scrollTop = all.scrollHeight")
        expect(rows).to_have_count(300)
        page.get_by_role("searchbox").fill("report-0432")
        expect(found).to_have_text("10 files")
        expect(rows).to_have_count(10)
        page.get_by_role("searchbox").fill("no such thing")
        expect(found).to_have_text("0 files")
        expect(page.locator(".m-all")).to_contain_text(ENGLISH.none_named)
        expect(rows).to_have_count(0)


def test_many_documents_on_a_phone_in_arabic(browser: Browser, crowded: str) -> None:
    """The orders stand in one line above the cards and stay there; what is wrong is brought up."""
    with opened(browser, crowded, phone=True, dark=True, language="ar") as page:
        page.locator(GRADIO["toggle"]).click()
        page.get_by_role("button", name=ARABIC.library).click()
        state = page.get_by_role("button", name=ARABIC.by_state)
        state.click()
        expect(page.locator(".m-files > li").first).to_contain_text(ARABIC.state_unread)
        expect(page.locator(".m-files > li").nth(1)).to_contain_text(ARABIC.state_partly)
        page.locator(".m-files > li").nth(60).scroll_into_view_if_needed()
        expect(state).to_be_in_viewport(ratio=1)
        assert page.locator(".m-all").evaluate("all => all.scrollWidth - all.clientWidth") <= 0


def test_one_of_many_conversations_is_found(browser: Browser, crowded: str) -> None:
    """The newest hundred are listed, with a line that says so; a search goes through all."""
    with opened(browser, crowded) as page:
        listed = page.locator("#m-conversations li")
        expect(listed).to_have_count(100)
        expect(page.locator("#m-conversations .m-note").last).to_have_text("A search finds older ones.")
        page.get_by_label("Search conversations").fill("lease 7")
        expect(listed).to_have_count(11)
        page.get_by_label("Search conversations").fill("lease 77")
        expect(listed).to_have_count(1)
        listed.locator("a.m-conversation").click()
        expect(page.locator(".m-question")).to_have_text("When does lease 77 end?")


def test_of_many_documents_some_are_chosen(browser: Browser, crowded: str) -> None:
    """What is typed is found among all, and Enter takes the first; it stays while others are looked for."""
    with opened(browser, crowded) as page:
        page.locator("#m-filters > button").click()
        box, options = page.locator("#m-filter input"), page.get_by_role("option")
        tokens = page.locator(f"#m-filter {GRADIO['token']}")
        box.focus()
        expect(options).to_have_count(100)
        box.press_sequentially("0432")
        box.press("Enter")
        expect(tokens).to_have_text(["archive/2002/report-00432.pdf"])
        expect(box).to_have_value("")
        expect(options).to_have_count(100)
        box.press_sequentially("report-0432")
        expect(options).to_have_count(10)
        box.press("ArrowDown")
        box.press("Enter")
        expect(tokens).to_have_count(2)
        expect(tokens.last).to_contain_text("archive/2006/report-04321.pdf")
        box.press("Backspace")
        expect(tokens).to_have_count(1)
        box.press_sequentially("lease.pdf")
        expect(options).to_have_count(1)
        options.click()
        expect(tokens).to_have_count(2)
        expect(tokens.last).to_contain_text("contracts/lease.pdf")
        expect(page.locator(".m-filtered [role=status]")).to_have_text("2 documents are asked")
        page.get_by_role("button", name="Remove from the filter: contracts/lease.pdf").click()
        expect(tokens).to_have_count(1)
        expect(tokens).to_contain_text("report-00432.pdf")
