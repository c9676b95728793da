"""The PowerPoint reader: a slide is a page, its title a heading, its notes a footnote, its comments notes."""

from collections.abc import Iterable, Iterator
from io import BytesIO

import pptx
from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.presentation import Presentation
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.slide import Slide
from pptx.table import Table, _Cell

from ingest.blocks import Content, RawBlock, block, table_row
from ingest.document import Page, Unread
from ingest.formats import open_zip
from ingest.numbering import ordinal
from ingest.office.alternates import settle
from ingest.office.comments import authors_of, comments_on
from ingest.office.drawing import A, diagram_texts, drawn_text, unread_in
from ingest.office.properties import created, properties
from ingest.reasons import Code, Reason
from ingest.tables import RawCell

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_FOOTERS = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.HEADER)
_APART = (*_FOOTERS, PP_PLACEHOLDER.SLIDE_NUMBER)
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
_LARGE = 1 / 3  # of the slide: pictures from this on may hold text
_NO_TITLES = {"powerpoint presentation", "presentation", "untitled"}


def read_pptx(data: bytes) -> Content:
    """The slides in order, then their footers; what is only in pictures goes to the ledger.

    Raises:
        ReadError: the file is damaged, locked, or too large when unpacked.
        Exception: whatever python-pptx raises on a file that breaks the format.
    """
    open_zip(data).close()
    presentation = pptx.Presentation(BytesIO(data))
    package = presentation.part.package
    blocks: list[RawBlock] = []
    unread: dict[Code, list[int]] = {}
    pages = []
    large = int((presentation.slide_width or 0) * (presentation.slide_height or 0) * _LARGE)
    authors = authors_of(presentation.part)
    footers: dict[str, RawBlock] = {}
    for number, slide in enumerate(presentation.slides, start=1):
        settle(slide.element)
        pages.append(Page(number, None))
        shown = [raw for raw in _slide_blocks(slide, number) if raw.text.strip()]
        lost: Iterable[Code] = unread_in(slide.element, large) if shown else ["no_text_on_slide"]
        for code in lost:
            unread.setdefault(code, []).append(number)
        blocks += [*shown, *comments_on(slide.part, authors, number)]
        for shape in _leaves(slide.shapes):
            if isinstance(shape, Shape) and _kind(shape) in _FOOTERS:
                text = " ".join(_texts(shape)).strip()
                footers.setdefault(text, block("running", text, number))
    title, details = _title(presentation, blocks), list(properties(package))
    ledger = [Unread(tuple(numbers), Reason(code)) for code, numbers in unread.items()]
    return Content(title, [*blocks, *footers.values()], pages, ledger, created(package), details)


def _title(presentation: Presentation, blocks: list[RawBlock]) -> str | None:
    """The title among the file's properties, unless it is the program's default, or the first slide's."""
    named = (presentation.core_properties.title or "").strip()
    if named and named.lower() not in _NO_TITLES:
        return named
    headings = (raw.pieces[0] for raw in blocks if raw.kind == "heading")
    return next((piece.text for piece in headings if piece.page == 1), None)


def _leaves(shapes: Iterable[BaseShape]) -> Iterator[BaseShape]:
    """The shapes, those of groups among them."""
    for shape in shapes:
        if isinstance(shape, GroupShape):
            yield from _leaves(shape.shapes)
        else:
            yield shape


def _slide_blocks(slide: Slide, number: int) -> Iterator[RawBlock]:
    """The title, the other shapes in their order, the speaker's notes."""
    shapes = list(_leaves(slide.shapes))
    titles = [shape for shape in shapes if _kind(shape) in _TITLES]
    for shape in titles:
        if isinstance(shape, Shape):
            yield block("heading", " ".join(_texts(shape)), number, 1)
    for shape in shapes:
        if isinstance(shape, GraphicFrame):
            yield from _rows(shape.table, number) if shape.has_table else _diagram(slide, shape, number)
        elif isinstance(shape, Shape) and shape not in titles and _kind(shape) not in _APART:
            yield from _frame(shape, slide, number)
    yield from _speaker_notes(slide, number)


