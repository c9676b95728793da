"""A library for the tests of the web chat: uploads in memory, jobs that take a few looks each."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from app.web.service.service import Action, Activity, Job, Kept, Upload, UploadResult, Watching
from index.types import FileState, Progress
from ingest.document import Unread
from ingest.reasons import Reason

LOOKS = 3  # at a job before it is done; one whose paths say "slow" never is


class _Store(Protocol):
    files: tuple[FileState, ...]
    number: int


class FakeLibrary:
    """Implements Library; a name says what becomes of its file: "busy", "broken", "slow", "here"."""

    max_file_mb = 1
    inbox = Path(tempfile.gettempdir())

    def __init__(self, store: _Store) -> None:
        self._store = store
        self._jobs: list[tuple[Action, Sequence[str]]] = []
        self._looks: list[int] = []
        self._ended: dict[str, Job] = {}
        self._sizes: dict[str, int] = {}

    def keep(self, upload: Upload) -> Kept:
        """Counts its bytes; "here" is known already."""
        self._sizes[upload.name] = upload.path.stat().st_size
        return Kept(upload.name, "contracts/lease.pdf" if "here" in upload.name else None)

    def is_upload(self, file: FileState) -> bool:
        return file.path.startswith("uploads/")

    def begin(self, action: Action, paths: Sequence[str]) -> str:
        self._jobs.append((action, paths))
        self._looks.append(0)
        return str(len(self._jobs) - 1)

    def job(self, name: str) -> Job | None:
        """One look further at each call."""
        if not name.isdecimal() or int(name) >= len(self._jobs):
            return None
        if name in self._ended:
            return self._ended[name]
        action, paths = self._jobs[int(name)]
        self._looks[int(name)] += 1
        if self._looks[int(name)] == 1:
            return Job("waiting", Progress(0, 0, 0, 0, 0, ""))
        if self._looks[int(name)] < LOOKS or any("slow" in path for path in paths):
            return Job("reading", Progress(0, len(paths), 0, 0, 0, f"uploads/{paths[0]}"))
        self._ended[name] = self._done(action, paths)
        return self._ended[name]

    def cancel(self, name: str) -> None:
        self._ended[name] = Job("cancelled", Progress(0, 0, 0, 0, 0, ""))

    def activity(self) -> Activity | None:
        """A job that is never done is at its twelfth page of 168; then two minutes are left."""
        for name, (_, paths) in enumerate(self._jobs):
            if str(name) not in self._ended and any("slow" in path for path in paths):
                far = Progress(2, 5, 40, 0, 90, f"uploads/{paths[0]}", page=12, of_pages=168)
                return Activity(far, 95.0, str(name))
        return None

    def watching(self) -> Watching | None:
        return Watching(2, datetime(2026, 3, 4, 5, 6, tzinfo=UTC), None)

    def _done(self, action: Action, paths: Sequence[str]) -> Job:
        done = Job("done", Progress(len(paths), len(paths), 1, 3, 3, ""))
        if any("busy" in path for path in paths):
            return replace(done, state="failed", problem=Reason("other", detail="the disk is full"))
        files = {file.path: file for file in self._store.files}
        added = [self._file(path) for path in paths if action == "add"]
        files |= {file.path: file for file in added}
        if action == "remove":
            files = {path: file for path, file in files.items() if path not in paths}
        self._store.files = tuple(files.values())
        self._store.number += 1
        outcomes = (UploadResult(path, file, None) for path, file in zip(paths, added, strict=False))
        return replace(done, outcomes=tuple(outcomes))

    def _file(self, path: str) -> FileState:
        title = f"{path}, {self._sizes[path]} bytes"
        if "broken" in path:
            return FileState(f"uploads/{path}", "unread", 0, 0, None, (Unread(None, Reason("binary")),))
        return FileState(f"uploads/{path}", "indexed", 1, 3, title, (), "", "e" * 64, None, "en")
