"""Words recognised in pictures: turned pages, what Tesseract reads, and what the ledger says."""

import io
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from ingest.layout.lines import Line
from ingest.ocr import engine
from ingest.ocr.choice import choose, is_garbled
from ingest.ocr.engine import FoundLine, FoundWord
from ingest.ocr.leftover import left_over
from ingest.ocr.lines import picture_lines
from ingest.ocr.signs import mended
from ingest.ocr.straighten import is_noisy, skew, smoothed, turned
from ingest.ocr.tesseract import missing, tesseract
from ingest.pdf.engine import opened
from ingest.pdf.engine import page_of as page_of_pdf
from ingest.pdf.raster import page_picture, picture_share
from ingest.read import read
from ingest.reasons import Reason
from ingest.recognised import RecognisedPage, Word, WordLine
from tests.support.pictures import encoded, page_of

NEEDED = missing(["eng"])
real = pytest.mark.skipif(bool(NEEDED), reason=f"not installed: {', '.join(NEEDED)}")
TEXT = (
    "The harbour board met on 14 March 2019",
    "and closed the northern pier until autumn.",
    "Repairs cost $3,201,450, of which the town",
    "pays 47%. The ferry leaves at 7:45 daily",
    "from the new stage, 320 metres further east",
    "of the old lighthouse on the western rock.",
)


def printed(lines: tuple[str, ...] = TEXT) -> Image.Image:
    """The lines as a page prints them, black on white."""
    page = Image.new("L", (1700, 1100), 255)
    pen = ImageDraw.Draw(page)
    for n, line in enumerate(lines):
        pen.text((150, 150 + 90 * n), line, 0, ImageFont.load_default(44))
    return page


words = st.builds(
    Word, st.text(min_size=1), st.integers(0, 100), *[st.floats(0, 1).map(lambda x: round(x, 4))] * 4
)
pages = st.builds(
    RecognisedPage,
    st.lists(st.builds(WordLine, st.lists(words, min_size=1).map(tuple), st.booleans(), st.floats(0, 1))).map(
        tuple
    ),
    st.none() | st.just(Reason("page_too_slow", limit=20)),
)


@given(pages)
def test_a_page_is_kept_as_it_is(page: RecognisedPage) -> None:
    """Unpacked, it is the page that was packed."""
    assert RecognisedPage.unpacked(page.packed()) == page


def test_a_pages_confidence_is_that_of_its_characters() -> None:
    """A long word counts for more than a short one; a page without words has none."""
    line = WordLine((Word("a", 10, 0, 0, 1, 1), Word("nine", 90, 0, 0, 1, 1)), True, 0.1)
    assert RecognisedPage((line,)).confidence == 74
    assert RecognisedPage(()).confidence == 0


def _figure_in_doubt() -> RecognisedPage:
    """A page whose one figure is not surely read."""
    [line] = page_of("The 19417 mills").lines
    the, figure, mills = line.words
    return RecognisedPage((replace(line, words=(the, replace(figure, confidence=0), mills)),))


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (page_of("Read as it stands.", 85), Reason("recognised", confidence=85)),
        (page_of("Read as it stands.", 49), Reason("unrecognised", confidence=49)),
        (_figure_in_doubt(), Reason("figures_in_doubt", confidence=90)),
        (page_of("specks", 20), Reason("nothing_recognised")),
        (page_of(""), Reason("nothing_recognised")),
        (RecognisedPage((), Reason("page_undrawn")), Reason("page_undrawn")),
        (None, Reason("awaits_recognition")),
    ],
)
def test_the_ledger_says_how_a_page_was_recognised(page: RecognisedPage | None, reason: Reason) -> None:
    """How sure its words are, or why it has none."""
    lines, found = picture_lines({} if page is None else {1: page}, 1)
    assert found == reason
    texts = {"recognised": ["Read as it stands."], "figures_in_doubt": ["The ▯ mills"]}
    assert [line.text for line in lines] == texts.get(reason.code, [])


