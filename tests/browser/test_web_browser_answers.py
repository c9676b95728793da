"""Answers as a user meets them in a real browser; skipped where there is none."""

from playwright.sync_api import Browser, Page, expect

from app.phrases.languages import ARABIC as ARABIC_WORDS
from app.phrases.languages import ENGLISH
from tests.support.browser import ask, needs_chromium, opened
from tests.support.fake_service import ARABIC, ATTACK

pytestmark = needs_chromium
LEASE, RENEW = "When does the lease end?", "and can they renew?"


def test_a_citation_is_previewed_by_mouse_and_keyboard(page: Page) -> None:
    """It may be pointed at, Escape dismisses it and nothing else, and going away does."""
    ask(page, LEASE)
    link, card = page.locator("a.m-cite").first, page.get_by_role("tooltip")
    page.mouse.move(5, 5)
    link.hover()
    expect(card).to_contain_text("Terms › Duration")
    expect(card.locator("mark")).to_have_text("The lease ends on 31 March 2027.")
    expect(card.locator("mark strong")).to_have_text("31 March 2027")
    card.hover()
    page.wait_for_timeout(600)  # longer than it takes to go
    expect(card).to_be_visible()
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()
    page.locator("#m-ask textarea").focus()
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    expect(card).to_be_visible()
    assert link.get_attribute("aria-describedby") == "m-card"
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#m-source-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    expect(card).to_be_hidden()


def test_a_number_on_a_page_is_previewed_too(page: Page) -> None:
    """Each number beside the page's picture shows the quote that it stands for."""
    ask(page, "Where is the river from?")
    page.get_by_role("button", name="Citation 2").hover()
    expect(page.get_by_role("tooltip").locator("mark")).to_have_text("The river rises in the hills.")


def test_a_map_shows_where_passages_stand_and_opens_them(page: Page) -> None:
    """Folded; by keyboard each mark previews its passage, opens its page, and has the focus after it."""
    ask(page, "Where is the river from?")
    summary, marks = page.get_by_text(ENGLISH.map), page.locator(".m-map .m-mark")
    expect(marks.first).to_be_hidden()
    summary.press("Enter")
    expect(marks).to_have_text(
        ["2, p. 1, PDF page 2", "1, pp. 1–2, PDF pages 2–3", "3, p. 3, PDF page 4", "4"]
    )
    third, fourth = (marks.nth(n).bounding_box() for n in (2, 3))
    assert third
    assert fourth
    assert third["x"] > fourth["x"]  # on the last page
    assert third["y"] < fourth["y"]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(marks.nth(2)).to_be_focused()
    expect(page.get_by_role("tooltip").locator("mark")).to_have_text("Of its mouth all maps are lost.")
    page.keyboard.press("Enter")
    expect(page.locator("#m-source-title")).to_have_text("[3] Rivers of the north")
    page.keyboard.press("Escape")
    expect(marks.nth(2)).to_be_focused()


def test_a_map_on_a_phone_in_arabic(browser: Browser, address: str) -> None:
    """From right to left, an English title too; within the answer, and no mark covers another."""
    with opened(browser, address, phone=True, language="ar") as phone:
        ask(phone, "List the duties.")
        phone.get_by_text(ARABIC_WORDS.map).click()
        title = phone.locator(".m-map .m-title")
        assert title.evaluate("title => getComputedStyle(title).textAlign") == "right"
        marks = phone.locator(".m-map .m-mark")
        boxes = [box for mark in marks.all() if (box := mark.bounding_box())]
        assert len(boxes) == 12
        assert boxes[0]["x"] > boxes[-1]["x"]
        for n, one in enumerate(boxes):
            assert one["x"] >= 0
            assert one["x"] + one["width"] <= 390
            assert one["height"] >= 24
            for other in boxes[:n]:
                assert abs(one["x"] - other["x"]) >= 24 or abs(one["y"] - other["y"]) >= 24


