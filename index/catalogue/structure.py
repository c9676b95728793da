"""The structure of a document as it is kept, in one JSON text: pages, blocks, tables and what else it has."""

import json
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from ingest.document import Attachment, Block, Detail, Document, Page, PageSpan, Row, Span, Table
from ingest.line_spans import LineSpan

# The parts of a Document but for its tables: plain values, each kept as the list of its fields.
_PARTS = {
    "pages": Page,
    "page_spans": PageSpan,
    "blocks": Block,
    "details": Detail,
    "attachments": Attachment,
    "lines": LineSpan,
}


def structure_json(document: Document) -> str:
    """The document's structure; what few documents have only where this one has it."""
    kept = {name: [astuple(one) for one in getattr(document, name)] for name in (*_PARTS, "tables")}
    return json.dumps({name: parts for name, parts in kept.items() if parts}, separators=(",", ":"))


def structure_from_json(text: bytes) -> dict[str, Any]:
    """What `structure_json` gave, as arguments of a Document."""
    kept = json.loads(text)
    parts = {name: tuple(value(*one) for one in kept.get(name, ())) for name, value in _PARTS.items()}
    return {**parts, "tables": tuple(map(_table, kept.get("tables", ())))}


def _table(kept: Sequence[Any]) -> Table:
    """The table of these fields, in which spans are pairs."""

    def span(pair: Sequence[int] | None) -> Span | None:
        return Span(*pair) if pair else None

    rows, headers, labels = kept
    return Table(
        tuple(Row(a, b, kind, tuple(map(span, cells)), span(under)) for a, b, kind, cells, under in rows),
        headers,
        labels,
    )
