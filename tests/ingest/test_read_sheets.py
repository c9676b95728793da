"""Spreadsheets and delimited text: what their cells show, in rows that know what heads them."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from ingest.document import Document, Unread
from ingest.errors import ReadError
from ingest.read import read
from ingest.reasons import Reason
from ingest.said import said
from tests.support.horrors import changed


def workbook(*fills: Callable[[Any, Any], object], names: tuple[str, ...] = ("Stock",)) -> bytes:
    """A workbook with a sheet for each function, which is given the workbook and the sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": "The harbour", "created": datetime(2024, 3, 5)})
    for fill, name in zip(fills, names, strict=True):
        fill(book, book.add_worksheet(name))
    book.close()
    return out.getvalue()


def rows(*lines: list[object]) -> Callable[[Any, Any], None]:
    """Fills a sheet with these rows, from the top."""

    def fill(_: Any, sheet: Any) -> None:
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)

    return fill


def told(document: Document) -> list[dict[str, str]]:
    """What each row of the document's tables says: value by head, and "" for its label."""
    text = document.text
    found = []
    for table in document.tables:
        for row in table.rows:
            if row.kind == "row":
                says = said(table, row)
                label = " ".join(text[span.start : span.end] for span in says.label)
                values = {
                    " ".join(text[head.start : head.end] for head in heads): text[span.start : span.end]
                    for heads, span in says.columns
                }
                found.append({"": label, **values})
    return found


def test_each_sheet_is_a_section_of_rows() -> None:
    """With its name, in the order of the tabs; hidden ones too, empty ones not."""
    data = workbook(
        rows(["Good", "Port", "Tons"], ["Anvil", "Oslo", 12.0], ["Bell", "Lima", 1.5]),
        rows(),
        lambda _, sheet: (sheet.hide(), sheet.write(0, 0, "A note.")),
        names=("Stock", "Empty", "Notes"),
    )
    document = read(data, "a.xlsx")
    assert document.text == (
        "Stock\n\nGood | Port | Tons\nAnvil | Oslo | 12\nBell | Lima | 1.5\n\nNotes\n\nA note."
    )
    assert [block.kind for block in document.blocks] == [
        "heading",
        "row",
        "row",
        "row",
        "heading",
        "paragraph",
    ]
    assert (document.title, document.date) == ("The harbour", "2024-03-05")
    assert told(document) == [
        {"": "Anvil", "Port": "Oslo", "Tons": "12"}, {"": "Bell", "Port": "Lima", "Tons": "1.5"},
    ]  # fmt: skip