def test_a_confidence_is_explained(phone: Page) -> None:
    """By a tap where nothing can be pointed at; a screen reader is told with it."""
    ask(phone, LEASE)
    button = phone.get_by_role("button", name=f"Confidence: likely ({ENGLISH.confidence_note})")
    button.click()
    expect(phone.get_by_role("tooltip")).to_have_text(ENGLISH.confidence_note)
    phone.locator(".m-question").click()
    expect(phone.get_by_role("tooltip")).to_be_hidden()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_why_a_passage_was_taken_is_told(page: Page) -> None:
    """Folded away below each quote, opened by the keyboard: words and scores."""
    ask(page, LEASE)
    why = page.locator(".m-why").first
    expect(why.locator("dl")).to_be_hidden()
    why.locator("summary").press("Enter")
    expect(why).to_contain_text("In the passage: lease, ends")
    expect(why.locator("dt")).to_have_text(["Meaning 0.62", "Words 7.5", "Confidence 0.80"])


def test_documents_that_differ_stand_apart(page: Page) -> None:
    """Each under its own name, with the date that its file gives."""
    ask(page, "How do they differ on the lease?")
    expect(page.get_by_role("heading", name="Office lease dated 2021-03-04")).to_be_visible()
    expect(page.get_by_role("heading", name="notes.md its file gives no date")).to_be_visible()


def test_a_possible_answer_looks_apart(browser: Browser, address: str) -> None:
    """Under its sentence in the page's language; its source opens as an answer's does."""
    for language, words in (("en", ENGLISH), ("ar", ARABIC_WORDS)):
        with opened(browser, address, language=language) as page:
            ask(page, "May the lease perhaps end early?")
            expect(page.locator(".m-verdict")).to_have_text(words.possible)
            expect(page.locator(".m-possible")).to_have_css("border-top-style", "dashed")
            expect(page.locator(".m-possible > .m-quote p")).to_have_text("The lease ends on 31 March 2027.")
            expect(page.locator("#m-source mark")).to_have_text("The lease ends on 31 March 2027.")
            ask(page, LEASE)
            expect(page.locator(".m-answer").last).to_have_css("border-top-style", "solid")


def test_what_was_searched_is_edited_in_place(page: Page) -> None:
    """Enter asks it as it stands, Escape leaves it, by keyboard alone; what is in the box stays there."""
    ask(page, LEASE)
    ask(page, RENEW)
    chip, edited = page.locator("button.m-searched"), page.get_by_role("textbox", name="Edit")
    chip.press("Enter")
    expect(edited).to_have_value("may the tenant renew the lease")
    expect(edited).to_be_focused()
    edited.fill("something else")
    edited.press("Escape")
    expect(chip).to_be_focused()
    expect(chip).to_contain_text("may the tenant renew the lease")
    page.locator("#m-ask textarea").fill("unsent")
    chip.press("Enter")
    edited.fill("may the tenant renew?")
    edited.press("Enter")
    expect(page.locator(".m-answer").last).to_have_class("m-answer m-notfound")
    expect(page.locator(".m-question").last).to_have_text("may the tenant renew?")
    expect(page.locator("#m-ask textarea")).to_have_value("unsent")


def test_questions_to_go_on_with_are_asked_by_a_click(page: Page) -> None:
    """Below the newest answer only; what was asked is offered no more."""
    ask(page, LEASE)
    offered = page.get_by_role("group", name=ENGLISH.nearby).get_by_role("button")
    expect(offered).to_have_text(["May they renew the lease?", f"What is {ATTACK}?"])
    offered.first.press("Enter")
    expect(page.locator(".m-question").last).to_have_text("May they renew the lease?")
    expect(page.locator(".m-answer")).to_have_count(2)
    expect(offered).to_have_text([f"What is {ATTACK}?"])
    ask(page, "Who feeds the unicorn?")
    expect(offered).to_have_count(0)


def test_nothing_of_an_answer_is_covered_by_what_is_offered(phone: Page) -> None:
    """Where the conversation gets lower for it, its end stays in view; an error offers nothing."""
    ask(phone, "List the duties.")
    ask(phone, LEASE)
    expect(phone.locator(".m-follow-ups:visible")).to_have_count(1)
    expect(phone.locator(".m-answer").last.locator(".m-copy")).to_be_in_viewport(ratio=1)
    ask(phone, "broken")
    expect(phone.locator(".m-follow-ups:visible")).to_have_count(0)
    expect(phone.locator("#m-chat .m-error")).to_be_in_viewport(ratio=1)


