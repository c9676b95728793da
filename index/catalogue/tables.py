"""The tables of a catalogue: which format of them a file holds, and how it comes to hold this one."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import StoreDamaged, StoreError, StoreOutdated, reason_of
from ingest.reasons import Reason

FORMAT = 5
NAME = "catalogue.sqlite"
_APPLICATION = 0x4D737464
# Columns that rows are looked up by come first: SQLite steps over a long text to reach what is behind it.
_OF_MODELS = """
CREATE TABLE models (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE, dimension INTEGER NOT NULL);
CREATE TABLE embeddings (
    text_id INTEGER NOT NULL REFERENCES texts ON DELETE CASCADE,
    model_id INTEGER NOT NULL REFERENCES models ON DELETE CASCADE,
    vector BLOB NOT NULL, PRIMARY KEY (text_id, model_id));
CREATE TABLE generation (
    one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL, created TEXT NOT NULL,
    model_id INTEGER NOT NULL REFERENCES models, passages INTEGER NOT NULL, dead INTEGER NOT NULL,
    manifest TEXT NOT NULL);
"""
_TABLES = """
CREATE TABLE roots (path TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL, reading TEXT NOT NULL, title TEXT,
    date TEXT, language TEXT,
    page_count INTEGER NOT NULL, passage_count INTEGER NOT NULL, unread TEXT NOT NULL,
    structure BLOB NOT NULL, text BLOB NOT NULL, UNIQUE (sha256, reading));
CREATE TABLE texts (id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE);
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
"""
# Not in every store of this format: made where it is not. A page of the file of these bytes, recognised in a
# `way`, in a picture whose SHA-256 is `picture`; a `page` whose picture is known is not recognised again.
OF_PICTURES = """
CREATE TABLE IF NOT EXISTS recognised (
    sha256 TEXT NOT NULL, page INTEGER NOT NULL, way TEXT NOT NULL, picture BLOB NOT NULL,
    words BLOB NOT NULL, PRIMARY KEY (sha256, page)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS recognised_picture ON recognised (picture, way);
"""
# Format 4 had one model, and no embeddings but its own.
_FROM_4 = f"""
ALTER TABLE embeddings RENAME TO old_embeddings;
ALTER TABLE generation RENAME TO old_generation;
{_OF_MODELS}
INSERT INTO models SELECT one, name, sha256, dimension FROM model;
INSERT INTO embeddings SELECT text_id, 1, vector FROM old_embeddings;
INSERT INTO generation SELECT one, number, created, 1, passages, dead, manifest FROM old_generation;
DROP TABLE old_embeddings;
DROP TABLE old_generation;
DROP TABLE model;
"""


def make(connection: sqlite3.Connection, version: int) -> None:
    """Tables of this format, all of them or none, in a file that is empty (0) or of the format before."""
    head = f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {FORMAT};"
    connection.executescript(f"BEGIN; {head} {_TABLES + _OF_MODELS if version == 0 else _FROM_4} COMMIT;")


def version_of(connection: sqlite3.Connection, directory: Path, writing: bool) -> int:
    """The format of the file, 0 if it is empty; when `writing`, the format before this one will do.

    Raises: StoreDamaged if it is no store, StoreOutdated if it is of any other format.
    """
    application, version, tables = connection.execute(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master) "
        "FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if (application, version, tables) == (0, 0, 0):
        return 0
    if application != _APPLICATION:
        raise StoreDamaged(directory, f"expected a store, found another database: {directory / NAME}")
    if version not in ({FORMAT, FORMAT - 1} if writing else {FORMAT}):
        hint = f"delete {directory / NAME} and ingest again"
        if version == FORMAT - 1:
            hint = "run `mustanad ingest` once, it brings the store up to date"
        raise StoreOutdated(directory, f"expected a store of format {FORMAT}, found {version}: {hint}")
    return int(version)


@contextmanager
def store_errors(directory: Path) -> Iterator[None]:
    """Turns SQLite's and the file system's errors into one line about the store."""
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        problem = reason_of(error) if isinstance(error, OSError) else Reason("other", detail=str(error))
        reason = Reason("store_problem", problem=problem)
        raise StoreError(directory, f"cannot use the store {directory}: {error}", reason) from error
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:
            raise  # a mistake of ours, such as a row that breaks a constraint: it has a class of its own
        message = f"{directory / NAME} is damaged ({error}): delete it and ingest again"
        raise StoreDamaged(directory, message) from error
