"""PDFs: text in reading order with its structure, the names of pages, and a word on what was not read."""

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ByteStringObject, NameObject, NullObject, NumberObject, TextStringObject
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from app.phrases.reasons import worded
from ingest.blocks import Content, RawBlock, assemble
from ingest.document import Page, Span, Unread
from ingest.errors import ReadError
from ingest.pdf.read import read_pdf
from ingest.read import read
from ingest.reasons import Reason
from tests.support.refused import refused

ROBUST = Path(__file__).parents[3] / "shared" / "eval" / "pdf_robust"
BODY, BOLD = "Helvetica", "Helvetica-Bold"
Line = tuple[str, float, str]  # the text, its size in points, its font


def pdf(*draws: Callable[[Canvas], object], encrypt: StandardEncryption | None = None) -> bytes:
    """A PDF with a page for each of the functions that draw one."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), encrypt=encrypt)
    for draw in draws:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lines(*parts: str | Line | None, x: float = 70, top: float = 740) -> Callable[[Canvas], None]:
    """Draws the lines from `top` down; None leaves a gap."""

    def draw(canvas: Canvas) -> None:
        y = top
        for part in parts:
            text, size, font = (part, 11.0, BODY) if isinstance(part, str) else part or ("", 11.0, BODY)
            canvas.setFont(font, size)
            if part is not None:
                canvas.drawString(x, y, text)
            y -= size * 1.3

    return draw


def together(*draws: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
    """Draws all of it on one page, one after the other."""

    def draw(canvas: Canvas) -> None:
        for each in draws:
            each(canvas)

    return draw


def filler(*names: str) -> list[str]:
    """Full lines of a body, a paragraph that ends, told from others by the names."""
    return [f"The paragraph of {name} runs on over the whole width of the page and to" for name in names] + [
        f"the end of {names[-1]}."
    ]


def text(block: RawBlock) -> str:
    """The block's words."""
    return " ".join(piece.text for piece in block.pieces)


def texts(content: Content, *kinds: str) -> list[str]:
    """What the blocks say, of these kinds if any are named."""
    return [text(block) for block in content.blocks if not kinds or block.kind in kinds]


def framed(label: str, *parts: str | Line | None) -> Callable[[Canvas], None]:
    """A page with a running head and its number at the foot."""
    return together(
        lines(("The Annual Review of the Committee", 9, BODY), top=800),
        lines(*parts),
        lines((label, 9, BODY), top=40),
    )


def test_printed_numbers_are_labels_and_leave_with_the_running_head() -> None:
    """Roman, then Arabic, where the file itself names no labels; the head is told once, on its first page."""
    labels = ["i", "ii", "iii", "1", "2", "3", "4"]
    names = ["oak", "elm", "ash", "fir", "yew", "box", "bay"]
    content = read_pdf(
        pdf(*[framed(label, *filler(name, name + "s")) for label, name in zip(labels, names, strict=True)])
    )
    assert [page.label for page in content.pages] == labels
    assert [page.number for page in content.pages] == [1, 2, 3, 4, 5, 6, 7]
    assert texts(content, "paragraph") == [" ".join(filler(name, name + "s")) for name in names]
    assert texts(content, "running") == ["The Annual Review of the Committee"]
    assert len(content.blocks) == 8


@pytest.mark.parametrize("angle", [20, 45, 60, 90])
@pytest.mark.parametrize("first", [True, False])
def test_a_watermark_is_told_once(angle: int, first: bool) -> None:
    """Whole, however it slants, drawn before the text or after it; no line of the text holds any of it."""

    def marked(name: str) -> Callable[[Canvas], None]:
        def mark(canvas: Canvas) -> None:
            canvas.saveState()
            canvas.translate(200, 200)
            canvas.rotate(angle)
            canvas.setFont(BOLD, 60)
            canvas.drawString(0, 0, "DRAFT COPY")
            canvas.restoreState()

        drawn = (mark, lines(*filler(name)))
        return together(*(drawn if first else drawn[::-1]))

    content = read_pdf(pdf(*map(marked, ("oak", "elm", "ash"))))
    assert texts(content, "paragraph") == [" ".join(filler(name)) for name in ("oak", "elm", "ash")]
    assert content.blocks[-1].text == "DRAFT COPY"
    assert [raw.kind for raw in content.blocks] == ["paragraph"] * 3 + ["running"]


