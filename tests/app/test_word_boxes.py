"""A quote from a scan is boxed by the words that were recognised."""

from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image

from app.pages.places import Box, Part, quoted_on, word_boxes
from app.web.service.local import StoreService
from index import sync
from ingest.document import Span
from ingest.recognised import RecognisedPage, Word, WordLine
from ingest.settings import Settings
from tests.support.fakes import load_words
from tests.support.pictures import GREYS, GreyRecogniser, page_of, scan

LINE = WordLine(
    (
        Word("The", 90, 0.1, 0.2, 0.15, 0.22),
        Word("mill", 90, 0.2, 0.2, 0.3, 0.22),
        Word("1877", 0, 0.35, 0.21, 0.45, 0.22),
    ),
    True,
    0.02,
)
PAGE = RecognisedPage((page_of("Another line").lines[0], LINE))


def test_the_words_that_a_quote_holds_any_of_are_boxed() -> None:
    """One box around those of a line, whole words, a figure in doubt among them."""
    assert LINE.text == "The mill ▯"
    assert word_boxes((Part(1, 4, "mill"),), PAGE) == (Box(0.2, 0.2, 0.3, 0.22),)
    assert word_boxes((Part(1, 5, "ill ▯"),), PAGE) == (Box(0.2, 0.2, 0.45, 0.22),)
    both = (Part(0, 0, "Another line"), Part(1, 0, "The"))
    assert word_boxes(both, PAGE) == (Box(0.0, 0.1, 1.0, 0.12), Box(0.1, 0.2, 0.15, 0.22))


def test_nothing_is_boxed_where_other_words_are_recognised() -> None:
    """A page that was recognised anew since has no place for the quote."""
    assert word_boxes((Part(1, 4, "mall"),), PAGE) == ()
    assert word_boxes((Part(7, 0, "The"),), PAGE) == ()


def test_a_leaning_line_is_boxed_word_by_word() -> None:
    """One box around all would hold the lines above and below."""
    tops = [0.2, 0.3, 0.4]
    each = zip(LINE.words, tops, strict=True)
    words = tuple(replace(word, top=top, bottom=top + 0.02) for word, top in each)
    page = RecognisedPage((replace(LINE, words=words),))
    boxes = word_boxes((Part(0, 0, "The mill ▯"),), page)
    assert [box.top for box in boxes] == tops


def test_a_scan_and_a_picture_are_shown_with_their_words_boxed(tmp_path: Path) -> None:
    """Their pages are drawn, and the quote's words boxed where they were recognised."""
    folder = tmp_path / "docs"
    folder.mkdir()
    scan(folder / "scan.pdf", [160, 200])
    scan(folder / "photo.png", [120])
    settings = Settings(store=tmp_path / "store")
    recogniser = GreyRecogniser(tmp_path / "log")
    sync.ingest(settings, [folder], load_words, lambda _: None, find_recogniser=lambda _: recogniser)
    sync.recognise(settings, load_words, lambda _: None, find_recogniser=lambda _: recogniser)
    with closing(StoreService(settings, load_words)) as service:
        files = {file.path: file for file in service.status().files}
        for path, number, grey in (("docs/scan.pdf", 2, 200), ("docs/photo.png", 1, 120)):
            sha256 = files[path].sha256
            assert sha256 is not None
            assert service.has_pictures(sha256)
            document = service.document(sha256)
            start = document.text.index(GREYS[grey])
            quoted = quoted_on(document, Span(start, start + len(GREYS[grey])), number)
            assert quoted
            sheet = service.sheet(sha256, number, [quoted])
            assert sheet.boxes == ((Box(0.0, 0.1, 1.0, 0.12),),)
            assert abs(sheet.width / sheet.height - 85 / 110) < 0.01
            drawn = Image.open(BytesIO(service.picture(sha256, number))).convert("L")
            assert abs(drawn.getpixel((drawn.width // 2, drawn.height // 2)) - grey) <= 3
