"""The tables of a catalogue, and whether a file holds them."""

import sqlite3
from pathlib import Path

from ingest.errors import StoreDamaged, StoreOutdated

FORMAT = 3
_UPGRADABLE = (2,)
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


def held_format(connection: sqlite3.Connection, directory: Path) -> int:
    """The format of the catalogue that the file holds, this one or one that `upgrade` knows; 0 for none.

    Raises: StoreDamaged where it holds another thing, StoreOutdated where it is of any other format.
    """
    application, version, tables = connection.execute(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master) "
        "FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if (application, version, tables) == (0, 0, 0):
        return 0
    if application != _APPLICATION:
        raise StoreDamaged(directory, f"expected a store, found another database: {directory / NAME}")
    if version not in (FORMAT, *_UPGRADABLE):
        hint = f"delete {directory / NAME} and ingest again"
        raise StoreOutdated(directory, f"expected a store of format {FORMAT}, found {version}: {hint}")
    return int(version)


def readable(connection: sqlite3.Connection, directory: Path) -> bool:
    """Whether the file holds a catalogue to read, False where it is empty.

    Raises: as `held_format`, and StoreOutdated where it is to be brought up to date first.
    """
    found = held_format(connection, directory)
    if found not in (0, FORMAT):
        hint = "run `mustanad ingest FOLDER` once, which brings it up to date and reads no file again for it"
        raise StoreOutdated(directory, f"expected a store of format {FORMAT}, found {found}: {hint}")
    return bool(found)
