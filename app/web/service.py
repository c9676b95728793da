"""What the web chat asks of the rest of Mustanad."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.answer import Answer, Turn
from app.page_text import Quoted
from app.pdf_pages import Sheet
from app.web.conversations import Conversations
from index.types import Progress, Report, StoreStatus
from ingest.document import Document


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a user handed in: where it lies now, and the name it had with the user."""

    path: Path
    name: str


class Service(Protocol):
    """All that the web chat needs; each method may be called from several threads at once."""

    @property
    def conversations(self) -> Conversations:
        """The conversations kept with the documents."""
        ...

    def ask(self, question: str, history: Sequence[Turn], documents: Sequence[str]) -> Answer:
        """An answer from the documents with these shown paths, from all where there are none.

        Raises: MustanadError, its text fit to be shown.
        """
        ...

    def status(self) -> StoreStatus:
        """What the newest generation holds. Raises StoreMissing where nothing was ingested yet."""
        ...

    def examples(self, n: int) -> list[str]:
        """Up to `n` questions that the documents may answer."""
        ...

    def add(self, uploads: Sequence[Upload]) -> Iterator[Progress | Report]:
        """Keep and ingest the files; how far it is, and at last what was done."""
        ...

    def document(self, document_id: str) -> Document:
        """The document as it was read. Raises ReadError where it is no longer here; StoreError."""
        ...

    def original(self, document_id: str) -> Path:
        """Its file, with the bytes that were read. Raises ReadError where there is none; StoreError."""
        ...

    def has_pictures(self, document_id: str) -> bool:
        """Whether its pages can be shown as they are printed. Raises as `original` does."""
        ...

    def sheet(self, document_id: str, number: int, quotes: Sequence[Quoted]) -> Sheet:
        """A page's measures and the boxes of the quotes on it. Raises ReadError, StoreError."""
        ...

    def picture(self, document_id: str, number: int) -> bytes:
        """A page as a JPEG. Raises ReadError, StoreError."""
        ...
