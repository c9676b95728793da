"""Fuzzing the readers: valid files with a few bytes wrong; run by hand, it is no test.

    python -m tests.measure.fuzz_readers --minutes 20 --keep FOLDER [KIND...]

Every file must end as a document that keeps its promises or as a ReadError that a person
understands, in seconds and within 2 GiB. What does not is printed once for each place in the code
where it goes wrong, as small as hypothesis makes it, and kept in FOLDER. The file in hand lies there as
`now.<kind>`: it is what a crash of the whole process leaves behind.
"""

import argparse
import io
import resource
import signal
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterable
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from typing import Any

import docx
import pptx
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from app.phrases.reasons import worded
from ingest.characters import normalise
from ingest.document import Document
from ingest.errors import ReadError
from ingest.passages import passages_of
from ingest.read import attachments, read
from tests.ingest.test_read_epub import book, xhtml
from tests.ingest.test_read_msg import LETTER, SENT, message
from tests.ingest.test_read_office import saved, with_footnotes
from tests.ingest.test_read_opendocument import NUMBERED, packed
from tests.ingest.test_read_pdf import filler, framed
from tests.ingest.test_read_sheets import workbook
from tests.support.compound import compound

_SECONDS = 20  # for one file, which takes a hundredth of one when nothing is wrong
_MEMORY = 2 << 30
_MARKUP = (
    b"<title>On cats</title><nav><a href='#'>Home</a></nav><main><h1>Cats</h1><p>Cats purr.<sup><a "
    b"href='#n1' id='r1'>1</a></sup> They sleep &amp; eat &eacute;clairs.</p><ol start=3 type=a><li>One"
    b"<ul><li>Two</ul></ol><table><tr><th>A<th>B<tr><td rowspan=2>1<td>2</table><pre>a\n b</pre><p "
    b"id=n1><a href='#r1'>1</a> A note.</p><button aria-controls=p>More</button><div id=p hidden>"
    b"<math><msup><mi>x</mi><mn>2</mn></msup></math></div></main><footer>Foot</footer>"
)
_MARKDOWN = (
    b"---\ntitle: On cats\ndate: 2021-03-04\n---\n# Cats\n\nCats *purr*.[^1] `code` [link](http://x)\n\n"
    b"1. One\n   - Two\n\n> Quoted\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n```\nfenced\n```\n\n[^1]: A note.\n"
)
_TEXT = (
    "ON CATS\n\nCats purr when they are con-\ntent. قطة تنام.\n\n1. One\n2. Two\n   more of it\n\n"
    "\f2\n\nON CATS\n\nThey sleep.\u2028 Always.\n"
).encode()


def _word() -> bytes:
    document = docx.Document()
    document.add_heading("Cats", 1)
    purring = document.add_paragraph("Cats purr.", "List Number")
    purring.add_run("2").font.superscript = True
    document.add_comment(purring.runs, "Do they?", "A Dog")
    document.sections[0].header.paragraphs[0].text = "On cats"
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "merged"
    return with_footnotes(saved(document), '<w:footnote w:id="2"><w:p/></w:footnote>')


def _slides() -> bytes:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Cats"
    slide.placeholders[1].text = "Cats purr.\nThey sleep."
    slide.notes_slide.notes_text_frame.text = "A note."
    slide.shapes.add_table(2, 2, 0, 0, 9, 9).table.cell(0, 0).text = "cell"
    return saved(deck)


