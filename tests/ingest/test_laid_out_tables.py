"""Tables of PDFs and plain text: what stands in columns is one, what does not is left as it stands."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.blocks import Content, assemble
from ingest.document import Document, Page
from ingest.layout.lines import Line, Part
from ingest.layout.structure import compose
from ingest.line_spans import lines_within
from ingest.pdf.parts import parts_of
from ingest.pdf.printed import lines_of
from ingest.pdf.read import read_pdf
from ingest.text import read_text
from tests.ingest.test_bidi import page, seen
from tests.ingest.test_read_pdf import filler, lines, pdf, together
from tests.ingest.test_table_cells import all_told, grid

COLUMNS = (70.0, 240.0, 330.0, 420.0)
Cell = tuple[float, float, str]  # x, y and the text
TOOLS = (
    ("Tool", "Day rent", "Week rent", "Stock"),
    ("Saw", "3.50", "9.00", "11"),
    ("Cement mixer", "20.00", "75.00", "2"),
    ("Ladder", "5.00", "12.00", "7"),
)


def document(data: bytes) -> Document:
    """The PDF as it is read."""
    return assemble("0" * 64, read_pdf(data))


def placed(rows: Sequence[Sequence[str]], step: float = 18, top: float = 700) -> list[Cell]:
    """The cells in COLUMNS, row by row."""
    return [(COLUMNS[n], top - step * at, text) for at, row in enumerate(rows) for n, text in enumerate(row)]


def drawn(cells: Sequence[Cell], bold: float | None = None) -> Callable[[Canvas], None]:
    """Draws the cells in their order, those at the height of `bold` in bold type."""

    def draw(canvas: Canvas) -> None:
        for x, y, text in cells:
            canvas.setFont("Helvetica-Bold" if y == bold else "Helvetica", 10)
            canvas.drawString(x, y, text)

    return draw


def test_what_stands_in_columns_is_a_table() -> None:
    """Its text is that of its lines, as it was; each value is under its header, beside its label."""
    read = document(pdf(together(lines(*filler("rents"), top=780), drawn(placed(TOOLS)))))
    assert read.text.endswith("Saw 3.50 9.00 11\nCement mixer 20.00 75.00 2\nLadder 5.00 12.00 7")
    assert all_told(read)[1] == (
        ["Cement mixer"],
        [("Day rent", "20.00"), ("Week rent", "75.00"), ("Stock", "2")],
    )


def test_a_row_in_bold_type_heads_the_others() -> None:
    """Though it holds figures, as they do."""
    rows = [("Town", "Depot 12", "Depot 14"), ("Brno", "3", "9"), ("Graz", "4", "8")]
    for bold, headers in ((None, 0), (700.0, 1)):
        [table] = document(pdf(drawn(placed(rows), bold))).tables
        assert table.headers == headers


def test_dates_head_a_column_and_signs_stand_with_their_figures() -> None:
    """As in a balance sheet, whose "$" stands at the left of its column, near the figure before."""
    rows = [("", "May 31, 2021", "31 May 2020"), ("Boats", "28,021", "23,305"), ("Nets", "(12)", "7")]
    cells = [
        *placed(rows),
        (COLUMNS[1] + 34, 682, "$"),
        (COLUMNS[1] - 30, 682, "$"),
        (COLUMNS[1] + 34, 664, "%"),
    ]
    read = document(pdf(drawn(sorted(cells, key=lambda cell: (-cell[1], cell[0])))))
    assert all_told(read) == [
        (["Boats"], [("May 31, 2021", "$ 28,021"), ("31 May 2020", "$ 23,305")]),
        (["Nets"], [("May 31, 2021", "(12) %"), ("31 May 2020", "7")]),
    ]


def test_a_narrow_room_parts_what_stands_in_two_columns() -> None:
    """As where a column's longest cell reaches nearly to the next; words of one cell stay together."""
    rows = [("Boat", "Seats", "Rent"), ("Punt", "4", "11"), ("Rowing skiff", "16", "9"), ("Raft", "8", "7")]
    width = stringWidth("Rowing skiff", "Helvetica", 10)
    cells = [
        (70 + (0, width + 6, 190)[n], 700 - 18 * at, cell)
        for at, row in enumerate(rows)
        for n, cell in enumerate(row)
    ]
    assert all_told(document(pdf(drawn(cells)))) == [
        (["Punt"], [("Seats", "4"), ("Rent", "11")]),
        (["Rowing skiff"], [("Seats", "16"), ("Rent", "9")]),
        (["Raft"], [("Seats", "8"), ("Rent", "7")]),
    ]


