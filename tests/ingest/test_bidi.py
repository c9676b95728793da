"""Arabic of a PDF comes out as it was written, and what is right already stays."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.characters import normalise
from ingest.pdf.glyphs import Glyph, letters_in_order
from ingest.pdf.printed import lines_of
from ingest.reasons import Reason

BODY = "وقعت الحكومة العراقية اتفاقية مع المملكة المتحدة"
LAM_ALEF = Reason("lam_alef_in_doubt")
ORDER = Reason("order_in_doubt")
BRACKETS = Reason("brackets_in_doubt")
FORMS = str.maketrans("()[]«»", ")(][»«")
_OTHER = r"\d*[A-Za-zА-я](?:(?:[A-Za-zА-я0-9 .]|\([A-Z0-9]+\))*(?:[A-Za-zА-я0-9]|\([A-Z0-9]+\)))?"
_STRETCH = re.compile(rf"{_OTHER}|\d+(?:[.,/]\d+)*|.")


def row(drawn: str, base: float = 0.0, first: int = 0) -> list[Glyph]:
    """The characters from left to right, ten points each, marks over the letter on their right."""
    glyphs: list[Glyph] = []
    x = 0.0
    for at, one in enumerate(drawn, first):
        mark = unicodedata.category(one) == "Mn"
        left, right = (x + 5, x + 5) if mark else (x, x + 10)
        if one != " ":
            glyphs.append(Glyph(one, left, right, base, 10.0, 0.0, False, False, at))
        x += 0 if mark else 10
    return glyphs


def page(*drawn: str) -> list[Glyph]:
    """Lines of such characters, one below the other."""
    return [glyph for at, line in enumerate(drawn) for glyph in row(line, -20.0 * at, 1000 * at)]


def looked_at(*drawn: str) -> tuple[list[str], Reason | None]:
    """The lines of a page on which these characters stand from left to right, and the doubt."""
    lines, doubt = lines_of(page(*drawn))
    return [line.text for line in lines], doubt


def read(*drawn: str) -> list[str]:
    """The same of a page that is not in doubt."""
    texts, doubt = looked_at(*drawn)
    assert doubt is None
    return texts


def seen(line: str, by_form: bool = True) -> str:
    """What a page shows from left to right of a line of Arabic, its brackets by form or by meaning."""
    parts = reversed(_STRETCH.findall(line))
    return "".join(part.translate(FORMS) if by_form and len(part) == 1 else part for part in parts)


@pytest.mark.parametrize(
    "line",
    [
        BODY,
        "في عام 1930 اتفاقية ثلاثية",
        "في عام ٢٠١٤ زاد إلى ٣٠٠,٠٠٠ برميل",
        "بلغ 25.5 من القيمة و 300,000 برميل في 12/5/2014 أيضا",
        "شركة Shell البريطانية",
        "كتاب Онегин للشاعر",
        "المادة ﻻ تزيد",  # a ligature of one code
        "مُحَمَّدٌ رسول",
        "سنة 1930",
        "1930 سنة",
        "المادة 5 (ب) من القانون",
        "الحكومة (العراقية) اتفاقية",
        "والنسبة 50% تقريبا، أو ٥٠٪ كما قيل",
        "بين 1990-2000 وبلغ $300 و -5",
        "البنك (World Bank) وغيره",
        "على بعد 20km جنوبا",
    ],
)
def test_a_line_drawn_as_it_is_seen_is_read_from_the_right(line: str) -> None:
    """Runs come in the order of writing; numbers, Latin words and letters' marks stay whole."""
    assert read(BODY[::-1], seen(line)) == [BODY, normalise(line)]


@pytest.mark.parametrize(
    ("line", "drawn"),
    [
        ("נפתח בשנת 1933 בעלות של 12.5% מן הסך", "ךסה ןמ 12.5% לש תולעב 1933 תנשב חתפנ"),
        ("בין 1914-1918 נסגר 3/4 ממנו", "ונממ 3/4 רגסנ 1914-1918 ןיב"),
        ("חברת Shell בשנים 2020–2024 הקימה", "המיקה 2024–2020 םינשב Shell תרבח"),
    ],
)
def test_hebrew_keeps_signs_and_hyphens_with_its_numbers(line: str, drawn: str) -> None:
    """As browsers draw it: a number behind a Hebrew word is another thing than one behind an Arabic word."""
    assert read(drawn) == [line]


