"""The boxes of a quote: exactly its words, on pages of every shape, or none."""

import io
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text
from pypdf.generic import RectangleObject
from reportlab.pdfgen.canvas import Canvas

from app.pages.boxes import boxes_of
from app.pages.picture import opened, placing
from app.pages.places import Box, Part, quoted_on
from app.pages.renderer import PdfFile
from ingest.document import Document, Span
from ingest.pdf.one_page import lines_on
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
        if not quoted:
            return ()
        return boxes_of(quoted, lines_on(self._drawn, self.file.path, number), placing(self._drawn, number))

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


def test_over_a_page_break_both_pages_are_boxed(made: Callable[[bytes], Pages]) -> None:
    """Each page has the boxes of its part, of a word cut by the page too."""
    first = ["The committee published its report on the policy of water, and its respon-"]
    second = ["sibility for the budget was told apart from that of the ministry.", None, *filler("elm")]
    page = made(pdf(lines(*filler("oak"), None, *first), lines(*second)))
    quote = "and its responsibility for the budget was told apart"
    assert page.under(page.boxes(quote, 1), 1) == plain("and its respon")
    assert page.under(page.boxes(quote, 2), 2) == plain("sibility for the budget was told apart")
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


def test_what_is_filled_in_on_a_form_is_boxed(made: Callable[[bytes], Pages]) -> None:
    """Its label and it, each where it stands."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Surname:")
        canvas.acroForm.textfield(value="Holm", x=120, y=695, width=120, height=20, name="s")

    page = made(pdf(draw))
    label, value = page.boxes("Surname: Holm")
    assert label.left == pytest.approx(60 / 595, abs=1e-3)
    assert (value.left, value.right) == (
        pytest.approx(120 / 595, abs=1e-3), pytest.approx(240 / 595, abs=1e-3),
    )  # fmt: skip


def test_a_note_is_boxed_where_it_is_stuck(made: Callable[[bytes], Pages]) -> None:
    """Within the annotation; one that the page says too takes no other's place."""
    data = pdf(lambda canvas: canvas.drawString(60, 700, "Boats are for hire."))
    writer = PdfWriter(PdfReader(io.BytesIO(data)))
    writer.add_annotation(0, Text(text="Boats are for hire.", rect=(400, 500, 420, 520)))
    writer.add_annotation(0, Text(text="Not in winter.", rect=(300, 600, 320, 620)))
    stream = io.BytesIO()
    writer.write(stream)
    page = made(stream.getvalue())
    (box,) = page.boxes("Not in winter.")
    assert (box.left, box.right) == (pytest.approx(300 / 595, abs=1e-3), pytest.approx(320 / 595, abs=1e-3))
    assert 1 - 620 / 842 <= box.top < box.bottom <= 1 - 600 / 842
    assert len(page.boxes("Boats are for hire.")) == 1


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


def test_two_quotes_that_nothing_tells_apart_are_boxed_each_in_its_place(
    made: Callable[[bytes], Pages],
) -> None:
    """Where a quote stands is known from reading it."""
    page = made(pdf(lines("Yes.", None, "Yes.")))
    (first,) = page.boxes("Yes.")
    (second,) = page.boxes("Yes.", after=1)
    assert second.top > first.bottom


def test_words_drawn_over_others_are_boxed_where_they_stand(made: Callable[[bytes], Pages]) -> None:
    """The two lines are not mixed."""
    other = "Something else is printed over the very line."
    page = made(pdf(together(lines(QUOTE), lines(other, x=73))))
    ((first,), (second,)) = page.boxes(QUOTE), page.boxes(other)
    assert second.left - first.left == pytest.approx(3 / 595, abs=0.001)


def test_what_another_engine_would_read_has_no_box(made: Callable[[bytes], Pages]) -> None:
    """A line that says something else on the page than in the text is not the quote's."""
    page = made(pdf(lines(QUOTE)))
    place = placing(opened(page.file.path, page.file.sha256), 1)
    printed = lines_on(opened(page.file.path, page.file.sha256), page.file.path, 1)
    assert boxes_of((Part(0, 4, "tenant"),), printed, place)
    assert boxes_of((Part(0, 4, "tenants"),), printed, place) == ()
    assert boxes_of((Part(1, 0, "The tenant"),), printed, place) == ()
    assert boxes_of((), printed, place) == ()


def test_arabic_is_boxed(made: Callable[[bytes], Pages]) -> None:
    """Drawn from left to right as it is seen: the words of a line, and a number amid them."""
    page = made(drawn("1930 ماع يف ةيقافتا ةموكحلا تعقو", ".ةدحتملا ةكلمملا عم"))
    quote = "اتفاقية في عام 1930 مع المملكة"
    first, second = page.boxes(quote)
    assert sorted(page.under((first, second))) == sorted(plain(quote))
    (beginning,) = page.boxes("وقعت الحكومة")
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
def test_boxes_hold_the_quote(words: list[str], data: st.DataObject) -> None:
    """Whatever the words and the quote: under its boxes are its letters, in order."""
    with TemporaryDirectory() as folder:
        rows = [" ".join(words[at : at + 4]) for at in range(0, len(words), 4)]
        page = Pages(pdf(lines(*rows)), Path(folder))
        text = page.document.text
        start = data.draw(st.integers(0, len(text) - 1))
        quote = text[start : data.draw(st.integers(start + 1, len(text)))]
        boxes = page.boxes(quote, after=start)
        assert page.under(boxes) == plain(quote)
