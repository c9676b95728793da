"""The library over a store on this machine: one ingest after the other, in a thread of its own."""

import os
import secrets
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.web.service.service import Action, Activity, Job, Kept, Upload, UploadResult, Watching
from app.web.service.uploads import clear, folder_of, keep, outcomes, publish, remove
from app.web.service.watcher import Watcher
from index.disk import file_sha256
from index.ingesting.lock import under_way
from index.ingesting.recognition import FindRecogniser, recogniser_of
from index.sync import ingest, recognise, reread
from index.types import FileState, Load, OnProgress, Progress, StoreStatus
from ingest.errors import Cancelled, MustanadError, StoreBusy, StoreMissing, UsageError, reason_of
from ingest.reasons import Reason
from ingest.settings import Settings

_REMEMBERED = 200  # jobs whose state can be asked for
_AT_A_TIME = 10  # pages recognised before they are published
_PICTURES = "pictures"  # the name of recognising them
_RETRY = 1.0  # seconds before another try at a store that another process ingests into


class StoreLibrary:
    """See Library."""

    def __init__(
        self,
        settings: Settings,
        load: Load,
        status: Callable[[], StoreStatus],
        find_recogniser: FindRecogniser = recogniser_of,
    ) -> None:
        """`status` tells what the newest generation holds."""
        self.max_file_mb = settings.max_file_mb
        self._settings = settings
        self._load = load
        self._status = status
        self._find_recogniser = find_recogniser
        self.inbox = self._folder = folder_of(settings)
        self._lock = threading.Lock()
        self._in_turn = ThreadPoolExecutor(1, "ingest")
        self._jobs: dict[str, Job] = {}
        self._cancelled: set[str] = set()
        self._waiting: set[str] = set()  # the names of what is still to come, but for recognition
        self._running = ""  # the name of what is done just now, a user's job or not
        self._new: set[str] = set()  # uploads that no job has published yet
        self._stop = threading.Event()
        self._watcher: Watcher | None = None
        with suppress(OSError, MustanadError):  # a store that is read-only keeps what it has
            clear(self._folder)

    def close(self) -> None:
        """End what is under way; nothing that was kept is removed."""
        self._stop.set()
        self._in_turn.shutdown(cancel_futures=True)
        if self._watcher is not None:
            self._watcher.close()

    def keep(self, upload: Upload) -> Kept:
        """See Library."""
        sha256 = file_sha256(upload.path)
        with suppress(StoreMissing):
            for file in self._status().files:
                if file.sha256 == sha256 and file.state != "unread":
                    return Kept(upload.name, file.path)
        with self._lock:
            clear(self._folder)
            target, is_new = keep(upload, self._folder, self._settings.max_uploads_mb)
            path = target.relative_to(self._folder).as_posix()
            if is_new:
                self._new.add(path)
        return Kept(path, None)

    def is_upload(self, file: FileState) -> bool:
        """See Library."""
        path = Path(file.key)
        return path.is_relative_to(self._folder.resolve()) and path.is_file()  # not what is attached to one

    def begin(self, action: Action, paths: Sequence[str]) -> str:
        """See Library."""
        name = secrets.token_urlsafe(12)
        with self._lock:
            for ended in [one for one, job in self._jobs.items() if job.has_ended][:-_REMEMBERED]:
                del self._jobs[ended]
            self._jobs[name] = Job("waiting", Progress())
        self._submit(name, self._run, name, action, tuple(paths))
        return name

    def job(self, name: str) -> Job | None:
        """See Library."""
        return self._jobs.get(name)

    def cancel(self, name: str) -> None:
        """See Library."""
        with self._lock:
            job = self._jobs.get(name)
            if name in {_PICTURES, self._running} or (job is not None and not job.has_ended):
                self._cancelled.add(name)

    def activity(self) -> Activity | None:
        """See Library."""
        ingest, job = under_way(self._settings.store), self._running
        if ingest is None or not (ingest.progress.files or ingest.progress.to_recognise):
            return None
        return Activity(ingest.progress, ingest.left, job if ingest.process == os.getpid() else "")

    def watching(self) -> Watching | None:
        """See Library."""
        return self._watcher.state if self._watcher is not None else None

    def follow(self, paths: Sequence[Path], say: Callable[[str], None]) -> None:
        """Ingest these files and folders, which were ingested just now, at every change."""
        self._watcher = Watcher(paths, self._settings.store, lambda: self._in_turn_ingest(paths), say)

    def recognise(self) -> None:
        """Have the pages that wait for it recognised in their pictures while no job waits."""
        with suppress(RuntimeError):  # it is closing
            self._cancelled.discard(_PICTURES)
            self._submit(_PICTURES, self._recognise)

    def _submit(self, name: str, work: Callable[..., None], *given: object) -> Future[None]:
        """Have the work done in its turn, to be ended by its name. Raises RuntimeError once it is closing."""
        if name != _PICTURES:
            self._waiting.add(name)

        def run() -> None:
            self._waiting.discard(name)
            self._running = name
            try:
                work(*given)
            finally:
                self._running = ""

        return self._in_turn.submit(run)

    def _recognise(self) -> None:
        with suppress(MustanadError, RuntimeError):  # told by the next ingest; it is closing
            given = self._settings, self._load, self._give_way, _AT_A_TIME, self._find_recogniser
            try:
                more = recognise(*given) is not None
            except Cancelled:
                more = _PICTURES not in self._cancelled
            if more:
                self._submit(_PICTURES, self._recognise)

    def _in_turn_ingest(self, paths: Sequence[Path]) -> None:
        """Raises: as `ingest`."""
        self._submit(secrets.token_urlsafe(12), self._ingest, paths, self._go_on).result()

    def _run(self, name: str, action: Action, paths: Sequence[str]) -> None:
        """Do a job, and tell of it under its name."""

        def on_progress(progress: Progress) -> None:
            self._go_on(progress)
            self._tell(name, state="reading", progress=progress, problem=None)

        while True:
            try:
                self._publish(paths)
                on_progress(Progress())
                self._do(action, paths, on_progress)
                self._tell(name, state="done", outcomes=self._outcomes(paths))
            except StoreBusy as error:
                self._tell(name, state="waiting", problem=error.reason)
                self._stop.wait(_RETRY)
                continue
            except Cancelled:
                self._drop(paths)
                self._tell(name, state="cancelled", outcomes=self._outcomes(paths))
            except MustanadError as error:
                self._tell(name, state="failed", problem=error.reason)
            except Exception as error:
                self._tell(name, state="failed", problem=reason_of(error))
                raise
            return

    def _publish(self, paths: Sequence[str]) -> None:
        """Give those of these that were kept just now their names. Raises UsageError."""
        with self._lock:
            for path in self._new.intersection(paths):
                publish(self._folder / path, self._folder)

    def _do(self, action: Action, paths: Sequence[str], on_progress: OnProgress) -> None:
        """Raises: as `ingest` and `reread`; UsageError where what is to be removed is no upload."""
        if action == "reread":
            for path in paths:
                reread(self._settings, path, self._load, on_progress, self._find_recogniser)
        elif action == "remove":
            self._remove(paths, on_progress)
        else:
            self._ingest([self._folder], on_progress)

    def _remove(self, paths: Sequence[str], on_progress: OnProgress) -> None:
        """Have these uploads forgotten, looking at no other file, then delete them. Raises: as `_do`."""
        files = {file.path: file for file in self._status().files}
        if not all(path in files and self.is_upload(files[path]) for path in paths):
            raise UsageError(Reason("not_an_upload"))
        gone = [Path(files[path].key) for path in paths]
        self._ingest([], on_progress, forget=gone)
        with self._lock:  # a new upload may want the folder that this one leaves empty
            for file in gone:
                remove(file, self._folder.resolve())

    def _ingest(self, paths: Sequence[Path], on_progress: OnProgress, forget: Sequence[Path] = ()) -> None:
        find = self._find_recogniser
        ingest(self._settings, paths, self._load, on_progress, find_recogniser=find, forget=forget)
        self.recognise()

    def _go_on(self, _: Progress) -> None:
        """Raises Cancelled where what is done is to end, or all of it."""
        if self._stop.is_set() or self._running in self._cancelled:
            raise Cancelled("cancelled")

    def _give_way(self, progress: Progress) -> None:
        """As `_go_on`; raises Cancelled also where a job waits."""
        self._go_on(progress)
        if self._waiting:
            raise Cancelled("cancelled")

    def _drop(self, paths: Sequence[str]) -> None:
        """Remove those of these uploads that were not there before and that nobody has read."""
        if self._stop.is_set():
            return
        read = {outcome.path for outcome in self._outcomes(paths)}
        with self._lock:
            dropped = self._new.intersection(paths) - read
            self._new -= dropped
            for path in dropped:
                remove(self._folder / path, self._folder)

    def _outcomes(self, paths: Sequence[str]) -> tuple[UploadResult, ...]:
        try:
            return outcomes(paths, self._folder.resolve(), self._status().files)
        except StoreMissing:
            return ()

    def _tell(self, name: str, **changed: Any) -> None:
        """Change what is told of a job."""
        with self._lock:
            self._jobs[name] = replace(self._jobs[name], **changed)
