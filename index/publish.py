"""From the catalogue to the next generation: derived files built beside the current, then one swap."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.catalogue import Catalogue, store_errors
from index.disk import sync_to_disk
from index.hashes import file_sha256
from index.lexical import LexicalIndex, LexicalWriter
from index.rows import FileRow, GenerationRow
from index.staging import swap
from index.store import TERMS, VECTORS, check_files, generation_folder
from index.vectors import VectorIndex
from ingest.errors import StoreDamaged

_BATCH = 4096  # passages held in memory at once
_SMALL = 20_000  # passages up to which a term index is built anew rather than left with removed ones
_DEAD = 0.1  # share of removed passages from which a larger one is, too


@dataclass(frozen=True, slots=True)
class Model:
    """The embedding model of a store."""

    name: str
    sha256: str
    dimension: int


def publish(
    catalogue: Catalogue,
    files: Sequence[FileRow],
    roots: Mapping[str, str],
    model: Model,
) -> int:
    """Number of the new generation, made of these files; all their embeddings are in the catalogue.

    A reader sees the old generation until the swap and the new one after it, nothing between.
    """
    previous = catalogue.generation()
    number = previous.number + 1 if previous else 1
    folder = generation_folder(catalogue.directory, number)
    with store_errors(catalogue.directory):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        wanted = {row.document_id for row in files if row.document_id is not None}
        held = (
            {row.document_id for row in catalogue.files() if row.document_id is not None}
            if previous
            else set()
        )
        builder = _Builder(catalogue, folder, model)
        dead = 0
        try:
            if previous is None:
                raise StoreDamaged(folder, "nothing to build on")
            dead = builder.update(previous, catalogue.passage_ids(held - wanted), wanted - held, wanted)
        except StoreDamaged:  # also of a generation whose files are lost: all is in the catalogue
            builder.rebuild(wanted)
        sync_to_disk(folder)
        manifest = {
            str(file.relative_to(folder)): (file.stat().st_size, file_sha256(file))
            for file in sorted(folder.rglob("*"))
            if file.is_file() and file.suffix != ".lock"
        }
    created = datetime.now(UTC).isoformat(timespec="seconds")
    swap(
        catalogue,
        files,
        roots,
        GenerationRow(number, created, model.name, model.sha256, model.dimension, dead, manifest),
    )
    catalogue.checkpoint()
    clear_old(catalogue.directory, number)
    return number


def clear_old(directory: Path, number: int) -> None:
    """Remove the generations that are neither current nor the one before, which may still be opening."""
    for folder in (directory / "generations").iterdir():
        if not folder.name.isdigit() or int(folder.name) not in (number, number - 1):
            shutil.rmtree(folder, ignore_errors=True)


class _Builder:
    """Builds a generation's derived files in a folder."""

    def __init__(self, catalogue: Catalogue, folder: Path, model: Model) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._model = model

    def rebuild(self, documents: set[int]) -> None:
        """Both from the catalogue alone."""
        ids = self._catalogue.passage_ids(documents)
        self._vectors(VectorIndex.empty(self._model.dimension), ids)
        self._terms(None, [], ids)

    def update(
        self, previous: GenerationRow, removed: Sequence[int], new: set[int], documents: set[int]
    ) -> int:
        """Both from the previous generation's; returns how many dead passages the term index holds.

        Raises: StoreDamaged where the previous files are not whole.
        """
        old = generation_folder(self._catalogue.directory, previous.number)
        check_files(old, previous, deep=True)
        index = VectorIndex.load(old / VECTORS)
        ids = self._catalogue.passage_ids(documents)
        added = self._catalogue.passage_ids(new)
        if index.remove(removed) != len(removed) or len(index) + len(added) != len(ids):
            raise StoreDamaged(old, f"expected {len(ids) - len(added)} vectors, found {len(index)}")
        self._vectors(index, added)
        dead = previous.dead + len(removed)
        if removed and (len(ids) <= _SMALL or dead > _DEAD * len(ids)):
            self._terms(None, [], ids)
            return 0
        self._terms(old / TERMS, removed, added)
        if (found := len(LexicalIndex(self._folder / TERMS))) != len(ids):
            raise StoreDamaged(old, f"expected {len(ids)} passages in the term index, found {found}")
        return dead

    def _vectors(self, index: VectorIndex, added: Sequence[int]) -> None:
        for start in range(0, len(added), _BATCH):
            ids = added[start : start + _BATCH]
            index.add(ids, self._catalogue.vectors(ids, self._model.sha256))
        index.save(self._folder / VECTORS)

    def _terms(self, previous: Path | None, removed: Sequence[int], added: Sequence[int]) -> None:
        shutil.rmtree(self._folder / TERMS, ignore_errors=True)
        writer = LexicalWriter(self._folder / TERMS, previous)
        writer.remove(removed)
        for start in range(0, len(added), _BATCH):
            found = self._catalogue.passages(added[start : start + _BATCH])
            for passage_id in added[start : start + _BATCH]:
                writer.add(passage_id, *found[passage_id])
        writer.commit()
