"""Passages: whole sentences that belong together, none lost, about as long as asked for."""

import re
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import Content, RawBlock, assemble, block, table_row
from ingest.document import Block, Document, Passage
from ingest.passages import passages_of
from ingest.sentences import sentence_spans
from ingest.tables import RawCell


def read(*blocks: RawBlock, title: str | None = None) -> Document:
    """The document of these blocks."""
    return assemble("0" * 64, Content(title, blocks))


def sentence(number: int, words: int) -> str:
    """A sentence of that many words, told from others by its number."""
    return " ".join([f"Sentence{number}", *["word"] * (words - 2), "end."])


def paragraph(*lengths: int, first: int = 0) -> str:
    """A paragraph of numbered sentences of these lengths in words."""
    return " ".join(sentence(first + number, words) for number, words in enumerate(lengths))


def texts(passages: list[Passage]) -> list[str]:
    """What the passages say."""
    return [passage.text for passage in passages]


sentence_lengths = st.lists(st.integers(2, 120), min_size=1, max_size=5)
bodies = st.builds(
    lambda kind, lengths, colon: block(
        kind, paragraph(*lengths)[: -1 if colon else None] + (":" if colon else "")
    ),
    st.sampled_from(["paragraph", "paragraph", "item", "item", "row", "footnote", "note"]),
    sentence_lengths,
    st.booleans(),
)
headings = st.builds(
    lambda words, level: block("heading", f"Heading {'Word ' * words}", level=level),
    st.integers(0, 9),
    st.integers(1, 3),
)


def _words(document: Document, each: Block) -> list[str]:
    return document.text[each.start : each.end].split()


feet = st.lists(
    st.builds(lambda lengths: block("running", paragraph(*lengths)), sentence_lengths), max_size=2
)
documents = st.builds(
    lambda blocks, running: read(*blocks, *running),
    st.lists(st.one_of(bodies, bodies, headings), max_size=12),
    feet,
)


@given(documents, st.sampled_from([20, 100, 400]))
def test_every_sentence_is_whole_and_in_some_passage(document: Document, words: int) -> None:
    """Each passage is a run of whole sentences, and no sentence of the body is in none."""
    whole = {
        span: each.kind
        for each in document.blocks
        for span in sentence_spans(document.text, each.start, each.end, each.language)
    }
    found = set()
    for passage in passages_of(document, words):
        assert passage.text == document.text[passage.start : passage.end]
        assert passage.start == passage.sentences[0].start
        assert passage.end == passage.sentences[-1].end
        assert list(passage.sentences) == sorted(passage.sentences, key=lambda span: span.start)
        assert whole.keys() >= set(passage.sentences)
        found.update(passage.sentences)
    assert {span for span, kind in whole.items() if kind != "heading"} <= found


@given(documents, st.sampled_from([20, 100, 400]))
def test_heading_never_stands_alone(document: Document, words: int) -> None:
    """A passage holds more than headings, where these do not fill one; no heading's words are lost."""
    passages = passages_of(document, words)
    bodies = [each for each in document.blocks if each.kind not in ("heading", "running")]
    runs = groupby(document.blocks, lambda each: each.kind == "heading")
    longest = max(
        (sum(len(_words(document, each)) for each in run) for heading, run in runs if heading), default=0
    )
    for passage in passages if bodies and longest < words else []:
        assert any(
            each.start < passage.end and each.end > passage.start
            for each in document.blocks
            if each.kind != "heading"
        )
    indexed = " ".join(passage.indexed_text for passage in passages)
    assert all(
        document.text[each.start : each.end] in indexed for each in document.blocks if each.kind == "heading"
    )


@given(documents, st.sampled_from([20, 100, 400]))
def test_passages_are_in_reading_order_and_overlap_by_one_sentence(document: Document, words: int) -> None:
    """What two passages share is the one whole sentence, of a paragraph, that the second begins with."""
    passages = passages_of(document, words)
    for before, after in pairwise(passages):
        assert before.start < after.start
        shared = [span for span in after.sentences if span.start < before.end]
        assert shared in ([], [before.sentences[-1]])
        if shared:
            at = document.blocks[document.block_at(shared[0].start)]
            assert at.kind in ("paragraph", "footnote", "note", "running")
            assert after.sentences[1].end <= at.end


@given(st.lists(st.integers(5, 30), min_size=1, max_size=60), st.sampled_from([60, 100, 200]))
def test_lengths_are_even_and_near_the_aim(lengths: list[int], words: int) -> None:
    """Prose is cut into as many parts as the aim goes into it, alike to half a sentence at each end."""
    passages = passages_of(read(block("paragraph", paragraph(*lengths))), words)
    assert len(passages) == max(1, round(sum(lengths) / words))
    position = 0
    for passage in passages:
        numbers = [int(number) for number in re.findall(r"Sentence(\d+)", passage.text)]
        own = sum(lengths[number] for number in numbers if number >= position)
        position = numbers[-1] + 1
        assert abs(own - sum(lengths) / len(passages)) <= 30


