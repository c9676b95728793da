"""What the source panel shows of a citation: its pages with every citation boxed, or the text around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.answering.answer import Citation
from app.answering.rows import heads_of
from app.pages.places import Box, Quoted, quoted_on
from app.web.service.service import Service
from ingest.document import Block, BlockKind, Document, Page, Span
from ingest.errors import MustanadError, ReadError
from ingest.reasons import Reason

_TOGETHER = 3  # pages of one citation that are shown one below the other
_AROUND = 1200  # characters of text to show on either side of a quote


@dataclass(frozen=True, slots=True)
class PageView:
    """A page as it is shown, its size in points, and the boxes of each citation of the answer on it.

    `boxes` maps a citation's number to its boxes; one whose place is uncertain has none.
    """

    page: Page
    width: float
    height: float
    boxes: dict[int, tuple[Box, ...]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block of the text around a quote; `start` is its offset in the document.

    `of` is who wrote a note, or the name of a detail.
    """

    kind: BlockKind
    start: int
    text: str
    of: str | None = None


@dataclass(frozen=True, slots=True)
class SourceView:
    """Citation `n` of a turn's `sources`: pages of its PDF, else the text around it.

    `last` is the number of the PDF's last page; `problem` says why no page is shown where one might be.
    """

    sources: Sequence[Citation]
    n: int
    turn: int
    pages: tuple[PageView, ...]
    last: int
    around: tuple[Stretch, ...]
    problem: Reason | None = None

    @property
    def citation(self) -> Citation:
        """The citation that is open."""
        return self.sources[self.n - 1]


def view(service: Service, sources: Sequence[Citation], n: int, turn: int, number: int | None) -> SourceView:
    """The view of citation `n`; of its PDF the page of that number, the citation's own where it has none."""
    citation = sources[n - 1]
    alone = (Stretch("paragraph", citation.passage_start, citation.passage),)
    try:
        document = service.document(citation.document_id)
        if document.text[citation.start : citation.end] != citation.quote:
            raise ReadError(Reason("document_read_anew"))
        if not service.has_pictures(citation.document_id):
            return SourceView(sources, n, turn, (), 0, around(document, Span(citation.start, citation.end)))
        shown = [page for page in document.pages if page.number == number] or citation.pages[:_TOGETHER]
        pages = tuple(_page(service, document, page, sources) for page in shown)
        return SourceView(sources, n, turn, pages, len(document.pages), alone)
    except MustanadError as error:
        return SourceView(sources, n, turn, (), 0, alone, error.reason)


def _page(service: Service, document: Document, page: Page, sources: Sequence[Citation]) -> PageView:
    """Raises ReadError where it cannot be shown."""
    here = [
        (source.n, quoted)
        for source in sources
        if source.document_id == document.sha256
        and (quoted := _quoted(document, source, page.number)) is not None
    ]
    sheet = service.sheet(document.sha256, page.number, [quoted for _, quoted in here])
    boxes = dict(zip((n for n, _ in here), sheet.boxes, strict=True))
    return PageView(page, sheet.width, sheet.height, boxes)


def _quoted(document: Document, source: Citation, number: int) -> Quoted | None:
    """What of the quote is on that page and, where it is a table's row, of what says what its value is."""
    quote = Span(source.start, source.end)
    quoted = quoted_on(document, quote, number)
    if quoted is None:
        return None
    heads = (quoted_on(document, head, number) for head in heads_of(quote, source.answer_span, document))
    return (*quoted, *(part for head in heads for part in head or ()))


def around(document: Document, span: Span) -> tuple[Stretch, ...]:
    """The whole blocks that hold the span, and those before and after it, up to 1,200 characters each."""
    first, last = document.block_at(span.start), document.block_at(max(span.end - 1, span.start))
    blocks = document.blocks
    while first and span.start - blocks[first - 1].start <= _AROUND:
        first -= 1
    while last + 1 < len(blocks) and blocks[last + 1].end - span.end <= _AROUND:
        last += 1
    return tuple(_stretch(document, block) for block in blocks[first : last + 1])


def _stretch(document: Document, block: Block) -> Stretch:
    detail = document.detail_at(block.start)
    of = detail.name if detail else block.by
    return Stretch(block.kind, block.start, document.text[block.start : block.end], of)
