"""One ingest: what is new is read, embedded and published."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from typing import Any

from index.catalogue.database import Catalogue
from index.catalogue.derived import check_files, generation_folder
from index.catalogue.rows import FileRow, Model, unread_of
from index.catalogue.staging import (
    add_embeddings,
    attachments_of,
    count_unembedded,
    entered,
    find_document,
    stage,
    swap,
    unembedded,
)
from index.embedding.choice import named, not_english, suited
from index.embedding.model_files import mismatch, model_name
from index.ingesting.compare import Comparison, compare
from index.ingesting.reading import Read, ReadAll, may_be_read_now, way_of_reading
from index.ingesting.sources import AttachedSource, FileSource
from index.types import Embedder, Load, OnProgress, Progress, Report, Source
from ingest.document import Unread
from ingest.errors import ModelMissing, ReadError, StoreDamaged
from ingest.reasons import Reason
from ingest.settings import AUTO_MODEL, Settings

_BATCH = 256  # texts embedded and kept at once
_ENOUGH = 1024  # passages read from which they are embedded, before further files are read


class Ingestion:
    """One ingest, into a catalogue that the caller has locked."""

    def __init__(
        self,
        settings: Settings,
        catalogue: Catalogue,
        load: Load,
        on_progress: OnProgress,
        read_all: ReadAll,
    ) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._load = load
        self._loading: Future[Embedder] | None = None
        self._loaded: tuple[Embedder, Model] | None = None
        self._on_progress = on_progress
        self._read_all = read_all
        self._progress = Progress()
        self._generation = generation = catalogue.generation()
        self._reading = way_of_reading(settings)
        self.old = catalogue.files()
        # Left to choose, a store keeps its model; one without passages gets that of the languages read.
        keeps = settings.model == AUTO_MODEL and generation is not None and generation.passages
        self._kept = generation.model if generation is not None and keeps else None
        self._chosen = named(settings, self._kept.name) if self._kept else settings

    def sync(
        self,
        sources: Sequence[Source],
        covers: Callable[[str], bool],
        roots: Mapping[str, str],
        absent: Sequence[str] = (),
    ) -> Report:
        """Read, embed and publish what is new; `covers`, `roots` and `absent` are those of the scan.

        Raises: ModelError, ModelMismatch where the store's model is no longer the one of its name.
        """
        again = may_be_read_now(self._settings)
        comparison = compare(self.old, sources, covers, self._reading, again, absent)
        holding = {root for root, _ in comparison.plan.absent}
        roots = {root: name for root, name in roots.items() if root in holding or root not in absent}
        read = self._read(comparison)
        rows = sorted(comparison.rows.values(), key=lambda row: (row.shown, row.key))
        model = self._embed_missing({row.document_id for row in rows if row.document_id is not None})
        number = self._publish(rows, roots, model)
        parts = self._catalogue.parts()
        return Report(
            generation=number,
            model=model.name,
            plan=comparison.plan,
            read=read,
            embedded=self._progress.passages,
            pages=sum(held.pages for held in parts.values()),
            passages=sum(held.passages for held in parts.values()),
            not_english=not_english((held.language, held.passages) for held in parts.values()),
            unread=tuple(unread_of(rows, parts)),
        )

    def _read(self, comparison: Comparison) -> int:
        """Read the sources that need it, and what is attached to them; returns how many files were read."""
        read = self._read_each(comparison.to_read, comparison.rows)
        attached = [
            pair for source, _ in comparison.to_read for pair in self._attached(source, comparison.rows)
        ]
        return read + self._read_each(attached, comparison.rows)

    def _read_each(self, pairs: Sequence[tuple[Source, FileRow]], rows: dict[str, FileRow]) -> int:
        """Complete these rows. Of files with the same bytes the first is read, the others are copies."""
        self._tell(files=self._progress.files + len(pairs))
        firsts = {row.sha256: row.key for _, row in reversed(pairs)}
        new = [(source, row) for source, row in pairs if firsts[row.sha256] == row.key]
        copies = [(source, row) for source, row in pairs if firsts[row.sha256] != row.key]
        return self._take(new, rows) + self._take(copies, rows)

    def _attached(self, source: Source, rows: dict[str, FileRow]) -> Iterator[tuple[Source, FileRow]]:
        """What is attached to the file, each with a row to complete."""
        row = rows.get(source.key)
        if row is None or row.document_id is None or not isinstance(source, FileSource):
            return
        for attachment in attachments_of(self._catalogue, row.document_id):
            one = AttachedSource(source, attachment)
            yield (
                one,
                FileRow(one.key, one.shown, one.size, row.mtime_ns, one.sha256(), row.reading, None, ()),
            )

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
        if unknown and self._is_chosen and not self._loading:  # most likely there will be texts to embed
            self._loading = ThreadPoolExecutor(1).submit(self._load, self._chosen)
        read = 0
        staged: dict[int, int] = {}  # passages of each document that waits to be embedded
        sources = [source for source, _ in unknown]
        with closing(self._read_all(sources, self._settings, self._tell_page)) as outcomes:
            for source, row in unknown:
                self._tell(current=source.shown)
                outcome = next(outcomes)
                if isinstance(outcome, FileNotFoundError):
                    continue  # gone since it was found: as if it had never been there
                rows[row.key] = self._entered(row, outcome, staged)
                read += 1
                self._tell(files_done=self._progress.files_done + 1)
                if self._is_chosen and sum(staged.values()) >= _ENOUGH:
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

    def _embed_missing(self, documents: set[int]) -> Model:
        """Embed what these documents of the next generation still lack; returns the model that it is of."""
        new = documents - {row.document_id for row in self.old}
        held = self._generation.model if self._generation is not None else None
        if held and not new and (not self._is_chosen or model_name(self._chosen) == held.name):
            return held
        _, model = self._using(new)
        self._embed(new if held and held.id == model.id else documents)
        return model

    def _embed(self, documents: set[int]) -> None:
        """Embed those passages of the documents that have no embedding yet."""
        embedder, model = self._using(documents)
        missing = count_unembedded(self._catalogue, model, documents)
        self._tell(passages_found=self._progress.passages + missing, current="")
        for window in unembedded(self._catalogue, model, documents):
            texts = sorted(window.items(), key=lambda item: (len(item[1]), item[0]))
            for start in range(0, len(texts), _BATCH):
                batch = texts[start : start + _BATCH]
                vectors = embedder.embed([text for _, text in batch])
                add_embeddings(self._catalogue, model, [text_id for text_id, _ in batch], vectors)
                self._tell(passages=self._progress.passages + len(batch))

    def _publish(self, rows: Sequence[FileRow], roots: Mapping[str, str], model: Model) -> int:
        """Number of a new generation, or of the current one where a reader would see no difference."""
        generation = self._generation
        same = {_visible(row) for row in rows} == {_visible(row) for row in self.old}
        if generation is not None and generation.model.id == model.id and same:
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

        return publish(self._catalogue, self.old, rows, roots, model, self._settings.memory_mb)

    @property
    def _is_chosen(self) -> bool:
        return self._chosen.model != AUTO_MODEL

    def _using(self, documents: set[int]) -> tuple[Embedder, Model]:
        """The model, loaded at the first call; where it is still to be chosen, it is by these documents."""
        if self._loaded is None:
            if self._loading is not None:
                embedder = self._loading.result()
            else:
                embedder = self._load(self._chosen) if self._is_chosen else self._fitting(documents)
            if self._kept and self._kept.sha256 != embedder.sha256:
                raise mismatch(self._catalogue.directory, self._kept, embedder.name, embedder.sha256)
            self._loaded = embedder, entered(self._catalogue, embedder)
        return self._loaded

    def _fitting(self, documents: set[int]) -> Embedder:
        """The model that fits the documents' languages; the packaged one where that is not installed."""
        parts = self._catalogue.parts()
        share = not_english((parts[one].language, parts[one].passages) for one in documents)
        try:
            return self._load(suited(self._settings, share))
        except ModelMissing:
            return self._load(suited(self._settings, 0.0))

    def _tell_page(self, page: int, of_pages: int) -> None:
        self._progress = replace(self._progress, page=page, of_pages=of_pages)
        self._on_progress(self._progress)

    def _tell(self, **changes: Any) -> None:
        """Report the progress, with these of its numbers changed, between two pages."""
        self._progress = replace(self._progress, page=0, of_pages=0, **changes)
        self._on_progress(self._progress)


def _visible(row: FileRow) -> FileRow:
    """The row with those fields blank that readers never see: size, time, hash, way of reading."""
    return replace(row, size=0, mtime_ns=0, sha256="", reading="")
