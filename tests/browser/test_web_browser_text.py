"""Texts that are hard to show: two scripts in a title, letters turned, a word without end; told apart."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from app.phrases.languages import ARABIC, ENGLISH
from app.phrases.words import Words
from tests.support.browser import GRADIO, ask, needs_chromium, opened
from tests.support.fake_service import LONG_WORD, OVERRIDDEN, running

pytestmark = needs_chromium
TITLES = (
    "Compare the scripts of تقرير الحوار الاستراتيجي بين العراق والولايات المتحدة الأمريكية في واشنطن",
    "تقرير الحوار بين scripts and the United States of America and all of its allies since 2008",
)
# Which characters of an element can be seen, in the order in which they are written.
_SEEN = """element => {
  const box = element.getBoundingClientRect(), range = document.createRange(), seen = [];
  const text = element.firstChild;
  for (let at = 0; at < text.length; at++) {
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    const place = range.getBoundingClientRect();
    const across = place.left >= box.left - 1 && place.right <= box.right + 1;
    if (text.data[at].trim()) seen.push(across && place.bottom <= box.bottom + 4);
  }
  return seen;
}"""

# If the letters behind an override stand from right to left.
_TURNED = """element => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (!walker.nextNode().data.includes("fdp.exe"));
  const at = walker.currentNode.data.indexOf("fdp.exe");
  const [first, last] = [0, 6].map((n) => {
    range.setStart(walker.currentNode, at + n);
    range.setEnd(walker.currentNode, at + n + 1);
    return range.getBoundingClientRect().left;
  });
  return first > last;
}"""


def _menu(page: Page) -> None:
    if not page.locator(GRADIO["opened"]).count():
        page.locator(GRADIO["toggle"]).click()


@pytest.mark.parametrize(("phone", "dark", "words"), [(False, False, ENGLISH), (True, True, ARABIC)])
def test_conversations_are_told_apart(browser: Browser, phone: bool, dark: bool, words: Words) -> None:
    """A title that is cut keeps its beginning, in both scripts; beside each stands when it last went on."""
    with (
        running() as address,
        opened(browser, address, phone=phone, dark=dark, language=words.code) as page,
    ):
        for question in (*TITLES, "the lease", "the lease"):
            ask(page, question)
            _menu(page)
            page.locator("#m-fresh").click()
            expect(page.locator(".m-question")).to_have_count(0)
        _menu(page)
        listed = page.locator("#m-conversations li")
        expect(listed).to_have_count(4)
        expect(listed.locator("time[data-twin]")).to_have_count(2)
        for twin in listed.filter(has=page.locator("[data-twin]")).all():
            expect(twin.locator("summary")).to_have_accessible_name(re.compile(r"the lease.* \d\d:\d\d$"))
        expect(listed.locator("time")).to_have_text([re.compile(r"^\d\d:\d\d$")] * 4)
        for title in TITLES:
            shown = page.locator(f'#m-conversations a[title="{title}"] span')
            expect(shown).to_have_class("m-cut")
            seen = shown.evaluate(_SEEN)
            assert seen.index(False) > 20
            assert not any(seen[seen.index(False) :])
        old = listed.locator("time").last
        old.evaluate("each => { each.dateTime = '2021-03-04T12:00Z'; each.textContent = ''; }")
        expect(old).to_contain_text("2021")


@pytest.mark.parametrize(("words", "side"), [(ENGLISH, "left"), (ARABIC, "right")])
def test_names_of_documents_keep_the_pages_side(
    browser: Browser, address: str, words: Words, side: str
) -> None:
    """In whichever script and direction, on one line or wrapped."""
    with opened(browser, address, language=words.code) as page:
        page.locator("#m-listing .m-library").click()
        expect(page.locator(".m-files")).to_contain_text("الحوار الاستراتيجي")
        for name in page.locator(".m-what > *").all():
            expect(name).to_have_css("text-align", side)


def test_what_turns_letters_is_marked(page: Page) -> None:
    """The words read as their page shows them, so does a file's name; a copy is verbatim."""
    ask(page, "Which override?")
    for place in (".m-quote p", ".m-from .m-title", "#m-source mark", "#m-source-title", "#m-source .m-path"):
        words = page.locator(place).first
        expect(words.locator(".m-turning").first).to_be_visible()
        assert words.evaluate(_TURNED) is True, place
    assert OVERRIDDEN in (page.locator(".m-clip").text_content() or "")


def test_a_long_word_breaks(page: Page) -> None:
    """The sentence goes on behind it, within its frame."""
    ask(page, "Who has the vault?")
    for place in (".m-quote p", "#m-source mark"):
        expect(page.locator(place)).to_have_text(LONG_WORD)
        frame, exact = page.locator(place).bounding_box(), page.locator(f"{place} strong").bounding_box()
        assert frame is not None
        assert exact is not None
        assert frame["x"] <= exact["x"] < exact["x"] + exact["width"] <= frame["x"] + frame["width"]


@pytest.mark.parametrize("words", [ENGLISH, ARABIC])
def test_the_tiers_are_told_apart(browser: Browser, address: str, words: Words) -> None:
    """Each by a word, a sign and a frame; what was not read is folded once it was shown."""
    with opened(browser, address, language=words.code) as page:
        for question, said, sign, frame in (
            ("When does the lease end?", words.answered, "✓", "solid"),
            ("May the lease perhaps end early?", words.possible, "?", "dashed"),
            ("Who feeds the unicorn?", words.not_found, "–", "dashed"),
        ):
            ask(page, question)
            verdict = page.locator(".m-verdict").last
            expect(verdict).to_have_text(said)
            shown = verdict.evaluate("each => getComputedStyle(each).getPropertyValue('--sign')")
            assert shown == f'"{sign}"'
            expect(page.locator(".m-answer").last).to_have_css("border-top-style", frame)
        expect(page.locator(".m-gaps li")).to_have_count(2)
        expect(page.locator(".m-gaps li").first).to_be_visible()
        ask(page, "Who feeds the dragon?")
        again = page.locator(".m-gaps").last
        expect(again.locator("li").first).to_be_hidden()
        again.locator("summary").press("Enter")
        expect(again.locator("li").first).to_be_visible()