def _pages() -> bytes:
    """Three pages whose streams are not packed, so that what is edited in them is still a stream."""
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=0)
    canvas.bookmarkPage("cats")
    canvas.addOutlineEntry("Cats", "cats")
    canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
    for label in ("i", "ii", "iii"):
        framed(label, ("Cats", 20, "Helvetica-Bold"), None, *filler("oak", "elm"))(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _book() -> bytes:
    chapter = xhtml(_MARKUP.decode().replace("<table>", "<p>").replace("&eacute;", "e"))
    return book({"nav.xhtml": xhtml("<nav/>"), "one.xhtml": chapter}, missing=("two.xhtml",))


def _mail() -> bytes:
    """A mail in a mail, with a table and a text attached."""
    inner, outer = EmailMessage(), EmailMessage()
    for mail, subject in ((inner, "Cats"), (outer, "Fwd: caf\u00e9")):
        mail["Subject"], mail["From"] = subject, "Zo\u00eb <zoe@cats.example>"
        mail["Date"] = "Fri, 07 Mar 2025 23:30:00 -0500"
        mail.set_content("Cats purr.\n> They sleep.")
        mail.add_alternative("<p>Cats <b>purr</b>.", subtype="html")
        mail.add_attachment(b"a,b\n1,2\n", maintype="text", subtype="csv", filename="cats.csv")
    outer.add_attachment(inner)
    return outer.as_bytes()


def _sheet() -> bytes:
    def fill(written: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["Cat", "Share", "Day"])
        sheet.merge_range(1, 0, 2, 0, "Tom", written.add_format({"num_format": "0.0%;[Red]-0"}))
        sheet.write_row(1, 1, [0.125, 45000], written.add_format({"num_format": "d.m.yy h:mm"}))
        sheet.write_comment(1, 1, "Sure?")

    return workbook(fill)


def _open_document() -> bytes:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body/></text:note>"
    table = (
        "<table:table><table:table-row><table:table-cell table:number-rows-spanned='2'/></table:table-row>"
    )
    lists = (
        "<text:list text:style-name='L1'><text:list-item><text:p>One</text:p></text:list-item></text:list>"
    )
    return packed("text", f"<text:p>Cats{note} purr.</text:p>{table}</table:table>{lists}", NUMBERED)


_RICH = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset204 A;}}{\stylesheet{\s1 heading 1;}}{\info{\title Cats}}"
    rb"\s1 Cats\par\pard\f0 caf\'e9 \u233?{\super 2}{\footnote Note.}\par"
    rb"\trowd\clvmgf\cellx1\cellx2\intbl A\cell B\cell\row"
    rb"{\listtext 1.}One{\field{\*\fldinst PAGE}{\fldrslt 1}}\par}"
)


SEEDS: dict[str, Callable[[], bytes]] = {
    "pdf": _pages,
    "docx": _word,
    "pptx": _slides,
    "epub": _book,
    "html": lambda: b"<!doctype html><html>" + _MARKUP,
    "md": lambda: _MARKDOWN,
    "txt": lambda: _TEXT,
    "eml": _mail,
    "msg": lambda: compound(message(LETTER, numbers={0x39: SENT})),
    "xlsx": _sheet,
    "csv": lambda: b'Cat;Share\nTom;"1,5"\n"Big\nJim";2\n',
    "odt": _open_document,
    "rtf": lambda: _RICH,
}
_ALWAYS_READ = ("html", "md", "txt")  # text cannot be damaged, but for what is no text at all
_FITTING = ("looks binary", "no text", "empty", "unsupported", "damaged: nested too deeply", "holds no text")
_TOKENS = (
    b"0 -1 9 99 2147483648 99999999999999999999 1e308 % / /Kids /Parent /Length << >> [ ] ( ) R obj endobj "
    b"stream endstream BT ET Tj TJ Tf Tm cm Do q Q &#0; &#xD800; &amp; < > <table> <td> <li> </p> <b> ]]> "
    b"<!-- --> ` ``` * _ [ [^1] ]( | --- # > \xff\xfe \xef\xbb\xbf \0 \xd8\0 \xc3 \x80 \xe2\x80\xae"
).split(b" ")
_EDIT = st.tuples(
    st.sampled_from("flip cut repeat token move".split()),
    st.floats(0, 1),
    st.floats(0, 1),
    st.integers(1, 40),
    st.sampled_from(_TOKENS),
)


def edited(data: bytes, edits: Iterable[tuple[str, float, float, int, bytes]]) -> bytes:
    """The data with these edits made, one after the other; places are shares of its length."""
    for what, place, other, length, token in edits:
        at, to = int(place * len(data)), int(other * len(data))
        head, part, tail = data[:at], data[at : at + length], data[at + length :]
        if what == "flip":
            data = head + bytes(byte ^ (1 << length % 8) for byte in part[:1]) + part[1:] + tail
        elif what == "cut":
            data = head + tail
        elif what == "repeat":
            data = head + part * length + tail
        elif what == "token":
            data = head + token + part + tail
        else:
            rest = head + tail
            data = rest[:to] + part + rest[to:]
    return data


