"""Reasons in the words of a language: whole in each, and nothing of this machine in what the web shows."""

import ast
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ingest.errors
from app.answering.questions import checked
from app.phrases.count import Count
from app.phrases.languages import ARABIC, ENGLISH, LANGUAGES
from app.phrases.reasons import terminal_line, worded
from index.ingesting.scan import too_large
from ingest.errors import MustanadError, ReadError, StoreError, UsageError, reason_of
from ingest.read import read
from ingest.reasons import Code, Reason
from tests.ingest.test_read_pdf import lines, locked, pdf

CODES = get_args(Code)
ROOT = Path(__file__).parents[2]
PLACE = "/srv/secret/store"
ERRORS = [
    error
    for error in vars(ingest.errors).values()
    if isinstance(error, type) and issubclass(error, MustanadError)
]


def parts(phrase: str | Count) -> set[str]:
    """What is to be filled in, in whatever number."""
    forms = [phrase] if isinstance(phrase, str) else astuple(phrase)
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}


@pytest.mark.parametrize("code", CODES)
def test_a_reason_can_be_said_in_every_language(code: Code) -> None:
    """Of the same parts in each, in words that are there."""
    assert [parts(words.reasons[code]) for words in LANGUAGES] == [parts(ENGLISH.reasons[code])] * len(
        LANGUAGES
    )
    assert all(words.reasons[code] for words in LANGUAGES)


def made() -> Iterator[tuple[str, str, set[str]]]:
    """Where a reason of a known code is made: the place, the code, the names of its parts."""
    for layer in ("ingest", "index", "app"):
        for file in (ROOT / layer).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id == "Reason"
                ):
                    (given,) = node.args
                    for code in ast.walk(given):  # one of two, where it depends
                        if isinstance(code, ast.Constant) and code.value in CODES:
                            place = f"{file.relative_to(ROOT)}:{node.lineno}"
                            yield place, code.value, {str(keyword.arg) for keyword in node.keywords}


def test_a_reason_is_made_of_what_its_phrases_take() -> None:
    """Wherever one is made: no phrase lacks a part, no part is given for nothing; and no code is unused."""
    found = list(made())
    wrong = [(place, code) for place, code, names in found if names != parts(ENGLISH.reasons[code])]
    assert (len(found) > 60, wrong) == (True, [])
    source = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "ingest").rglob("*.py"))
    unused = set(CODES) - {code for _, code, _ in found}
    assert {code for code in unused if source.count(f'"{code}"') < 2} == set()


REASONS = st.recursive(
    st.builds(Reason, st.sampled_from(CODES)),
    lambda inner: st.builds(lambda code, part, n: Reason(code, part=part, n=n), st.sampled_from(CODES),
                            inner | st.text(), st.integers()),
)  # fmt: skip


@given(REASONS)
def test_a_reason_is_kept_as_json(reason: Reason) -> None:
    """It comes back equal, what it holds included."""
    assert Reason.from_json(reason.as_json()) == reason


def test_a_reason_is_a_value() -> None:
    """Equal whatever the order of its parts; texts in it are one clean line of bounded length."""
    assert Reason("too_large", size=3, limit=2) == Reason("too_large", limit=2, size=3)
    assert len({Reason("empty"), Reason("empty"), Reason("other", detail="x")}) == 2
    assert Reason("other", detail="a\nb\x1b" + "c" * 999) == Reason("other", detail="a b" + "c" * 197)
    assert Reason("damaged", problem=Reason("cut_off")).as_json() == {
        "code": "damaged",
        "problem": {"code": "cut_off"},
    }


