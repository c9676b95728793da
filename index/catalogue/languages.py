"""The languages that a catalogue's documents are in, by two-letter codes."""

from index.catalogue.database import Catalogue


def document_languages(catalogue: Catalogue) -> dict[int, str]:
    """The language of each document of which it is known."""
    return dict(catalogue.rows("SELECT id, language FROM documents WHERE language IS NOT NULL"))


def main_language(catalogue: Catalogue) -> str | None:
    """The language that most passages are in; None if none is known."""
    rows = catalogue.rows(
        "SELECT language FROM documents WHERE language IS NOT NULL AND id IN "
        "(SELECT document_id FROM files) GROUP BY language "
        "ORDER BY sum(passage_count) DESC, language LIMIT 1"
    )
    return str(rows[0][0]) if rows else None
