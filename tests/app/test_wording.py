"""What the terminal and the web chat say alike."""

import pytest

from app.phrases.languages import ARABIC
from app.phrases.wording import confidence_words, credit_words, date_words, kind_words, pages_words
from ingest.document import Page


@pytest.mark.parametrize(
    ("pages", "path", "words"),
    [
        ((), "x.txt", ""),
        ((Page(6, None),), "x.pdf", "p. 6"),
        ((Page(6, "6"),), "x.pdf", "p. 6"),
        ((Page(6, "iv"),), "x.pdf", "p. iv, PDF page 6"),
        ((Page(6, "iv"), Page(7, "v")), "x.pdf", "pp. iv–v, PDF pages 6–7"),
        ((Page(6, None), Page(7, None)), "x.pdf", "pp. 6–7"),
        ((Page(6, "iv"), Page(7, None)), "x.pdf", "pp. iv–7, PDF pages 6–7"),
        ((Page(3, None),), "x.PPTX", "slide 3"),
        ((Page(6, "iv"),), "x.docx", "p. iv, page 6"),
    ],
)
def test_pages_go_by_both_names_where_they_differ(pages: tuple[Page, ...], path: str, words: str) -> None:
    """A printed label that is not the physical number is shown with it."""
    assert pages_words(pages, path) == words


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(0.0, "perhaps"), (0.5, "probably"), (0.7, "likely"), (1.0, "very likely")],
)
def test_confidence_in_words(confidence: float, words: str) -> None:
    """Each band has its word, from its lower bound on, in both languages; nobody is shown decimals."""
    assert confidence_words(confidence) == words
    assert confidence_words(confidence, ARABIC) == getattr(ARABIC, words.replace(" ", "_"))


def test_what_is_not_the_texts_own_says_what_it_is() -> None:
    """A note with its author where it names one, a page header; of the text itself nothing is said."""
    asked = [("note", "Ann Reed"), ("note", None), ("running", None)]
    kinds = [kind_words(kind, by, False) for kind, by in asked]
    assert kinds == ["comment by Ann Reed", "comment", "page header or footer"]
    named = [kind_words("detail", name, False) for name in ("creator", "Client")]
    assert named == ["author, by its file", "Client, by its file"]
    assert kind_words("detail", "creator", False, ARABIC) == "\u2068المؤلف\u2069 بحسب ملفه"
    assert kind_words(None, None, False) == ""
    assert kind_words("note", "سلمى", False, ARABIC) == "تعليق من \u2068سلمى\u2069"


def test_who_made_a_document() -> None:
    """Authors first; nothing of what it is about."""
    details = (("creator", "Ada Holm"), ("creator", "B. Hill"), ("subject", "wells"), ("publisher", "Quay"))
    assert credit_words(details) == "author: Ada Holm, B. Hill · publisher: Quay"
    assert credit_words(details[2:3]) == ""


def test_a_date_is_the_files() -> None:
    """Nobody reads it as the day of publication, or its absence as that of a date in the text."""
    assert date_words("2021-03") == "dated 2021-03 by its file"
    assert date_words(None) == "its file gives no date"


def test_pages_that_bound_a_place_are_said_to() -> None:
    """Two bounds, or the last page that is certain; in the words of the language."""
    pages = (Page(3, "3"), Page(14, "14"))
    assert pages_words(pages, "a.txt", between=True) == "between p. 3 and p. 14"
    assert pages_words(pages[1:], "a.txt", between=True) == "p. 14 or later"
    assert pages_words((), "a.txt", between=True) == ""
    assert pages_words(pages, "a.txt", ARABIC, between=True) == "بين ص 3 وص 14"