def test_a_page_that_is_not_to_be_recognised_has_no_text_layer() -> None:
    """As before there was anything to recognise it."""
    assert picture_lines(None, 1) == ([], Reason("no_text_layer"))


def test_larger_lines_are_headings() -> None:
    """A line twice as high as the others heads them; one with taller letters does not."""
    heights = [0.04, 0.02, 0.024, 0.018]
    lines = tuple(
        WordLine((Word(f"Line {n}", 90, 0.1, n / 10, 0.9, n / 10 + h),), n < 2, h)
        for n, h in enumerate(heights)
    )
    found, _ = picture_lines({1: RecognisedPage(lines)}, 1)
    usual = found[1].size
    assert [line.size > usual for line in found] == [True, False, False, False]
    assert all(above.y > below.y for above, below in pairwise(found))


@pytest.mark.parametrize("angle", [0, 0.6, -3, 12, -27, 40, -40, 90, 180, 270])
def test_a_page_is_turned_level(angle: float) -> None:
    """However it lies, its lines run level or upright once it is turned by its skew."""
    picture = turned(printed(), angle).picture
    left = (skew(picture) + angle) % 90
    assert min(left, 90 - left) < 0.35


def test_an_empty_page_is_not_turned() -> None:
    """Nothing says how it lies."""
    assert skew(Image.new("L", (300, 400), 255)) == 0
    assert skew(Image.new("L", (300, 400), 0)) == 0


@pytest.mark.parametrize("angle", [0, 30, 90, 180, -40])
def test_boxes_are_those_of_the_page_as_it_lies(angle: float) -> None:
    """A box of the turned picture is around the same ink in the original."""
    page = Image.new("L", (400, 600), 255)
    page.paste(0, (100, 450, 180, 480))
    straight = turned(page, angle)
    ink = straight.picture.point(lambda grey: 255 * (grey < 128)).getbbox()
    assert ink is not None
    left, top, right, bottom = straight.box(*ink)
    assert left < 102 / 400
    assert right > 178 / 400
    assert top < 452 / 600
    assert bottom > 478 / 600
    if angle % 90 == 0:
        assert (left, top, right, bottom) == pytest.approx((0.25, 0.75, 0.45, 0.8), abs=0.01)


@real
@pytest.mark.parametrize("angle", [0, 90, 180, 270, 40, -7])
def test_tesseract_reads_a_page_however_it_lies(angle: float) -> None:
    """Every word and figure of a clean page, in its order, and surely."""
    recogniser = tesseract(["eng"])
    assert recogniser is not None
    page = recogniser.recognise(turned(printed(), angle).picture)
    assert tuple(" ".join(word.text for word in line.words) for line in page.lines) == TEXT
    assert page.confidence > 85


@real
def test_a_picture_file_is_read_by_tesseract() -> None:
    """Its words are the document's, with the ledger's word that they come from a picture."""
    recogniser = tesseract(["eng"])
    assert recogniser is not None
    page = recogniser.recognise(printed())
    document = read(encoded(printed(), "PNG"), "board.png", recognised=lambda _: {1: page})
    assert document.text == " ".join(TEXT)
    assert document.recognised == {1}


@real
def test_a_picture_without_words_has_none() -> None:
    """Tesseract is not asked to find words in an empty page, whichever way up it may be."""
    recogniser = tesseract(["eng"])
    assert recogniser is not None
    assert recogniser.recognise(Image.new("L", (800, 1000), 255)) == RecognisedPage(())


def test_a_language_without_data_is_named() -> None:
    """What is missing is named by the package that has it; what cannot be recognised is left out."""
    assert "tesseract-ocr-xyz" in missing(["xyz"])
    assert tesseract(["xyz"]) is None


def test_a_pdf_page_is_drawn_as_it_is_shown() -> None:
    """At 300 dots an inch, in grey; a PDF of one picture gives that picture."""
    data = io.BytesIO()
    Image.new("L", (200, 300), 120).save(data, "PDF", resolution=100)
    picture = page_picture(data.getvalue(), 1)
    assert picture.size == pytest.approx((600, 900), abs=1)
    assert picture.mode == "L"
    assert abs(picture.getpixel((300, 450)) - 120) <= 2


