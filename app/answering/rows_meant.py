"""Which row of a table a question means, and which of its values."""

from collections.abc import Iterable, Iterator, Sequence

from app.answering.comparison import Corpus
from app.answering.evidence import TermWeigher
from app.answering.rows import joined, text_of
from index.types import Hit
from ingest.document import Document, Row, Span, Table
from ingest.said import said

_WHOLE = 0.999  # share of a label in the question from which on it is named whole


def rows_meant(
    hits: Sequence[Hit], corpus: Corpus, weigher: TermWeigher
) -> dict[tuple[int, Span], Span | None]:
    """The rows among the hits that the query may mean: document id, place, the value asked for if known.

    A row is meant if the query names its labels and none better in another row: "the price of an anvil" means
    "Anvil | 310.00", and where there is no such row, none. Where it names some of them, they must leave one
    row; where it names none, a value may do: "Who is the treasurer?" means "Tomas Beran | Treasurer".
    """
    rows: dict[int, list[Span]] = {}
    for hit in hits:
        rows.setdefault(hit.document_id, []).extend(hit.passage.sentences)
    return {
        (one, span): value
        for one, spans in rows.items()
        for span, value in _meant(spans, corpus.document(one), weigher).items()
    }


def _meant(spans: Iterable[Span], document: Document, weigher: TermWeigher) -> dict[Span, Span | None]:
    """The rows of one document that are meant, each with the value asked for if that is known."""
    tables: dict[int, list[tuple[Span, Table, Row]]] = {}
    for span in spans:
        if (found := document.row_at(span.start)) and found[1].kind == "row":
            tables.setdefault(found[0].rows[0].start, []).append((span, *found))
    return {
        span: _value(table, row, document, weigher)
        for rows in tables.values()
        for span, table, row in _chosen(rows, document, weigher)
    }


def _chosen(
    rows: Sequence[tuple[Span, Table, Row]], document: Document, weigher: TermWeigher
) -> Iterator[tuple[Span, Table, Row]]:
    """The rows of one table that are meant."""
    texts = ([text_of(cell, document) for cell in (row.under, *row.cells)] for _, _, row in rows)
    columns = [_named(column, weigher) for column in zip(*texts, strict=True)]
    width = rows[0][1].labels + 1
    possible = [
        (row, named[1:width], named[width:])
        for row, named in zip(rows, zip(*columns, strict=True), strict=True)
        if False not in named[:width]
    ]
    for row, labels, values in possible:
        if all(labels) or any(values) or (any(labels) and len(possible) == 1):
            yield row


def _value(table: Table, row: Row, document: Document, weigher: TermWeigher) -> Span | None:
    """The row's only value whose column the query names; None where it names none, or several."""
    columns = said(table, row).columns
    named = _named([joined(heads, document) for heads, _ in columns], weigher)
    values = [cell for (_, cell), best in zip(columns, named, strict=True) if best]
    return values[0] if len(values) == 1 and values[0].start >= row.start else None


def _named(texts: Sequence[str], weigher: TermWeigher) -> list[bool | None]:
    """For each text, True if the query names none of the others better; None if it names none of them.

    What all of them hold names none.
    """
    held = [weigher.held(text) for text in texts]
    common = set.intersection(*held) if len(set(texts)) > 1 else set()
    if not any(each - common for each in held):
        return [None] * len(texts)
    covered = [weigher.covered(text) for text in texts]
    return [bool(each - common) and much == max(covered) for each, much in zip(held, covered, strict=True)]


def lines_meant(
    hits: Sequence[Hit], corpus: Corpus, weigher: TermWeigher
) -> dict[tuple[int, Span], Span | None]:
    """The lines of forms whose label the query names whole, and best: document id, place, the value.

    "In which department does she work?" means "Department: Water", not "Department head: A. Holm".
    """
    named = [
        (weigher.covered(label), (hit.document_id, span), value)
        for hit in hits
        for span in hit.passage.sentences
        if (parts := _parts(span, corpus.document(hit.document_id)))
        for label, value in [parts]
        if weigher.covering(label) > _WHOLE
    ]
    most = max((covered for covered, _, _ in named), default=0.0)
    return {line: value for covered, line, value in named if covered == most}


def _parts(span: Span, document: Document) -> tuple[str, Span] | None:
    """Label and value of a line of a form; None of any other sentence."""
    if document.blocks[document.block_at(span.start)].kind != "row" or document.row_at(span.start):
        return None
    label, _, value = document.text[span.start : span.end].partition(":")
    return (label, Span(span.end - len(value.lstrip()), span.end)) if value.strip() else None