def test_each_page_is_told_as_it_is_read() -> None:
    """By its number, with how many there are."""
    told: list[tuple[int, int]] = []
    data = pdf(*[lines(*filler(name)) for name in ("elm", "ash", "fir")])
    read(data, "trees.pdf", on_page=lambda *page: told.append(page))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_labels_of_the_file_come_first() -> None:
    """Where the file names its pages ("ii", "A-1"), these are the labels."""

    def first(canvas: Canvas) -> None:
        canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
        canvas.addPageLabel(2, style="ARABIC", start=1, prefix="A-")
        lines(*filler("oak"))(canvas)

    content = read_pdf(pdf(first, *[lines(*filler(name)) for name in ("elm", "ash", "fir")]))
    assert list(content.pages) == [Page(1, "i"), Page(2, "ii"), Page(3, "A-1"), Page(4, "A-2")]


def test_pages_without_printed_numbers_have_no_label() -> None:
    """Nothing is made up."""
    content = read_pdf(pdf(*[lines(*filler(name)) for name in ("oak", "elm", "ash")]))
    assert [page.label for page in content.pages] == [None, None, None]


def test_outline_gives_headings_their_depth() -> None:
    """A line that the outline names is a heading of its depth, whatever its type."""

    def draw(canvas: Canvas) -> None:
        for key, level in (("Part One", 0), ("Its Chapter", 1), ("Its Section", 2)):
            canvas.bookmarkPage(key)
            canvas.addOutlineEntry(key, key, level=level)
        lines("Part One", None, "Its Chapter", None, "Its Section", None, *filler("oak", "elm", "ash"))(
            canvas
        )

    content = read_pdf(pdf(draw))
    headings = [(block.level, text(block)) for block in content.blocks if block.kind == "heading"]
    assert headings == [(1, "Part One"), (2, "Its Chapter"), (3, "Its Section")]


def test_large_and_bold_type_makes_headings() -> None:
    """Without an outline, size and weight tell the depth, and the largest first heading the title."""
    page = lines(
        ("The Water Report", 20, BODY), None, ("Findings of the Year", 15, BODY), None,
        *filler("oak", "elm"), None,
        ("A Bold Line", 11, BOLD), None, *filler("ash", "fir"),
    )  # fmt: skip
    content = read_pdf(pdf(page))
    headings = [(block.level, text(block)) for block in content.blocks if block.kind == "heading"]
    assert headings == [(1, "The Water Report"), (2, "Findings of the Year"), (3, "A Bold Line")]
    assert content.title == "The Water Report"
    assert len(texts(content, "paragraph")) == 2


def test_title_of_the_metadata_comes_first() -> None:
    """A title in the metadata is taken, one that names the file's maker is not."""

    def titled(title: str) -> str | None:
        def draw(canvas: Canvas) -> None:
            canvas.setTitle(title)
            lines(("The Water Report", 20, BODY), None, *filler("oak", "elm"))(canvas)

        return read_pdf(pdf(draw)).title

    assert titled("Water in the Year of Drought") == "Water in the Year of Drought"
    assert titled("Microsoft Word - draft 3.docx") == "The Water Report"
    assert titled("untitled") == "The Water Report"


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ("D:20210304101530+03'00'", "2021-03-04"),
        ("D:2021", "2021"),
        ("Thursday", None),
        ("", None),
        (b"\x80\xff", None),
        (7, None),
        (None, None),
    ],
)
def test_the_date_is_that_of_creation(given: str | bytes | float | None, date: str | None) -> None:
    """As the metadata give it, directly or in an object of its own; what is no date there is none."""
    writer = PdfWriter(io.BytesIO(pdf(lines(*filler("oak")))))
    kinds = {str: TextStringObject, bytes: ByteStringObject, int: NumberObject, type(None): NullObject}
    value = NullObject() if given is None else kinds[type(given)](given)
    for each in (value, writer._add_object(value)):
        writer._info[NameObject("/CreationDate")] = each
        stream = io.BytesIO()
        writer.write(stream)
        document = assemble("", read_pdf(stream.getvalue()))
        assert (document.date, len(document.blocks)) == (date, 1)


def test_hyphenated_word_is_whole_and_paragraph_runs_over_the_page() -> None:
    """One block, on both pages, which are both cited; the word cut by the page stands where it begins."""
    first = ["The committee published its report on the policy of water, which the admi-",
             "nistration of the time had asked for in a letter of the spring, and its respon-"]  # fmt: skip
    second = ["sibility for the budget was told apart from that of the ministry, as", "the report says."]
    document = assemble(
        "", read_pdf(pdf(lines(*filler("oak"), None, *first), lines(*second, None, *filler("elm"))))
    )
    block = document.blocks[1]
    words = document.text[block.start : block.end]
    assert "the administration of the time" in words
    assert "its responsibility for the budget" in words
    assert words.endswith("as the report says.")
    assert [page.number for page in document.pages_of(Span(block.start, block.end))] == [1, 2]
    at = document.text.index("responsibility")
    assert [page.number for page in document.pages_of(Span(at, at + 14))] == [1]


