"""What files say of themselves: under which names, as which values, and what of it tells nothing."""

import io
from zipfile import ZipFile

import docx
import pptx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.xmp import XmpInformation
from reportlab.pdfgen.canvas import Canvas

from ingest.blocks import Content, assemble, block
from ingest.details import texts, told
from ingest.document import Detail
from ingest.markup.epub import read_epub
from ingest.markup.html import read_html
from ingest.markup.markdown import read_markdown
from ingest.office.docx import read_docx
from ingest.office.pptx import read_pptx
from ingest.passages import passages_of
from ingest.pdf.read import read_pdf
from tests.ingest.test_read_epub import book, xhtml

CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property name="Document owner"><vt:lpwstr>Rana Aziz</vt:lpwstr></property>'
    '<property name="ContentTypeId"><vt:lpwstr>0x010100A7</vt:lpwstr></property>'
    '<property name="MSIP_Label_4f_Name"><vt:lpwstr>Internal use</vt:lpwstr></property></Properties>'
)


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("Author", "Rana Aziz", ("creator", "Rana Aziz")),
        ("dc:creator", "UNESCO", ("creator", "UNESCO")),
        ("article:author", "سلمى إدريس", ("creator", "سلمى إدريس")),
        ("Keywords", "wells,\n water", ("subject", "wells, water")),
        ("citation_doi", "10.1000/182", ("doi", "10.1000/182")),
        ("Client", "Harbour Board", ("Client", "Harbour Board")),
        ("creator", "  ", None),
        ("creator", "gwsmith", None),
        ("creator", "PC3", None),
        ("creator", "Administrator", None),
        ("creator", "https://example.org/rana", None),
        ("subject", "unspecified", None),
        ("creator", "(anonymous)", None),
        ("identifier", "6f1a2b3c-0d4e-4f5a-8b6c-7d8e9f0a1b2c", None),
        ("title", "Wells", None),
        ("layout", "post", None),
        ("MSIP_Label_4f", "Internal use", None),
        ("templateName", "A4", None),
    ],
)
def test_only_what_tells_a_person_something_is_kept(
    name: str, value: str, kept: tuple[str, str] | None
) -> None:
    """Under Dublin Core's name where it has one; no logins, ids, placeholders or names of programs."""
    assert told([(name, value)]) == ((kept,) if kept else ())


def test_values_of_one_name_stand_together_each_once() -> None:
    """In the order in which the names come first."""
    given = [("author", "A. Byron"), ("publisher", "Quay"), ("dc:creator", "B. Hill"), ("Author", "A. Byron")]
    assert told(given) == (("creator", "A. Byron"), ("creator", "B. Hill"), ("publisher", "Quay"))


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=60))
def test_whatever_a_file_says_is_bounded_and_told_once(given: list[tuple[str, str]]) -> None:
    """Forty values at most, none empty, and to tell them again changes nothing."""
    kept = told(given)
    assert len(kept) <= 40
    assert all(name and value.strip() for name, value in kept)
    assert told(kept) == kept


def test_texts_of_a_value() -> None:
    """A text, a thing's name, those of a list one level deep; nothing else."""
    assert texts("A. Byron") == ["A. Byron"]
    assert texts([{"name": "B. Hill"}, "C. Dee", 7, None, ["D"]]) == ["B. Hill", "C. Dee"]
    assert texts({"url": "x"}) == []


