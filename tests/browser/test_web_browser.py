"""The web chat as a user meets it, in a real browser; skipped where there is none."""

import pytest
from playwright.sync_api import Browser, Page, expect

from app.phrases.languages import ARABIC as ARABIC_WORDS
from tests.support.browser import GRADIO, needs_chromium
from tests.support.browser import ask as _ask
from tests.support.browser import opened as _open
from tests.support.fake_service import ARABIC, ATTACK, REMOTE

pytestmark = needs_chromium


def test_a_citation_opens_its_sentence(page: Page) -> None:
    """Ask, open the citation: the panel marks that sentence in its passage; step to the next."""
    _ask(page, "When does the lease end?")
    assert page.evaluate("document.documentElement.scrollHeight") <= 900
    page.locator("a.m-cite").first.click()
    expect(page.locator("#m-source mark")).to_have_text("The lease ends on 31 March 2027.")
    expect(page.locator("#m-source mark strong")).to_have_text("31 March 2027")
    expect(page.locator("#m-source .m-page")).to_have_text("p. iv, PDF page 6 · dated 2021-03-04 by its file")
    expect(page.locator("#m-source .m-path")).to_contain_text(
        "contracts/lease.pdf also as old/lease copy.pdf"
    )
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#m-source mark")).to_have_text(
        "The tenant may renew it once, for five years, by notice in writing."
    )
    expect(page.get_by_role("button", name="Next")).to_be_disabled()


def test_an_answer_shows_its_first_source_beside_it(page: Page) -> None:
    """On a wide page nobody has to click to see where the words stand, and typing can go on."""
    _ask(page, "When does the lease end?")
    expect(page.locator("#m-source mark")).to_have_text("The lease ends on 31 March 2027.")
    expect(page.locator("#m-ask textarea")).to_be_focused()


def test_a_long_quote_above_its_page_is_seen_to_go_on(page: Page) -> None:
    """It is cut amid a line, never between two, where nothing would say that there are more."""
    _ask(page, "Where is the river from?")
    page.locator("a.m-cite").first.click()
    page.locator(".m-said").evaluate("quote => { quote.textContent = 'rivers '.repeat(200) }")
    lines = page.locator(".m-said").evaluate(
        "quote => quote.clientHeight / parseFloat(getComputedStyle(quote).lineHeight)"
    )
    assert lines == pytest.approx(4.5, abs=0.1)


def test_a_citation_opens_its_page(page: Page) -> None:
    """The page beside the answer, boxed and numbered; turned, enlarged and stepped through by keyboard."""
    _ask(page, "Where is the river from?")
    sheets, boxes = page.locator(".m-sheet img"), page.locator(".m-box.m-now")
    expect(sheets).to_have_count(2)
    expect(sheets.first).to_have_attribute(
        "alt", "p. 1, PDF page 2 of Rivers of the north, with 2 citations boxed"
    )
    expect(page.locator(".m-said")).to_contain_text("It is fed by snow")
    expect(boxes.first).to_be_in_viewport()
    for picture in sheets.all():
        expect(picture).to_have_js_property("naturalWidth", 1200)
    box, sheet = boxes.first.bounding_box(), page.locator(".m-sheet").first.bounding_box()
    assert box is not None
    assert sheet is not None
    assert box["width"] == pytest.approx(0.6 * sheet["width"] + 6, abs=1)  # pixels; 3 of air on either side
    page.get_by_role("button", name="Zoom in").press("Enter")
    larger = page.locator(".m-sheet").first.bounding_box()
    assert larger is not None
    assert larger["width"] == pytest.approx(1.4 * sheet["width"], abs=1)
    expect(boxes.first).to_be_in_viewport()
    page.get_by_role("button", name="Next page").press("Enter")
    expect(page.locator(".m-where")).to_have_text("p. 3, PDF page 4 of 4")
    expect(page.get_by_role("button", name="Next page")).to_be_disabled()
    expect(boxes).to_have_count(0)
    page.locator("a.m-cite").first.click()
    expect(sheets).to_have_count(2)
    page.get_by_role("button", name="Citation 2").press("Enter")
    expect(page.locator("#m-source-title")).to_have_text("[2] Rivers of the north")
    expect(sheets).to_have_count(1)
    expect(boxes).to_have_count(1)


