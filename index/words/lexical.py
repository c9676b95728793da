"""Lexical retrieval: BM25 over stems, spellings, pairs of words and grains, and exact phrases, by tantivy."""

import math
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from index.disk import link
from index.words.terms import exact_terms, pairs, ranked_terms
from ingest.document import Passage
from ingest.errors import REBUILD, StoreDamaged, StoreError
from ingest.languages import spoken

_ADDED = 0.3  # weight of a word that was added to a question, beside 1 for its own
_K1 = 1.2  # tantivy's own, which cannot be set
_SPELT = 0.4  # weight of a word found as it is spelt, beside that of its stem
_PAIRED = 0.3  # weight of two words found next to each other
_AROUND = 0.6  # share of a stem's weight that is what it weighs in the passage's grain


class LexicalIndex:
    """An opened term index; it stays as it is, whatever is published after it."""

    def __init__(self, path: Path) -> None:
        """Raises: StoreDamaged where the folder does not hold an index."""
        self._links: tempfile.TemporaryDirectory[str] | None = None
        if not os.access(path, os.W_OK) and path.is_dir():  # tantivy locks a file even to read
            self._links = tempfile.TemporaryDirectory(prefix="mustanad-")
            for file in (one for one in path.iterdir() if one.suffix != ".lock"):
                Path(self._links.name, file.name).symlink_to(file.resolve())
        try:
            index = tantivy.Index.open(str(path) if self._links is None else self._links.name)
            index.config_reader("manual")
            self._schema = index.schema
            self._searcher = index.searcher()
        except (ValueError, OSError) as error:  # what tantivy raises for a folder it cannot read
            raise StoreDamaged(path, _unreadable(path)) from error

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def rarity(self, word: str) -> float:
        """Inverse document frequency of an analysed term, 0 up: the idf of BM25, highest where unseen."""
        return self._idf("body", word)

    def _idf(self, field: str, term: str) -> float:
        seen = self._searcher.doc_freq(field, term)
        return math.log(1 + (len(self) - seen + 0.5) / (seen + 0.5))

    def close(self) -> None:
        """Lets go of the files and of the links to those of a read-only store; nothing can be searched."""
        del self._searcher
        if self._links is not None:
            self._links.cleanup()

    def search(
        self,
        words: Sequence[str],
        k: int,
        documents: Iterable[int] | None = None,
        passages: Iterable[int] | None = None,
        favoured: Mapping[int, float] | None = None,
        added: Sequence[str] = (),
        language: str = "en",
    ) -> dict[int, float]:
        """The k passage ids of highest BM25 (k1 1.2, b 0.75; above 0), best first.

        `words` and `added` are exact terms of that language, in order, of which the added ones count
        less. The score is the weighted sum of those of four fields: what the words are ranked by,
        in the passage and in its grain, themselves and their pairs. `documents` and `passages`
        restrict it to these ids; `favoured` adds to the score of each passage found what it holds for
        its document.
        """
        wanted = [
            (Occur.Should, Query.boost_query(Query.term_query(self._schema, field, term, "freq"), weight))
            for (field, term), weight in _weighted(words, added, language).items()
        ]
        if not wanted:
            return {}
        query = self._favouring(Query.boolean_query(wanted), favoured or {})
        return self._run(query, k, documents, passages)

    def bound(self, words: Sequence[str], added: Sequence[str] = (), language: str = "en") -> float:
        """The least score that no passage exceeds for these exact terms, 0 up, favours aside."""
        weights = _weighted(words, added, language).items()
        return sum((_K1 + 1) * weight * self._idf(field, term) for (field, term), weight in weights)

    def _favouring(self, query: Query, favoured: Mapping[int, float]) -> Query:
        """The query, what it finds in each of the documents scored higher by so much."""
        groups: dict[float, list[int]] = {}
        for document, more in favoured.items():
            groups.setdefault(more, []).append(document)
        added = [
            (Occur.Should, Query.const_score_query(Query.term_set_query(self._schema, "document", ids), more))
            for more, ids in groups.items()
        ]
        return Query.boolean_query([(Occur.Must, query), *added]) if added else query

    def phrases(self, texts: Sequence[str], k: int, documents: Iterable[int] | None = None) -> list[int]:
        """Up to k ids of passages with the words of every text next to each other, best first."""
        queries = [self._phrase(exact_terms(text)) for text in texts]
        if not queries:
            return []
        query = Query.boolean_query([(Occur.Must, one) for one in queries])
        return list(self._run(query, k, documents, None))

    def near(self, word: str, slips: int, k: int) -> list[int]:
        """Up to k ids of passages with a word as it is spelt that is at most so many slips away, 1 or 2."""
        return list(self._run(Query.fuzzy_term_query(self._schema, "exact", word, slips), k, None, None))

    def count(self, word: str, stem: str) -> int:
        """How many passages have the word as it is spelt or, where none has, its stem."""
        return int(self._searcher.doc_freq("exact", word) or self._searcher.doc_freq("body", stem))

    def _phrase(self, words: Sequence[str]) -> Query:
        if not words:
            return Query.empty_query()
        if len(words) == 1:
            return Query.term_query(self._schema, "exact", words[0])
        return Query.phrase_query(self._schema, "exact", list(words))

    def _run(
        self, query: Query, k: int, documents: Iterable[int] | None, passages: Iterable[int] | None
    ) -> dict[int, float]:
        filters = [
            Query.const_score_query(Query.term_set_query(self._schema, field, list(ids)), 0.0)
            for field, ids in (("document", documents), ("id", passages))
            if ids is not None
        ]
        if filters:
            query = Query.boolean_query([(Occur.Must, one) for one in (query, *filters)])
        hits = self._searcher.search(query, max(k, 1), count=False).hits[:k]
        ids = self._searcher.fast_field_values("id", [address for _, address in hits])
        return {int(i): float(score) for i, (score, _) in zip(ids, hits, strict=True) if i is not None}


