"""The value types of reading: a document's clean text, and spans over it.

All offsets are half-open character spans over `Document.text`, which is final: cleaning happens
before offsets exist.
"""

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Literal

from ingest.line_spans import LineSpan
from ingest.reasons import Code, Reason

RowKind = Literal["header", "heading", "row"]
OnPage = Callable[[int, int], None]  # told of the page that a reader comes to: its number, of how many
BlockKind = Literal["heading", "paragraph", "item", "footnote", "row", "note", "running", "detail"]
# Words about the text, around it, or of the file.
ASIDE: frozenset[BlockKind] = frozenset({"note", "running", "detail"})


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters, `start <= end`."""

    start: int
    end: int

    def holds(self, other: "Span") -> bool:
        """True if the other is a part of it."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its two names.

    `number` is physical and counts from 1; `label` is what is printed on it ("iv"), None where
    nothing is known to be.
    """

    number: int
    label: str | None


@dataclass(frozen=True, slots=True)
class PageSpan:
    """The stretch `start:end` of the text that stands on page `number`.

    A page may own several: a footnote is set after the paragraph it interrupts.
    """

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, footnote or table row: `text[start:end]`, no line break.

    Or a "note", a comment on the text, `by` whom where that is known; or "running", a page header or footer,
    which is kept once, behind all else. `level` is a heading's depth from 1, an item's nesting from 0, and
    0 for the others. `language` is a two-letter code, "und" where none can be told.
    """

    kind: BlockKind
    start: int
    end: int
    level: int
    language: str
    by: str | None = None


def main_language(blocks: Iterable[Block]) -> str | None:
    """The two-letter code of the language that most of the blocks' characters are in; None where unknown."""
    characters: Counter[str] = Counter()
    for block in blocks:
        characters[block.language] += block.end - block.start
    most = max(characters, key=lambda language: characters[language], default="und")
    return None if most == "und" else most


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: `start:end` is the block that holds its words.

    `cells` has one entry a column: where the cell's words stand, which may be in a row above where cells
    are merged, None where it is empty. `under` is the line across the table that heads the rows below it.
    """

    start: int
    end: int
    kind: RowKind
    cells: tuple[Span | None, ...]
    under: Span | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one width, a view over the text.

    The first `headers` rows say what the columns hold, 0 where none is known to; a row of kind "header"
    further down repeats them. The first `labels` columns say what a row is about.
    """

    rows: tuple[Row, ...]
    headers: int
    labels: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A ledger entry: what was not read, or not surely, and why; `pages` None means the whole file."""

    pages: tuple[int, ...] | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file within a file; `name` is "report.pdf", or "inner.eml/report.pdf" where a mail is attached."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Detail:
    """What a file says of itself: `text[start:end]` is its value as it stands there.

    `name` is a term of Dublin Core ("creator", "publisher"), or the file's own name for it ("Client").
    """

    name: str
    start: int
    end: int


_RECOGNISED: frozenset[Code] = frozenset({"recognised", "figures_in_doubt"})


@dataclass(frozen=True)
class Document:
    """A file as read: clean text in reading order and what is known of its parts.

    `sha256` is of the file's bytes and is the document's identity. `title` is None where the file
    names none, so is `date`: "2021", "2021-03" or "2021-03-04", which need not be when the document
    was written or published. `pages` are empty for formats without, and so are `page_spans` but for what is
    certain by page numbers printed in a text; these are sorted and do not overlap. `blocks` are sorted, do
    not overlap, and cover all of the text but the line breaks between them. `tables` are views over blocks
    of the kind "row", `attachments` are documents of their own, `details` are the last blocks, those of one
    name together. `lines` are the printed ones of a PDF and those recognised in a picture, sorted.
    """

    sha256: str
    title: str | None
    date: str | None
    text: str
    pages: tuple[Page, ...]
    page_spans: tuple[PageSpan, ...]
    blocks: tuple[Block, ...]
    unread: tuple[Unread, ...]
    tables: tuple[Table, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    details: tuple[Detail, ...] = ()
    lines: tuple[LineSpan, ...] = ()

    @cached_property
    def _rows(self) -> dict[int, tuple[Table, Row]]:
        return {row.start: (table, row) for table in self.tables for row in table.rows}

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    @cached_property
    def _page_starts(self) -> list[int]:
        return [span.start for span in self.page_spans]

    def pages_of(self, span: Span) -> tuple[Page, ...]:
        """The pages that hold any of the span's characters, in page order."""
        first = max(bisect_right(self._page_starts, span.start) - 1, 0)
        spans = takewhile(lambda page: page.start < span.end, self.page_spans[first:])
        numbers = {page.number for page in spans if page.end > span.start}
        return tuple(page for page in self.pages if page.number in numbers)

    @cached_property
    def recognised(self) -> frozenset[int]:
        """Numbers of the pages whose words were recognised in their pictures."""
        entries = (entry for entry in self.unread if entry.reason.code in _RECOGNISED)
        return frozenset(number for entry in entries for number in entry.pages or ())

    def block_at(self, offset: int) -> int:
        """Index of the last block that starts at or before the offset (0 where none does)."""
        return max(bisect_right(self._block_starts, offset) - 1, 0)

    def row_at(self, offset: int) -> tuple[Table, Row] | None:
        """The row of a table that the offset is in, and the table; None where it is in none."""
        return self._rows.get(self.blocks[self.block_at(offset)].start) if self._rows else None

    def detail_at(self, offset: int) -> Detail | None:
        """The detail that the offset is in, None where it is in none."""
        return next((one for one in self.details if one.start <= offset < one.end), None)

    def section_of(self, offset: int) -> tuple[str, ...]:
        """The headings above the offset, outermost first; a page header or a detail is under none."""
        headings: list[str] = []
        level = 1 << 30
        for block in reversed(self.blocks[: self.block_at(offset) + 1]):
            if block.kind in ("running", "detail"):
                break
            if block.kind == "heading" and block.level < level:
                if block.end <= offset:  # else the offset is in the heading itself
                    headings.append(self.text[block.start : block.end])
                level = block.level
                if level == 1:
                    break
        return tuple(reversed(headings))


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one document: what is embedded, indexed and found.

    `start:end` spans the document's text; `sentences` are spans over the same text, in order,
    inside it. `context` (title and headings above, one line) goes to the embedder and the
    lexical index with the text and is no part of it.
    """

    start: int
    end: int
    sentences: tuple[Span, ...]
    context: str
    text: str

    @property
    def indexed_text(self) -> str:
        """What the embedder and the lexical index see: the context, a line break, the text."""
        return f"{self.context}\n{self.text}" if self.context else self.text

    @property
    def sha256(self) -> str:
        """Identity of the indexed text; embeddings are kept under it."""
        return hashlib.sha256(self.indexed_text.encode()).hexdigest()
