"""The samples are what the script writes, and each reads as what its author meant."""

import io
import zipfile

import pytest

from ingest.document import Document, Span
from ingest.read import read
from tests.support.make_samples import MADE, SAMPLES

FACTS = {
    "agreements-of-2008.docx": "The Presidency Council gave its consent on 4 December 2008, and both",
    "baghdad-and-washington.pdf": "The war with Iran ended on 20 August 1988.",
    "chronology.md": "Prime Minister Haider al-Abadi declares Mosul free.",
    "coalition.html": "The number of troops hardly changed.",
    "sanctions-and-war.txt": "The programme was known as Oil-for-Food.",
    "strategic-dialogue-ar.md": "عُقدت الجولة الأولى في 11 حزيران/يونيو 2020 عبر الاتصال المرئي.",
}


def _read(name: str) -> Document:
    return read((SAMPLES / name).read_bytes(), name)


def _kinds(document: Document, kind: str) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind == kind]


def _members(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_sample_has_its_fact() -> None:
    """There are six samples, one of each kind and one in Arabic, and each is looked at below."""
    assert {path.name for path in SAMPLES.iterdir()} == set(FACTS)


def test_the_committed_pdf_is_what_the_script_writes() -> None:
    """A rebuild reads the same on every page, under the same labels."""
    name = "baghdad-and-washington.pdf"
    made, kept = read(MADE[name](), name), _read(name)
    assert (made.text, made.pages, made.page_spans) == (kept.text, kept.pages, kept.page_spans)


def test_the_committed_docx_is_what_the_script_writes() -> None:
    """A rebuild has the same body, footnotes and date, whatever the clock says."""
    made, kept = (
        _members(MADE["agreements-of-2008.docx"]()),
        _members((SAMPLES / "agreements-of-2008.docx").read_bytes()),
    )
    for member in ("word/document.xml", "word/footnotes.xml", "docProps/core.xml"):
        assert made[member] == kept[member], member


@pytest.mark.parametrize(("name", "fact"), FACTS.items())
def test_a_sample_reads_whole(name: str, fact: str) -> None:
    """Nothing of a sample is unread, it has a title, and a sentence of it comes out word for word."""
    document = _read(name)
    assert document.unread == ()
    assert document.title
    assert document.text.count(fact) == 1


@pytest.mark.parametrize("name", FACTS)
def test_a_sample_is_known_by_its_language(name: str) -> None:
    """Most of the text is in the language that it was written in."""
    size = {"en": 0, "ar": 0}
    document = _read(name)
    for block in document.blocks:
        if block.language in size:
            size[block.language] += block.end - block.start
    assert size["ar" if name.endswith("-ar.md") else "en"] > len(document.text) * 0.9


def test_the_pdf_sentence_that_footnotes_interrupt_is_one_sentence_on_two_pages() -> None:
    """It runs over the page break, the footnotes between its halves stand apart, and both pages are cited."""
    document = _read("baghdad-and-washington.pdf")
    start = document.text.index("Iraq undertook to use them only")
    end = document.text.index("own defence, and in the defence of its region.")
    assert document.text[start:end] == "Iraq undertook to use them only for its internal security, for its "
    pages = document.pages_of(Span(start, end + len("own")))
    assert [(page.number, page.label) for page in pages] == [(3, "1"), (4, "2")]
    assert "ii" in [page.label for page in document.pages]


def test_the_pdf_keeps_its_furniture_out_of_the_text() -> None:
    """No running head or page number in the body, a word broken at a line end whole, bullets as items."""
    document = _read("baghdad-and-washington.pdf")
    assert document.text.count("Baghdad and Washington, 1930–1990") == 1
    assert "although it had encouraged the pact" in document.text
    items = [item.lstrip("• ") for item in _kinds(document, "item")]
    assert items[-3:] == [
        "the United Kingdom, in April;",
        "Pakistan, in September;",
        "Iran, in November.",
    ]
    assert len(_kinds(document, "footnote")) == 4


def test_the_docx_has_its_list_table_and_footnote() -> None:
    """The eleven sections are items, each step is a row, and the footnote is apart from the body."""
    document = _read("agreements-of-2008.docx")
    assert len(_kinds(document, "item")) == 11
    assert any("4 December 2008" in row and "Presidency Council" in row for row in _kinds(document, "row"))
    assert [
        "status of forces" in note or "temporary presence" in note for note in _kinds(document, "footnote")
    ] == [True]


def test_the_html_is_the_article_alone() -> None:
    """Neither the menu above the article nor the footer below it is read."""
    text = _read("coalition.html").text
    assert [word for word in ("Subscribe", "Events", "Cookies") if word in text] == []


def test_the_text_file_has_its_broken_words_whole() -> None:
    """A word hyphenated at the end of a hard-wrapped line is joined."""
    text = _read("sanctions-and-war.txt").text
    assert [
        word
        for word in ("Resolution 660", "Medicines", "all necessary means", "Coalition Provisional")
        if word not in text
    ] == []
