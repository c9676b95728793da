"""The value types and contracts of the index: what an embedder is, what a search returns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from ingest.document import Document, OnPage, Passage, Unread
from ingest.settings import Settings

Vectors = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]
Scope = frozenset[str] | None  # SHA-256 of the documents to search; None for all


class Embedder(Protocol):
    """Turns texts into vectors; `sha256` identifies the model, embeddings are kept under it."""

    name: str
    sha256: str
    dimension: int

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The texts' vectors, `(len(texts), dimension)` float32, unit rows."""
        ...

    def is_word(self, word: str) -> bool:
        """True if the model has the word in its vocabulary, whole: it is no slip of another."""
        ...

    def knows(self, text: str) -> bool:
        """True if the model was trained on the script that most of the text is written in."""
        ...


Load = Callable[[Settings], Embedder]  # the model that settings name; raises ModelError


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: a question in its own words, which may hold brackets and quote marks.

    `added` are words that it leaves out, which count less than its own. `phrases` are in every passage
    that is returned, as they stand. `language` is the two-letter code that its stop words and stems go by.
    """

    text: str
    added: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    language: str = "en"

    def __str__(self) -> str:
        """All of its words, for people and cross-encoders: "And in 1990? (Kuwait export)"."""
        return f"{self.text} ({' '.join(self.added)})" if self.added else self.text


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage: its raw scores, and the fused one that ranks it; higher is better.

    paths: all the names under which the document is stored, first the one to cite.
    dense: its cosine with the query, -1 to 1; None where the model does not know the query's script.
    lexical: the weighted sum of its BM25 by stems, its own and its grain's, by spellings and by pairs of
        words, plus a bonus if the query names the document, 0 up; 0 where no term matches or too many
        passages match better.
    score: both together, see `index.search.fused`; may be a little below 0.
    """

    passage_id: int
    document_id: int
    paths: tuple[str, ...]
    passage: Passage
    dense: float | None
    lexical: float
    score: float


@dataclass(frozen=True, slots=True)
class FileState:
    """A file under the ingested roots, by the name that is shown and cited.

    `key` is its absolute path and `sha256` the hash of its bytes, None where they could not be read.
    `date` is as its file gives it ("2021", "2021-03" or "2021-03-04"), `language` the two-letter code
    of most of its text; each None where none is known. `absent` is true if its root is no longer there.
    """

    path: str
    state: Literal["indexed", "copy", "unread"]
    pages: int
    passages: int
    title: str | None
    unread: tuple[Unread, ...]
    key: str = ""
    sha256: str | None = None
    date: str | None = None
    language: str | None = None
    absent: bool = False


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """What one generation holds; every file is in one state, so the counts add up.

    `recall` is the share of the passages of highest cosine that dense search finds, 0 to 1; 1 where it
    goes through all of them. `not_english` is the share of the passages in other languages, 0 to 1. `absent`
    are the roots that are no longer there, each with how many files the store holds of it.
    """

    generation: int
    documents: int
    copies: int
    unread_files: int
    pages: int
    passages: int
    model_name: str
    model_sha256: str
    recall: float
    not_english: float
    files: tuple[FileState, ...]
    absent: tuple[tuple[str, int], ...] = ()


class Source(Protocol):
    """A file to be mirrored: a real one, or a row of an evaluation corpus.

    `key` identifies it from one run to the next (an absolute path); `shown` is the name to cite.
    Under the same key, the same size (bytes) and time of change (nanoseconds) mean the same bytes.
    """

    @property
    def key(self) -> str:
        """Identity from one run to the next."""
        ...

    @property
    def shown(self) -> str:
        """The name to cite."""
        ...

    @property
    def size(self) -> int:
        """Bytes."""
        ...

    @property
    def mtime_ns(self) -> int:
        """Time of change, nanoseconds."""
        ...

    def sha256(self) -> str:
        """Hash of the bytes.

        Raises: ReadError where they cannot be read, FileNotFoundError where the file is gone.
        """
        ...

    def read(self, on_page: OnPage | None = None) -> Document:
        """Raises: ReadError where the file cannot be read, FileNotFoundError where it is gone."""
        ...


@dataclass(frozen=True, slots=True)
class Plan:
    """What an ingest would do, by shown path; `renamed` holds (old, new).

    `absent` are the roots that are no longer there, each with how many of its files the store still holds.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    deleted: tuple[str, ...]
    unchanged: int
    absent: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest is; `passages` is those embedded so far, of `passages_found` so far.

    `recognised` is the pages recognised in their pictures so far, of `to_recognise`; both 0 at other times.
    `page` is the page of `current` that is being read, or was recognised last, of `of_pages`; both 0 where
    that is not told.
    """

    files_done: int = 0
    files: int = 0
    pages: int = 0
    passages: int = 0
    passages_found: int = 0
    current: str = ""
    recognised: int = 0
    to_recognise: int = 0
    page: int = 0
    of_pages: int = 0

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1, taking files still to be read to be as long as the others.

        To read is half of the work, to embed the other half.
        """
        if self.to_recognise:
            return self.recognised / self.to_recognise
        part = self.page / self.of_pages if self.of_pages else 0.0
        read = (self.files_done + part) / self.files if self.files else 0.0
        embedded = min(self.passages / self.passages_found, 1.0) if self.passages_found else 0.0
        return read * (1 + embedded) / 2


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did; `model` and all from `pages` on are of the whole generation.

    `unread` pairs a shown path with its ledger entry. `not_english` is the share of the passages that are
    in a language other than English, 0 to 1.
    """

    generation: int
    model: str
    plan: Plan
    read: int
    embedded: int
    pages: int
    passages: int
    not_english: float
    unread: tuple[tuple[str, Unread], ...]


OnProgress = Callable[[Progress], None]
