"""Why something was not read, shown or answered, in the words of a language."""

from app.phrases.count import Count
from app.phrases.languages import ENGLISH
from app.phrases.words import Words
from ingest.errors import MustanadError
from ingest.reasons import Reason


def worded(reason: Reason, words: Words = ENGLISH) -> str:
    """The reason in a language; within a line from right to left each of its parts has its own direction.

    `Reason("too_slow", limit=300)` is "takes longer than 300 s to read (max_file_seconds)".
    """
    parts = {name: _part(part, words) for name, part in reason.params}
    phrase = words.reasons.get(reason.code, reason.code)
    if isinstance(phrase, Count):
        phrase = phrase.form(int(parts["n"]))
    if words.direction == "rtl":
        parts = {name: f"\u2068{part}\u2069" for name, part in parts.items()}
    return phrase.format(**parts)


def _part(part: str | int | Reason, words: Words) -> str:
    return worded(part, words) if isinstance(part, Reason) else str(part)


def terminal_line(error: MustanadError) -> str:
    """The error as a line of a terminal on this machine: unlike its reason, it may name a path."""
    return worded(error.reason) if error.args == (error.reason,) else str(error)
