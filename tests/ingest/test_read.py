"""The door of reading."""

import hashlib
import io
import zipfile

import docx
import pptx
import pytest
from pypdf import PdfWriter

from ingest.errors import ReadError
from ingest.read import attachments, read
from ingest.reasons import Reason
from tests.ingest.test_read_pdf import filler, lines, pdf
from tests.support.refused import refused

MAIL = (
    b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/plain; name=plan.txt\n"
    b"Content-Disposition: attachment\n\nAsh."
)


def word(text: str) -> bytes:
    """A Word file of one paragraph."""
    document = docx.Document()
    document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def without(data: bytes, member: str) -> bytes:
    """The container without one of its members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if name != member:
                new.writestr(name, old.read(name))
    return stream.getvalue()


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.txt", "noname", "مستند.html"])
def test_a_wrong_name_changes_nothing(name: str) -> None:
    """The document depends on the bytes alone, and is known by their hash."""
    data = word("Words  that stay.")
    document = read(data, name)
    assert document.text == "Words that stay."
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert [document.text[block.start : block.end] for block in document.blocks] == ["Words that stay."]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"# Head\n\nOne *line*.", "a.md"),
        (b"<html><body><h1>Head</h1><p>One line.", "a.html"),
    ],
)
def test_formats_agree(data: bytes, name: str) -> None:
    """The same content in another format is the same text."""
    assert read(data, name).text == "Head\n\nOne line."


def test_a_document_without_text_has_a_reason() -> None:
    """No text is never success: the ledger's reason is given if there is one."""
    deck = pptx.Presentation()
    deck.slides.add_slide(deck.slide_layouts[6])
    stream = io.BytesIO()
    deck.save(stream)
    with refused("no_text_on_slide"):
        read(stream.getvalue(), "a.pptx")
    with refused("no_text"):
        read(word("\u200b"), "a.docx")
    with refused("empty"):
        read(b"", "a.docx")


@pytest.mark.parametrize("member", ["word/document.xml", "_rels/.rels", "[Content_Types].xml"])
def test_a_container_that_lacks_a_part_is_refused(member: str) -> None:
    """Libraries' errors become reasons and stay behind them as causes."""
    with pytest.raises(ReadError) as caught:
        read(without(word("Kept."), member), "a.docx")
    code = caught.value.reason.code
    assert code == ("damaged" if caught.value.__cause__ is not None else "unsupported_archive")


@pytest.mark.parametrize("cut", [30, 1000, 20000])
def test_a_file_cut_off_is_damaged(cut: int) -> None:
    """Part of a container is not read as if it were the whole."""
    with refused("damaged", problem=Reason("cut_off")):
        read(word("x")[:cut], "a.docx")


def test_broken_xml_and_bad_checksums_are_damage() -> None:
    """What is wrong inside a whole container is told as damage too."""
    data = word("x" * 5000)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<w:document" if name == "word/document.xml" else old.read(name))
    with pytest.raises(ReadError, match=r"'damaged'.*'broken_xml'"):
        read(stream.getvalue(), "a.docx")
    at = stream.getvalue().index(b"<w:document")
    flipped = bytearray(stream.getvalue())
    flipped[at] ^= 1
    with pytest.raises(ReadError, match=r"'damaged'.*Bad CRC"):
        read(bytes(flipped), "a.docx")


def test_a_page_that_its_title_swallows_is_said_to_hold_no_text() -> None:
    """That a byte could not be decoded is said beside it, not instead."""
    with refused("no_text_and", reason=Reason("bad_bytes", n=1, encoding="UTF-8", first=22)):
        read(b"<html><title>Cats</tit\xec" + "<p>Cats purr. é é".encode(), "a.html")


def test_files_attached_to_a_pdf_come_out_as_they_went_in() -> None:
    """Under names of their own, a mail's too; of a damaged or locked file there are none."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf(lines(*filler("oak", "elm")))))
    for name, held in (("a/plan.txt", b"Oak."), ("a/plan.txt", b"Elm."), ("mail.eml", MAIL)):
        writer.add_attachment(name, held)
    stream = io.BytesIO()
    writer.write(stream)
    found = [("a_plan.txt", b"Oak."), ("a_plan (2).txt", b"Elm."), ("mail.eml", MAIL)]
    assert list(attachments(stream.getvalue(), "a.pdf")) == [*found, ("mail.eml/plan.txt", b"Ash.")]
    named = [one.name for one in read(stream.getvalue(), "a.pdf").attachments]
    assert named == ["a_plan.txt", "a_plan (2).txt", "mail.eml", "mail.eml/plan.txt"]
    assert list(attachments(stream.getvalue()[:400], "a.pdf")) == []
    writer.encrypt("secret")
    stream = io.BytesIO()
    writer.write(stream)
    assert list(attachments(stream.getvalue(), "a.pdf")) == []
