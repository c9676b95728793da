"""Searches a generation, and keeps the milliseconds that this takes."""

import time
from collections.abc import Sequence

from index.search import search
from index.store import Generation
from index.types import Embedder, Hit, Query, Scope, Vectors


class Seeker:
    """A generation's embedder, and its search; `ms` is what searching has taken, `embedding_ms` of it."""

    def __init__(self, generation: Generation, embedder: Embedder) -> None:
        self.name, self.sha256, self.dimension = embedder.name, embedder.sha256, embedder.dimension
        self.knows, self.is_word = embedder.knows, embedder.is_word
        self.ms = self.embedding_ms = 0.0
        self._generation, self._embedder = generation, embedder

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The texts' vectors."""
        started = time.perf_counter()
        vectors = self._embedder.embed(texts)
        self.embedding_ms += (time.perf_counter() - started) * 1000
        return vectors

    def seek(self, query: Query, most: int, documents: Scope) -> list[Hit]:
        """The best passages for the query, as many as are wanted, of these documents or of all."""
        started = time.perf_counter()
        hits = search(self._generation, self, query, most, documents)
        self.ms += (time.perf_counter() - started) * 1000
        return hits