def _page_with_disc(at: int) -> np.ndarray:
    """A line of ink 40 high with a disc 12 wide at that height, and space behind it."""
    ink = np.zeros((60, 400), dtype=bool)
    ink[10:50, 60:390] = True
    across, down = np.meshgrid(np.arange(400), np.arange(60))
    ink |= (across - 16) ** 2 + (down - at) ** 2 <= 36
    return ink


def _line(*texts: str, from_right: bool = False) -> FoundLine:
    """A line of words that stand at 10, 60, 160 and so on."""
    places = [(10, 22), (60, 150), (160, 250), (260, 390)]
    words = [
        FoundWord(text, 90, (left, 10, right, 50)) for text, (left, right) in zip(texts, places, strict=False)
    ]
    return FoundLine(tuple(words), (10, 10, 390, 50), True)


@pytest.mark.parametrize("read", ["e", "¢", "©", "•"])
def test_a_disc_before_a_line_is_a_bullet(read: str) -> None:
    """Whatever it was read for; a full stop or a letter is none."""
    assert _texts(mended(_line(read, "Bring", "a", "lamp"), _page_with_disc(30), None)) == "• Bring a lamp"
    assert (
        _texts(mended(_line(read, "Bring", "a", "lamp"), _page_with_disc(43), None)) == f"{read} Bring a lamp"
    )


def _texts(line: FoundLine) -> str:
    return " ".join(word.text for word in line.words)


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("2024-2020", "2020-2024"),
        ("2024–2020،", "2020–2024،"),
        ("45/2019", "45/2019"),
        ("3,201,450", "3,201,450"),
        ("%47", "47%"),
        ("المدينة,", "المدينة،"),
    ],
)
def test_an_arabic_line_has_its_signs_as_they_were_written(read: str, written: str) -> None:
    """A range begins on the right, where its line does; a date and a number stay as they are."""
    line = mended(_line("خلال", read, "الفترة"), np.zeros((60, 400), dtype=bool), None)
    assert _texts(line) == f"خلال {written} الفترة"


def test_signs_of_other_lines_stay() -> None:
    """What is mended in Arabic is right in English."""
    line = _line("from", "2020-2024,", "1,000")
    assert mended(line, np.zeros((60, 400), dtype=bool), None) == line


@given(st.lists(st.booleans(), min_size=40, max_size=200))
def test_what_is_left_over_is_outside_the_lines(rows: list[bool]) -> None:
    """Ink that a line's box holds is never looked at again; a line of ink without a box is."""
    ink = np.zeros((200, 300), dtype=bool)
    ink[: len(rows), 20:280] = np.array(rows)[:, None]
    assert list(left_over(ink, [(0, 0, 300, 200), (0, 0, 300, 20)])) == []
    lines = np.zeros((200, 300), dtype=bool)
    lines[20:40, 20:280] = lines[100:120, 20:280] = True
    [(left, top, right, bottom)] = left_over(lines, [(20, 20, 280, 40)])
    assert left <= 20 < 280 <= right
    assert 40 < top <= 100 < 120 <= bottom


@real
def test_a_line_that_the_layout_passes_over_is_found() -> None:
    """Each line of a page is there, in its order, without its box being known."""
    page = printed()
    ink = np.asarray(page) < 128
    rows = np.flatnonzero(ink.any(axis=1))
    boxes = [(150, 150 + 90 * n, 1200, 215 + 90 * n) for n in (0, 1, 3, 4, 5)]
    assert rows[0] >= 150
    [part] = left_over(ink, boxes)
    [line] = engine.lines(page, "eng", part)
    assert _texts(line) == TEXT[2]


ENGLISH = " ".join([*TEXT, *["The council met in the large hall and decided that the mill is kept."] * 4])
_VOWELS_TURNED = str.maketrans("aeiouyAEIOUY", "bkdzqwBKDZQW")


