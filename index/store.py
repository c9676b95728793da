"""A store opened for reading: one generation, seen as it is until it is closed."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache, partial
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from index.catalogue.database import Catalogue
from index.catalogue.derived import TERMS, VECTORS, check_files, generation_folder
from index.catalogue.rows import GenerationRow, unread_of
from index.catalogue.tables import NAME
from index.dense.vectors import VectorIndex
from index.disk import absent_of, inside
from index.embedding.choice import not_english
from index.embedding.model_files import mismatch
from index.types import FileState, Ids, Scope, StoreStatus
from index.words.lexical import LexicalIndex
from index.words.names import Names
from index.words.spelling import meant, slips_allowed
from index.words.terms import exact_terms, has_parts, stems
from ingest.document import Document, Passage, Unread
from ingest.errors import StoreDamaged

_NEAR = 50  # passages that are looked at for what a word was meant to be
_LANGUAGES = 4  # languages of questions for which it is remembered which passages are in others
_DOCUMENTS = 32  # documents kept in memory


class Generation:
    """One generation of a store; a context manager, safe to share between threads."""

    def __init__(self, catalogue: Catalogue, row: GenerationRow) -> None:
        """Raises: StoreDamaged where a derived file is lost or not of the size that was written."""
        self._catalogue = catalogue
        self.row = row
        self.directory = catalogue.directory
        self.number = row.number
        folder = generation_folder(self.directory, row.number)
        check_files(folder, row, deep=False)
        self.vectors = VectorIndex(folder / VECTORS, partial(catalogue.vectors, row.model))
        self.terms = LexicalIndex(folder / TERMS)
        self.threads = ThreadPoolExecutor(os.cpu_count(), "search")
        self._files = catalogue.files()
        self._roots = tuple(catalogue.roots())
        self._paths: dict[int, tuple[str, ...]] = {}
        for file in self._files:
            if file.document_id is not None:
                self._paths[file.document_id] = (*self._paths.get(file.document_id, ()), file.shown)
        self.document = lru_cache(maxsize=_DOCUMENTS)(self._document)
        self.foreign = lru_cache(maxsize=_LANGUAGES)(self._foreign)
        self._under = lru_cache(maxsize=1)(self._shown_under)

    @classmethod
    def open(cls, directory: Path, model_sha256: str | None) -> Self:
        """The newest generation; `model_sha256` is the model that will ask it, None where none will.

        Raises: StoreMissing, StoreDamaged, StoreOutdated, ModelMismatch.
        """
        failed = -1
        while True:
            catalogue = Catalogue.open_to_read(directory)
            try:
                row = catalogue.published()
                if model_sha256 is not None and row.model.sha256 != model_sha256:
                    raise mismatch(directory, row.model, "the model set", model_sha256)
                try:
                    return cls(catalogue, row)
                except StoreDamaged:
                    if row.number == failed:
                        raise
                    failed = row.number  # tried once more: perhaps it was only superseded and cleared away
            except BaseException:
                catalogue.close()
                raise
            catalogue.close()

    def close(self) -> None:
        """Close the files; a generation that is no longer current can then be deleted."""
        self.threads.shutdown()
        self.terms.close()
        self.vectors.close()
        self._catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def status(self) -> StoreStatus:
        """What the generation holds, file by file, by shown path."""
        away = self.away()
        if not away:
            return self._status
        files = tuple(replace(file, absent=file.path in away) for file in self._status.files)
        roots = absent_of(self._roots)
        absent = Counter(root for file in files for root in roots if inside(file.key, root))
        return replace(self._status, files=files, absent=tuple(absent.items()))

    def away(self) -> frozenset[str]:
        """The shown paths of the files whose root is, at this moment, no longer there."""
        return self._under(absent_of(self._roots))

    def _shown_under(self, roots: tuple[str, ...]) -> frozenset[str]:
        return frozenset(file.shown for file in self._files for root in roots if inside(file.key, root))

    @cached_property
    def _status(self) -> StoreStatus:
        """Computed once: a generation does not change."""
        parts = self._catalogue.parts()
        files: list[FileState] = []
        seen: set[int] = set()
        for row in self._files:
            if row.document_id is None:
                files.append(FileState(row.shown, "unread", 0, 0, None, row.unread, row.key, row.sha256))
                continue
            held = parts[row.document_id]
            state: Literal["indexed", "copy"] = "copy" if row.document_id in seen else "indexed"
            seen.add(row.document_id)
            counts = (held.pages, held.passages, held.title, held.unread)
            files.append(FileState(row.shown, state, *counts, row.key, row.sha256, held.date, held.language))
        indexed = [file for file in files if file.state == "indexed"]
        return StoreStatus(
            generation=self.number,
            documents=len(indexed),
            copies=sum(file.state == "copy" for file in files),
            unread_files=sum(file.state == "unread" for file in files),
            pages=sum(file.pages for file in indexed),
            passages=sum(file.passages for file in indexed),
            model_name=self.row.model.name,
            model_sha256=self.row.model.sha256,
            recall=self.vectors.recall,
            not_english=not_english((file.language, file.passages) for file in indexed),
            files=tuple(files),
        )

    @cached_property
    def unread(self) -> list[tuple[str, Unread]]:
        """Shown path and ledger entry of all that could not be read, copies under each name."""
        return unread_of(self._files, self._catalogue.parts())

    def unread_in(self, documents: Scope) -> list[tuple[str, Unread]]:
        """As `unread`, of the files of these SHA-256 alone."""
        if documents is None:
            return self.unread
        return unread_of((row for row in self._files if row.sha256 in documents), self._catalogue.parts())

    def paths(self, document_id: int) -> tuple[str, ...]:
        """The shown paths of a document, first the one to cite."""
        return self._paths[document_id]

    def _document(self, document_id: int) -> Document:
        """The document of a hit. Raises: KeyError where this generation has none of that id."""
        return self._catalogue.document(document_id)

    def document_ids(self, documents: Scope = None) -> list[int]:
        """Ids of the documents of these SHA-256, in the order of the paths they are cited by; None is all."""
        ids = self.ids(documents) if documents is not None else None
        return sorted(self._paths if ids is None else ids, key=self._paths.__getitem__)

    def rarity(self, word: str) -> float:
        """Inverse document frequency of an analysed term among the passages, 0 up."""
        return self.terms.rarity(word)

    def named(self, words: Sequence[str]) -> dict[int, float]:
        """Document id to the summed rarity, 0 up, of those of these exact terms that its path holds."""
        return self._names.named(words, self.rarity)

    @cached_property
    def _names(self) -> Names:
        """Built at the first question: `status` and `verify` do not need it."""
        return Names(self._paths, self.language)

    @cached_property
    def language(self) -> str:
        """The two-letter code of the language that most passages are in, "en" if none is known."""
        return self._catalogue.main_language() or "en"

    def meant(self, word: str, language: str) -> str:
        """The folded word, or the known one that it is a slip of where no passage has it.

        A word of a language that is found by parts of words is found with its slip.
        """
        [stem] = stems([word], language)
        allowed = slips_allowed(word)
        if not allowed or has_parts(word, language) or self.terms.count(word, stem):
            return word
        near = self.passages(self.terms.near(word, allowed, _NEAR))
        known = (term for _, passage in near.values() for term in exact_terms(passage.text))
        return meant(word, known, lambda term: self.terms.count(term, term))

    def _foreign(self, language: str) -> Ids:
        """Ids of the passages of documents in another language than this code's, ascending."""
        known = self._catalogue.languages()
        return self.passage_ids(one for one in self._paths if known.get(one, language) != language)

    def passages(self, ids: Iterable[int]) -> dict[int, tuple[int, Passage]]:
        """Document id and passage of each passage id."""
        return self._catalogue.passages(ids)

    def passage_ids(self, documents: Iterable[int]) -> Ids:
        """Ids of the passages of these documents, ascending."""
        return self._catalogue.passage_ids(documents)

    def matching(self, globs: Iterable[str]) -> frozenset[str]:
        """SHA-256 of the documents whose path, or file name, matches one of the globs; case does not count.

        Where a document has exactly the path "notes.md", that glob means it alone, not "docs/notes.md" too.
        """
        paths = [(file.shown.casefold(), file.sha256) for file in self._files]
        return frozenset(sha256 for glob in globs for sha256 in _named(glob.casefold(), paths) if sha256)

    def ids(self, documents: Set[str]) -> set[int] | None:
        """Ids of the documents of these SHA-256 that are here; None, for no restriction, if that is all."""
        ids = {
            file.document_id
            for file in self._files
            if file.document_id is not None and file.sha256 in documents
        }
        return None if len(ids) == len(self._paths) else ids

    def verify(self) -> list[str]:
        """What is wrong with the store's files, compared byte by byte; empty where nothing is."""
        problems = [f"{NAME}: {text}" for text in self._catalogue.integrity()]
        try:
            check_files(generation_folder(self.directory, self.number), self.row, deep=True)
        except StoreDamaged as error:
            problems.append(str(error))
        if len(self.vectors) != len(self.terms):
            counts = f"{len(self.vectors)} vectors and {len(self.terms)} passages"
            problems.append(f"expected as many vectors as passages, found {counts}")
        return problems


def _named(glob: str, paths: Iterable[tuple[str, str | None]]) -> list[str | None]:
    """SHA-256 of the document at exactly this path, else of all that the glob matches; all casefolded."""
    at = [sha256 for path, sha256 in paths if path == glob]
    return at or [
        sha256
        for path, sha256 in paths
        if any(fnmatchcase(name, glob) for name in (path, path.rpartition("/")[2], path.rpartition(" › ")[2]))
    ]
