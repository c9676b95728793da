"""How many characters and numbers of a printed page are recognised rightly, however it lies, and how fast.

`python -m tests.measure.ocr [FILE...]` prints each document (by default the samples) with chromium, in a
face of its script, draws its pages as a scanner would, and compares what is recognised in them with what
they were printed from. A character is wrong if it takes an edit to mend it (Levenshtein), of all
characters but spaces; a number is right if it is among those recognised, as it was written.
"""

import argparse
import html
import io
import re
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

from ingest.ocr.lines import picture_lines
from ingest.ocr.straighten import turned
from ingest.ocr.tesseract import Tesseract, tesseract
from ingest.read import read

SAMPLES = Path(__file__).parents[2] / "app" / "samples"
_NUMBER = re.compile(r"\d[\d.,:/–-]*\d|\d")
_STYLE = "body { font: 12pt/1.5 'Noto Serif', 'Noto Naskh Arabic', serif; margin: 0 } h1 { font-size: 18pt }"
Change = Callable[[Image.Image], Image.Image]


@dataclass(frozen=True, slots=True)
class Printed:
    """A page's text as it was printed, and the page at 72 dots an inch times `scale`."""

    text: str
    page: Callable[[float], Image.Image]


def printed(file: Path) -> Iterator[Printed]:
    """The pages of the document, printed by chromium; what stands on each is told by PDFium."""
    document = read(file.read_bytes(), file.name)
    language = document.blocks[-1].language
    body = "".join(
        f"<{tag}>{html.escape(document.text[block.start : block.end])}</{tag}>"
        for block in document.blocks
        for tag in ["h1" if block.kind == "heading" else "p"]
    )
    direction = "rtl" if language == "ar" else "ltr"
    page = f'<meta charset="utf-8"><style>{_STYLE}</style><body dir="{direction}" lang="{language}">{body}'
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command = ["chromium", *options, f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        data = target.read_bytes()
    pdf = pypdfium2.PdfDocument(data)
    for number, text in enumerate(_cut(document.text, [_letters(each) for each in pdf])):
        yield Printed(
            text, lambda scale, sheet=pdf[number]: sheet.render(scale=scale, grayscale=True).to_pil()
        )


def _letters(page: pypdfium2.PdfPage) -> int:
    """How many characters but spaces and hyphens stand on the page; none of them can be lost in order."""
    return len(re.sub(r"\W", "", page.get_textpage().get_text_bounded()))


def _cut(text: str, lengths: Sequence[int]) -> Iterator[str]:
    """The text cut where so many letters and digits have passed."""
    places = [match.end() for match in re.finditer(r"\w", text)]
    start = passed = 0
    for length in lengths:
        passed += length
        end = places[passed] - 1 if passed < len(places) else len(text)
        yield text[start:end]
        start = end


def errors(right: str, found: str) -> int:
    """Edits of a character that turn the one into the other."""
    ramp = np.arange(len(found) + 1)
    row, codes = ramp.copy(), np.array([ord(c) for c in found])
    for n, character in enumerate(right, 1):
        changed = np.minimum(row[1:] + 1, row[:-1] + (codes != ord(character)))
        row = np.minimum.accumulate(np.concatenate(([n], changed)) - ramp) + ramp
    return int(row[-1])


def _dense(text: str) -> str:
    return "".join(text.split())


def noisy(page: Image.Image) -> Image.Image:
    """A photocopy of it: blurred, speckled, grey."""
    blurred = np.asarray(page.filter(ImageFilter.GaussianBlur(1.2)), dtype=np.float32)
    speckled = 30 + blurred * 0.75 + np.random.default_rng(1).normal(0, 18, blurred.shape)
    return Image.fromarray(np.clip(speckled, 0, 255).astype(np.uint8))


def with_picture(page: Image.Image) -> Image.Image:
    """The page with a photograph's worth of grey below its text."""
    rng = np.random.default_rng(2)
    photo = Image.fromarray(rng.integers(40, 220, (60, 90), dtype=np.uint8))
    wide = page.width // 2
    mixed = Image.new("L", (page.width, page.height + wide), 255)
    mixed.paste(page)
    mixed.paste(photo.resize((wide, wide * 2 // 3), Image.Resampling.BICUBIC), (wide // 2, page.height))
    return mixed


def as_jpeg(page: Image.Image) -> Image.Image:
    """The page as a poor scanner stores it."""
    data = io.BytesIO()
    page.save(data, "JPEG", quality=25)
    return Image.open(data).convert("L")


CASES: tuple[tuple[str, int, Change], ...] = (
    ("300 dpi", 300, lambda page: page),
    ("200 dpi", 200, lambda page: page),
    ("150 dpi", 150, lambda page: page),
    ("200 dpi, JPEG of quality 25", 200, as_jpeg),
    ("200 dpi, photocopied", 200, noisy),
    ("200 dpi, with a picture", 200, with_picture),
    ("200 dpi, 3 degrees askew", 200, lambda page: turned(page, 3).picture),
    ("200 dpi, 40 degrees askew", 200, lambda page: turned(page, -40).picture),
    ("200 dpi, on its side", 200, lambda page: turned(page, 90).picture),
    ("200 dpi, upside down", 200, lambda page: turned(page, 180).picture),
)


def measure(pages: Sequence[Printed], dpi: int, change: Change, recogniser: Tesseract) -> str:
    """A row of the table: characters wrong, numbers right, mean confidence, seconds a page."""
    wrong = characters = numbers = found = 0
    confidences: list[int] = []
    seconds = 0.0
    for printed_page in pages:
        picture = change(printed_page.page(dpi / 72))
        picture = picture.resize((picture.width * 300 // dpi, picture.height * 300 // dpi))  # as it is drawn
        started = time.perf_counter()
        page = recogniser.recognise(picture)
        seconds += time.perf_counter() - started
        text = " ".join(line.text for line in picture_lines({1: page}, 1)[0])
        confidences.append(page.confidence)
        wrong += errors(_dense(printed_page.text), _dense(text))
        characters += len(_dense(printed_page.text))
        wanted, got = (Counter(_NUMBER.findall(each.replace("–", "-"))) for each in (printed_page.text, text))
        numbers += wanted.total()
        found += (wanted & got).total()
    return (
        f"{wrong / characters:.1%} | {found} of {numbers} | {np.mean(confidences):.0f} | "
        f"{seconds / len(pages):.1f}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--languages", default="eng,ara")
    args = parser.parse_args()
    recogniser = tesseract(args.languages.split(","))
    if recogniser is None:
        raise SystemExit("expected tesserocr and its data, found none: see mustanad doctor")
    for file in args.files or [SAMPLES / "chronology.md", SAMPLES / "strategic-dialogue-ar.md"]:
        pages = list(printed(file))
        print(f"\n| {file.name}, {len(pages)} pages | characters wrong | numbers | confidence | seconds |")
        print("|---|--:|--:|--:|--:|")
        for name, dpi, change in CASES:
            print(f"| {name} | {measure(pages, dpi, change, recogniser)} |", flush=True)


if __name__ == "__main__":
    main()
