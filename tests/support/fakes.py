"""Stand-ins for the model and for files, which tests share."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from app.answering.reader import PassageScore
from index.embedding.model_files import model_name
from index.store import Generation
from index.types import Vectors
from ingest.blocks import Content, RawBlock, assemble, block
from ingest.document import Document, OnPage, Page, Passage, Unread
from ingest.errors import ModelMissing, ReadError
from ingest.reasons import Code, Reason
from ingest.settings import MULTILINGUAL_MODEL, PACKAGED_MODEL, Settings


class WordEmbedder:
    """A text's vector is the sum of a fixed random direction for each of its words.

    `embedded` holds every text given; from `fails_after` texts on it raises KeyboardInterrupt.
    """

    def __init__(
        self, dimension: int = 64, name: str = PACKAGED_MODEL, fails_after: int | None = None
    ) -> None:
        self.name = name
        self.sha256 = hashlib.sha256(f"words {name} {dimension}".encode()).hexdigest()
        self.dimension = dimension
        self.fails_after = fails_after
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit rows, `(len(texts), dimension)` float32."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            if self.fails_after is not None and len(self.embedded) >= self.fails_after:
                raise KeyboardInterrupt
            self.embedded.append(text)
            for word in text.casefold().split() or [""]:
                row += _direction(word, self.dimension)
            row /= np.linalg.norm(row)
        return rows

    def is_word(self, word: str) -> bool:
        """One that is a letter long: what a test misspells is misspelt."""
        return len(word) == 1

    def knows(self, text: str) -> bool:
        """Only Latin letters."""
        letters = [letter for letter in text if letter.isalpha()]
        return 2 * sum(letter < "\u0250" for letter in letters) >= len(letters)


def load_any_words(settings: Settings) -> WordEmbedder:
    """Loads a model of the name that is set; of 64 numbers if it is the packaged one, else of 32."""
    return WordEmbedder(64 if settings.model == PACKAGED_MODEL else 32, model_name(settings))


def load_words(settings: Settings) -> WordEmbedder:
    """The same, where the multilingual model is not installed. Raises: ModelMissing."""
    if settings.model == MULTILINGUAL_MODEL:
        raise ModelMissing("expected the package with the multilingual model")
    return load_any_words(settings)


def model_of(generation: Generation) -> WordEmbedder:
    """The model that the generation was embedded with."""
    return load_any_words(Settings(model=generation.row.model.name))


class EveryScript(WordEmbedder):
    """Stands in for the multilingual model: it knows every script."""

    def __init__(self) -> None:
        super().__init__(name=MULTILINGUAL_MODEL)

    def knows(self, text: str) -> bool:
        """Any text."""
        return True


class WordCrossEncoder:
    """Believes that every sentence holds the answer alike, and that passages of the question's words do.

    `read` counts the passages given.
    """

    name = "words"
    sha256 = "1" * 64
    language: str | None = "en"

    def __init__(self) -> None:
        self.read = 0

    def knows(self, text: str) -> bool:
        """Only Latin letters."""
        return WordEmbedder().knows(text)

    def score(self, question: str, passages: Sequence[Passage]) -> list[PassageScore]:
        """Three times the share of the question's words that the passage holds; no exact words."""
        self.read += len(passages)
        asked = set(question.casefold().split())
        return [
            PassageScore(
                answers=3 * len(asked & set(passage.indexed_text.casefold().split())) / len(asked),
                shares=(1 / len(passage.sentences),) * len(passage.sentences),
                spans=(None,) * len(passage.sentences),
            )
            for passage in passages
        ]


@cache
def _direction(word: str, dimension: int) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).standard_normal(dimension).astype(np.float32)


@dataclass
class MemorySource:
    """A file that exists in memory only: paragraphs parted by empty lines, pages by form feeds."""

    key: str
    text: str
    mtime_ns: int = 0
    problem: Code | None = None
    gone: bool = False
    pages_unread: tuple[int, ...] = ()
    date: str | None = None
    details: tuple[tuple[str, str], ...] = ()
    heading: str = ""
    read_calls: int = field(default=0, compare=False)
    hash_calls: int = field(default=0, compare=False)

    @property
    def shown(self) -> str:
        """The key, without its leading slash."""
        return self.key.lstrip("/")

    @property
    def size(self) -> int:
        """Bytes of the text."""
        return len(self.text.encode())

    def sha256(self) -> str:
        """Hash of the text."""
        self.hash_calls += 1
        if self.gone:
            raise FileNotFoundError(self.key)
        return hashlib.sha256(self.text.encode()).hexdigest()

    def read(self, on_page: OnPage | None = None) -> Document:
        """The paragraphs; `problem` is raised."""
        self.read_calls += 1
        if self.problem is not None:
            raise ReadError(Reason(self.problem))
        pages = self.text.split("\f")
        paged = len(pages) > 1
        blocks: list[RawBlock] = [
            block("paragraph", paragraph, number if paged else None)
            for number, page in enumerate(pages, 1)
            for paragraph in page.split("\n\n")
            if paragraph.strip()
        ]
        content = Content(
            title=None,
            blocks=[*([block("heading", self.heading, level=1)] if self.heading else []), *blocks],
            pages=[Page(number, None) for number in range(1, len(pages) + 1)] if paged else [],
            unread=[Unread(self.pages_unread, Reason("no_text_layer"))] if self.pages_unread else [],
            date=self.date,
            details=self.details,
        )
        return assemble(hashlib.sha256(self.text.encode()).hexdigest(), content)
