"""OpenDocument texts, sheets and slides, as LibreOffice writes them."""

import io
import zipfile

import pytest

from ingest.document import Document, Unread
from ingest.formats import format_of
from ingest.read import read
from ingest.reasons import Reason
from tests.support.refused import refused

_NAMES = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing",
        "presentation": "presentation", "meta": "meta", "manifest": "manifest",
    }.items()
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip


def packed(
    kind: str, body: str, styles: str = "", masters: str = "", meta: str = "", manifest: str = ""
) -> bytes:
    """A file of that kind, "text", "spreadsheet" or "presentation"."""
    parts = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"<office:document-content{_NAMES}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles{_NAMES}>"
        f"<office:master-styles>{masters}</office:master-styles>"
        "</office:document-styles>",
        "meta.xml": f"<office:document-meta{_NAMES}><office:meta>{meta}</office:meta></office:document-meta>",
        "META-INF/manifest.xml": f"<manifest:manifest{_NAMES}>{manifest}</manifest:manifest>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return out.getvalue()


def odt(body: str, styles: str = "", **more: str) -> Document:
    """The text, read."""
    return read(packed("text", body, styles, **more), "a.odt")


def blocks(document: Document) -> list[tuple[str, str]]:
    """Kind and text of each block."""
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def p(text: str, style: str = "Standard") -> str:
    """A paragraph."""
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def test_headings_and_paragraphs() -> None:
    """With their levels; spaces, tabs and line breaks as characters; a title style is a heading."""
    document = odt(
        p("The harbour", "Title")
        + '<text:h text:outline-level="2">Ships</text:h>'
        + p(
            'It<text:s text:c="3"/>has\n  <text:span>two</text:span><text:tab/>ships<text:line-break/>and '
            "a crane."
        )
    )
    assert blocks(document) == [
        ("heading", "The harbour"), ("heading", "Ships"), ("paragraph", "It has two ships and a crane."),
    ]  # fmt: skip
    assert [block.level for block in document.blocks] == [1, 2, 0]
    assert document.title == "The harbour"


def test_the_format_is_told_by_what_the_file_says_it_is() -> None:
    """Under any name; a template is a document."""
    assert format_of(packed("text", ""), "a.pdf") == "odt"
    assert format_of(packed("text-template", ""), "a") == "odt"
    assert format_of(packed("spreadsheet", ""), "a") == "ods"
    assert format_of(packed("presentation", ""), "a") == "odp"


