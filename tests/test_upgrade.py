"""A store of the format before is brought up to date by the next writer, and by nobody else."""

import json
import sqlite3
import zlib
from pathlib import Path

import pytest
from fakes import MemorySource, WordEmbedder

from index import sync
from index.catalogue import Catalogue
from index.schema import FORMAT, NAME
from index.store import Generation
from index.types import Embedder, Report
from ingest.errors import StoreOutdated
from ingest.settings import Settings

ENGLISH = "The committee met in the large hall and then decided on the budget of that year. " * 4
ARABIC = "اجتمعت اللجنة في القاعة الكبرى ثم قررت ميزانية تلك السنة بعد نقاش طويل بين الأعضاء. " * 4
SOURCES = [
    MemorySource("/en", ENGLISH, date="2021-03"),
    MemorySource("/ar", f"{ARABIC}\n\n{ENGLISH[:90]}"),
    MemorySource("/locked", "?", problem="encrypted"),
]
# As format 2 had it: no date, no language but within the structure.
OLD = """
CREATE TABLE old (
    id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL, reading TEXT NOT NULL, title TEXT,
    page_count INTEGER NOT NULL, passage_count INTEGER NOT NULL, unread TEXT NOT NULL,
    structure BLOB NOT NULL, text BLOB NOT NULL, UNIQUE (sha256, reading));
INSERT INTO old SELECT id, sha256, reading, title, page_count, passage_count, unread,
    with_date(structure, date), text FROM documents;
UPDATE sqlite_sequence SET seq = 70 WHERE name = 'old';
DROP TABLE documents;
ALTER TABLE old RENAME TO documents;
PRAGMA user_version = 2;
"""


def no_embedder() -> Embedder:
    """For runs that must not load a model."""
    raise AssertionError("the embedder was loaded")


def mirror(store: Path, embedder: WordEmbedder | None = None) -> Report:
    """A run over the sources."""
    load = (lambda: embedder) if embedder is not None else no_embedder
    return sync.mirror(Settings(store=store), SOURCES, load, lambda progress: None)


def make_old(store: Path) -> None:
    """Turn a store into what the version before would have written; its next document would be the 71st."""

    def with_date(structure: bytes, date: str | None) -> bytes:
        return zlib.compress(json.dumps({"date": date, **json.loads(zlib.decompress(structure))}).encode())

    connection = sqlite3.connect(store / NAME, isolation_level=None)
    connection.create_function("with_date", 2, with_date)
    connection.executescript(f"BEGIN; {OLD} COMMIT; PRAGMA journal_mode = DELETE;")
    connection.close()


def known(store: Path) -> dict[str, tuple[str | None, str | None]]:
    """Date and language of each file."""
    with Generation.open(store, None) as generation:
        return {file.path: (file.date, file.language) for file in generation.status().files}


def test_an_old_store_is_brought_up_to_date(tmp_path: Path) -> None:
    """By the next ingest, which reads and embeds nothing for it; all else stays, ids are not used again."""
    mirror(tmp_path, WordEmbedder())
    expected = {"ar": (None, "ar"), "en": ("2021-03", "en"), "locked": (None, None)}
    assert known(tmp_path) == expected
    make_old(tmp_path)
    before = [source.read_calls for source in SOURCES]
    assert mirror(tmp_path).generation == 1
    assert [source.read_calls for source in SOURCES] == before
    assert known(tmp_path) == expected
    catalogue = Catalogue.open_to_write(tmp_path)
    assert catalogue.rows("SELECT seq FROM sqlite_sequence WHERE name = 'documents'") == [(70,)]
    assert catalogue.rows("PRAGMA foreign_key_check") == []
    assert (catalogue.integrity(), catalogue.rows("PRAGMA foreign_keys")) == ([], [(1,)])
    document = catalogue.document(catalogue.files()[1].document_id or 0)
    assert (document.text, document.date) == (ENGLISH.strip(), "2021-03")
    catalogue.close()


def test_an_upgraded_catalogue_has_the_tables_of_a_new_one(tmp_path: Path) -> None:
    """Column by column, in the same order."""
    for name in ("new", "old"):
        mirror(tmp_path / name, WordEmbedder())
    make_old(tmp_path / "old")
    columns = []
    for name in ("new", "old"):
        catalogue = Catalogue.open_to_write(tmp_path / name)
        columns.append(catalogue.rows("PRAGMA table_info(documents)"))
        catalogue.close()
    assert columns[0] == columns[1]


def test_an_old_store_is_not_read(tmp_path: Path) -> None:
    """Who only asks is told in one line what to run, and the store stays what it was."""
    mirror(tmp_path, WordEmbedder())
    make_old(tmp_path)
    before = (tmp_path / NAME).read_bytes()
    with pytest.raises(StoreOutdated, match=f"expected a store of format {FORMAT}, found 2: run") as raised:
        Generation.open(tmp_path, None)
    assert "\n" not in str(raised.value)
    assert (tmp_path / NAME).read_bytes() == before


def test_an_upgrade_cut_short_is_begun_again(tmp_path: Path) -> None:
    """What fails on the way leaves the old store, which the next writer upgrades."""
    mirror(tmp_path, WordEmbedder())
    make_old(tmp_path)
    connection = sqlite3.connect(tmp_path / NAME)
    (whole,) = connection.execute("SELECT structure FROM documents WHERE id = 1").fetchone()
    connection.execute("UPDATE documents SET structure = x'00' WHERE id = 1")
    connection.commit()
    with pytest.raises(Exception, match="user-defined function"):
        Catalogue.open_to_write(tmp_path)
    connection.execute("UPDATE documents SET structure = ? WHERE id = 1", (whole,))
    connection.commit()
    connection.close()
    assert mirror(tmp_path).generation == 1
    assert known(tmp_path)["en"] == ("2021-03", "en")
