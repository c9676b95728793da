"""Bytes to characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.phrases.reasons import worded
from ingest.decode import decode
from ingest.errors import ReadError
from ingest.reasons import Reason
from tests.support.refused import refused

ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوي"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-8"])
def test_unicode_encodings_come_back(encoding: str) -> None:
    """A byte order mark decides and is no part of the text."""
    assert decode("مرحبا, déjà vu €".encode(encoding)) == ("مرحبا, déjà vu €", None)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["A plain sentence.", "جملة عربية قصيرة في ملف قديم."])
def test_utf16_without_a_mark(encoding: str, text: str) -> None:
    """Zero bytes that are the upper halves of characters are told from binary data."""
    assert decode(text.encode(encoding)) == (text, None)


@given(st.text(alphabet=ARABIC + " ", min_size=40).filter(lambda text: len(text.split()) > 0))
def test_arabic_in_windows_1256_round_trips(text: str) -> None:
    """Arabic letters in the old Windows encoding come back, whatever the words."""
    assert decode(text.encode("cp1256")) == (text, None)


@pytest.mark.parametrize(
    "text",
    [
        "نعم",
        "مادة 5",
        "السياسة «الجديدة» للسفر، وهي نافذة.",
        "مُحَمَّدٌ رسول",
        "The ministry (وزارة الصحة) says: no.",
    ],
)
def test_short_arabic_in_windows_1256(text: str) -> None:
    """A few words are enough, with vowel signs, guillemets or English around them."""
    assert decode(text.encode("cp1256")) == (text, None)


@pytest.mark.parametrize(
    "text",
    [
        "He said “no” – it’s over…",
        "À Paris, l’école est fermée.",
        "ÉCOLE SUPÉRIEURE",
        "Straße nach Köln, für Mädchen",
        "El año pasado, ¿qué pasó en España?",
        "Crème brûlée: 5 €",
        "São Paulo não é a capital",
    ],
)
def test_western_text_in_windows_1252(text: str) -> None:
    """Western letters and curly quotes are not taken for Arabic ones."""
    assert decode(text.encode("cp1252")) == (text, None)


def test_russian_is_guessed() -> None:
    """Text in neither of the two is guessed from what is likely in it."""
    text = "Настоящий закон определяет порядок выдачи разрешений на поездки и сроки их рассмотрения. " * 3
    assert decode(text.encode("cp1251")) == (text, None)


def test_bad_bytes_are_counted_and_placed() -> None:
    """What is not UTF-8 in a UTF-8 file is marked in the text and reported, not dropped."""
    data = "école à 5 €".encode() + b"\xff\xfe and \xe9t\xc3\xa9"
    text, reason = decode(data)
    assert text == "école à 5 €\ufffd\ufffd and \ufffdté"
    assert reason == Reason("bad_bytes", n=3, encoding="UTF-8", first=15)
    assert worded(reason) == "3 bytes are not valid UTF-8, first at byte 15"


def test_a_cut_off_character_is_reported() -> None:
    """A file that ends in the middle of a character loses that one only."""
    assert decode("مرحبا".encode()[:-1]) == (
        "مرحب\ufffd",
        Reason("bad_bytes", n=1, encoding="UTF-8", first=8),
    )


def test_bad_utf16_is_reported() -> None:
    """Behind a mark too, what cannot be decoded is marked and reported."""
    data = b"\xff\xfea\0\x00\xd8b\0"
    assert decode(data) == ("a\ufffdb", Reason("bad_characters", n=1, encoding="UTF-16", first=4))


def test_a_declared_encoding_is_used_only_where_the_bytes_allow() -> None:
    """UTF-8 that is valid is UTF-8 whatever it says; an unknown name is ignored."""
    assert decode("Łódź".encode("cp1250"), "windows-1250") == ("Łódź", None)
    assert decode("Łódź".encode(), "windows-1250") == ("Łódź", None)
    assert decode("“été”".encode("cp1252"), "iso-8859-1") == ("“été”", None)
    assert decode("été".encode("cp1252"), "no-such-encoding") == ("été", None)


@pytest.mark.parametrize(
    "data", [b"\0\1\2\3" * 50, b"text\0text", b"\x01\x02\x03\x04\x05abc", bytes(range(256))]
)
def test_binary_data_is_refused(data: bytes) -> None:
    """Zeros and controls that are no UTF-16 mean that this is not text."""
    with refused("binary"):
        decode(data)


@given(st.binary(max_size=200))
def test_nothing_but_a_read_error_escapes(data: bytes) -> None:
    """Any bytes at all are either decoded or refused with a reason."""
    try:
        text, reason = decode(data)
    except ReadError:
        return
    assert reason is None or "\ufffd" in text
