"""Who has the room of the page, in a real browser: the answers, a source, its picture; and the ways back."""

import re

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from app.phrases.languages import LANGUAGES
from tests.support.browser import DESK, GRADIO, PHONE, STILL, ask, needs_chromium, opened

pytestmark = needs_chromium
LEASE, RIVER = "When does the lease end?", "Where is the river from?"
LOW = {"width": 640, "height": 400}  # a laptop's window at a zoom of 200%


def _box(part: Locator) -> FloatRect:
    """Where a part of the page is, once it has come to rest there."""
    part.evaluate(STILL)
    box = part.bounding_box()
    assert box is not None
    return box


def _cite(page: Page, n: int = 0) -> None:
    """Open citation `n` of the newest answer that has one, with its page drawn."""
    page.locator(".m-answer").last.locator("a.m-cite").nth(n).click()
    expect(page.locator(".m-sheet img").first).to_have_js_property("naturalWidth", 1200)
    expect(page.locator("#m-source-title")).to_be_focused()


def test_answers_take_the_width_until_a_source_is_open(browser: Browser, address: str) -> None:
    """At the beginning, where nothing was found, and again when the source is closed, by whatever way."""
    for words in LANGUAGES:
        with opened(browser, address, language=words.code) as page:
            talk, source = page.locator("#m-talk"), page.locator("#m-source")
            page.wait_for_function("() => document.querySelector('#m-documents.open')")
            whole = _box(talk)["width"]
            assert whole > DESK["width"] - 400
            ask(page, "Who feeds the unicorn?")
            expect(source).to_be_hidden()
            ask(page, LEASE)
            link = page.locator(".m-answer").last.locator("a.m-cite").first
            for part, key in ((".m-close", "Enter"), ("#m-source-title", "Escape")):
                expect(source).to_be_visible()
                assert _box(talk)["width"] < whole - 400
                source.locator(part).press(key)
                expect(source).to_be_hidden()
                assert _box(talk)["width"] == whole
                expect(link).to_be_focused()
                link.press("Enter")


def test_what_is_looked_at_keeps_its_place(page: Page) -> None:
    """The lines break anew where a source opens or closes; the citation that was chosen does not move."""
    ask(page, "List the duties.")
    page.keyboard.press("Escape")
    link = page.locator("a.m-cite").nth(6)
    link.scroll_into_view_if_needed()
    before = _box(link)["y"]
    link.click()
    expect(page.locator("#m-source-title")).to_be_focused()
    assert _box(link)["y"] == pytest.approx(before, abs=2)  # pixels
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    assert _box(link)["y"] == pytest.approx(before, abs=2)


def test_on_a_phone_a_page_opens_zoomed_to_its_box(phone: Page) -> None:
    """What is boxed is nearly as wide as the sheet, all of it in view; a turned page keeps the zoom."""
    ask(phone, RIVER)
    _cite(phone)
    box = _box(phone.locator(".m-box.m-now").first)
    assert 0.9 * PHONE["width"] < box["width"] < PHONE["width"]
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    expect(phone.locator(".m-box.m-now").first).to_be_in_viewport(ratio=1)
    expect(phone.locator(".m-steps")).to_be_in_viewport(ratio=1)
    wide = _box(phone.locator(".m-sheet").first)["width"]
    phone.get_by_role("button", name="Next page").click()
    expect(phone.locator(".m-where")).to_contain_text("p. 3")
    assert _box(phone.locator(".m-sheet").first)["width"] == pytest.approx(wide, abs=1)
    phone.get_by_role("button", name="Zoom out").click()
    phone.get_by_role("button", name="Zoom out").click()
    expect(phone.get_by_role("button", name="Zoom out")).to_be_disabled()
    assert _box(phone.locator(".m-sheet").first)["width"] < PHONE["width"]
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_on_a_phone_the_way_out_of_a_text_covers_none_of_it(browser: Browser, address: str) -> None:
    """An English text, in the page of either language: its words end before the button, or begin behind."""
    for words in LANGUAGES:
        with opened(browser, address, phone=True, language=words.code) as each:
            ask(each, "List the duties.")
            each.locator(".m-answer").last.locator("a.m-cite").nth(9).click()
            expect(each.locator("#m-source-title")).to_be_focused()
            out, text = _box(each.locator("#m-source .m-close")), _box(each.locator(".m-passage mark").first)
            assert out["x"] >= text["x"] + text["width"] or out["x"] + out["width"] <= text["x"]


