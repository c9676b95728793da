"""Pages as pictures: of the right size and page, and a reason where there is none."""

import io
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from app.pages.places import Part
from app.pages.renderer import PdfFile, PdfPages
from ingest.settings import Settings
from tests.ingest.test_read_pdf import filler, lines, pdf
from tests.support.refused import refused


@pytest.fixture(scope="module")
def pages() -> Iterator[PdfPages]:
    """One process for all tests."""
    with closing(PdfPages(Settings())) as pages:
        yield pages


def made(folder: Path, data: bytes) -> PdfFile:
    """A file of these bytes."""
    path = folder / "made.pdf"
    path.write_bytes(data)
    return PdfFile(path, sha256(data).hexdigest())


def black(canvas: Canvas) -> None:
    """A page that is all black."""
    canvas.rect(0, 0, 595, 842, fill=1)


def test_a_page_is_a_jpeg_of_its_shape(pages: PdfPages, tmp_path: Path) -> None:
    """1200 pixels wide, as high as the page is; the page of the number, not its neighbour."""
    file = made(tmp_path, pdf(lines(*filler("oak")), black))
    first, second = (Image.open(io.BytesIO(pages.picture(file, number))) for number in (1, 2))
    assert first.format == "JPEG"
    assert first.size == (1200, round(1200 * 842 / 595) + 1)
    assert first.convert("L").getpixel((600, 1600)) == 255
    assert second.convert("L").getpixel((600, 1600)) == 0


def test_a_picture_shows_what_is_filled_in(pages: PdfPages, tmp_path: Path) -> None:
    """The field's words are drawn, as dark as those beside it."""

    def form(canvas: Canvas) -> None:
        canvas.acroForm.textfield(value="MMMMM", x=100, y=400, width=100, height=20, name="a", borderWidth=0)

    picture = Image.open(io.BytesIO(pages.picture(made(tmp_path, pdf(form)), 1))).convert("L")
    scale = 1200 / 595
    inside = (102 * scale, (842 - 418) * scale, 198 * scale, (842 - 402) * scale)
    assert picture.crop(tuple(map(round, inside))).getextrema()[0] < 60


def test_a_page_has_its_measures_and_boxes(pages: PdfPages, tmp_path: Path) -> None:
    """A turned page is as wide as it is shown; each quote has its boxes, in the order asked."""
    writer = PdfWriter(PdfReader(io.BytesIO(pdf(lines(*filler("oak"))))))
    writer.pages[0].rotate(90)
    data = io.BytesIO()
    writer.write(data)
    sheet = pages.sheet(
        made(tmp_path, data.getvalue()),
        1,
        [(Part(0, 0, "is not there"),), (Part(0, 0, "The paragraph of oak"),)],
    )
    assert (sheet.width, sheet.height) == (842, 595)
    assert [len(boxes) for boxes in sheet.boxes] == [0, 1]


def test_a_strip_of_paper_does_not_fill_the_memory(pages: PdfPages, tmp_path: Path) -> None:
    """A page far higher than wide gives a picture of bounded size."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(10, 14000))
    canvas.showPage()
    canvas.save()
    width, height = Image.open(io.BytesIO(pages.picture(made(tmp_path, data.getvalue()), 1))).size
    assert height <= 4801
    assert width < 10


@pytest.mark.parametrize("number", [0, -1, 3])
def test_a_page_that_is_not_there(pages: PdfPages, tmp_path: Path, number: int) -> None:
    """The error says which pages there are."""
    file = made(tmp_path, pdf(lines("one"), lines("two")))
    with refused("page_missing", last=2, page=number):
        pages.picture(file, number)


def test_what_is_no_pdf_has_no_pages(pages: PdfPages, tmp_path: Path) -> None:
    """Damage is a reason, and the process goes on to the next page."""
    file = made(tmp_path, b"%PDF-1.7 and nothing more")
    with refused("file_unopened"):
        pages.sheet(file, 1, [])
    assert pages.picture(made(tmp_path, pdf(lines("one"))), 1)


def test_a_fault_that_nobody_foresaw_is_a_reason_too(pages: PdfPages, tmp_path: Path) -> None:
    """Here a quote that no text can be compared with; the process goes on."""
    file = made(tmp_path, pdf(lines("one")))
    with refused("page_undrawn"):
        pages.sheet(file, 1, [7])  # type: ignore[list-item]
    assert pages.sheet(file, 1, []).boxes == ()
