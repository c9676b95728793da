"""Which citations make up an answer, and when documents are said to differ."""

from dataclasses import replace

import pytest

from app.answering.disagreement import chosen, figures
from app.answering.evidence import Evidence
from app.answering.reader import Reading
from index.types import Hit
from ingest.blocks import Content, assemble, block
from ingest.document import Document, Passage, Span

EVIDENCE = Evidence(1.0, 1.0, 0.5, 0.5, 0.0, True)
TEXTS = (
    "The coalition had 34 countries.",
    "It is said that 39 countries took part.",
    "Again 34 countries are named.",
    "The war cost $1,200 in all.",
    "It rose by 1.5 million to ١٬٢٠٠ on 10 April 1951.",
    "It fell on 12 April 1951.",
    "It was in 1951.",
)
ASKED = "How many countries took part?"


class Shelf:
    """A library of several documents."""

    def document(self, document_id: int) -> Document:
        return assemble(f"{document_id}" * 64, Content(None, [block("paragraph", TEXTS[document_id])]))

    def rarity(self, word: str) -> float:
        return 1.0


def reading(document: int, words: str | None, confidence: float) -> Reading:
    """A quote of a whole document, with these exact words."""
    text = TEXTS[document]
    passage = Passage(0, len(text), (Span(0, len(text)),), "", text)
    span = None if words is None else Span(text.index(words), text.index(words) + len(words))
    hit = Hit(document, document, (f"{document}.txt",), passage, 0.5, 1.0, 1.0)
    return Reading(hit, Span(0, len(text)), span, EVIDENCE, confidence)


FIRST, OTHER, SAME = reading(0, "34", 0.8), reading(1, "39", 0.5), reading(2, "34", 0.5)


@pytest.mark.parametrize(
    ("readings", "said", "differs"),
    [
        ([FIRST], (0,), False),
        ([FIRST, OTHER], (0, 1), True),
        ([FIRST, SAME], (0,), False),
        ([FIRST, SAME, OTHER], (0, 2), True),
        ([FIRST, replace(OTHER, confidence=0.39)], (0,), False),
        ([FIRST, replace(SAME, confidence=0.75)], (0, 1), False),
        ([FIRST, *[replace(SAME, confidence=0.79)] * 3, replace(OTHER, confidence=0.7)], (0, 1, 4), True),
        ([FIRST, replace(OTHER, answer_span=None)], (0,), False),
        ([FIRST, replace(OTHER, hit=FIRST.hit)], (0,), False),
    ],
    ids=["one", "other figure", "same figure", "the other past the same", "hardly sure", "about as sure",
         "before those about as sure", "no exact words", "same document"],
)  # fmt: skip
def test_another_documents_figure_is_said_too(
    readings: list[Reading], said: tuple[int, ...], differs: bool
) -> None:
    """Where it is half as sure as the first at least, and over the threshold."""
    assert chosen(ASKED, readings, 0.3, Shelf()) == (said, differs)


def test_under_the_threshold_nothing_joins() -> None:
    """An answer that would not be given alone is not given beside another."""
    assert chosen(ASKED, [FIRST, OTHER], 0.6, Shelf()) == ((0,), False)


def test_figures_matter_only_where_one_is_asked_for() -> None:
    """Two documents that name different numbers of countries do not differ on who was there."""
    assert chosen("Who took part?", [FIRST, OTHER], 0.3, Shelf()) == ((0,), False)


def test_days_of_one_year_differ_and_the_year_alone_does_not() -> None:
    """Each must have a figure that the other lacks."""
    day, other, year = (
        reading(4, "10 April 1951", 0.8), reading(5, "12 April 1951", 0.5), reading(6, "1951", 0.5)
    )  # fmt: skip
    assert chosen("When was it?", [day, other], 0.3, Shelf()) == ((0, 1), True)
    assert chosen("When was it?", [day, year], 0.3, Shelf()) == ((0,), False)


def test_figures_are_numbers_without_their_separators() -> None:
    """`$1,200` is 1200; words without a number have none."""
    assert figures(reading(3, "$1,200", 0.5), Shelf()) == {"1200"}
    assert figures(reading(4, "1.5", 0.5), Shelf()) == {"1.5"}
    assert figures(reading(4, "١٬٢٠٠", 0.5), Shelf()) == {"1200"}
    assert figures(reading(3, "war", 0.5), Shelf()) == frozenset()
    assert figures(reading(3, None, 0.5), Shelf()) == frozenset()