def test_section_does_not_end_in_a_scrap() -> None:
    """A section slightly over the aim is one passage, and one of 2.5 aims is two alike."""
    assert len(passages_of(read(block("paragraph", paragraph(*[20] * 6))), 100)) == 1
    counts = [
        len(text.split()) for text in texts(passages_of(read(block("paragraph", paragraph(*[10] * 25))), 100))
    ]
    assert counts == [120, 140]


def test_a_note_and_a_page_header_stand_apart() -> None:
    """Neither shares a passage with the body; a header is under no heading, be it a bare one."""
    document = read(
        block("heading", "Loans", level=1),
        block("paragraph", "Twelve boats are lent."),
        block("note", "Not the red one.", by="Ann Reed"),
        block("note", "Agreed.", by="B. Wolf"),
        block("paragraph", "They come back in May."),
        block("heading", "Annex", level=1),
        block("running", "Form 7, issue 2"),
        title="Boats",
    )
    assert [(one.context, one.text) for one in passages_of(document, 100)] == [
        ("Boats > Loans", "Twelve boats are lent."),
        ("Boats > Loans", "Not the red one.\n\nAgreed."),
        ("Boats > Loans", "They come back in May.\n\nAnnex"),
        ("Boats", "Form 7, issue 2"),
    ]


def test_a_page_header_tells_of_the_document() -> None:
    """Without a title it stands under the heading that the document begins with, and under no other."""
    named = read(
        block("heading", "Lending of boats", level=1),
        block("heading", "Scope", level=2),
        block("paragraph", "All of them."),
        block("running", "Issue 2"),
    )
    assert passages_of(named, 100)[-1].indexed_text == "Lending of boats\nIssue 2"
    assert [one.context for one in passages_of(read(block("running", "Issue 2")), 100)] == [""]


def test_passage_stays_under_one_heading() -> None:
    """Two short sections are two passages, each with its own headings and the title above it."""
    document = read(
        block("heading", "One", level=1),
        block("paragraph", "First here."),
        block("heading", "One A", level=2),
        block("paragraph", "Second here."),
        block("heading", "Two", level=1),
        block("paragraph", "Third here."),
        title="The Paper",
    )
    passages = passages_of(document, 100)
    assert texts(passages) == ["First here.", "Second here.", "Third here."]
    assert [p.context for p in passages] == ["The Paper > One", "The Paper > One > One A", "The Paper > Two"]


def test_title_that_is_also_the_first_heading_is_said_once() -> None:
    """The context does not repeat itself."""
    document = read(block("heading", "The Paper", level=1), block("paragraph", "Text."), title="The Paper")
    assert [p.context for p in passages_of(document, 100)] == ["The Paper"]


def test_footnotes_do_not_mix_with_the_body() -> None:
    """A footnote is found by itself, not in the middle of a passage of the text."""
    document = read(
        block("paragraph", "Before the note."),
        block("footnote", "1. The note."),
        block("paragraph", "After it."),
    )
    assert texts(passages_of(document, 100)) == ["Before the note.", "1. The note.", "After it."]


def test_list_stays_with_the_line_that_introduces_it() -> None:
    """A cut falls before the line that introduces a list, not between the two or inside the list."""
    lead = "The goals of the dialogue are the following:"
    items = [block("item", f"• Goal number {n} of this list.") for n in range(20)]
    document = read(block("paragraph", f"{paragraph(31, 31, 31)} {lead}"), *items)
    passages = passages_of(document, 100)
    assert len(passages) == 2
    assert lead not in passages[0].text
    assert passages[1].text.startswith(f"{lead}\n\n• Goal number 0")
    assert passages[1].text.count("•") == 20


def test_long_list_is_cut_between_items_and_says_its_lead_again() -> None:
    """Parts after the first carry the lead in their context, the first has it in its text."""
    lead = "The goals of the dialogue are the following:"
    items = [block("item", f"• {sentence(n, 15)} {sentence(100 + n, 15)}") for n in range(10)]
    document = read(block("heading", "Goals", level=1), block("paragraph", lead), *items)
    passages = passages_of(document, 100)
    assert len(passages) == 3
    assert passages[0].text.startswith(lead)
    assert passages[0].context == "Goals"
    for passage in passages[1:]:
        assert passage.text.startswith("• Sentence")
        assert passage.context == f"Goals > {lead}"
    said = re.findall(r"Sentence\d+", " ".join(texts(passages)))
    assert len(said) == len(set(said)) == 20


