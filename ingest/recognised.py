"""What was recognised in the picture of a page: words with their boxes and how sure each is."""

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

from ingest.reasons import Reason

if TYPE_CHECKING:
    from PIL.Image import Image


_UNREAD_FIGURE = "▯"


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its box: fractions of the page's width and height from the upper left corner.

    `confidence` is the recogniser's own, 0 to 100.
    """

    text: str
    confidence: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def shown(self) -> str:
        """The text as it is read: a wrong number would be worse than none."""
        return _UNREAD_FIGURE if self.is_doubtful_figure else self.text

    @property
    def is_doubtful_figure(self) -> bool:
        """True if it holds figures that may well be others."""
        return not self.confidence and any(map(str.isdecimal, self.text))


@dataclass(frozen=True, slots=True)
class WordLine:
    """A line of words in reading order; `begins` is true if it is the first of a paragraph.

    `height` is that of its box before the page was turned, in fractions of the page's height.
    """

    words: tuple[Word, ...]
    begins: bool
    height: float

    @property
    def text(self) -> str:
        """Its words as they are read."""
        return " ".join(word.shown for word in self.words)

    def words_at(self, start: int, end: int) -> tuple[Word, ...]:
        """The words of which the stretch `start:end` of its text holds any."""
        found, at = [], 0
        for word in self.words:
            if at < end and at + len(word.shown) > start:
                found.append(word)
            at += len(word.shown) + 1
        return tuple(found)


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """A page as recognised; `problem` says why nothing could be tried, None where it was."""

    lines: tuple[WordLine, ...]
    problem: Reason | None = None

    @property
    def confidence(self) -> int:
        """The mean of its words' confidences, each by its length, 0 to 100; 0 where there is no word.

        Doubtful figures do not count: the words around them may be sure.
        """
        words = [word for line in self.lines for word in line.words if not word.is_doubtful_figure]
        characters = sum(len(word.text) for word in words)
        return (
            round(sum(word.confidence * len(word.text) for word in words) / characters) if characters else 0
        )

    @property
    def has_doubtful_figures(self) -> bool:
        """True if any of its figures may well be others."""
        return any(word.is_doubtful_figure for line in self.lines for word in line.words)

    def packed(self) -> bytes:
        """The page as it is kept: JSON, compressed."""
        lines = [
            [line.begins, line.height, [[getattr(word, name) for name in _FIELDS] for word in line.words]]
            for line in self.lines
        ]
        kept = {"lines": lines, "problem": self.problem and self.problem.as_json()}
        return zlib.compress(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode())

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        """The page that `packed` gave."""
        kept = json.loads(zlib.decompress(data))
        lines = (
            WordLine(tuple(Word(*word) for word in words), begins, height)
            for begins, height, words in kept["lines"]
        )
        return cls(tuple(lines), kept["problem"] and Reason.from_json(kept["problem"]))


_FIELDS = tuple(Word.__dataclass_fields__)

# The pages recognised so far, by number, of the file whose bytes have this SHA-256.
Recognised = Callable[[str], Mapping[int, RecognisedPage]]


class Recogniser(Protocol):
    """Recognises text in pictures; can be sent to other processes."""

    @property
    def way(self) -> str:
        """Name of the way that it recognises, under which pages are kept."""
        ...

    def recognise(self, picture: "Image") -> RecognisedPage:
        """The words of a grey picture of a page, however it is turned."""
        ...