def test_a_page_without_boxes_says_so(page: Page) -> None:
    """Where the words were not located, the page is shown, and the quote above it."""
    _ask(page, "Where is the river from?")
    page.locator(".m-more > summary").first.click()
    page.locator("a.m-cite").nth(2).click()
    expect(page.locator("#m-source [role=status]")).to_contain_text("could not be located")
    expect(page.locator(".m-said")).to_have_text("Of its mouth all maps are lost.")
    expect(page.locator(".m-sheet img")).to_have_js_property("naturalWidth", 1200)
    expect(page.locator(".m-box")).to_have_count(0)
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.locator(".m-passage h3")).to_have_text("Notes on rivers")
    expect(page.locator(".m-passage mark")).to_have_text("The river is cold.")


def test_the_original_opens_at_its_page(page: Page) -> None:
    """The file's own page in a new tab, and a download under its name."""
    _ask(page, "Where is the river from?")
    link = page.get_by_role("link", name="Open the original")
    expect(link).to_have_attribute("href", f"/documents/{'b' * 64}/original#page=2")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the original").click()
    assert download.value.suggested_filename == "fake_service.py"


def test_not_found_is_plain_to_see(page: Page) -> None:
    """Where nothing answers, that is said, the closest passage is folded away and can still be opened.

    The source of an earlier answer does not stay beside it.
    """
    _ask(page, "When does the lease end?")
    expect(page.locator("#m-source mark")).to_have_text("The lease ends on 31 March 2027.")
    _ask(page, "Who feeds the unicorn?")
    expect(page.locator("#m-source mark")).to_have_count(0)
    expect(page.locator(".m-notfound .m-verdict")).to_have_text("Not found in the documents.")
    expect(page.locator(".m-notfound .m-quote")).to_be_hidden()
    page.locator(".m-notfound .m-more > summary").first.click()
    page.locator(".m-notfound a.m-cite").click()
    expect(page.locator("#m-source mark")).to_contain_text("The tenant may renew")


def test_a_follow_up_is_understood_and_forgotten(page: Page) -> None:
    """A follow-up leans on the turn before and says so; a new conversation starts from nothing."""
    _ask(page, "When does the lease end?")
    _ask(page, "and can they renew?")
    expect(page.locator(".m-searched bdi")).to_have_text("may the tenant renew the lease")
    page.locator("a.m-cite").first.click()
    expect(page.locator("#m-source mark")).to_be_visible()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".m-answer")).to_have_count(0)
    expect(page.locator("#m-source mark")).to_have_count(0)
    _ask(page, "and can they renew?")
    expect(page.locator(".m-notfound")).to_have_count(1)


def test_hostile_text_is_only_text(page: Page) -> None:
    """Scripts and pictures in anything foreign are shown as text, never run or fetched."""
    _ask(page, f"attack {ATTACK} {REMOTE}")
    expect(page.locator(".m-question")).to_have_text(f"attack {ATTACK} {REMOTE}")
    expect(page.locator(".m-answer .m-quote p")).to_have_text(f"Evil {ATTACK} and {REMOTE} $$x$$ end.")
    page.locator("a.m-cite").first.click()
    expect(page.locator("#m-source h2")).to_have_text(f"[1] {ATTACK}")
    _ask(page, f"broken {ATTACK}")
    expect(page.locator(".m-error")).to_have_text("expected a question, found broken <b>one</b>")
    assert page.locator("#m-chat img, #m-source img, #m-listing img").count() == 0


def test_an_example_is_asked_by_a_click(page: Page) -> None:
    """The questions shown at the beginning can be clicked."""
    page.locator("#m-chat").get_by_text("When does the lease end?").click()
    expect(page.locator(".m-quote p strong")).to_have_text("31 March 2027")