def test_details_are_the_last_blocks_and_stand_under_nothing() -> None:
    """Each is its value, verbatim; its passage is found by the words that ask for it."""
    blocks = [
        block("heading", "Wells", level=1),
        block("paragraph", "Two are dry.", 1),
        block("running", "W-7"),
    ]
    given = [("author", "A. Byron"), ("author", "B. Hill"), ("Client", "Quay Board")]
    document = assemble("", Content("On wells", blocks, details=given))
    assert document.text == "Wells\n\nTwo are dry.\n\nW-7\n\nA. Byron\nB. Hill\n\nQuay Board".replace(
        "Hill\n\nQ", "Hill\nQ"
    )
    assert [(one.name, document.text[one.start : one.end]) for one in document.details] == [
        ("creator", "A. Byron"), ("creator", "B. Hill"), ("Client", "Quay Board"),
    ]  # fmt: skip
    last = document.details[-1]
    assert document.detail_at(last.start) == last == Detail("Client", last.start, len(document.text))
    assert document.detail_at(0) is None
    assert document.section_of(last.start) == ()
    *_, creators, client = passages_of(document, 100)
    assert (creators.text, len(creators.sentences)) == ("A. Byron\nB. Hill", 2)
    assert creators.context.startswith("On wells > author ")
    assert (client.context, client.text) == ("On wells > Client", "Quay Board")


def test_a_file_that_says_nothing_else_has_no_text() -> None:
    """So that a scan with an author is not taken for a document that was read."""
    assert assemble("", Content(None, [block("paragraph", " ")], details=[("author", "A. Byron")])).text == ""


def test_front_matter() -> None:
    """Lists and people's names within it; as written, so that a date or a version is no number."""
    matter = b"""---
title: Field notes
authors:
  - Salma Idris
  - {name: B. Hill, email: b@example.org}
tags: [wells, water]
version: 3.10
date: 2021-06-03
---
Two are dry."""
    content = read_markdown(matter)
    assert (content.title, content.date) == ("Field notes", "2021-06-03")
    assert told(content.details) == (
        ("creator", "Salma Idris"), ("creator", "B. Hill"), ("subject", "wells"), ("subject", "water"),
        ("version", "3.10"), ("date", "2021-06-03"),
    )  # fmt: skip


@pytest.mark.parametrize("matter", ["title: Wells: a study\nauthor: 'Salma Idris'", "- a\n- b", "x: [1", ""])
def test_broken_front_matter_is_read_by_its_lines(matter: str) -> None:
    """Or says nothing; the text is read in any case."""
    content = read_markdown(f"---\n{matter}\n---\n\nTwo are dry.".encode())
    assert content.blocks[-1].text == "Two are dry."
    if "author" in matter:
        assert (content.title, told(content.details)) == ("Wells: a study", (("creator", "Salma Idris"),))


def test_a_web_page() -> None:
    """Its meta elements by the names in use, then JSON-LD, damaged or not."""
    page = b"""<html><head><meta name="Author" content="Salma Idris">
    <meta name="DC.publisher" content="Quay Press"><meta name="viewport" content="width=device-width">
    <meta property="article:author" content="https://example.org/salma">
    <meta name="citation_isbn" content="978-3-16-148410-0">
    <script type="application/ld+json">{"@graph": [{"author": [{"name": "B. Hill"}], "keywords": "wells"}, 3]}
    </script><script type="application/ld+json">{oops</script><script>{"author": "Nobody"}</script></head>
    <body><p>Two are dry.</p></body></html>"""
    assert told(read_html(page).details) == (
        ("creator", "Salma Idris"), ("creator", "B. Hill"), ("publisher", "Quay Press"),
        ("isbn", "978-3-16-148410-0"), ("subject", "wells"),
    )  # fmt: skip


def test_json_of_any_depth_does_no_harm() -> None:
    """It says nothing."""
    deep = b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script><p>Two are dry.</p>"
    assert told(read_html(deep).details) == ()


