"""What the web chat asks of the rest of Mustanad."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from app.answering.answer import Answer, Citation, Turn
from app.pages.places import Quoted
from app.pages.renderer import Sheet
from app.web.service.conversations import Conversations
from index.types import FileState, Progress, Scope, StoreStatus
from ingest.document import Document
from ingest.reasons import Reason


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a user handed in: where it lies now, and the path it had with the user."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An upload: its path below the uploads, or `already`, the shown path of a document of the same bytes."""

    path: str
    already: str | None


Action = Literal["add", "reread", "remove"]
JobState = Literal["waiting", "reading", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class UploadResult:
    """What came of an upload; `same_as` is the shown path of another file of the same bytes."""

    path: str
    file: FileState
    same_as: str | None


@dataclass(frozen=True, slots=True)
class Job:
    """An ingest that a user began; `problem` says why it waits or has failed.

    `outcomes` are of the uploads that it was to add, once it is done.
    """

    state: JobState
    progress: Progress
    problem: Reason | None = None
    outcomes: tuple[UploadResult, ...] = ()

    @property
    def has_ended(self) -> bool:
        """True if nothing more becomes of it."""
        return self.state not in {"waiting", "reading"}


@dataclass(frozen=True, slots=True)
class Activity:
    """An ingest under way, begun by a user, a watch or another program: how far it is.

    `left` is the seconds that it will still take, None where that is not known yet; `job` is the name to
    cancel it by, "" where another program ingests.
    """

    progress: Progress
    left: float | None
    job: str


@dataclass(frozen=True, slots=True)
class Watching:
    """How the followed files and folders stand: how many, when they were last ingested, what is wrong."""

    paths: int
    ingested: datetime | None
    problem: Reason | None


class Library(Protocol):
    """The documents as files that users add and remove; safe between threads, one ingest at a time."""

    max_file_mb: int
    inbox: Path  # an existing folder or one to make, where files lie while they are sent

    def keep(self, upload: Upload) -> Kept:
        """Keep a copy of the file among the uploads, unless it is there already. Raises UsageError."""
        ...

    def is_upload(self, file: FileState) -> bool:
        """True if it is here to be removed."""
        ...

    def begin(self, action: Action, paths: Sequence[str]) -> str:
        """Name of a new job: add these kept uploads, or read these shown paths again, or remove them."""
        ...

    def job(self, name: str) -> Job | None:
        """How far it is; None where there is no such job."""
        ...

    def cancel(self, name: str) -> None:
        """End it where it has not yet published anything; uploads that it was to add are removed."""
        ...

    def activity(self) -> Activity | None:
        """What is being read or recognised just now; None where nothing is."""
        ...

    def watching(self) -> Watching | None:
        """How the followed folders stand; None where none are followed."""
        ...


class Service(Protocol):
    """All that the web chat needs; each method may be called from several threads at once."""

    @property
    def library(self) -> Library:
        """The documents as files."""
        ...

    @property
    def conversations(self) -> Conversations:
        """The conversations kept with the documents."""
        ...

    def ask(self, question: str, history: Sequence[Turn] = (), documents: Scope = None) -> Answer:
        """An answer from these documents.

        Raises: MustanadError.
        """
        ...

    def generation(self) -> int:
        """Number of the newest generation, at a look; 0 where nothing was ingested yet. Raises StoreError."""
        ...

    def status(self) -> StoreStatus:
        """What the newest generation holds. Raises StoreMissing where nothing was ingested yet."""
        ...

    def examples(self, n: int, language: str) -> Iterable[str]:
        """Up to `n` questions that the documents answer, first those in the language, a two-letter code."""
        ...

    def follow_ups(
        self, citation: Citation, n: int, asked: Sequence[str], documents: Scope = None
    ) -> list[str]:
        """Up to `n` questions to go on with from a citation, none of `asked`, that these documents answer.

        Raises: ReadError where the cited document is no longer here; StoreError.
        """
        ...

    def document(self, document_id: str) -> Document:
        """The document as it was read. Raises ReadError where it is no longer here; StoreError."""
        ...

    def original(self, document_id: str) -> Path:
        """Its file, with the bytes that were read. Raises ReadError where there is none; StoreError."""
        ...

    def has_pictures(self, document_id: str) -> bool:
        """True if its pages can be shown as they are printed. Raises as `original` does."""
        ...

    def sheet(self, document_id: str, number: int, quotes: Sequence[Quoted]) -> Sheet:
        """A page's measures and the boxes of the quotes on it. Raises ReadError, StoreError."""
        ...

    def picture(self, document_id: str, number: int) -> bytes:
        """A page as a JPEG. Raises ReadError, StoreError."""
        ...
