"""The web chat's service over a store on this machine."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from threading import Lock

from app.answering.answer import Answer, Citation, Turn
from app.answering.assistant import Assistant
from app.answering.reader import CrossEncoder
from app.answering.suggestions import about_near_headings
from app.pages.originals import Originals
from app.pages.places import Quoted, word_boxes
from app.pages.renderer import PdfFile, PdfPages, Sheet
from app.web.service.conversations import Conversations
from app.web.service.library import StoreLibrary
from index.catalogue.database import current
from index.catalogue.recognised import recognised_page
from index.types import Load, Scope, StoreStatus
from ingest.document import Document
from ingest.errors import StoreMissing
from ingest.formats import is_picture
from ingest.settings import Settings

_HEAD = 1024  # bytes of a file within which it says that it is a PDF, or a picture


class StoreService:
    """The service over a store on this machine."""

    def __init__(self, settings: Settings, load: Load, encoder: CrossEncoder | None = None) -> None:
        self._settings = settings
        self._load = load
        self._encoder = encoder
        self._lock = Lock()
        self._opened: Assistant | None = None
        self._originals = Originals(settings.store)
        self._pages = PdfPages(settings)
        self.library = StoreLibrary(settings, load, self.status)
        self.conversations = Conversations(settings.store)

    @property
    def _assistant(self) -> Assistant:
        """The assistant, as soon as there is a store to open. Raises StoreMissing before."""
        with self._lock:
            if self._opened is None:
                self._opened = Assistant(self._settings, self._load, self._encoder)
            return self._opened

    def close(self) -> None:
        """Close what was opened."""
        self.library.close()
        self._pages.close()
        self._originals.close()
        if self._opened is not None:
            self._opened.close()

    def ask(self, question: str, history: Sequence[Turn] = (), documents: Scope = None) -> Answer:
        """See Service."""
        return self._assistant.ask(question, history, documents=documents)

    def generation(self) -> int:
        """See Service."""
        try:
            return current(self._settings.store).number
        except StoreMissing:
            return 0

    def status(self) -> StoreStatus:
        """See Service."""
        return self._assistant.status()

    def examples(self, n: int, language: str) -> Iterator[str]:
        """See Service."""
        return self._assistant.examples(n, language)

    def follow_ups(
        self, citation: Citation, n: int, asked: Sequence[str], documents: Scope = None
    ) -> list[str]:
        """See Service."""
        near = about_near_headings(self.document(citation.document_id), citation.start)
        fresh = [question for question in near if question not in asked][: 2 * n]
        return list(islice(self._assistant.answered_at_a_look(fresh, documents), n))

    def document(self, document_id: str) -> Document:
        """See Service."""
        return self._originals.document(document_id)

    def original(self, document_id: str) -> Path:
        """See Service."""
        return self._originals.file(document_id)

    def has_pictures(self, document_id: str) -> bool:
        """See Service."""
        with self.original(document_id).open("rb") as file:
            head = file.read(_HEAD)
        return b"%PDF-" in head or is_picture(head)

    def sheet(self, document_id: str, number: int, quotes: Sequence[Quoted]) -> Sheet:
        """See Service."""
        file = PdfFile(self.original(document_id), document_id)
        if number not in self.document(document_id).recognised:
            return self._pages.sheet(file, number, quotes)
        page = recognised_page(self._settings.store, document_id, number)
        boxes = tuple(word_boxes(quoted, page) if page else () for quoted in quotes)
        return replace(self._pages.sheet(file, number, ()), boxes=boxes)

    def picture(self, document_id: str, number: int) -> bytes:
        """See Service."""
        return self._pages.picture(PdfFile(self.original(document_id), document_id), number)
