"""From a reader's raw blocks to a Document: normalise the characters, join, count offsets.

Every reader ends here. After this, nothing changes a character.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.characters import normalise
from ingest.dates import iso_date
from ingest.details import told
from ingest.document import ASIDE, Block, BlockKind, Detail, Document, Page, PageSpan, Span, Unread
from ingest.language import language_of
from ingest.line_spans import LineSpan
from ingest.spelling.turned import doubts
from ingest.tables import RawCell, tables_of

_BETWEEN = ASIDE | {"footnote"}  # kinds of blocks that may stand between two rows of a table


@dataclass(frozen=True, slots=True)
class Piece:
    """Raw text on one page; `page` is the physical number, None in formats without pages.

    `lines` are those that it is printed on, as spans over it.
    """

    text: str
    page: int | None
    lines: tuple[LineSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class RawBlock:
    """A block as a reader found it; its pieces are joined by a space.

    `level` is a heading's depth from 1, an item's nesting from 0, and 0 for the others; a note is `by`
    somebody, "" where nobody is named. `cells` are those of a table's row, whose words stand in its text in
    their order; the first row of a table `opens` it.
    """

    kind: BlockKind
    pieces: tuple[Piece, ...]
    level: int = 0
    by: str = ""
    cells: tuple[RawCell, ...] = ()
    opens: bool = False

    @property
    def text(self) -> str:
        """The raw text of the whole block."""
        return " ".join(piece.text for piece in self.pieces)


def block(kind: BlockKind, text: str, page: int | None = None, level: int = 0, by: str = "") -> RawBlock:
    """A raw block that stands on one page."""
    return RawBlock(kind, (Piece(text, page),), level, by)


def table_row(cells: Sequence[RawCell], page: int | None = None, *, opens: bool = False) -> RawBlock:
    """The row of a table as one line, without the empty cells at its end: a, "", b, "" -> "a |  | b"."""
    texts = [cell.text for cell in cells]
    while texts and not texts[-1].strip():
        texts.pop()
    return RawBlock("row", (Piece(" | ".join(texts), page),), cells=tuple(cells), opens=opens)


def first_heading(blocks: Iterable[RawBlock]) -> str | None:
    """The first heading of the first level, by which a document without a title goes."""
    return next((raw.text for raw in blocks if raw.kind == "heading" and raw.level == 1), None)


def notes_last(blocks: Iterable[RawBlock]) -> Iterator[RawBlock]:
    """The blocks with the notes of each section behind it, where they part no passage of it."""
    notes: list[RawBlock] = []
    for raw in blocks:
        if raw.kind == "heading":
            yield from notes
            notes = []
        if raw.kind == "note":
            notes.append(raw)
        else:
            yield raw
    yield from notes


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader makes of a file's bytes; `pages` is empty in formats without pages.

    `date` is as the file spells it, None where the file names none. `details` are what the file says of
    itself, by its own names, as `ingest.details.told` takes them.
    """

    title: str | None
    blocks: Sequence[RawBlock]
    pages: Sequence[Page] = ()
    unread: Sequence[Unread] = ()
    date: str | None = None
    details: Sequence[tuple[str, str]] = ()


def assemble(sha256: str, content: Content) -> Document:
    """The Document of a reader's content; blocks without a visible character are dropped.

    One line break stands between list items, table rows and details, an empty line between all others: a
    heading "Ferry" and a paragraph "It leaves." become blocks 0:5 and 7:17 of the text.
    """
    details = _told(content)
    places: list[tuple[RawBlock, Span]] = []
    placed, parts = list[tuple[Piece, int]](), list[str]()  # pieces, each with its offset
    before: BlockKind | None = None
    end = 0
    for raw in (*content.blocks, *(block("detail", value) for _, value in details)):
        pieces = [clean for piece in raw.pieces if (clean := _normalised(piece)).text]
        if pieces:
            parts.append(_separator(before, raw.kind))
            end += len(parts[-1])
            before = raw.kind
        start = end
        for piece in pieces:
            parts += [" " * (end > start), piece.text]
            end += end > start
            placed.append((piece, end))
            end += len(piece.text)
        places.append((raw, Span(start, end)))
    text = "".join(parts)
    document = Document(
        sha256=sha256,
        title=normalise(content.title or "") or None,
        date=iso_date(content.date),
        text=text,
        pages=tuple(content.pages),
        page_spans=_page_spans(placed),
        blocks=_blocks(places, text),
        unread=tuple(content.unread),
        tables=tables_of(_cells(places), text),
        details=_details(details, [span for _, span in places]),
        lines=tuple(_lines(placed)),
    )
    return replace(document, unread=(*document.unread, *doubts(document)))


def _normalised(piece: Piece) -> Piece:
    """The piece in clean characters; where that moves any, its lines are no longer known."""
    text = normalise(piece.text)
    return piece if text == piece.text else Piece(text, piece.page)


def _cells(places: Iterable[tuple[RawBlock, Span]]) -> Iterator[tuple[Sequence[RawCell], bool, Span]]:
    """Each block as a row of a table may be, without what stands between two of them."""
    return ((raw.cells, raw.opens, span) for raw, span in places if raw.kind not in _BETWEEN)


def _told(content: Content) -> tuple[tuple[str, str], ...]:
    """Name and value of what the file says of itself; nothing of a file that says nothing else."""
    return told(content.details) if any(normalise(raw.text) for raw in content.blocks) else ()


def _details(told: Sequence[tuple[str, str]], spans: Sequence[Span]) -> tuple[Detail, ...]:
    """The details, whose values stand at the last of the spans."""
    at = spans[len(spans) - len(told) :]
    return tuple(Detail(name, span.start, span.end) for (name, _), span in zip(told, at, strict=True))


def _blocks(places: Iterable[tuple[RawBlock, Span]], text: str) -> tuple[Block, ...]:
    """The blocks that have any of the text."""
    main = language_of(text, "und")
    return tuple(
        Block(raw.kind, a, b, raw.level, language_of(text[a:b], main), normalise(raw.by) or None)
        for raw, a, b in ((raw, span.start, span.end) for raw, span in places)
        if a < b
    )


def _separator(before: BlockKind | None, kind: BlockKind) -> str:
    """The line breaks between a block and the one before it."""
    if before is None:
        return ""
    return "\n" if kind == before and kind in ("item", "row", "detail") else "\n\n"


def _page_spans(placed: Iterable[tuple[Piece, int]]) -> tuple[PageSpan, ...]:
    """The stretches of the pages, of pieces with their offsets; neighbours on one page are one."""
    spans: list[PageSpan] = []
    for piece, start in placed:
        if piece.page is None:
            continue
        end = start + len(piece.text)
        if spans and spans[-1].number == piece.page:
            start = spans.pop().start
        spans.append(PageSpan(start, end, piece.page))
    return tuple(spans)


def _lines(placed: Iterable[tuple[Piece, int]]) -> Iterator[LineSpan]:
    """The printed lines of pieces with their offsets, as spans over the whole text."""
    for piece, at in placed:
        yield from (replace(line, start=at + line.start, end=at + line.end) for line in piece.lines)
