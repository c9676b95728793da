"""Ingest again whenever one of the watched files changes."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from threading import Event

from watchfiles import Change, DefaultFilter, watch

from ingest.errors import MustanadError, StoreBusy

_DEBOUNCE = 1600  # milliseconds that changes are gathered for
_BEGIN = 1000  # milliseconds within which the watch has begun
_RETRY = 5.0  # seconds before another try at a busy store
_SHOWN = 20  # changes named one by one

Changes = Iterable[set[tuple[Change, str]]]


def changes(
    paths: Sequence[Path], store: Path, debounce: int = _DEBOUNCE, stop: Event | None = None
) -> Iterator[set[tuple[Change, str]]]:
    """Batches of changes to these files and folders, until `stop`; the store's own files are left out.

    The first may be empty: the watch has begun, and what changed since the last ingest is not told.
    `debounce` is for how long, in milliseconds, changes are gathered. A file is watched through its
    folder: editors replace a file rather than write into it.
    """
    roots = [path.resolve() for path in paths]
    folders = {root if root.is_dir() else root.parent for root in roots}
    recursive = any(root.is_dir() for root in roots)
    begun = False
    for batch in watch(
        *folders,
        watch_filter=Wanted(paths, store),
        debounce=debounce,
        recursive=recursive,
        ignore_permission_denied=True,
        rust_timeout=_BEGIN,
        yield_on_timeout=True,
        stop_event=stop,
    ):
        if batch or not begun:
            yield batch
        begun = True


class Wanted(DefaultFilter):
    """True if a change is to one of the roots or below it, and not to the store."""

    def __init__(self, roots: Sequence[Path], store: Path) -> None:
        super().__init__()
        self._roots = [root.resolve() for root in roots]
        self._store = store.resolve()

    def __call__(self, change: Change, path: str) -> bool:
        """True for a change that is a reason to ingest."""
        here = Path(path)
        below = any(here.is_relative_to(root) for root in self._roots)
        return below and not here.is_relative_to(self._store) and super().__call__(change, path)


def follow(
    batches: Changes, ingest: Callable[[], object], say: Callable[[str], None],
    wait: Callable[[float], object] = time.sleep,
) -> None:  # fmt: skip
    """Ingest after every batch of changes, naming them; errors are said and outlived.

    A busy store is tried again until it is free, anything else at the next change.
    """
    for batch in batches:
        named = sorted((path, change.name) for change, path in batch)
        for path, kind in named[:_SHOWN]:
            say(f"{kind} {path}")
        if len(named) > _SHOWN:
            say(f"and {len(named) - _SHOWN:,} more changes")
        while True:
            try:
                ingest()
            except StoreBusy as error:
                say(f"{error}; trying again in {_RETRY:.0f} s")
                wait(_RETRY)
                continue
            except (MustanadError, OSError) as error:
                say(f"{error}; trying again at the next change")
            break
