"""A conversation as Markdown: what it says, and that no word of others is markup in it."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app.phrases.languages import ARABIC, ENGLISH
from app.phrases.words import Words
from app.web.html.markdown import markdown, plain
from app.web.service.conversations import Conversation
from app.web.service.exchange import Exchange
from app.web.service.filters import Filter
from ingest.reasons import Reason
from tests.support.fake_service import ATTACK, REMOTE, FakeService

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def conversation(*questions: str) -> Conversation:
    """These questions with the fake service's answers."""
    exchanges = tuple(Exchange(question, Filter(), FakeService().ask(question)) for question in questions)
    return Conversation("A" * 16, questions[0], "2026-11-26T08:00:00+00:00", exchanges)


def test_it_holds_quotes_and_where_they_stand() -> None:
    """Title and date; each question, its quotes numbered, their document, file, both pages and headings."""
    assert (
        markdown(conversation("lease?", "a unicorn"), ENGLISH)
        == """\
# lease?

2026-11-26

## lease?

> The lease ends on 31 March 2027. \\[1\\]

Confidence: likely

- \\[1\\] Office lease, contracts/lease.pdf, p. iv, PDF page 6, dated 2021-03-04 by its file, Terms › Duration

## a unicorn

**Not found in the documents.**
"""
    )


def test_a_comment_is_called_one() -> None:
    """Its author is named behind the place, and is no markup."""
    answer = FakeService().ask("lease?")
    noted = replace(answer.citations[0], kind="note", by="A *Reed*")
    exchange = Exchange("lease?", Filter(), replace(answer, citations=(noted,)))
    exported = markdown(replace(conversation("lease?"), exchanges=(exchange,)), ENGLISH)
    assert exported.endswith("Terms › Duration, comment by A \\*Reed\\*\n")


def test_it_says_what_was_searched_and_where() -> None:
    """The filter, what a follow-up was searched as, and an error stand with their question."""
    answer = replace(FakeService().ask("lease"), searched_as="the office lease", differs=True)
    exchanges = (
        Exchange(
            "it",
            Filter(documents=("a_b.pdf", "c.pdf")),
            answer,
        ),
        Exchange("x", Filter(), None, Reason("other", detail="expected *more*")),
    )
    text = markdown(Conversation("A" * 16, "T", "2026-11-26", exchanges), ENGLISH)
    assert "Filter: a\\_b.pdf, c.pdf\n" in text
    assert "Searched as: the office lease\n" in text
    assert "The documents differ on this:\n" in text
    assert text.endswith("## x\n\nexpected \\*more\\*\n")


def test_it_is_in_the_readers_language() -> None:
    """Ours are the words of the page's language, the quotes those of the documents."""
    text = markdown(conversation("حوار", "unicorn"), ARABIC)
    assert f"**{ARABIC.not_found}**" in text
    assert "> بدأ الحوار" in text
    failed = Exchange("?", Filter(), None, Reason("no_word"))
    assert "لا كلمة في السؤال" in markdown(Conversation("A" * 16, "T", "2026-11-26", (failed,)), ARABIC)


@pytest.mark.parametrize("words", [ENGLISH, ARABIC])
def test_a_possible_answer_is_exported_under_its_sentence(words: Words) -> None:
    """Quotes and sources as those of an answer, which has no such sentence."""
    told, answered = (
        markdown(conversation("perhaps the lease"), words),
        markdown(conversation("lease"), words),
    )
    assert f"**{words.possible}**\n\n> The lease ends on 31 March 2027" in told
    assert words.possible not in answered
    assert told.splitlines()[-1] == answered.splitlines()[-1]


@pytest.mark.parametrize("hostile", [ATTACK, REMOTE, "- a\n1. b\n# c\n> d", "a | b\n--- | ---\n1 | 2"])
def test_no_word_of_others_is_markup(hostile: str) -> None:
    """In a title, question, path, quote or error: the same parts in the same order, whatever they say."""

    def tokens(text: str) -> list[str]:
        answer = FakeService().ask("lease")
        (first, *_) = answer.citations
        cited = replace(first, quote=text, title=text, paths=(text,), section=(text,))
        answer = replace(answer, citations=(cited,), searched_as=text)
        exchanges = (
            Exchange(text, Filter(documents=(text,)), answer),
            Exchange(text, Filter(), None, Reason("other", detail=text)),
        )
        parsed = PARSER.parse(markdown(Conversation("A" * 16, text, "2026-11-26", exchanges), ENGLISH))
        return [token.type for token in parsed]

    assert tokens(hostile.replace("\n", " ")) == tokens("word")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
@example("1. a")
@example("Q1-2 [x](y) ![z](u) <b> &amp; `c` **d** ~~e~~ \\* #")
@example("===")
@example("    indented")
@example("https://example.com www.example.com a@b.c")
def test_plain_text_reads_as_it_was(text: str) -> None:
    """Rendered, it is the same text on one line, in one paragraph without any markup."""
    parsed = PARSER.parse(f"x\n\n{plain(text)}")[3:]
    line = " ".join(text.split())
    if not line:
        assert parsed == []
        return
    opened, inline, closed = parsed
    assert (opened.type, closed.type) == ("paragraph_open", "paragraph_close")
    assert "".join(part.content for part in inline.children or []) == line
    assert {part.type for part in inline.children or []} <= {"text", "text_special"}


def test_an_outline_is_exported_with_its_sources() -> None:
    """As quotes, under the line that says why; of what help offers the questions."""
    text = markdown(conversation("Summarize the river report", "What can you do?"), ENGLISH)
    assert plain(ENGLISH.quotes_only) in text
    assert "> It is deep\\. \\[2\\]" in text or "> It is deep. \\[2\\]" in text
    assert "- \\[2\\] Rivers of the north" in text
    assert "- When does the lease end?" in text
    assert ENGLISH.not_found not in text
