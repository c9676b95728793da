"""Characters come out as a keyboard types them, and no word changes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.characters import is_arabic, normalise, subscript, superscript, word_count


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("of\ufb01ce \ufb00 \ufb04", "office ff ffl"),
        ("trans\u00adfer", "transfer"),
        ("\ufeffzero\u200bwidth\u2060", "zerowidth"),
        ("a\u00a0b\u2009c\u3000d", "a b c d"),
        (" one\r\n\ttwo\x0cthree\u2028four ", "one two three four"),
        ("bell\x07 null\x00 delete\x7f c1\x9f", "bell null delete c1"),
        ("caf\u0065\u0301", "café"),
        ("\u202bمرحبا\u202c", "مرحبا"),
        ("\ufee3\ufeae\ufea3\ufe92\ufe8e", "مرحبا"),
        ("\ufefb", "لا"),
        ("", ""),
        (" \u200b\u00ad\t", ""),
    ],
)
def test_characters_become_those_a_keyboard_types(stored: str, meant: str) -> None:
    """Ligatures, presentation forms, invisible characters and odd spaces come out as plain letters."""
    assert normalise(stored) == meant


@pytest.mark.parametrize("text", ["½ m² n¹", "Ω 10 µm", "می\u200cخواهم", "“a” – b… №5 ﷼", "😀 𝒜 𐎠"])
def test_characters_that_mean_something_stay(text: str) -> None:
    """Fractions, superscripts, the Persian joiner, typographic marks and astral letters are kept."""
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("drawn", "kept"),
    [("12", "¹²"), ("1,3", "¹,³"), ("-6", "⁻⁶"), ("٢", "²"), ("a", "ᵃ"), ("th", "th"), ("*", "*"), ("", "")],
)
def test_raised_figures_stay_raised(drawn: str, kept: str) -> None:
    """A mark or a power never becomes a figure of its word; an ordinal's letters stay letters."""
    assert superscript(drawn) == kept
    assert normalise(kept) == kept


def test_lowered_figures_stay_lowered() -> None:
    """A formula keeps its form; letters have none that all fonts draw."""
    assert [subscript(text) for text in ("2", "10", "max")] == ["₂", "₁₀", "max"]


@pytest.mark.parametrize(
    ("stored", "kept"),
    [
        ("invoice\u202efdp.exe\u202c here", "invoice\u202efdp.exe\u202c here"),
        ("invoice\u202efdp.exe", "invoice\u202efdp.exe\u202c"),
        ("\u202eab\u202ecd\u202c\u202c", "\u202eab\u202c\u202ecd\u202c"),
        ("\u202dمرحبا 12\u202c", "\u202dمرحبا 12\u202c"),
        ("\u202d+964 1 555\u202c", "+964 1 555"),
        ("\u202eمرحبا\u202c", "مرحبا"),
        ("\u202a\u202eab\u202c\u202c", "\u202eab\u202c"),
        ("a \u202e\u202c b", "a b"),
    ],
)
def test_what_turns_letters_stays_where_it_does(stored: str, kept: str) -> None:
    """So that what is quoted reads as the page shows it; where it turns nothing, nobody sees it."""
    assert normalise(stored) == normalise(kept) == kept


def test_control_that_parts_words_stays_a_space() -> None:
    """The separators U+001C to U+001F are white space to Python, and two words do not become one."""
    assert normalise("one\x1ctwo\x1fthree") == "one two three"


def test_surrogates_do_not_reach_the_store() -> None:
    """A pair of surrogates becomes its character and a lone one U+FFFD: the text can be encoded."""
    assert normalise("\ud835\udc9c") == "𝒜"
    assert normalise("a\udc9cb \ud835") == "a\ufffdb \ufffd"


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\u202a\u202c\u202d\u202eaب1 "))))
def test_normalising_again_changes_nothing(text: str) -> None:
    """The result is one trimmed, composed line that can be encoded, and is its own normal form."""
    once = normalise(text)
    assert normalise(once) == once
    assert once == unicodedata.normalize("NFC", once)
    assert once == " ".join(once.split())
    once.encode()


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x24F)))
def test_plain_letters_and_digits_are_kept(text: str) -> None:
    """Latin letters and digits come out as they went in, up to composition."""
    assert normalise(text) == unicodedata.normalize("NFC", text)


def test_arabic_is_told_by_most_letters() -> None:
    """Half of the letters is not most; text without letters is not Arabic."""
    assert is_arabic("بغداد 2013, ص: 21")
    assert not is_arabic("اب cd")
    assert not is_arabic("Baghdad (بغداد)")
    assert not is_arabic("2013 … ؟")
    assert not is_arabic("")


@pytest.mark.parametrize(
    ("text", "count"), [("two words", 2), ("图书馆今天开门", 4), ("EU の 本", 4), ("", 0), ("مدرسة كبيرة", 2)]
)
def test_words_are_counted_where_a_script_parts_none(text: str, count: int) -> None:
    """Two characters of it count as one word, beside the words that spaces part."""
    assert word_count(text) == count
