"""What stands on a slide beside plain boxes: equations, raised figures, diagrams, comments, footers."""

import io
from copy import deepcopy

import docx
import pptx
import pytest
from docx.opc.packuri import PackURI as WordURI
from docx.opc.part import Part as WordPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Inches

from ingest.blocks import assemble
from ingest.document import Unread
from ingest.office.docx import read_docx
from ingest.office.pptx import read_pptx
from ingest.reasons import Reason
from tests.ingest.test_read_office import PIXEL, listed, saved

SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
NEWER = "http://schemas.microsoft.com/office/2018/10/relationships/"


def box(paragraph: str) -> str:
    """A text box of one paragraph, in PresentationML."""
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="9" name="box"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:p>{paragraph}</a:p></p:txBody></p:sp>"
    )


def slide_of(deck: Presentation, *shapes: str) -> Slide:
    """A new slide with these shapes, in PresentationML."""
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    for xml in shapes:
        for node in parse_xml(f"<p:spTree {SPACES}>{xml}</p:spTree>"):
            slide.shapes._spTree.append(node)
    return slide


def run(text: str, baseline: str = "0") -> str:
    """A run, raised or lowered by its baseline."""
    return f'<a:r><a:rPr baseline="{baseline}"/><a:t>{text}</a:t></a:r>'


def alternate(choice: str, fallback: str) -> str:
    """The same thing for newer and older programs."""
    return (
        f'<mc:AlternateContent><mc:Choice Requires="a14">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


EQUATION = (
    "<a14:m><m:oMath><m:r><m:t>V=</m:t></m:r><m:sSup><m:e><m:r><m:t>a</m:t></m:r></m:e>"
    "<m:sup><m:r><m:t>3</m:t></m:r></m:sup></m:sSup></m:oMath></a14:m>"
)


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        (alternate(box(run("So ") + EQUATION + run(" litres.")), box(run(" "))), "So V=a³ litres."),
        (alternate(box(run("New")), box(run("Old"))), "New"),
        (alternate("", box(run("Old"))), "Old"),
        (alternate(box(""), box(run("Old"))), "Old"),
        (box(alternate(EQUATION, run("[equation]"))), "V=a³"),
        (box(run("10") + run("4", "30000") + run(" l, $85") + run("1", "30%")), "10⁴ l, $85¹"),
        (box(run("CO") + run("2", "-25000") + run(", ") + run("r", "30000") + run("d", "30000")), "CO₂, rd"),
        (f"<p:grpSp><p:nvGrpSpPr/><p:grpSpPr/>{alternate(box(run('In')), box(run('Old')))}</p:grpSp>", "In"),
    ],
)  # fmt: skip
def test_a_box_is_read_once_with_its_equations(shape: str, text: str) -> None:
    """As a newer program shows it, where that has words; raised figures join nothing."""
    deck = pptx.Presentation()
    slide_of(deck, shape)
    assert listed(read_pptx(saved(deck))) == [("paragraph", 0, text)]


def test_a_chart_of_a_newer_kind_is_in_the_ledger() -> None:
    """Its stand-in, which says that there is one, is no text of the slide."""
    deck = pptx.Presentation()
    chart = (
        "<p:graphicFrame><p:nvGraphicFramePr/><p:xfrm/><a:graphic><a:graphicData "
        'uri="http://schemas.microsoft.com/office/drawing/2014/chartex"/></a:graphic></p:graphicFrame>'
    )
    slide_of(deck, box(run("Sales")), alternate(chart, box(run("No chart in this version"))))
    content = read_pptx(saved(deck))
    assert listed(content) == [("paragraph", 0, "Sales")]
    assert content.unread == [Unread((1,), Reason("chart_not_read"))]


def related(owner: Part, relation: str, name: str, xml: str) -> None:
    """Give the part another one of this content."""
    part = Part(PackURI(name), "application/xml", owner.package, xml.encode())
    owner.relate_to(part, relation)


def test_comments_on_slides_are_notes_with_their_author() -> None:
    """Of older and newer versions, replies behind what they reply to; an unknown author is nobody."""
    deck = pptx.Presentation()
    first, second = slide_of(deck, box(run("One"))), slide_of(deck, box(run("Two")))
    related(
        deck.part, RELATIONS + "commentAuthors", "/ppt/commentAuthors.xml",
        f'<p:cmAuthorLst {SPACES}><p:cmAuthor id="0" name="Ann Reed"/></p:cmAuthorLst>',
    )  # fmt: skip
    related(
        deck.part, NEWER + "authors", "/ppt/authors.xml",
        '<n:authorLst xmlns:n="new"><n:author id="{B}" name="B. Wolf"/></n:authorLst>',
    )  # fmt: skip
    related(
        first.part, RELATIONS + "comments", "/ppt/comments/comment1.xml",
        f'<p:cmLst {SPACES}><p:cm authorId="0"><p:text>Too long.</p:text></p:cm></p:cmLst>',
    )  # fmt: skip
    body = "<n:txBody><a:p>{}</a:p></n:txBody>"
    related(
        second.part, NEWER + "comments", "/ppt/comments/modernComment_1.xml",
        f'<n:cmLst xmlns:n="new" {SPACES}><n:cm authorId="{{B}}"><n:replyLst><n:reply authorId="?">'
        f"{body.format(run('Yes.'))}</n:reply></n:replyLst>"
        f"{body.format(run('Is it 10') + run('3', '30000') + run('?'))}</n:cm></n:cmLst>",
    )  # fmt: skip
    read = assemble("", read_pptx(saved(deck)))
    notes = [(read.text[each.start : each.end], each.by) for each in read.blocks if each.kind == "note"]
    assert notes == [("Too long.", "Ann Reed"), ("Is it 10³?", "B. Wolf"), ("Yes.", None)]
    assert read.text == "One\n\nToo long.\n\nTwo\n\nIs it 10³?\n\nYes."


