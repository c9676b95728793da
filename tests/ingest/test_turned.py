"""Arabic with turned ligatures is noticed, quoted as it stands, and told as it was probably spelt."""

import io

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Span, Unread
from ingest.passages import passages_of
from ingest.read import read
from ingest.reasons import Reason
from ingest.spelling.turned import is_in_doubt, is_turned, probable, probable_words

RIGHT = "ناقش مجلس الإدارة الاستثمارات الأجنبية في الأسواق والعلاقات مع البلدان المجاورة."
STORED = "ناقش مجلس اإلدارة االستثمارات األجنبية في األسواق والعالقات مع البلدان المجاورة."


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        (STORED, True),
        ("مركز األبحاث", True),
        (RIGHT, False),
        (f"{RIGHT} {RIGHT} كتب: األجنبية", False),  # a slip amid what is right
        ("او با آل خود آمد و گفت", False),  # Persian: a lost space
        ("The board met.", False),
        ("", False),
    ],
)
def test_turned_lam_alef_is_told_by_how_words_begin(text: str, turned: bool) -> None:
    """More words begin as none can than as many do; Persian and single slips are no sign."""
    assert is_turned(text) is turned


@pytest.mark.parametrize(
    ("stored", "spelt"),
    [
        (STORED, RIGHT),
        ("األمطار الغزيرة", "الأمطار الغزيرة"),
        ("السالم عليكم", "السلام عليكم"),
        ("حممد يف املدينة", "محمد في المدينة"),
        ("اجلمعة", "الجمعة"),
        ("صالح وعادل في المدرسة", "صالح وعادل في المدرسة"),  # may be صلاح: a word as it stands
        ("مدينة بغداد", "مدينة بغداد"),
        ("no Arabic", "no Arabic"),
        ("ا" * 300, "ا" * 300),
    ],
)
def test_the_probable_spelling_is_a_word_that_is_much_more_frequent(stored: str, spelt: str) -> None:
    """Lam-alef everywhere, other ligatures in what is no word; what is one stays."""
    assert probable(stored) == spelt


@given(st.text(alphabet="الأإآبتجحخمنيفقرعو َ.", max_size=60))
def test_only_arabic_words_are_spelt_otherwise(text: str) -> None:
    """Words stay as many, and hold the same letters, in another order."""
    before, after = text.split(), probable(text).split()
    assert len(before) == len(after)
    for one, other in zip(before, after, strict=True):
        assert one == other or sorted(one.replace("َ", "")) == sorted(other)


def test_the_probable_words_are_those_that_differ() -> None:
    """Each once, in their order."""
    assert probable_words("تطور العالقات والعالقات والعالقات") == "العلاقات والعلاقات"


def word(text: str) -> bytes:
    """A Word document of one paragraph."""
    document, data = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", STORED.encode()),
        ("a.md", f"# تقرير\n\n{STORED}\n".encode()),
        ("a.html", f"<p>{STORED}</p>".encode()),
        ("a.docx", word(STORED)),
    ],
)
def test_every_format_notices_it_and_keeps_the_words(name: str, data: bytes) -> None:
    """The ledger says so, the text is as it is stored, and the passage is found by the probable words."""
    document = read(data, name)
    assert document.unread == (Unread(None, Reason("lam_alef_in_doubt")),)
    assert document.text.endswith(STORED)
    assert is_in_doubt(document, Span(0, 5))
    (passage,) = passages_of(document, 100)
    assert passage.context.endswith("الإدارة الاستثمارات الأجنبية الأسواق والعلاقات")


def test_in_pages_the_ledger_names_those_where_it_is_seen() -> None:
    """Only quotes of these pages are in doubt."""
    pages = [RIGHT[:40], STORED, "The board met in the hall of the town on the ninth of May and then left."]
    document = read("\f".join(pages).encode(), "a.txt")
    assert document.unread == (Unread((2,), Reason("lam_alef_in_doubt")),)
    starts = [document.text.index(page[:20]) for page in pages]
    assert [is_in_doubt(document, Span(at, at + 9)) for at in starts] == [False, True, False]


def test_right_spelling_is_not_in_doubt() -> None:
    """Nothing is listed, and nothing is added to what a passage is found by."""
    document = read(RIGHT.encode(), "a.txt")
    assert document.unread == ()
    assert passages_of(document, 100)[0].context == ""
