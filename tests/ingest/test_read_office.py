"""Word and PowerPoint files."""

import io
import re
import zipfile

import docx
import pptx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from ingest.blocks import Content, assemble
from ingest.document import Page, Unread
from ingest.office.docx import read_docx
from ingest.office.pptx import read_pptx
from ingest.reasons import Reason

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da63f8ffff3f0005fe02fe"
    "0def46b80000000049454e44ae426082"
)


def saved(document: "docx.document.Document | pptx.presentation.Presentation") -> bytes:
    """The bytes of the file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def listed(content: Content) -> list[tuple[str, int, str]]:
    """Kind, level and text of the blocks."""
    return [(raw.kind, raw.level, " ".join(raw.pieces[0].text.split())) for raw in content.blocks]


def put(paragraph: Paragraph, xml: str) -> None:
    """Append runs or changes, in WordprocessingML, to the paragraph."""
    for node in parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"):
        paragraph._p.append(node)


def with_footnotes(data: bytes, xml: str) -> bytes:
    """The Word file with a footnotes part of this content."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/_rels/document.xml.rels":
                link = (
                    b'<Relationship Id="rId900" Target="footnotes.xml" Type="http://schemas.openxmlformats.org/'
                    b'officeDocument/2006/relationships/footnotes"/></Relationships>'
                )
                text = text.replace(b"</Relationships>", link)
            new.writestr(name, text)
        new.writestr("word/footnotes.xml", f"<w:footnotes {nsdecls('w')}>{xml}</w:footnotes>")
    return stream.getvalue()