def test_the_order_of_drawing_does_not_matter() -> None:
    """As where a program draws a table column by column."""
    cells = sorted(placed(TOOLS), key=lambda cell: (cell[0], -cell[1]))
    assert [grid(read, table) for read in [document(pdf(drawn(cells)))] for table in read.tables] == [
        [list(row) for row in TOOLS]
    ]


def test_lines_of_a_label_are_one_cell() -> None:
    """Where they are nearer to each other than rows are; values may stand beside the last of them."""
    cells = placed((TOOLS[0],))
    wrapped = (
        ("Saw for wood", "and metal", "3", "9", "11"),
        ("Mixer for", "concrete", "20", "75", "2"),
        ("Ladder of", "two parts", "5", "12", "7"),
    )
    for top, (first, second, *values) in zip((676, 640, 604), wrapped, strict=True):
        cells += [
            (70, top, first),
            *((x, top - 12, v) for x, v in zip(COLUMNS, (second, *values), strict=True)),
        ]
    read = document(pdf(drawn(cells)))
    assert [label for label, _ in all_told(read)] == [
        ["Saw for wood and metal"],
        ["Mixer for concrete"],
        ["Ladder of two parts"],
    ]
    at = read.text.index("Mixer for concrete 20 75 2")
    spans = lines_within(read.lines, at, at + 26)
    assert [(read.text[one.start : one.end], one.line, one.offset) for one in spans] == [
        ("Mixer for", 3, 0),
        ("concrete", 4, 0),
        ("20", 4, 9),
        ("75", 4, 12),
        ("2", 4, 15),
    ]


def test_a_line_between_rows_as_far_apart_is_left_out_of_the_cells() -> None:
    """It may be a label's first line, or a heading; with a colon it heads what is indented below it."""
    rows = [("Tool", "Day rent", "Week rent"), ("Saw", "3", "9"), ("Drill", "4", "10"), ("Vice", "1", "2")]
    cells = [(x + 8 * (y < 670 and x == 70), y, text) for x, y, text in placed(rows, step=30)]
    for heading, labels in (("All machines", ["Drill"]), ("Machines:", ["Machines:", "Drill"])):
        read = document(pdf(drawn([*cells, (70, 655, heading)])))
        assert [label for label, _ in all_told(read)][1] == labels
        assert heading in read.text


def test_a_line_as_far_from_the_rows_as_they_are_from_each_other_is_no_part_of_one() -> None:
    """Though headings part most rows, and the lines of a label are nearer; in bold type it heads rows."""
    values = {682: ("3", "9"), 646: ("4", "10"), 628: ("1", "2"), 592: ("8", "30")}
    cells = placed((("Tool", "Day rent", "Week rent"),))
    labels = {664: "By hand", 646: "Saw", 628: "Vice", 610: "Engines", 592: "Mixer for", 581: "concrete"}
    cells += [(70, y, text) for y, text in labels.items()] + [(70, 682, "Ladder")]
    cells += [(x, y, v) for y, row in values.items() for x, v in zip(COLUMNS[1:], row, strict=False)]
    for bold in (None, 610.0):
        [table] = (read := document(pdf(drawn(cells, bold)))).tables
        assert [read.text[row.start : row.end] for row in table.rows if row.kind == "heading"] == (
            ["Engines"] if bold else []
        )
        assert [label for label, _ in all_told(read) if label][-1] == ["Mixer for concrete"]
        assert ["Vice"] in [label for label, _ in all_told(read)]


def test_a_table_goes_on_over_the_page() -> None:
    """Its header, said again or not, heads the rows of both pages."""
    rows = [("Plot", "Trees"), *((f"Plot {n}", f"{n * 7}.5") for n in range(30))]
    for again in ([rows[0]], []):
        read = document(
            pdf(
                drawn(placed(rows)),
                drawn(placed([*again, ("Moss", "8.5")])),
            )
        )
        [table] = read.tables
        assert table.headers == 1
        assert all_told(read)[-1] == (["Moss"], [("Trees", "8.5")])


def test_a_table_from_the_right_is_read_from_the_right() -> None:
    """The first column is the right one, in a plain text as in the file."""
    text = "الأداة\tالإيجار\tالعدد\nمنشار\t35\t11\nسلم\t50\t7\n"
    read = assemble("0" * 64, read_text(text.encode()))
    assert all_told(read)[1] == (["سلم"], [("الإيجار", "50"), ("العدد", "7")])


