"""How rows of tables are read, which of them a question means, and what is cited of them."""

import re
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.answering.cited_row import CitedRow
from app.answering.query import query_of
from app.answering.reader import Reader
from app.answering.rows import cited_row, heads_of, readable, row_text
from ingest.blocks import RawBlock, block, table_row
from ingest.document import Span
from ingest.tables import RawCell
from tests.app.test_reader import Shelf
from tests.support.fakes import WordCrossEncoder


def rows(*lines: str) -> list[RawBlock]:
    """The table of these lines, the first a header, cells parted by "|"; "^" is a part of the cell above."""
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    raws = []
    for number, line in enumerate(cells):
        raw = []
        for column, cell in enumerate(line):
            below = [each[column] for each in cells[number + 1 :]]
            reach = next((n for n, other in enumerate(below) if other != "^"), len(below))
            if cell != "^":
                raw.append(RawCell(cell, rows=1 + reach, head=not number))
        raws.append(table_row(raw, opens=not number))
    return raws


TOOLS = rows(
    "Depot | Tool | Day rent | Week rent | Keeper",
    "East | Saw | 3 euros | 9 euros | Anna Lund",
    "^ | Cement mixer | 20 euros | 75 euros | Ben Roy",
    "West | Saw | 4 euros | 11 euros | Cem Ay",
    "^ | Ladder | 5 euros | 12 euros | Dan Holt",
)
SHELF = Shelf(block("paragraph", "Whoever returns a tool late pays for the day."), *TOOLS)


def answered(question: str, shelf: Shelf = SHELF) -> tuple[str, str]:
    """The first quote, and the words of it that are marked."""
    first = Reader(WordCrossEncoder()).read(query_of(question), shelf.hits(), shelf)[0]
    text, span = shelf.only.text, first.answer_span
    return text[first.quote.start : first.quote.end], text[span.start : span.end] if span else ""


@pytest.mark.parametrize(
    ("question", "quote", "marked"),
    [
        (
            "What is the day rent of a cement mixer?",
            "Cement mixer | 20 euros | 75 euros | Ben Roy",
            "20 euros",
        ),
        (
            "What is the week rent of a saw in the West?",
            "West | Saw | 4 euros | 11 euros | Cem Ay",
            "11 euros",
        ),
        (
            "Who is the keeper of the saw in the East?",
            "East | Saw | 3 euros | 9 euros | Anna Lund",
            "Anna Lund",
        ),
        ("What does Dan Holt keep?", "Ladder | 5 euros | 12 euros | Dan Holt", ""),
    ],
)
def test_the_row_that_the_question_names_is_quoted_and_its_value_marked(
    question: str, quote: str, marked: str
) -> None:
    """By its labels, merged ones too, and by its column; without labels, by a value that it names."""
    assert answered(question) == (quote, marked)


def test_a_row_that_is_not_named_is_half_as_sure() -> None:
    """No drill is in the table, and no saw in the South: what is there is about something else."""
    shelf = Shelf(*TOOLS)

    def sure(question: str) -> float:
        return Reader(WordCrossEncoder()).read(query_of(question), shelf.hits(), shelf)[0].confidence

    assert sure("What is the day rent of a drill?") < sure("What is the day rent of a ladder?") / 1.5
    assert sure("What is the day rent of a saw in the South?") < sure("day rent of a saw in the East") / 1.5


def test_a_row_is_about_the_years_of_its_header() -> None:
    """What is said of 2018 does not stand under 2020."""
    shelf = Shelf(*rows("Town | 2020 | 2021", "Brno | 5 | 6", "Graz | 7 | 8"))

    def sure(year: int) -> float:
        query = query_of(f"How many depots did Brno have in {year}?")
        return Reader(WordCrossEncoder()).read(query, shelf.hits(), shelf)[0].confidence

    assert answered("How many depots did Brno have in 2021?", shelf) == ("Brno | 5 | 6", "6")
    assert sure(2018) < sure(2021) / 1.5


def test_a_header_and_a_label_without_a_value_answer_nothing() -> None:
    """Though they have all words of the question, and the other rows none."""
    shelf = Shelf(*rows("Tool | Day rent | Stock", "Rent of a day | |", "Saw | 3 | 11"))
    readings = Reader(WordCrossEncoder()).read(query_of("tool day rent stock"), shelf.hits(), shelf)
    assert [shelf.only.text[one.quote.start : one.quote.end] for one in readings] == ["Saw | 3 | 11"]