def test_back_closes_what_lies_over_the_page_before_it_leaves(phone: Page) -> None:
    """The source's sheet, a dialog, the menu, the topmost first; one that was closed otherwise is no step."""
    ask(phone, LEASE)
    expect(phone).to_have_url(re.compile("conversation="))
    address, source = phone.url, phone.locator("#m-source")
    for close in (phone.go_back, lambda: phone.locator("#m-source .m-close").click(), phone.go_back):
        phone.locator("a.m-cite").first.click()
        expect(source).to_be_visible()
        close()
        expect(source).to_be_hidden()
        expect(phone.locator("a.m-cite").first).to_be_focused()
        expect(phone).to_have_url(address)
    phone.mouse.move(200, 800)  # a preview of what was pointed at goes
    phone.locator(GRADIO["toggle"]).click()
    phone.locator("#m-listing .m-library").click()
    expect(phone.locator(".m-shelf")).to_be_visible()
    phone.go_back()
    expect(phone.locator(".m-shelf")).to_be_hidden()
    expect(phone.locator(GRADIO["opened"])).to_have_count(1)
    phone.go_back()
    expect(phone.locator(GRADIO["opened"])).to_have_count(0)
    expect(phone.locator(".m-question")).to_have_text(LEASE)
    phone.locator(GRADIO["toggle"]).click()
    phone.locator("#m-fresh").click()
    expect(phone.locator(".m-question")).to_have_count(0)
    phone.go_back()  # the menu was no step of its own
    expect(phone.locator(".m-question")).to_have_text(LEASE)
    expect(phone).to_have_url(address)
    expect(phone.locator(GRADIO["opened"])).to_have_count(0)


def test_in_a_low_window_the_page_has_the_room(browser: Browser, address: str) -> None:
    """Heading, quote and tools scroll away; the way out stays; the text of a source has the room too."""
    for words in LANGUAGES:
        with opened(browser, address, language=words.code) as page:
            page.wait_for_function("() => document.querySelector('#m-documents.open')")
            page.set_viewport_size(LOW)  # type: ignore[arg-type]  # playwright has a type of its own for it
            expect(page.locator(GRADIO["opened"])).to_have_count(0)  # it would cover the conversation
            ask(page, RIVER)
            _cite(page)
            sheets = _box(page.locator(".m-sheets"))
            assert sheets["y"] <= 8
            assert sheets["y"] + sheets["height"] >= LOW["height"]
            expect(page.locator(".m-box.m-now").first).to_be_in_viewport(ratio=1)
            expect(page.locator("#m-source-title")).not_to_be_in_viewport()
            page.mouse.move(300, 300)
            page.mouse.wheel(0, -3000)
            expect(page.locator("#m-source-title")).to_be_in_viewport(ratio=1)
            expect(page.locator(".m-tools")).to_be_in_viewport(ratio=1)
            page.mouse.wheel(0, 9000)
            expect(page.locator(".m-steps")).to_be_in_viewport(ratio=1)
            page.get_by_role("button", name=words.close_source).click()
            expect(page.locator("#m-source")).to_be_hidden()
            ask(page, "List the duties.")
            page.locator(".m-answer").last.locator("a.m-cite").nth(9).click()
            expect(page.locator("#m-source mark").first).to_be_in_viewport(ratio=1)
            assert page.evaluate("document.documentElement.scrollWidth") <= LOW["width"]


def test_the_arrow_to_the_newest_answer_covers_no_words(phone: Page) -> None:
    """It has a row below the conversation, and goes there."""
    ask(phone, "List the duties.")
    arrow = phone.get_by_role("button", name="To the newest answer")
    log = phone.locator(GRADIO["view"])
    log.evaluate("element => element.scrollBy(0, 60)")
    expect(arrow).to_be_visible()
    phone.wait_for_function(  # what is offered after the answer is still coming
        """([log, arrow]) => arrow.getBoundingClientRect().top >= log.getBoundingClientRect().bottom""",
        arg=[log.element_handle(), arrow.element_handle()],
    )
    arrow.click()
    expect(phone.locator(".m-answer .m-copy")).to_be_in_viewport(ratio=1)


def test_gradios_parts_have_names_in_the_pages_language(browser: Browser, address: str) -> None:
    """The button that sends, and the conversation; none of them in another language."""
    for words in LANGUAGES:
        with opened(browser, address, language=words.code) as page:
            expect(page.locator(GRADIO["send"])).to_have_accessible_name(words.send)
            ask(page, LEASE)
            expect(page.locator(GRADIO["view"])).to_have_accessible_name(words.conversation)