def test_changes_are_accepted_and_hidden_text_is_left_out() -> None:
    """What was deleted stands in a list of changes; what was inserted stands in the text."""
    changes = (
        '<text:tracked-changes><text:changed-region text:id="c"><text:deletion><text:p>Nine</text:p>'
        "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    hidden = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
    text = 'Te<text:change text:change-id="c"/>n tons<text:span text:style-name="T1"> secret</text:span>.'
    assert odt(changes + p(text), hidden).text == "Ten tons."


def test_raised_and_lowered_figures_stay_what_they_are() -> None:
    """By a style of their own, or one that it is based on."""
    styles = (
        '<style:style style:name="Up"><style:text-properties style:text-position="super 58%"/></style:style>'
        '<style:style style:name="Up2" style:parent-style-name="Up"/>'
        '<style:style style:name="Low"><style:text-properties style:text-position="-33% 58%"/></style:style>'
        '<style:style style:name="Flat"><style:text-properties style:text-position="0% 100%"/></style:style>'
    )
    spans = [f'<text:span text:style-name="{name}">2</text:span>' for name in ("Up", "Up2", "Low", "Flat")]
    assert odt(p("a{} b{} c{} d{}".format(*spans)), styles).text == "a² b² c₂ d2"


NUMBERED = (
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" '
    'style:num-prefix="(" style:num-suffix=")"/><text:list-level-style-number text:level="3" '
    'style:num-format="1" text:display-levels="3" text:start-value="4"/></text:list-style>'
    '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="-"/>'
    "</text:list-style>"
)


def ul(*items: str, style: str = "", more: str = "") -> str:
    """A list."""
    named = f' text:style-name="{style}"' if style else ""
    return (
        f"<text:list{named}{more}>"
        + "".join(f"<text:list-item>{one}</text:list-item>" for one in items)
        + "</text:list>"
    )


def test_lists_are_numbered_as_they_are_printed() -> None:
    """On several levels; the next list starts anew unless it says that it goes on; bullets are bullets."""
    document = odt(
        ul(p("one"), p("two") + ul(p("deep"), p("deeper") + ul(p("deepest"))), style="L1")
        + ul(p("new") + p("and on"), style="L1")
        + ul(p("next"), style="L1", more=' text:continue-numbering="true"')
        + ul(p("dot"), style="L2"),
        NUMBERED,
    )
    assert [(document.text[block.start : block.end], block.level) for block in document.blocks] == [
        ("1. one", 0), ("2. two", 0), ("(a) deep", 1), ("(b) deeper", 1), ("2.b.4 deepest", 2), ("1. new", 0),
        ("and on", 0), ("2. next", 0), ("• dot", 0),
    ]  # fmt: skip


def test_notes_stand_behind_their_paragraph_and_comments_are_notes() -> None:
    """A footnote with its mark, a comment with its author."""
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        f"{p('By sea.')}</text:note-body></text:note>"
    )
    comment = f"<office:annotation><dc:creator>Mona</dc:creator>{p('Sure?')}</office:annotation>"
    document = odt(p(f"It came{note} late{comment}.") + p("It left."))
    assert blocks(document) == [
        ("paragraph", "It came late."), ("footnote", "1 By sea."), ("paragraph", "It left."),
        ("note", "Sure?"),
    ]  # fmt: skip
    assert document.blocks[-1].by == "Mona"


