"""EPUB books."""

import io
import zipfile

import pytest

from ingest.blocks import Content, assemble
from ingest.document import Unread
from ingest.markup.epub import read_epub
from ingest.reasons import Reason
from tests.support.refused import refused

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def xhtml(body: str, doctype: str = "<!DOCTYPE html>") -> str:
    """A chapter."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{doctype}<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{body}</body></html>'
    )


def book(
    chapters: dict[str, str],
    missing: tuple[str, ...] = (),
    date: str = "",
    outside: tuple[int, ...] = (),
    guide: str = "",
    **more: str,
) -> bytes:
    """A book whose spine has the chapters in their order, but for those `outside`, then the missing ones."""
    names = [*chapters, *missing]
    items = "".join(
        f'<item id="i{at}" href="{name}" media-type="application/xhtml+xml" '
        f'properties="{name.removesuffix(".xhtml")}"/>'
        for at, name in enumerate(names)
    )
    spine = "".join(f'<itemref idref="i{at}"/>' for at in range(len(names)) if at not in outside)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>The Book</dc:title>{date}</metadata><manifest>{items}</manifest>"
        f"<spine>{spine}</spine>{guide}</package>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as container:
        container.writestr("mimetype", "application/epub+zip")
        container.writestr("META-INF/container.xml", CONTAINER)
        container.writestr("OEBPS/a.opf", package)
        for name, text in chapters.items():
            container.writestr("OEBPS/" + name.replace("%20", " "), text)
        for name, text in more.items():
            container.writestr(name.replace("__", "/"), text)
    return stream.getvalue()


def listed(content: Content) -> list[tuple[str, int, str]]:
    """Kind, level and text of the blocks."""
    return [(raw.kind, raw.level, " ".join(raw.pieces[0].text.split())) for raw in content.blocks]


def test_chapters_come_in_the_order_of_the_spine() -> None:
    """The contents page is left out; nothing of a chapter is, asides and footers included."""
    content = read_epub(
        book(
            {
                "nav.xhtml": xhtml("<nav>Contents</nav>"),
                "z%20one.xhtml": xhtml("<h1>One</h1><p>Short.</p><aside>Beside.</aside>"),
                "a.xhtml": xhtml("<h1>Two</h1><ol type='i'><li>x</li><li>y</li></ol><footer>Foot.</footer>"),
            }
        )
    )
    assert content.title == "The Book"
    assert listed(content) == [
        ("heading", 1, "One"),
        ("paragraph", 0, "Short."),
        ("paragraph", 0, "Beside."),
        ("heading", 1, "Two"),
        ("item", 0, "i. x"),
        ("item", 0, "ii. y"),
        ("paragraph", 0, "Foot."),
    ]


def test_chapters_outside_the_reading_order_come_last() -> None:
    """Those that the book lists and no other place leads to; its contents, by either name, are left out."""
    chapters = {
        "annex.xhtml": xhtml("<h1>Annex</h1><p>He sold it in 1931.</p>"),
        "nav.xhtml": xhtml("<nav>Contents</nav>"),
        "toc.xhtml": xhtml("<p>Contents, once more</p>"),
        "one.xhtml": xhtml("<h1>One</h1>"),
    }
    guide = '<guide><reference type="toc" href="toc.xhtml"/></guide>'
    content = read_epub(book(chapters, outside=(0, 1, 2), guide=guide))
    assert [text for _, _, text in listed(content)] == ["One", "Annex", "He sold it in 1931."]


def test_what_a_books_style_sheet_raises_is_raised() -> None:
    """By its class; the mark of a note leads to it."""
    page = xhtml(
        '<p>It holds 10<span class="c7">4</span> litres.<span class="c7"><a href="#n">1</a></span></p>'
        '<p id="n">1 When it is full.</p>'
    )
    sheet = {"OEBPS__a.css": ".c6 {} .c7, .c8 { vertical-align: super }"}
    assert listed(read_epub(book({"a.xhtml": page}, **sheet))) == [
        ("paragraph", 0, "It holds 10⁴ litres."),
        ("footnote", 0, "1 When it is full."),
    ]


def test_a_mark_whose_note_stands_in_another_file_stays_raised() -> None:
    """The number is no part of the one that it stands behind."""
    text = 'Built in 1871<a epub:type="noteref" href="notes.xhtml#n1">1</a> of granite.'
    assert listed(read_epub(book({"a.xhtml": xhtml(f"<p>{text}</p>")}))) == [
        ("paragraph", 0, "Built in 1871¹ of granite.")
    ]


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ("<dc:date>2021-03-04</dc:date>", "2021-03-04"),
        ('<dc:date opf:event="modification">2022</dc:date><dc:date> 1876 </dc:date>', "1876"),
        ('<dc:date opf:event="modification">2022</dc:date>', None),
        ("<dc:date/><dc:date>2021</dc:date>", "2021"),
        ("<dc:date>long ago</dc:date>", None),
        ("", None),
    ],
)
def test_the_date_is_not_that_of_a_change(given: str, date: str | None) -> None:
    """A book's own date is taken, the last time that its file was worked on is not."""
    given = given.replace("opf:event", 'xmlns:opf="http://www.idpf.org/2007/opf" opf:event')
    assert assemble("", read_epub(book({"a.xhtml": xhtml("<p>x</p>")}, date=given))).date == date


