"""Which citations make up an answer, and when documents are said to differ."""

from dataclasses import replace

import pytest

from app.answering.disagreement import differ, select_readings
from app.answering.evidence import Evidence
from app.answering.reading import Reading
from index.types import Hit
from ingest.blocks import Content, assemble, block
from ingest.document import Document, Passage, Span

EVIDENCE = Evidence(1.0, 1.0, 0.5, 0.5, 0.0)


class Shelf:
    """A corpus of documents of one sentence each, under these titles."""

    language = "en"

    def __init__(self, *texts: str, titles: tuple[str, ...] = ()) -> None:
        titles = titles or ("",) * len(texts)
        self._documents = [
            assemble(f"{n}" * 64, Content(title or None, [block("paragraph", text)]))
            for n, (text, title) in enumerate(zip(texts, titles, strict=True))
        ]

    def document(self, document_id: int) -> Document:
        return self._documents[document_id]

    def rarity(self, word: str) -> float:
        return 1.0

    def reading(self, number: int, words: str | None, confidence: float = 0.8) -> Reading:
        """A quote of a whole document, with these exact words."""
        text = self._documents[number].text
        passage = Passage(0, len(text), (Span(0, len(text)),), "", text)
        span = None if words is None else Span(text.index(words), text.index(words) + len(words))
        hit = Hit(number, number, (f"{number}.txt",), passage, 0.5, 1.0, 1.0)
        return Reading(hit, Span(0, len(text)), span, EVIDENCE, confidence)


COALITION = Shelf(
    "In the coalition 34 countries took part.",
    "It is said that 39 countries took part in the coalition.",
    "34 countries took part in the coalition.",
)
FIRST, OTHER, SAME = (
    COALITION.reading(0, "34", 0.8), COALITION.reading(1, "39", 0.5), COALITION.reading(2, "34", 0.5)
)  # fmt: skip


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
    assert select_readings(readings, 0.3, COALITION) == (said, differs)


def test_under_the_threshold_nothing_joins() -> None:
    """An answer that would not be given alone is not given beside another."""
    assert select_readings([FIRST, OTHER], 0.6, COALITION) == ((0,), False)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("Anglers pay 12 euros for a day.", "12 euros"), ("Anglers pay 15 euros a day.", "15 euros"), True),
        (("It holds 1.5 million litres.", "1.5 million"), ("It holds 1,500,000 litres.", "1,500,000"), False),
        (("It cost 2.4 million.", "2.4 million"), ("It cost 2,400 thousand.", "2,400 thousand"), False),
        (("The dam is thirty metres high.", "thirty"), ("The dam is 30 metres high.", "30"), False),
        (("Acme earned 3 million.", "3 million"), ("Bolt and Sons took in 5 million.", "5 million"), False),
        (("It fell on 1 April 1951.", "1 April 1951"), ("It fell on 2 April 1951.", "2 April 1951"), True),
        (("It fell on 1 April 1951.", "1 April 1951"), ("It fell in 1951.", "1951"), False),
        (("In 2022 we had 61 ships.", "61"), ("In 2023 we had 58 ships.", "58"), False),
        (("In 2022 we had 61 ships.", "61"), ("In 2022 we had 58 ships.", "58"), True),
        (("يدفع الصياد ١٢ دينارا لليوم.", "١٢"), ("يدفع الصياد ١٥ دينارا لليوم.", "١٥"), True),
    ],
    ids=["prices", "one million and a half", "thousands", "a number word", "two companies", "days",
         "a year and its day", "two years", "one year", "Arabic"],
)  # fmt: skip
def test_documents_differ_on_the_same_quantity_of_the_same_thing_and_time(
    one: tuple[str, str], other: tuple[str, str], expected: bool
) -> None:
    """However a number is written; another year, or another company, is another thing."""
    shelf = Shelf(one[0], other[0])
    assert differ(shelf.reading(0, one[1]), shelf.reading(1, other[1]), shelf) is expected


def test_the_years_of_titles_tell_two_times_apart() -> None:
    """Annual reports count their own year's staff, whether their sentences say so or not."""
    texts = ("The museum employed 61 people.", "The museum employed 58 people.")
    apart = Shelf(*texts, titles=("Annual report 2022", "Annual report 2023"))
    assert not differ(apart.reading(0, "61"), apart.reading(1, "58"), apart)
    same = Shelf(*texts, titles=("Annual report 2022", "Notes on 2022"))
    assert differ(same.reading(0, "61"), same.reading(1, "58"), same)
