"""Files made to crash, hang, swell or deceive who reads them; small here, large when they are unpacked."""

import io
import os
import socket
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import docx
import pptx

from tests.ingest.test_read_epub import book, xhtml
from tests.ingest.test_read_office import saved
from tests.ingest.test_read_pdf import filler, lines, pdf

SECRET = "The secret word is halibut."
LARGE = 100 << 20  # bytes of the large page
_MIB = bytes(1 << 20)


def laughs(tag: str) -> str:
    """A document type of ten entities, each ten of the one before: `&e9;` is a billion laughs."""
    rows = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)]
    return f'<!DOCTYPE {tag} [<!ENTITY e0 "ha">{"".join(rows)}]>'


def outside(tag: str, secret: Path) -> str:
    """A document type with an entity, `&e9;`, that is another file."""
    return f'<!DOCTYPE {tag} [<!ENTITY e9 SYSTEM "{secret.as_uri()}">]>'


def word(text: str = "Cats purr.") -> bytes:
    """A Word file of one paragraph."""
    document = docx.Document()
    document.add_paragraph(text)
    return saved(document)


def slides(text: str = "Cats purr.") -> bytes:
    """A presentation of one slide with a title."""
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = text
    return saved(deck)


def changed(
    data: bytes, member: str, *swaps: tuple[str, str], more: Mapping[str, bytes] | None = None
) -> bytes:
    """The container with these swaps of text made in a member, and these members added."""
    out = io.BytesIO()
    packing = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(io.BytesIO(data)) as old, packing as new:
        for name in old.namelist():
            content = old.read(name)
            for before, after in swaps if name == member else ():
                assert before.encode() in content, f"expected {before!r} in {member}"
                content = content.replace(before.encode(), after.encode(), 1)
            new.writestr(name, content)
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return out.getvalue()


@cache
def swollen() -> bytes:
    """A container with a member that unpacks to 320 MiB."""
    out = io.BytesIO()
    packing = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
    with packing as container, container.open("x.xml", "w") as file:
        for _ in range(320):
            file.write(_MIB)
    return out.getvalue()


def crowded() -> bytes:
    """A container with 70,000 empty members, which is beyond what a plain directory can count."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        for number in range(70_000):
            container.writestr(f"x{number}", b"")
    return out.getvalue()


def joined(one: bytes, other: bytes) -> bytes:
    """The first container with the members of the second added."""
    out = io.BytesIO(one)
    with zipfile.ZipFile(io.BytesIO(other)) as old, zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return out.getvalue()


def understated(data: bytes, member: str) -> bytes:
    """The container, its directory saying that the member is of one byte."""
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(member.encode()))
    return data[: entry + 24] + (1).to_bytes(4, "little") + data[entry + 28 :]


def raw_pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1, the first of them its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj %s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    ending = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, ending)


def stream(content: bytes, entries: bytes = b"", times: int = 0) -> bytes:
    """A stream object, packed so many times."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    filters = b"/Filter [%s]" % (b" /FlateDecode" * times) if times else b""
    return b"<< %s %s /Length %d >> stream\n%s\nendstream" % (filters, entries, len(content), content)


_CATALOGUE, _FONT = (
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
)
_SHOWS = b"BT /F 11 Tf 70 700 Td (Cats purr when they are content.) Tj ET"


def one_page(contents: bytes, resources: bytes = b"", page: bytes = b"", *more: bytes) -> bytes:
    """A PDF of one page: its font is object 4, its contents 5; `more` are the objects from 6 on."""
    return raw_pdf(
        [
            _CATALOGUE,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
            b" /Resources << /Font << /F 4 0 R >> %s >> %s >>" % (resources, page),
            _FONT,
            contents,
            *more,
        ]
    )