def test_notes_follow_their_paragraph() -> None:
    """A declared note moves to its mark and shows the mark; a link to another file stays text."""
    body = (
        '<p>Said<a epub:type="noteref" href="#n">*</a> he. <a href="b.xhtml#x">See</a>.</p><p>Next.</p>'
        '<aside epub:type="footnote" id="n" hidden="hidden"><p>In a letter.</p></aside>'
    )
    assert listed(read_epub(book({"a.xhtml": xhtml(body)}))) == [
        ("paragraph", 0, "Said he. See."),
        ("footnote", 0, "* In a letter."),
        ("paragraph", 0, "Next."),
    ]


def test_entities_that_html_names_are_read() -> None:
    """The named characters of HTML are known without fetching the document type."""
    doctype = (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
    )
    content = read_epub(book({"a.xhtml": xhtml("<p>caf&eacute;&nbsp;&lt;&amp;&#233;</p>", doctype)}))
    assert listed(content) == [("paragraph", 0, "café <&é")]


def test_an_entity_bomb_does_not_go_off() -> None:
    """Entities that a chapter defines itself, by value or by file, are not expanded."""
    bomb = '<!DOCTYPE html [<!ENTITY a "boom"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
    content = read_epub(book({"a.xhtml": xhtml("<p>x &b; &c; y</p>", bomb)}))
    assert listed(content) == [("paragraph", 0, "x &b; &c; y")]


def test_a_broken_chapter_is_read_as_browsers_do() -> None:
    """Markup that is not well-formed loses no text."""
    assert listed(read_epub(book({"a.xhtml": "<html><body><p>One<br>two<p>Three &amp; four"}))) == [
        ("paragraph", 0, "One two"),
        ("paragraph", 0, "Three & four"),
    ]


def test_a_missing_chapter_is_in_the_ledger() -> None:
    """The rest of the book is read."""
    content = read_epub(book({"a.xhtml": xhtml("<p>x</p>")}, missing=("gone.xhtml",)))
    assert listed(content) == [("paragraph", 0, "x")]
    assert content.unread == [Unread(None, Reason("missing_chapter", name="OEBPS/gone.xhtml"))]


def test_a_locked_book_is_refused() -> None:
    """Encrypted chapters mean a locked book; encrypted fonts do not."""
    encryption = '<encryption><CipherData><CipherReference URI="{}"/></CipherData></encryption>'
    chapters = {"a.xhtml": xhtml("<p>x</p>")}
    fonts = book(chapters, **{"META-INF__encryption.xml": encryption.format("OEBPS/font.otf")})
    assert listed(read_epub(fonts)) == [("paragraph", 0, "x")]
    with refused("locked_by_seller"):
        read_epub(book(chapters, **{"META-INF__encryption.xml": encryption.format("OEBPS/a.xhtml")}))


def test_a_chapter_is_read_once() -> None:
    """However often the spine names it: a small book cannot be made endless."""
    again = book({"a.xhtml": xhtml("<p>Cats purr.</p>")}, missing=("a.xhtml",))
    assert listed(read_epub(again)) == [("paragraph", 0, "Cats purr.")]
