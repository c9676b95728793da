"""The catalogue: the one SQLite file that holds the truth of a store; readers see one generation."""

import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import numpy as np

from index.rows import FileRow, GenerationRow, Parts
from index.types import Vectors
from ingest.document import Block, Document, Page, PageSpan, Passage, Span, Unread
from ingest.errors import StoreDamaged, StoreError, StoreMissing, StoreOutdated

FORMAT = 1
_WRITING = """
PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;
"""
NAME = "catalogue.sqlite"
_APPLICATION = 0x4D737464
_SCHEMA = """
CREATE TABLE roots (path TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL, reading TEXT NOT NULL, title TEXT,
    text TEXT NOT NULL, structure TEXT NOT NULL,
    page_count INTEGER NOT NULL, unread TEXT NOT NULL, UNIQUE (sha256, reading));
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, sentences TEXT NOT NULL, context TEXT NOT NULL,
    text TEXT NOT NULL, sha256 TEXT NOT NULL);
CREATE INDEX passages_document ON passages (document_id);
CREATE INDEX passages_sha256 ON passages (sha256);
CREATE TABLE embeddings (
    passage TEXT NOT NULL, model TEXT NOT NULL, vector BLOB NOT NULL, UNIQUE (passage, model));
CREATE TABLE files (
    key TEXT PRIMARY KEY, shown TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, sha256 TEXT,
    reading TEXT NOT NULL, document_id INTEGER REFERENCES documents, unread TEXT NOT NULL);
CREATE INDEX files_document ON files (document_id);
CREATE TABLE generation (
    one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL, created TEXT NOT NULL,
    model_name TEXT NOT NULL, model_sha256 TEXT NOT NULL, dimension INTEGER NOT NULL,
    dead INTEGER NOT NULL, manifest TEXT NOT NULL);
"""


