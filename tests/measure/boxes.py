"""How many sentences of real PDFs are boxed on their page, how exactly, and how soon a page is shown.

`python -m tests.measure.boxes FOLDER...` reads every PDF under the folders and takes 300 of their
sentences at random, the same at each run. Of each it asks for the boxes, and then, apart from the
product's own code, what PDFium reads in them: exact means that these are the sentence's letters, in
order. A page is timed as the chat shows it: its boxes and its picture, made anew.
"""

import argparse
import ctypes
import random
import statistics
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from app.pages.places import Box, quoted_on
from app.pages.renderer import PdfFile, PdfPages
from index.ingesting.reading import Read, read_apart
from index.ingesting.scan import scan
from ingest.document import Document, Span
from ingest.settings import Settings

_WORDS = 3  # that make a sentence; less is a table's cell


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a file's document."""

    file: PdfFile
    document: Document
    span: Span

    @property
    def text(self) -> str:
        return self.document.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Shown:
    """What became of a sentence: what its boxes hold, None without boxes, and the seconds of each page."""

    sentence: Sentence
    read: str | None
    seconds: tuple[float, ...]

    @property
    def exact(self) -> bool:
        return self.read == plain(self.sentence.text)


def sentences(folders: Sequence[Path], n: int, seed: int) -> list[Sentence]:
    """The same `n` sentences of the folders' PDFs at each run; all of them where there are fewer."""
    settings = Settings()
    sources = [source for source in scan(folders, {}, settings, True).sources if source.path.endswith(".pdf")]
    found: list[Sentence] = []
    for source, outcome in zip(sources, read_apart(sources, settings), strict=True):
        if isinstance(outcome, Read):
            file = PdfFile(Path(source.path), outcome.document.sha256)
            spans = {span for passage in outcome.passages for span in passage.sentences}
            ordered = sorted(spans, key=lambda span: span.start)
            found += (Sentence(file, outcome.document, span) for span in ordered)
    whole = [sentence for sentence in found if len(sentence.text.split()) >= _WORDS]
    return random.Random(seed).sample(whole, min(n, len(whole)))


def shown(sentence: Sentence, pages: PdfPages) -> Shown:
    """The sentence as the chat would show it, on every page that it stands on."""
    texts, seconds = [], []
    for page in sentence.document.pages_of(sentence.span):
        quoted = quoted_on(sentence.document, sentence.span, page.number)
        assert quoted is not None
        started = time.perf_counter()
        sheet = pages.sheet(sentence.file, page.number, [quoted])
        pages.picture(sentence.file, page.number)
        seconds.append(time.perf_counter() - started)
        texts.append(plain("".join(read_back(sentence.file, page.number, sheet.boxes[0]))))
    return Shown(sentence, "".join(texts) if all(texts) else None, tuple(seconds))


def plain(text: str) -> str:
    """The letters and digits of a text in the forms that a keyboard types, without accents."""
    kept = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Lm")
    return "".join(c for c in unicodedata.normalize("NFKD", kept) if unicodedata.category(c)[0] in "LN")


def read_back(file: PdfFile, number: int, boxes: Sequence[Box]) -> Iterator[str]:
    """The characters of the page, in PDFium's order, whose centre lies in one of the boxes, box after box."""
    with pypdfium2.PdfDocument(file.path) as document:
        page = document[number - 1]
        text = page.get_textpage()
        width, height = (round(size * 100) for size in page.get_size())
        x, y = ctypes.c_int(), ctypes.c_int()
        places = []
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            middle = (left + right) / 2, (bottom + top) / 2
            pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, *middle, x, y)
            places.append((x.value / width, y.value / height, chr(pdfium.FPDFText_GetUnicode(text, index))))
    for box in boxes:
        for across, down, character in places:
            if box.left <= across <= box.right and box.top <= down <= box.bottom:
                yield character


def report(results: Sequence[Shown]) -> str:
    """The figures, and every sentence that was missed or is not exact."""
    boxed = [result for result in results if result.read is not None]
    exact = [result for result in boxed if result.exact]
    times = sorted(1000 * second for result in results for second in result.seconds)
    lines = [
        f"{len(results)} sentences: {len(boxed)} boxed ({len(boxed) / len(results):.1%}), "
        f"of these {len(exact)} exactly ({len(exact) / max(len(boxed), 1):.1%})",
        f"a page with its boxes: median {statistics.median(times):.0f} ms, "
        f"p95 {times[int(0.95 * (len(times) - 1))]:.0f} ms",
    ]
    for result in results:
        if not result.exact:
            state = "no box" if result.read is None else f"reads {result.read[:80]!r}"
            numbers = [page.number for page in result.sentence.document.pages_of(result.sentence.span)]
            lines.append(f"{result.sentence.file.path.name} {numbers}, {state}: {result.sentence.text[:80]}")
    return "\n".join(lines)


def main() -> None:
    """Measures what the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--n", type=int, default=300, help="sentences (default: 300)")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chosen = sentences(given.folders, given.n, given.seed)
    pages = PdfPages(Settings())
    try:
        print(report([shown(sentence, pages) for sentence in chosen]))
    finally:
        pages.close()


if __name__ == "__main__":
    main()
