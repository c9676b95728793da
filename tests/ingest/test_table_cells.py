"""Tables: where each cell stands, what heads its column, what labels its row."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import Content, assemble, block, table_row
from ingest.characters import normalise
from ingest.document import Document, Row, Span, Table
from ingest.markup.html import read_html
from ingest.markup.markdown import read_markdown
from ingest.said import said
from ingest.tables import RawCell

texts = st.text(alphabet=st.sampled_from("ab 1,|\u00a0ﬁب"), max_size=4)
raw_cells = st.builds(RawCell, texts, st.integers(1, 3), st.integers(1, 3), st.booleans())


def made(*rows: list[RawCell] | str) -> Document:
    """The document of these rows; a text stands between two tables."""
    blocks = [block("paragraph", row) if isinstance(row, str) else table_row(row) for row in rows]
    return assemble("0" * 64, Content(None, blocks))


def row(*cells: str | RawCell, head: bool = False) -> list[RawCell]:
    """A row of these cells."""
    return [cell if isinstance(cell, RawCell) else RawCell(cell, head=head) for cell in cells]


def html(table: str) -> Document:
    """The document of an HTML page that holds only this table."""
    return assemble("0" * 64, read_html(f"<body><table>{table}</table></body>".encode()))


def words(document: Document, span: Span | None) -> str:
    """The words of a cell, "" of an empty one."""
    return document.text[span.start : span.end] if span else ""


def grid(document: Document, table: Table) -> list[list[str]]:
    """The words of every cell."""
    return [[words(document, cell) for cell in each.cells] for each in table.rows]


def told(document: Document, table: Table, each: Row) -> tuple[list[str], list[tuple[str, str]]]:
    """What a row says, in words."""
    what = said(table, each)
    columns = [(" ".join(words(document, h) for h in heads), words(document, v)) for heads, v in what.columns]
    return [words(document, cell) for cell in what.label], columns


def all_told(document: Document) -> list[tuple[list[str], list[tuple[str, str]]]]:
    """What each row of the only table says that is no header and no heading."""
    [table] = document.tables
    return [told(document, table, each) for each in table.rows if each.kind == "row"]


@given(st.lists(st.lists(raw_cells, min_size=1, max_size=4), max_size=6))
def test_a_cell_stands_in_the_text_as_the_file_has_it(rows: list[list[RawCell]]) -> None:
    """Every cell of a table is a word-for-word stretch of the text, in a row of its table, in its column."""
    document = made(*rows)
    given_words = {normalise(cell.text) for cells in rows for cell in cells}
    for table in document.tables:
        assert len({len(each.cells) for each in table.rows}) == 1
        assert table.headers < len(table.rows)
        assert 1 <= table.labels < len(table.rows[0].cells)
        for each in table.rows:
            assert document.row_at(each.start) == (table, each)
            for cell in filter(None, each.cells):
                assert words(document, cell) in given_words
                assert cell.start < cell.end <= each.end


def test_merged_cells_fill_the_columns_and_rows_that_they_cover() -> None:
    """A cell over two rows labels both, one over two columns stands in both."""
    document = html(
        "<tr><th>Depot</th><th>Tool</th><th colspan=2>Rent</th></tr>"
        "<tr><td rowspan=2>East</td><td>Saw</td><td>3</td><td>9</td></tr>"
        "<tr><td>Drill</td><td colspan=2>7</td></tr>"
        "<tr><td>West</td><td>Saw</td><td>4</td><td>8</td></tr>"
    )
    [table] = document.tables
    assert document.text == "Depot | Tool | Rent\nEast | Saw | 3 | 9\nDrill | 7\nWest | Saw | 4 | 8"
    assert grid(document, table) == [
        ["Depot", "Tool", "Rent", "Rent"],
        ["East", "Saw", "3", "9"],
        ["East", "Drill", "7", "7"],
        ["West", "Saw", "4", "8"],
    ]
    assert [each.kind for each in table.rows] == ["header", "row", "row", "row"]
    assert (table.headers, table.labels) == (1, 2)
    assert all_told(document)[1] == (["East", "Drill"], [("Rent", "7")])


def test_headers_of_two_rows_are_said_from_the_outermost_in() -> None:
    """Under "Rent", "Day" and "Week" head a column each."""
    document = html(
        "<thead><tr><th rowspan=2>Tool<th colspan=2>Rent<tr><th>Day<th>Week</thead>"
        "<tr><td>Saw<td>3<td>9<tr><td>Drill<td>5<td>21"
    )
    assert all_told(document) == [
        (["Saw"], [("Rent Day", "3"), ("Rent Week", "9")]),
        (["Drill"], [("Rent Day", "5"), ("Rent Week", "21")]),
    ]


def test_a_merged_header_reaches_into_a_row_that_no_file_marks() -> None:
    """With "Rent" over "Day" and "Week", beside "Tool" over both rows, both are headers, marked or not."""
    for marked in (False, True):
        heads = [RawCell("Tool", rows=2, head=marked), RawCell("Rent", columns=2, head=marked)]
        document = made(heads, row("Day", "Week"), row("Saw", "3", "15"), row("Plane", "4", "20"))
        assert document.tables[0].headers == 2
        assert all_told(document) == [
            (["Saw"], [("Rent Day", "3"), ("Rent Week", "15")]),
            (["Plane"], [("Rent Day", "4"), ("Rent Week", "20")]),
        ]


def test_a_merged_header_without_parts_heads_no_second_row() -> None:
    """A remark merged down beside values leaves these rows; nor is all of a table its header."""
    note = RawCell("Remark", rows=2, head=True)
    document = made([*row("Tool", "Rent", head=True), note], row("Saw", "3"), row("Plane", "4", "new"))
    assert document.tables[0].headers == 1
    parts = [RawCell("Tool", rows=2, head=True), RawCell("Rent", columns=2, head=True)]
    assert made(parts, row("3", "15")).tables[0].headers == 1


def test_numbers_are_values_also_where_they_alone_tell_rows_apart() -> None:
    """Two rows of "Saw" differ in what they cost, which is no label; a year, or "Size 2", may be one."""
    for second, said_of_it in (
        (("31", "35.50"), (["Saw"], [("Kind", "31"), ("Rent", "3")])),
        (("2023", "2024"), (["Saw", "2023"], [("Rent", "3")])),
        (("Size 1", "Size 2"), (["Saw", "Size 1"], [("Rent", "3")])),
    ):
        head = row("Tool", "Kind", "Rent", head=True)
        assert all_told(made(head, *(row("Saw", kind, "3") for kind in second)))[0] == said_of_it


def test_a_line_across_the_table_heads_the_rows_below_it() -> None:
    """It is a part of their labels, and a new one takes its place."""
    document = html(
        "<tr><th>Tool<th>Rent<th>Stock<tr><td colspan=3>Hand tools<tr><td>Saw<td>3<td>11"
        "<tr><td colspan=3>Machines<tr><td>Saw<td>30<td>2"
    )
    assert [label for label, _ in all_told(document)] == [["Hand tools", "Saw"], ["Machines", "Saw"]]


def test_a_header_is_told_by_its_kind_where_no_file_marks_it() -> None:
    """Words above figures head them, years too; figures above figures, or words above words, do not."""
    for first, second, headers in (
        (("Tool", "Rent"), ("Saw", "3 euros"), 1),
        (("Tool", "2021"), ("Saw", "310"), 1),
        (("", "Rent"), ("Saw", "3"), 1),
        (("Saw", "3"), ("Drill", "5"), 0),
        (("Office", "Main Street 5"), ("Phone", "310"), 0),
        (("Saw", "steel"), ("Drill", "iron"), 0),
    ):
        [table] = made(row(*first), row(*second), row("Vice", "12")).tables
        assert table.headers == headers, first


def test_a_header_said_again_is_a_header_and_another_one_begins_a_table() -> None:
    """As on the next page of a long table; a text between two tables parts them too."""
    head = row("Tool", "Rent", head=True)
    document = made(
        head,
        row("Saw", "3"),
        head,
        row("Drill", "5"),
        row("Town", "Depots", head=True),
        row("Brno", "2"),
        "A line.",
        head,
        row("Vice", "1"),
    )
    assert [[each.kind for each in table.rows] for table in document.tables] == [
        ["header", "row", "header", "row"],
        ["header", "row"],
        ["header", "row"],
    ]


def test_rows_of_markdown_are_marked_by_the_line_below_the_first() -> None:
    """The first row heads the others, whatever it holds."""
    document = assemble("0" * 64, read_markdown(b"| Tool | 12 |\n|---|---|\n| Saw | steel |\n"))
    assert all_told(document) == [(["Saw"], [("12", "steel")])]


def test_one_row_or_one_column_is_no_table() -> None:
    """What says nothing by where it stands stays a line."""
    assert made(row("a", "b")).tables == ()
    assert made(row("a"), row("b")).tables == ()


def test_hostile_spans_end_the_table_and_not_the_memory() -> None:
    """A cell said to cover a billion columns, or rows without end, costs no more than the limits."""
    document = html("<tr><td colspan=99999 rowspan=99999>a<td>b" + "<tr><td>c" * 3000)
    assert sum(len(each.cells) for table in document.tables for each in table.rows) <= 1_001_000
    assert document.text.count("\nc") == 3000