def test_a_soft_hyphen_that_is_drawn_is_a_hyphen() -> None:
    """As fonts have it within a line and at its end: a word keeps it, syllables do not."""
    words = "The well\u00adknown keeper of the lighthouse wrote a report on the hydro\u00ad"
    document = assemble(
        "", read_pdf(pdf(lines(words, "graphic works of the long\u00ad", "established town.")))
    )
    assert document.text == (
        "The well-known keeper of the lighthouse wrote a report on the hydrographic works of the "
        "long-established town."
    )


def test_footnote_in_small_type_leaves_the_sentence_that_it_interrupts() -> None:
    """The sentence goes on over the page as one block, and the note is its own block on its page."""
    first = lines(
        *filler("oak"), None,
        "The United States of America called on the country for a strategic dialogue1 and in",
        None, ("1. The author, A Title of a Book, 2013, page 21.", 8, BODY),
    )  # fmt: skip
    content = read_pdf(
        pdf(first, lines("Baghdad the letter was received, as is well known to the reader.", *filler("elm")))
    )
    assert texts(content, "footnote") == ["1. The author, A Title of a Book, 2013, page 21."]
    assert any("dialogue1 and in Baghdad the letter" in each for each in texts(content, "paragraph"))
    (note,) = [block for block in content.blocks if block.kind == "footnote"]
    assert note.pieces[0].page == 1


def test_bullets_are_items_and_their_lead_is_not() -> None:
    """Bullets of a text font and of a picture font open items, whole with their wrapped lines."""

    def dingbat(y: float) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("ZapfDingbats", 11)
            canvas.drawString(70, y, "l")
            canvas.setFont(BODY, 11)
            canvas.drawString(85, y, f"Goal at {'height' if y > 500 else 'depth'} of the list.")

        return draw

    page = together(
        lines(*filler("oak", "elm"), "The goals are:",
              "• The first goal runs on over the line to the next and",
              "ends there.", "• The second goal.", top=740),
        dingbat(520), dingbat(500),
    )  # fmt: skip
    assert texts(read_pdf(pdf(page)), "item") == [
        "• The first goal runs on over the line to the next and ends there.",
        "• The second goal.",
        "• Goal at height of the list.",
        "• Goal at depth of the list.",
    ]


def test_columns_are_read_one_after_the_other() -> None:
    """Two columns, drawn one after the other, do not mix, and a sentence goes on in the second."""
    left = [f"left column line {name} of" for name in ("one", "two", "three", "four")]
    right = [f"right column line {name} of" for name in ("one", "two", "three")] + ["the end of it."]
    content = read_pdf(pdf(together(lines(*left, x=60), lines(*right, x=320))))
    assert texts(content) == [" ".join(left + right)]


def image(canvas: Canvas) -> None:
    """A page that is a picture."""
    canvas.drawImage(ImageReader(Image.new("RGB", (8, 8), "gray")), 0, 0, 595, 842)


def test_page_that_is_a_picture_is_in_the_ledger() -> None:
    """The others are read, and the ledger names the pages without text."""
    content = read_pdf(pdf(lines(*filler("oak")), image, lines(*filler("elm")), image))
    assert list(content.unread) == [Unread((2, 4), Reason("no_text_layer"))]
    assert texts(content) == [" ".join(filler("oak")), " ".join(filler("elm"))]
    assert [page.number for page in content.pages] == [1, 2, 3, 4]


def test_scanned_page_with_a_stamped_number_is_in_the_ledger() -> None:
    """A page whose only text is the running head and its number was not read, and is not silently gone."""
    scanned = together(image, framed("2"))
    content = read_pdf(
        pdf(framed("1", *filler("oak")), scanned, framed("3", *filler("elm")), framed("4", *filler("ash")))
    )
    assert list(content.unread) == [Unread((2,), Reason("mostly_picture"))]
    assert [page.label for page in content.pages] == ["1", "2", "3", "4"]


def test_file_of_pictures_only_is_all_in_the_ledger() -> None:
    """A scan has no blocks, and each of its pages is told."""
    content = read_pdf(pdf(image, image))
    assert list(content.blocks) == []
    assert list(content.unread) == [Unread((1, 2), Reason("no_text_layer"))]


