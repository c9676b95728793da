"""From the catalogue to the next generation: derived files built beside the current, then one swap."""

import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np

from index.catalogue.database import Catalogue
from index.catalogue.derived import SMALL, TERMS, VECTORS, check_files, generation_folder
from index.catalogue.rows import FileRow, GenerationRow, Model
from index.catalogue.staging import swap
from index.catalogue.tables import store_errors
from index.dense.vectors import update
from index.disk import file_sha256, sync_to_disk
from index.ingesting.grains import grains
from index.types import Ids
from index.words.lexical import LexicalIndex, LexicalWriter
from ingest.errors import StoreDamaged

_NONE: Ids = np.empty(0, np.int64)
_MIB = 1024 * 1024
_TERMS = 16  # terms may fill a sixteenth of the memory before they are written
_DEAD = 0.1  # share of removed passages from which even a large term index is written anew


def publish(
    catalogue: Catalogue,
    old: Sequence[FileRow],
    files: Sequence[FileRow],
    roots: Mapping[str, str],
    model: Model,
    memory_mb: int,
) -> int:
    """Publish a generation of these files, whose embeddings are all in the catalogue; returns its number.

    They are the `model`'s. If the last generation is of another, nothing is built on its files.

    `old` are the files of the current generation. Readers see that one until the swap and the new one
    after it, nothing between.
    """
    previous = catalogue.generation()
    number = previous.number + 1 if previous else 1
    folder = generation_folder(catalogue.directory, number)
    with store_errors(catalogue.directory):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        builder = _Builder(catalogue, model, folder, _documents(files), memory_mb * _MIB // _TERMS)
        try:
            if previous is None or previous.model != model:
                raise StoreDamaged(folder, "nothing to build on")
            passages, dead = builder.update(previous, _documents(old))
        except StoreDamaged:  # also of a generation whose files are lost: all is in the catalogue
            passages, dead = builder.rebuild()
        sync_to_disk(folder)
        manifest = _manifest(folder, previous)
    created = datetime.now(UTC).isoformat(timespec="seconds")
    swap(catalogue, old, files, roots, GenerationRow(number, created, model, passages, dead, manifest))
    catalogue.checkpoint()
    clear_old(catalogue.directory, number)
    return number


def _documents(files: Sequence[FileRow]) -> set[int]:
    """The documents that these files name."""
    return {row.document_id for row in files if row.document_id is not None}


def _manifest(folder: Path, previous: GenerationRow | None) -> dict[str, tuple[int, str]]:
    """Size and hash of each derived file; those shared with the previous generation are not hashed again."""
    manifest = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"):
        name = str(file.relative_to(folder))
        if previous is not None and name in previous.manifest:
            old = generation_folder(folder.parent.parent, previous.number) / name
            if old.exists() and old.samefile(file):
                manifest[name] = previous.manifest[name]
                continue
        manifest[name] = (file.stat().st_size, file_sha256(file))
    return manifest


def clear_old(directory: Path, number: int) -> None:
    """Remove the generations that are neither current nor the one before, which may still be opening."""
    for folder in (directory / "generations").iterdir():
        if not folder.name.isdigit() or int(folder.name) not in (number, number - 1):
            shutil.rmtree(folder, ignore_errors=True)


class _Builder:
    """Builds a generation's derived files; both ways return how many passages it has, and how many dead."""

    def __init__(
        self, catalogue: Catalogue, model: Model, folder: Path, documents: set[int], heap: int
    ) -> None:
        self._catalogue = catalogue
        self._stored = partial(catalogue.vectors, model)
        self._folder = folder
        self._documents = documents
        self._heap = heap

    def rebuild(self) -> tuple[int, int]:
        """Build everything from the catalogue."""
        ids = self._catalogue.passage_ids(self._documents)
        self._vectors(None, _NONE, ids)
        self._terms(None, _NONE, ids)
        return len(ids), 0

    def update(self, previous: GenerationRow, documents: set[int]) -> tuple[int, int]:
        """Build on the files of the previous generation, which is of these documents.

        Raises: StoreDamaged where the previous files are not whole.
        """
        old = generation_folder(self._catalogue.directory, previous.number)
        check_files(old, previous, deep=True)
        removed = self._catalogue.passage_ids(documents - self._documents)
        added = self._catalogue.passage_ids(self._documents - documents)
        expected = previous.passages - len(removed) + len(added)
        held = [self._vectors(old / VECTORS, removed, added)]
        dead = previous.dead + len(removed)
        if len(removed) and (expected <= SMALL or dead > _DEAD * expected):
            dead = 0
            held.append(self._terms(None, _NONE, self._catalogue.passage_ids(self._documents)))
        else:
            held.append(self._terms(old / TERMS, removed, added))
        if held != [expected, expected]:
            raise StoreDamaged(old, f"expected {expected} vectors and passages, found {held}")
        return expected, dead

    def _vectors(self, previous: Path | None, removed: Ids, added: Ids) -> int:
        shutil.rmtree(self._folder / VECTORS, ignore_errors=True)
        return update(self._folder / VECTORS, previous, removed, added, self._stored)

    def _terms(self, previous: Path | None, removed: Ids, added: Ids) -> int:
        shutil.rmtree(self._folder / TERMS, ignore_errors=True)
        writer = LexicalWriter(self._folder / TERMS, previous, self._heap)
        writer.remove(removed.tolist())
        languages = self._catalogue.languages()
        for document_id, grain in grains(self._catalogue, added):
            writer.add(document_id, grain, languages.get(document_id, "en"))
        writer.commit()
        return len(LexicalIndex(self._folder / TERMS))