def test_footers_of_slides_are_read_once_and_last() -> None:
    """With the first slide that has them; their numbers are not."""
    deck = pptx.Presentation()
    for text in ("One", "Two"):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = text
        for place in slide.slide_layout.placeholders:
            if place.placeholder_format.idx in (10, 11, 12):
                copy = parse_xml(f"<p:x {SPACES}>{box(run(f'Edge {place.placeholder_format.idx}'))}</p:x>")[0]
                copy.find("{*}nvSpPr/{*}nvPr").append(deepcopy(place.element.find(".//{*}ph")))
                slide.shapes._spTree.append(copy)
    content = read_pptx(saved(deck))
    assert [(raw.kind, raw.text, raw.pieces[0].page) for raw in content.blocks] == [
        ("heading", "One", 1),
        ("heading", "Two", 2),
        ("running", "Edge 10", 1),
        ("running", "Edge 11", 1),
    ]


def test_raised_figures_in_titles_tables_and_speakers_notes() -> None:
    """Wherever there is text."""
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    cell = slide.shapes.add_table(1, 2, 0, 0, Inches(2), Inches(1)).table.cell(0, 0)
    paragraphs = [slide.shapes.title.text_frame, cell.text_frame, slide.notes_slide.notes_text_frame]
    for frame in paragraphs:
        for node in parse_xml(f"<a:p {SPACES}>{run('10') + run('6', '30000')}</a:p>"):
            frame.paragraphs[0]._p.append(node)
    assert listed(read_pptx(saved(deck))) == [
        ("heading", 1, "10⁶"),
        ("row", 0, "10⁶"),
        ("footnote", 0, "10⁶"),
    ]


def diagram(*texts: str) -> str:
    """The data part of a SmartArt drawing with these points."""
    points = "".join(f"<d:pt><d:t><a:p>{run(text)}</a:p></d:t></d:pt>" for text in texts)
    return f'<d:dataModel xmlns:d="{DIAGRAM}" {SPACES}><d:ptLst>{points}</d:ptLst></d:dataModel>'


DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
DRAWN = (
    f'<a:graphic><a:graphicData uri="{DIAGRAM}"><d:relIds xmlns:d="{DIAGRAM}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:dm="{}"/>'
    "</a:graphicData></a:graphic>"
)


def test_diagrams_are_read_on_slides_and_in_word_files() -> None:
    """A paragraph a point, in the order in which they were typed; one whose data are lost is not."""
    deck, document = pptx.Presentation(), docx.Document()
    frame = "<p:graphicFrame><p:nvGraphicFramePr/><p:xfrm/>{}</p:graphicFrame>"
    slide = slide_of(deck)
    model = diagram("Ask", "Lend").encode()
    data = Part(PackURI("/ppt/diagrams/data1.xml"), "application/xml", deck.part.package, model)
    named = slide.part.relate_to(data, RELATIONS + "diagramData")
    for name in (named, "rId99"):
        slide.shapes._spTree.append(parse_xml(f"<p:x {SPACES}>{frame.format(DRAWN.format(name))}</p:x>")[0])
    said = [("paragraph", 0, "Ask"), ("paragraph", 0, "Lend")]
    assert listed(read_pptx(saved(deck))) == said
    package = document.part.package
    word = WordPart(WordURI("/word/diagrams/data1.xml"), "application/xml", model, package)
    named = document.part.relate_to(word, RELATIONS + "diagramData")
    run_of = parse_xml(f"<w:r {nsdecls('w')} {SPACES}><w:drawing>{DRAWN.format(named)}</w:drawing></w:r>")
    document.add_paragraph("Lending:")._p.append(run_of)
    assert listed(read_docx(saved(document))) == [("paragraph", 0, "Lending:"), *said]


@pytest.mark.parametrize(("share", "unread"), [(0.5, True), (0.2, False)])
def test_large_pictures_are_in_the_ledger(share: float, unread: bool) -> None:
    """They may hold text: those of a third of a slide, or of a quarter of a page; slides stand together."""
    deck = pptx.Presentation()
    for _ in range(2):
        slide = slide_of(deck, box(run("Sales")))
        width, height = int(deck.slide_width * share), deck.slide_height
        slide.shapes.add_picture(io.BytesIO(PIXEL), 0, 0, width, height)
    assert read_pptx(saved(deck)).unread == [Unread((1, 2), Reason("pictures_not_read"))] * unread
    document = docx.Document()
    document.add_paragraph("Sales").add_run().add_picture(io.BytesIO(PIXEL), Cm(21 * share), Cm(29))
    assert read_docx(saved(document)).unread == [Unread(None, Reason("pictures_not_read"))] * unread


def test_charts_and_embedded_objects_in_a_word_file_are_in_the_ledger() -> None:
    """As on a slide."""
    document = docx.Document()
    chart = '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
    xml = f"<w:r {nsdecls('w')} {SPACES}><w:drawing><a:graphic>{chart}</a:graphic></w:drawing></w:r>"
    document.add_paragraph("Sales")._p.append(parse_xml(xml))
    sheet = f'<w:r {nsdecls("w")}><w:object><o:OLEObject xmlns:o="o" ProgID="Sheet"/></w:object></w:r>'
    document.add_paragraph()._p.append(parse_xml(sheet))
    reasons = [entry.reason.code for entry in read_docx(saved(document)).unread]
    assert reasons == ["chart_not_read", "object_not_read"]
