"""Assembling: one text, whose blocks and page spans are sorted, apart, and cover all but line breaks."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import Content, Piece, RawBlock, assemble, block
from ingest.characters import normalise
from ingest.document import Page, Span, Unread
from ingest.reasons import Reason

texts = st.text(alphabet=st.sampled_from("ab C9.\n\t\u00a0\u200b\u00ad\ufb01بﻻ—-😀"), max_size=12)
raw_blocks = st.lists(
    st.builds(
        RawBlock,
        st.sampled_from(["heading", "paragraph", "item", "footnote", "row"]),
        st.lists(st.builds(Piece, texts, st.integers(1, 3)), max_size=3).map(tuple),
        st.integers(0, 3),
    ),
    max_size=8,
)


@given(raw_blocks)
def test_blocks_cover_all_but_line_breaks(raws: list[RawBlock]) -> None:
    """Blocks are sorted and apart, hold no line break, and only line breaks stand between them."""
    document = assemble("0" * 64, Content(None, raws))
    position = 0
    for index, each in enumerate(document.blocks):
        between = document.text[position : each.start]
        assert between in (("\n", "\n\n") if index else ("",))
        text = document.text[each.start : each.end]
        assert text == normalise(text) != ""
        position = each.end
    assert position == len(document.text)


@given(raw_blocks)
def test_page_spans_cover_all_but_white_space(raws: list[RawBlock]) -> None:
    """Page spans are sorted and apart, and every visible character stands on one page, its piece's."""
    document = assemble("0" * 64, Content(None, raws, [Page(n, None) for n in (1, 2, 3)]))
    spans = document.page_spans
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.start < span.end for span in spans)
    on_page = dict.fromkeys((1, 2, 3), "")
    for span in spans:
        on_page[span.number] += document.text[span.start : span.end]
    for number, text in on_page.items():
        pieces = [normalise(p.text) for raw in raws for p in raw.pieces if p.page == number]
        assert "".join(text.split()) == "".join("".join(pieces).split())


@given(raw_blocks)
def test_words_are_the_pieces_words_in_order(raws: list[RawBlock]) -> None:
    """Assembling adds, drops and moves no word."""
    document = assemble("0" * 64, Content(None, raws))
    assert document.text.split() == [
        word for raw in raws for p in raw.pieces for word in normalise(p.text).split()
    ]


def test_items_and_rows_follow_by_one_line_break() -> None:
    """Items of a list and rows of a table stand close, an item after a row does not."""
    raws = [
        block("paragraph", "Lead:"),
        *(block("item", text) for text in "ab"),
        *(block("row", text) for text in "cd"),
    ]
    assert assemble("", Content(None, raws)).text == "Lead:\n\na\nb\n\nc\nd"


def test_block_over_two_pages_is_on_both() -> None:
    """A paragraph in two pieces is one block, joined by a space, and each page keeps its words."""
    raw = RawBlock("paragraph", (Piece("first half", 1), Piece("second half", 2)))
    document = assemble("", Content(None, [raw], [Page(1, "i"), Page(2, "ii")]))
    assert document.text == "first half second half"
    assert document.pages_of(Span(0, 22)) == (Page(1, "i"), Page(2, "ii"))
    assert document.pages_of(Span(11, 22)) == (Page(2, "ii"),)


def test_a_note_keeps_its_author_and_a_page_header_has_no_section() -> None:
    """The name is cleaned like any text, and is no word of the document; nobody is nobody."""
    raws = [
        block("heading", "Loans", level=1),
        block("note", "Not this one.", by=" Ann\u00a0 Reed\u200b"),
        block("note", "Nor that.", by=" "),
        block("running", "Form 7"),
    ]
    document = assemble("", Content(None, raws))
    assert document.text == "Loans\n\nNot this one.\n\nNor that.\n\nForm 7"
    assert [each.by for each in document.blocks] == [None, "Ann Reed", None, None]
    assert [document.section_of(each.start) for each in document.blocks] == [(), ("Loans",), ("Loans",), ()]


def test_invisible_blocks_and_titles_are_dropped() -> None:
    """What shows no character is no block, and a title of spaces is none."""
    content = Content(
        " \u200b ", [block("paragraph", "\u00ad"), RawBlock("item", ()), block("paragraph", "seen")]
    )
    document = assemble("", content)
    assert document.text == "seen"
    assert len(document.blocks) == 1
    assert document.title is None


def test_the_date_is_in_one_form() -> None:
    """However the file spells it; what is no date is none."""
    dates = [
        assemble("", Content(None, [], date=given)).date for given in ("D:20210304", "2021", "soon", None)
    ]
    assert dates == ["2021-03-04", "2021", None, None]


def test_content_without_blocks_is_an_empty_document() -> None:
    """Pages and ledger are kept where no text was found."""
    entry = Unread((1,), Reason("no_text_layer"))
    document = assemble("abc", Content("A  title", [], [Page(1, None)], [entry]))
    assert (document.text, document.blocks, document.page_spans) == ("", (), ())
    assert (document.title, document.sha256, document.unread) == ("A title", "abc", (entry,))


def test_short_blocks_take_the_documents_language_and_arabic_its_own() -> None:
    """A heading is in the document's language; an Arabic footnote in an English paper is Arabic."""
    body = "The committee published its report on water policy in the spring, and the ministry answered. " * 3
    raws = [block("heading", "Preface"), block("paragraph", body), block("footnote", "1. بغداد ترحب بالحوار")]
    assert [each.language for each in assemble("", Content(None, raws)).blocks] == ["en", "en", "ar"]
