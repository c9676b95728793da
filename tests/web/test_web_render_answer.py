"""Answers as the web chat shows them: every foreign word escaped, every citation named."""

import re
from dataclasses import replace
from html import unescape

import pytest

from app.answering.answer import Turn, UnreadFile
from app.answering.requests import Asked, requested
from app.phrases.languages import ARABIC as ARABIC_WORDS
from app.phrases.languages import ENGLISH
from app.phrases.words import Words
from app.web.html.answer import answer_html, copy_text, follow_ups_html, searching_html
from app.web.html.offer import offer_html
from ingest.reasons import Reason
from tests.support.fake_service import ATTACK, REMOTE, FakeService
from tests.web.test_web_render import Tags

OFFERED = ["Summarize the river", "Summarize this", "Compare the lease", "What can you do?"]


@pytest.mark.parametrize(
    "question", ["attack", "list", "unicorn", "the lease", "perhaps the lease", "renew", *OFFERED]
)
def test_answers_hold_only_our_own_tags(question: str) -> None:
    """Hostile titles, paths, quotes and reasons bring no tag and no handler into an answer."""
    answer = FakeService().ask(question)
    seen = Tags(answer_html(answer, 0, [ATTACK, REMOTE], ENGLISH))
    assert not seen.tags & {"img", "script", "form", "iframe", "object", "style"}
    assert not {name for name in seen.attributes if name.startswith("on") or name == "src"}


@pytest.mark.parametrize("question", ["the lease", "unicorn", "perhaps the lease"])
def test_what_a_model_cannot_do_is_said(question: str) -> None:
    """That it does not know the script, found or not; that its confidence is not calibrated, if told."""
    answer = FakeService().ask(question)
    limited = Tags(answer_html(replace(answer, by_words=True, calibrated=False), 0, (), ENGLISH)).text
    assert ENGLISH.by_words in limited
    assert (ENGLISH.uncalibrated in limited) == (answer.status != "not_found")
    plain = Tags(answer_html(answer, 0, (), ENGLISH)).text
    assert ENGLISH.by_words not in plain
    assert ENGLISH.uncalibrated not in plain


def test_documents_that_differ_are_said_to() -> None:
    """A note of its own above the quotes; none where they agree."""
    answer = FakeService().ask("When does the lease end?")
    assert ENGLISH.differ in Tags(answer_html(replace(answer, differs=True), 0, (), ENGLISH)).text
    assert ENGLISH.differ not in Tags(answer_html(answer, 0, (), ENGLISH)).text


def test_an_answer_links_its_numbers() -> None:
    """Each quote carries a link that names the turn and the number; the exact words are bold."""
    html = answer_html(FakeService().ask("When does the lease end?"), 3, (), ENGLISH)
    assert re.findall(r'href="#cite-(\d+-\d+)"', html) == ["3-1", "3-2"] * 2  # the quotes, the map
    assert re.findall("<strong>(.*?)</strong>", html) == ["31 March 2027"] * 2  # the quote, its preview
    assert "1 further passage<" in html
    assert "Confidence: likely" in html
    assert "Searched as" not in html


def test_a_rewritten_question_is_shown() -> None:
    """What was searched is said where it is not what was asked."""
    text = Tags(
        answer_html(FakeService().ask("and renew?", (Turn("user", "the lease"),)), 0, (), ENGLISH)
    ).text
    assert "Searched as: may the tenant renew the lease" in text


@pytest.mark.parametrize("words", [ENGLISH, ARABIC_WORDS])
def test_a_possible_answer_is_an_answer_set_apart(words: Words) -> None:
    """A class and a sentence of its own above the quotes; everything else is as in an answer."""
    answer = FakeService().ask("perhaps the lease")
    html = answer_html(answer, 0, (), words)
    apart = f'<div class="m-answer m-possible"><p class="m-verdict">{words.possible}</p>'
    assert html.startswith(apart)
    plain = f'<div class="m-answer"><p class="m-verdict">{words.answered}</p>'
    assert html.replace(apart, plain) == answer_html(replace(answer, status="answered"), 0, (), words)


@pytest.mark.parametrize("question", ["the lease", "perhaps the lease", "unicorn"])
@pytest.mark.parametrize("words", [ENGLISH, ARABIC_WORDS])
def test_decimals_stand_only_under_why(question: str, words: Words) -> None:
    """How sure an answer is, is said in words; the number is for who asks why."""
    html = answer_html(FakeService().ask(question), 0, (), words)
    why = re.compile('<details class="m-why">.*?</details>')
    assert not re.search(r"\d\.\d", Tags(why.sub("", html)).text)
    assert all(re.search("<b>0\\.8", each) for each in why.findall(html))


def test_not_found_says_so_and_names_what_was_not_read() -> None:
    """Not found looks different, folds the closest passages away, and names the unread files."""
    html = answer_html(FakeService().ask("unicorn"), 0, (), ENGLISH)
    text = Tags(html).text
    assert 'class="m-answer m-notfound"' in html
    assert text.startswith("Not found in the documents.")
    assert "scan.pdf, pages 4, 5: no text layer" in text
    assert "secret.pdf: locked with a password" in text
    assert html.index("<details") < html.index("The tenant may renew")
    assert "Copy" not in text


def test_dates_are_copied_where_documents_differ() -> None:
    """Each source says what date its file gives, or that it gives none."""
    answer = replace(FakeService().ask("the lease"), answering=(1, 2))
    assert "its file" not in copy_text(answer, ENGLISH)
    assert copy_text(replace(answer, differs=True), ENGLISH).splitlines()[-2:] == [
        "[1] Office lease, contracts/lease.pdf, p. iv, PDF page 6, dated 2021-03-04 by its file",
        "[2] notes.md, its file gives no date",
    ]


