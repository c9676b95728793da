"""What an ingest writes to the catalogue: staged rows early, the swap to a new generation last."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace

from index.catalogue.database import Catalogue
from index.catalogue.rows import VECTOR, FileRow, GenerationRow, Model, ledger_json
from index.catalogue.structure import structure_json
from index.types import Embedder, Vectors
from ingest.document import Attachment, Document, Passage, Span, main_language

_WINDOW = 2048  # passages held in memory at once while embedding


def find_document(catalogue: Catalogue, sha256: str, reading: str) -> int | None:
    """Id of the document of these bytes, read this way, published or staged."""
    rows = catalogue.rows("SELECT id FROM documents WHERE sha256 = ? AND reading = ?", sha256, reading)
    return int(rows[0][0]) if rows else None


def attachments_of(catalogue: Catalogue, document_id: int) -> tuple[Attachment, ...]:
    """What is attached to the document, which of most is nothing; its text is not touched."""
    [(packed,)] = catalogue.rows("SELECT structure FROM documents WHERE id = ?", document_id)
    structure = zlib.decompress(packed)
    held = json.loads(structure)["attachments"] if b'"attachments":' in structure else ()
    return tuple(Attachment(*one) for one in held)


def stage(catalogue: Catalogue, document: Document, passages: Sequence[Passage], reading: str) -> int:
    """Id of the document, now stored with its passages; no reader sees it before it is published."""
    row = (
        *(document.sha256, reading, document.title, document.date, main_language(document.blocks)),
        *(len(document.pages), len(passages)),
        *(ledger_json(document.unread), _packed(structure_json(document))),
        _packed(document.text),
    )
    hashes = [bytes.fromhex(passage.sha256) for passage in passages]
    with catalogue.transaction() as connection:
        cursor = connection.execute(
            "INSERT INTO documents "
            "(sha256, reading, title, date, language, page_count, passage_count, unread, structure, text) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        document_id = int(cursor.lastrowid or 0)
        connection.executemany("INSERT OR IGNORE INTO texts (sha256) VALUES (?)", [(one,) for one in hashes])
        connection.executemany(
            'INSERT INTO passages (document_id, start, "end", sentences, context, text_id) '
            "VALUES (?, ?, ?, ?, ?, (SELECT id FROM texts WHERE sha256 = ?))",
            (
                (document_id, p.start, p.end, _spans(p.sentences), p.context, sha256)
                for p, sha256 in zip(passages, hashes, strict=True)
            ),
        )
    return document_id


def count_unembedded(catalogue: Catalogue, model: Model, documents: Iterable[int]) -> int:
    """How many different texts of these documents' passages have no embedding of the model."""
    listed = json.dumps(list(documents))
    return int(catalogue.rows(f"SELECT count(DISTINCT text_id) {_UNEMBEDDED}", listed, model.id, 0)[0][0])


def unembedded(catalogue: Catalogue, model: Model, documents: Iterable[int]) -> Iterator[dict[int, str]]:
    """Windows of text id to indexed text, of those without an embedding of the model."""
    listed = json.dumps(list(documents))
    last = 0
    while True:
        rows = catalogue.rows(
            f"SELECT id, text_id {_UNEMBEDDED} ORDER BY id LIMIT {_WINDOW}", listed, model.id, last
        )
        if not rows:
            return
        last = rows[-1][0]
        texts = dict(rows)
        passages = catalogue.passages(texts)
        yield {texts[one]: passage.indexed_text for one, (_, passage) in passages.items()}


_UNEMBEDDED = (
    "FROM passages WHERE document_id IN (SELECT value FROM json_each(?)) AND NOT EXISTS "
    "(SELECT 1 FROM embeddings WHERE embeddings.text_id = passages.text_id AND model_id = ?) AND id > ?"
)


def make_stale(catalogue: Catalogue, files: Iterable[FileRow]) -> None:
    """Have the next run read these files again; readers see no difference.

    Their documents lose their way of reading too, or they would be taken for the result of the new one.
    """
    keys = [(row.key,) for row in files]
    with catalogue.transaction() as connection:
        connection.executemany("UPDATE files SET reading = '' WHERE key = ?", keys)
        documents = "(SELECT document_id FROM files WHERE key = ?)"
        connection.executemany(f"UPDATE documents SET reading = '' WHERE id = {documents}", keys)


