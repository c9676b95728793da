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
        paragraph("It begins here. It goes on."),
        heading("Trade", 1),
        block("item", "Oil leads. Gas follows."),
        paragraph("The harbour is old. It is deep."),
        heading("Ferries", 1),
        heading("Fares", 2),
        block("item", "A ticket costs two dinars. Dogs are free."),
    ) == ["It begins here.", "The harbour is old.", "A ticket costs two dinars."]


def test_deeper_headings_are_shown_as_long_as_they_are_few() -> None:
    """Under one title those of the second level are the outline; of a third that has very many none."""
    chapters = [
        part
        for n in range(4)
        for part in (
            heading(f"Chapter {n}", 2),
            paragraph(f"Chapter {n} begins. It is long."),
            *(
                each
                for m in range(9)
                for each in (heading(f"Part {m}", 3), paragraph(f"Part {m} of {n} begins."))
            ),
        )
    ]
    told = outlined(heading("Title", 1), *chapters)
    assert told == [f"Chapter {n} begins." for n in range(4)]


def test_an_outline_has_an_end() -> None:
    """However many headings the first level has."""
    many = [part for n in range(90) for part in (heading(f"Rule {n}", 1), paragraph(f"Rule {n} holds."))]
    assert outlined(*many) == [f"Rule {n} holds." for n in range(MOST)]


def test_a_document_without_headings_is_told_from_its_beginning_to_its_end() -> None:
    """By the first sentences of paragraphs that are evenly apart."""
    told = outlined(*(paragraph(f"Paragraph {n} begins. It ends.") for n in range(16)))
    assert told == [f"Paragraph {n} begins." for n in range(0, 16, 2)]


def test_what_has_no_text_has_no_outline() -> None:
    """Nor has what is about the text."""
    assert outlined() == []
    assert outlined(block("running", "Page header")) == []