def test_a_row_is_read_with_its_labels_and_what_heads_its_values() -> None:
    """Merged labels said again, a header not at all, prose as it stands."""
    document, [hit] = SHELF.only, SHELF.hits()
    read = readable(hit.passage, document).passage
    assert read.text.split("\n") == [
        "Whoever returns a tool late pays for the day.",
        "",
        "East, Saw, Day rent: 3 euros, Week rent: 9 euros, Keeper: Anna Lund.",
        "East, Cement mixer, Day rent: 20 euros, Week rent: 75 euros, Keeper: Ben Roy.",
        "West, Saw, Day rent: 4 euros, Week rent: 11 euros, Keeper: Cem Ay.",
        "West, Ladder, Day rent: 5 euros, Week rent: 12 euros, Keeper: Dan Holt.",
        "",
    ]
    assert row_text(hit.passage.sentences[3], document) == read.text.split("\n")[3]
    assert [row_text(span, document) for span in hit.passage.sentences[:2]] == ["", ""]


@given(st.data())
def test_what_is_read_leads_back_to_the_words_of_the_quote(data: st.DataObject) -> None:
    """Any stretch of a sentence as it is read gives verbatim words of that sentence, or none."""
    document, [hit] = SHELF.only, SHELF.hits()
    read = readable(hit.passage, document)
    number = data.draw(st.integers(0, len(hit.passage.sentences) - 1))
    inside, sentence = read.passage.sentences[number], hit.passage.sentences[number]
    assume(inside.start < inside.end)
    start = data.draw(st.integers(inside.start, inside.end - 1))
    span = Span(start, data.draw(st.integers(start + 1, inside.end)))
    source = read.source(span, sentence)
    assert source is None or (sentence.holds(source) and source.start < source.end)
    for value in ("3 euros", "Ben Roy", "Saw"):
        at = read.passage.text.find(value, inside.start, inside.end)
        if at >= 0:
            source = read.source(Span(at, at + len(value)), sentence)
            assert source is not None
            assert document.text[source.start : source.end] == value


def test_what_heads_a_value_leads_to_the_value() -> None:
    """A model that points at "Keeper:" means who that is; at a merged label above, no word of the row."""
    document, [hit] = SHELF.only, SHELF.hits()
    read, sentence = readable(hit.passage, document), hit.passage.sentences[3]
    at = read.passage.text.index("Keeper: Ben")
    source = read.source(Span(at, at + 6), sentence)
    assert source is not None
    assert document.text[source.start : source.end] == "Ben Roy"
    at = read.passage.text.index("East, Cement")
    assert read.source(Span(at, at + 4), sentence) is None


def test_a_row_is_cited_with_label_and_columns() -> None:
    """And which of them was asked for; what is no row has none."""
    document, [hit] = SHELF.only, SHELF.hits()
    quote = hit.passage.sentences[3]
    at = document.text.index("75 euros")
    columns = (("Day rent", "20 euros"), ("Week rent", "75 euros"), ("Keeper", "Ben Roy"))
    assert cited_row(quote, Span(at, at + 2), document) == CitedRow("East, Cement mixer", columns, 1)
    assert cited_row(quote, None, document) == CitedRow("East, Cement mixer", columns, None)
    assert cited_row(hit.passage.sentences[0], None, document) is None
    assert cited_row(hit.passage.sentences[1], None, document) is None


FORM = Shelf(
    *(
        block("row", line)
        for line in (
            "Employee name: Ana Silva",
            "Department: Water",
            "Department head: Ben Roy",
            "Approved: ☑",
        )
    ),
    block("paragraph", "Department: see the list in the hall of the house."),
)


@pytest.mark.parametrize(
    ("question", "line", "marked"),
    [
        ("In which department does Mrs Silva work?", "Department: Water", "Water"),
        ("Who is the department head?", "Department head: Ben Roy", "Ben Roy"),
        ("Was it approved?", "Approved: ☑", "☑"),
    ],
)
def test_a_line_of_a_form_is_meant_by_its_whole_label(question: str, line: str, marked: str) -> None:
    """The longest that the question names; its value is marked. A sentence with a colon is no such line."""
    assert answered(question, FORM) == (line, marked)


def test_what_heads_a_value_is_told_where_it_is_no_part_of_the_quote() -> None:
    """The merged label above, and the head of the value's own column; of what is no row, nothing."""
    document, [hit] = SHELF.only, SHELF.hits()
    at = document.text.index("75 euros")
    for answer, expected in ((Span(at, at + 2), ["East", "Week rent"]), (None, ["East"])):
        heads = heads_of(hit.passage.sentences[3], answer, document)
        assert [document.text[head.start : head.end] for head in heads] == expected
    assert heads_of(hit.passage.sentences[0], None, document) == []


def test_the_nearest_header_is_told() -> None:
    """That of the page, where a table's header is said on each."""
    lines = ["Town | Depots", "Brno | 5", "Graz | 7", "Town | Depots", "Linz | 9"]
    document = Shelf(*(replace(raw, opens=not n) for n, raw in enumerate(rows(*lines)))).only
    for answer, header in (("7", 0), ("9", 1)):
        at = document.text.index(answer)
        block = document.blocks[document.block_at(at)]
        heads = heads_of(Span(block.start, block.end), Span(at, at + 1), document)
        starts = [found.start() for found in re.finditer("Depots", document.text)]
        assert [head.start for head in heads] == [starts[header]]
