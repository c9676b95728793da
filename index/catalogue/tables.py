"""The tables of a catalogue, and whether a file holds them."""

import sqlite3
from pathlib import Path

from ingest.errors import StoreDamaged, StoreOutdated

FORMAT = 3
NAME = "catalogue.sqlite"
_APPLICATION = 0x4D737464
# What a row is found by comes first: SQLite walks over a long text to reach what stands behind it.
_TABLES = """
CREATE TABLE roots (path TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL, reading TEXT NOT NULL, title TEXT,
    date TEXT, language TEXT,
    page_count INTEGER NOT NULL, passage_count INTEGER NOT NULL, unread TEXT NOT NULL,
    structure BLOB NOT NULL, text BLOB NOT NULL, UNIQUE (sha256, reading));
CREATE TABLE texts (id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE);
CREATE TABLE embeddings (
    text_id INTEGER PRIMARY KEY REFERENCES texts ON DELETE CASCADE, vector BLOB NOT NULL);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    text_id INTEGER NOT NULL REFERENCES texts, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL, context TEXT NOT NULL);
CREATE INDEX passages_document ON passages (document_id);
CREATE INDEX passages_text ON passages (text_id);
CREATE TABLE files (
    key TEXT PRIMARY KEY, shown TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, sha256 TEXT,
    reading TEXT NOT NULL, document_id INTEGER REFERENCES documents, unread TEXT NOT NULL);
CREATE INDEX files_document ON files (document_id);
CREATE TABLE model (
    one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL, sha256 TEXT NOT NULL,
    dimension INTEGER NOT NULL);
CREATE TABLE generation (
    one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL, created TEXT NOT NULL,
    passages INTEGER NOT NULL, dead INTEGER NOT NULL, manifest TEXT NOT NULL);
"""


def create(connection: sqlite3.Connection) -> None:
    """The tables in an empty file, all of them or none."""
    head = f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {FORMAT};"
    connection.executescript(f"BEGIN; {head} {_TABLES} COMMIT;")


def holds_catalogue(connection: sqlite3.Connection, directory: Path) -> bool:
    """True if the file holds a catalogue of this format, False if it is empty.

    Raises: StoreDamaged if it holds another thing, StoreOutdated if it is of another format.
    """
    application, version, tables = connection.execute(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master) "
        "FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if (application, version, tables) == (0, 0, 0):
        return False
    if application != _APPLICATION:
        raise StoreDamaged(directory, f"expected a store, found another database: {directory / NAME}")
    if version != FORMAT:
        hint = f"delete {directory / NAME} and ingest again"
        raise StoreOutdated(directory, f"expected a store of format {FORMAT}, found {version}: {hint}")
    return True
