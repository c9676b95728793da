"""The lock of a store, in which whoever ingests says how far that is, for every other process to see."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from index.catalogue.tables import store_errors
from index.types import OnProgress, Progress
from ingest.errors import StoreBusy

_NAME = "lock"


@dataclass(frozen=True, slots=True)
class UnderWay:
    """An ingest: the number of its process and how far it was at that time, in seconds since it began.

    `since` is when it began, in seconds since the epoch.
    """

    process: int
    since: float
    seconds: float
    progress: Progress

    @property
    def left(self) -> float | None:
        """How many seconds it will still take, as far as can be told by what it took; None before that."""
        share = self.progress.share
        if not share:
            return None
        return max(self.since + self.seconds / share - time.time(), 0.0)


@contextmanager
def locked(store: Path) -> Iterator[OnProgress]:
    """The store for this process alone; gives a function that says how far it is.

    The lock is gone when the process is, however that ends. Raises: StoreBusy, StoreError.
    """
    with store_errors(store):
        store.mkdir(parents=True, exist_ok=True)
        (store / _NAME).touch()
        lock = (store / _NAME).open("r+b")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = f"another process is ingesting into {store}: wait for it to end"
            raise StoreBusy(store, message) from error
        since = time.time()

        def tell(progress: Progress) -> None:
            line = json.dumps(asdict(UnderWay(os.getpid(), since, time.time() - since, progress))).encode()
            with suppress(OSError):  # the disk is full
                os.pwrite(lock.fileno(), line + b"\n", 0)  # what is left of a longer one stands behind it

        lock.truncate(0)  # a process that was killed may have left its own
        try:
            yield tell
        finally:
            lock.truncate(0)


def under_way(store: Path) -> UnderWay | None:
    """The ingest into the store that is under way just now, of whichever process; None where none is."""
    try:
        with (store / _NAME).open("r+b") as lock:
            line = lock.readline()
            if not line or _is_left(lock.fileno()):
                return None
        told = json.loads(line)
        return UnderWay(**{**told, "progress": Progress(**told["progress"])})
    except (OSError, ValueError, KeyError, TypeError):  # none, one that is read-only, another version's line
        return None


def _is_left(lock: int) -> bool:
    """True if the process that wrote the lock was killed; its words are removed."""
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    os.truncate(lock, 0)
    return True