class LexicalWriter:
    """Builds a term index in a folder, from nothing or on top of another one's files."""

    def __init__(self, path: Path, previous: Path | None = None, heap: int = 64_000_000) -> None:
        """`heap` is how many bytes are filled before they are written as a segment.

        Raises: StoreDamaged where the previous index cannot be read.
        """
        path.mkdir(parents=True)
        self._path = path
        if previous is not None:
            _link(previous, path)
        try:
            index = tantivy.Index.open(str(path)) if previous else tantivy.Index(_schema(), str(path))
            self._writer = index.writer(heap, 1)
            self._schema = index.schema
        except (ValueError, OSError) as error:
            raise StoreDamaged(path, _unreadable(previous or path)) from error

    def remove(self, ids: Iterable[int]) -> None:
        """Forgets these passages."""
        # Not delete_documents_by_term: it takes an int for a signed one, and finds nothing.
        self._writer.delete_documents_by_query(Query.term_set_query(self._schema, "id", list(ids)))

    def add(self, document_id: int, grain: Mapping[int, Passage], language: str = "en") -> None:
        """Adds the passages of one grain, by id: each under what it says, and under what all of them say.

        That is its context and text for ranking, and its text alone as it is spelt. `language` is the
        document's, taken where a passage's own words do not tell theirs.
        """
        entries = [_entry(document_id, *each, language) for each in grain.items()]
        around = " ".join(str(entry.get_first("body")) for entry in entries)
        for entry in entries:
            entry.add_text("grain", around)
            self._writer.add_document(entry)

    def commit(self) -> None:
        """Writes all of it. Raises: StoreError where that fails."""
        try:
            self._writer.commit()
            self._writer.garbage_collect_files()
            self._writer.wait_merging_threads()
        except (ValueError, OSError) as error:
            raise StoreError(self._path, f"cannot write the term index: {error}") from error


def _entry(document_id: int, passage_id: int, passage: Passage, language: str) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_unsigned("id", passage_id)
    entry.add_unsigned("document", document_id)
    above, words = exact_terms(passage.context), exact_terms(passage.text)
    language = spoken(words, language)
    entry.add_text("body", " ".join(ranked_terms([*above, *words], language)))
    entry.add_text("pairs", " ".join([*pairs(above, language), *pairs(words, language)]))
    entry.add_text("exact", " ".join(words))
    return entry


def _weighted(words: Sequence[str], added: Sequence[str], language: str) -> dict[tuple[str, str], float]:
    """Weight of all, by field and term, that exact terms are looked for by."""
    weights: dict[tuple[str, str], float] = {}
    for terms, share in ((words, 1.0), (added, _ADDED)):
        ranked = ranked_terms(terms, language)
        fields = (
            ("body", ranked, 1 - _AROUND),
            ("exact", terms, _SPELT),
            ("pairs", pairs(terms, language), _PAIRED),
            ("grain", ranked, _AROUND),
        )
        for field, terms, weight in fields:
            for term in terms:
                weights.setdefault((field, term), share * weight)
    return weights


def _unreadable(path: Path) -> str:
    return f"expected a term index, cannot read {path}: {REBUILD}"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_unsigned_field("document", indexed=True)
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("exact", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("grain", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _link(previous: Path, path: Path) -> None:
    """The files of the previous folder in the new one; tantivy never changes a file in place."""
    if not previous.is_dir():
        raise StoreDamaged(previous, _unreadable(previous))
    for file in previous.iterdir():
        if file.suffix == ".lock":
            continue
        link(file, path / file.name)