@st.composite
def mutants(draw: st.DrawFn, valid: bytes) -> bytes:
    """The valid file, edited; of a container, usually one of its members."""
    edits = draw(st.lists(_EDIT, min_size=1, max_size=6))
    if not valid.startswith(b"PK") or draw(st.integers(0, 9)) == 0:
        return edited(valid, edits)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(valid)) as old, zipfile.ZipFile(out, "w") as new:
        members = [name for name in old.namelist() if name.endswith(("ml", "rels", "opf"))]
        chosen = draw(st.sampled_from(members))
        for name in old.namelist():
            new.writestr(name, edited(old.read(name), edits) if name == chosen else old.read(name))
    return out.getvalue()


def check(data: bytes, kind: str) -> None:
    """Read the file and hold the document, or the reason why there is none, to their promises."""
    try:
        document = read(data, f"file.{kind}")
    except ReadError as error:
        said = worded(error.reason)
        _check_reason(said)
        if kind in _ALWAYS_READ and not said.startswith(_FITTING):
            raise AssertionError(said) from error
        return
    _check_document(document)
    held = dict(attachments(data, f"file.{kind}"))
    assert [(one.name, one.size) for one in document.attachments] == [(a, len(b)) for a, b in held.items()]
    for passage in passages_of(document, 100):
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.text.strip(), "a passage without text"
        passage.indexed_text.encode()


def _check_reason(reason: str) -> None:
    assert 0 < len(reason) < 300, f"a reason of {len(reason)} characters"
    assert normalise(reason) == reason, f"a reason that is not one clean line: {reason!r}"


def _check_document(document: Document) -> None:
    for text in (document.text, document.title or "", *(page.label or "" for page in document.pages)):
        text.encode()
    for entry in document.unread:
        _check_reason(worded(entry.reason))
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text), f"{block} after {end}"
        end = block.end
    numbers = {page.number for page in document.pages}
    for span in document.page_spans:
        assert span.start < span.end <= len(document.text), f"{span} of {len(document.text)}"
        assert span.number in numbers, f"{span} on no page"


def _too_long(*_: object) -> None:
    raise TimeoutError(f"takes longer than {_SECONDS} s")


def fuzz(kind: str, valid: bytes, number: int, examples: int, folder: Path) -> tuple[str, str] | None:
    """One round; the place where something went wrong and what it was, None where nothing did."""
    last = b""

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(mutants(valid))
    def one(data: bytes) -> None:
        nonlocal last
        last = data
        (folder / f"now.{kind}").write_bytes(data)
        signal.alarm(_SECONDS)
        try:
            check(data, kind)
        finally:
            signal.alarm(0)

    try:
        one()
    except Exception as error:  # noqa: BLE001 whatever a reader raises is what is looked for
        frames = traceback.extract_tb(error.__traceback__)
        ours = [f for f in frames if "/ingest/" in f.filename or f.name.startswith(("check", "_check"))]
        place = f"{kind} {type(error).__name__} " + " ".join(f"{f.name}:{f.lineno}" for f in ours[-2:])
        (folder / f"{abs(hash(place)):x}.{kind}").write_bytes(last)
        return place, "".join(traceback.format_exception(error))
    return None


def main() -> None:
    """Round after round over the kinds until the time is up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", metavar="KIND", nargs="*", default=list(SEEDS))
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    args.keep.mkdir(parents=True, exist_ok=True)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    signal.signal(signal.SIGALRM, _too_long)
    valid = {kind: SEEDS[kind]() for kind in args.kinds}
    end = time.monotonic() + 60 * args.minutes
    seen: dict[str, int] = {}
    for number in count(args.seed):
        for kind, data in valid.items():
            if time.monotonic() > end:
                print(f"{number - args.seed} rounds, {len(seen)} findings: {seen}")
                sys.exit(bool(seen))
            found = fuzz(kind, data, number, 200, args.keep)
            if found:
                place, story = found
                seen[place] = seen.get(place, 0) + 1
                if seen[place] == 1:
                    print(f"=== {place}\n{story}", flush=True)


if __name__ == "__main__":
    main()
