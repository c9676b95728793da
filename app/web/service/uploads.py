"""The folder of what users upload: safe names, and files that are never overwritten."""

import re
import shutil
import time
from collections.abc import Callable, Sequence
from filecmp import cmp
from itertools import count
from pathlib import Path, PurePosixPath

from app.web.service.service import Upload, UploadResult
from index.disk import sync
from index.types import FileState
from ingest.errors import UsageError, reason_of
from ingest.reasons import Reason
from ingest.settings import Settings

_NAME_BYTES = 200  # file systems take 255; leaves room for " (2)" and ".part"
_MIB = 2**20
_LEFT_BEHIND = 3600  # seconds in which nobody has had an upload read
_DEPTH = 12  # folders that are kept of an upload's path; file systems take 4,096 bytes of path


def folder_of(settings: Settings) -> Path:
    """Where the uploads of a store lie."""
    return settings.store / "uploads"


def uploads(settings: Settings) -> list[Path]:
    """The folder of what was uploaded, for `chat --only` to keep; none where nothing was."""
    folder = folder_of(settings)
    return [folder] if folder.is_dir() and any(folder.iterdir()) else []


def safe_path(name: str) -> PurePosixPath:
    """A path below the uploads: the name's own folders, without what would lead out of them or hide them."""
    *above, last = re.split(r"[/\\]", name)
    folders = [safe_name(part) for part in above if part.strip(". ")]
    return PurePosixPath(*folders[-_DEPTH:], safe_name(last))


def safe_name(name: str) -> str:
    """One part of a path, without what is invisible or would hide or move the file."""
    visible = "".join(filter(str.isprintable, re.sub(r"[/\\]", "", name))).lstrip(". ").rstrip()
    suffix = Path(visible).suffix[:20]
    stem = visible.removesuffix(suffix).encode()[: _NAME_BYTES - len(suffix.encode())]
    return (stem.decode(errors="ignore") or "document") + suffix


def keep(
    upload: Upload, folder: Path, limit_mb: int, sync: Callable[[Path], None] = sync
) -> tuple[Path, bool]:
    """Copy the file into the folder for its path; a different file of that path is never overwritten.

    Where it is to lie, and whether it is new there. Until it is published it stands beside that, hidden.
    `sync` waits until a file, or a folder's names, are on the disk.

    Raises: UsageError where it cannot be written, or all uploads would take more than `limit_mb` MiB.
    """
    first = folder / safe_path(upload.name)
    try:
        first.parent.mkdir(parents=True, exist_ok=True)
        for n in count(1):
            target = first if n == 1 else first.with_name(f"{first.stem} ({n}){first.suffix}")
            part = _part(target)
            held = target if target.exists() else part
            if not held.exists():
                break
            if held.is_file() and cmp(upload.path, held, shallow=False):
                return target, False
        size = upload.path.stat().st_size + sum(file.stat().st_size for file in _files(folder))
        if size > limit_mb * _MIB:
            raise UsageError(Reason("uploads_full", size=-(-size // _MIB), limit=limit_mb))
        shutil.copyfile(upload.path, part)
        sync(part)
    except OSError as error:
        raise UsageError(Reason("not_kept", problem=reason_of(error))) from error
    return target, True


def publish(target: Path, folder: Path, sync: Callable[[Path], None] = sync) -> None:
    """Give an upload that was kept its name; even after a power cut all of it stands there, or nothing.

    Raises: UsageError where that is refused.
    """
    try:
        _part(target).rename(target)
        for parent in target.parents[: len(target.relative_to(folder).parts) + 1]:
            sync(parent)
    except FileNotFoundError:  # it has it already
        return
    except OSError as error:
        raise UsageError(Reason("not_kept", problem=reason_of(error))) from error


def clear(folder: Path) -> None:
    """Remove what a client has left behind: an hour old, and neither published nor still being sent."""
    for file in _files(folder):
        if file.name.startswith(".") and time.time() - file.stat().st_mtime > _LEFT_BEHIND:
            remove(file, folder)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _part(target: Path) -> Path:
    return target.with_name(f".{target.name}.part")


def remove(file: Path, folder: Path) -> None:
    """Delete an upload, and the folders that it leaves empty. Raises: UsageError where that is refused."""
    try:
        file.unlink()
        for parent in file.parents:
            if parent == folder or not parent.is_relative_to(folder) or any(parent.iterdir()):
                break
            parent.rmdir()
    except FileNotFoundError:  # gone already
        return
    except OSError as error:
        raise UsageError(Reason("not_removed", problem=reason_of(error))) from error


def outcomes(paths: Sequence[str], folder: Path, files: Sequence[FileState]) -> tuple[UploadResult, ...]:
    """What became of the uploads among these paths below the folder, by the `files` of a generation."""
    by_key = {file.key: file for file in files}
    firsts = {file.sha256: file.path for file in files if file.state == "indexed"}
    found = ((path, by_key.get(str(folder / path))) for path in paths)
    return tuple(
        UploadResult(path, file, firsts.get(file.sha256) if file.state == "copy" else None)
        for path, file in found
        if file is not None
    )
