"""The catalogue gives back what was put in, all of it or nothing."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.catalogue.database import Catalogue
from index.catalogue.rows import FileRow, GenerationRow, Model
from index.catalogue.staging import (
    add_embeddings,
    count_unembedded,
    entered,
    find_document,
    stage,
    swap,
    unembedded,
)
from index.catalogue.tables import NAME
from ingest.blocks import Content, assemble, block, table_row
from ingest.document import Document, Passage, Span, Unread
from ingest.errors import StoreDamaged, StoreError
from ingest.reasons import Reason
from ingest.tables import RawCell
from tests.support.fakes import MemorySource, WordEmbedder

A = WordEmbedder(dimension=2, name="a")
MODEL = Model(1, "a", A.sha256, 2)
GENERATION = GenerationRow(1, "2024-01-01T00:00:00+00:00", MODEL, 2, 0, {"vectors/1.faiss": (3, "abc")})


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """A new catalogue that knows one model."""
    opened = Catalogue.open_to_write(tmp_path)
    assert entered(opened, A) == MODEL
    yield opened
    opened.close()


def document(text: str, date: str | None = None) -> Document:
    """A document of the text."""
    return MemorySource("/x", text, date=date).read()


def passages(text: str, *parts: str) -> list[Passage]:
    """Passages of these parts of the text."""
    found = []
    for part in parts:
        start = text.index(part)
        end = start + len(part)
        found.append(Passage(start, end, (Span(start, end),), "context", part))
    return found


def staged(catalogue: Catalogue, text: str, *parts: str) -> int:
    """Id of a document of the text, in passages of these parts."""
    return stage(catalogue, document(text), passages(text, *parts), "r")


def row(key: str, document_id: int | None, *unread: Unread) -> FileRow:
    """A file."""
    return FileRow(key, key.lstrip("/"), 3, 2**62, "00", "1:100", document_id, unread)


def test_what_is_staged_comes_back(catalogue: Catalogue) -> None:
    """A document and its passages are as they were, by the ids given for them."""
    read = document("Cats purr.\fDogs\n\nbark \U0001f600 at القط.", "2021-03")
    parts = passages(read.text, "Cats purr.", "\U0001f600 at القط.")
    document_id = stage(catalogue, read, parts, "1:100")
    assert catalogue.document(document_id) == read
    assert catalogue.document(document_id).date == "2021-03"
    ids = catalogue.passage_ids([document_id]).tolist()
    found = catalogue.passages(ids)
    assert [found[one] for one in ids] == [(document_id, part) for part in parts]
    assert catalogue.parts()[document_id].passages == 2
    assert find_document(catalogue, read.sha256, "1:100") == document_id
    assert find_document(catalogue, read.sha256, "1:30") is None


def test_details_come_back(catalogue: Catalogue) -> None:
    """Under their names."""
    content = Content(None, [block("paragraph", "Cats purr.")], details=[("Author", "Ada Holm")])
    read = assemble("7" * 64, content)
    assert [one.name for one in read.details] == ["creator"]
    assert catalogue.document(stage(catalogue, read, [], "r")) == read


def test_tables_come_back(catalogue: Catalogue) -> None:
    """Merged and empty cells, headings and all."""
    rows = [
        [RawCell("Tool"), RawCell("Rent"), RawCell("Stock")],
        [RawCell("Hand tools", columns=3)],
        [RawCell("Saw", rows=2), RawCell("3")],
        [RawCell("4"), RawCell("11")],
    ]
    read = assemble("0" * 64, Content(None, [table_row(cells) for cells in rows]))
    document_id = stage(catalogue, read, passages(read.text, "Saw"), "1:100")
    assert len(read.tables) == 1
    assert catalogue.document(document_id) == read


def test_ids_are_never_used_again(catalogue: Catalogue) -> None:
    """A passage id that was deleted never names another passage."""
    first = staged(catalogue, "one", "one")
    ids = catalogue.passage_ids([first])
    swap(catalogue, [], [], {}, GENERATION)
    second = staged(catalogue, "two", "two")
    assert second > first
    assert catalogue.passage_ids([second])[0] > ids[0]


def test_embeddings_are_kept_by_text_and_model(catalogue: Catalogue) -> None:
    """A text is embedded once by each model, however many passages have it."""
    one = staged(catalogue, "same other", "same", "other")
    two = staged(catalogue, "the same", "same")
    assert count_unembedded(catalogue, MODEL, [one, two]) == 2
    [window] = unembedded(catalogue, MODEL, [one, two])
    assert list(window.values()) == ["context\nsame", "context\nother"]
    same = next(iter(window))
    add_embeddings(catalogue, MODEL, [same], np.asarray([[0.5, 0.75]], dtype=np.float32))
    assert [count_unembedded(catalogue, MODEL, each) for each in ([one, two], [two])] == [1, 0]
    ids = catalogue.passage_ids([two]).tolist()
    vectors = catalogue.vectors(MODEL, ids)
    assert (vectors.dtype, vectors.tolist()) == (np.dtype(np.float32), [[0.5, 0.75]])
    with pytest.raises(StoreDamaged, match="1 embeddings are lost"):
        catalogue.vectors(MODEL, catalogue.passage_ids([one]).tolist())
    other = entered(catalogue, WordEmbedder(dimension=1, name="b"))
    assert count_unembedded(catalogue, other, [two]) == 1
    add_embeddings(catalogue, other, [same], np.asarray([[1]], dtype=np.float32))
    assert [catalogue.vectors(model, ids).tolist() for model in (MODEL, other)] == [[[0.5, 0.75]], [[1]]]


def test_a_model_is_known_by_its_hash(catalogue: Catalogue) -> None:
    """Under another name it is the same, which is called so from now on."""
    named = WordEmbedder(dimension=2, name="another name of a")
    named.sha256 = A.sha256
    assert entered(catalogue, named) == replace(MODEL, name="another name of a")


def test_embeddings_of_another_model_stay_until_it_is_out_of_use(catalogue: Catalogue) -> None:
    """They wait for their generation, through those of the old model; after it, the old ones are dropped."""
    one = staged(catalogue, "text", "text")
    [text] = next(unembedded(catalogue, MODEL, [one]))

    def published(number: int, model: Model) -> list[int]:
        """The models of which there are embeddings once a generation of this one is published."""
        swap(catalogue, [], [row("/a", one)], {}, replace(GENERATION, number=number, model=model))
        return [each for (each,) in catalogue.rows("SELECT model_id FROM embeddings ORDER BY model_id")]

    add_embeddings(catalogue, MODEL, [text], np.asarray([[1, 0]], dtype=np.float32))
    assert published(1, MODEL) == [MODEL.id]
    other = entered(catalogue, WordEmbedder(dimension=2, name="b"))
    add_embeddings(catalogue, other, [text], np.asarray([[0, 1]], dtype=np.float32))
    assert published(2, MODEL) == [MODEL.id, other.id]
    assert published(3, other) == [other.id]
    assert catalogue.generation() == replace(GENERATION, number=3, model=other)


def test_a_swap_keeps_what_files_name_and_drops_the_rest(catalogue: Catalogue) -> None:
    """Files, roots and generation come back; unnamed documents go, with passages and embeddings."""
    kept, dropped = staged(catalogue, "one both", "one", "both"), staged(catalogue, "two both", "two", "both")
    for window in unembedded(catalogue, MODEL, [kept, dropped]):
        add_embeddings(catalogue, MODEL, list(window), np.full((len(window), 2), 0.5, dtype=np.float32))
    damaged = Reason("damaged", problem=Reason("ended_process", status=11))
    files = [row("/a", kept), row("/b", None, Unread(None, damaged), Unread((2, 3), Reason("no_text_layer")))]
    swap(catalogue, [], files, {"/": "root"}, GENERATION)
    assert (catalogue.files(), catalogue.roots(), catalogue.generation()) == (
        files,
        {"/": "root"},
        GENERATION,
    )
    with pytest.raises(KeyError):
        catalogue.document(dropped)
    assert catalogue.rows("SELECT count(*) FROM embeddings") == [(2,)]
    assert catalogue.rows("SELECT count(*) FROM texts") == [(2,)]
    assert catalogue.parts().keys() == {kept}
    assert catalogue.integrity() == []


def test_a_failed_transaction_leaves_nothing(catalogue: Catalogue) -> None:
    """What fails half-way, whatever it raises, is as if it had not begun."""

    def broken() -> None:
        with catalogue.transaction() as connection:
            connection.execute("INSERT INTO roots VALUES ('/a', 'a')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert catalogue.roots() == {}
    swap(catalogue, [], [], {"/b": "b"}, None)
    assert catalogue.roots() == {"/b": "b"}


def test_a_reader_sees_what_was_there_when_it_opened(catalogue: Catalogue) -> None:
    """Later writes are for later readers."""
    reader = Catalogue.open_to_read(catalogue.directory)
    swap(catalogue, [], [], {"/a": "a"}, GENERATION)
    assert (reader.roots(), reader.generation()) == ({}, None)
    reader.close()
    later = Catalogue.open_to_read(catalogue.directory)
    assert later.roots() == {"/a": "a"}
    later.close()


def test_a_reader_cannot_write(catalogue: Catalogue) -> None:
    """A reader's connection is read-only, and SQLite's refusal is an error of the store."""
    reader = Catalogue.open_to_read(catalogue.directory)
    with pytest.raises(StoreError, match="cannot use the store"):
        reader.rows("DELETE FROM roots")
    reader.close()


def test_a_store_whose_place_is_taken_by_a_file(tmp_path: Path) -> None:
    """A path that cannot hold a store is one line."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot use the store"):
        Catalogue.open_to_write(tmp_path / "file")


def test_a_schema_cut_short_is_made_again(tmp_path: Path) -> None:
    """A process killed before the schema was committed leaves an empty file, which is filled later."""
    sqlite3.connect(tmp_path / NAME).close()
    (tmp_path / NAME).touch()
    opened = Catalogue.open_to_write(tmp_path)
    assert opened.files() == []
    opened.close()