def entered(catalogue: Catalogue, embedder: Embedder) -> Model:
    """The embedder's model, by its hash: one that is known by another name has this one from now on."""
    with catalogue.transaction() as connection:
        connection.execute(
            "INSERT INTO models (name, sha256, dimension) VALUES (?, ?, ?) "
            "ON CONFLICT (sha256) DO UPDATE SET name = excluded.name",
            (embedder.name, embedder.sha256, embedder.dimension),
        )
    sql = "SELECT id, name, sha256, dimension FROM models WHERE sha256 = ?"
    return Model(*catalogue.rows(sql, embedder.sha256)[0])


def add_embeddings(catalogue: Catalogue, model: Model, texts: Sequence[int], vectors: Vectors) -> None:
    """Keep the texts' vectors, `(len(texts), dimension)`, at once: a later kill does not lose them."""
    stored = (vector.astype(VECTOR).tobytes() for vector in vectors)
    rows = [(text, model.id, vector) for text, vector in sorted(zip(texts, stored, strict=True))]
    with catalogue.transaction() as connection:
        connection.executemany("INSERT OR IGNORE INTO embeddings VALUES (?, ?, ?)", rows)


def swap(
    catalogue: Catalogue,
    old: Sequence[FileRow],
    files: Sequence[FileRow],
    roots: Mapping[str, str],
    generation: GenerationRow | None,
) -> None:
    """Put these files and roots in place of the old ones, and drop what nothing uses any more.

    All at once: readers see the new `generation` or, where it is None, still the current one.
    """
    with catalogue.transaction() as connection:
        connection.execute("DELETE FROM roots")
        connection.executemany("INSERT INTO roots VALUES (?, ?)", roots.items())
        known, new = {row.key: row for row in old}, {row.key: row for row in files}
        connection.executemany(
            "DELETE FROM files WHERE key = ?", [(key,) for key in known.keys() - new.keys()]
        )
        connection.executemany(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (*astuple(replace(row, unread=()))[:-1], ledger_json(row.unread))
                for key, row in new.items()
                if known.get(key) != row
            ),
        )
        if generation is not None:
            _replace(connection, generation)
        _drop_unused(connection)


def _replace(connection: sqlite3.Connection, generation: GenerationRow) -> None:
    """Put the generation in place of the last, and drop the other models if that one was of another."""
    before = connection.execute("SELECT model_id FROM generation").fetchone()
    manifest, of_model = json.dumps(generation.manifest), (generation.model.id,)
    counts = (generation.passages, generation.dead)
    connection.execute(
        "INSERT OR REPLACE INTO generation VALUES (1, ?, ?, ?, ?, ?, ?)",
        (generation.number, generation.created, *of_model, *counts, manifest),
    )
    if before != of_model:
        connection.execute("DELETE FROM models WHERE id <> ?", of_model)


def _drop_unused(connection: sqlite3.Connection) -> None:
    """Delete documents that no file has, and those of their texts that no other passage has."""
    unused = (
        "(SELECT id FROM documents WHERE NOT EXISTS (SELECT 1 FROM files WHERE document_id = documents.id))"
    )
    texts = connection.execute(
        f"SELECT DISTINCT text_id FROM passages WHERE document_id IN {unused}"
    ).fetchall()
    connection.execute(f"DELETE FROM documents WHERE id IN {unused}")
    connection.executemany(
        "DELETE FROM texts WHERE id = ? AND NOT EXISTS (SELECT 1 FROM passages WHERE text_id = texts.id)",
        texts,
    )


def _packed(text: str) -> bytes:
    """The text as it is kept: UTF-8, compressed."""
    return zlib.compress(text.encode())


def _spans(spans: Iterable[Span]) -> str:
    """Spans as JSON."""
    return json.dumps([(span.start, span.end) for span in spans])
