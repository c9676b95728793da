"""Files on the disk: their SHA-256, a second name for them, and waiting until they are really there."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

_SMALL = 1 << 20  # bytes of a file whose hash is not worth remembering


def file_sha256(file: Path) -> str:
    """Hash of a file's bytes."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


class RememberedHashes:
    """Hashes of large files, remembered as long as size and time of change stay the same.

    Git trusts its working files in the same way. A start then need not read a model's weights to
    know which they are.
    """

    def __init__(self, memory: Path) -> None:
        """`memory` is the file to remember them in; where it cannot be used every hash is taken anew."""
        self._memory = memory
        self._known: dict[str, Any] = {}
        with suppress(OSError, ValueError, TypeError):
            self._known = dict(json.loads(memory.read_bytes()))

    def of(self, file: Path) -> str:
        """Hash of the file's bytes."""
        stat = file.stat()
        if stat.st_size < _SMALL:
            return file_sha256(file)
        place, state = str(file.resolve()), f"{stat.st_size}:{stat.st_mtime_ns}"
        match self._known.get(place):
            case [known, str(sha256)] if known == state:
                return sha256
        sha256 = file_sha256(file)
        self._known[place] = [state, sha256]
        self._save()
        return sha256

    def _save(self) -> None:
        part = self._memory.with_name(f"{self._memory.name}.{os.getpid()}")
        with suppress(OSError):
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(self._known), encoding="utf-8")
            part.replace(self._memory)


def sync(path: Path) -> None:
    """Wait until the bytes of a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_to_disk(folder: Path) -> None:
    """Wait until the folder's files, itself and its parents are on the disk."""
    for path in (*folder.rglob("*"), folder, folder.parent, folder.parent.parent):
        if path.is_file() or path.is_dir():
            sync(path)


def link(file: Path, name: Path) -> None:
    """A second name for a file that nobody changes in place; a copy where the file system has no links."""
    try:
        os.link(file, name)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(file, name)


def inside(path: str, folder: str) -> bool:
    """True if the path is the folder or under it."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def absent_of(roots: Iterable[str]) -> tuple[str, ...]:
    """Those of the roots that are no longer there: renamed, deleted, or on a drive that is not mounted."""
    return tuple(root for root in roots if not Path(root).exists())