def test_a_slow_question_says_what_it_does_and_can_be_taken_back(page: Page) -> None:
    """Nothing flickers before 300 ms; then a line, and a way out that brings the question back."""
    box, searching = page.locator("#m-ask textarea"), page.locator(".m-searching")
    box.fill(f"slowly, {LEASE}")
    box.press("Enter")
    searching.wait_for(state="attached")
    delay = searching.evaluate("element => getComputedStyle(element).animationDelay")
    assert delay == "0.3s"
    expect(searching).to_have_text("Searching 5 documents… Cancel")
    page.get_by_role("button", name="Cancel").press("Enter")
    expect(box).to_have_value(f"slowly, {LEASE}")
    expect(box).to_be_focused()
    expect(page.locator(".m-question, .m-searching")).to_have_count(0)
    while box.input_value():  # gradio loses what is sent before it has done with what was taken back
        box.press("Enter")
        page.wait_for_timeout(500)
    searching.wait_for(state="attached")
    box.fill("Who feeds the unicorn?")  # asked as soon as the other is answered
    box.press("Enter")
    expect(page.locator(".m-answer")).to_have_count(2)
    expect(page.locator(".m-answer").last).to_have_class("m-answer m-notfound")
    expect(page.locator(".m-question")).to_have_text([f"slowly, {LEASE}", "Who feeds the unicorn?"])
    expect(box).to_have_value("")


def test_on_a_phone_the_beginning_of_a_long_answer_is_seen(phone: Page) -> None:
    """The question at the top, below it where its answer begins."""
    ask(phone, LEASE)
    ask(phone, "list the duties")
    expect(phone.locator(".m-question").last).to_be_in_viewport()
    expect(phone.locator(".m-answer").last.locator(".m-quote").first).to_be_in_viewport()


def test_an_arabic_answer_is_told_why_in_arabic(browser: Browser, address: str) -> None:
    """From right to left, in the page's words; the preview too."""
    with opened(browser, address, language="ar") as page:
        ask(page, "متى بدأ الحوار؟")
        page.locator(".m-why summary").click()
        expect(page.locator(".m-why")).to_contain_text("في المقطع: بدأ، الحوار")
        page.locator("a.m-cite").hover()
        card = page.get_by_role("tooltip")
        expect(card.locator("mark")).to_have_text(ARABIC)
        for part in (page.locator(".m-why > div"), card, card.locator(".m-around")):
            assert part.evaluate("element => getComputedStyle(element).direction") == "rtl"
        expect(page.get_by_role("group", name=ARABIC_WORDS.nearby)).to_be_visible()


def test_a_document_is_chosen_and_its_outline_opens(page: Page) -> None:
    """By the keyboard: the button asks for the outline of its document, whose sentences are sources."""
    ask(page, "Summarize this paper")
    page.get_by_role("button", name="Outline of Office lease").press("Enter")
    expect(page.locator(".m-question").last).to_have_text("Outline of Office lease")
    outline = page.locator(".m-outline")
    expect(outline.get_by_role("heading")).to_have_text(["Water", "Depth"])
    outline.locator("a.m-cite").last.press("Enter")
    expect(page.locator("#m-source mark")).to_have_text("It is deep.")


def test_an_outline_keeps_its_documents_direction(browser: Browser, address: str) -> None:
    """An English one on the Arabic page: headings and sentences from left to right, on their own side."""
    with opened(browser, address, language="ar") as page:
        ask(page, ARABIC_WORDS.outline_of.format(title="Office lease"))
        for part in page.locator(".m-outline li, .m-outline :is(h3, p)").all():
            expect(part).to_have_css("direction", "ltr")
            expect(part).to_have_css("text-align", "start")


def test_an_example_that_help_names_is_asked(page: Page) -> None:
    """At a click, as it stands."""
    ask(page, "What can you do?")
    page.locator(".m-offers").get_by_role("button", name=LEASE).click()
    expect(page.locator(".m-quote").last).to_contain_text("31 March 2027")
