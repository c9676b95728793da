"""A store of the format before is brought up to date by its next ingest; only damage is called damage."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index import sync
from index.catalogue.database import Catalogue, current
from index.catalogue.tables import FORMAT, NAME
from index.search import search
from index.store import Generation
from index.types import Embedder, Load, Progress, Query, Report
from ingest.errors import StoreDamaged, StoreError, StoreOutdated
from ingest.reasons import Reason
from ingest.settings import PACKAGED_MODEL, Settings
from tests.support.fakes import WordEmbedder, load_words


def quiet(_: Progress) -> None:
    """No progress wanted."""


def no_embedder(_: Settings) -> Embedder:
    """For runs that must not load a model."""
    raise AssertionError("the embedder was loaded")


def ingested(folder: Path, load: Load = load_words) -> Report:
    """What an ingest of the folder `in` did, into the store beside it."""
    return sync.ingest(Settings(store=folder / "store"), [folder / "in"], load, quiet)


@pytest.fixture
def format_4(tmp_path: Path) -> Path:
    """A folder with a store of format 4 of two files, one of them not read."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Cats purr at night.", encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_bytes(b"")
    ingested(tmp_path)
    with closing(sqlite3.connect(tmp_path / "store" / NAME)) as connection:
        connection.executescript(
            """
            CREATE TABLE model (
                one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL, sha256 TEXT NOT NULL,
                dimension INTEGER NOT NULL);
            INSERT INTO model SELECT 1, name, sha256, dimension FROM models;
            ALTER TABLE embeddings RENAME TO newer;
            CREATE TABLE embeddings (
                text_id INTEGER PRIMARY KEY REFERENCES texts ON DELETE CASCADE, vector BLOB NOT NULL);
            INSERT INTO embeddings SELECT text_id, vector FROM newer;
            ALTER TABLE generation DROP COLUMN model_id;
            DROP TABLE newer;
            DROP TABLE models;
            PRAGMA user_version = 4;
            """
        )
    return tmp_path


def test_a_reader_of_the_format_before_says_what_to_do(format_4: Path) -> None:
    """In one line; nothing is changed by looking."""
    for _ in range(2):
        with pytest.raises(StoreOutdated, match=r"format 5, found 4: run `mustanad ingest` once") as outdated:
            current(format_4 / "store")
        assert outdated.value.reason == Reason("store_outdated")


def test_an_ingest_brings_the_format_before_up_to_date(format_4: Path) -> None:
    """It keeps its model; nothing is read or embedded again, nothing new published where nothing changed."""
    report = ingested(format_4, no_embedder)
    assert (report.read, report.embedded, report.generation) == (0, 0, 1)
    (format_4 / "in" / "c.txt").write_text("Dogs bark by day.", encoding="utf-8")
    report = ingested(format_4)
    assert (report.read, report.embedded, report.generation, report.model) == (1, 1, 2, PACKAGED_MODEL)
    with Generation.open(format_4 / "store", WordEmbedder().sha256) as generation:
        assert generation.verify() == []
        hits = search(generation, WordEmbedder(), Query("Cats purr at night"), 1)
        assert [(hit.paths, hit.dense) for hit in hits] == [(("in/a.txt",), pytest.approx(1, abs=0.5))]


def test_an_update_that_is_cut_leaves_what_readers_see(format_4: Path) -> None:
    """The tables alone are brought up to date, all of them or none: the generation is as it was."""
    Catalogue.open_to_write(format_4 / "store").close()
    with Generation.open(format_4 / "store", WordEmbedder().sha256) as generation:
        assert (generation.number, generation.verify()) == (1, [])
        assert [file.state for file in generation.status().files] == ["indexed", "unread"]


def test_a_file_of_a_later_format_is_left_alone(format_4: Path) -> None:
    """What this version does not know it does not change."""
    with closing(sqlite3.connect(format_4 / "store" / NAME)) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    with pytest.raises(
        StoreOutdated, match=f"expected a store of format {FORMAT}, found {FORMAT + 1}: delete"
    ):
        ingested(format_4)


def test_only_damage_is_called_damage(tmp_path: Path) -> None:
    """A row that breaks a constraint is a mistake of ours, and a full disk no damage."""
    with closing(Catalogue.open_to_write(tmp_path)) as catalogue:
        catalogue.rows("INSERT INTO roots VALUES ('/a', 'a')")
        with pytest.raises(sqlite3.IntegrityError):
            catalogue.rows("INSERT INTO roots VALUES ('/a', 'a')")
        with pytest.raises(sqlite3.ProgrammingError):
            catalogue.rows("SELECT ?")
        with pytest.raises(StoreError, match="no such table") as unusable:
            catalogue.rows("SELECT * FROM elsewhere")
        assert unusable.value.reason == Reason(
            "store_problem", problem=Reason("other", detail="no such table: elsewhere")
        )
        assert not isinstance(unusable.value, StoreDamaged)
    (tmp_path / NAME).write_bytes(b"no database at all" * 1000)
    with pytest.raises(StoreDamaged, match=r"file is not a database.*: delete it and ingest again"):
        Catalogue.open_to_write(tmp_path)
