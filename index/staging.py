"""What an ingest writes to the catalogue: staged rows early, the swap to a new generation last."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace

from index.catalogue import Catalogue
from index.rows import FileRow, GenerationRow
from index.types import Vectors
from ingest.document import Document, Passage, Span, Unread

_WINDOW = 2048  # passages held in memory at once while embedding


def find_document(catalogue: Catalogue, sha256: str, reading: str) -> int | None:
    """Id of the document of these bytes, read this way, published or staged."""
    rows = catalogue.rows("SELECT id FROM documents WHERE sha256 = ? AND reading = ?", sha256, reading)
    return int(rows[0][0]) if rows else None


def stage(catalogue: Catalogue, document: Document, passages: Sequence[Passage], reading: str) -> int:
    """Id of the document, now stored with its passages; no reader sees it before it is published."""
    structure = {
        "date": document.date,
        "pages": [astuple(page) for page in document.pages],
        "page_spans": [astuple(span) for span in document.page_spans],
        "blocks": [astuple(block) for block in document.blocks],
    }
    row = (
        *(document.sha256, reading, document.title, document.text),
        *(json.dumps(structure, separators=(",", ":")), len(document.pages)),
        json.dumps(_entries(document.unread)),
    )
    with catalogue.transaction() as connection:
        cursor = connection.execute(
            "INSERT INTO documents (sha256, reading, title, text, structure, page_count, unread) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        document_id = int(cursor.lastrowid or 0)
        connection.executemany(
            'INSERT INTO passages (document_id, start, "end", sentences, context, text, sha256) '
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (document_id, p.start, p.end, _spans(p.sentences), p.context, p.text, p.sha256)
                for p in passages
            ),
        )
    return document_id


def count_unembedded(catalogue: Catalogue, documents: Iterable[int], model: str) -> int:
    """How many different passages of these documents have no embedding under the model."""
    listed = json.dumps(list(documents))
    return int(catalogue.rows(f"SELECT count(DISTINCT sha256) {_UNEMBEDDED}", listed, 0, model)[0][0])


def unembedded(catalogue: Catalogue, documents: Iterable[int], model: str) -> Iterator[dict[str, str]]:
    """Windows of passage hash to indexed text, of those without an embedding under the model."""
    listed = json.dumps(list(documents))
    last = 0
    while True:
        rows = catalogue.rows(f"SELECT id {_UNEMBEDDED} ORDER BY id LIMIT {_WINDOW}", listed, last, model)
        if not rows:
            return
        last = rows[-1][0]
        found = catalogue.passages(row for (row,) in rows)
        yield {passage.sha256: passage.indexed_text for _, passage in found.values()}


_UNEMBEDDED = (
    "FROM passages WHERE document_id IN (SELECT value FROM json_each(?)) AND id > ? "
    "AND NOT EXISTS (SELECT 1 FROM embeddings WHERE passage = sha256 AND model = ?)"
)


def add_embeddings(catalogue: Catalogue, model: str, hashes: Sequence[str], vectors: Vectors) -> None:
    """Keep the vectors, `(len(hashes), dimension)`, at once: a later kill does not lose them."""
    pairs = zip(hashes, vectors, strict=True)
    rows = [(sha256, model, vector.astype("<f4").tobytes()) for sha256, vector in pairs]
    with catalogue.transaction() as connection:
        connection.executemany("INSERT OR IGNORE INTO embeddings VALUES (?, ?, ?)", rows)


def swap(
    catalogue: Catalogue, files: Sequence[FileRow], roots: Mapping[str, str], generation: GenerationRow | None
) -> None:
    """Make these the files and roots, with a new generation or the same, and drop all that is unused."""
    with catalogue.transaction() as connection:
        connection.execute("DELETE FROM roots")
        connection.executemany("INSERT INTO roots VALUES (?, ?)", roots.items())
        old = {row.key: row for row in catalogue.files()}
        new = {row.key: row for row in files}
        connection.executemany("DELETE FROM files WHERE key = ?", [(key,) for key in old.keys() - new.keys()])
        connection.executemany(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (*astuple(replace(row, unread=()))[:-1], json.dumps(_entries(row.unread)))
                for key, row in new.items()
                if old.get(key) != row
            ),
        )
        if generation is not None:
            connection.execute(
                "INSERT OR REPLACE INTO generation VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
                (*astuple(generation)[:-1], json.dumps(generation.manifest)),
            )
        connection.execute(
            "DELETE FROM documents WHERE NOT EXISTS (SELECT 1 FROM files WHERE document_id = documents.id)"
        )
        connection.execute(
            "DELETE FROM embeddings WHERE NOT EXISTS (SELECT 1 FROM passages WHERE sha256 = passage) "
            "OR model NOT IN (SELECT model_sha256 FROM generation)"
        )


def _spans(spans: Iterable[Span]) -> str:
    """Spans as JSON."""
    return json.dumps([(span.start, span.end) for span in spans])


def _entries(unread: Iterable[Unread]) -> list[tuple[tuple[int, ...] | None, str]]:
    """Ledger entries as JSON takes them."""
    return [(entry.pages, entry.reason) for entry in unread]
