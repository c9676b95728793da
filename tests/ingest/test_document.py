"""The span questions a document answers: which pages, which section, which block."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Block, BlockKind, Document, Page, PageSpan, Passage, Span, main_language


def document(text: str, blocks: list[Block], spans: list[PageSpan], pages: int = 0) -> Document:
    """A document of these parts."""
    numbered = tuple(Page(number, None) for number in range(1, pages + 1))
    return Document("0" * 64, None, None, text, numbered, tuple(spans), tuple(blocks), ())


@st.composite
def paged(draw: st.DrawFn) -> Document:
    """A document whose pages own one or more stretches, parted by a character or by none."""
    spans: list[PageSpan] = []
    end = 0
    for length, space, number in draw(
        st.lists(st.tuples(st.integers(1, 5), st.integers(0, 2), st.integers(1, 4)), max_size=8)
    ):
        spans.append(PageSpan(end + space, end + space + length, number))
        end += space + length
    return document("x" * (end + 2), [], spans, pages=4)


spans = st.tuples(st.integers(0, 9), st.integers(1, 5)).map(lambda at: Span(at[0], at[0] + at[1]))


@given(spans, spans)
def test_a_span_holds_another_if_it_has_each_of_its_characters(one: Span, other: Span) -> None:
    """Compared character by character; itself too."""
    assert one.holds(other) == set(range(one.start, one.end)).issuperset(range(other.start, other.end))
    assert one.holds(one)


@given(paged(), st.data())
def test_pages_of_a_span_are_those_that_hold_its_characters(read: Document, data: st.DataObject) -> None:
    """`pages_of` says the same as looking at every character, for any span that is not empty."""
    start = data.draw(st.integers(0, len(read.text) - 1))
    end = data.draw(st.integers(start + 1, len(read.text)))
    held = {
        stretch.number
        for offset in range(start, end)
        for stretch in read.page_spans
        if stretch.start <= offset < stretch.end
    }
    assert [page.number for page in read.pages_of(Span(start, end))] == sorted(held)


def test_pages_of_keeps_page_order() -> None:
    """A footnote set after the paragraph that runs on names its page first all the same."""
    read = document(
        "aaaa bbbb\n\nnote", [], [PageSpan(0, 4, 1), PageSpan(5, 9, 2), PageSpan(11, 15, 1)], pages=2
    )
    assert read.pages_of(Span(5, 15)) == (Page(1, None), Page(2, None))


def test_document_without_pages_names_none() -> None:
    """A format without pages has no page to cite."""
    assert document("text", [], []).pages_of(Span(0, 4)) == ()


def outlined(*parts: tuple[BlockKind, int, str]) -> Document:
    """A document of blocks (kind, level, text), parted by empty lines."""
    blocks: list[Block] = []
    end = 0
    for kind, level, text in parts:
        blocks.append(Block(kind, end, end + len(text), level, "en"))
        end += len(text) + 2
    return document("\n\n".join(text for _, _, text in parts), blocks, [])


OUTLINED = outlined(
    ("paragraph", 0, "Opening words."),
    ("heading", 1, "One"),
    ("heading", 2, "One A"),
    ("paragraph", 0, "Under one A."),
    ("heading", 4, "Deep"),
    ("paragraph", 0, "Under deep."),
    ("heading", 2, "One B"),
    ("paragraph", 0, "Under one B."),
    ("heading", 1, "Two"),
    ("paragraph", 0, "Under two."),
)


def test_section_of_names_the_headings_above() -> None:
    """Outermost first; a heading ends those of its own level and below; levels may be left out."""

    def section(words: str) -> tuple[str, ...]:
        return OUTLINED.section_of(OUTLINED.text.index(words))

    assert section("Opening words") == ()
    assert section("Under one A") == ("One", "One A")
    assert section("Under deep") == ("One", "One A", "Deep")
    assert section("Under one B") == ("One", "One B")
    assert section("Under two") == ("Two",)


def test_heading_is_not_its_own_section() -> None:
    """A heading stands under those above it, not under itself, down to its last letter."""
    at = OUTLINED.text.index("One B")
    assert OUTLINED.section_of(at) == ("One",)
    assert OUTLINED.section_of(at + len("One B") - 1) == ("One",)


def test_section_without_an_outermost_heading() -> None:
    """Where no heading of level 1 stands above, the headings there are still named."""
    read = outlined(("heading", 3, "Three"), ("heading", 2, "Two"), ("paragraph", 0, "Text."))
    assert read.section_of(read.text.index("Text")) == ("Two",)
    assert read.section_of(read.text.index("Two")) == ()


def test_block_at_finds_the_block_or_the_one_before_the_gap() -> None:
    """An offset in the line break after a block counts to that block; an empty document answers 0."""
    for index, block in enumerate(OUTLINED.blocks):
        assert OUTLINED.block_at(block.start) == index
        assert OUTLINED.block_at(block.end) == index
    assert document("", [], []).block_at(0) == 0


def test_passage_identity_is_what_is_indexed() -> None:
    """The context counts for identity, the place in the document does not."""
    passage = Passage(0, 4, (Span(0, 4),), "Title", "text")
    assert passage.indexed_text == "Title\ntext"
    assert replace(passage, context="").indexed_text == "text"
    assert replace(passage, start=9, end=13).sha256 == passage.sha256
    assert replace(passage, context="Other").sha256 != passage.sha256


@given(st.lists(st.tuples(st.sampled_from(["en", "ar", "und"]), st.integers(1, 50))))
def test_the_main_language_is_that_of_most_characters(parts: list[tuple[str, int]]) -> None:
    """However the text is cut into blocks; none where most of it is in none."""
    blocks = [
        Block("paragraph", 100 * n, 100 * n + length, 0, code) for n, (code, length) in enumerate(parts)
    ]
    found = main_language(blocks)
    share = {code: sum(length for one, length in parts if one == code) for code in ("en", "ar", "und")}
    assert share[found or "und"] == max(share.values())
    assert found != "und"
