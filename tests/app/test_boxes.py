"""The boxes of a quote: exactly its words, on pages of every shape, or none."""

import io
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject
from reportlab.pdfgen.canvas import Canvas

from app.pages.boxes import boxes_of
from app.pages.glyphs import Box, Glyph
from app.pages.picture import glyphs, opened
from app.pages.renderer import PdfFile
from app.pages.text import PageText, Quoted, letters_of, quoted_on
from ingest.document import Document, Span
from ingest.read import read
from tests.ingest.test_read_pdf import drawn, filler, lines, pdf, together
from tests.measure.boxes import plain, read_back

QUOTE = "The tenant may renew it once, for five years, by notice in writing."


class Pages:
    """A PDF that a test made: as it is read, and as it is drawn."""

    def __init__(self, data: bytes, folder: Path) -> None:
        self.file = PdfFile(folder / "made.pdf", sha256(data).hexdigest())
        self.file.path.write_bytes(data)
        self.document: Document = read(data, "made.pdf")
        self._drawn = opened(self.file.path, self.file.sha256)

    def boxes(self, quote: str, number: int = 1, after: int = 0) -> tuple[Box, ...]:
        """Of the quote, found in the document's text from `after` on, on that page."""
        start = self.document.text.index(quote, after)
        quoted = quoted_on(self.document, Span(start, start + len(quote)), number)
        return boxes_of(quoted, self.text(number)) if quoted else ()

    def text(self, number: int = 1) -> PageText:
        return PageText(glyphs(self._drawn, number))

    def under(self, boxes: tuple[Box, ...], number: int = 1) -> str:
        """The letters that PDFium reads in the boxes."""
        return plain("".join(read_back(self.file, number, boxes)))


@pytest.fixture
def made(tmp_path: Path) -> Callable[[bytes], Pages]:
    """Makes the pages of a PDF's bytes."""
    return lambda data: Pages(data, tmp_path)


def test_a_quote_is_boxed_line_by_line(made: Callable[[bytes], Pages]) -> None:
    """A box for each line, in order, from the quote's first word to its last, its full stop included."""
    page = made(pdf(lines("The lease ends in March. The tenant may renew it once,",
                          "for five years, by notice in writing. Nothing else is agreed.")))  # fmt: skip
    first, second = boxes = page.boxes(QUOTE)
    assert page.under(boxes) == plain(QUOTE)
    assert first.left > second.left
    assert first.bottom < second.top + 0.01
    assert second.right > page.boxes("in writing")[0].right


def test_a_hyphenated_word_is_boxed_on_both_lines(made: Callable[[bytes], Pages]) -> None:
    """The document's text has the word whole; its halves are found."""
    page = made(pdf(lines(*filler("oak"), None, "The committee published its report on the admi-",
                          "nistration of water, as the report of the spring had asked.")))  # fmt: skip
    quote = "its report on the administration of water"
    assert len(page.boxes(quote)) == 2
    assert page.under(page.boxes(quote)) == plain(quote)


def test_columns_keep_apart(made: Callable[[bytes], Pages]) -> None:
    """A sentence that goes on in the second column is boxed in both, and nothing between them is."""
    left = [f"left column line {name} of" for name in ("one", "two", "three", "four")]
    right = [f"right column line {name} of" for name in ("one", "two", "three")] + ["the end of it."]
    page = made(pdf(together(lines(*left, x=60), lines(*right, x=320))))
    quote = "line four of right column line one of right"
    boxes = page.boxes(quote)
    assert page.under(boxes) == plain(quote)
    assert [box.left > 0.5 for box in boxes] == [False, True, True]


