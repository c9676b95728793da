"""A citation in the chat: its preview, and why it was taken."""

import re
from dataclasses import replace

import pytest

from app.answering.answer import Citation
from app.answering.cited_row import CitedRow
from app.phrases.languages import ARABIC as ARABIC_WORDS
from app.phrases.languages import ENGLISH
from app.phrases.words import Words
from app.web.html.citation import link_html, quote_html
from ingest.document import Span
from tests.support.fake_service import ARABIC, ATTACK, LEASE, citation
from tests.web.test_web_render import Tags


def test_a_quote_in_another_language_than_the_question_says_so() -> None:
    """Behind its place, by the language's own name; without it the link is as it was."""
    plain = link_html(END, 0, ENGLISH, titled=True)
    foreign = link_html(replace(END, foreign="ar"), 0, ENGLISH, titled=True)
    assert foreign.replace(' · <bdi lang="ar">العربية</bdi>', "") == plain != foreign


@pytest.mark.parametrize(("words", "said"), [(ENGLISH, f"comment by {ATTACK}"), (ARABIC_WORDS, "تعليق من ")])
def test_a_comment_says_so_wherever_its_link_stands(words: Words, said: str) -> None:
    """In the link, with the title and without, and in the preview; a hostile author brings no tag."""
    noted = replace(END, kind="note", by=ATTACK)
    for titled in (True, False):
        seen = Tags(link_html(noted, 0, words, titled=titled))
        assert seen.text.count(said) == 2
        assert not seen.tags & {"img", "script"}
    assert said not in link_html(END, 0, words, titled=True)


def test_a_row_is_shown_with_what_heads_its_values() -> None:
    """Its label, then a line a value, the one that answers marked; a hostile cell brings no tag."""
    row = CitedRow("East, Saw", (("Rent", "3"), (ATTACK, ATTACK)), asked=0)
    html = quote_html(replace(END, row=row), "", "rent?", ENGLISH)
    assert '<b>East, Saw</b><dl><dt dir="auto">Rent</dt><dd dir="auto" class=m-asked>3</dd>' in html
    assert html.count("m-asked") == 1
    assert not Tags(html).tags & {"img", "script"}
    assert "m-row" not in quote_html(replace(END, row=CitedRow("x", (("", "3"),), 0)), "", "", ENGLISH)
    assert "m-row" not in quote_html(END, "", "", ENGLISH)


def test_turned_arabic_is_shown_with_its_probable_spelling() -> None:
    """Beside the quote, escaped, in the page's language."""
    turned = replace(END, probable=f"العلاقات {ATTACK}", note_to=f"It ends. {ATTACK}")
    seen = Tags(quote_html(turned, "", "", ENGLISH))
    assert f"probably spelt: العلاقات {ATTACK}" in seen.text
    assert f"note to: It ends. {ATTACK}" in seen.text
    assert not seen.tags & {"img", "script"}
    assert ARABIC_WORDS.probable.partition(":")[0] in Tags(quote_html(turned, "", "", ARABIC_WORDS)).text
    assert "probably" not in quote_html(END, "", "", ENGLISH)


def test_a_document_whose_folder_has_gone_is_not_cited_as_if_it_were_there() -> None:
    """In the link and in the preview, in the page's language."""
    gone = Tags(link_html(replace(END, absent=True), 0, ENGLISH, titled=True)).text
    assert gone.count("no longer at this place") == 2
    assert (
        ARABIC_WORDS.absent in Tags(link_html(replace(END, absent=True), 0, ARABIC_WORDS, titled=True)).text
    )
    assert ENGLISH.absent not in Tags(link_html(END, 0, ENGLISH, titled=True)).text


END = citation("The lease ends on 31 March 2027.", LEASE, "31 March 2027")


def why(one: Citation, question: str, words: Words = ENGLISH) -> str:
    """What the reader of the disclosure sees."""
    (details,) = re.findall("<details.*?</details>", quote_html(one, "", question, words))
    return Tags(details).text


def test_why_tells_words_and_scores_apart() -> None:
    """The words that the passage holds, those in its headings, those it lacks; three numbers explained."""
    said = why(END, "For what duration may tenants renew the office lease in Cairo?")
    assert "In the passage: lease, tenant, renew" in said
    assert "In the title or headings: Office, Duration" in said
    assert "Not there: Cairo" in said
    for number, note in (("0.62", "meaning_note"), ("7.5", "shared_note"), ("0.80", "sureness_note")):
        assert f"{number}{getattr(ENGLISH, note)}" in said


def test_why_in_arabic() -> None:
    """The page's words around those of the passage, which are spelt as they stand there."""
    said = why(citation(ARABIC, ARABIC), "متى بدأ الحوارُ؟", ARABIC_WORDS)
    assert "في المقطع: بدأ، الحوار" in said


def test_a_meaning_that_was_not_compared_is_no_number() -> None:
    """A model that does not know the script has no vote, which is not the same as nought."""
    said = why(replace(END, dense=None), "lease")
    assert f"Meaning –{ENGLISH.no_meaning}" in said
    assert "In the title or headings" in why(END, "office")
    assert "Not there" not in why(END, "office")


def test_a_preview_shows_the_quote_among_its_words() -> None:
    """The quote whole, its exact words bold, cut at words around it, with both names of its page."""
    passage = f"{'Before it. ' * 40}{END.quote}\n\n{'After it. ' * 40}"
    long = citation(END.quote, passage, "31 March 2027")
    html = link_html(long, 0, ENGLISH, titled=True).partition('<div class="m-preview" hidden>')[2]
    said = Tags(html).text
    assert said.startswith(
        "Office lease · p. iv, PDF page 6 · dated 2021-03-04 by its fileTerms › Duration… "
    )
    assert "<strong>31 March 2027</strong>" in html
    assert re.search(r"(?:Before it\. )+The lease ends on 31 March 2027\.  (?:After it\. )+", said)
    assert said.endswith(" …")
    assert len(said) < 320


@pytest.mark.parametrize("span", [Span(0, 4), Span(1005, 1400), Span(1005, 1005)])
def test_a_span_outside_the_quote_is_not_bold(span: Span) -> None:
    """Never a wrong mark."""
    assert "<strong>" not in quote_html(replace(END, answer_span=span), "", "lease", ENGLISH)


def test_foreign_words_bring_no_tag() -> None:
    """Not in the preview, and not among the words of the question."""
    hostile = citation(f"Evil {ATTACK}", f"Evil {ATTACK}", title=ATTACK, section=(ATTACK,), paths=(ATTACK,))
    html = quote_html(hostile, link_html(hostile, 0, ENGLISH, titled=True), f"onerror {ATTACK}", ENGLISH)
    assert not Tags(html).tags & {"img", "script"}