def test_a_number_and_its_unit_are_one_cell_from_the_right_too() -> None:
    """Each is read from another side, and both stand in one place; where they may be two cells, they part."""
    [first, second] = lines_of(page(seen("سلم خشب    7,500 دينار    12 يوما"), seen("منشار 970,000")))[0]
    assert [part.text for part in parts_of(first)] == ["12 يوما", "7,500 دينار", "سلم خشب"]
    [part] = parts_of(second)
    assert [[half.text for half in part.split(rift)] for rift in part.rifts] == [["970,000", "منشار"]]


@pytest.mark.parametrize(
    "text",
    [
        "Tool          Day rent   Stock\nSaw           3.50       11\nCement mixer  20.00      2\n",
        "Tool\tDay rent\tStock\nSaw\t3.50\t11\nCement mixer\t20.00\t2\n",
        "| Tool | Day rent | Stock |\n| Saw | 3.50 | 11 |\n| Cement mixer | 20.00 | 2 |\n",
    ],
)
def test_plain_text_has_tables_by_spaces_tabs_and_bars(text: str) -> None:
    """Between two paragraphs, of which nothing is lost."""
    read = assemble("0" * 64, read_text(f"Rents.\n\n{text}\nWhoever is late pays.\n".encode()))
    assert all_told(read) == [
        (["Saw"], [("Day rent", "3.50"), ("Stock", "11")]),
        (["Cement mixer"], [("Day rent", "20.00"), ("Stock", "2")]),
    ]
    assert read.text.startswith("Rents.")
    assert read.text.endswith("Whoever is late pays.")


PROSE = (
    (
        "The rooms were let to guilds in 1890,",
        "who paid by the year and kept them",
        "dry, as is written in 1891.",
    ),
    (
        "A second hall was built behind it in",
        "the year 1923, of brick, and burnt in",
        "1944; the third is of 1951.",
    ),
)


@pytest.mark.parametrize(
    "draw",
    [
        together(lines(*PROSE[0], x=70), lines(*PROSE[1], x=320)),
        drawn(
            [cell for n in range(9) for cell in ((70, 700 - 18 * n, f"{n}."), (110, 700 - 18 * n, "A hall."))]
        ),
        drawn(placed([("Preface", "3"), ("The guilds", "7"), ("The fires", "31"), ("Afterword", "90")])),
        drawn(placed([(f"{name} " + "." * 20, "12") for name in ("Preface", "Guilds", "Fires", "End")])),
        drawn(placed([("Saw", "3.50", "9.00"), ("Drill", "4.00", "10.00")])),
        drawn(placed([("Saw", "steel", "old"), ("Drill", "iron", "new"), ("Vice", "brass", "lent")])),
        drawn(
            placed([*zip(PROSE[0] + PROSE[1][:2], "12345", ("4 m", "6 m", "9 m", "2 m", "8 m"), strict=True)])
        ),
        drawn([(x, y - 8 * (x > 100), text) for x, y, text in placed(TOOLS)]),
    ],
    ids=["columns", "numbered", "contents", "leaders", "two rows", "words alone", "beside", "not level"],
)
def test_what_is_not_certain_is_no_table(draw: Callable[[Canvas], None]) -> None:
    """Prose in columns, lists, contents, and what stands neither level nor in enough rows."""
    assert document(pdf(draw)).tables == ()


CELLS = st.sampled_from(["Saw", "3.50", "9", "old iron", "Total:", "(2)", "a", "قفل"])
PLACES = st.tuples(st.sampled_from(COLUMNS), st.integers(0, 12), CELLS)


@given(st.lists(PLACES, max_size=24), st.sampled_from([6.0, 12.0, 18.0]))
def test_no_word_is_lost_or_said_twice(places: list[tuple[float, int, str]], step: float) -> None:
    """Whatever stands where: on one line, over each other, between the rows of a table."""
    page = [
        Line(text, 1, size=10.0, y=700 - step * at, parts=(Part(text, x, x + 5 * len(text)),))
        for x, at, text in places
    ]
    document = assemble("0" * 64, Content(None, compose([page]), [Page(1, None)]))
    assert sorted(document.text.split()) == sorted(word for _, _, text in places for word in text.split())