def test_a_book() -> None:
    """People by what they did, in either way of saying so; a number only if it is a book's."""
    opf = 'xmlns:opf="http://www.idpf.org/2007/opf"'
    said = (
        f'<dc:creator id="a">Ada Holm</dc:creator><dc:creator {opf} opf:role="edt">B. Hill</dc:creator>'
        '<dc:contributor id="c">Cy Dee</dc:contributor><meta refines="#c" property="role">trl</meta>'
        "<dc:publisher>Quay Press</dc:publisher><dc:description>&lt;p&gt;On wells.&lt;/p&gt;</dc:description>"
        "<dc:identifier>urn:isbn:9783161484100</dc:identifier><dc:identifier>x</dc:identifier>"
        "<dc:rights>All</dc:rights>"
    )
    content = assemble("", read_epub_of(said))
    assert [(one.name, content.text[one.start : one.end]) for one in content.details] == [
        ("creator", "Ada Holm"), ("editor", "B. Hill"), ("translator", "Cy Dee"), ("publisher", "Quay Press"),
        ("description", "On wells."), ("isbn", "urn:isbn:9783161484100"),
    ]  # fmt: skip


def read_epub_of(metadata: str) -> Content:
    """A book with one chapter and this metadata."""
    return read_epub(book({"a.xhtml": xhtml("<p>Two are dry.</p>")}, date=metadata))


def with_custom(package: bytes) -> bytes:
    """The Office file with properties that people have added."""
    target = io.BytesIO()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
    override = (
        '<Override PartName="/docProps/custom.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>'
    )
    relation = f'<Relationship Id="rIdC" Type="{kind}" Target="docProps/custom.xml"/></Relationships>'
    with ZipFile(io.BytesIO(package)) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "[Content_Types].xml":
                text = text.replace(b"</Types>", override.encode())
            if name == "_rels/.rels":
                text = text.replace(b"</Relationships>", relation.encode())
            new.writestr(name, text)
        new.writestr("docProps/custom.xml", CUSTOM)
    return target.getvalue()


def test_word_and_powerpoint() -> None:
    """Core properties and those that people add; not what the programs put there."""
    document, deck = docx.Document(), pptx.Presentation()
    document.add_paragraph("Two are dry.")
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    assert slide.shapes.title is not None
    slide.shapes.title.text = "Two are dry."
    assert told(read_docx(saved(document)).details) == told(read_pptx(saved(deck)).details) == ()
    for each in (document, deck):
        each.core_properties.author = "Salma Idris"
        each.core_properties.keywords = "wells, water"
        each.core_properties.comments = "For the board"
    kept = (
        ("creator", "Salma Idris"), ("subject", "wells, water"), ("description", "For the board"),
        ("Document owner", "Rana Aziz"),
    )  # fmt: skip
    assert sorted(told(read_docx(with_custom(saved(document))).details)) == sorted(kept)
    assert sorted(told(read_pptx(with_custom(saved(deck))).details)) == sorted(kept)


def saved(document: object) -> bytes:
    """The bytes that the library saves."""
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def printed(**info: str) -> PdfWriter:
    """A PDF of one line with this information."""
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.drawString(70, 700, "Two are dry.")
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(file))
    writer.metadata = {f"/{name}": value for name, value in info.items()}
    return writer


def test_a_pdf() -> None:
    """By its dictionary and its XMP packet, each value once; not the program that made it."""
    writer = printed(Author="Salma Idris", Subject="Harbour lectures", Keywords="wells", Producer="Printer 3")
    packet = XmpInformation.create()
    packet.dc_creator = ["Salma Idris", "B. Hill"]
    packet.dc_publisher = ["Quay Press"]
    writer.xmp_metadata = packet
    assert told(read_pdf(saved_pdf(writer)).details) == (
        ("creator", "Salma Idris"), ("creator", "B. Hill"), ("subject", "Harbour lectures"),
        ("subject", "wells"), ("publisher", "Quay Press"),
    )  # fmt: skip


def test_damaged_metadata_of_a_pdf_say_nothing() -> None:
    """The rest is read; the dictionary speaks though the packet is broken."""
    writer = printed(Author="Salma Idris")
    writer.xmp_metadata = b"<x:xmpmeta"
    content = read_pdf(saved_pdf(writer))
    assert told(content.details) == (("creator", "Salma Idris"),)
    assert content.blocks[0].text == "Two are dry."


def saved_pdf(writer: PdfWriter) -> bytes:
    """Its bytes."""
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
