"""Where printed lines stand in the text: each character on its line, however words were joined."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import Content, assemble
from ingest.document import Page
from ingest.layout.lines import Line
from ingest.layout.structure import compose
from ingest.line_spans import LineSpan, lines_within

SPANS = (LineSpan(0, 5, 1, 0, 0), LineSpan(6, 9, 1, 1, 0), LineSpan(9, 20, 2, 0, 4))


def test_a_part_of_a_line_begins_at_its_offset() -> None:
    """The first and the last line of a span are cut to it."""
    assert list(lines_within(SPANS, 3, 11)) == [
        LineSpan(3, 5, 1, 0, 3),
        LineSpan(6, 9, 1, 1, 0),
        LineSpan(9, 11, 2, 0, 4),
    ]
    assert list(lines_within(SPANS, 5, 6)) == []
    assert list(lines_within(SPANS, 20, 30)) == []


def test_a_word_cut_by_a_page_stands_on_both_lines() -> None:
    """It goes with the first page in the text, and each half is known to be printed where it is."""
    lines = [
        Line("the policy which the respon-", 1, size=10.0, y=50.0, place=3),
        Line("sibility of the ministry is", 2, size=10.0, y=700.0, place=0),
    ]
    document = assemble("", Content(None, compose([lines[:1], lines[1:]]), [Page(1, None), Page(2, None)]))
    assert document.text == "the policy which the responsibility of the ministry is"
    assert document.lines == (
        LineSpan(0, 27, 1, 3, 0), LineSpan(27, 35, 2, 0, 0), LineSpan(36, 54, 2, 0, 9),
    )  # fmt: skip


WORDS = st.lists(
    st.sampled_from(["oak", "self-", "ment.", "a", "12", "3-", "And", "¹", "cliché"]), min_size=1
)


@given(st.lists(st.lists(WORDS.map(" ".join), max_size=5), min_size=1, max_size=4))
def test_what_a_line_says_stands_at_its_span(pages: Sequence[Sequence[str]]) -> None:
    """Of each line all is there, but for a hyphen at its end, and nothing that another line says."""
    printed = [
        [Line(text, page, size=10.0, y=700.0 - 12 * at, place=at) for at, text in enumerate(texts)]
        for page, texts in enumerate(pages, 1)
    ]
    numbers = [Page(number, None) for number in range(1, len(pages) + 1)]
    document = assemble("", Content(None, compose(printed), numbers))
    said: dict[tuple[int, int], str] = {}
    end = 0
    for span in document.lines:
        assert end <= span.start <= span.end
        end = span.end
        line = printed[span.page - 1][span.line].text
        words = document.text[span.start : span.end]
        assert line[span.offset : span.offset + len(words)] == words
        said[span.page, span.line] = said.get((span.page, span.line), "") + words
    for page in printed:
        for line in page:
            whole = said[line.page or 0, line.place or 0].replace(" ", "")
            assert whole in (line.text.replace(" ", ""), line.text.replace(" ", "").removesuffix("-"))
    assert (
        assemble("", Content(None, compose([[replace(one, place=None) for one in p] for p in printed]))).lines
        == ()
    )
