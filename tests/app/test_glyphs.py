"""The order of a page's characters: as PDFium gives them, but for lines of right-to-left script."""

from hypothesis import given
from hypothesis import strategies as st

from app.pages.glyphs import Box, Glyph, in_reading_order

NOWHERE = Box(0, 0, 0, 0)


def drawn(text: str, across: float = 0.0) -> list[Glyph]:
    """The characters from left to right on one line."""
    return [Glyph(one, NOWHERE, 0.0, 10.0 * at, across, 10.0) for at, one in enumerate(text)]


def read(glyphs: list[Glyph]) -> str:
    """What they say in reading order."""
    return "".join(glyph.text for glyph in in_reading_order(glyphs))


@given(st.text("abc 123.,()", max_size=40), st.randoms(use_true_random=False))
def test_left_to_right_stays_as_it_is(text: str, chance: object) -> None:
    """Without right-to-left letters nothing moves, wherever the characters stand."""
    glyphs = drawn(text)
    chance.shuffle(glyphs)  # type: ignore[attr-defined]
    assert in_reading_order(glyphs) == glyphs


@given(st.permutations(range(16)))
def test_where_the_characters_stand_decides(order: list[int]) -> None:
    """In whatever order a line's Arabic is drawn, it is read from right to left, its number left to right."""
    glyphs = drawn("1930 ماع يف عقو ")
    assert read([glyphs[at] for at in order]).strip() == "وقع في عام 1930"


def test_latin_words_amid_arabic() -> None:
    """A name of several words, and the number on its right, read from left to right."""
    page = drawn("ةقرو", across=20.0) + drawn("عم World Bank 2 ةيقافتا")
    assert read(page) == "ورقةاتفاقية World Bank 2 مع"


def test_numbers_amid_arabic_follow_each_other_from_the_right() -> None:
    """Each is read from left to right; a separator within one belongs to it."""
    assert read(drawn("300,000 و 1990 ماع")) == "عام 1990 و 300,000"


def test_arabic_in_a_latin_line() -> None:
    """The line reads from left to right, the Arabic in it from right to left."""
    assert read(drawn("the word باتك means book")) == "the word كتاب means book"


def test_lam_alef_of_one_place() -> None:
    """Two letters joined in print have one origin; lam comes first."""
    alef, lam = (Glyph(one, NOWHERE, 0.0, 50.0, 0.0, 10.0) for one in "ال")
    assert read([*drawn("مس"), alef, lam]) == "لاسم"


def test_marks_are_left_out_and_lines_keep_apart() -> None:
    """A vowel's mark is no letter; two lines are not mixed."""
    assert read(drawn("لَوأ") + drawn("ناث", across=-20.0)) == "أولثان"