@pytest.mark.parametrize("strength", [40, 128])
def test_locked_file_says_so(strength: int) -> None:
    """A user's password is asked for by name, not reported as damage."""
    data = pdf(lines("Secret words."), encrypt=StandardEncryption("user", "owner", strength=strength))
    with refused("locked"):
        read_pdf(data)
    with refused("still_locked"):
        read_pdf(data, "guess")


def locked(data: bytes, user: str, owner: str, algorithm: str = "AES-256") -> bytes:
    """The PDF, encrypted with these passwords."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user, owner, algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("password", ["cät", "dög"])
@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_either_password_opens_the_file(password: str, algorithm: str) -> None:
    """The user's or the owner's; a file that needs none is read with any."""
    plain = pdf(lines("Secret words."))
    assert texts(read_pdf(locked(plain, "cät", "dög", algorithm), password)) == ["Secret words."]
    assert texts(read_pdf(plain, password)) == ["Secret words."]


@pytest.mark.parametrize("strength", [40, 128])
def test_file_that_opens_without_a_password_is_read(strength: int) -> None:
    """Encryption with an owner's password alone hides nothing from a reader."""
    data = pdf(lines("Open words."), encrypt=StandardEncryption("", "owner", strength=strength))
    assert texts(read_pdf(data)) == ["Open words."]


