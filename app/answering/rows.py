"""Rows of tables as a reader takes them: each value after its label and what heads its column."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.answering.cited_row import CitedRow
from ingest.document import Document, Passage, Row, Span, Table
from ingest.said import said


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some of the words that are read, and where they come from: a value's heads come from the value.

    `verbatim` is true if they are those of the `source`.
    """

    text: str
    source: Span | None
    verbatim: bool = True


@dataclass(frozen=True, slots=True)
class Readable:
    """A passage as it is read: its rows with labels and heads, the rest as it stands.

    `passage` has as many sentences as the one that it is made of, those of headers empty; its offsets are
    those of its own text.
    """

    passage: Passage
    _pieces: tuple[tuple[int, int, _Piece], ...]

    def source(self, span: Span | None, sentence: Span) -> Span | None:
        """Where in the document the words stand that were read there, as far as they are of the sentence."""
        if span is None:
            return None
        ends = []
        for start, end, piece in self._pieces:
            if start < span.end and span.start < end and piece.source and sentence.holds(piece.source):
                ends.append(_part(piece, span.start - start, span.end - start))
        return Span(min(one.start for one in ends), max(one.end for one in ends)) if ends else None


def _part(piece: _Piece, start: int, end: int) -> Span:
    """What of the piece's source stands between two offsets of its text."""
    source = piece.source or Span(0, 0)
    if not piece.verbatim:
        return source
    return Span(source.start + max(start, 0), min(source.start + end, source.end))


def readable(passage: Passage, document: Document) -> Readable:
    """The passage as it is read."""
    text, sentences, pieces = "", [], []
    for span in passage.sentences:
        start = len(text)
        for piece in _pieces(span, document):
            pieces.append((len(text), len(text) + len(piece.text), piece))
            text += piece.text
        sentences.append(Span(start, len(text)))
        text += "\n"
    return Readable(
        replace(passage, start=0, end=len(text), sentences=tuple(sentences), text=text), tuple(pieces)
    )


def _pieces(span: Span, document: Document) -> Iterator[_Piece]:
    """What is read of a sentence."""
    found = document.row_at(span.start)
    if found is None:
        yield _Piece(document.text[span.start : span.end], span)
    elif found[1].kind == "row":
        yield from _row(*found, document)


def _row(table: Table, row: Row, document: Document) -> Iterator[_Piece]:
    """The row as it is read: of "Anvil | C1 | 310.00", "Anvil, Shelf: C1, Unit price: 310.00."."""
    what = said(table, row)
    apart = ""
    for cell in what.label:
        yield _Piece(apart, None)
        yield _Piece(text_of(cell, document), cell)
        apart = ", "
    for heads, cell in what.columns:
        yield _Piece(apart, None)
        if heads:
            yield _Piece(joined(heads, document) + ": ", cell, False)
        yield _Piece(text_of(cell, document), cell)
        apart = ", "
    yield _Piece(".", None)


def row_text(span: Span, document: Document) -> str:
    """The row that the span is of, as it is read; "" for a header, and for a label without a value."""
    found = document.row_at(span.start)
    if found is None or not said(*found).columns or found[1].kind != "row":
        return ""
    return "".join(piece.text for piece in _row(*found, document))


def cited_row(quote: Span, answer: Span | None, document: Document) -> CitedRow | None:
    """What the quote says, if it is a row of a table with a value."""
    found = document.row_at(quote.start)
    if found is None or found[1].kind != "row" or quote.end > found[1].end:
        return None
    what = said(*found)
    columns = [(joined(heads, document), text_of(cell, document)) for heads, cell in what.columns]
    asked = (at for at, (_, cell) in enumerate(what.columns) if answer and cell.holds(answer))
    return (
        CitedRow(joined(what.label, document, ", "), tuple(columns), next(asked, None)) if columns else None
    )


def heads_of(quote: Span, answer: Span | None, document: Document) -> list[Span]:
    """What says what a row's value is and is no part of the quote: labels above, and its column's heads.

    Where the header is said again, as on another page, the last one above the row counts.
    """
    found = document.row_at(quote.start)
    if found is None:
        return []
    what, again = said(*found), _said_again(*found)
    asked = (heads for heads, cell in what.columns if answer and cell.holds(answer))
    cells = (*what.label, *(again.get(head) or head for head in next(asked, ())))
    return [cell for cell in cells if not quote.holds(cell)]


def _said_again(table: Table, row: Row) -> dict[Span | None, Span | None]:
    """For each head of the table, the same in the last header above the row."""
    headers = [each.cells for each in table.rows if each.kind == "header" and each.start < row.start]
    return dict(zip(headers[0], headers[-1], strict=True)) if table.headers == 1 and headers else {}


def text_of(cell: Span | None, document: Document) -> str:
    """The words of a cell, "" of an empty one."""
    return document.text[cell.start : cell.end] if cell else ""


def joined(cells: Iterable[Span], document: Document, by: str = " ") -> str:
    """The words of several cells on one line."""
    return by.join(text_of(cell, document) for cell in cells)