def test_several_latin_words_keep_their_order() -> None:
    """A Latin name with spaces, full stops and digits is one stretch."""
    line = "قالت شركة Royal Dutch v2.0 في بيان نشرته الصحف"
    assert read(BODY[::-1], seen(line)) == [BODY, line]


@pytest.mark.parametrize(
    "line",
    [
        "نشرت في عام CNN 2003 تقريرا",
        "قالت منظمة WHO (1990) في بيان",
        "أصدرت منظمة الصحة العالمية World Health Organization (WHO) في جنيف",
    ],
)
def test_what_may_stand_on_either_side_of_a_latin_word_stays_and_is_in_doubt(line: str) -> None:
    """A number or brackets before the word look like those after it; no bracket is torn off."""
    assert looked_at(BODY[::-1], seen(line)) == ([BODY, line], ORDER)


@pytest.mark.parametrize("drawn", ["نوناقلا نم 50%", "تناك 1990-2000"])
def test_sign_of_a_lines_first_number_is_in_doubt(drawn: str) -> None:
    """The side on which it is drawn depends on the line before."""
    assert looked_at(BODY[::-1], drawn)[1] == ORDER


def test_line_of_more_latin_than_its_page_is_in_doubt() -> None:
    """Where page and line differ nothing tells from which side to read."""
    texts, doubt = looked_at(BODY[::-1], seen("شركة Royal Dutch Shell Group البريطانية"))
    assert texts == [BODY, "البريطانية Royal Dutch Shell Group شركة"]
    assert doubt == ORDER


def test_a_full_stop_at_its_left_closes_a_line_of_much_latin() -> None:
    """No line that is read from the left begins so; the last line of an Arabic paragraph may."""
    line = "North Harbour Works. في البصرة."
    assert read(BODY[::-1], seen(line)) == [BODY, line]


@pytest.mark.parametrize("number", ["+964 780 555 0133", "+44-20-5550-144"])
def test_a_telephone_number_with_its_country_at_the_left_is_read_from_the_left(number: str) -> None:
    """It is drawn so where it was typed as a stretch of its own; else its groups come from the right."""
    groups = re.findall(r"\d+|\D", number)
    line = f"هاتف المكتب {number} صباحا"
    for drawn in (number, "".join(groups[::-1])):
        assert read(BODY[::-1], seen(line).replace(seen(number), drawn)) == [BODY, line]


@pytest.mark.parametrize("by_form", [False, True])
def test_brackets_open_where_they_opened(by_form: bool) -> None:
    """Some producers store a bracket by its form, some by its meaning; the page tells which."""
    line = "وتنص (المادة) على [ذلك] في «المتن» أيضا"
    assert read(BODY[::-1], seen(line, by_form)) == [BODY, line]


@pytest.mark.parametrize(
    "line",
    [
        "بغداد ( العاصمة ) ثم البصرة ( الميناء ) في الجنوب",
        "كانت بغداد( العاصمة ) مدينة",
        "العاصمة) ثم البصرة (الميناء",
        "أ) البند الأول",
    ],
)
def test_brackets_are_told_by_spaces_else_by_pairs(line: str) -> None:
    """Pairs that lines divide and single brackets stay."""
    assert read(BODY[::-1], seen(line, by_form=False)) == [BODY, line]


def test_a_bracket_that_nothing_tells_is_in_doubt() -> None:
    """It stays as it is."""
    line = "بغداد ( العاصمة ثم البصرة"
    assert looked_at(BODY[::-1], seen(line)) == ([BODY, line], BRACKETS)


@given(st.permutations(range(30)))
def test_where_the_characters_stand_decides(order: list[int]) -> None:
    """In whatever order a line is drawn, it is read as it is seen."""
    line = "وقعت في عام 1930 (مع) 3/4 من ABC"
    glyphs = page(seen(line))
    drawn = [glyphs[at] for at in order if at < len(glyphs)] + glyphs[30:]
    numbered = [replace(glyph, index=number) for number, glyph in enumerate(drawn)]
    lines, _ = lines_of([*row(BODY[::-1], base=40.0), *numbered])
    assert [line.text for line in lines] == [BODY, line]


