"""One ingest: what is new is read, embedded and published."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from typing import Any

from index.catalogue.database import Catalogue
from index.catalogue.derived import check_files, generation_folder
from index.catalogue.rows import FileRow, Model, unread_of
from index.catalogue.staging import (
    add_embeddings,
    count_unembedded,
    find_document,
    stage,
    swap,
    unembedded,
    use_model,
)
from index.embedding.model_files import mismatch, model_identity, model_name
from index.ingesting.compare import Comparison, compare
from index.ingesting.reading import Read, ReadAll, may_be_read_now, way_of_reading
from index.types import Embedder, OnProgress, Progress, Report, Source
from ingest.document import Unread
from ingest.errors import ReadError, StoreDamaged
from ingest.reasons import Reason
from ingest.settings import Settings

_BATCH = 256  # texts embedded and kept at once
_ENOUGH = 1024  # passages read from which they are embedded, before further files are read


class Ingestion:
    """One ingest, into a catalogue that the caller has locked."""

    def __init__(
        self,
        settings: Settings,
        catalogue: Catalogue,
        embedder: Callable[[], Embedder],
        on_progress: OnProgress,
        read_all: ReadAll,
    ) -> None:
        """Raises: ModelMismatch where the store was embedded with another model than is set, ModelError."""
        self._settings = settings
        self._catalogue = catalogue
        self._embedder = embedder
        self._loading: Future[Embedder] | None = None
        self._on_progress = on_progress
        self._read_all = read_all
        self._progress = Progress(0, 0, 0, 0, 0, "")
        self._model: Embedder | None = None
        self._generation = catalogue.generation()
        self._reading = way_of_reading(settings)
        self.old = catalogue.files()
        self._held = catalogue.model() if self._generation is not None else None
        if self._held is not None and self._held.name != model_name(settings):
            self._check_model(*model_identity(settings))

    def sync(
        self, sources: Sequence[Source], covers: Callable[[str], bool], roots: Mapping[str, str]
    ) -> Report:
        """Read, embed and publish what is new; `covers` and `roots` are those of the scan."""
        comparison = compare(self.old, sources, covers, self._reading, may_be_read_now(self._settings))
        read = self._read(comparison)
        rows = sorted(comparison.rows.values(), key=lambda row: (row.shown, row.key))
        published = {row.document_id for row in self.old}
        self._embed({row.document_id for row in rows if row.document_id is not None} - published)
        number = self._publish(rows, roots)
        parts = self._catalogue.parts()
        return Report(
            generation=number,
            plan=comparison.plan,
            read=read,
            embedded=self._progress.passages,
            pages=sum(held.pages for held in parts.values()),
            passages=sum(held.passages for held in parts.values()),
            unread=tuple(unread_of(rows, parts)),
        )

    def _read(self, comparison: Comparison) -> int:
        """Read the sources that need it and complete their rows; returns how many files were read.

        Of files with the same bytes the first is read, and the others become its copies.
        """
        self._tell(files=len(comparison.to_read))
        firsts = {row.sha256: row.key for _, row in reversed(comparison.to_read)}
        new = [(source, row) for source, row in comparison.to_read if firsts[row.sha256] == row.key]
        copies = [(source, row) for source, row in comparison.to_read if firsts[row.sha256] != row.key]
        return self._take(new, comparison.rows) + self._take(copies, comparison.rows)

    def _take(self, pairs: Sequence[tuple[Source, FileRow]], rows: dict[str, FileRow]) -> int:
        """Complete these rows, from known documents or by reading; returns how many files were read."""
        unknown = []
        for source, row in pairs:
            document_id = find_document(self._catalogue, str(row.sha256), self._reading)
            if document_id is None:
                unknown.append((source, row))
            else:
                rows[row.key] = replace(row, document_id=document_id)
                self._tell(files_done=self._progress.files_done + 1)
        if unknown and self._loading is None:  # most likely there will be something to embed
            self._loading = ThreadPoolExecutor(1).submit(self._embedder)
        read = 0
        staged: dict[int, int] = {}  # passages of each document that waits to be embedded
        with closing(self._read_all([source for source, _ in unknown], self._settings)) as outcomes:
            for source, row in unknown:
                self._tell(current=source.shown)
                outcome = next(outcomes)
                if isinstance(outcome, FileNotFoundError):
                    continue  # gone since it was found: as if it had never been there
                rows[row.key] = self._entered(row, outcome, staged)
                read += 1
                self._tell(files_done=self._progress.files_done + 1)
                if sum(staged.values()) >= _ENOUGH:
                    self._embed(set(staged))
                    staged.clear()
        return read

    def _entered(self, row: FileRow, outcome: Read | ReadError, staged: dict[int, int]) -> FileRow:
        """The row of a source that was just read: its document staged, or why there is none."""
        if isinstance(outcome, ReadError):
            return replace(row, unread=(Unread(None, outcome.reason),))
        document, passages = outcome
        if document.sha256 != row.sha256:
            return replace(row, sha256=None, unread=(Unread(None, Reason("changed_while_read")),))
        if not passages:
            return replace(row, unread=document.unread or (Unread(None, Reason("no_passages")),))
        document_id = stage(self._catalogue, document, passages, self._reading)
        staged[document_id] = len(passages)
        progress = self._progress
        self._tell(
            pages=progress.pages + len(document.pages), passages_found=progress.passages_found + len(passages)
        )
        return replace(row, document_id=document_id)

    def _embed(self, documents: set[int]) -> None:
        """Embed those passages of the documents that have no embedding yet."""
        if not documents and self._generation is not None:
            return
        embedder = self._loaded()
        missing = count_unembedded(self._catalogue, documents)
        self._tell(passages_found=self._progress.passages + missing, current="")
        for window in unembedded(self._catalogue, documents):
            texts = sorted(window.items(), key=lambda item: (len(item[1]), item[0]))
            for start in range(0, len(texts), _BATCH):
                batch = texts[start : start + _BATCH]
                vectors = embedder.embed([text for _, text in batch])
                add_embeddings(self._catalogue, [text_id for text_id, _ in batch], vectors)
                self._tell(passages=self._progress.passages + len(batch))

    def _publish(self, rows: Sequence[FileRow], roots: Mapping[str, str]) -> int:
        """Number of a new generation, or of the current one where a reader would see no difference."""
        generation = self._generation
        if generation is not None and {_visible(row) for row in rows} == {_visible(row) for row in self.old}:
            try:
                check_files(
                    generation_folder(self._catalogue.directory, generation.number), generation, deep=True
                )
            except StoreDamaged:
                pass  # built again, from the catalogue
            else:
                swap(self._catalogue, self.old, rows, roots, None)
                return generation.number
        from index.ingesting.publish import publish  # here, since a run that changes nothing need not load it

        return publish(self._catalogue, self.old, rows, roots, self._settings.memory_mb)

    def _loaded(self) -> Embedder:
        """The embedder, loaded at the first call. Raises: ModelMismatch where the store has another."""
        if self._model is None:
            self._model = self._loading.result() if self._loading is not None else self._embedder()
            self._check_model(self._model.name, self._model.sha256)
            use_model(self._catalogue, Model(self._model.name, self._model.sha256, self._model.dimension))
        return self._model

    def _check_model(self, name: str, sha256: str) -> None:
        if self._held is not None and self._held.sha256 != sha256:
            raise mismatch(self._catalogue.directory, self._held, name, sha256)

    def _tell(self, **changes: Any) -> None:
        """Report the progress, with these of its numbers changed."""
        self._progress = replace(self._progress, **changes)
        self._on_progress(self._progress)


def _visible(row: FileRow) -> FileRow:
    """The row with those fields blank that readers never see: size, time, hash, way of reading."""
    return replace(row, size=0, mtime_ns=0, sha256="", reading="")