def test_an_answer_is_copied_with_its_source(page: Page) -> None:
    """Copy puts the quote, the document and the page on the clipboard."""
    _ask(page, "When does the lease end?")
    page.locator("button.m-copy").click()
    expect(page.locator("button.m-copy")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert (
        copied
        == "The lease ends on 31 March 2027. [1]\n\n[1] Office lease, contracts/lease.pdf, p. iv, PDF page 6"
    )


def test_the_keyboard_is_enough(page: Page) -> None:
    """From the question to the source and back without a mouse; the focus is always visible."""
    _ask(page, "When does the lease end?")
    page.locator("a.m-cite").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#m-source-title")).to_be_focused()
    for _ in range(4):  # the way out, its address, the text, which scrolls, the next citation
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Next")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Escape")
    expect(page.locator("a.m-cite").first).to_be_focused()


def test_arabic_runs_from_the_right(page: Page) -> None:
    """Arabic questions, quotes and passages are set from right to left."""
    _ask(page, "متى بدأ الحوار؟")
    quote = page.locator(".m-quote p")
    expect(quote).to_have_text(ARABIC)
    for part in (".m-quote p", ".m-question"):
        assert page.locator(part).evaluate("element => getComputedStyle(element).direction") == "rtl"
    page.locator("a.m-cite").click()
    passage = page.locator("#m-source .m-passage")
    assert passage.evaluate("element => getComputedStyle(element).direction") == "rtl"


def test_an_arabic_browser_meets_an_arabic_page(browser: Browser, address: str) -> None:
    """The whole interface, mirrored; a link leads to the English one, which from then on is the one shown."""
    # Gradio complains of a page that is left while it listens, as this one is three times.
    left = "AbortError|Connection errored out"
    with _open(browser, address, language="ar-EG", forgiven=left) as page:
        assert page.url == f"{address}/ar/"
        root = page.locator("html")
        expect(root).to_have_attribute("dir", "rtl")
        expect(root).to_have_attribute("lang", "ar")
        expect(page.locator("#m-ask textarea")).to_have_attribute("placeholder", ARABIC_WORDS.ask)
        page.wait_for_function(  # the menu slides in
            "() => document.querySelector('#m-documents').getBoundingClientRect().right === 1400"
        )
        _ask(page, "Who feeds the unicorn?")
        verdict = page.locator(".m-verdict")
        expect(verdict).to_have_text(ARABIC_WORDS.not_found)
        for part in (verdict, page.locator("#m-ask textarea"), page.locator("#m-listing .m-counts")):
            assert part.evaluate("element => getComputedStyle(element).direction") == "rtl"
        assert verdict.evaluate("element => getComputedStyle(element).textAlign") == "start"
        _ask(page, "Where is the river from?")
        expect(page.locator(".m-sheet img").first).to_have_js_property("naturalWidth", 1200)
        source = page.locator("#m-source").bounding_box()
        assert source is not None
        assert source["x"] == 0
        page.goto(f"{address}/ar/?__theme=light#here")
        expect(page.locator(GRADIO["example"])).to_have_count(4)  # gradio complains of a page left before
        page.get_by_role("link", name="English").click()
        expect(root).to_have_attribute("dir", "ltr")
        assert page.url == f"{address}/?__theme=light#here"
        page.goto(address)
        expect(root).to_have_attribute("lang", "en")


def test_on_a_phone_the_source_is_a_sheet(phone: Page) -> None:
    """The documents are out of the way; a citation opens a sheet that Escape and its button close."""
    toggle = phone.get_by_role("button", name="Menu", exact=True)
    expect(toggle).to_have_attribute("aria-expanded", "false")
    _ask(phone, "When does the lease end?")
    expect(phone.locator("#m-source")).to_be_hidden()
    for close in (
        lambda: phone.keyboard.press("Escape"),
        lambda: phone.locator("#m-source .m-close").click(),
    ):
        phone.locator("a.m-cite").first.click()
        expect(phone.locator("#m-source mark")).to_be_in_viewport()
        close()
        expect(phone.locator("#m-source")).to_be_hidden()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    toggle.click()
    expect(phone.locator("#m-listing .m-counts")).to_be_in_viewport()
