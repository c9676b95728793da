"""A document's outline."""

from app.answering.outline import MOST, outline
from index.types import Hit
from ingest.blocks import Content, RawBlock, assemble, block
from ingest.passages import passages_of


def outlined(*blocks: RawBlock) -> list[str]:
    """The sentences of the outline of a document of these blocks."""
    document = assemble("0" * 64, Content(None, blocks))
    passages = enumerate(passages_of(document, 100), 1)
    hits = [Hit(n, 1, ("a.md",), passage, None, 0.0, 0.0) for n, passage in passages]
    return [document.text[quote.start : quote.end] for _, quote in outline(document, hits)]


def heading(text: str, level: int) -> RawBlock:
    """A heading of this level."""
    return block("heading", text, level=level)


def paragraph(text: str) -> RawBlock:
    """A paragraph."""
    return block("paragraph", text)


def test_each_section_is_told_by_its_first_sentence() -> None:
    """So is what stands before the first heading; a section without text of its own is left out."""
    assert outlined(
        paragraph("It all begins here today. It goes on."),
        heading("Trade", 1),
        block("item", "Oil leads and gas follows it."),
        paragraph("The harbour is old and deep. It is small."),
        heading("Ferries", 1),
        heading("Fares", 2),
        block("item", "A ticket costs two dinars. Dogs are free."),
    ) == ["It all begins here today.", "The harbour is old and deep.", "A ticket costs two dinars."]


def test_what_is_no_sentence_tells_nothing() -> None:
    """A cover's lines, an item's number, a table of contents; but for a document that has nothing else."""
    cover = [heading("FORM 10", 1), paragraph("Washington"), paragraph("(State of incorporation)")]
    contents = [heading("Contents", 1), paragraph("1 Getting started and first steps 1")]
    chapter = [heading("Risks", 1), paragraph("ITEM 1."), paragraph("Prices of oil may fall again.")]
    assert outlined(*cover, *contents, *chapter) == ["Prices of oil may fall again."]
    assert outlined(*cover) == ["Washington"]


def test_deeper_headings_are_shown_where_there_are_few_above() -> None:
    """Under one title those of the second level are the outline; the third is not needed."""
    chapters = [
        part
        for n in range(9)
        for part in (
            heading(f"Chapter {n}", 2),
            paragraph(f"Chapter {n} begins at once. It is long."),
            heading("Details", 3),
            paragraph("The details are many and small."),
        )
    ]
    told = outlined(heading("Title", 1), *chapters)
    assert told == [f"Chapter {n} begins at once." for n in range(9)]


def test_of_very_many_sections_some_are_shown() -> None:
    """From the first to the last, evenly apart."""
    many = [
        part
        for n in range(90)
        for part in (heading(f"Rule {n}", 1), paragraph(f"Rule {n} holds for everybody."))
    ]
    assert outlined(*many) == [f"Rule {n} holds for everybody." for n in range(0, 90, 5)]
    assert len(outlined(*many)) <= MOST


def test_a_document_without_headings_is_told_from_its_beginning_to_its_end() -> None:
    """By the first sentences of paragraphs that are evenly apart."""
    told = outlined(*(paragraph(f"Paragraph {n} begins right here. It ends.") for n in range(16)))
    assert told == [f"Paragraph {n} begins right here." for n in range(0, 16, 2)]


def test_what_has_no_text_has_no_outline() -> None:
    """Nor has what is about the text."""
    assert outlined() == []
    assert outlined(block("running", "Page header of every page.")) == []