def test_copied_text_carries_documents_and_pages() -> None:
    """What is copied can be pasted into a report: quotes, numbers, documents, pages."""
    assert copy_text(FakeService().ask("the lease"), ENGLISH) == (
        "The lease ends on 31 March 2027. [1]\n\n[1] Office lease, contracts/lease.pdf, p. iv, PDF page 6"
    )
    untitled = FakeService().ask("renew", (Turn("user", "the lease"),))
    assert copy_text(untitled, ENGLISH).splitlines()[-1] == "[1] notes.md"


def test_documents_are_set_apart_where_there_are_several() -> None:
    """Each under its name, without it in the links; one document alone needs no heading."""
    alone = answer_html(FakeService().ask("When does the lease end?"), 0, (), ENGLISH)
    assert "<h2" not in alone
    assert "[1] Office lease · p. iv, PDF page 6" in Tags(alone).text
    several = answer_html(FakeService().ask("the lease, how they differ"), 0, (), ENGLISH)
    headings = [Tags(each).text for each in re.findall("<h2.*?</h2>", several)]
    assert headings == ["Office lease dated 2021-03-04 by its file", "notes.md its file gives no date"]
    assert [Tags(each).text for each in re.findall('<a class="m-cite".*?</a>', several)] == [
        "[1] p. iv, PDF page 6",
        "[2] Open",  # it has no pages and no heading
    ]


def test_unread_files_are_all_named() -> None:
    """Five at once, the others folded away."""
    answer = FakeService().ask("unicorn")
    unread = tuple(UnreadFile(f"{n}.pdf", None, Reason("locked_container")) for n in range(7))
    html = answer_html(replace(answer, unread=unread), 0, (), ENGLISH)
    assert html.count("locked with a password") == 7
    assert html.index("4.pdf".replace(".", "&#46;")) < html.index("and 2 more") < html.index("5&#46;pdf")


def test_what_was_searched_is_a_button() -> None:
    """Which the script makes an input of; it reads as what it does."""
    answer = FakeService().ask("and renew?", (Turn("user", "the lease"),))
    (chip,) = re.findall(
        '<button type="button" class="m-searched".*?</button>', answer_html(answer, 0, (), ENGLISH)
    )
    assert Tags(chip).text == "may the tenant renew the lease (Edit)"


def test_a_confidence_is_explained_where_it_stands() -> None:
    """In words and, for a screen reader, as what it is the probability of."""
    html = answer_html(FakeService().ask("the lease"), 0, (), ENGLISH)
    (button,) = re.findall('<button type="button" class="m-confidence".*?</button>', html)
    assert Tags(button).text == f"Confidence: likely ({ENGLISH.confidence_note})"


def test_what_waits_says_how_much_is_searched() -> None:
    """A status with a way out, in the page's language."""
    assert Tags(searching_html(1200, ENGLISH)).text == "Searching 1,200 documents… Cancel"
    assert ARABIC_WORDS.searching(3) in searching_html(3, ARABIC_WORDS)
    assert 'role="status"' in searching_html(3, ENGLISH)


def test_questions_to_go_on_with_are_buttons() -> None:
    """As text, whatever stands in a heading; they say after how many answers they come."""
    html = follow_ups_html(["What ends?", f"What is {ATTACK}?"], 2, ENGLISH)
    assert Tags(html).text == f"{ENGLISH.nearby}What ends?What is {ATTACK}?"
    assert 'data-answers="2"' in html
    assert follow_ups_html([], 2, ENGLISH) == ""


def test_an_outline_has_headings_over_sentences_that_open() -> None:
    """Under one line that says why it is there; one level down stands further in; it can be copied."""
    answer = FakeService().ask("Summarize the river report")
    html = answer_html(answer, 2, (), ENGLISH)
    assert f"{ENGLISH.quotes_only} <span>{ENGLISH.its_outline}</span>" in html
    assert re.findall("<h3[^>]*>(.*?)</h3>", html) == ["Water", "Depth"]
    assert re.findall('<li dir="auto"( class=m-deep)?>', html) == ["", " class=m-deep"]
    assert re.findall(r'href="#cite-(\d+-\d+)"', html) == ["2-1", "2-2"]
    assert copy_text(answer, ENGLISH).startswith("It is fed by snow")
    assert ENGLISH.not_found not in html


@pytest.mark.parametrize("words", [ENGLISH, ARABIC_WORDS])
def test_documents_to_choose_among_are_buttons_that_are_understood(words: Words) -> None:
    """Each asks for the outline of one, by its path where its title is another's; the rest is a number."""
    offer = FakeService().ask("Summarize this paper").offer
    assert offer is not None
    twice = replace(offer, documents=(("a.md", "Notes"), ("b.md", "Notes"), ("c.md", ""), ("d.md", "Lease")))
    html = offer_html(twice, 0, words)
    asked = [requested(unescape(each)) for each in re.findall(">([^<]*)</button>", html)]
    assert asked == [Asked("summary", name) for name in ("a.md", "b.md", "c.md", "Lease")]
    assert "1,200" in html


def test_what_is_compared_stands_side_by_side() -> None:
    """Each thing in the order of the question, over its quote, or over that there is none."""
    html = answer_html(FakeService().ask("Compare the term and the renewal of the lease"), 0, (), ENGLISH)
    assert re.findall('<h2 class="m-document" dir="auto">(.*?)</h2>', html) == [
        "the term", "the renewal", "the fee",
    ]  # fmt: skip
    sides = html.split("<section>")[1:]
    assert [re.findall(r'm-cite" href="#cite-0-(\d+)"', side) for side in sides] == [["1"], ["2"], []]
    assert ENGLISH.nothing_on in sides[2]