def test_page_of_words_stored_backwards_is_turned() -> None:
    """What was drawn in the order of typing comes from pypdf with each word spelt backwards."""
    line = "في عام 1930 اتفاقية ثلاثية"
    assert read(BODY, line) == [BODY, line]


def test_too_few_words_turn_no_page() -> None:
    """Two words that begin with a letter that ends words are not enough to turn a page."""
    assert looked_at("في الجامعة المدرسة")[0] == ["ةسردملا ةعماجلا يف"]


@pytest.mark.parametrize(
    ("drawn", "written"),
    [
        ("signed in Baghdad (دادغب) by the Ministry", "signed in Baghdad (بغداد) by the Ministry"),
        ("see مع 1930 يف for the whole text", "see في 1930 عم for the whole text"),
        ("in ٢٠١٤ the Ministry", "in ٢٠١٤ the Ministry"),
    ],
)
def test_arabic_amid_latin_is_turned_where_it_stands(drawn: str, written: str) -> None:
    """A line of Latin letters keeps its order, and an Arabic stretch in it has its own."""
    assert read("The body of this page is in English, as most of its lines are.", drawn)[1] == written


def test_undone_lam_alef_at_a_words_start_is_put_right_and_the_page_is_in_doubt() -> None:
    """No word begins with two alefs and a lam: the article is certain, what stands within words is not."""
    texts, doubt = looked_at("مركز الكتاب األكاديمي، اإلمارات، واألردن، العالقات"[::-1])
    assert texts == ["مركز الكتاب الأكاديمي، الإمارات، والأردن، العالقات"]
    assert doubt == LAM_ALEF


@pytest.mark.parametrize("shape", ["لأ", "أل"])
def test_lam_alef_of_one_shape_is_read_as_it_is_written(shape: str) -> None:
    """One glyph stands for both letters, whose order producers and PDFium turn around; lam is first."""
    one, two, *others = row("رمأ")
    assert others
    lam_alef = replace(one, text=letters_in_order(shape, turned=False))
    assert [line.text for line in lines_of([lam_alef, two])[0]] == ["ملأ"]


@pytest.mark.parametrize("line", ["شهر باآلودگی هوا", "شهر باآلوده هوا", "واألف گ"])
def test_persian_is_not_respelt(line: str) -> None:
    """A lost space before a word with madda looks like a lam-alef undone."""
    assert looked_at(line[::-1]) == ([line], None)


def test_pages_of_both_spellings_are_in_doubt_and_stay() -> None:
    """Words backwards beside words forwards are not turned, but said."""
    line = "ةسردملا ةعماجلا ةموكحلا المدرسة"
    assert looked_at(line[::-1]) == ([line], Reason("words_backwards"))


ARABIC = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=2, max_size=8)
NUMBER = st.integers(0, 10**6).map(str)
LATIN = st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCDE", min_size=1, max_size=8)


NUMBERS = NUMBER | NUMBER.map("{}%".format) | NUMBER.map("${}".format)
AMID = NUMBERS | LATIN | (ARABIC | NUMBERS | LATIN).map("({})".format)
PHRASE = ARABIC | st.tuples(ARABIC, AMID).map(" ".join)


@given(st.lists(st.lists(PHRASE, max_size=4).map(" ".join), max_size=5), st.booleans())
def test_what_is_written_is_read(phrases: Sequence[str], by_form: bool) -> None:
    """Numbers, signs, brackets and Latin words behind Arabic ones come out as they were written."""
    lines = [BODY, *(f"{BODY} {phrase}".strip() for phrase in phrases)]
    assert read(*(seen(line, by_form) for line in lines)) == lines


@given(st.lists(st.text("abcdef 12.,()", max_size=30), max_size=5))
def test_pages_without_such_scripts_keep_their_order(lines: Sequence[str]) -> None:
    """Whatever the characters and signs."""
    expected = [text for line in lines if (text := normalise(line))]
    assert read(*lines) == expected
