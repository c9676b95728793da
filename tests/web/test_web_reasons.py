"""The ledger's reasons in the page's language."""

import io
import re
import unicodedata
import zipfile

import pytest

from app.answering.questions import MOST_CHARACTERS, checked
from app.phrases.arabic import ARABIC
from app.phrases.english import ENGLISH
from app.phrases.reasons import reason_in
from index.ingesting.scan import too_large
from ingest.errors import LOCKED, STILL_LOCKED, ReadError, UsageError
from ingest.read import read
from tests.ingest.test_read_pdf import lines, locked, pdf


def zipped(*names: str) -> bytes:
    """A zip container of these members, each with a word in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as container:
        for name in names:
            container.writestr(name, "word")
    return file.getvalue()


FILES = {
    "empty.txt": b"",
    "blank.txt": b"  \n",
    "photo.pdf": b"\x89PNG\r\n\x1a\n",
    "packed.gz": b"\x1f\x8b\x08\x00",
    "rows.csv": b"a,b\n1,2\n",
    "noise.txt": bytes(range(256)) * 9,
    "cut.docx": b"PK\x03\x04",
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
    "old.odt": zipped("mimetype", "content.xml"),
    "packed.zip": zipped("a.txt"),
    "page.mht": b"MIME-Version: 1.0\nContent-Type: multipart/related\n",
    "scan.pdf": pdf(lines("")),
    "locked.pdf": locked(pdf(lines("Secret.")), "owner", "user"),
}


@pytest.mark.parametrize(
    ("reason", "arabic"),
    [
        ("OEBPS/ch1.xhtml: empty", "في \u2068OEBPS/ch1.xhtml\u2069: \u2068فارغ\u2069"),
        ("text is missing from the book", "مفقود من الكتاب: \u2068text\u2069"),
        ("page 3 cannot be opened", "يتعذر فتح الصفحة \u20683\u2069"),
        ("1 byte is not valid UTF-8, first at byte 7", None),
        ("2 characters are not valid UTF-16, first at byte 7", None),
        ("holds no text", "بلا نص"),
        ("takes longer than 300 s to read (max_file_seconds)", None),
        ("damaged page: not built as the format asks (KeyError: {0})", None),
    ],
)
def test_what_is_a_name_in_a_reason_stays(reason: str, arabic: str | None) -> None:
    """Files, numbers and settings, amid Arabic, which begins the line and so sets its direction."""
    told = reason_in(ARABIC, reason)
    assert arabic in {None, told}
    assert unicodedata.bidirectional(told.lstrip("\u2068")[0]) == "AL"
    assert told != reason


def said(name: str) -> str:
    """The reason why the file is not read."""
    with pytest.raises(ReadError) as refused:
        read(FILES[name], name)
    return refused.value.reason


@pytest.mark.parametrize("name", FILES)
def test_a_reason_is_said_in_arabic(name: str) -> None:
    """Whole, but for names of formats and of an option; in English as the ledger has it."""
    reason = said(name)
    arabic = reason_in(ARABIC, reason)
    letters = re.sub(r"[A-Z]\w+|\.\w+|--password", "", arabic)
    assert not re.search("[A-Za-z]", letters), (reason, arabic)
    assert any(unicodedata.bidirectional(letter) == "AL" for letter in arabic)
    assert reason_in(ENGLISH, reason) == reason


def test_what_a_reason_holds_is_said_too() -> None:
    """Numbers and names stay; a reason within one is said as it is alone."""
    assert reason_in(ARABIC, "no text; empty") == "بلا نص؛ \u2068فارغ\u2069"
    assert reason_in(ARABIC, str(too_large(300 << 20, 200))) == (
        "أكبر مما يُقرأ: \u2068300\u2069 ميغابايت، والحد \u2068200\u2069 (الإعداد \u2068max_file_mb\u2069)"
    )
    assert reason_in(ARABIC, LOCKED) == "مقفل بكلمة مرور: تُعطى بالخيار \u2068--password\u2069"
    assert reason_in(ARABIC, STILL_LOCKED) == "مقفل: كلمة المرور المعطاة لا تفتحه"


@pytest.mark.parametrize("question", ["?!", "a" * (MOST_CHARACTERS + 1), "a\x00b"])
def test_why_a_question_is_not_asked_is_said_in_arabic(question: str) -> None:
    """Whoever asks in Arabic is told in Arabic."""
    with pytest.raises(UsageError) as refused:
        checked(question)
    assert not re.search("[A-Za-z]", re.sub(r"\u2068.*?\u2069", "", reason_in(ARABIC, str(refused.value))))


def test_an_unknown_reason_stays_as_it_is() -> None:
    """Set apart where it stands amid Arabic, so that it reads right; braces in it are only text."""
    for strange in ("something {0} {broken", "", "input/output error"):
        assert reason_in(ARABIC, strange) == strange
        assert reason_in(ARABIC, f"damaged: {strange}x") == f"تالف: \u2068{strange}x\u2069"
