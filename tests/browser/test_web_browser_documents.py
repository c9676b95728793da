"""Documents in a real browser: handed in, found, filtered by, read again, removed."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.phrases.languages import ARABIC, LANGUAGES
from app.phrases.words import Words
from tests.support.browser import GRADIO, ask, needs_chromium, opened
from tests.support.fake_service import running

pytestmark = needs_chromium


def row(page: Page, name: str) -> Locator:
    """What is said of a file that was handed in."""
    return page.locator(".m-uploads li").filter(has_text=name).last


def test_files_and_folders_are_handed_in(browser: Browser, tmp_path: Path) -> None:
    """Each file says in its place what became of it; the page then knows of what is new."""
    folder = tmp_path / "trip"
    (folder / "day 1").mkdir(parents=True)
    for name, size in (("day 1/été.txt", 5), ("here.md", 1), ("broken.pdf", 3), ("big.md", 1_100_000)):
        (folder / name).write_bytes(b"x" * size)
    (folder / ".hidden").write_bytes(b"x")
    with running() as address, opened(browser, address) as page:
        page.get_by_role("button", name="Add documents").click()
        expect(page.get_by_role("button", name="Choose files", exact=True)).to_be_focused()
        page.locator("input[webkitdirectory]").set_input_files(folder)
        expect(row(page, "trip/day 1/été.txt")).to_contain_text("1 page, 3 passages")
        expect(row(page, "trip/here.md")).to_contain_text("already here as contracts/lease.pdf")
        expect(row(page, "trip/broken.pdf")).to_contain_text("not read: looks binary, not text")
        expect(row(page, "trip/big.md")).to_contain_text("too large: 2 MB, limit 1 MB")
        expect(page.locator(".m-uploads [role=status]")).to_have_text("4 files of 4 done")
        expect(page.locator(".m-files")).to_contain_text("trip/day 1/été.txt, 5 bytes")
        expect(page.locator('#m-listing [data-generation="8"]')).to_be_visible()
        page.get_by_role("button", name="Clear this list").click()
        expect(page.locator(".m-uploads")).to_be_hidden()


def _drag(page: Page, path: Path, *events: str) -> None:
    """Drag a file or a folder over the middle of the page, as a file manager does."""
    size = page.viewport_size or {"width": 0, "height": 0}
    at = {"x": size["width"] / 2, "y": size["height"] / 2}
    data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    mouse = page.context.new_cdp_session(page)
    for event in events:
        mouse.send("Input.dispatchDragEvent", {"type": event, **at, "data": data})


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.code)
@pytest.mark.parametrize("dark", [False, True])
def test_files_and_folders_are_dropped(browser: Browser, tmp_path: Path, words: Words, dark: bool) -> None:
    """Anywhere on the page or over the dialog; what is dragged away again leaves the page as it was."""
    (tmp_path / "trip").mkdir()
    for name in ("one.txt", "trip/two.txt", "trip/.hidden"):
        (tmp_path / name).write_bytes(b"12345")
    with running() as address, opened(browser, address, language=words.code, dark=dark) as page:
        sign = page.locator(".m-dropping")
        _drag(page, tmp_path / "one.txt", "dragEnter", "dragOver")
        expect(sign).to_be_in_viewport()
        expect(sign).to_have_text(words.drop_now)
        page.dispatch_event("body", "dragleave")  # chromium's protocol tells the page of no such thing
        expect(sign).to_be_hidden()
        expect(page.locator(".m-shelf")).to_be_hidden()
        _drag(page, tmp_path / "one.txt", "dragEnter", "dragOver", "drop")
        expect(row(page, "one.txt")).to_have_class("m-done")
        _drag(page, tmp_path / "trip", "dragEnter", "dragOver")  # the dialog is open
        expect(sign).to_be_in_viewport()
        _drag(page, tmp_path / "trip", "dragEnter", "dragOver", "drop")
        expect(row(page, "trip/two.txt")).to_have_class("m-done")
        expect(sign).to_be_hidden()
        expect(page.locator(".m-uploads li")).to_have_count(2)


def test_handing_in_is_cancelled_and_fails_in_plain_sight(browser: Browser, tmp_path: Path) -> None:
    """Cancel ends what is not done; an ingest that fails says why at each file of it."""
    for name in ("slow.txt", "busy.txt"):
        (tmp_path / name).write_bytes(b"x")
    with running() as address, opened(browser, address) as page:
        page.get_by_role("button", name="Add documents").click()
        page.locator("input[multiple]").first.set_input_files(tmp_path / "slow.txt")
        expect(row(page, "slow.txt")).to_contain_text("reading")
        page.get_by_role("button", name="Cancel").press("Enter")
        expect(row(page, "slow.txt")).to_contain_text("cancelled, not kept")
        page.locator("input[multiple]").first.set_input_files(tmp_path / "busy.txt")
        expect(row(page, "busy.txt")).to_contain_text("not done: the disk is full")
        expect(page.locator(".m-files")).not_to_contain_text("slow.txt")


def test_a_document_is_found_asked_read_again_and_removed(browser: Browser, tmp_path: Path) -> None:
    """All by keyboard; only an upload can be removed, and only after a second word."""
    (tmp_path / "mine.txt").write_bytes(b"x")
    with running() as address, opened(browser, address) as page:
        page.get_by_role("button", name="All documents").press("Enter")
        page.locator("input[multiple]").first.set_input_files(tmp_path / "mine.txt")
        expect(row(page, "mine.txt")).to_contain_text("3 passages")
        expect(page.locator(".m-files > li")).to_have_count(8)
        page.get_by_role("searchbox", name="Find a document").fill("MINE")
        expect(page.locator(".m-files > li:visible")).to_have_count(1)
        expect(page.locator(".m-find [role=status]")).to_have_text("1 file")
        page.get_by_role("button", name="Read again: mine.txt").press("Enter")
        expect(page.get_by_role("button", name="Read again: mine.txt")).to_be_focused()
        page.get_by_role("button", name="Remove: mine.txt").press("Enter")
        expect(page.get_by_role("button", name="Keep")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Remove: mine.txt")).to_be_focused()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Remove", exact=True).press("Enter")
        expect(page.locator(".m-files > li")).to_have_count(0)
        page.get_by_role("searchbox", name="Find a document").clear()
        expect(page.locator(".m-files > li")).to_have_count(7)
        page.get_by_role("searchbox", name="Find a document").fill("minutes")
        expect(page.get_by_role("button", name="Remove: Board minutes, scanned")).to_have_count(0)
        page.get_by_role("button", name="Ask only this: Board minutes, scanned").press("Enter")
        expect(page.locator(".m-shelf")).to_be_hidden()
        expect(page.locator("#m-ask textarea")).to_be_focused()
        expect(page.locator(".m-filtered")).to_contain_text("scan.pdf")
        page.locator("#m-filters > button").click()
        expect(page.locator("#m-filter").locator(GRADIO["token"])).to_contain_text("scan.pdf")
        ask(page, "When does the lease end?")
        expect(page.locator(".m-notfound .m-note").first).to_have_text("Filter: scan.pdf")


def test_a_conversation_forgets_what_it_quotes_of_a_removed_document(
    browser: Browser, tmp_path: Path
) -> None:
    """Said where it is removed, then above the conversation, on a phone too; asked once more, then done."""
    (tmp_path / "mine.txt").write_bytes(b"x")
    with running() as address:
        with opened(browser, address) as page:
            page.get_by_role("button", name="All documents").press("Enter")
            page.locator("input[multiple]").first.set_input_files(tmp_path / "mine.txt")
            expect(row(page, "mine.txt")).to_contain_text("3 passages")
            page.keyboard.press("Escape")
            for question in ("When does the lease end?", "When was the upload handed in?"):
                ask(page, question)
            expect(page.locator("#m-notice")).to_be_hidden()
            page.get_by_role("button", name="All documents").press("Enter")
            page.get_by_role("button", name="Remove: mine.txt").press("Enter")
            expect(page.locator(".m-files")).to_contain_text("Conversations keep what they quote of it")
            page.get_by_role("button", name="Remove", exact=True).press("Enter")
            expect(page.locator(".m-files > li")).to_have_count(7)
            page.keyboard.press("Escape")
            expect(page.locator("#m-notice")).to_contain_text(
                "what was removed or has changed since: 1 document."
            )
            where = page.url[page.url.index("/?") :]
        with opened(browser, address, where, phone=True, language="ar") as phone:
            forget = phone.get_by_role("button", name=ARABIC.forget(1))
            expect(forget).to_be_in_viewport(ratio=1)
            assert phone.evaluate("document.documentElement.scrollWidth") <= 390
            dialog = phone.get_by_role("dialog")
            for answer in (ARABIC.keep, ARABIC.delete):
                forget.press("Enter")
                expect(dialog).to_contain_text(ARABIC.forget_note)
                expect(dialog.get_by_role("button", name=ARABIC.keep)).to_be_focused()
                dialog.get_by_role("button", name=answer).press("Enter")
                expect(dialog).to_be_hidden()
            expect(phone.locator("#m-notice")).to_be_hidden()
            expect(phone.locator(".m-question")).to_have_text(["When does the lease end?"])
            expect(phone.locator("#m-ask textarea")).to_be_focused()


def test_a_filter_stays_visible_until_it_is_taken_away(page: Page) -> None:
    """By folder, date and language; above the chat while it is on, part by part; said in each answer."""
    page.locator("#m-filters > button").click()
    page.get_by_label("Folders").click()
    page.get_by_role("option", name="contracts").click()
    page.keyboard.press("Escape")
    page.locator("#m-filter-since input").fill("2021-01-01")
    chips = page.locator(".m-filtered")
    expect(chips).to_contain_text("contracts/")
    expect(chips).to_contain_text("from 2021-01-01")
    expect(chips.get_by_role("status")).to_have_text("1 document is asked")
    ask(page, "When does the lease end?")
    expect(page.locator(".m-answer .m-note").first).to_have_text("Filter: contracts/, from 2021-01-01")
    chips.get_by_role("button", name="Remove from the filter: contracts/").press("Enter")
    expect(chips.get_by_role("status")).to_have_text("1 document is asked, 3 without a date are left out")
    expect(page.locator("#m-ask textarea")).to_be_focused()
    page.get_by_role("combobox", name="Language").click()
    page.get_by_role("option", name="العربية").click()
    expect(chips.get_by_role("status")).to_have_text("The filter leaves no document to ask.")
    ask(page, "When does the lease end?")
    expect(page.locator(".m-error")).to_have_text("The filter leaves no document to ask.")
    chips.get_by_role("button", name="Clear all").click()
    expect(chips).to_have_count(0)
    expect(page.locator("#m-filter-since input")).to_have_value("")


def test_a_conversation_opens_with_the_filter_it_was_asked_with(page: Page) -> None:
    """It goes on as it was; a new one keeps what is set."""
    page.locator("#m-filters > button").click()
    page.get_by_label("Folders").click()
    page.get_by_role("option", name="contracts").click()
    page.keyboard.press("Escape")
    ask(page, "When does the lease end?")
    chips = page.locator(".m-filtered")
    chips.get_by_role("button", name="Clear all").click()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".m-question")).to_have_count(0)
    expect(chips).to_have_count(0)
    page.locator("#m-conversations a", has_text="When does the lease end?").first.click()
    expect(chips).to_contain_text("contracts/")
    expect(page.locator("#m-filter-folders").locator(GRADIO["token"])).to_contain_text("contracts")
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".m-question")).to_have_count(0)
    expect(chips).to_contain_text("contracts/")


def test_the_library_in_arabic_on_a_phone(browser: Browser, address: str) -> None:
    """Cards that fit, in Arabic, from right to left; the dialog closes by its button."""
    with opened(browser, address, phone=True, language="ar") as phone:
        phone.locator(GRADIO["toggle"]).click()
        phone.get_by_role("button", name=ARABIC.library).click()
        card = phone.locator(".m-files > li").filter(has_text="Office lease").first
        expect(card).to_contain_text(ARABIC.state_read)
        expect(phone.locator(".m-watch")).to_contain_text(ARABIC.watching(2))
        assert card.evaluate("element => getComputedStyle(element).direction") == "rtl"
        for part in (".m-all", ".m-shelf"):
            assert phone.locator(part).evaluate("element => element.scrollWidth - element.clientWidth") <= 0
        phone.get_by_role("button", name=ARABIC.close_library).click()
        expect(phone.locator(".m-shelf")).to_be_hidden()
        phone.locator("#m-filters > button").click()
        label = phone.locator("#m-filter [dir]").first  # a count in brackets, behind its word
        assert label.evaluate("element => getComputedStyle(element).direction") == "rtl"


def test_where_a_finger_touches_nothing_is_said_of_dropping(browser: Browser, address: str) -> None:
    """The buttons alone are there; where there is a mouse, the words too."""
    for touch in (True, False):
        context = browser.new_context(has_touch=touch, is_mobile=touch)
        page = context.new_page()
        page.goto(address)
        expect(page.locator(".m-drop > span")).to_have_css("display", "none" if touch else "block")
        context.close()