def _layer(text: str) -> list[Line]:
    return [Line(text, 1)]


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        (ENGLISH, False),
        (ENGLISH.translate(_VOWELS_TURNED), True),
        ("".join(chr(0xE000 + ord(c)) if c.isalpha() else c for c in ENGLISH), True),
        (ENGLISH.replace("e", "\ufffd"), True),
        ("Selkämeren rannikolla asui ennen vanhaan kalastajia, jotka kävivät talvella jäällä. " * 6, False),
        ("0471 9918 2206 " * 30, False),
        ("في سنة ١٩٨٧ بلغ عدد السكان ثلاثمئة ألف نسمة كما ورد في التقرير " * 4, False),
        ("\ufffd\ufffd", False),
    ],
)
def test_letters_without_meaning_are_no_text(text: str, garbled: bool) -> None:
    """Characters that stand for nothing, or for other letters; any language's words are text, and figures."""
    assert is_garbled(_layer(text)) is garbled


def test_the_layer_is_read_where_it_is_text() -> None:
    """A page of text stays what it says, whatever pictures it has and whatever is recognised in them."""
    pages = {1: page_of("Something else.")}
    for share in (0.0, 1.0):
        assert choose(_layer(ENGLISH), lambda share=share: share, pages, 1) == (_layer(ENGLISH), None)


def test_a_stamp_on_a_scan_is_not_its_text() -> None:
    """Few words on a picture of a page wait for what is written in it, and give way to it if it is more."""
    stamp, covered, bare = _layer("Received 12 May"), (lambda: 0.9), (lambda: 0.1)
    awaits = Reason("awaits_recognition")
    assert choose(stamp, bare, {}, 1) == (stamp, None)
    assert choose(stamp, covered, {}, 1) == (stamp, awaits)
    assert choose(stamp, covered, None, 1) == (stamp, Reason("mostly_picture"))
    lines, reason = choose(stamp, covered, {1: page_of("Received 12 May. The mill was built in 1877.")}, 1)
    assert [line.text for line in lines] == ["Received 12 May. The mill was built in 1877."]
    assert reason == Reason("recognised", confidence=90)
    for nothing_more in (
        page_of("Received 12"),
        page_of(""),
        page_of("Received 12 May. Dim words.", 40),
    ):
        assert choose(stamp, covered, {1: nothing_more}, 1) == (stamp, None)


def test_a_garbled_layer_gives_way_to_what_its_picture_shows() -> None:
    """Not to another one that is garbled too, and not before it is recognised."""
    layer = _layer(ENGLISH.translate(_VOWELS_TURNED))
    assert choose(layer, lambda: 0.0, {}, 1) == (layer, Reason("awaits_recognition"))
    assert choose(layer, lambda: 0.0, None, 1) == (layer, Reason("garbled"))
    assert choose(layer, lambda: 0.0, {1: page_of("")}, 1) == (layer, Reason("garbled"))
    lines, reason = choose(layer, lambda: 0.0, {1: page_of(ENGLISH)}, 1)
    assert ([line.text for line in lines], reason) == ([ENGLISH], Reason("recognised", confidence=90))


def test_how_much_of_a_page_pictures_cover() -> None:
    """A scan fills its page, also where it reaches beyond it."""
    data = io.BytesIO()
    Image.new("L", (200, 300), 120).save(data, "PDF", resolution=100)
    document = opened(data.getvalue())
    assert document is not None
    assert picture_share(page_of_pdf(document, 1)) == pytest.approx(1)


def test_specks_all_over_a_page_are_noise() -> None:
    """Print is none, nor an empty page; smoothed, a noisy page is none."""
    page = printed()
    specks = np.random.default_rng(4).normal(0, 90, (page.height, page.width))
    noisy = Image.fromarray(
        np.clip(np.asarray(page, dtype=float) * 0.6 + 60 + specks, 0, 255).astype(np.uint8)
    )
    assert [is_noisy(page), is_noisy(Image.new("L", (300, 400), 255))] == [False, False]
    assert [is_noisy(noisy), is_noisy(smoothed(noisy))] == [True, False]