def _speaker_notes(slide: Slide, number: int) -> Iterator[RawBlock]:
    if slide.has_notes_slide:
        settle(slide.notes_slide.element)
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    for paragraph in notes.paragraphs if notes is not None else ():
        yield block("footnote", drawn_text(paragraph._p), number)


def _texts(frame: Shape | _Cell) -> Iterator[str]:
    """The paragraphs of a shape or a cell."""
    return (drawn_text(paragraph._p) for paragraph in frame.text_frame.paragraphs)


def _kind(shape: BaseShape) -> PP_PLACEHOLDER | None:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _rows(table: Table, number: int) -> Iterator[RawBlock]:
    for at, row in enumerate(table.rows):
        yield table_row(
            [
                RawCell(" ".join(_texts(cell)), cell.span_width, cell.span_height, table.first_row and not at)
                for cell in row.cells
                if not cell.is_spanned
            ],
            number,
            opens=not at,
        )


def _diagram(slide: Slide, frame: GraphicFrame, number: int) -> Iterator[RawBlock]:
    for text in diagram_texts(frame.element, slide.part.rels):
        yield block("paragraph", text, number)


def _frame(shape: Shape, slide: Slide, number: int) -> Iterator[RawBlock]:
    """The paragraphs of a text frame: items where they have bullets, of their own or inherited."""
    counts: dict[int, int] = {}
    for paragraph in shape.text_frame.paragraphs:
        level = paragraph.level
        counts = {other: count for other, count in counts.items() if other <= level}
        bullet = _bullet(_properties(paragraph._p, shape, slide, level))
        if bullet is None:
            counts.pop(level, None)
            yield block("paragraph", drawn_text(paragraph._p), number)
        elif text := drawn_text(paragraph._p).strip():
            yield block("item", _mark(bullet, counts, level) + text, number, level)


def _mark(bullet: etree._Element, counts: dict[int, int], level: int) -> str:
    """The bullet, or the next number at its level, which is counted."""
    if bullet.tag != A + "buAutoNum":
        counts.pop(level, None)
        return "• "
    counts[level] = counts.get(level, int(bullet.get("startAt", "1")) - 1) + 1
    return _numbered(bullet.get("type", ""), counts[level])


def _numbered(scheme: str, count: int) -> str:
    """The number in a scheme such as "alphaLcParenBoth", "arabicPeriod"."""
    number = ordinal(count, scheme[:7] if scheme.startswith(("alpha", "roman")) else "")
    if scheme.endswith("ParenBoth"):
        return f"({number}) "
    return f"{number}{') ' if scheme.endswith('ParenR') else ' ' if scheme.endswith('Plain') else '. '}"


def _bullet(properties: Iterable[etree._Element]) -> etree._Element | None:
    """The nearest word on bullets: the bullet, or None where there is to be none."""
    for node in properties:
        for child in node:
            if child.tag in (A + "buChar", A + "buBlip", A + "buAutoNum"):
                return child
            if child.tag == A + "buNone":
                return None
    return None


def _properties(node: etree._Element, shape: Shape, slide: Slide, level: int) -> Iterator[etree._Element]:
    """A paragraph's properties, nearest first: its own, its frame's, its layout's, its master's."""
    own = node.find(A + "pPr")
    if own is not None:
        yield own
    frames: list[BaseShape | None] = [shape]
    master = slide.slide_layout.slide_master
    if shape.is_placeholder:
        frames.append(slide.slide_layout.placeholders.get(shape.placeholder_format.idx))
        frames.append(master.placeholders.get(PP_PLACEHOLDER.BODY))
    path = f"{A}lvl{level + 1}pPr"
    styles = [frame.element.find(f"{_P}txBody/{A}lstStyle/{path}") for frame in frames if frame is not None]
    if shape.is_placeholder:
        styles.append(master.element.find(f"{_P}txStyles/{_P}bodyStyle/{path}"))
    yield from (style for style in styles if style is not None)
