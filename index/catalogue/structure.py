"""The structure of a document as it is kept, in one JSON text: pages, blocks, tables and what else it has."""

import json
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from ingest.document import Attachment, Block, Detail, Document, Page, PageSpan, Row, Span, Table
from ingest.line_spans import LineSpan


def structure_json(document: Document) -> str:
    """The document's structure; what few documents have only where this one has it."""
    kept = {
        "pages": [astuple(page) for page in document.pages],
        "page_spans": [astuple(span) for span in document.page_spans],
        "blocks": [astuple(block) for block in document.blocks],
        "tables": [_table_json(table) for table in document.tables],
        "details": [astuple(detail) for detail in document.details],
        "attachments": [astuple(one) for one in document.attachments],
        "lines": [astuple(line) for line in document.lines],
    }
    return json.dumps({name: parts for name, parts in kept.items() if parts}, separators=(",", ":"))


def structure_from_json(text: bytes) -> dict[str, Any]:
    """What `structure_json` gave, as arguments of a Document."""
    kept = json.loads(text)
    made = {
        "pages": Page,
        "page_spans": PageSpan,
        "blocks": Block,
        "details": Detail,
        "attachments": Attachment,
        "lines": LineSpan,
    }
    parts = {name: tuple(value(*one) for one in kept.get(name, ())) for name, value in made.items()}
    return {**parts, "tables": tuple(map(_table, kept.get("tables", ())))}


def _table_json(table: Table) -> list[Any]:
    """A table as it is kept, its spans as pairs."""

    def pair(span: Span | None) -> list[int] | None:
        return [span.start, span.end] if span else None

    rows = [[row.start, row.end, row.kind, [*map(pair, row.cells)], pair(row.under)] for row in table.rows]
    return [rows, table.headers, table.labels]


def _table(kept: Sequence[Any]) -> Table:
    """The table from what `_table_json` gave."""

    def span(pair: Sequence[int] | None) -> Span | None:
        return Span(*pair) if pair else None

    rows, headers, labels = kept
    return Table(
        tuple(Row(a, b, kind, tuple(map(span, cells)), span(under)) for a, b, kind, cells, under in rows),
        headers,
        labels,
    )