def cut_off() -> Iterator[bytes]:
    """A file of three pages, cut at every twentieth of its length, and with a hole in its middle."""
    whole = pdf(*[lines(*filler(name)) for name in ("oak", "elm", "ash")])
    for twentieth in range(20):
        yield whole[: len(whole) * twentieth // 20]
    yield whole[: len(whole) // 3] + b"\0" * (len(whole) // 3) + whole[len(whole) * 2 // 3 :]


def accounted(content: Content) -> bool:
    """Whether every page has a word in the blocks or a line in the ledger."""
    read = {piece.page for block in content.blocks for piece in block.pieces}
    told = {number for entry in content.unread for number in entry.pages or ()}
    return {page.number for page in content.pages} <= read | told


@pytest.mark.parametrize("data", [*cut_off()])
def test_cut_off_file_is_read_or_refused(data: bytes) -> None:
    """Whatever is missing, the answer is pages with a ledger or a ReadError."""
    try:
        content = read_pdf(data)
    except ReadError as error:
        assert error.reason.code == "damaged_pdf"  # noqa: PT017 either outcome keeps the promise
    else:
        assert content.pages
        assert accounted(content)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"plain words", b"%PDF-1.4\n%%EOF"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    """Nothing, a bare header and plain text are damaged PDFs."""
    with pytest.raises(ReadError, match="'damaged_pdf'"):
        read_pdf(data)


def raw(*objects: str) -> bytes:
    """A PDF file of these objects, the first of them the catalogue."""
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\n".encode()
    return out + f"startxref\n{out.rindex(b'xref')}\n%%EOF".encode()


def test_file_without_pages_is_refused() -> None:
    """A sound file of no pages has nothing to read."""
    with refused("damaged_pdf", problem=Reason("no_pages")):
        read_pdf(raw("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"))


def mapped(codes: Sequence[str], shown: Sequence[str] = ()) -> bytes:
    """A PDF that maps bytes 1, 2, ... to UTF-16 in hexadecimal digits and draws lines of such bytes.

    Without `shown` it draws all of them in order.
    """
    shown = shown or ["".join(f"{n:02x}" for n in range(1, len(codes) + 1))]
    stream = f"BT /F 12 Tf 70 700 Td {' '.join(f'<{line}> Tj 0 -40 Td' for line in shown)} ET"
    pairs = "\n".join(f"<{n:02x}> <{code}>" for n, code in enumerate(codes, 1))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        "1 begincodespacerange <00> <ff> endcodespacerange "
        f"{len(codes)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    )
    return raw(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        f"<</Type/Font/Subtype/Type1/BaseFont/X/FirstChar 1/LastChar {len(codes)}"
        f"/Widths[{' '.join(['500'] * len(codes))}]/ToUnicode 6 0 R>>",
        f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
    )


def test_arabic_presentation_forms_become_letters() -> None:
    """A font that names its glyphs by their forms still gives the letters that a question has."""
    forms = ["fee3", "feae", "fea3", "fe92", "fe8e"]
    words = assemble("", read_pdf(mapped(forms))).text
    assert sorted(words) == sorted("مرحبا")


def drawn(*lines: str) -> bytes:
    """A PDF that shows these characters from left to right, a line below the other."""
    alphabet = sorted(set("".join(lines)))
    shown = ["".join(f"{alphabet.index(one) + 1:02x}" for one in line) for line in lines]
    return mapped([f"{ord(one):04x}" for one in alphabet], shown)


def test_arabic_drawn_as_it_is_seen_is_read_as_it_was_written() -> None:
    """Words, numbers and brackets of a line come in their order, and the page is not in doubt."""
    content = read_pdf(drawn("1930 ماع يف ةيقافتا ةموكحلا تعقو", "(12 ةداملا) ةيقارعلا"))
    assert " ".join(texts(content)) == "وقعت الحكومة اتفاقية في عام 1930 العراقية (المادة 12)"
    assert list(content.unread) == []


def test_arabic_drawn_as_it_was_typed_is_read_as_it_was_written() -> None:
    """Characters stored from left to right in the order of typing are not spelt backwards."""
    content = read_pdf(drawn("وقعت الحكومة العراقية اتفاقية في عام 1930"))
    assert texts(content) == ["وقعت الحكومة العراقية اتفاقية في عام 1930"]


def test_page_with_undone_lam_alef_is_read_and_in_the_ledger() -> None:
    """What is certain is put right, and the ledger says that other words may be misspelt."""
    content = read_pdf(drawn("األمريكية مركز العالقات"[::-1]))
    assert texts(content) == ["الأمريكية مركز العالقات"]
    (entry,) = content.unread
    assert entry == Unread((1,), Reason("lam_alef_in_doubt"))


@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
def test_arabic_printed_by_chromium_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Numbers, dates, ranges, signs, brackets, vowel marks, Latin names and lam-alef come in their order."""
    lines = [
        "وقعت الحكومة العراقية في عام 1930 اتفاقية مع المملكة المتحدة",
        "أعلنت شركة Shell البريطانية في عام ٢٠١٤ لأن الآبار الأولى بدأت العمل",
        "ولا تتجاوز (الرسوم) 300,000 دينار للآخرين",
        "وتنص المادة 5 (ب) على 50% أو ٥٠٪ في المنظمة (World Bank) بعد (1990)",
        "وُقّع العقد رقم 71/2016 بتاريخ 2016/09/05 وبلغ 3/4 من ميزانية ٢٠٢٣/٢٠٢٤",
        "وتغيّرت بين عامي 1914-1918 ثم في المدة 2020–2024 إلى -7 درجات في الأحياء",
    ]
    body = "".join(f"<p>{line}</p>" for line in lines)
    (tmp_path / "page.html").write_text(f'<html dir="rtl"><meta charset="utf-8">{body}', encoding="utf-8")
    printed = tmp_path / "page.pdf"
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run(
        [*command, f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={printed}", "page.html"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    content = read_pdf(printed.read_bytes())
    assert " ".join(texts(content)) == " ".join(lines)
    assert list(content.unread) == []


def test_half_a_surrogate_pair_does_not_stop_the_reading() -> None:
    """A broken character map gives the replacement character, and the text can be stored."""
    document = assemble("", read_pdf(mapped(["0041", "d835", "0042"])))
    assert document.text == "A\ufffdB"
    document.text.encode()


def robust() -> list[Path]:
    """Forty of the files that broke other parsers, taken at a fixed stride."""
    files = sorted(ROBUST.rglob("*.pdf"))
    return files[:: max(1, len(files) // 40)]


@pytest.mark.skipif(not ROBUST.is_dir(), reason="the files that broke other parsers are not here")
def test_files_that_broke_other_parsers() -> None:
    """Each is read or refused with a reason, and every page has text or a line in the ledger."""
    assert len(robust()) >= 40
    for file in robust():
        try:
            content = read_pdf(file.read_bytes())
        except ReadError as error:
            assert worded(error.reason), file  # noqa: PT017 either outcome keeps the promise
        else:
            assert accounted(content), file
            assemble("", content).text.encode()


def test_a_reason_quotes_no_bytes_and_no_address() -> None:
    """What is wrong is said in words that are the same in every run."""
    data = pdf(lines("Open words.")).replace(b"%PDF", b"%XDF")
    with refused("damaged_pdf", problem="Invalid Elementary Object"):
        read_pdf(data.replace(b"<<\n/Contents", b"\x1c<\n/Contents"))


def test_what_one_engine_cannot_open_the_other_puts_right() -> None:
    """PDFium finds no catalogue, which pypdf does: it writes the file anew."""
    content = read_pdf(pdf(lines("Open words.")).replace(b"/Root", b"/Boot"))
    assert (texts(content), list(content.unread)) == (["Open words."], [])