def cell(text: str, more: str = "") -> str:
    """A cell."""
    return f"<table:table-cell{more}>{p(text) if text else ''}</table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    """A row."""
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def frame(content: str, more: str = "") -> str:
    """A text box."""
    return f"<draw:frame{more}><draw:text-box>{content}</draw:text-box></draw:frame>"


COVERED = "<table:covered-table-cell/>"


def test_a_table_has_its_heads_and_merged_cells() -> None:
    """A header row that each page repeats, a cell over two rows, another over two columns."""
    head = (
        f"<table:table-header-rows>{row(cell('Port'), cell('Good'), cell('Tons'))}</table:table-header-rows>"
    )
    document = odt(
        f"<table:table>{head}"
        + row(cell("Oslo", ' table:number-rows-spanned="2"'), cell("Anvil"), cell("12"))
        + row(COVERED, cell("none", ' table:number-columns-spanned="2"'), COVERED)
        + "</table:table>"
    )
    assert document.text == "Port | Good | Tons\nOslo | Anvil | 12\nnone"
    [table] = document.tables
    assert table.headers == 1
    last = [document.text[each.start : each.end] for each in table.rows[2].cells if each]
    assert last == ["Oslo", "none", "none"]


def test_text_in_boxes_and_sections_is_read_and_contents_are_not() -> None:
    """A frame stands behind the paragraph that it is anchored in."""
    box = frame(p("In a box."))
    toc = f"<text:table-of-content><text:index-body>{p('Ships 3')}</text:index-body></text:table-of-content>"
    shape = f"<draw:g><draw:custom-shape>{p('On a shape.')}</draw:custom-shape></draw:g>"
    assert odt(toc + f"<text:section>{p(f'Before{box}.')}</text:section>" + p(shape)).text.split("\n\n") == [
        "Before.", "In a box.", "On a shape.",
    ]  # fmt: skip


def test_page_headers_are_read_once_without_page_numbers() -> None:
    """They stand last, as running text."""
    number = 'Page <text:page-number text:select-page="current">1</text:page-number>'
    head = f"<style:header>{p('SOP-114<text:tab/>Version 2')}</style:header>"
    masters = (
        f"<style:master-page>{head}<style:footer>{p(number)}</style:footer></style:master-page>"
        f"<style:master-page>{head}</style:master-page>"
    )
    document = odt(p("It leaves."), masters=masters)
    assert blocks(document) == [("paragraph", "It leaves."), ("running", "SOP-114 | Version 2")]


def test_what_the_file_says_of_itself() -> None:
    """Title, date, author and keywords."""
    meta = (
        "<dc:title>Harbour rules</dc:title><meta:creation-date>2024-03-05T10:00:00</meta:creation-date>"
        "<meta:initial-creator>Mona Idris</meta:initial-creator><meta:keyword>ships</meta:keyword>"
    )
    document = odt(p("It leaves."), meta=meta)
    assert (document.title, document.date) == ("Harbour rules", "2024-03-05")
    assert [(one.name, document.text[one.start : one.end]) for one in document.details] == [
        ("creator", "Mona Idris"), ("subject", "ships"),
    ]  # fmt: skip


def test_a_flat_file_is_read_like_a_packed_one() -> None:
    """All in one XML file, under any name."""
    kind = 'office:mimetype="application/vnd.oasis.opendocument.text"'
    head = f'<?xml version="1.0"?><office:document{_NAMES} {kind}>'
    meta = "<office:meta><dc:title>Harbour rules</dc:title></office:meta>"
    body = f"<office:body><office:text>{p('It leaves.')}</office:text></office:body>"
    data = f"{head}{meta}{body}</office:document>"
    document = read(data.encode(), "a.fodt")
    assert (document.text, document.title) == ("It leaves.", "Harbour rules")
    assert format_of(data.encode(), "a.txt") == "odt"


def test_an_encrypted_file_is_locked() -> None:
    """Its parts are there, but are no XML."""
    with refused("locked_container"):
        odt(p("x"), manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")


def test_sheets_are_read_as_they_are_shown() -> None:
    """Empty cells and rows that are repeated to the end of the sheet cost nothing."""
    rest = row(
        '<table:table-cell table:number-columns-repeated="16384"/>',
        more=' table:number-rows-repeated="1048000"',
    )
    sheet = (
        '<table:table table:name="Stock">'
        + row(cell("Port"), cell("Good"), cell("Tons"))
        + row(cell("Oslo", ' table:number-rows-spanned="2"'), cell("Anvil"), cell("1,200"))
        + row(COVERED, cell("Bell"), cell("12.5%"))
        + row(cell("7", ' table:number-columns-repeated="3"'), more=' table:number-rows-repeated="2"')
        + rest
        + row('<table:table-cell table:number-columns-repeated="2"/>', cell("far"))
        + f'</table:table><table:table table:name="Empty">{rest}</table:table>'
    )
    document = read(packed("spreadsheet", sheet), "a.ods")
    assert document.text == (
        "Stock\n\nPort | Good | Tons\nOslo | Anvil | 1,200\nBell | 12.5%\n7 | 7 | 7\n7 | 7 | 7\n\nfar"
    )
    assert [table.headers for table in document.tables] == [1]


def test_slides_are_pages() -> None:
    """A title is a heading, notes are a footnote, a slide without text is in the ledger."""
    title = frame(p("Ships"), ' presentation:class="title"')
    text = frame(ul(p("Two"), style="L2"))
    notes = f"<presentation:notes>{frame(p('Slowly.'))}</presentation:notes>"
    slides = f"<draw:page>{title}{text}{notes}</draw:page><draw:page/>"
    document = read(packed("presentation", slides, NUMBERED), "a.odp")
    assert blocks(document) == [("heading", "Ships"), ("item", "• Two"), ("footnote", "Slowly.")]
    assert ([page.number for page in document.pages], document.title) == ([1, 2], "Ships")
    assert document.unread == (Unread((2,), Reason("no_text_on_slide")),)


@pytest.mark.parametrize("depth", [50, 5000])
def test_deep_nesting_is_read_or_said(depth: int) -> None:
    """Sections in sections without end are damage, and no crash."""
    data = packed("text", "<text:section>" * depth + p("Deep.") + "</text:section>" * depth)
    if depth < 100:
        assert read(data, "a.odt").text == "Deep."
    else:
        with pytest.raises(Exception, match="damaged"):
            read(data, "a.odt")