def many_pages(pages: int) -> bytes:
    """A PDF of so many pages, hundreds: a page is an entry of a list, and a hundred share a node."""
    hundred = b"<< /Type /Pages /Parent 2 0 R /Kids [%s] /Count 100 >>" % (b"4 0 R " * 100)
    return raw_pdf(
        [
            _CATALOGUE,
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * (pages // 100), pages),
            hundred,
            b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
            b" /Resources << /Font << /F 6 0 R >> >> >>",
            stream(_SHOWS),
            _FONT,
        ]
    )


def pdfs() -> dict[str, bytes]:
    """PDFs whose objects go in circles or never end, by name."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    form += b" /Resources << /Font << /F 4 0 R >> /XObject << /X 6 0 R >> >>"
    whole = pdf(lines(*filler("oak", "elm")))
    start = whole[whole.rindex(b"startxref") :].split()[1]
    return {
        "tree-in-a-circle.pdf": raw_pdf([_CATALOGUE, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                         b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]),
        "own-kid.pdf": raw_pdf([_CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]),
        "own-parent.pdf": one_page(stream(_SHOWS), page=b"/Parent 3 0 R /Rotate 3 0 R"),
        "own-contents.pdf": one_page(b"[5 0 R 5 0 R]"),
        "own-length.pdf": one_page(b"<< /Length 5 0 R >> stream\n%s\nendstream" % _SHOWS),
        "own-reference.pdf": one_page(b"5 0 R"),
        "own-form.pdf": one_page(stream(b"/X Do /X Do"), b"/XObject << /X 6 0 R >>", b"",
                                 stream(b"/X Do /X Do " + _SHOWS, form)),
        "own-filter.pdf": one_page(b"<< /Filter 5 0 R /Length 3 >> stream\nabc\nendstream"),
        "bomb.pdf": one_page(stream(_MIB * 100, times=1)),
        "bomb-in-bombs.pdf": one_page(stream(_MIB * 100, times=4)),
        "bomb-of-text.pdf": one_page(stream(b"BT /F 9 Tf " + b"(cats) Tj T* " * 8_000_000 + b"ET", times=1)),
        "endless-array.pdf": one_page(b"[" * 100_000),
        "endless-dictionary.pdf": one_page(b"<< /A " * 100_000),
        "endless-state.pdf": one_page(stream(b"q " * 100_000 + _SHOWS)),
        "no-end.pdf": one_page(b"<< /Length 99999999999 >> stream\nBT"),
        "count-lies.pdf": one_page(stream(_SHOWS)).replace(b"/Count 1 ", b"/Count 2147483647 "),
        "xref-in-a-circle.pdf": whole.replace(b"trailer\n<<", b"trailer\n<< /Prev %s" % start),
        "size-lies.pdf": whole.replace(b"/Size ", b"/Size 99999999"),
    }  # fmt: skip


def containers(secret: Path) -> dict[str, bytes]:
    """Word, PowerPoint and EPUB files that swell, by name; `secret` is a file that they ask for."""
    chapter = "<?xml version='1.0'?>"
    body, slide = "word/document.xml", "ppt/slides/slide1.xml"
    whole = {"docx": word(), "pptx": slides(), "epub": book({"a.xhtml": xhtml("<p>Cats purr.</p>")})}
    made: dict[str, bytes] = {}
    for kind, data in whole.items():
        made[f"swollen.{kind}"] = joined(swollen(), data)
        made[f"understated.{kind}"] = understated(made[f"swollen.{kind}"], "x.xml")
        made[f"nested.{kind}"] = changed(data, "", more={f"x.{kind}": swollen()})
    for name, doctype in (("laughs", laughs), ("outside", lambda tag: outside(tag, secret))):
        heads = {
            "docx": (body, ("<w:document", doctype("w:document") + "<w:document")),
            "pptx": (slide, ("<p:sld ", doctype("p:sld") + "<p:sld ")),
            "epub": ("OEBPS/a.xhtml", ("<!DOCTYPE html>", doctype("html"))),
        }
        for kind, (member, head) in heads.items():
            made[f"{name}.{kind}"] = changed(whole[kind], member, head, ("Cats purr.", "Cats purr. &e9;"))
        made[f"{name}-package.epub"] = changed(
            whole["epub"], "OEBPS/a.opf", ("<package", doctype("package") + "<package"), ("The Book", "&e9;")
        )
        made[f"{name}.html"] = (chapter + doctype("html") + "<html><p>Cats purr. &e9;</p></html>").encode()
    made["crowded.epub"] = joined(crowded(), whole["epub"])
    again = "<itemref idref='i0'/>" * 200_000
    made["again.epub"] = changed(
        book({"a.xhtml": xhtml("<p>Cats purr.</p>" * 1000)}), "OEBPS/a.opf", ("</spine>", again + "</spine>")
    )
    made["deep.docx"] = changed(
        word(),
        body,
        ("<w:p>", "<w:tbl><w:tr><w:tc>" * 60 + "<w:p>"),
        ("</w:p>", "</w:p>" + "</w:tc></w:tr></w:tbl>" * 60),
    )
    return made


def pages() -> dict[str, bytes]:
    """Texts that are deep, long or not what they seem, by name."""
    return {
        "deep.html": b"<!doctype html>" + b"<div>" * 200_000 + b"Cats purr.",
        "wide.html": b"<!doctype html><p " + b"a=b " * 1_000_000 + b">Cats purr.",
        "notes.html": b"<!doctype html>" + b"<a href='#n'>1</a>" * 20_000 + b"<p id=n>Cats purr.",
        "deep.md": b"> " * 100_000 + b"Cats purr.",
        "brackets.md": b"[" * 100_000 + b"Cats purr.",
        "stars.md": b"*a **b " * 10_000,
        "line.txt": b"cats purr " * 20_000,
        "feeds.txt": b"cat\f" * 20_000,
        "title.html": b"<!doctype html><title>"
        + b"cats purr " * 50_000
        + b"</title>"
        + b"<h1>A</h1><p>Cats purr." * 100,
        "word.pdf": word(),
        "pages.txt": pdf(lines(*filler("oak", "elm"))),
        "image.docx": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "program.md": b"\x7fELF" + bytes(1000),
        "text.pdf": b"Cats purr.",
        "text.docx": b"Cats purr.",
        "zeros.txt": bytes(1000),
        "empty.txt": b"",
        "empty.pdf": b"",
        "new\nline.txt": b"Cats purr.",
        "\U0001f408\u202e\u200d.txt": b"Cats purr.",
        "l" * 251 + ".txt": b"Cats purr.",
        os.fsdecode(b"caf\xe9.txt"): b"Cats purr.",
    }


def large_page(path: Path) -> None:
    """A web page of 100 MiB."""
    row = b"<p>Cats purr when they are <b>content</b>, and sleep.</p>\n" * 1000
    with path.open("wb") as file:
        file.write(b"<!doctype html><title>Cats</title>")
        while file.tell() < LARGE:
            file.write(row)


def no_files(folder: Path, outside: Path) -> None:
    """What a folder may hold that is no file to read: links out and in circles, a pipe, a socket, holes."""
    for name, target in {
        "link-outside.txt": outside / "secret.txt",
        "link-to-a-folder": outside,
        "link-up": folder.parent,
        "link-relative": Path("../outside/secret.txt"),
        "link-to-itself": folder / "link-to-itself",
        "link-a": folder / "link-b",
        "link-b": folder / "link-a",
        "link-to-nothing": folder / "nothing",
        "link-to-zeros": Path("/dev/zero"),
        "link-to-memory": Path("/proc/self/mem"),
        "link-to-here": folder,
    }.items():
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "pipe.txt")
    here = Path.cwd()
    os.chdir(folder)  # the path of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("socket.txt")
    finally:
        os.chdir(here)
    with (folder / "sparse.txt").open("wb") as file:
        file.truncate(10 << 30)
