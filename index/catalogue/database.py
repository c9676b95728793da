"""The catalogue: the one SQLite file that holds the truth of a store; readers see one generation."""

import json
import os
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import numpy as np

from index.catalogue.rows import VECTOR, FileRow, GenerationRow, Model, Parts, ledger_from_json
from index.catalogue.structure import structure_from_json
from index.catalogue.tables import FORMAT, NAME, OF_PICTURES, make, store_errors, version_of
from index.types import Ids, Vectors
from ingest.document import Document, Passage, Span
from ingest.errors import StoreDamaged, StoreMissing

_WRITING = """
PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 16384; PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;
"""
_MAPPED = 1 << 30  # bytes that a reader may map: vectors are read from all over the file
_TEXTS = 64  # texts of documents that a reader keeps in memory


class Catalogue:
    """A connection to the catalogue; safe to share between threads."""

    def __init__(self, directory: Path, connection: sqlite3.Connection, texts: int = _TEXTS) -> None:
        """`texts` is how many documents' texts are kept in memory."""
        self.directory = directory
        self._connection = connection
        self._lock = threading.RLock()
        self._text = lru_cache(maxsize=texts)(self._stored_text)

    @classmethod
    def open_to_write(cls, directory: Path) -> Self:
        """The catalogue of a store whose lock the caller holds; made where there is none."""
        file = directory / NAME
        with store_errors(directory):
            connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
            try:
                version = version_of(connection, directory, writing=True)
                connection.executescript(_WRITING)
                if version != FORMAT:
                    make(connection, version)
                connection.executescript(OF_PICTURES)
            except BaseException:
                connection.close()
                raise
        return cls(directory, connection, texts=2)  # it takes one document after the other

    @classmethod
    def open_to_read(cls, directory: Path) -> Self:
        """The catalogue as it is now: until it is closed it stays so, whatever is written meanwhile."""
        file = directory / NAME
        missing = StoreMissing(directory, f"no store at {directory}: run `mustanad ingest FOLDER` first")
        with store_errors(directory):
            if not file.is_file():
                raise missing
            try:
                connection = _snapshot(directory, f"{file.resolve().as_uri()}?mode=ro")
            except sqlite3.OperationalError:
                if os.access(directory, os.W_OK):
                    raise
                # A medium that cannot be written to, not even by a lock: nobody else writes to it either.
                connection = _snapshot(directory, f"{file.resolve().as_uri()}?mode=ro&immutable=1")
        if connection is None:
            raise missing
        return cls(directory, connection)

    def close(self) -> None:
        """Ends the connection, and with it the view of its generation."""
        with self._lock:
            self._connection.close()

    def rows(self, sql: str, *values: object) -> list[Any]:
        """All rows of a statement."""
        with self._lock, store_errors(self.directory):
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of the statements within, or none."""
        with self._lock, store_errors(self.directory):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def generation(self) -> GenerationRow | None:
        """The current generation; None before the first was published."""
        rows = self.rows(
            "SELECT number, created, passages, dead, manifest, models.id, name, sha256, dimension "
            "FROM generation JOIN models ON models.id = model_id"
        )
        for number, created, passages, dead, manifest, *model in rows:
            files = {name: (size, sha256) for name, (size, sha256) in json.loads(manifest).items()}
            return GenerationRow(number, created, Model(*model), passages, dead, files)
        return None

    def published(self) -> GenerationRow:
        """The current generation. Raises: StoreMissing before the first."""
        row = self.generation()
        if row is None:
            problem = f"nothing is ingested into {self.directory} yet: run `mustanad ingest FOLDER` first"
            raise StoreMissing(self.directory, problem)
        return row

    def roots(self) -> dict[str, str]:
        """Path to shown name of each root."""
        return dict(self.rows("SELECT path, name FROM roots ORDER BY path"))

    def files(self) -> list[FileRow]:
        """Every file, by shown path."""
        rows = self.rows("SELECT key, shown, size, mtime_ns, sha256, reading, document_id, unread FROM files")
        files = [FileRow(*(*row[:-1], ledger_from_json(row[-1]))) for row in rows]
        return sorted(files, key=lambda row: (row.shown, row.key))

    def document(self, document_id: int) -> Document:
        """Raises: KeyError where there is no such document."""
        for sha256, title, date, unread, structure in self.rows(
            "SELECT sha256, title, date, unread, structure FROM documents WHERE id = ?", document_id
        ):
            return Document(
                sha256=sha256,
                title=title,
                date=date,
                text=self._text(document_id),
                unread=ledger_from_json(unread),
                **structure_from_json(zlib.decompress(structure)),
            )
        raise KeyError(document_id)

    def _stored_text(self, document_id: int) -> str:
        [(text,)] = self.rows("SELECT text FROM documents WHERE id = ?", document_id)
        return zlib.decompress(text).decode()

    def languages(self) -> dict[int, str]:
        """The two-letter code of each document's language, of those of which it is known."""
        return dict(self.rows("SELECT id, language FROM documents WHERE language IS NOT NULL"))

    def main_language(self) -> str | None:
        """The code of the language that most passages are in; None if none is known."""
        rows = self.rows(
            "SELECT language FROM documents WHERE language IS NOT NULL AND id IN (SELECT document_id "
            "FROM files) GROUP BY language ORDER BY sum(passage_count) DESC, language LIMIT 1"
        )
        return str(rows[0][0]) if rows else None

    def parts(self) -> dict[int, Parts]:
        """What each document holds, by id."""
        rows = self.rows("SELECT id, title, date, language, page_count, passage_count, unread FROM documents")
        return {row[0]: Parts(*(*row[1:-1], ledger_from_json(row[-1]))) for row in rows}

    def passages(self, ids: Iterable[int]) -> dict[int, tuple[int, Passage]]:
        """The document id and the passage of each passage id that is there."""
        rows = self.rows(
            'SELECT id, document_id, start, "end", sentences, context FROM passages '
            "WHERE id IN (SELECT value FROM json_each(?))",
            json.dumps(list(ids)),
        )
        return {
            one: (
                document_id,
                Passage(
                    start=start,
                    end=end,
                    sentences=tuple(Span(*span) for span in json.loads(sentences)),
                    context=context,
                    text=self._text(document_id)[start:end],
                ),
            )
            for one, document_id, start, end, sentences, context in rows
        }

    def passage_ids(self, documents: Iterable[int]) -> Ids:
        """Ids of the passages of these documents, ascending."""
        listed = json.dumps(list(documents))
        sql = "SELECT id FROM passages WHERE document_id IN (SELECT value FROM json_each(?)) ORDER BY id"
        with self._lock, store_errors(self.directory):  # a million ids without a million Python objects
            rows = self._connection.execute(sql, (listed,))
            return np.fromiter((one for (one,) in rows), dtype=np.int64)

    def vectors(self, model: Model, ids: Sequence[int]) -> Vectors:
        """The model's embeddings of these passages, `(len(ids), dimension)` float32.

        Raises: StoreDamaged where one is lost.
        """
        sql = (
            "SELECT passages.id, vector FROM passages JOIN embeddings USING (text_id) "
            "WHERE model_id = ? AND passages.id IN (SELECT value FROM json_each(?))"
        )
        blobs = dict(self.rows(sql, model.id, json.dumps(list(ids))))
        if lost := len(set(ids) - blobs.keys()):
            hint = f"delete {self.directory / NAME} and ingest again"
            raise StoreDamaged(self.directory, f"{lost} embeddings are lost from {self.directory}: {hint}")
        stored = np.frombuffer(b"".join(blobs[one] for one in ids), dtype=VECTOR)
        return stored.reshape(len(ids), -1).astype(np.float32)

    def integrity(self) -> list[str]:
        """What SQLite finds wrong with the file; nothing where it is whole."""
        return [text for (text,) in self.rows("PRAGMA integrity_check") if text != "ok"]

    def checkpoint(self) -> None:
        """Move the log into the file as far as no reader stands in the way."""
        for pragma in ("busy_timeout = 0", "wal_checkpoint(TRUNCATE)", "busy_timeout = 5000"):
            self.rows(f"PRAGMA {pragma}")


def current(directory: Path) -> GenerationRow:
    """The newest generation of a store. Raises: StoreMissing, StoreDamaged, StoreOutdated."""
    with closing(Catalogue.open_to_read(directory)) as catalogue:
        return catalogue.published()


def _snapshot(directory: Path, uri: str) -> sqlite3.Connection | None:
    """A connection within a read transaction; None where the file is still without a catalogue."""
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
        connection.execute("BEGIN")
        if version_of(connection, directory, writing=False):
            return connection
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None