def test_columns_drawn_line_by_line_are_boxed_in_pieces(made: Callable[[bytes], Pages]) -> None:
    """Where the lines of two columns are drawn in turn, a quote is put together of whole lines."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        rows = [("The northern province has", "The southern province has"), ("many rivers.", "very few.")]
        for y, row in zip((700, 685), rows, strict=True):
            for x, words in zip((60, 320), row, strict=True):
                canvas.drawString(x, y, words)

    page = made(pdf(draw))
    boxes = boxes_of(Quoted("The northern province has many rivers."), page.text())
    assert page.under(boxes) == plain("The northern province has many rivers.")


def test_over_a_page_break_both_pages_are_boxed(made: Callable[[bytes], Pages]) -> None:
    """Each page has the boxes of its part; of a word cut by the page, the half that stands there."""
    first = ["The committee published its report on the policy of water, and its respon-"]
    second = ["sibility for the budget was told apart from that of the ministry.", None, *filler("elm")]
    page = made(pdf(lines(*filler("oak"), None, *first), lines(*second)))
    quote = "and its responsibility for the budget was told apart"
    assert page.under(page.boxes(quote, 1), 1) == plain("and its respon")
    assert page.under(page.boxes(quote, 2), 2) == plain("for the budget was told apart")
    assert page.boxes(quote, 3) == ()


@pytest.mark.parametrize("angle", [90, 180, 270])
@pytest.mark.parametrize("cropped", [False, True])
def test_turned_and_cropped_pages(made: Callable[[bytes], Pages], angle: int, cropped: bool) -> None:
    """The boxes stand where the words are seen, however the page is turned and cut."""
    writer = PdfWriter(PdfReader(io.BytesIO(pdf(lines(*filler("oak"), None, QUOTE, None, *filler("elm"))))))
    writer.pages[0].rotate(angle)
    if cropped:
        writer.pages[0].cropbox = RectangleObject((60, 500, 560, 800))
    data = io.BytesIO()
    writer.write(data)
    page = made(data.getvalue())
    (box,) = page.boxes(QUOTE)
    assert page.under((box,)) == plain(QUOTE)
    assert 0 < box.left < box.right < 1
    assert 0 < box.top < box.bottom < 1
    assert (box.bottom - box.top > box.right - box.left) == (angle != 180)


def test_words_that_are_cropped_away_have_no_box(made: Callable[[bytes], Pages]) -> None:
    """They are in the file's text and nowhere to be seen."""
    writer = PdfWriter(PdfReader(io.BytesIO(pdf(lines(*filler("oak"), None, QUOTE)))))
    writer.pages[0].cropbox = RectangleObject((0, 0, 595, 500))
    data = io.BytesIO()
    writer.write(data)
    page = made(data.getvalue())
    assert QUOTE in page.document.text
    assert page.boxes(QUOTE) == ()


def test_a_row_of_a_table_is_boxed(made: Callable[[bytes], Pages]) -> None:
    """The cells of a row make one box; the rows above and below stay out of it."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for row, words in enumerate(("Year Exports Imports", "1954 310 275", "1955 310 290")):
            for column, word in enumerate(words.split()):
                canvas.drawString(70 + 150 * column, 700 - 20 * row, word)

    page = made(pdf(draw))
    (box,) = page.boxes("1955 310 290")
    assert page.under((box,)) == "1955310290"


def test_of_a_quote_that_stands_twice_the_cited_one_is_boxed(made: Callable[[bytes], Pages]) -> None:
    """What stands before and after it tells the places apart."""
    page = made(
        pdf(lines(*filler("oak"), None, QUOTE, None, *filler("elm"), None, QUOTE, None, *filler("ash")))
    )
    (first,) = page.boxes(QUOTE)
    (second,) = page.boxes(QUOTE, after=page.document.text.index(QUOTE) + 1)
    assert second.top > first.bottom + 0.05
    assert page.under((first,)) == page.under((second,)) == plain(QUOTE)


def test_places_that_nothing_tells_apart_are_not_boxed(made: Callable[[bytes], Pages]) -> None:
    """Of two places with nothing around them that differs, neither is taken."""
    page = made(pdf(lines("Yes.", None, "Yes.")))
    assert boxes_of(Quoted("Yes."), page.text()) == ()


@pytest.mark.parametrize(
    "absent",
    [
        "The tenant may renew it twice",
        "in writing notice by",
        "",
        "—",
        "renew it once, for six years",
        "1931",
    ],
)
def test_what_does_not_stand_there_has_no_box(made: Callable[[bytes], Pages], absent: str) -> None:
    """Other words, the same words in another order and signs alone are nowhere."""
    page = made(pdf(lines(*filler("oak"), None, QUOTE, None, *filler("elm"))))
    assert boxes_of(Quoted(absent, "", QUOTE), page.text()) == ()


def test_words_drawn_over_others_have_no_box(made: Callable[[bytes], Pages]) -> None:
    """A box that would hold a stranger's words too is not drawn."""
    page = made(pdf(together(lines(QUOTE), lines("Something else is printed over the very line.", x=73))))
    assert boxes_of(Quoted(QUOTE), page.text()) == ()


