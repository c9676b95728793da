"""A catalogue of the format before made one of today's: nothing is read or embedded again."""

import json
import sqlite3
import zlib

from ingest.document import Block, main_language

# The table is made anew, not widened: a column behind the texts costs a walk over them.
_UPGRADE = """
CREATE TABLE upgraded (
    id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL, reading TEXT NOT NULL, title TEXT,
    date TEXT, language TEXT,
    page_count INTEGER NOT NULL, passage_count INTEGER NOT NULL, unread TEXT NOT NULL,
    structure BLOB NOT NULL, text BLOB NOT NULL, UNIQUE (sha256, reading));
INSERT INTO upgraded
    SELECT id, sha256, reading, title, date_in(structure), language_in(structure), page_count, passage_count,
    unread, structure, text FROM documents;
DELETE FROM sqlite_sequence WHERE name = 'upgraded';
UPDATE sqlite_sequence SET name = 'upgraded' WHERE name = 'documents';
DROP TABLE documents;
ALTER TABLE upgraded RENAME TO documents;
PRAGMA user_version = 3;
"""


def upgrade(connection: sqlite3.Connection) -> None:
    """From format 2 to 3, all or nothing: date and language of each document in columns of their own."""
    connection.create_function("date_in", 1, _date, deterministic=True)
    connection.create_function("language_in", 1, _language, deterministic=True)
    connection.execute("PRAGMA foreign_keys = OFF")  # a dropped table takes with it what refers to it
    connection.executescript(f"BEGIN; {_UPGRADE} COMMIT; PRAGMA foreign_keys = ON;")


def _date(structure: bytes) -> str | None:
    date: str | None = json.loads(zlib.decompress(structure))["date"]
    return date


def _language(structure: bytes) -> str | None:
    return main_language(Block(*block) for block in json.loads(zlib.decompress(structure))["blocks"])
