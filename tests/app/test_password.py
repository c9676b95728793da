"""Asking for a password."""

import io

import pytest

from app.command_line.ingest import asked_password
from ingest.document import Unread
from ingest.reasons import Reason

LEDGER = [
    ("in/a.pdf", Unread(None, Reason("locked"))),
    ("in/b.pdf", Unread(None, Reason("empty"))),
    ("in/c.pdf", Unread(None, Reason("still_locked"))),
]


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


class Person:
    """Types one line, or ends the input, and remembers what was asked."""

    def __init__(self, line: str | None) -> None:
        self.line = line
        self.asked: list[str] = []

    def __call__(self, prompt: str) -> str:
        self.asked.append(prompt)
        if self.line is None:
            raise EOFError
        return self.line


@pytest.mark.parametrize(("line", "given"), [("cat", "cat"), ("", ""), (None, "")])
def test_who_sits_at_a_terminal_is_asked_once_for_all_locked_files(line: str | None, given: str) -> None:
    """The prompt names the first and counts the others; no answer is an answer."""
    person = Person(line)
    assert asked_password(LEDGER, Terminal(), person) == given
    assert person.asked == ["Password for in/a.pdf and 1 more (Enter for none): "]


def test_nobody_is_asked_in_vain() -> None:
    """Not where the input is no terminal, and not where no file is locked."""
    person = Person("cat")
    assert asked_password(LEDGER, io.StringIO(), person) == ""
    assert asked_password(LEDGER[1:2], Terminal(), person) == ""
    assert person.asked == []