class Catalogue:
    """A connection to the catalogue; safe to share between threads."""

    def __init__(self, directory: Path, connection: sqlite3.Connection) -> None:
        self.directory = directory
        self._connection = connection
        self._lock = threading.RLock()

    @classmethod
    def open_to_write(cls, directory: Path) -> Self:
        """The catalogue of a store whose lock the caller holds; made where there is none."""
        file = directory / NAME
        with store_errors(directory):
            connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
            try:
                fresh = not _checked(connection, directory)
                connection.executescript(_WRITING)
                if fresh:
                    head = f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {FORMAT};"
                    connection.executescript(f"BEGIN; {head} {_SCHEMA} COMMIT;")
            except BaseException:
                connection.close()
                raise
        return cls(directory, connection)

    @classmethod
    def open_to_read(cls, directory: Path) -> Self:
        """The catalogue as it is now and, whatever is written, stays until it is closed."""
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
        columns = "number, created, model_name, model_sha256, dimension, dead, manifest"
        for row in self.rows(f"SELECT {columns} FROM generation"):
            manifest = {name: (size, sha256) for name, (size, sha256) in json.loads(row[-1]).items()}
            return GenerationRow(*(*row[:-1], manifest))
        return None

    def roots(self) -> dict[str, str]:
        """Path to shown name of each root."""
        return dict(self.rows("SELECT path, name FROM roots ORDER BY path"))

    def files(self) -> list[FileRow]:
        """Every file, by shown path."""
        rows = self.rows("SELECT key, shown, size, mtime_ns, sha256, reading, document_id, unread FROM files")
        files = [FileRow(*(*row[:-1], _unread(row[-1]))) for row in rows]
        return sorted(files, key=lambda row: (row.shown, row.key))

    def document(self, document_id: int) -> Document:
        """Raises: KeyError where there is no such document."""
        for sha256, title, text, structure, unread in self.rows(
            "SELECT sha256, title, text, structure, unread FROM documents WHERE id = ?", document_id
        ):
            parts = json.loads(structure)
            return Document(
                sha256=sha256,
                title=title,
                date=parts.get("date"),  # a row of an earlier reading has none
                text=text,
                pages=tuple(Page(*page) for page in parts["pages"]),
                page_spans=tuple(PageSpan(*span) for span in parts["page_spans"]),
                blocks=tuple(Block(*block) for block in parts["blocks"]),
                unread=_unread(unread),
            )
        raise KeyError(document_id)

    def parts(self) -> dict[int, Parts]:
        """What each document holds, by id."""
        rows = self.rows(
            "SELECT documents.id, title, page_count, count(passages.id), unread FROM documents "
            "LEFT JOIN passages ON document_id = documents.id GROUP BY documents.id"
        )
        return {row[0]: Parts(*(*row[1:-1], _unread(row[-1]))) for row in rows}

    def passages(self, ids: Iterable[int]) -> dict[int, tuple[int, Passage]]:
        """The document id and the passage of each passage id that is there."""
        rows = self.rows(
            'SELECT id, document_id, start, "end", sentences, context, text FROM passages '
            "WHERE id IN (SELECT value FROM json_each(?))",
            json.dumps(list(ids)),
        )
        return {
            row: (document, Passage(start, end, tuple(Span(*one) for one in json.loads(sentences)), *texts))
            for row, document, start, end, sentences, *texts in rows
        }

    def passage_ids(self, documents: Iterable[int]) -> list[int]:
        """Ids of the passages of these documents, ascending."""
        listed = json.dumps(list(documents))
        sql = "SELECT id FROM passages WHERE document_id IN (SELECT value FROM json_each(?)) ORDER BY id"
        return [row for (row,) in self.rows(sql, listed)]

    def vectors(self, ids: Sequence[int], model: str) -> Vectors:
        """Embeddings of the passages under the model, `(len(ids), dimension)` float32.

        Raises: StoreDamaged where one is lost.
        """
        rows = self.rows(
            "SELECT passages.id, vector FROM passages JOIN embeddings ON passage = sha256 AND model = ? "
            "WHERE passages.id IN (SELECT value FROM json_each(?))",
            model,
            json.dumps(list(ids)),
        )
        found = {row: np.frombuffer(vector, dtype="<f4") for row, vector in rows}
        if lost := len(set(ids) - found.keys()):
            raise StoreDamaged(self.directory, f"{lost} embeddings lost in {self.directory}: ingest again")
        return np.stack([found[row] for row in ids]).astype(np.float32)

    def integrity(self) -> list[str]:
        """What SQLite finds wrong with the file; nothing where it is whole."""
        return [text for (text,) in self.rows("PRAGMA integrity_check") if text != "ok"]

    def checkpoint(self) -> None:
        """Move the log into the file as far as no reader stands in the way."""
        for pragma in ("busy_timeout = 0", "wal_checkpoint(TRUNCATE)", "busy_timeout = 5000"):
            self.rows(f"PRAGMA {pragma}")


@contextmanager
def store_errors(directory: Path) -> Iterator[None]:
    """Turns SQLite's and the file system's errors into one line about the store."""
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        raise StoreError(directory, f"cannot use the store {directory}: {error}") from error
    except sqlite3.DatabaseError as error:
        message = f"{directory / NAME} is damaged ({error}): delete {directory} and ingest again"
        raise StoreDamaged(directory, message) from error


def _snapshot(directory: Path, uri: str) -> sqlite3.Connection | None:
    """A connection within a read transaction; None where the file is still without a catalogue."""
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("BEGIN")
        if _checked(connection, directory):
            return connection
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None


def _checked(connection: sqlite3.Connection, directory: Path) -> bool:
    """Whether the file holds a catalogue, False where it is empty; raises where it is another thing."""
    application, version, tables = connection.execute(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master) "
        "FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if (application, version, tables) == (0, 0, 0):
        return False
    if application != _APPLICATION:
        raise StoreDamaged(directory, f"expected a store, found another database: {directory / NAME}")
    if version != FORMAT:
        hint = f"delete {directory} and ingest again"
        raise StoreOutdated(directory, f"expected a store of format {FORMAT}, found {version}: {hint}")
    return True


def _unread(text: str) -> tuple[Unread, ...]:
    """Ledger entries from their JSON; of most documents there are none, which needs no parsing."""
    entries = json.loads(text) if text != "[]" else []
    return tuple(Unread(tuple(pages) if pages is not None else None, reason) for pages, reason in entries)
