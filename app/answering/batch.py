"""Many questions from a JSONL file, an answer a line out, in the same order."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TextIO

from app.answering.answer import Answer, Turn
from app.phrases.reasons import terminal_line
from index.types import Scope
from ingest.errors import UsageError


class Asker(Protocol):
    """Answers questions, as `Assistant` does."""

    def ask(
        self, question: str, history: Sequence[Turn] = (), top_k: int = 5, documents: Scope = None
    ) -> Answer:
        """Raises UsageError for a question that cannot be used."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a batch; `problem` is what is wrong with it, None where it can be asked."""

    number: int
    qid: str
    question: str
    history: tuple[Turn, ...]
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How a batch went, in lines."""

    answered: int = 0
    possible: int = 0
    not_found: int = 0
    malformed: int = 0


def turns(history: object) -> tuple[Turn, ...]:
    """The earlier turns, each a string (an earlier question) or `{"role", "text"}`.

    Raises: UsageError.
    """
    if history is None:
        return ()
    if not isinstance(history, list):
        raise UsageError(f"expected history to be a list, found {type(history).__name__}")
    return tuple(map(_turn, history))


def _turn(turn: object) -> Turn:
    if isinstance(turn, str):
        return Turn("user", unicode_only(turn, "history"))
    if isinstance(turn, dict) and isinstance(text := turn.get("text"), str):
        if turn.get("role") == "user":
            return Turn("user", unicode_only(text, "history"))
        if turn.get("role") == "assistant":
            return Turn("assistant", unicode_only(text, "history"))
    shown = json.dumps(turn, ensure_ascii=False)[:80]
    raise UsageError(f'expected a turn of history to be a string or {{"role", "text"}}, found {shown}')


def unicode_only(text: str, name: str) -> str:
    """The text. Raises: UsageError where it is not Unicode, as bytes of another encoding are not."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise UsageError(f"expected {name} to be Unicode text, found bytes or half a surrogate pair in it")
    return text


def parse_line(raw: bytes, number: int) -> Line | None:
    """The line's question; None for a blank line. `number` counts from 1."""
    qid, question = str(number), ""
    try:
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        if not text:
            return None
        row = json.loads(text)
        if not isinstance(row, dict):
            raise UsageError(f"expected an object with a question, found {type(row).__name__}")
        given = row.get("qid")
        if isinstance(given, int | str) and not isinstance(given, bool):
            qid = unicode_only(str(given), "qid")
        elif given is not None:
            raise UsageError(f"expected qid to be a string, found {type(given).__name__}")
        if not isinstance(asked := row.get("question"), str):
            kind = type(asked).__name__ if "question" in row else "none"
            raise UsageError(f"expected question to be a string, found {kind}")
        question = unicode_only(asked, "question")
        return Line(number, qid, question, turns(row.get("history")))
    except UsageError as error:
        return Line(number, qid, question, (), terminal_line(error))
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        return Line(number, qid, question, (), f"expected UTF-8, found byte 0x{byte:02x}")
    except (ValueError, RecursionError) as error:  # RecursionError: a thousand brackets
        return Line(number, qid, question, (), f"expected a JSON object, {error}")


def answer_lines(
    asker: Asker, lines: Iterable[bytes], out: TextIO, top_k: int, warn: Callable[[str], None],
    step: Callable[[], None] = lambda: None,
) -> Tally:  # fmt: skip
    """Answer every line, in order; a malformed one gets an object with an `error`, and a warning."""
    tally = Counter[str]()
    for number, raw in enumerate(lines, 1):
        line = parse_line(raw, number)
        if line is None:
            continue
        result, problem = _answered(asker, line, top_k)
        if problem is not None:
            warn(f"line {number}: {problem}")
        tally["malformed" if problem is not None else result["status"]] += 1
        out.write(json.dumps(result, ensure_ascii=False) + "\n")
        out.flush()
        step()
    return Tally(**tally)


def _answered(asker: Asker, line: Line, top_k: int) -> tuple[dict[str, Any], str | None]:
    """The line's answer as JSON, or one that says what is wrong, and the same as a text."""
    problem = line.problem
    if problem is None:
        try:
            return asker.ask(line.question, line.history, top_k).as_json(line.qid), None
        except UsageError as error:
            problem = terminal_line(error)
    empty = Answer(line.question, line.question, "not_found", 0.0, (), (), (), (), 0, {})
    return {**empty.as_json(line.qid), "error": problem}, problem


@contextmanager
def written(target: str, say: Callable[[str], None]) -> Iterator[TextIO]:
    """A stream whose text becomes the file at the end; "-" is standard output.

    Until then it stands beside it, under the name with `.part`; there it stays, and that is said,
    if the run is cut.

    Raises: UsageError where no file can stand there.
    """
    path = Path(target)
    if target == "-":
        yield sys.stdout
        return
    if path.is_dir() or not path.parent.is_dir():
        raise UsageError(f"--out {target}: expected a file in a folder that exists")
    if path.exists() and not path.is_file():  # a pipe or device: nothing to rename over
        with path.open("w", encoding="utf-8") as stream:
            yield stream
        return
    path = path.resolve()
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8") as stream:
            yield stream
    except BaseException:
        if part.is_file() and part.stat().st_size:
            say(f"what was answered is in {part}")
        else:
            part.unlink(missing_ok=True)
        raise
    part.replace(path)