@pytest.mark.parametrize(
    ("reason", "english", "arabic"),
    [
        (
            Reason("in_chapter", name="OEBPS/ch1.xhtml", reason=Reason("empty")),
            "OEBPS/ch1.xhtml: empty",
            "في \u2068OEBPS/ch1.xhtml\u2069: \u2068فارغ\u2069",
        ),
        (Reason("missing_chapter", name="a"), "a is missing from the book", "مفقود من الكتاب: \u2068a\u2069"),
        (Reason("page_unopened", page=3), "page 3 cannot be opened", "يتعذر فتح الصفحة \u20683\u2069"),
        (Reason("no_text_and", reason=Reason("empty")), "no text; empty", "بلا نص؛ \u2068فارغ\u2069"),
        (
            too_large(300 << 20, 200),
            "too large: 300 MB, limit 200 MB (max_file_mb)",
            "أكبر مما يُقرأ: \u2068300\u2069 ميغابايت، والحد \u2068200\u2069 "
            "(الإعداد \u2068max_file_mb\u2069)",
        ),
        (
            Reason("locked"),
            "locked with a password: give it with --password",
            "مقفل بكلمة مرور: تُعطى بالخيار \u2068--password\u2069",
        ),
        (
            Reason("damaged", problem="something {0} {broken"),
            "damaged: something {0} {broken",
            "تالف: \u2068something {0} {broken\u2069",
        ),
        (
            Reason("bad_bytes", n=1, encoding="UTF-8", first=7),
            "1 byte is not valid UTF-8, first at byte 7",
            "عدد البايتات غير الصالحة في ترميز \u2068UTF-8\u2069: \u20681\u2069، "
            "أولها عند البايت \u20687\u2069",
        ),
    ],
)  # fmt: skip
def test_parts_are_said_within_the_phrase(reason: Reason, english: str, arabic: str) -> None:
    """A reason within one as it is alone; names, numbers and others' words in a direction of their own."""
    assert (worded(reason), worded(reason, ARABIC)) == (english, arabic)


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
    "rows.json": b"[1, 2]\n",
    "noise.txt": bytes(range(256)) * 9,
    "cut.docx": b"PK\x03\x04",
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
    "drawing.odg": zipped("mimetype", "content.xml"),
    "packed.zip": zipped("a.txt"),
    "sealed.eml": b"From: a\nContent-Type: application/pkcs7-mime\nMIME-Version: 1.0\n\nx",
    "scan.pdf": pdf(lines("")),
    "locked.pdf": locked(pdf(lines("Secret.")), "owner", "user"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_reason_is_said_in_arabic(name: str) -> None:
    """Whole, but for names of formats and of an option; it begins with Arabic, which sets its direction."""
    with pytest.raises(ReadError) as refused:
        read(FILES[name], name)
    arabic = worded(refused.value.reason, ARABIC)
    assert not re.search("[A-Za-z]", re.sub(r"[A-Z]\w+|\.\w+|--password", "", arabic)), arabic
    assert unicodedata.bidirectional(arabic[0]) == "AL"


@pytest.mark.parametrize(
    ("question", "english"),
    [
        ("?!", "expected a question, found no word in it: ask in a few words"),
        (
            "a" * 2001,
            "expected a question of at most 2000 characters, found 2001: shorten it",
        ),
        ("a\x00b", "expected a question without control characters, found U+0000: remove it"),
    ],
)
def test_why_a_question_is_not_asked_is_said_to_whoever_asks(question: str, english: str) -> None:
    """In English at the terminal, in Arabic to whoever asks in Arabic."""
    with pytest.raises(UsageError) as refused:
        checked(question)
    assert terminal_line(refused.value) == english
    assert not re.search("[A-Za-z]", re.sub(r"\u2068.*?\u2069", "", worded(refused.value.reason, ARABIC)))


def test_a_reason_of_another_version_is_shown_by_its_code() -> None:
    """What a kept conversation may hold is no reason to lose the conversation."""
    assert worded(Reason.from_json({"code": "given_up", "limit": 3}), ARABIC) == "given_up"


@pytest.mark.parametrize("kind", ERRORS)
def test_no_error_tells_the_web_a_place_on_this_machine(kind: type[MustanadError]) -> None:
    """Of every class: the terminal is told the path, what anybody may be told has none in any language."""
    message = f"expected a file at {PLACE}/catalogue.sqlite, found none"
    if kind is ReadError:
        error: Exception = ReadError(Reason("cannot_be_read", detail="OSError"))
    elif issubclass(kind, StoreError):
        error = kind(Path(PLACE), message)
        assert terminal_line(error) == message
    else:
        error = kind(message)
        assert terminal_line(error) == message
    for words in (ENGLISH, ARABIC):
        told = worded(reason_of(error), words)
        assert told
        assert PLACE not in told


@pytest.mark.parametrize(
    ("error", "english"),
    [
        (PermissionError(13, "Permission denied", f"{PLACE}/a"), "permission denied"),
        (OSError(28, "No space left on device", f"{PLACE}/a"), "no space left on device"),
        (OSError(f"{PLACE}/a"), "oserror"),
        (ValueError(f"{PLACE}/a"), "it ended in an error that nobody foresaw (ValueError)"),
    ],
)
def test_of_the_systems_errors_the_word_is_told_and_not_the_path(error: Exception, english: str) -> None:
    """Of what nobody foresaw only the kind."""
    assert worded(reason_of(error)) == english