def test_arabic_is_boxed(made: Callable[[bytes], Pages]) -> None:
    """Drawn from left to right as it is seen: the words of a line, and a number amid them."""
    page = made(drawn("1930 ماع يف ةيقافتا ةموكحلا تعقو", ".ةدحتملا ةكلمملا عم"))
    quote = "اتفاقية في عام 1930 مع المملكة"
    first, second = boxes_of(Quoted(quote), page.text())
    assert sorted(page.under((first, second))) == sorted(plain(quote))
    (beginning,) = boxes_of(Quoted("وقعت الحكومة"), page.text())
    assert first.right < beginning.left
    assert second.top > first.bottom


@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
def test_arabic_printed_by_chromium_is_boxed(made: Callable[[bytes], Pages], tmp_path: Path) -> None:
    """Words that PDFium gives reversed and out of order, with numbers and Latin names amid them."""
    sentences = [
        "وقعت الحكومة العراقية في عام 1930 اتفاقية مع المملكة المتحدة.",
        "أعلنت شركة Shell البريطانية في عام ٢٠١٤ لأن الآبار الأولى بدأت العمل.",
        "ولا تتجاوز الرسوم 300,000 دينار للآخرين",
    ]
    body = f'<html dir="rtl"><meta charset="utf-8"><p style="width: 20em">{" ".join(sentences)}</p>'
    (tmp_path / "page.html").write_text(body, encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    profile, printed = f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={tmp_path / 'a.pdf'}"
    subprocess.run(
        [*command, profile, printed, "page.html"], cwd=tmp_path, check=True, capture_output=True, timeout=120
    )
    page = made((tmp_path / "a.pdf").read_bytes())
    for sentence in sentences:
        boxes = page.boxes(sentence)
        assert boxes, sentence
        assert sorted(page.under(boxes)) == sorted(plain(sentence))


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=6), min_size=1, max_size=30), st.data())
def test_boxes_hold_the_quote_or_nothing(words: list[str], data: st.DataObject) -> None:
    """Whatever the words and the quote: under the boxes are its letters, in order, or there are none."""
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    page = PageText(_page(words))
    quoted = Quoted(" ".join(words[first:last]), " ".join(words[:first]), " ".join(words[last:]))
    boxes = boxes_of(quoted, page)
    held = [
        glyph.text
        for box in boxes
        for glyph in page.glyphs
        if box.left <= (glyph.box.left + glyph.box.right) / 2 <= box.right
        and box.top <= (glyph.box.top + glyph.box.bottom) / 2 <= box.bottom
    ]
    assert "".join(held) == (letters_of(quoted.text) if boxes else "")
    assert boxes or len(letters_of(" ".join(words))) < 12 or " ".join(words).count(quoted.text) > 1


def _page(words: list[str]) -> list[Glyph]:
    """The words as they are drawn, four to a line, each glyph ten points wide."""
    page = []
    for at, word in enumerate(words):
        row, column = divmod(at, 4)
        for place, letter in enumerate([*word, " "]):
            x = 0.2 * column + 0.02 * place
            box = Box(x, 0.1 * row, x + 0.018, 0.1 * row + 0.05)
            page.append(Glyph(letter, box, 0.0, 500 * x, -100.0 * row, 10.0))
    return page
