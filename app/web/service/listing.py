"""The list of all files: which of them a search finds, and in which order they stand."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args

from app.phrases.languages import autonym
from index.types import FileState
from ingest.languages.arabic import fold

Order = Literal["name", "pages", "date", "language", "state"]
Condition = Literal["unread", "partly", "copy", "read"]  # in their order: what is wrong first
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Listing:
    """What is asked of the list: words that a file's title and path hold, an order, `down` for its reverse.

    Of what is found `most` files are shown, from number `start` on, counted from 0.
    """

    find: str = ""
    order: Order = "name"
    down: bool = False
    start: int = 0
    most: int = 100

    def found(self, files: Iterable[FileState]) -> list[FileState]:
        """All files that hold the words, in order: alike ones by name, those of which it is unknown last."""
        words = _folded(self.find).split()
        by_name = sorted((file for file in files if _holds(file, words)), key=_natural)
        keyed = [(_KEYS[self.order](file), file) for file in by_name]
        known = [each for each in keyed if each[0] is not None]
        known.sort(key=lambda each: each[0], reverse=self.down)
        return [file for _, file in known] + [file for key, file in keyed if key is None]


def name_of(file: FileState) -> str:
    """Its title, the name of the file where it has none."""
    return file.title or file.path.rsplit("/", 1)[-1]


def condition(file: FileState) -> Condition:
    """How much of the file is read; the ledger says why where it is "partly" or "unread"."""
    if file.state == "unread":
        return "unread"
    if file.unread:
        return "partly"
    return "copy" if file.state == "copy" else "read"


def _holds(file: FileState, words: Iterable[str]) -> bool:
    text = _folded(f"{file.title or ''} {file.path}")
    return all(word in text for word in words)


@lru_cache(maxsize=1 << 16)  # the words of a library are asked for at every key that is pressed
def _folded(text: str) -> str:
    """The text in one spelling of each letter, capital or small, with hamza or without."""
    return fold(unicodedata.normalize("NFKC", text).casefold())


def _natural(file: FileState) -> tuple[str, str]:
    """By name, numbers in it by their size: "part 2" before "part 10"."""
    return _DIGITS.sub(lambda number: number[0].zfill(12), _folded(name_of(file))), file.path


_KEYS: dict[Order, Callable[[FileState], Any]] = {
    "name": _natural,
    "pages": lambda file: file.pages or None,
    "date": lambda file: file.date,
    "language": lambda file: file.language and autonym(file.language),
    "state": lambda file: get_args(Condition).index(condition(file)),
}
