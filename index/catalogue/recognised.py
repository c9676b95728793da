"""The pages that were recognised in their pictures, kept by file and by picture."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.catalogue.database import Catalogue
from ingest.recognised import RecognisedPage


@dataclass(frozen=True, slots=True)
class Kept:
    """The pages that a store keeps of those recognised in this `way`; can be sent to other processes."""

    store: Path
    way: str

    def __call__(self, sha256: str) -> dict[int, RecognisedPage]:
        """The pages of the file of these bytes, by number. Raises: StoreError."""
        rows = self._rows("SELECT page, words FROM recognised WHERE sha256 = ? AND way = ?", sha256)
        return {page: RecognisedPage.unpacked(words) for page, words in rows}

    def like(self, picture: bytes) -> bytes | None:
        """A packed page whose picture has this SHA-256. Raises: StoreError."""
        rows = self._rows("SELECT words FROM recognised WHERE picture = ? AND way = ? LIMIT 1", picture)
        return bytes(rows[0][0]) if rows else None

    def _rows(self, sql: str, value: str | bytes) -> list[Any]:
        with closing(Catalogue.open_to_read(self.store)) as catalogue:
            known = catalogue.rows("SELECT 1 FROM sqlite_master WHERE name = 'recognised'")
            return catalogue.rows(sql, value, self.way) if known else []


def keep(catalogue: Catalogue, sha256: str, page: int, way: str, picture: bytes, words: bytes) -> None:
    """Keep a page at once: a later kill does not lose it."""
    with catalogue.transaction() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO recognised VALUES (?, ?, ?, ?, ?)", (sha256, page, way, picture, words)
        )


def kept_pages(catalogue: Catalogue, way: str) -> set[tuple[str, int]]:
    """Hash of the file and number of every page that is kept."""
    return {tuple(row) for row in catalogue.rows("SELECT sha256, page FROM recognised WHERE way = ?", way)}


def drop_pages(catalogue: Catalogue) -> None:
    """Drop the pages of files that are no longer there."""
    there = "(SELECT sha256 FROM files WHERE sha256 IS NOT NULL)"
    with catalogue.transaction() as connection:
        connection.execute(f"DELETE FROM recognised WHERE sha256 NOT IN {there}")


def recognised_page(store: Path, sha256: str, page: int) -> RecognisedPage | None:
    """The page of the file of these bytes as it was recognised last; None where it was not."""
    with closing(Catalogue.open_to_read(store)) as catalogue:
        rows = catalogue.rows("SELECT words FROM recognised WHERE sha256 = ? AND page = ?", sha256, page)
    return RecognisedPage.unpacked(rows[0][0]) if rows else None
