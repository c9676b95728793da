"""The web chat's service over a store on this machine; keeps what users upload."""

import re
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from filecmp import cmp
from glob import escape
from itertools import count
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock

from app.answer import Answer, Turn
from app.assistant import Assistant
from app.originals import Originals
from app.page_text import Quoted
from app.pdf_pages import PdfFile, PdfPages, Sheet
from app.reader import CrossEncoder
from app.web.conversations import Conversations
from app.web.service import Upload
from index.sync import ingest
from index.types import Embedder, Progress, Report, StoreStatus
from ingest.document import Document
from ingest.errors import UsageError
from ingest.settings import Settings

_HEAD = 1024  # bytes of a file within which a PDF says that it is one
_NAME_BYTES = 200  # file systems take 255; leaves room for " (2)" and ".part"


class StoreService:
    """The service over a store on this machine."""

    def __init__(self, settings: Settings, embedder: Embedder, encoder: CrossEncoder | None = None) -> None:
        self._settings = settings
        self._embedder = embedder
        self._encoder = encoder
        self._lock = Lock()
        self._opened: Assistant | None = None
        self._originals = Originals(settings.store)
        self._pages = PdfPages(settings)
        self.conversations = Conversations(settings.store)

    @property
    def _assistant(self) -> Assistant:
        """The assistant, as soon as there is a store to open. Raises StoreMissing before."""
        with self._lock:
            if self._opened is None:
                self._opened = Assistant(self._settings, self._embedder, self._encoder)
            return self._opened

    def close(self) -> None:
        """Close what was opened."""
        self._pages.close()
        if self._opened is not None:
            self._opened.close()

    def ask(self, question: str, history: Sequence[Turn], documents: Sequence[str]) -> Answer:
        """See Service."""
        return self._assistant.ask(question, history, documents=glob_of(documents))

    def status(self) -> StoreStatus:
        """See Service."""
        return self._assistant.status()

    def examples(self, n: int) -> list[str]:
        """See Service."""
        return self._assistant.examples(n)

    def add(self, uploads: Sequence[Upload]) -> Iterator[Progress | Report]:
        """See Service. Raises StoreBusy where another process is ingesting."""
        folder = _folder(self._settings)
        for upload in uploads:
            keep(upload, folder)
        events: SimpleQueue[Progress] = SimpleQueue()
        with ThreadPoolExecutor(1) as pool:
            work = pool.submit(ingest, self._settings, [folder], lambda: self._embedder, events.put)
            while not work.done():
                try:
                    yield events.get(timeout=0.2)
                except Empty:
                    continue
            yield work.result()

    def document(self, document_id: str) -> Document:
        """See Service."""
        return self._originals.document(document_id)

    def original(self, document_id: str) -> Path:
        """See Service."""
        return self._originals.file(document_id)

    def has_pictures(self, document_id: str) -> bool:
        """See Service."""
        with self.original(document_id).open("rb") as file:
            return b"%PDF-" in file.read(_HEAD)

    def sheet(self, document_id: str, number: int, quotes: Sequence[Quoted]) -> Sheet:
        """See Service."""
        return self._pages.sheet(PdfFile(self.original(document_id), document_id), number, quotes)

    def picture(self, document_id: str, number: int) -> bytes:
        """See Service."""
        return self._pages.picture(PdfFile(self.original(document_id), document_id), number)


def uploads(settings: Settings) -> list[Path]:
    """The folder of what was uploaded, for `chat --only` to keep; none where nothing was."""
    folder = _folder(settings)
    return [folder] if folder.is_dir() and any(folder.iterdir()) else []


def _folder(settings: Settings) -> Path:
    return settings.store / "uploads"


def glob_of(documents: Sequence[str]) -> str | None:
    """A pattern that takes exactly these shown paths, None for none; a line break in one is any character."""
    return "\n".join(escape(path).replace("\n", "?") for path in documents) or None


def safe_name(name: str) -> str:
    """The last part of the name, without what is invisible or would hide or move the file."""
    last = "".join(filter(str.isprintable, re.split(r"[/\\]", name)[-1])).lstrip(". ").rstrip()
    suffix = Path(last).suffix[:20]
    stem = last.removesuffix(suffix).encode()[: _NAME_BYTES - len(suffix.encode())].decode(errors="ignore")
    return (stem or "document") + suffix


def keep(upload: Upload, folder: Path) -> Path:
    """Copy the file into the folder under its name; a different file of that name is never overwritten.

    Raises: UsageError where it cannot be written.
    """
    first = folder / safe_name(upload.name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for n in count(1):
            target = first if n == 1 else first.with_name(f"{first.stem} ({n}){first.suffix}")
            if not target.exists():
                break
            if target.is_file() and cmp(upload.path, target, shallow=False):
                return target
        part = folder / f".{target.name}.part"
        shutil.copyfile(upload.path, part)
        part.rename(target)
    except OSError as error:
        raise UsageError(f"{upload.name}: expected to keep it in {folder}, {error.strerror}") from error
    return target
