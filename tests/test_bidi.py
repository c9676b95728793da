"""Arabic of a PDF comes out as it was written, and what is right already stays."""

from collections.abc import Sequence
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.bidi import Run, in_reading_order
from ingest.characters import normalise

BODY = "وقعت الحكومة العراقية اتفاقية مع المملكة المتحدة"
LAM_ALEF = "Arabic letters joined in print (lam-alef) are stored in the wrong order: words may be misspelt"


def right_to_left(character: str) -> bool:
    """Whether pypdf takes the character for one of a right-to-left script."""
    return "\u0590" <= character <= "\u08ff" or "\ufb1d" <= character <= "\ufeff"


def as_pypdf(drawn: str) -> list[Run]:
    """Runs of one direction, those from the right turned around, of characters from left to right.

    Spaces and punctuation go with what is before them.
    """
    direction, directions = False, []
    for character in drawn:
        if character.isalnum() or right_to_left(character):
            direction = right_to_left(character)
        directions.append(direction)
    runs, x = [], 0
    for turned, group in groupby(range(len(drawn)), lambda place: directions[place]):
        text = "".join(drawn[place] for place in group)
        runs.append(Run(text[::-1] if turned else text, 10.0 * x))
        x += len(text)
    return runs


def read(*drawn: str) -> list[str]:
    """The lines of a page on which these characters stand from left to right; there is no doubt."""
    texts, doubt = in_reading_order([as_pypdf(line) for line in drawn])
    assert doubt is None
    return [normalise(text) for text in texts]


def seen(*words: str) -> str:
    """What a page shows from left to right of words written from right to left."""
    turned = (word[::-1] if right_to_left(word[0]) and not word[0].isdigit() else word for word in words)
    return " ".join(reversed([*turned]))


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
    ],
)
def test_a_line_drawn_as_it_is_seen_is_read_from_the_right(line: str) -> None:
    """Runs come in the order of writing; numbers, Latin words and letters' marks stay whole."""
    assert read(BODY[::-1], seen(*line.split())) == [BODY, normalise(line)]


def test_several_latin_words_keep_their_order() -> None:
    """A Latin name with spaces, full stops and digits is one stretch."""
    line = ("قالت", "شركة", "Royal Dutch v2.0", "في", "بيان", "نشرته", "الصحف")
    assert read(BODY[::-1], seen(*line)) == [BODY, " ".join(line)]


@pytest.mark.parametrize("mirrored", [False, True])
def test_brackets_open_where_they_opened(mirrored: bool) -> None:
    """Some producers store a bracket by its form, some by its meaning; the page tells which."""
    line = "وتنص (المادة) على [ذلك] في «المتن» أيضا"
    drawn = line[::-1]
    if mirrored:
        drawn = drawn.translate(str.maketrans("()[]«»", ")(][»«"))
    assert read(BODY[::-1], drawn) == [BODY, line]


def test_page_of_words_stored_backwards_is_turned() -> None:
    """What was drawn in the order of typing comes from pypdf with each word spelt backwards."""
    line = "في عام 1930 اتفاقية ثلاثية"
    assert read(BODY, line) == [BODY, line]


def test_too_few_words_turn_no_page() -> None:
    """Two words that begin with a letter that ends words are not enough to turn a page."""
    runs = [[Run("ةسردملا ةعماجلا يف", 0.0)]]
    assert in_reading_order(runs) == (["ةسردملا ةعماجلا يف"], None)


def test_runs_in_order_of_writing_stay() -> None:
    """A producer that places its runs from right to left has told their order; only digits are turned."""
    row = [Run("في عام ", 400.0), Run("1930", 380.0), Run(" اتفاقية في", 200.0), Run("٤١٠٢", 150.0)]
    assert in_reading_order([row]) == (["في عام 1930 اتفاقية في٢٠١٤"], None)


def test_a_run_of_both_directions_stays() -> None:
    """Glyphs that stand for several characters hide from pypdf where a direction ends."""
    row = [Run("حبيبي habibi حبيبي 1930", 0.0)]
    assert in_reading_order([[Run(BODY, 0.0)], row]) == ([BODY, row[0].text], None)


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
    row = [Run("مركز الكتاب األكاديمي، اإلمارات، واألردن، العالقات", 0.0)]
    texts, doubt = in_reading_order([row])
    assert texts == ["مركز الكتاب الأكاديمي، الإمارات، والأردن، العالقات"]
    assert doubt == LAM_ALEF


def test_pages_of_both_spellings_are_in_doubt_and_stay() -> None:
    """Words backwards beside words forwards are not turned, but said."""
    line = "ةسردملا ةعماجلا ةموكحلا المدرسة"
    assert in_reading_order([[Run(line, 0.0)]]) == ([line], "some Arabic words are stored backwards")


ARABIC = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=2, max_size=8)
NUMBER = st.integers(0, 10**6).map(str)
LATIN = st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCDE", min_size=1, max_size=8)


@given(st.lists(st.lists(ARABIC | NUMBER, min_size=1, max_size=9), min_size=1, max_size=5))
def test_what_is_written_is_read(lines: Sequence[Sequence[str]]) -> None:
    """Any Arabic words and numbers, drawn as they are seen, come out as they were written."""
    drawn = [BODY[::-1], *(seen("في", *words) for words in lines)]
    assert read(*drawn) == [BODY, *(" ".join(["في", *words]) for words in lines)]


@given(st.lists(st.lists(ARABIC, min_size=1, max_size=9).map(" ".join), max_size=5))
def test_plain_arabic_is_never_touched(lines: Sequence[str]) -> None:
    """Lines of one run, read rightly by pypdf, come out as they went in."""
    rows = [[Run(line, 60.0)] for line in [BODY, *lines]]
    assert in_reading_order(rows) == ([BODY, *lines], None)


@given(st.lists(st.lists(ARABIC | NUMBER | LATIN, min_size=1, max_size=9), max_size=5))
def test_runs_placed_from_right_to_left_are_never_touched(lines: Sequence[Sequence[str]]) -> None:
    """Whatever the runs say, they come out as they went in."""
    rows = [[Run(f"{word} ", -10.0 * place) for place, word in enumerate(words)] for words in lines]
    texts, _ = in_reading_order([[Run(BODY, 0.0)], *rows])
    assert [normalise(text) for text in texts] == [BODY, *(" ".join(words) for words in lines)]


@given(st.lists(st.lists(st.builds(Run, st.text(st.characters(max_codepoint=0x24F)), st.floats(0, 600)))))
def test_pages_without_arabic_are_never_touched(rows: Sequence[Sequence[Run]]) -> None:
    """Whatever the characters and places."""
    assert in_reading_order(rows) == (["".join(run.text for run in row) for row in rows], None)
