"""The documents of a store, each with the file that it was read from, by the hash of its bytes."""

import threading
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from index.catalogue.database import Catalogue
from index.disk import file_sha256
from index.ingesting.sources import bytes_at, file_at
from ingest.document import Document
from ingest.errors import ReadError
from ingest.reasons import Reason

_DOCUMENTS = 16  # documents kept in memory


@dataclass(frozen=True, slots=True)
class _Known:
    """The documents of a generation, its number and when it was made: id and files of each, by its hash."""

    generation: tuple[int, str]
    ids: dict[str, int]
    files: dict[str, list[Path]]


class Originals:
    """Follows the store as it is ingested into; may be shared between threads, and is to be closed.

    What is attached to a mail is written into a temporary folder, until an ingest may have forgotten it.
    """

    def __init__(self, store: Path) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._known = _Known((0, ""), {}, {})
        self._folder: TemporaryDirectory[str] | None = None
        self._document = lru_cache(maxsize=_DOCUMENTS)(self._load)
        self._written = lru_cache(maxsize=None)(self._write)

    def document(self, sha256: str) -> Document:
        """The document. Raises ReadError where the store no longer has it; StoreError."""
        known = self._newest()
        try:
            return self._document(known.generation, known.ids[sha256])
        except KeyError as error:  # also where an ingest drops it just now
            raise ReadError(Reason("document_gone")) from error

    def file(self, sha256: str) -> Path:
        """A file as the document was read from it. Raises ReadError where there is none; StoreError."""
        paths = self._newest().files.get(sha256, [])
        for path in paths:
            with suppress(OSError):
                file = path if path.exists() else self._detached(path)
                state = file.stat()
                if _hash(file, state.st_size, state.st_mtime_ns) == sha256:
                    return file
        changed = any(path.exists() for path in paths)
        raise ReadError(Reason("file_changed" if changed else "file_gone"))

    def close(self) -> None:
        """Remove what was written of attachments."""
        self._written.cache_clear()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _detached(self, path: Path) -> Path:
        """A file with what is attached to another one under that key. Raises OSError where nothing is."""
        holder = file_at(str(path))
        if holder is None:
            raise FileNotFoundError(path)
        state = holder.stat()
        return self._written(path, state.st_size, state.st_mtime_ns)

    def _write(self, path: Path, size: int, mtime_ns: int) -> Path:  # noqa: ARG002 as in `_hash`
        data = bytes_at(str(path))
        if data is None:
            raise FileNotFoundError(path)
        self._folder = self._folder or TemporaryDirectory(prefix="mustanad-")
        file = Path(mkdtemp(dir=self._folder.name)) / path.name
        file.write_bytes(data)
        return file

    def _load(self, generation: tuple[int, str], document_id: int) -> Document:  # noqa: ARG002 an id is of its generation
        with closing(Catalogue.open_to_read(self._store)) as catalogue:
            return catalogue.document(document_id)

    def _newest(self) -> _Known:
        """What the newest generation holds; looked at anew where it is another than the one known."""
        with self._lock, closing(Catalogue.open_to_read(self._store)) as catalogue:
            row = catalogue.generation()
            if row is None or (row.number, row.created) == self._known.generation:
                return self._known
            self.close()  # what was attached may be gone
            files: dict[str, list[Path]] = {}
            ids: dict[str, int] = {}
            for file in catalogue.files():
                if file.document_id is not None and file.sha256 is not None:
                    ids[file.sha256] = file.document_id
                    files.setdefault(file.sha256, []).append(Path(file.key))
            self._known = _Known((row.number, row.created), ids, files)
            return self._known


@lru_cache(maxsize=1024)
def _hash(path: Path, size: int, mtime_ns: int) -> str:  # noqa: ARG001 another size or time is another file
    return file_sha256(path)