def test_cells_are_as_they_are_shown() -> None:
    """Shares, thousands and dates by their formats, truth values, errors, texts of several lines."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_number(0, 0, 0.125, book.add_format({"num_format": "0.0%"}))
        sheet.write_number(0, 1, 1234567, book.add_format({"num_format": "#,##0"}))
        sheet.write_datetime(0, 2, datetime(2024, 3, 5), book.add_format({"num_format": "dd.mm.yyyy"}))
        sheet.write_datetime(0, 3, datetime(2024, 3, 5), book.add_format({"num_format": 14}))
        sheet.write_boolean(0, 4, True)
        sheet.write_formula(0, 5, "=1/0", value="#DIV/0!")
        sheet.write_rich_string(0, 6, "two\n", book.add_format({"bold": True}), "lines")
        sheet.write_formula(0, 7, '="a"&"b"', value="ab")
        sheet.write(1, 0, "x")

    shown = read(workbook(fill), "a.xlsx").text.split("\n")[2]
    assert shown == "12.5% | 1,234,567 | 05.03.2024 | 2024-03-05 | TRUE | #DIV/0! | two lines | ab"


def test_a_line_above_or_below_a_table_is_a_paragraph() -> None:
    """So is all of a sheet that holds nothing else; an empty row parts two tables."""
    document = read(
        workbook(
            rows(
                ["Stock of March"], ["Good", "Port", "Tons"], ["Anvil", "Oslo", 12], ["Bell", "Lima", 7],
                ["Source: the harbour"], [], ["Year", "Ships", "Masts"], [2023, 40, 90], [2024, 44, 97],
            )
        ),
        "a.xlsx",
    )  # fmt: skip
    kinds = [block.kind for block in document.blocks]
    assert kinds == ["heading", "paragraph", *["row"] * 3, "paragraph", *["row"] * 3]
    assert [len(table.rows) for table in document.tables] == [3, 3]


def test_merged_cells_say_the_same_of_each_row_and_column() -> None:
    """Also over a row that holds nothing but them."""

    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Port", "Good", "Tons", "Crates"])
        sheet.merge_range(1, 0, 3, 0, "Oslo")
        sheet.write_row(1, 1, ["Anvil", 12, 3])
        sheet.merge_range(3, 1, 3, 3, "none")
        sheet.write_row(4, 0, ["Lima", "Bell", 7, 9])

    assert told(read(workbook(fill), "a.xlsx")) == [
        {"": "Oslo Anvil", "Tons": "12", "Crates": "3"},
        {"": "Oslo none"},
        {"": "Lima Bell", "Tons": "7", "Crates": "9"},
    ]


@pytest.mark.parametrize(
    ("fill", "headers"),
    [
        (rows(["Name", "Role"], ["Mona", "Clerk"]), 0),
        (rows(["Name", "Role", "Port"], ["Mona", "Clerk", "Oslo"]), 1),
        (rows(["Mona", "Clerk", "5"], ["Ines", "Cook", "7"]), 0),
        (rows(["Name", "Name", "Port"], ["Mona", "Clerk", "Oslo"]), 0),
        (
            lambda book, sheet: (
                rows(["Name", "Role"], ["Mona", "Clerk"])(book, sheet),
                sheet.freeze_panes(1, 0),
            ),
            1,
        ),
        (
            lambda book, sheet: (
                rows(["Name", "Role"], ["Mona", "Clerk"])(book, sheet),
                sheet.autofilter("A1:B2"),
            ),
            1,
        ),
        (
            lambda _, sheet: sheet.add_table(
                "A1:B3",
                {
                    "columns": [{"header": "Name"}, {"header": "Role"}],
                    "data": [["Mona", "Clerk"], ["I", "J"]],
                },
            ),
            1,
        ),
    ],
)
def test_a_first_row_heads_the_others_if_the_file_says_so_or_it_could(
    fill: Callable[[Any, Any], object], headers: int
) -> None:
    """A frozen row, a filter, a table of Excel's own; else three columns or more that tell no figures."""
    assert [table.headers for table in read(workbook(fill), "a.xlsx").tables] == [headers]


def test_what_the_workbook_says_of_itself() -> None:
    """Its author and its keywords; not who saved it last."""
    core = "<cp:keywords>tons, ports</cp:keywords><dc:creator>Mona Idris</dc:creator>"
    data = changed(workbook(rows(["Anvil"])), "docProps/core.xml", ("<dc:creator></dc:creator>", core))
    document = read(data, "a.xlsx")
    assert [(one.name, document.text[one.start : one.end]) for one in document.details] == [
        ("subject", "tons, ports"), ("creator", "Mona Idris"),
    ]  # fmt: skip


