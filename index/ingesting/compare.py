"""What changed between the files that are known and the files that are there."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from index.catalogue.rows import FileRow
from index.types import Plan, Source
from ingest.document import Unread
from ingest.errors import ReadError

_SETTLED = 50_000_000  # nanoseconds after which a file's time of change tells two versions apart


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows, by key, that stand without reading; the sources to read, with a row to complete; the plan."""

    rows: dict[str, FileRow]
    to_read: list[tuple[Source, FileRow]]
    plan: Plan


@dataclass(slots=True)
class _Tally:
    """A plan in the making."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    unchanged: int = 0


def compare(
    known: Iterable[FileRow],
    sources: Sequence[Source],
    covers: Callable[[str], bool],
    reading: str,
    again: Callable[[FileRow], bool] = lambda _: False,
) -> Comparison:
    """What is to do. Only files of a new size or time of change are hashed.

    `covers` tells the keys that the sources speak for: of these, what is not among them is gone.
    `reading` names the way of reading; what was read in another way is to be read again, and so is a
    row of which `again` says so.
    """
    old = {row.key: row for row in known}
    rows = {key: row for key, row in old.items() if not covers(key)}
    gone = {row.key: row for row in old.values() if row.key not in rows}
    for source in sources:
        gone.pop(source.key, None)
    by_hash: dict[str | None, list[str]] = {}
    for lost in gone.values():
        by_hash.setdefault(lost.sha256, []).append(lost.key)
    tally = _Tally()
    to_read: list[tuple[Source, FileRow]] = []
    for source in sources:
        row = old.get(source.key)
        retried = row is not None and again(row)
        if row is not None and not retried and row.sha256 is not None and _stands(row, source, reading):
            rows[source.key] = replace(row, shown=source.shown)
            tally.unchanged += 1
            continue
        try:
            new = _hashed(source, reading)
        except FileNotFoundError:  # since it was found
            if row is not None:
                gone[row.key] = row
            continue
        if row is not None and not retried and _same(row, new):
            rows[source.key] = replace(new, document_id=row.document_id, unread=row.unread)
            tally.unchanged += 1
            continue
        if new.sha256 is None:
            rows[source.key] = new
        else:
            to_read.append((source, new))
        _count(tally, row, new, gone, by_hash.get(new.sha256, []) if new.sha256 else [])
    deleted = tuple(sorted(row.shown for row in gone.values()))
    plan = Plan(tuple(tally.added), tuple(tally.changed), tuple(tally.renamed), deleted, tally.unchanged)
    return Comparison(rows, to_read, plan)


def _stands(row: FileRow, source: Source, reading: str) -> bool:
    """Whether the file need not even be hashed."""
    return (row.size, row.mtime_ns, row.reading) == (source.size, source.mtime_ns, reading)


def _hashed(source: Source, reading: str) -> FileRow:
    """The source's row before it is read; without a hash, and with the reason, where there are no bytes."""
    settled = time.time_ns() - source.mtime_ns > _SETTLED
    mtime_ns = (
        source.mtime_ns if settled else -1
    )  # it may change again within the same tick: hash it next time
    row = FileRow(source.key, source.shown, source.size, mtime_ns, None, reading, None, ())
    try:
        return replace(row, sha256=source.sha256())
    except ReadError as error:
        return replace(row, unread=(Unread(None, error.reason),))


def _same(row: FileRow, new: FileRow) -> bool:
    """Whether the file is what it was, read in the same way, or unread for the same reason."""
    if new.sha256 is None:
        return row.sha256 is None and row.unread == new.unread
    return (row.sha256, row.reading) == (new.sha256, new.reading)


def _count(
    tally: _Tally, row: FileRow | None, new: FileRow, gone: dict[str, FileRow], same: list[str]
) -> None:
    """Enter a file that is not as it was; `same` are the keys of gone files of the same bytes."""
    if row is not None:
        tally.changed.append(new.shown)
    elif same:
        tally.renamed.append((gone.pop(same.pop(0)).shown, new.shown))
    else:
        tally.added.append(new.shown)
