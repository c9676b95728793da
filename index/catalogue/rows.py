"""The rows of a catalogue as values: files, the generation, what a document holds."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.document import Unread
from ingest.reasons import Reason

VECTOR = (
    "<f2"  # an embedding's components as they are kept: a cosine of unit vectors is off by less than 0.001
)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file under the roots; `document_id` is None where it is unread, `sha256` where it had no bytes.

    `reading` names the way it was read (version of the readers, length of passages).
    """

    key: str
    shown: str
    size: int
    mtime_ns: int
    sha256: str | None
    reading: str
    document_id: int | None
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """An embedding model of which the catalogue holds embeddings; `id` names it there."""

    id: int
    name: str
    sha256: str
    dimension: int


@dataclass(frozen=True, slots=True)
class GenerationRow:
    """The generation that is current, the model it is embedded with, and its derived files.

    `dead` counts the removed passages that the lexical index still holds, beside its `passages`;
    `manifest` maps a derived file's relative name to its size in bytes and its SHA-256.
    """

    number: int
    created: str
    model: Model
    passages: int
    dead: int
    manifest: dict[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Parts:
    """What a document holds: title, date, language, how many pages and passages, and its ledger."""

    title: str | None
    date: str | None
    language: str | None
    pages: int
    passages: int
    unread: tuple[Unread, ...]


def ledger_json(unread: Iterable[Unread]) -> str:
    """Ledger entries as they are kept: `[[[4, 5], {"code": "no_text_layer"}]]`."""
    return json.dumps([(entry.pages, entry.reason.as_json()) for entry in unread])


def ledger_from_json(text: str) -> tuple[Unread, ...]:
    """Ledger entries from what `ledger_json` gave; most documents have none, which needs no parsing."""
    entries = json.loads(text) if text != "[]" else []
    return tuple(
        Unread(tuple(pages) if pages is not None else None, Reason.from_json(reason))
        for pages, reason in entries
    )


def unread_of(files: Iterable[FileRow], parts: Mapping[int, Parts]) -> list[tuple[str, Unread]]:
    """Shown path and ledger entry of everything in these files that was not read; copies have their own."""
    return [
        (row.shown, entry)
        for row in files
        for entry in (row.unread if row.document_id is None else parts[row.document_id].unread)
    ]
