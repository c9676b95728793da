"""Arabic of a PDF comes out as it was written, and what is right already stays."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.characters import normalise
from ingest.pdf.order import TextRun, in_reading_order
from ingest.reasons import Reason

BODY = "وقعت الحكومة العراقية اتفاقية مع المملكة المتحدة"
LAM_ALEF = Reason("lam_alef_in_doubt")
ORDER = Reason("order_in_doubt")
BRACKETS = Reason("brackets_in_doubt")
FORMS = str.maketrans("()[]«»", ")(][»«")
_OTHER = r"\d*[A-Za-zА-я](?:(?:[A-Za-zА-я0-9 .]|\([A-Z0-9]+\))*(?:[A-Za-zА-я0-9]|\([A-Z0-9]+\)))?"
_STRETCH = re.compile(rf"{_OTHER}|\d+(?:[.,/]\d+)*|.")


def turns(character: str) -> bool | None:
    """Whether pypdf turns the character around; None where it goes with the one before."""
    if character <= "/" or ":" <= character <= "@" or "\u0660" <= character <= "\u066d":
        return None
    return "\u0590" <= character <= "\u08ff" or "\ufb1d" <= character <= "\ufeff"


def as_pypdf(*drawn: str) -> list[list[TextRun]]:
    """Runs of one direction of lines of characters from left to right, those from the right turned.

    As a browser does, each word and what is between two is drawn by itself. pypdf keeps the
    direction from one to the next.
    """
    direction = False
    rows: list[list[TextRun]] = []
    for line in drawn:
        rows.append([])
        for operation in re.finditer(r"\w+|\W+", line):
            run = ""
            for character in operation[0]:
                turned = turns(character)
                if turned is not None and turned != direction:
                    rows[-1].append(TextRun(run, 10.0 * operation.start()))
                    run, direction = "", turned
                run = character + run if direction else run + character
            rows[-1].append(TextRun(run, 10.0 * operation.start()))
    return rows


def looked_at(*drawn: str) -> tuple[list[str], Reason | None]:
    """The lines of a page on which these characters stand from left to right, and the doubt."""
    texts, doubt = in_reading_order(as_pypdf(*drawn))
    return [normalise(text) for text in texts], doubt


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


@pytest.mark.parametrize("by_form", [False, True])
def test_brackets_open_where_they_opened(by_form: bool) -> None:
    """Some producers store a bracket by its form, some by its meaning; the page tells which."""
    line = "وتنص (المادة) على [ذلك] في «المتن» أيضا"
    assert read(BODY[::-1], seen(line, by_form)) == [BODY, line]


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        ("بغداد ( العاصمة ) ثم البصرة ( الميناء ) في الجنوب", None),
        ("كانت بغداد( العاصمة ) مدينة", None),
        ("العاصمة) ثم البصرة (الميناء", BRACKETS),
        ("بغداد )ثم( البصرة (الميناء)", BRACKETS),
        ("أ) البند الأول", BRACKETS),
    ],
)
def test_brackets_in_doubt_stay_as_they_are(line: str, doubt: Reason | None) -> None:
    """Spaces on either side, pairs that lines divide and single brackets turn nothing."""
    assert looked_at(BODY[::-1], seen(line, by_form=False)) == ([BODY, line], doubt)


def test_page_of_a_browser_is_read_as_it_was_written() -> None:
    """Runs that pypdf gives of a page printed by Chromium; the space that it guesses behind "(" stays."""
    page = [
        [("اﻟﻘﺎﻧﻮن", 461), ("  ", 496), ("ﻣﻦ", 499), ("(  ", 514), ("ب", 521), (" ) ", 532), ("5", 539),
         (" ", 546), ("اﻟﻤﺎدة", 549), ("", 28)],
        [("", 28), ("(", 347), ("٢١", 351), (" )", 364), ("اﻟﻤﺎدة ", 370), (" ", 399), ("ﻓﻲ", 403),
         ("  ", 418), ("اﺗﻔﺎﻗﻴﺔ", 421), ("(  ", 454), ("اﻟﻌﺮاﻗﻴﺔ", 460), (" ) ", 499), ("اﻟﺤﻜﻮﻣﺔ", 506)],
        [("", 28), ("٪", 446), ("٠٥", 452), (" ", 465), ("أو", 468), ("  ", 477), ("ﺗﻘﺮﻳﺒﺎ،", 481),
         ("%  ", 511), ("50", 524), (" ", 538), ("واﻟﻨﺴﺒﺔ", 541), ("", 28)],
        [("", 28), ("٤١٠٢", 367), (" ", 393), ("ﻋﺎم", 396), ("  ", 415), ("ﻓﻲ", 418), ("(  ", 433),
         ("World Bank", 440), (") ", 505), ("ﻣﻨﻈﻤﺔ", 512), ("  ", 545), ("أﻋﻠﻨﺖ", 548)],
    ]  # fmt: skip
    texts, doubt = in_reading_order([[TextRun(text, x) for text, x in row] for row in page])
    assert texts == [
        "المادة 5 ( ب) من القانون",
        "الحكومة ( العراقية) اتفاقية في المادة (١٢)",
        "والنسبة 50% تقريبا، أو ٥٠٪",
        "أعلنت منظمة (World Bank) في عام ٢٠١٤",
    ]
    assert doubt is None


def test_page_of_words_stored_backwards_is_turned() -> None:
    """What was drawn in the order of typing comes from pypdf with each word spelt backwards."""
    line = "في عام 1930 اتفاقية ثلاثية"
    assert read(BODY, line) == [BODY, line]


def test_too_few_words_turn_no_page() -> None:
    """Two words that begin with a letter that ends words are not enough to turn a page."""
    runs = [[TextRun("ةسردملا ةعماجلا يف", 0.0)]]
    assert in_reading_order(runs) == (["ةسردملا ةعماجلا يف"], None)


def test_runs_in_order_of_writing_stay() -> None:
    """A producer that places its runs from right to left has told their order; only digits are turned."""
    row = [
        TextRun("في عام ", 400.0),
        TextRun("1930", 380.0),
        TextRun(" اتفاقية في", 200.0),
        TextRun("٤١٠٢", 150.0),
    ]
    assert in_reading_order([row]) == (["في عام 1930 اتفاقية في٢٠١٤"], None)


def test_a_run_of_both_directions_stays() -> None:
    """Glyphs that stand for several characters hide from pypdf where a direction ends."""
    row = [TextRun("حبيبي habibi حبيبي 1930", 0.0)]
    assert in_reading_order([[TextRun(BODY, 0.0)], row]) == ([BODY, row[0].text], None)


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
    row = [TextRun("مركز الكتاب األكاديمي، اإلمارات، واألردن، العالقات", 0.0)]
    texts, doubt = in_reading_order([row])
    assert texts == ["مركز الكتاب الأكاديمي، الإمارات، والأردن، العالقات"]
    assert doubt == LAM_ALEF


@pytest.mark.parametrize("line", ["شهر باآلودگی هوا", "شهر باآلوده هوا", "واألف گ"])
def test_persian_is_not_respelt(line: str) -> None:
    """A lost space before a word with madda looks like a lam-alef undone."""
    assert in_reading_order([[TextRun(line, 0.0)]]) == ([line], None)


def test_runs_placed_here_and_there_stay_and_are_in_doubt() -> None:
    """One step back among many steps on does not tell the order."""
    row = [TextRun("في ", 100.0), TextRun("عام ", 120.0), TextRun("بغداد", 150.0), TextRun("تقريبا", 140.0)]
    assert in_reading_order([row]) == (["في عام بغدادتقريبا"], ORDER)


def test_pages_of_both_spellings_are_in_doubt_and_stay() -> None:
    """Words backwards beside words forwards are not turned, but said."""
    line = "ةسردملا ةعماجلا ةموكحلا المدرسة"
    assert in_reading_order([[TextRun(line, 0.0)]]) == ([line], Reason("words_backwards"))


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


@given(st.lists(st.lists(ARABIC, min_size=1, max_size=9).map(" ".join), max_size=5))
def test_plain_arabic_is_never_touched(lines: Sequence[str]) -> None:
    """Lines of one run, read rightly by pypdf, come out as they went in."""
    rows = [[TextRun(line, 60.0)] for line in [BODY, *lines]]
    assert in_reading_order(rows) == ([BODY, *lines], None)


@given(st.lists(st.lists(ARABIC | NUMBER | LATIN, min_size=1, max_size=9), max_size=5))
def test_runs_placed_from_right_to_left_are_never_touched(lines: Sequence[Sequence[str]]) -> None:
    """Whatever the runs say, they come out as they went in."""
    rows = [[TextRun(f"{word} ", -10.0 * place) for place, word in enumerate(words)] for words in lines]
    texts, _ = in_reading_order([[TextRun(BODY, 0.0)], *rows])
    assert [normalise(text) for text in texts] == [BODY, *(" ".join(words) for words in lines)]


@given(st.lists(st.lists(st.builds(TextRun, st.text(st.characters(max_codepoint=0x24F)), st.floats(0, 600)))))
def test_pages_without_arabic_are_never_touched(rows: Sequence[Sequence[TextRun]]) -> None:
    """Whatever the characters and places."""
    assert in_reading_order(rows) == (["".join(run.text for run in row) for row in rows], None)