def test_text_boxes_are_read_and_charts_are_in_the_ledger() -> None:
    """A box stands behind the rows of its sheet; what a chart says beside the cells that it draws is lost."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Anvil", 12])
        sheet.insert_textbox(3, 3, "Counted in May.\nBy hand.")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Stock!$B$1:$B$1"})
        sheet.insert_chart(9, 9, chart)

    document = read(workbook(fill), "a.xlsx")
    assert document.text == "Stock\n\nAnvil | 12\n\nCounted in May.\n\nBy hand."
    assert document.unread == (Unread(None, Reason("chart_not_read")),)


def test_comments_are_notes_by_their_authors() -> None:
    """They stand behind the rows of their sheet."""

    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Anvil", 12])
        sheet.write_comment(0, 1, "Counted twice.", {"author": "Mona"})

    document = read(workbook(fill), "a.xlsx")
    note = document.blocks[-1]
    assert (note.kind, note.by, document.text[note.start : note.end]) == ("note", "Mona", "Counted twice.")


def test_formulas_that_were_never_computed_are_counted() -> None:
    """Some programs write no values: the ledger says how many are missing."""
    data = workbook(lambda _, sheet: (sheet.write_formula(0, 0, "=1+1"), sheet.write(0, 1, "Sum")))
    for value in ("", "<v/>", "<v></v>"):
        document = read(changed(data, "xl/worksheets/sheet1.xml", ("<v>0</v>", value)), "a.xlsx")
        assert document.text == "Stock\n\nSum"
        assert document.unread == (Unread(None, Reason("formulas_without_values", n=1)),)
    nothing = ("<f>1+1</f><v>0</v>", "<f>1+1</f><v></v>"), ('<c r="A1"', '<c r="A1" t="str"')
    assert read(changed(data, "xl/worksheets/sheet1.xml", *nothing), "a.xlsx").unread == ()


def test_what_other_programs_leave_out_is_made_up_for() -> None:
    """Cells and rows without their places, texts within cells, escapes, no styles, no strings."""
    sheet = (
        "<x:worksheet xmlns:x='urn:any'><x:sheetData><x:row>"
        "<x:c t='inlineStr'><x:is><x:t>A_x0042_</x:t></x:is></x:c><x:c s='7'><x:v>1.50</x:v></x:c></x:row>"
        "<x:row><x:c><x:v>2</x:v></x:c><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    of = "http://b.example/relationships"
    book = f"<workbook xmlns:r='{of}'><sheets><sheet name='One' r:id='a'/></sheets></workbook>"
    link = f"<Relationships><Relationship Id='a' Type='{of}/worksheet' Target='/xl/s.xml'/></Relationships>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        for name, content in {
            "[Content_Types].xml": "<Types/>", "xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": link,
            "xl/s.xml": sheet,
        }.items():  # fmt: skip
            container.writestr(name, content)
    assert read(out.getvalue(), "a.xlsx").text == "One\n\nAB | 1.5\n2 | 3"


def test_a_cell_at_the_end_of_the_sheet_costs_nothing() -> None:
    """Nor does one that is merged over all of it: only what holds something is kept."""
    cells = '<c r="XFD2"><v>8</v></c></row><row r="1048576"><c r="XFD1048576"><v>9</v></c></row></sheetData>'
    merged = '<mergeCells><mergeCell ref="B1:XFC1048576"/></mergeCells>'
    data = workbook(rows(["Anvil", 12], ["Bell"]))
    data = changed(data, "xl/worksheets/sheet1.xml", ("</row></sheetData>", cells + merged))
    assert read(data, "a.xlsx").text == "Stock\n\nAnvil | 12\nBell | 8\n| 9"


def test_a_book_without_its_parts_is_damaged() -> None:
    """It is said, and nothing of it is guessed."""
    data = workbook(rows(["Anvil"]))
    sheet = "worksheets/sheet1.xml"
    for broken in (
        changed(data, "xl/_rels/workbook.xml.rels", (sheet, "worksheets/gone.xml")),
        changed(data, f"xl/{sheet}", ("</sheetData>", "")),
    ):
        with pytest.raises(ReadError) as caught:
            read(broken, "a.xlsx")
        assert caught.value.reason.code == "damaged"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimited_text_is_read_by_its_delimiter(delimiter: str, encoding: str) -> None:
    """In any encoding; its first row heads the others."""
    lines = ("Bücher", "Preis", "Ort"), ("Nähen", '"1,50"', "Köln"), ('"Der ""Bau"""', "3;20", "Tönning")
    if delimiter == ";":
        lines = (*lines[:2], ('"Der ""Bau"""', '"3;20"', "Tönning"))
    data = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
    document = read(data, "a.tsv" if delimiter == "\t" else "a.csv")
    assert told(document) == [
        {"": "Nähen", "Preis": "1,50", "Ort": "Köln"}, {"": 'Der "Bau"', "Preis": "3;20", "Ort": "Tönning"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"sep=;\r\nGood;Tons\r\nAnvil;1,5\r\n", "Good | Tons\nAnvil | 1,5"),
        (b"Good,Tons\nAnvil,1\nBell,7\n", "Good | Tons\nAnvil | 1\nBell | 7"),
        (b"Good;Tons\nAnvil;1,5\nBell;7,5\n", "Good | Tons\nAnvil | 1,5\nBell | 7,5"),
        (b'Good,Note\nAnvil,"heavy,\nand loud"\n', "Good | Note\nAnvil | heavy, and loud"),
        (
            b"Report of March\n\nGood,Tons\nAnvil,1\n\nSource: us\n",
            "Report of March\n\nGood | Tons\nAnvil | 1\n\nSource: us",
        ),
        (b"Anvil\nBell\n", "Anvil\n\nBell"),
        (b'Anvil,"never closed\nBell,7\n', "Anvil | never closed Bell,7"),
    ],
)
def test_delimited_text_keeps_every_word(data: bytes, text: str) -> None:
    """Whatever its rows are like."""
    assert read(data, "a.csv").text == text


def test_delimited_text_may_be_called_xls() -> None:
    """As some programs call it, for Excel to open it."""
    assert read(b"Good\tTons\nAnvil\t1\n", "a.xls").text == "Good | Tons\nAnvil | 1"