def test_a_long_table_is_cut_between_rows_and_says_its_header_and_its_merged_labels_again() -> None:
    """A row is never cut, whatever its cells hold, and is as long as what it is read with."""
    head = [RawCell("Depot", head=True), RawCell("Tool", head=True), RawCell("Rent. In euros.", head=True)]
    rows = [
        [
            *([RawCell("East", rows=40)] if not n else []),
            RawCell(f"Tool {n}"),
            RawCell(f"{n}. A day. No less."),
        ]
        for n in range(40)
    ]
    document = read(block("heading", "Tools", level=1), *map(table_row, [head, *rows]))
    passages = passages_of(document, 100)
    assert len(passages) > 3
    assert passages[0].context == "Tools"
    for passage in passages[1:]:
        assert passage.context == "Tools > Depot | Tool | Rent. In euros. > East"
        assert all(text.startswith("Tool ") for text in passage.text.split("\n"))
        assert [passage.text[s.start - passage.start : s.end - passage.start] for s in passage.sentences] == (
            passage.text.split("\n")
        )
        assert sum(len(text.split()) + 7 for text in passage.text.split("\n")) <= 120


def test_paragraph_after_a_cut_list_does_not_carry_the_lead() -> None:
    """The lead belongs to the items only."""
    lead = "The goals are:"
    items = [block("item", f"• {sentence(n, 30)}") for n in range(10)]
    last = paragraph(*[20] * 6, first=50)
    passages = passages_of(read(block("paragraph", lead), *items, block("paragraph", last)), 100)
    assert passages[-1].context == ""
    assert "•" not in passages[-1].text


def test_table_cut_between_rows_says_its_first_row_again() -> None:
    """The header row stands in the context of the later parts and once in the first one's text."""
    rows = [block("row", "Country | Year | Treaty"), *(block("row", sentence(n, 20)) for n in range(15))]
    passages = passages_of(read(*rows), 100)
    assert len(passages) == 3
    assert passages[0].context == ""
    assert passages[0].text.startswith("Country | Year | Treaty\n")
    assert {p.context for p in passages[1:]} == {"Country | Year | Treaty"}


def test_overlap_repeats_a_short_sentence_only() -> None:
    """Where a paragraph is cut its last sentence is said again, unless it is longer than 30 words."""
    short = passages_of(read(block("paragraph", paragraph(*[20] * 10))), 100)
    assert short[0].sentences[-1] == short[1].sentences[0]
    long = passages_of(read(block("paragraph", paragraph(*[40] * 5))), 100)
    assert long[0].sentences[-1] != long[1].sentences[0]


def test_overlap_does_not_cross_a_paragraph() -> None:
    """Where the cut falls between paragraphs nothing is said twice."""
    blocks = [block("paragraph", paragraph(*[20] * 5, first=10 * n)) for n in range(2)]
    passages = passages_of(read(*blocks), 100)
    assert [len(p.sentences) for p in passages] == [5, 5]


def test_empty_section_is_named_with_what_follows() -> None:
    """A heading with nothing under it is not lost: it is indexed with the next passage."""
    document = read(
        block("heading", "Annex", level=1),
        block("heading", "Contacts", level=1),
        block("paragraph", "Call us."),
    )
    (passage,) = passages_of(document, 100)
    assert "Annex" in passage.indexed_text
    assert "Contacts" in passage.indexed_text
    assert "Call us." in passage.text


def test_last_heading_goes_with_the_passage_before() -> None:
    """A document that ends in a heading ("Thank You") keeps it in the last passage."""
    document = read(block("paragraph", "Call us."), block("heading", "Thank You", level=1))
    (passage,) = passages_of(document, 100)
    assert passage.text == "Call us.\n\nThank You"


@pytest.mark.parametrize("words", [20, 400])
def test_document_of_headings_only_is_found_by_them(words: int) -> None:
    """Where there is nothing else, the headings are the passage."""
    (passage,) = passages_of(read(block("heading", "One", level=1), block("heading", "Two", level=1)), words)
    assert passage.text == "One\n\nTwo"


def test_empty_document_has_no_passage() -> None:
    """Nothing in, nothing out."""
    assert passages_of(read(), 100) == []


def test_sentence_longer_than_the_aim_is_one_passage() -> None:
    """A sentence is not split for being longer than a passage is to be."""
    assert len(passages_of(read(block("paragraph", sentence(1, 500))), 100)) == 1


def test_a_title_without_end_is_not_repeated_whole() -> None:
    """Every passage has its context with it: 2,000 characters of it are enough."""
    document = read(block("heading", "Cats " * 10_000, level=1), block("paragraph", "Call us."))
    assert len(passages_of(document, 100)[-1].context) == 2000


def test_a_text_without_spaces_is_cut_as_any_other() -> None:
    """A long Chinese paragraph is no single passage because it has no space."""
    document = read(block("paragraph", "图书馆今天开门，明天关门，后天再开门。" * 60))
    assert len(passages_of(document, 100)) > 3
