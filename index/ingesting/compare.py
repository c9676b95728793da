"""What changed between the files that are known and the files that are there."""

import time
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.catalogue.rows import FileRow
from index.disk import inside
from index.ingesting.sources import holder_of
from index.types import Plan, Source
from ingest.document import Unread
from ingest.errors import ReadError

_SETTLED = 50_000_000  # nanoseconds after which a file's time of change tells two versions apart


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is to be done: `rows`, by key, stay; each source `to_read` has a row to complete."""

    rows: dict[str, FileRow]
    to_read: list[tuple[Source, FileRow]]
    plan: Plan


@dataclass(slots=True)
class _Tally:
    """A plan in the making; `gone` are the rows, by key, of the files that are not there any more."""

    gone: dict[str, FileRow]
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    unchanged: int = 0

    def enter(self, row: FileRow | None, new: FileRow, same: list[str]) -> None:
        """Record a file that is not as it was; `same` are the keys of vanished files with the same bytes."""
        if row is not None:
            self.changed.append(new.shown)
        elif same:
            self.renamed.append((self.gone.pop(same.pop(0)).shown, new.shown))
        else:
            self.added.append(new.shown)

    def plan(self, held: Mapping[str, str]) -> Plan:
        """The plan; `held` are the keys of files that are away and stay, with their roots."""
        return Plan(
            added=tuple(self.added),
            changed=tuple(self.changed),
            renamed=tuple(self.renamed),
            deleted=tuple(sorted(row.shown for key, row in self.gone.items() if key not in held)),
            unchanged=self.unchanged,
            absent=tuple(Counter(held.values()).items()),
        )


def compare(
    known: Iterable[FileRow],
    sources: Sequence[Source],
    covers: Callable[[str], bool],
    reading: str,
    again: Callable[[FileRow], bool] = lambda _: False,
    absent: Sequence[str] = (),
) -> Comparison:
    """What an ingest has to do. Only files with a new size or time of change are hashed.

    A known file that `covers` is true of and that is not among the sources is gone. `reading` is the way
    of reading, see `way_of_reading`: what was read in another way is read again, and so is a file whose
    row `again` is true of. What is attached to a file stays with it; it is not compared. `absent` are roots
    that are away: a file whose bytes are found anew has moved, the others stay, unless most have moved.
    """
    every = {row.key: row for row in known}
    rows = {key: row for key, row in every.items() if not covers(key)}
    old, attached = _apart(every)
    current = _current(old, attached, again)
    away = _away(old, absent, covers)
    tally = _Tally(_gone(old, sources, covers) | {key: old[key] for key in away})
    same, to_read = _keys_by_hash(tally.gone.values()), list[tuple[Source, FileRow]]()
    for source in sources:
        row, valid = old.get(source.key), current.get(source.key)
        new = _new_row(source, valid, reading)
        if new is None:
            if row is not None:
                tally.gone[row.key] = row
        elif valid is not None and _same(valid, new):
            rows[source.key] = replace(new, document_id=valid.document_id, unread=valid.unread)
            rows |= _moved(attached.get(source.key, ()), valid, new)
            tally.unchanged += 1
        else:
            if new.sha256 is None:
                rows[source.key] = new
            else:
                to_read.append((source, new))
            tally.enter(row, new, same.get(new.sha256, []))
    held = _held(away, tally.gone)
    return Comparison(_without(rows, away.keys() - held.keys(), attached), to_read, tally.plan(held))


def _without(
    rows: Mapping[str, FileRow], moved: Iterable[str], attached: Mapping[str, Iterable[FileRow]]
) -> dict[str, FileRow]:
    """The rows without those of these files and of what is attached to them."""
    dropped = {one for key in moved for one in (key, *(row.key for row in attached.get(key, ())))}
    return {key: row for key, row in rows.items() if key not in dropped}


def _away(old: Iterable[str], absent: Sequence[str], covers: Callable[[str], bool]) -> dict[str, str]:
    """The files of roots that are away, each with its root, but for those that are forgotten."""
    return {key: root for root in absent for key in old if inside(key, root) and not covers(key)}


def _held(away: Mapping[str, str], gone: Container[str]) -> dict[str, str]:
    """The files, each with its root, of those roots that are away and of which half or less has moved."""
    files = Counter(away.values())
    left = Counter(root for key, root in away.items() if key in gone)
    return {key: root for key, root in away.items() if key in gone and 2 * left[root] >= files[root]}


def _apart(rows: dict[str, FileRow]) -> tuple[dict[str, FileRow], dict[str, list[FileRow]]]:
    """The rows of files, by key, and of what is attached to each, by the file's key."""
    files: dict[str, FileRow] = {}
    attached: dict[str, list[FileRow]] = {}
    for key, row in rows.items():
        holder = holder_of(key, rows)
        if holder is None:
            files[key] = row
        else:
            attached.setdefault(holder, []).append(row)
    return files, attached


def _current(
    old: Mapping[str, FileRow],
    attached: Mapping[str, Iterable[FileRow]],
    again: Callable[[FileRow], bool],
) -> dict[str, FileRow]:
    """The files that, with what is attached to them, are read again for no other reason than a change."""

    def is_stale(row: FileRow) -> bool:
        return any(again(one) or one.reading != row.reading for one in (row, *attached.get(row.key, ())))

    return {key: row for key, row in old.items() if not is_stale(row)}


def _moved(rows: Iterable[FileRow], old: FileRow, new: FileRow) -> dict[str, FileRow]:
    """The rows, by key, of what is attached to a file, which may be shown under a new path."""
    return {row.key: replace(row, shown=new.shown + row.shown.removeprefix(old.shown)) for row in rows}


def _gone(
    old: dict[str, FileRow], sources: Sequence[Source], covers: Callable[[str], bool]
) -> dict[str, FileRow]:
    """The rows, by key, of the known files that the scan would have met if they were still there."""
    there = {source.key for source in sources}
    return {key: row for key, row in old.items() if covers(key) and key not in there}


def _keys_by_hash(rows: Iterable[FileRow]) -> dict[str | None, list[str]]:
    """The keys of the files that have the same bytes."""
    keys: dict[str | None, list[str]] = {}
    for row in rows:
        if row.sha256 is not None:
            keys.setdefault(row.sha256, []).append(row.key)
    return keys


def _new_row(source: Source, valid: FileRow | None, reading: str) -> FileRow | None:
    """The source's row before it is read; None where the file has gone since the scan.

    A file whose bytes cannot be read has no hash, and a reason. Nothing is hashed where `valid`, the row of
    a file that need not be read again, has the same size and time.
    """
    if valid is not None and valid.sha256 is not None and _stands(valid, source, reading):
        return replace(valid, shown=source.shown)
    settled = time.time_ns() - source.mtime_ns > _SETTLED
    mtime_ns = source.mtime_ns if settled else -1  # may change again within the tick: hashed next time too
    row = FileRow(source.key, source.shown, source.size, mtime_ns, None, reading, None, ())
    try:
        return replace(row, sha256=source.sha256())
    except FileNotFoundError:
        return None
    except ReadError as error:
        return replace(row, unread=(Unread(None, error.reason),))


def _stands(row: FileRow, source: Source, reading: str) -> bool:
    return (row.size, row.mtime_ns, row.reading) == (source.size, source.mtime_ns, reading)


def _same(row: FileRow, new: FileRow) -> bool:
    """True if the file is what it was, read in the same way, or unread for the same reason."""
    if new.sha256 is None:
        return row.sha256 is None and row.unread == new.unread
    return (row.sha256, row.reading) == (new.sha256, new.reading)
