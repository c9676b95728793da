"""The kept conversations as users meet them, in a real browser; skipped where there is none."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.phrases.languages import ARABIC
from tests.support.browser import GRADIO, ask, needs_chromium, opened
from tests.support.fake_service import ATTACK, running

pytestmark = needs_chromium
LEASE, RIVER = "When does the lease end?", "Where is the river from?"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A web chat that keeps the conversations of these tests alone."""
    with running() as address:
        yield address


def _address(page: Page) -> str:
    """The page's address below the server's, once it names a conversation."""
    expect(page).to_have_url(re.compile(r"\?conversation=[\w-]{16}"))
    return page.url[page.url.index("/?") :]


def _named(page: Page, title: str) -> str:
    """The selector of the conversation of that title in the list."""
    return f'#m-conversations li:has(a[title="{title}"])'


def test_a_conversation_has_an_address(browser: Browser, page: Page, address: str) -> None:
    """The first question gives it one, which another browser opens, in its language, and goes on from."""
    ask(page, LEASE)
    where = _address(page)
    expect(page.locator("#m-conversations a[aria-current=page] span").first).to_have_text(LEASE)
    with opened(browser, address, where, language="ar") as other:
        expect(other.locator(".m-question")).to_have_text(LEASE)
        expect(other.locator(".m-copy")).to_have_text(ARABIC.copy)
        assert other.url == f"{address}/ar{where}"
        ask(other, "and can they renew?")
        expect(other.locator(".m-answer").last).to_contain_text("may the tenant renew the lease")
    box = page.locator("#m-ask textarea")  # of a page that has not seen the other's question
    box.fill(RIVER)
    box.press("Enter")
    expect(page.locator(".m-question")).to_have_text([LEASE, "and can they renew?", RIVER])
    with opened(browser, address, where) as again:
        expect(again.locator(".m-question")).to_have_text([LEASE, "and can they renew?", RIVER])


def test_conversations_are_opened_in_place(page: Page, address: str) -> None:
    """By their links, by Back and Forward; New conversation leaves the address behind."""
    ask(page, LEASE)
    lease = _address(page)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".m-question")).to_have_count(0)
    expect(page).to_have_url(f"{address}/")
    ask(page, RIVER)
    river = _address(page)
    assert river != lease
    link = page.locator(f"#m-conversations a[href='{lease[1:]}']")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".m-question")).to_have_text(LEASE)
    expect(page.locator("#m-source mark")).to_have_text("The lease ends on 31 March 2027.")
    expect(page).to_have_url(f"{address}{lease}")
    page.go_back()
    expect(page.locator(".m-question")).to_have_text(RIVER)
    expect(page.locator(".m-said")).to_contain_text("It is fed by snow")
    page.go_back()
    expect(page.locator(".m-question")).to_have_text(LEASE)
    page.go_forward()
    expect(page.locator(".m-question")).to_have_text(RIVER)
    expect(page).to_have_url(f"{address}{river}")


