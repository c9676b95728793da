"""Telling formats by content."""

import io
import zipfile
from pathlib import Path

import docx
import pptx
import pytest

from app.phrases.reasons import worded
from ingest.errors import ReadError
from ingest.formats import READERS, format_of
from tests.support.refused import refused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def packed(**members: str) -> bytes:
    """A zip container with these members; "__" in a name stands for "/"."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, text in members.items():
            container.writestr(name.replace("__", "/"), text)
    return stream.getvalue()


def saved(document: "docx.document.Document | pptx.presentation.Presentation") -> bytes:
    """The bytes of the file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.7\n...", "report.txt", "pdf"),
        (b"\r\njunk before\n%PDF-1.4\n", "report.pdf", "pdf"),
        (b"A header begins with %PDF-1.7, they say.", "notes.txt", "text"),
        (b"<!DOCTYPE html><p>x", "page.txt", "html"),
        (b"\xef\xbb\xbf\n<!-- saved from x -->\n<HTML lang=ar>", "page", "html"),
        ("<html><body>x".encode("utf-16"), "page.md", "html"),
        (b"<p>no doctype", "page.htm", "html"),
        (b"# Head", "README.MD", "markdown"),
        (b"# Head", "README", "text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "page.txt", "picture"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "page", "picture"),
        (b"BMW makes cars", "bmw.txt", "text"),
        (b"MZ is how programs begin", "x.txt", "text"),
    ],
)
def test_content_decides_before_the_name(data: bytes, name: str, expected: str) -> None:
    """A wrong suffix does not matter; a right one decides what the content leaves open."""
    assert format_of(data, name) == expected


def test_containers_are_told_by_their_members() -> None:
    """Word, PowerPoint and EPUB files are known under any name."""
    assert format_of(saved(docx.Document()), "a.pdf") == "docx"
    assert format_of(saved(pptx.Presentation()), "a.docx") == "pptx"
    assert (
        format_of(packed(mimetype="application/epub+zip", **{"META-INF__container.xml": "<x/>"}), "a")
        == "epub"
    )


def test_a_container_whose_type_cannot_be_read_is_told_by_its_members() -> None:
    """The name in front of the member is another than in the directory: the reader says what is broken."""
    data = packed(mimetype="application/epub+zip", **{"META-INF__container.xml": "<x/>"})
    assert format_of(data.replace(b"mimetype", b"nimetype", 1), "a") == "epub"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (OLE + "WordDocument".encode("utf-16-le"), "unsupported: old Word format, save it as .docx"),
        (
            OLE + "PowerPoint Document".encode("utf-16-le"),
            "unsupported: old PowerPoint format, save it as .pptx",
        ),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (OLE, "unsupported: old Office format"),
        (packed(xl__workbook__bin="x"), "unsupported: spreadsheet"),
        (packed(readme="x"), "unsupported: zip archive, unpack it first"),
        (packed(word__x="x"), "unsupported: zip archive, unpack it first"),
        (packed(), "empty"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "unsupported: sound"),
        (b"\x1f\x8b\x08\0\0\0", "unsupported: compressed file, unpack it first"),
        (b"MZ\x90\0\3\0\0\0", "unsupported: program"),
        (b"\0\1\2\3\4", "looks binary, not text"),
        (saved(docx.Document())[:-200], "damaged: the file is cut off or is not a whole zip container"),
    ],
)
def test_what_is_not_read_is_said_in_words(data: bytes, reason: str) -> None:
    """A person can tell from the reason what to do."""
    with pytest.raises(ReadError) as caught:
        format_of(data, "file.docx")
    assert worded(caught.value.reason) == reason


@pytest.mark.parametrize("name", ["table.yaml", "corpus.jsonl", "meta.JSON", "feed.xml"])
def test_data_beside_documents_is_no_document(name: str) -> None:
    """A file of questions beside the reports must not answer them; it is in the ledger."""
    with refused("unsupported_data"):
        format_of(b'{"question": "What is the capital?"}', name)


def test_xml_is_data_whatever_its_name() -> None:
    """As a report's attachment is without an ending: its tags are no sentences. A page by its name is one."""
    data = b'<?xml version="1.0"?><StrategicPlan><Name>Plan</Name></StrategicPlan>'
    for name in ("Attachment 1", "plan.txt", "plan.xml"):
        with refused("unsupported_data"):
            format_of(data, name)
    assert format_of(data, "plan.html") == "html"
    assert format_of(b'<?xml version="1.0"?><html/>', "Attachment 1") == "html"


def test_a_zip_bomb_is_refused_unopened() -> None:
    """A container's directory tells how far it would grow; beyond the limit nothing is unpacked."""
    stream = io.BytesIO()
    packing = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)
    with packing as container, container.open("word/document.xml", "w") as member:
        for _ in range(301):
            member.write(bytes(1 << 20))
    with refused("unpacks_too_large"):
        format_of(stream.getvalue(), "a.docx")


def test_the_readme_tells_of_each_format() -> None:
    """By its suffix, in the table of what is read and what is not."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    table = readme.partition("## What it reads")[2].partition("## What it does not do")[0]
    suffixes = {"markdown": "md", "picture": "png", "text": "txt"}
    assert [kind for kind in READERS if f"`.{suffixes.get(kind, kind)}`" not in table] == []
