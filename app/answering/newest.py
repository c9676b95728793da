"""The newest generation of a store, kept open while it is used, and the model that asks it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from index.catalogue.database import current
from index.embedding.choice import named
from index.embedding.model_files import mismatch
from index.store import Generation
from index.types import Embedder, Load
from ingest.settings import Settings


@dataclass(slots=True)
class _Shared:
    """A generation, the model that it is embedded with, and how many questions are being answered from it."""

    generation: Generation
    embedder: Embedder
    users: int = 0
    retired: bool = False


class Newest:
    """The newest generation of a store and its model; safe to share between threads."""

    def __init__(self, settings: Settings, load: Load) -> None:
        """`load` gives the model of the first generation that is opened, and of each of another model."""
        self._settings = settings
        self._load = load
        self._lock = threading.Lock()
        self._shared: _Shared | None = None

    @contextmanager
    def opened(self) -> Iterator[tuple[Generation, Embedder]]:
        """Both, kept as they are while they are used; those of a new generation once its model is loaded.

        Raises: StoreError, ModelMismatch where a model is set that is not the store's, ModelError.
        """
        newest = current(self._settings.store)
        with self._lock:
            if self._shared is None or self._shared.generation.row != newest:
                fresh = self._open()
                self._retire()
                self._shared = fresh
            shared = self._shared
            shared.users += 1
        try:
            yield shared.generation, shared.embedder
        finally:
            with self._lock:
                shared.users -= 1
                if shared.retired and not shared.users:
                    shared.generation.close()

    def close(self) -> None:
        """Lets go of the store."""
        with self._lock:
            self._retire()
            self._shared = None

    def _open(self) -> _Shared:
        """The newest generation, with the model that is loaded where that is its own."""
        generation = Generation.open(self._settings.store, None)
        try:
            model = generation.row.model
            embedder = self._shared.embedder if self._shared is not None else None
            if embedder is None or embedder.sha256 != model.sha256:
                embedder = self._load(named(self._settings, model.name))
            if embedder.sha256 != model.sha256:
                raise mismatch(generation.directory, model, embedder.name, embedder.sha256)
        except BaseException:
            generation.close()
            raise
        return _Shared(generation, embedder)

    def _retire(self) -> None:
        """Close the generation as soon as nobody uses it."""
        if self._shared is not None:
            self._shared.retired = True
            if not self._shared.users:
                self._shared.generation.close()
