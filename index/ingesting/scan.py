"""The files under the ingested folders: what is there, what it is called, what is not to be read."""

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from index.disk import absent_of, inside
from index.ingesting.sources import FileSource
from ingest.errors import UsageError, reason_of
from ingest.reasons import Reason
from ingest.settings import Settings

_MIB = 1024 * 1024
_NO_FILES = (
    (stat.S_ISFIFO, Reason("named_pipe")),
    (stat.S_ISSOCK, Reason("socket")),
    (stat.S_ISBLK, Reason("device")),
    (stat.S_ISCHR, Reason("device")),
)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan found: the files, the roots as they will be, and what it looked at.

    `scope` are the keys of the scanned paths and of those to be forgotten, None where it is everything;
    `absent` the roots that are no longer there; `store` is the store's key.
    """

    sources: tuple[FileSource, ...]
    roots: Mapping[str, str]
    scope: tuple[str, ...] | None
    absent: tuple[str, ...]
    store: str

    def covers(self, key: str) -> bool:
        """True if the scan looked where this key is: a file of that key which it did not find is gone."""
        return self.scope is None or any(_holds(path, key, self.store) for path in self.scope)


def existing(paths: Sequence[Path]) -> list[Path]:
    """The paths, absolute and without links. Raises: UsageError where one is missing."""
    for path in paths:
        if not path.exists():
            message = f"expected a file or folder, found nothing at {path}"
            raise UsageError(message, Reason("file_gone"), path=path)
    return [Path(os.path.realpath(path)) for path in paths]


def scan(
    paths: Sequence[Path],
    known: Mapping[str, str],
    settings: Settings,
    only: bool,
    forget: Sequence[Path] = (),
) -> Scan:
    """Every file under the paths. `known` are the roots so far, path to name; `only` forgets the others.

    `forget` are paths whose files are forgotten, there or not. Raises: UsageError where a path is missing.
    """
    folders = existing(paths)
    store = os.path.realpath(settings.store)
    forgotten = [_key(os.path.realpath(path)) for path in forget]
    known = {root: name for root, name in known.items() if not any(inside(root, path) for path in forgotten)}
    roots = _roots([_key(folder) for folder in folders], known, only, store)
    found = {source.key: source for folder in folders for source in _found(folder, roots, store, settings)}
    scope = None if only else (*(_key(folder) for folder in folders), *forgotten)
    sources = tuple(sorted(found.values(), key=lambda source: (source.shown, source.key)))
    return Scan(sources, roots, scope, absent_of(roots), store)


def _found(folder: Path, roots: Mapping[str, str], store: str, settings: Settings) -> Iterator[FileSource]:
    path = _key(folder)
    root = max((root for root in roots if _holds(root, path, store)), key=len)
    top = next(above for above in (folder, *folder.parents) if _key(above) == root)
    for file, problem in _walk(folder, top, store):
        source = _source(file, problem, root, roots[root], settings)
        if source is not None:
            yield source


def _roots(paths: Sequence[str], known: Mapping[str, str], only: bool, store: str) -> dict[str, str]:
    """The roots with these paths among or inside them, each with a name that no other has."""
    roots = {} if only else dict(known)
    for path in paths:
        if any(_holds(root, path, store) for root in roots):
            continue
        roots = {root: name for root, name in roots.items() if not _holds(path, root, store)}
        roots[path] = known.get(path) or _name(path, {*known.values(), *roots.values()})
    return roots


def _name(path: str, taken: set[str]) -> str:
    """The shortest tail of the path that is not taken."""
    parts = PurePath(path).parts
    tails = ["/".join(part.strip("/") for part in parts[-n:]) for n in range(1, len(parts) + 1)]
    return next((tail for tail in tails if tail and tail not in taken), path)


def _walk(folder: Path, root: Path, store: str) -> Iterator[tuple[str, Reason | None]]:
    """Each file with the reason not to read it, if any; hidden files and the store are left out."""
    if not folder.is_dir():
        yield str(folder), None
        return
    waiting = [str(folder)]
    while waiting:
        current = waiting.pop()
        if os.path.realpath(current) == store:
            continue
        try:
            with os.scandir(current) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        except OSError as error:
            yield current, reason_of(error)
            continue
        for entry in entries:
            if entry.name.startswith((".", "~$")):
                continue
            if entry.is_symlink():
                yield entry.path, _link_problem(Path(entry.path), root)
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            else:
                yield entry.path, None


def _link_problem(link: Path, root: Path) -> Reason | None:
    """Why the link is not to be read; None where it leads to a file within the root."""
    try:
        target = link.resolve(strict=True)
    except FileNotFoundError:
        return Reason("dead_link")
    except (OSError, RuntimeError):  # RuntimeError is pathlib's word for a loop of links
        return Reason("link_to_itself")
    if not target.is_relative_to(root):
        return Reason("link_outside")
    if target in link.parents:
        return Reason("link_back")
    return Reason("link_to_folder") if target.is_dir() else None


def _source(path: str, problem: Reason | None, root: str, name: str, settings: Settings) -> FileSource | None:
    """The file as a source; None where it vanished meanwhile."""
    key = _key(path)
    shown = _shown(key, root, name)
    try:
        status = Path(path).stat(follow_symlinks=problem is None)
    except FileNotFoundError:
        return None
    except OSError as error:
        return FileSource(path, key, shown, 0, 0, reason_of(error))
    if problem is None:
        problem = next((reason for is_kind, reason in _NO_FILES if is_kind(status.st_mode)), None)
        problem = problem or too_large(status.st_size, settings.max_file_mb)
    return FileSource(path, key, shown, status.st_size, status.st_mtime_ns, problem, settings.password)


def too_large(size: int, limit: int) -> Reason | None:
    """Why a file of `size` bytes is not read, where it is over the limit in MiB."""
    if size <= limit * _MIB:
        return None
    return Reason("too_large", size=-(-size // _MIB), limit=limit)


def _key(path: str | Path) -> str:
    """The path as text that any database can hold; bytes that are not UTF-8 are spelt out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _shown(key: str, root: str, name: str) -> str:
    """The root's name and the path inside it, control characters spelt out."""
    inside = key[len(root) :].strip("/")
    shown = f"{name}/{inside}" if inside else name
    if shown.isprintable():
        return shown
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in shown)


def _holds(folder: str, path: str, store: str) -> bool:
    """True if the path is in the folder; what is uploaded into the store is not in a folder around that."""
    return inside(path, folder) and (not inside(path, store) or inside(folder, store))
