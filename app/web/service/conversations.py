"""The conversations of a store: kept in a SQLite file of their own, which no ingest touches.

Each exchange is written in one transaction with the conversation that it begins or continues, so
that one is there whole or not at all. Whoever reaches the chat of a store sees all of them.

They outlive the documents: what an answer quoted of one stays after it was removed or has changed, until
the conversation is deleted or made to forget it; then the words leave the file.
"""

import os
import sqlite3
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_urlsafe
from threading import Lock

from app.web.service.exchange import Exchange, read, written
from index.words.terms import exact_terms
from ingest.errors import StoreDamaged, StoreError, StoreOutdated
from ingest.reasons import Reason

ID_PATTERN = r"^[A-Za-z0-9_-]{16}$"
MOST_TITLE = 200  # characters
LISTED = 100  # conversations in a list; a search finds older ones
_FORMAT = 2
_PATIENCE = 10  # seconds to wait for another process that writes
# What a row is searched by comes first: SQLite walks over a long text to reach what stands behind it. A
# number is given once, so that whoever has seen one knows which exchanges came after it.
_TABLES = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS exchanges (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
    words TEXT NOT NULL, exchange TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS exchanges_conversation ON exchanges (conversation);
"""
_FROM_1 = f"""
ALTER TABLE exchanges RENAME TO old; DROP INDEX exchanges_conversation;
{_TABLES} INSERT INTO exchanges SELECT * FROM old; DROP TABLE old;
"""
_CHANGES = {0: _TABLES, 1: _FROM_1}  # what makes the newest format of each earlier one; 0 is a new file
_WRITING = "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
_LIST = """
SELECT id, title, changed, count(*) FROM conversations JOIN exchanges ON conversation = id
GROUP BY id HAVING {holds} ORDER BY changed DESC LIMIT ?
"""
_LAST = """
SELECT ifnull((SELECT max(number) FROM exchanges WHERE conversation = ?), 0),
    ifnull((SELECT max(number) FROM exchanges), 0), (SELECT count(*) FROM conversations)
"""
_HOLDS = "instr(' ' || words(title) || ' ' || group_concat(words, ' '), ?)"


@dataclass(frozen=True, slots=True)
class Conversation:
    """Exchanges in the order in which they were answered; times are UTC, in ISO 8601.

    `last` is the number of the last of them; where only those after a number were asked for, the
    others are left out.
    """

    id: str
    title: str
    created: str
    exchanges: tuple[Exchange, ...]
    last: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation in a list: when it last went on, in UTC, and how many questions it holds."""

    id: str
    title: str
    changed: str
    questions: int


@dataclass(frozen=True, slots=True)
class Last:
    """The numbers of the last exchange of a conversation and of all, 0 for none; how many conversations."""

    own: int
    newest: int
    conversations: int


class Conversations:
    """The conversations of the store in `folder`; may be shared between threads and processes.

    Every method raises StoreError where the file cannot be used, and StoreOutdated where it is of
    another format.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "conversations.sqlite"
        self._writer = Lock()

    def append(self, known: str, exchange: Exchange, seen: int = 0) -> Conversation:
        """The conversation of that id with the exchange at its end, begun where there is none of that id.

        Of a conversation that goes on, only the exchanges after number `seen` are read.
        """
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        said = exchange.answer.text if exchange.answer else None
        words = " ".join(exact_terms(f"{exchange.question} {said or ''}"))
        with self._writing() as connection:
            changed = connection.execute("UPDATE conversations SET changed = ? WHERE id = ?", (now, known))
            key = known if changed.rowcount else token_urlsafe(12)
            if not changed.rowcount:
                new = (key, titled(exchange.question), now, now)
                connection.execute("INSERT INTO conversations VALUES (?, ?, ?, ?)", new)
            row = (key, words, written(exchange))
            connection.execute("INSERT INTO exchanges VALUES (NULL, ?, ?, ?)", row)
            kept = self._read(connection, key, seen)
        assert kept is not None
        return replace(kept, exchanges=(*kept.exchanges[:-1], exchange))

    def get(self, key: str, seen: int = 0) -> Conversation | None:
        """The conversation of that id with its exchanges after number `seen`; None where there is none."""
        with self._opened() as connection:
            return self._read(connection, key, seen) if connection else None

    def last(self, key: str) -> Last:
        """What is newest of the conversation of that id, and of all."""
        with self._opened() as connection:
            return Last(*connection.execute(_LAST, (key,)).fetchone()) if connection else Last(0, 0, 0)

    def listed(self, query: str = "") -> list[Listed]:
        """The newest that hold each word of the query, or one that begins so; up to 100."""
        words = [f" {term}" for term in exact_terms(query)]
        statement = _LIST.format(holds=" AND ".join(["1", *(_HOLDS for _ in words)]))
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

    def forget(self, key: str, documents: AbstractSet[str]) -> None:
        """Delete the exchanges of a conversation that quote any of these documents, by id.

        A title made of a deleted question goes with it, a conversation of which none is left altogether.
        """
        with self._writing() as connection:
            exchanges = self._exchanges(connection, key)
            left = {n: exchange for n, exchange in exchanges.items() if exchange.quoted.isdisjoint(documents)}
            if not left:
                connection.execute("DELETE FROM conversations WHERE id = ?", (key,))
                return
            gone = [(n,) for n in exchanges.keys() - left.keys()]
            connection.executemany("DELETE FROM exchanges WHERE number = ?", gone)
            before, after = (titled(next(iter(each.values())).question) for each in (exchanges, left))
            retitle = "UPDATE conversations SET title = ? WHERE id = ? AND title = ?"
            connection.execute(retitle, (after, key, before))

    def _read(self, connection: sqlite3.Connection, key: str, seen: int = 0) -> Conversation | None:
        row = connection.execute("SELECT title, created FROM conversations WHERE id = ?", (key,)).fetchone()
        if row is None:
            return None
        title, created = row
        exchanges = self._exchanges(connection, key, seen)
        return Conversation(key, title, created, tuple(exchanges.values()), max(exchanges, default=seen))

    def _exchanges(self, connection: sqlite3.Connection, key: str, seen: int = 0) -> dict[int, Exchange]:
        """The exchanges of a conversation after number `seen`, by their numbers, in order."""
        statement = (
            "SELECT number, exchange FROM exchanges WHERE conversation = ? AND number > ? ORDER BY number"
        )
        rows = connection.execute(statement, (key, seen)).fetchall()
        try:
            return {number: read(text) for number, text in rows}
        except ValueError as error:
            message = f"{error}, in {self._file}: update Mustanad, or delete the conversation"
            raise StoreOutdated(self._file.parent, message, Reason("conversations_outdated")) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """All of the statements within, or none."""
        with self._writer, self._opened(make=True) as connection:
            assert connection is not None
            with connection:  # commits, or rolls back
                connection.execute("BEGIN IMMEDIATE")
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
            raise StoreError(
                folder, f"cannot use {self._file}: {error}", Reason("conversations_unusable")
            ) from error
        except sqlite3.DatabaseError as error:
            if type(error) is not sqlite3.DatabaseError:
                raise  # a mistake of ours, as in index/catalogue/tables.py
            message = f"{self._file} is damaged ({error}): move it away, a new one is made"
            raise StoreDamaged(folder, message, Reason("conversations_damaged")) from error

    def _prepared(self, connection: sqlite3.Connection, make: bool) -> bool:
        """True if it has the tables, which are made if they are to be."""
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > _FORMAT:
            message = (
                f"expected {self._file} of format {_FORMAT} or older, found {version}: "
                "update Mustanad, or move the file away"
            )
            raise StoreOutdated(self._file.parent, message, Reason("conversations_outdated"))
        if make:
            with suppress(sqlite3.OperationalError):  # where others write just now, one of them does it
                connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_WRITING)
            if changes := _CHANGES.get(version):
                change = f"BEGIN IMMEDIATE; {changes} PRAGMA user_version = {_FORMAT}; COMMIT;"
                connection.executescript(change)
        connection.create_function("words", 1, lambda text: " ".join(exact_terms(text)), deterministic=True)
        return make or version > 0


def titled(text: str) -> str:
    """The text as a title: on one line, cut to 200 characters."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_TITLE else f"{line[: MOST_TITLE - 1]}…"