def test_a_citation_has_an_address(browser: Browser, page: Page, address: str) -> None:
    """Copy link copies it; it opens that citation, on a phone too, and follows the one that is shown."""
    ask(page, RIVER)
    where = _address(page)
    page.get_by_role("button", name="Citation 2").click()
    expect(page.locator("#m-source-title")).to_have_text("[2] Rivers of the north")
    page.get_by_role("button", name="Copy link").press("Enter")
    expect(page.locator("a.m-link")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{address}{where}#cite-0-2"
    with opened(browser, address, f"{where}#cite-0-2", phone=True) as phone:
        expect(phone.locator("#m-source-title")).to_have_text("[2] Rivers of the north")
        expect(phone.locator("#m-source")).to_be_in_viewport()
        phone.get_by_role("button", name="Next", exact=True).click()
        expect(phone.locator("#m-source-title")).to_have_text("[3] Rivers of the north")
        expect(phone).to_have_url(re.compile("#cite-0-3$"))


def test_renamed_and_deleted_by_keyboard(browser: Browser, address: str) -> None:
    """A title is changed in place; a deletion asks once more; who opens it then is told in one line."""
    with opened(browser, address) as page:
        ask(page, f"attack {ATTACK}")
        where = _address(page)
        item = page.locator("#m-conversations li:has([aria-current])")
        expect(item.locator("a.m-conversation span")).to_have_text(f"attack {ATTACK}")
        item.locator("summary").focus()
        for key in ("Enter", "Tab", "Enter"):
            page.keyboard.press(key)
        box = page.get_by_role("textbox", name="New title")
        expect(box).to_be_focused()
        box.fill("given up")
        box.press("Escape")
        expect(item.locator("a.m-conversation")).to_be_focused()
        item.locator("summary").click()
        item.get_by_role("button", name="Rename").click()
        box.fill("Zanzibar <b>1</b>")
        box.press("Enter")
        expect(item.locator("a.m-conversation span")).to_have_text("Zanzibar <b>1</b>")
        expect(item.locator("a.m-conversation")).to_be_focused()
        dialog = page.get_by_role("dialog")
        for answer in ("Keep it", "Delete"):
            expect(dialog).to_be_hidden()
            if not item.locator("details[open]").count():
                item.locator("summary").click()
            item.get_by_role("button", name="Delete").press("Enter")
            expect(dialog).to_contain_text("Zanzibar <b>1</b>")
            expect(dialog.get_by_role("button", name="Keep it")).to_be_focused()
            dialog.get_by_role("button", name=answer).press("Enter")
        expect(page.locator(".m-question")).to_have_count(0)
        expect(page).to_have_url(f"{address}/")
        expect(page.get_by_role("button", name="New conversation")).to_be_focused()
    with opened(browser, address, where) as page:
        expect(page.locator("#m-notice")).to_have_text(
            "This conversation is not here: it was deleted, or its address is not whole."
        )
        expect(page).to_have_url(f"{address}/")
        ask(page, LEASE)
        expect(page.locator("#m-notice")).to_be_hidden()


def test_a_notice_is_seen_on_a_phone(browser: Browser, address: str) -> None:
    """It stands below the button of the menu, not under it."""
    with opened(browser, address, f"/?conversation={'x' * 16}", phone=True) as page:
        notice = page.locator("#m-notice .m-told")
        expect(notice).to_be_in_viewport(ratio=1)
        below, menu = notice.bounding_box(), page.locator(GRADIO["toggle"]).bounding_box()
        assert below is not None
        assert menu is not None
        assert below["y"] > menu["y"] + menu["height"]


def test_a_conversation_is_found_and_saved(browser: Browser, address: str) -> None:
    """On a phone: the search finds it by a word of its answer; it is saved as Markdown."""
    with opened(browser, address, phone=True) as page:
        for question in ("list the duties", *["the unicorn"] * 6):
            ask(page, question)
            page.locator(GRADIO["toggle"]).click()
            page.get_by_role("button", name="New conversation").click()
            expect(page.locator(".m-question")).to_have_count(0)
            expect(page.locator("#m-documents")).not_to_have_class(re.compile(r"\bopen\b"))
        page.locator(GRADIO["toggle"]).click()
        search = page.get_by_label("Search conversations")
        search.fill("premises")
        duties = page.locator(_named(page, "list the duties"))
        expect(page.locator("#m-conversations li")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        duties.locator("summary").click()
        with page.expect_download() as download:
            duties.get_by_role("link", name="Export").click()
        assert download.value.suggested_filename == "list the duties.md"
        text = Path(download.value.path()).read_text(encoding="utf-8")
        assert text.startswith("# list the duties\n")
        search.fill("no such word")
        expect(page.locator("#m-conversations")).to_contain_text("No conversation holds these words.")
        search.fill("premises")
        duties.locator("a.m-conversation").click()
        expect(page.locator(".m-question")).to_have_text("list the duties")
        expect(page.locator(".m-question")).to_be_in_viewport()
