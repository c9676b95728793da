"""How much of what was written comes back from PDFs that a browser prints: words, in their order.

`python -m tests.measure.printed` has Chromium print pages of our own, English and Arabic, in one column and
in two, with tables, notes, raised figures and numbers of all kinds, and reads them. Of each kind it says what
share of the words comes back, and what share of them in order, as the longest common subsequence tells it.
"""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory

import lxml.html

from ingest.read import read

_ENGLISH = (
    "The harbour of Port Alder was dredged in 1931, and again twenty-two years later, when the silt of the "
    "river had filled the channel to a depth of 4.5 metres.",
    "Its pilots, most of whom had learnt their trade on the grain ships (some of them under sail), objected "
    "to the new dues: 12% of the freight, or £3/4 a ton on 15/04/1932.",
    "The commission of 1920–1924 had warned that no dredger would keep the bar open for long; its report, "
    "No. 45/2019 of the archive, was not printed until the dues had been paid.",
    "Two light vessels, the Alma and the Gannet, lay off the bar at 51°20' north; each carried nine men.",
)
_ARABIC = (
    "افتُتح ميناء البصرة في عام 1930، وبلغت كلفته 3/4 من ميزانية المدينة، أي نحو 12.5% من الدخل العام.",
    "وُقّع العقد رقم 45/2019 بتاريخ 2015/03/17 بين الشركة والحكومة، ونُشر في الجريدة الرسمية (العدد 4021).",
    "وتغيّرت الرسوم بين عامي 1914-1918 ثم في المدة 2020–2024، فبلغت 300,000 دينار للسفينة الواحدة.",
    "أعلنت شركة Shell البريطانية في عام ٢٠١٤ أن الآبار الأولى بدأت العمل، وأن الإنتاج زاد ٥٠٪ على الأقل.",
)
_STYLE = "<style>body{font-size:12pt} .two{columns:2;column-gap:2em} td,th{padding:2px 9px}</style>"


def _paragraphs(texts: Sequence[str], times: int = 1) -> str:
    return "".join(f"<p>{text}</p>" for text in texts * times)


def _table(rows: Sequence[Sequence[str]], border: int) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table border={border}>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


_ENGLISH_ROWS = (
    ("Harbour", "Opened", "Depth", "Dues"),
    ("Port Alder", "1931", "4.5 m", "£0.75"),
    ("Saint Brannoc and its outer roads", "1907", "11 m", "£1,200"),
    ("Wick", "1868", "3 m", "none"),
)
_ARABIC_ROWS = (
    ("الميناء", "سنة الافتتاح", "العمق", "الرسوم"),
    ("البصرة", "1930", "9.5", "300,000"),
    ("الفاو وما حولها", "٢٠١٢", "١٩", "٪١٢"),
    ("أم قصر", "1967", "12", "45/2019"),
)
_RAISED = (
    "The dues were $320<sup>1</sup> for members and $450<sup>2</sup> for guests, of 10<sup>6</sup> litres.",
    "The shed covers 300 m<sup>2</sup>, holds CO<sub>2</sub> and opened on the 14<sup>th</sup> of May.",
)
_NOTES = "".join(
    f"<p style='font-size:8pt'><sup>{number}</sup> {note}</p>"
    for number, note in ((1, "Payable in March."), (2, "At once."))
)
PAGES = {
    "English": _paragraphs(_ENGLISH, 2),
    "English, two columns": f"<div class=two>{_paragraphs(_ENGLISH, 2)}</div>",
    "English, ruled table": _paragraphs(_ENGLISH[:1]) + _table(_ENGLISH_ROWS, 1) + _paragraphs(_ENGLISH[1:2]),
    "English, table without rules": _paragraphs(_ENGLISH[:1]) + _table(_ENGLISH_ROWS, 0),
    "raised figures and notes": _paragraphs((*_RAISED, *_ENGLISH[:2])) + _NOTES,
    "Arabic": _paragraphs(_ARABIC, 2),
    "Arabic, two columns": f"<div class=two>{_paragraphs(_ARABIC, 2)}</div>",
    "Arabic, ruled table": _paragraphs(_ARABIC[:1]) + _table(_ARABIC_ROWS, 1) + _paragraphs(_ARABIC[1:2]),
    "Arabic in an English text": _paragraphs((_ENGLISH[0], f"It reads: «{_ARABIC[0]}»", _ENGLISH[1])),
}


def printed(html: str, folder: Path) -> bytes:
    """The page as Chromium prints it."""
    (folder / "page.html").write_text(html, encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    options = [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={folder / 'page.pdf'}"]
    subprocess.run(
        [*command, *options, "page.html"], cwd=folder, check=True, capture_output=True, timeout=120
    )
    return (folder / "page.pdf").read_bytes()


def main() -> None:
    """Prints a line of shares for each kind of page."""
    print("| printed page | words | found | in order |\n|---|--:|--:|--:|")
    with TemporaryDirectory() as folder:
        for name, body in PAGES.items():
            way = "rtl" if name.startswith("Arabic") and "English" not in name else "ltr"
            html = f"<html dir={way}><meta charset=utf-8>{_STYLE}{body}</html>"
            written = list(words(html))
            back = read(printed(html, Path(folder)), "page.pdf").text.split()
            found = (Counter(written) & Counter(back)).total() / len(written)
            blocks = SequenceMatcher(None, written, back, autojunk=False).get_matching_blocks()
            ordered = sum(block.size for block in blocks) / len(written)
            print(f"| {name} | {len(written)} | {found:.3f} | {ordered:.3f} |")
            if "-v" in sys.argv:
                print([word for word in written if word not in back], [w for w in back if w not in written])


def words(html: str) -> Iterator[str]:
    """The words of the page as they are kept: raised figures by their superscripts."""
    page = lxml.html.fromstring(html)
    raised, lowered = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)), dict(zip("2", "₂", strict=True))
    for each in page.iter("sup", "sub"):
        form = raised if each.tag == "sup" else lowered
        each.text = "".join(form.get(c, c) for c in each.text)
    for block in page.iter("p", "td"):
        yield from block.text_content().split()


if __name__ == "__main__":
    main()
