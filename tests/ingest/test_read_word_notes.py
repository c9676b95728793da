"""What a Word file has beside its plain body: comments, page headers, raised figures, equations, changes."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import Section

from ingest.blocks import assemble
from ingest.office.docx import read_docx
from tests.ingest.test_read_office import listed, put, saved, with_footnotes

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def run(text: str, properties: str = "") -> str:
    """A run of a paragraph."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


RAISED = '<w:vertAlign w:val="superscript"/>'
LOWERED = '<w:vertAlign w:val="subscript"/>'


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (run("It costs $85") + run("1", RAISED) + run(" a day."), "It costs $85¹ a day."),
        (run("10") + run("1", RAISED) + run("2", RAISED) + run(" m") + run("3", RAISED), "10¹² m³"),
        (run("H") + run("2", LOWERED) + run("O"), "H₂O"),
        (run("the 3") + run("r", RAISED) + run("d", RAISED) + run(" of May"), "the 3rd of May"),
        (run("1911") + run("4", '<w:rStyle w:val="Above"/>'), "1911⁴"),
        (run("1911") + run("4", '<w:rStyle w:val="Above"/><w:vertAlign w:val="baseline"/>'), "19114"),
        (run("1911") + f'<w:ins w:id="1">{run("4", RAISED)}</w:ins>', "1911⁴"),
    ],
)
def test_word_raised_figures_join_nothing(xml: str, text: str) -> None:
    """By the run itself or by its style; pieces of one raised word are taken together."""
    document = docx.Document()
    style = (
        f'<w:style {nsdecls("w")} w:type="character" w:styleId="Above"><w:basedOn w:val="Base"/></w:style>',
        f'<w:style {nsdecls("w")} w:type="character" w:styleId="Base"><w:rPr>{RAISED}</w:rPr></w:style>',
    )
    document.styles.element.extend(map(parse_xml, style))
    put(document.add_paragraph(), xml)
    assert listed(read_docx(saved(document))) == [("paragraph", 0, text)]


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (run("18 ") + '<w:r><w:sym w:font="Symbol" w:char="F0B0"/></w:r>' + run("C"), "18 °C"),
        (run("20 \uf0b15 \uf06dm", '<w:rFonts w:ascii="Symbol"/>'), "20 ±5 μm"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run(" paid"), "☑ paid"),
        ('<w:r><w:sym w:font="Webdings" w:char="F0FE"/></w:r>' + run("paid"), "paid"),
        (run("20 \uf0b15"), "20 \uf0b15"),
    ],
)
def test_word_symbols_are_those_on_the_page(xml: str, text: str) -> None:
    """By their font, as signs or as text in it; a sign that is not known is a space."""
    document = docx.Document()
    put(document.add_paragraph(), xml)
    assert listed(read_docx(saved(document))) == [("paragraph", 0, text)]


def test_word_equations_are_read_in_their_place() -> None:
    """In a line and by themselves; not the stand-in of an older program."""
    letter = "<m:r><m:t>{}</m:t></m:r>".format
    square = f"<m:sSup><m:e>{letter('r')}</m:e><m:sup>{letter('2')}</m:sup></m:sSup>"
    area = letter("A=") + square
    document = docx.Document()
    put(document.add_paragraph(), f"{run('Use ')}<m:oMath {MATH}>{area}</m:oMath>{run(' here.')}")
    put(document.add_paragraph(), f"<m:oMathPara {MATH}><m:oMath>{area}</m:oMath></m:oMathPara>")
    assert listed(read_docx(saved(document))) == [
        ("paragraph", 0, "Use A=r² here."),
        ("paragraph", 0, "A=r²"),
    ]


