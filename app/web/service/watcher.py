"""Follows files and folders while the chat is served, and knows how that stands."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.web.service.service import Watching
from index.ingesting.follow import changes, follow
from ingest.errors import reason_of
from ingest.reasons import Reason

_STOP = 5.0  # seconds that its end is waited for


class Watcher:
    """Ingests at every change, in a thread of its own, from its making until it is closed."""

    def __init__(
        self, paths: Sequence[Path], store: Path, ingest: Callable[[], object], say: Callable[[str], None]
    ) -> None:
        """`paths` were ingested just now; `ingest` does it again, `say` is told what changed or failed."""
        self._paths = paths
        self._store = store
        self._ingest = ingest
        self._say = say
        self._stop = threading.Event()
        self.state = Watching(len(paths), _now(), None)
        self._thread = threading.Thread(target=self._follow, name="watch", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Follow no longer; an ingest under way is for its owner to end first."""
        self._stop.set()
        self._thread.join(_STOP)

    def _follow(self) -> None:
        batches = changes(self._paths, self._store, stop=self._stop)
        try:
            follow(batches, self._once, self._say, self._stop.wait)
        except Exception as error:  # noqa: BLE001 it would end this thread and nobody would be told
            if not self._stop.is_set():
                self.state = replace(self.state, problem=Reason("followed_no_more", problem=reason_of(error)))
                self._say(f"no longer watching: {error}")

    def _once(self) -> None:
        try:
            self._ingest()
        except Exception as error:
            self.state = replace(self.state, problem=reason_of(error))
            raise
        self.state = replace(self.state, ingested=_now(), problem=None)


def _now() -> datetime:
    return datetime.now().astimezone()
