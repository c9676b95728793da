"""The conversations of a store: kept in a SQLite file of their own, which no ingest touches.

Each exchange is written in one transaction with the conversation that it begins or continues, so
that one is there whole or not at all. Whoever reaches the chat of a store sees all of them.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_urlsafe
from threading import Lock

from pydantic import TypeAdapter, ValidationError

from app.answering.answer import Answer
from app.web.service.filters import Filter
from index.words.terms import exact_terms
from ingest.errors import StoreDamaged, StoreError, StoreOutdated

ID_PATTERN = r"^[A-Za-z0-9_-]{16}$"
MOST_TITLE = 200  # characters
LISTED = 100  # conversations in a list; a search finds older ones
_FORMAT = 1
_PATIENCE = 10  # seconds to wait for another process that writes
# What a row is searched by comes first: SQLite walks over a long text to reach what stands behind it.
_TABLES = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS exchanges (
    number INTEGER PRIMARY KEY, conversation TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
    words TEXT NOT NULL, exchange TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS exchanges_conversation ON exchanges (conversation);
PRAGMA user_version = {_FORMAT};
COMMIT;
"""
_WRITING = """
PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;
"""
_LIST = """
SELECT id, title, changed, questions FROM (
    SELECT id, title, changed, count(*) AS questions,
        ' ' || words(title) || ' ' || group_concat(words, ' ') AS words
    FROM conversations JOIN exchanges ON conversation = id GROUP BY id)
WHERE {found} ORDER BY changed DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, the filter of the documents that it was asked of, and its answer or its error's line."""

    question: str
    filter: Filter
    answer: Answer | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Exchanges in the order in which they were answered; times are UTC, in ISO 8601."""

    id: str
    title: str
    created: str
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation in a list: when it last went on, in UTC, and how many questions it holds."""

    id: str
    title: str
    changed: str
    questions: int


_EXCHANGE = TypeAdapter(Exchange)


class Conversations:
    """The conversations of the store in `folder`; may be shared between threads and processes.

    Every method raises StoreError where the file cannot be used, and StoreOutdated where it is of
    another format.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "conversations.sqlite"
        self._writer = Lock()

    def append(self, known: str, exchange: Exchange) -> Conversation:
        """The conversation of that id with the exchange at its end, begun where there is none of that id."""
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        said = exchange.answer.text if exchange.answer else None
        words = " ".join(exact_terms(f"{exchange.question} {said or ''}"))
        with self._writing() as connection:
            changed = connection.execute("UPDATE conversations SET changed = ? WHERE id = ?", (now, known))
            key = known if changed.rowcount else token_urlsafe(12)
            if not changed.rowcount:
                new = (key, titled(exchange.question), now, now)
                connection.execute("INSERT INTO conversations VALUES (?, ?, ?, ?)", new)
            row = (key, words, _EXCHANGE.dump_json(exchange).decode())
            connection.execute("INSERT INTO exchanges VALUES (NULL, ?, ?, ?)", row)
            found = self._read(connection, key)
        assert found is not None
        return found

    def get(self, key: str) -> Conversation | None:
        """The conversation of that id; None where there is none."""
        with self._opened() as connection:
            return self._read(connection, key) if connection else None

    def listed(self, query: str = "") -> list[Listed]:
        """The newest that hold each word of the query, or one that begins so; up to 100."""
        words = [f" {term}" for term in exact_terms(query)]
        statement = _LIST.format(found=" AND ".join(["1", *("instr(words, ?)" for _ in words)]))
        with self._opened() as connection:
            rows = connection.execute(statement, (*words, LISTED)) if connection else ()
            return [Listed(*row) for row in rows]

    def rename(self, key: str, title: str) -> None:
        """Give it another title; an empty one changes nothing."""
        if titled(title):
            with self._writing() as connection:
                connection.execute("UPDATE conversations SET title = ? WHERE id = ?", (titled(title), key))

    def delete(self, key: str) -> None:
        """Delete it, so that its words leave the file."""
        with self._writing() as connection:
            connection.execute("DELETE FROM conversations WHERE id = ?", (key,))

    def _read(self, connection: sqlite3.Connection, key: str) -> Conversation | None:
        row = connection.execute("SELECT title, created FROM conversations WHERE id = ?", (key,)).fetchone()
        if row is None:
            return None
        statement = "SELECT exchange FROM exchanges WHERE conversation = ? ORDER BY number"
        try:
            exchanges = tuple(
                _EXCHANGE.validate_json(text) for (text,) in connection.execute(statement, (key,))
            )
        except ValidationError as error:
            message = f"expected a conversation of this version in {self._file}, found another: delete it"
            raise StoreOutdated(self._file.parent, message) from error
        title, created = row
        return Conversation(key, title, created, exchanges)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """All of the statements within, or none."""
        with self._writer, self._opened(make=True) as connection:
            assert connection is not None
            with connection:  # commits, or rolls back
                yield connection

    @contextmanager
    def _opened(self, make: bool = False) -> Iterator[sqlite3.Connection | None]:
        """A connection of its own; None where no conversation was kept yet, unless it is to `make` the file.

        On a medium that cannot be written to, nobody else writes either: SQLite then needs no lock.
        """
        folder = self._file.parent
        try:
            if make:
                folder.mkdir(parents=True, exist_ok=True)
            elif not self._file.exists():
                yield None
                return
            mode = "mode=rwc" if os.access(folder, os.W_OK) else "mode=ro&immutable=1"
            uri = f"{self._file.resolve().as_uri()}?{mode}"
            with closing(sqlite3.connect(uri, uri=True, timeout=_PATIENCE)) as connection:
                yield connection if self._prepared(connection, make) else None
        except (sqlite3.OperationalError, OSError) as error:
            raise StoreError(folder, f"cannot use {self._file}: {error}") from error
        except sqlite3.DatabaseError as error:
            message = f"{self._file} is damaged ({error}): move it away, a new one is made"
            raise StoreDamaged(folder, message) from error

    def _prepared(self, connection: sqlite3.Connection, make: bool) -> bool:
        """Whether it has the tables, which are made if they are to be."""
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version not in {0, _FORMAT}:
            message = f"expected {self._file} of format {_FORMAT}, found {version}: move it away"
            raise StoreOutdated(self._file.parent, message)
        if make:
            connection.executescript(_WRITING if version else _WRITING + _TABLES)
        connection.create_function("words", 1, lambda text: " ".join(exact_terms(text)), deterministic=True)
        return make or version == _FORMAT


def titled(text: str) -> str:
    """The text as a title: on one line, cut to 200 characters."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_TITLE else f"{line[: MOST_TITLE - 1]}…"
