"""A footnote stands under its own section, and is told with the sentence that carries its mark."""

from ingest.document import Document
from ingest.quotes.noted import noted
from ingest.read import read

TEXT = """Report on the mill

Origins

The mill was founded by a “guild of bakers”1. It stood at the bridge until
the flood of 1877”.2 Later, it was moved up the hill.

1. Archive of the town, box 7.

2. The flood is told in the parish book.

Decline

Steam took its place in the valley.3 Nobody mourned it for long, and the
wheel was sold to a farmer of the plain.

3. Letter of the miller, 1902.
"""


def notes(document: Document) -> dict[str, str | None]:
    """Each footnote's beginning, and the sentence that it is a note to."""
    found = {}
    for block in document.blocks:
        if block.kind == "footnote":
            span = noted(document, block.start)
            found[document.text[block.start : block.end][:9]] = span and document.text[span.start : span.end]
    return found


def test_a_note_of_plain_text_stands_under_its_section() -> None:
    """Not under the last heading of the text."""
    document = read(TEXT.encode(), "a.txt")
    sections = [document.section_of(block.start) for block in document.blocks if block.kind == "footnote"]
    assert [section[-1] for section in sections] == ["Origins", "Origins", "Decline"]


def test_a_note_is_to_the_sentence_with_its_mark() -> None:
    """Behind a word, a quotation, a full stop; the sentence is whole, with its mark."""
    assert notes(read(TEXT.encode(), "a.txt")) == {
        "1. Archiv": "The mill was founded by a “guild of bakers”1.",
        "2. The fl": "It stood at the bridge until the flood of 1877”.2",
        "3. Letter": "Steam took its place in the valley.3",
    }


def test_only_notes_have_such_a_sentence() -> None:
    """Text, headings and offsets behind the end have none; nor has a note whose mark is not kept."""
    document = read(TEXT.encode(), "a.txt")
    others = [block for block in document.blocks if block.kind != "footnote"]
    assert {noted(document, block.start) for block in others} == {None}
    assert noted(document, 10_000) is not None  # the last block is a note
    markdown = read(b"# A\n\nThe mill was sold[^1] in May.\n\n[^1]: See the deed.\n", "a.md")
    assert notes(markdown) == {"[1] See t": None}


def test_raised_marks_are_marks() -> None:
    """Superscript figures count as plain ones; those of a longer number do not."""
    text = TEXT.replace("bakers”1", "bakers”¹").replace("1877”.2", "1877”.²").replace("valley.3", "valley.³¹")
    assert [note and note[-9:] for note in notes(read(text.encode(), "a.txt")).values()][:2] == [
        "bakers”¹.", "f 1877”.²",
    ]  # fmt: skip