def test_word_comments_stand_behind_their_section_with_their_author() -> None:
    """Replies too, and those on a heading and in a table; none in the text of the body."""
    document = docx.Document()
    heading = document.add_heading("Loans", 1)
    lent = document.add_paragraph("Nine boats are lent.").runs[0]
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Boat", "Tern"
    document.add_paragraph("They come back in May.")
    document.add_heading("Costs", 1)
    for runs, text, author in [
        (heading.runs, "Rename it.", "B. Wolf"),
        ([lent], "Not the cutter.", "Ann Reed"),
        ([lent], "Agreed.", "B. Wolf"),
        ([table.cell(0, 1).paragraphs[0].runs[0]], "Sold in 2019.", ""),
    ]:
        document.add_comment(runs, text, author)
    read = assemble("", read_docx(saved(document)))
    said = [(each.kind, read.text[each.start : each.end], each.by) for each in read.blocks]
    assert said == [
        ("heading", "Loans", None),
        ("paragraph", "Nine boats are lent.", None),
        ("row", "Boat | Tern", None),
        ("paragraph", "They come back in May.", None),
        ("note", "Rename it.", "B. Wolf"),
        ("note", "Agreed.", "B. Wolf"),
        ("note", "Not the cutter.", "Ann Reed"),
        ("note", "Sold in 2019.", None),
        ("heading", "Costs", None),
    ]
    assert read.section_of(read.text.index("Agreed")) == ("Loans",)


def test_a_comment_that_is_lost_says_nothing() -> None:
    """A mark without its comment, and a file without comments, are read as they are."""
    document = docx.Document()
    put(document.add_paragraph("Nine boats."), '<w:r><w:commentReference w:id="99"/></w:r>')
    assert listed(read_docx(saved(document))) == [("paragraph", 0, "Nine boats.")]


