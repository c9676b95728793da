"""A store of the format before is brought up to date by its next ingest; only damage is called damage."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index import sync
from index.catalogue.database import Catalogue, current
from index.catalogue.tables import FORMAT, NAME
from index.store import Generation
from index.types import FileState, Progress, Report
from ingest.document import Unread
from ingest.errors import StoreDamaged, StoreError, StoreOutdated
from ingest.reasons import Reason
from ingest.settings import Settings
from tests.support.fakes import WordEmbedder


def quiet(_: Progress) -> None:
    """No progress wanted."""


def ingested(folder: Path) -> Report:
    """What an ingest of the folder `in` did, into the store beside it."""
    return sync.ingest(Settings(store=folder / "store"), [folder / "in"], WordEmbedder, quiet)


def files(folder: Path) -> dict[str, FileState]:
    """The files of the store, by name."""
    with Generation.open(folder / "store", None) as generation:
        return {file.path: file for file in generation.status().files}


@pytest.fixture
def format_3(tmp_path: Path) -> Path:
    """A folder with a store of format 3 of three files: one read in part, one not read, one a broken link."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes("Cats purr at night. é".encode() + b"\xff")
    (tmp_path / "in" / "b.txt").write_bytes(b"")
    (tmp_path / "in" / "c.txt").symlink_to("nowhere")
    ingested(tmp_path)
    with closing(sqlite3.connect(tmp_path / "store" / NAME)) as connection:
        connection.executescript(
            """
            UPDATE documents SET unread = '[[[2, 3], "no text layer"]]';
            UPDATE files SET unread = '[[null, "empty"]]' WHERE shown = 'in/b.txt';
            UPDATE files SET unread = '[[null, "a link that leads nowhere"]]' WHERE shown = 'in/c.txt';
            PRAGMA user_version = 3;
            """
        )
    return tmp_path


def test_a_reader_of_the_format_before_says_what_to_do(format_3: Path) -> None:
    """In one line; nothing is changed by looking."""
    for _ in range(2):
        with pytest.raises(StoreOutdated, match=r"format 4, found 3: run `mustanad ingest` once") as outdated:
            current(format_3 / "store")
        assert outdated.value.reason == Reason("store_outdated")


def test_an_ingest_brings_the_format_before_up_to_date(format_3: Path) -> None:
    """Every file is read again, what became of it is a reason, and no text is embedded twice."""
    report = ingested(format_3)
    assert (report.read, report.embedded, report.generation) == (2, 0, 2)
    assert dict(report.unread) == {
        "in/a.txt": Unread(None, Reason("bad_bytes", n=1, encoding="UTF-8", first=22)),
        "in/b.txt": Unread(None, Reason("empty")),
        "in/c.txt": Unread(None, Reason("dead_link")),
    }
    assert [file.state for file in files(format_3).values()] == ["indexed", "unread", "unread"]
    assert ingested(format_3).plan.unchanged == 3


def test_an_update_that_is_cut_leaves_the_ledger(format_3: Path) -> None:
    """Until the ingest has ended readers see what they saw, the sentences of the format before included."""
    Catalogue.open_to_write(format_3 / "store").close()
    assert {path: file.unread for path, file in files(format_3).items()} == {
        "in/a.txt": (Unread((2, 3), Reason("other", detail="no text layer")),),
        "in/b.txt": (Unread(None, Reason("other", detail="empty")),),
        "in/c.txt": (Unread(None, Reason("other", detail="a link that leads nowhere")),),
    }
    assert ingested(format_3).embedded == 0


def test_a_file_of_a_later_format_is_left_alone(format_3: Path) -> None:
    """What this version does not know it does not change."""
    with closing(sqlite3.connect(format_3 / "store" / NAME)) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    with pytest.raises(
        StoreOutdated, match=f"expected a store of format {FORMAT}, found {FORMAT + 1}: delete"
    ):
        ingested(format_3)


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