def test_word_headings_lists_and_tables() -> None:
    """Blocks come in the body's order, with levels, list marks and table rows."""
    document = docx.Document()
    document.add_heading("The policy", 0)
    document.add_heading("Scope", 2)
    document.add_paragraph("All staff.\nAlso\tguests.")
    for text, style in [
        ("A", "List Bullet"),
        ("B", "List Bullet"),
        ("C", "List Number"),
        ("D", "List Number"),
    ]:
        document.add_paragraph(text, style)
    table = document.add_table(3, 3)
    for row, texts in zip(table.rows, (("h1", "h2", "h3"), ("a", "b", "c"), ("", "e", "")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph("After the table.")
    content = read_docx(saved(document))
    assert content.title == "The policy"
    assert listed(content) == [
        ("heading", 1, "The policy"),
        ("heading", 2, "Scope"),
        ("paragraph", 0, "All staff. Also guests."),
        ("item", 0, "• A"),
        ("item", 0, "• B"),
        ("item", 0, "1. C"),
        ("item", 0, "2. D"),
        ("row", 0, "h1 | h2 | h3"),
        ("row", 0, "a | b | c"),
        ("row", 0, "e"),
        ("paragraph", 0, "After the table."),
    ]


def test_word_nested_numbers_are_those_on_the_page() -> None:
    """Patterns of several levels are filled in, deeper levels start anew, headings count too."""
    document = docx.Document()
    levels = [("decimal", "Article %1"), ("lowerLetter", "(%2)"), ("upperRoman", "%1.%3.")]
    definition = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for at, (style, pattern) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{definition}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for at, text in [(0, "One"), (1, "x"), (1, "y"), (2, "deep"), (0, "Two"), (1, "z")]:
        paragraph = document.add_heading(text, 1) if at == 0 else document.add_paragraph(text)
        properties = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{at}"/><w:numId w:val="77"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(properties))
    assert listed(read_docx(saved(document))) == [
        ("heading", 1, "Article 1 One"),
        ("item", 1, "(a) x"),
        ("item", 1, "(b) y"),
        ("item", 2, "1.I. deep"),
        ("heading", 1, "Article 2 Two"),
        ("item", 1, "(a) z"),
    ]


def test_word_tracked_changes_are_taken_as_accepted() -> None:
    """Insertions and links are read; deletions, moved-away and hidden text are not."""
    document = docx.Document()
    put(
        document.add_paragraph("The limit is "),
        '<w:del w:id="1"><w:r><w:delText>10</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>20</w:t></w:r></w:ins>'
        '<w:moveFrom w:id="3"><w:r><w:t> gone</w:t></w:r></w:moveFrom>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t xml:space="preserve"> dollars</w:t></w:r>'
        '<w:hyperlink w:anchor="x"><w:r><w:t xml:space="preserve"> a day</w:t></w:r></w:hyperlink>',
    )
    document.add_table(1, 2).rows[0]._tr.get_or_add_trPr().append(
        parse_xml(f"<w:del {nsdecls('w')} w:id='9'/>")
    )
    assert listed(read_docx(saved(document))) == [("paragraph", 0, "The limit is 20 dollars a day")]


def test_word_footnotes_follow_their_paragraph() -> None:
    """Numbered in the order of their marks, whatever their ids; also from inside a table."""
    document = docx.Document()
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    put(document.add_paragraph("First"), mark.format(7) + "<w:r><w:t>.</w:t></w:r>")
    table = document.add_table(1, 2)
    put(table.cell(0, 0).paragraphs[0], "<w:r><w:t>Cell</w:t></w:r>" + mark.format(5))
    table.cell(0, 1).text = "x"
    notes = (
        '<w:footnote w:id="{}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> {}</w:t></w:r></w:p></w:footnote>'
    )
    data = with_footnotes(saved(document), notes.format(5, "note five") + notes.format(7, "note seven"))
    assert listed(read_docx(data)) == [
        ("paragraph", 0, "First."),
        ("footnote", 0, "1 note seven"),
        ("row", 0, "Cell | x"),
        ("footnote", 0, "2 note five"),
    ]


def test_word_text_boxes_are_read_once() -> None:
    """A box is stored twice, for new and old programs; it follows the paragraph that it hangs on."""
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent>"
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    put(
        document.add_paragraph("Before "),
        f"<w:r><mc:AlternateContent {space}>"
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>after</w:t></w:r>",
    )
    assert listed(read_docx(saved(document))) == [
        ("paragraph", 0, "Before after"),
        ("paragraph", 0, "In the box"),
    ]


@pytest.mark.parametrize(("title", "expected"), [("Word Document", None), ("", None), ("سياسة", "سياسة")])
def test_word_default_titles_are_no_titles(title: str, expected: str | None) -> None:
    """A title that a program filled in by itself says nothing."""
    document = docx.Document()
    document.add_paragraph("x")
    document.core_properties.title = title
    assert read_docx(saved(document)).title == expected


def with_created(data: bytes, element: str | None) -> bytes:
    """The file with this element for the time of its creation; None leaves all properties out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "docProps/core.xml":
                if element is None:
                    continue
                text = re.sub(rb"<dcterms:created.*</dcterms:created>", element.encode(), text)
            if name == "_rels/.rels" and element is None:
                text = re.sub(rb"<Relationship [^>]*core-properties[^>]*/>", b"", text)
            new.writestr(name, text)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("element", "date"),
    [
        ("<dcterms:created>2021-03-04T23:30:00-08:00</dcterms:created>", "2021-03-04"),
        ("<dcterms:created>2021</dcterms:created>", "2021"),
        ("<dcterms:created>0001-01-01T00:00:00+08:00</dcterms:created>", None),
        ("<dcterms:created>once</dcterms:created>", None),
        ("<dcterms:created/>", None),
        ("", None),
        (None, None),
    ],
)
def test_the_date_is_that_of_creation(element: str | None, date: str | None) -> None:
    """Word and PowerPoint keep it alike; a file without it, or with none that can be read, is read."""
    document = docx.Document()
    document.add_paragraph("x")
    assert assemble("", read_docx(saved(document))).date is None
    assert assemble("", read_docx(with_created(saved(document), element))).date == date
    deck = pptx.Presentation()
    assert assemble("", read_pptx(saved(deck))).date is None
    assert assemble("", read_pptx(with_created(saved(deck), element))).date == date


def test_a_frame_of_one_column_is_no_table() -> None:
    """Paragraphs in a box drawn as a table stay paragraphs."""
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "One."
    cell.add_paragraph("Two.")
    assert listed(read_docx(saved(document))) == [("paragraph", 0, "One."), ("paragraph", 0, "Two.")]


def test_slides_are_pages() -> None:
    """Title first, inherited bullets by level, tables, groups and notes, all on the slide's page."""
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Goals\vfor 2025"
    frame = slide.placeholders[1].text_frame
    frame.text = "Grow"
    deeper = frame.add_paragraph()
    deeper.text, deeper.level = "fast", 1
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "In a group"
    table = slide.shapes.add_table(2, 2, 0, 0, Inches(2), Inches(1)).table
    for at, text in enumerate(("h1", "h2", "a", "b")):
        table.cell(at // 2, at % 2).text = text
    slide.notes_slide.notes_text_frame.text = "Say hello."
    second = deck.slides.add_slide(deck.slide_layouts[0])
    second.shapes.title.text = "End"
    second.placeholders[1].text = "A subtitle has no bullet"
    content = read_pptx(saved(deck))
    assert content.title == "Goals\vfor 2025"
    assert content.pages == [Page(1, None), Page(2, None)]
    assert content.unread == []
    assert listed(content) == [
        ("heading", 1, "Goals for 2025"),
        ("item", 0, "• Grow"),
        ("item", 1, "• fast"),
        ("paragraph", 0, "In a group"),
        ("row", 0, "h1 | h2"),
        ("row", 0, "a | b"),
        ("footnote", 0, "Say hello."),
        ("heading", 1, "End"),
        ("paragraph", 0, "A subtitle has no bullet"),
    ]
    assert [raw.pieces[0].page for raw in content.blocks] == [1] * 7 + [2] * 2


def test_numbered_paragraphs_on_a_slide() -> None:
    """Automatic numbers are those shown: counted by level, from where they are told to start."""
    deck = pptx.Presentation()
    frame = deck.slides.add_slide(deck.slide_layouts[1]).placeholders[1].text_frame
    space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    for text, level, xml in [
        ("one", 0, '<a:buAutoNum type="arabicPeriod" startAt="4"/>'),
        ("sub", 1, '<a:buAutoNum type="alphaLcParenR"/>'),
        ("two", 0, '<a:buAutoNum type="arabicPeriod" startAt="4"/>'),
        ("plain", 0, "<a:buNone/>"),
    ]:
        paragraph = frame.add_paragraph()
        paragraph.text, paragraph.level = text, level
        properties = paragraph._p.get_or_add_pPr()
        properties.append(parse_xml(f"<a:pPr {space}>{xml}</a:pPr>")[0])
    assert listed(read_pptx(saved(deck)))[-4:] == [
        ("item", 0, "4. one"),
        ("item", 1, "a) sub"),
        ("item", 0, "5. two"),
        ("paragraph", 0, "plain"),
    ]


def test_slides_without_text_and_charts_are_in_the_ledger() -> None:
    """A picture alone and a chart are named with the slide they are on."""
    deck = pptx.Presentation()
    blank = deck.slide_layouts[6]
    deck.slides.add_slide(blank).shapes.add_textbox(0, 0, 9, 9).text_frame.text = "text"
    deck.slides.add_slide(blank).shapes.add_picture(io.BytesIO(PIXEL), 0, 0)
    third = deck.slides.add_slide(blank)
    third.shapes.add_textbox(0, 0, 9, 9).text_frame.text = "Sales"
    data = CategoryChartData()
    data.categories = ["a"]
    data.add_series("s", (1,))
    third.shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, 9, 9, data)
    assert read_pptx(saved(deck)).unread == [
        Unread((2,), Reason("no_text_on_slide")),
        Unread((3,), Reason("chart_not_read")),
    ]
