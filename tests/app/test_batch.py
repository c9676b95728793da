"""Tests of batches of questions."""

import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answering.answer import Answer, Turn
from app.answering.batch import Tally, answer_lines, parse_line, turns, written
from index.types import Scope
from ingest.errors import UsageError


class Echo:
    """An assistant: "unknown" is not found, "perhaps" possible, the rest answered; "" cannot be used."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[Turn, ...], int]] = []

    def ask(
        self, question: str, history: Sequence[Turn] = (), top_k: int = 5, documents: Scope = None
    ) -> Answer:
        if not question.strip():
            raise UsageError("expected a question, found an empty one")
        self.asked.append((question, tuple(history), top_k))
        status = {"unknown": "not_found", "perhaps": "possible"}.get(question, "answered")
        return Answer(question, question, status, 0.5, (), (), (), (), 7, {})


def ran(*lines: bytes) -> tuple[list[dict[str, object]], list[str], Tally, Echo]:
    """The objects written, the warnings, the tally and the assistant that was asked."""
    echo, out, warnings = Echo(), io.StringIO(), list[str]()
    tally = answer_lines(echo, lines, out, 3, warnings.append)
    return [json.loads(line) for line in out.getvalue().splitlines()], warnings, tally, echo


def test_answers_come_in_order_with_their_qids():
    """One object a line, in the order of the questions; a line without a qid goes by its number."""
    rows, warnings, tally, echo = ran(
        b'{"qid": "a", "question": "one"}\n', b'{"question": "unknown"}', b'{"qid": 7, "question": "3"}',
        b'{"question": "perhaps"}',
    )  # fmt: skip
    assert [(row["qid"], row["question"], row["status"]) for row in rows] == [
        ("a", "one", "answered"),
        ("2", "unknown", "not_found"),
        ("7", "3", "answered"),
        ("4", "perhaps", "possible"),
    ]
    assert (warnings, tally) == ([], Tally(answered=2, possible=1, not_found=1))
    assert [top_k for _, _, top_k in echo.asked] == [3, 3, 3, 3]


def test_history_is_strings_or_turns():
    """Strings are earlier questions; objects keep their role."""
    line = {
        "question": "q",
        "history": ["first", {"role": "assistant", "text": "told"}, {"role": "user", "text": "x"}],
    }
    _, _, _, echo = ran(json.dumps(line).encode())
    assert echo.asked == [("q", (Turn("user", "first"), Turn("assistant", "told"), Turn("user", "x")), 3)]
    assert turns(None) == turns([]) == ()


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"{", "expected a JSON object"),
        (b"[1]", "expected an object with a question, found list"),
        (b"{}", "expected question to be a string, found none"),
        (b'{"question": 5}', "expected question to be a string, found int"),
        (b'{"question": " "}', "expected a question, found an empty one"),
        (b'{"question": "q", "qid": ["x"]}', "expected qid to be a string, found list"),
        (b'{"question": "q", "qid": true}', "expected qid to be a string, found bool"),
        (b'{"question": "q", "history": "x"}', "expected history to be a list, found str"),
        (
            b'{"question": "q", "history": [1]}',
            'expected a turn of history to be a string or {"role", "text"}, found 1',
        ),
        (b'{"question": "q", "history": [{"role": "system", "text": "x"}]}', "expected a turn of history"),
        (b'{"question": "\\ud800"}', "expected question to be Unicode text"),
        (b'{"question": "q", "history": ["\\udfff"]}', "expected history to be Unicode text"),
        (b'{"question": "\xff"}', "expected UTF-8, found byte 0xff"),
        (b"[" * 100_000, "expected"),
        (b'{"question": "q", "qid": ' + b"9" * 5000 + b"}", "expected a JSON object"),
    ],
)
def test_a_malformed_line_keeps_its_place(line: bytes, problem: str):
    """It is warned of with its number, gets an object with the error, and the others are answered."""
    rows, warnings, tally, _ = ran(b'{"question": "before"}', line, b'{"question": "after"}')
    assert [row["question"] for row in rows][::2] == ["before", "after"]
    assert rows[1]["qid"] == "2"
    assert (rows[1]["status"], rows[1]["confidence"], rows[1]["citations"]) == ("not_found", 0.0, [])
    assert str(rows[1]["error"]).startswith(problem)
    assert warnings == [f"line 2: {rows[1]['error']}"]
    assert tally == Tally(answered=2, malformed=1)


def test_a_malformed_line_keeps_the_qid_that_it_has():
    """Where the qid can be read, the error is under it."""
    rows, _, _, _ = ran(b'{"qid": "a", "question": null}')
    assert (rows[0]["qid"], rows[0]["error"]) == ("a", "expected question to be a string, found NoneType")


def test_byte_order_mark_and_blank_lines():
    """A byte order mark opens a file without harm, blank lines are passed over but counted."""
    rows, warnings, _, _ = ran(
        b'\xef\xbb\xbf{"question": "a"}\r\n', b"\r\n", b"   ", '{"question": "سؤال"}'.encode()
    )
    assert [(row["qid"], row["question"]) for row in rows] == [("1", "a"), ("4", "سؤال")]
    assert warnings == []


@given(st.binary(max_size=60))
def test_no_line_stops_a_batch(raw: bytes):
    """Any bytes are a question, a blank line, or a problem that is said."""
    line = parse_line(raw, 1)
    assert line is None or line.problem or line.question or "question" in raw.decode()


def test_out_appears_only_when_whole(tmp_path: Path):
    """Until the end the answers stand in the .part file; a cut run leaves it and the old answers."""
    target = tmp_path / "answers.jsonl"
    target.write_text("old")
    said: list[str] = []

    def cut() -> None:
        with written(str(target), said.append) as out:
            out.write("half")
            out.flush()
            assert target.read_text() == "old"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut()
    assert target.read_text() == "old"
    assert (tmp_path / "answers.jsonl.part").read_text() == "half"
    assert said == [f"what was answered is in {tmp_path / 'answers.jsonl.part'}"]
    with written(str(target), said.append) as out:
        out.write("whole")
    assert target.read_text() == "whole"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.jsonl"]


def test_a_run_cut_before_its_first_answer_leaves_nothing(tmp_path: Path):
    """No empty .part file is left."""
    with pytest.raises(UsageError), written(str(tmp_path / "a.jsonl"), print):
        raise UsageError("no")
    assert list(tmp_path.iterdir()) == []


def test_out_through_a_link_replaces_what_it_leads_to(tmp_path: Path):
    """The link stays a link."""
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    with written(str(link), print) as out:
        out.write("x")
    assert link.is_symlink()
    assert (tmp_path / "real").read_text() == "x"


def test_out_may_be_a_device():
    """A device is written to and never replaced."""
    with written("/dev/null", print) as out:
        out.write("x")
    assert Path("/dev/null").is_char_device()


def test_out_to_standard_output(capsys: pytest.CaptureFixture[str]):
    """A dash is standard output, which stays open."""
    with written("-", print) as out:
        out.write("x")
    print("y")
    assert capsys.readouterr().out == "xy\n"


def test_out_must_have_a_folder(tmp_path: Path):
    """A folder, or a file in a folder that is missing, is refused before anything is asked."""
    for target in (tmp_path, tmp_path / "none" / "a.jsonl"):
        with (
            pytest.raises(UsageError, match="expected a file in a folder that exists"),
            written(str(target), print),
        ):
            pass