def page_field(code: str) -> str:
    """A field of runs, as Word writes it, that shows 7."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText> {code} </w:instrText></w:r>{marks[1]}{run('7')}{marks[2]}"


def head(section: Section, part: str, xml: str) -> None:
    """Give the section a header or footer of one paragraph."""
    edge = getattr(section, part)
    edge.is_linked_to_previous = False
    put(edge.paragraphs[0], xml)


def test_word_headers_and_footers_are_read_once_and_last() -> None:
    """Each text once, of the sections in their order; what tabs part between bars; no page numbers."""
    document = docx.Document()
    document.add_paragraph("The body.")
    first = document.sections[0]
    tab = "<w:r><w:tab/></w:r>"
    head(first, "header", f"{run('FORM-7')}{tab}{run('Issue 2')}{tab}{page_field('PAGE')}")
    head(first, "footer", f"{run('Page ')}{page_field('PAGE')}{run(' of ')}{page_field('NUMPAGES')}")
    head(first, "first_page_header", run("Cover"))
    head(first, "even_page_header", run("Even"))
    second = document.add_section()
    head(second, "header", run("FORM-7") + tab + run("Issue 2"))
    second.footer.is_linked_to_previous = False
    cells = second.footer.add_table(1, 2, 9).rows[0].cells
    cells[0].text, cells[1].text = "Owner", "Stores"
    assert listed(read_docx(saved(document))) == [
        ("paragraph", 0, "The body."),
        ("running", 0, "FORM-7 | Issue 2"),
        ("running", 0, "Owner | Stores"),
    ]
    document.sections[0].different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    shown = [text for kind, _, text in listed(read_docx(saved(document))) if kind == "running"]
    assert sorted(shown) == ["Cover", "Even", "FORM-7 | Issue 2", "Owner | Stores"]


def test_a_number_in_a_header_that_counts_no_pages_is_kept() -> None:
    """So is a long text with the page in it, as it stands."""
    document = docx.Document()
    document.add_paragraph("x")
    section = document.sections[0]
    head(section, "header", f"{run('Version ')}{page_field('DOCPROPERTY Version')}")
    head(section, "footer", f"{run('Handbook of the northern stores, page ')}{page_field('PAGE')}")
    text = assemble("", read_docx(saved(document))).text
    assert text == "x\n\nVersion 7\n\nHandbook of the northern stores, page 7"


def test_word_paragraphs_whose_end_was_deleted_are_one() -> None:
    """As accepted: the text goes on in the next paragraph, whose style the whole has."""
    document = docx.Document()
    mark = parse_xml(f'<w:pPr {nsdecls("w")}><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>')
    first = document.add_paragraph("The rent is ")
    first._p.insert(0, mark)
    document.add_paragraph("40 pounds.", "List Bullet")
    assert listed(read_docx(saved(document))) == [("item", 0, "• The rent is 40 pounds.")]


def test_word_moved_text_is_read_where_it_went() -> None:
    """Once, whole paragraphs too."""
    document = docx.Document()
    put(document.add_paragraph(), f'<w:moveFrom w:id="1">{run("Moved.")}</w:moveFrom>')
    document.add_paragraph("Stays.")
    put(document.add_paragraph(), f'<w:moveTo w:id="2">{run("Moved.")}</w:moveTo>')
    assert listed(read_docx(saved(document))) == [("paragraph", 0, "Stays."), ("paragraph", 0, "Moved.")]


def test_word_alternatives_around_whole_paragraphs_are_read_once() -> None:
    """What an older program would show is not read beside the newer; but where the newer has no words."""
    document = docx.Document()
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    body = document.element.body
    for choice, fallback in [("New", "Old"), ("", "Only old")]:
        body.insert(
            len(body) - 1,
            parse_xml(
                f"<mc:AlternateContent {MC} {nsdecls('w')}>"
                f'<mc:Choice Requires="w14">{paragraph.format(choice)}</mc:Choice>'
                f"<mc:Fallback>{paragraph.format(fallback)}</mc:Fallback></mc:AlternateContent>"
            ),
        )
    assert listed(read_docx(saved(document))) == [("paragraph", 0, "New"), ("paragraph", 0, "Only old")]


def test_what_a_form_asks_to_fill_in_is_not_an_answer() -> None:
    """A content control that shows its prompt is not read, in a line or around it; one filled in is."""
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    document = docx.Document()
    put(
        document.add_paragraph(),
        run("Name: ")
        + control.format("", run("Ann Reed"))
        + control.format("<w:showingPlcHdr/>", run("Click")),
    )
    body = document.element.body
    block = control.format("<w:showingPlcHdr/>", f"<w:p>{run('Choose')}</w:p>")
    body.insert(1, parse_xml(block.replace("<w:sdt>", f"<w:sdt {nsdecls('w')}>", 1)))
    assert listed(read_docx(saved(document))) == [("paragraph", 0, "Name: Ann Reed")]


@pytest.mark.parametrize(
    ("state", "sign"),
    [
        ('<w:default w:val="0"/><w:checked/>', "☑"),
        ('<w:default w:val="1"/>', "☑"),
        ('<w:default w:val="1"/><w:checked w:val="0"/>', "☐"),
        ("", "☐"),
    ],
)
def test_word_boxes_to_tick_show_if_they_are(state: str, sign: str) -> None:
    """A field of the older kind, which has no text of its own; its code is not read."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Paid"/>'
        f"<w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar></w:r>"
        "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    document = docx.Document()
    put(document.add_paragraph(), f"{field}{run(' Paid')}")
    assert listed(read_docx(saved(document))) == [("paragraph", 0, f"{sign} Paid")]


def test_word_footnotes_keep_raised_figures() -> None:
    """A note is text like any other."""
    document = docx.Document()
    put(document.add_paragraph("First."), '<w:r><w:footnoteReference w:id="7"/></w:r>')
    note = f'<w:footnote w:id="7"><w:p>{run("An area of 4 m")}{run("2", RAISED)}</w:p></w:footnote>'
    assert listed(read_docx(with_footnotes(saved(document), note)))[1] == ("footnote", 0, "1 An area of 4 m²")
