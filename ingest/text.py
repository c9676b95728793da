"""Plain text: hard-wrapped or not, with form feeds for page breaks or without pages."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ingest.blocks import Content, RawBlock
from ingest.decode import decode
from ingest.document import Page, Unread
from ingest.layout.furniture import strip_furniture
from ingest.layout.grids import PARTED
from ingest.layout.lines import Line, Part
from ingest.layout.running import running_blocks
from ingest.layout.structure import compose

_DASHES = "-–— "
_LONE_NUMBER = re.compile(r"\d{1,3}|[-–—] ?\d{1,3} ?[-–—]")  # "12", "- 12 -"
_TOGETHER = re.compile(r"\S+(?: \S+)*")  # words with one space between them
_PAGE_LINES = 4  # a page has at least so many lines


def read_text(data: bytes) -> Content:
    """The content of a plain-text file; form feeds make pages. Raises ReadError."""
    text, reason = decode(data)
    sheets = text.split("\f")
    if len(sheets) > 1 and not sheets[-1].strip():
        sheets.pop()
    paged = len(sheets) > 1
    pages = [_lines(sheet, number if paged else None) for number, sheet in enumerate(sheets, 1)]
    labels: dict[int, str] = {}
    if paged:
        pages, labels, running = strip_furniture(pages)
    else:
        pages[0], running = _strip_page_numbers(pages[0])
    blocks = compose(pages)
    return Content(
        title=_title(blocks, {line.text for line in running}),
        blocks=[*blocks, *running_blocks(running, blocks)],
        pages=[Page(index + 1, labels.get(index)) for index in range(len(sheets))] if paged else (),
        unread=[Unread(None, reason)] if reason else (),
    )


def text_blocks(text: str) -> list[RawBlock]:
    """The blocks of a text that has no pages and no page numbers, as the body of a mail."""
    return compose([_lines(text, None)])


def _lines(text: str, page: int | None) -> list[Line]:
    """The visible lines; `gap` is true of those below an empty line."""
    lines = []
    gap = False
    for raw in text.splitlines():
        if raw.strip():
            lines.append(Line(raw.strip(), page, gap, indented=raw[:1].isspace(), parts=tuple(_parts(raw))))
            gap = False
        else:
            gap = True
    return lines


def _parts(raw: str) -> Iterator[Part]:
    """What tabs, bars, or two spaces and more part in the line."""
    mark = next((mark for mark in "\t|" if mark in raw.strip()), None)
    if mark is None:
        yield from (Part(match[0], match.start(), match.end()) for match in _TOGETHER.finditer(raw))
        return
    for number, text in enumerate(raw.strip("\n").strip("|" if mark == "|" else "").split(mark)):
        if text.strip():
            yield Part(text.strip(), PARTED * number, PARTED * number + 1)


def _strip_page_numbers(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines without page numbers that stand alone, and the running heads below such numbers.

    Numbers that stand alone are page numbers if there are two or more, which rise, with lines enough
    between them for so many pages; a line that recurs beside them is a running head. What they tell of the
    lines between them is kept with these.
    """
    alone = _lone_numbers(lines)
    numbers = [int(lines[index].text.strip(_DASHES)) for index in alone]
    if not _number_pages(list(zip(alone, numbers, strict=True))):
        return lines, []
    beside = [index + 1 for index in alone if index + 1 < len(lines)]
    counts = Counter(lines[index].text for index in beside)
    drop = {*alone, *(index for index in beside if counts[lines[index].text] > 1)}
    printed = _printed(_between(alone, len(lines), drop), numbers, headed=len(drop) > len(alone))
    kept = [
        replace(line, broken=index - 1 in drop, numbered=printed.get(index))
        for index, line in enumerate(lines)
        if index not in drop
    ]
    return kept, [lines[index] for index in beside if index in drop]


def _between(alone: list[int], lines: int, drop: set[int]) -> list[list[int]]:
    """The lines before, between and after the page numbers, without those to drop."""
    bounds = pairwise([-1, *alone, lines])
    return [[index for index in range(first + 1, last) if index not in drop] for first, last in bounds]


def _printed(between: list[list[int]], numbers: list[int], headed: bool) -> dict[int, int]:
    """The page of each line of which that is certain; `between` are the lines around the page numbers.

    Numbers that follow each other hold one page between them: that of the upper one if numbers head their
    pages, as they do above running heads (`headed`), or where nothing precedes the first; that of the lower
    one where nothing follows the last. Where one is left out, only the line below a heading number is sure.
    """
    before, *_, after = between
    if headed or (after and not before):
        stretches = zip(between[1:], numbers, [*numbers[1:], None], strict=True)
        return {
            line: number
            for stretch, number, following in stretches
            for line in (stretch if following == number + 1 else stretch[:1])
        }
    if before and not after:
        stretches = zip(between, [0, *numbers[:-1]], numbers, strict=False)
        return {line: last for stretch, first, last in stretches if last == first + 1 for line in stretch}
    return {}


def _lone_numbers(lines: list[Line]) -> list[int]:
    """Positions of the lines that are a number between empty lines."""
    return [
        index
        for index, line in enumerate(lines)
        if (line.gap or not index)
        and _LONE_NUMBER.fullmatch(line.text)
        and all(below.gap for below in lines[index + 1 :][:1])
    ]


def _number_pages(places: list[tuple[int, int]]) -> bool:
    """True if numbers, each given with the position of its line, could be those of pages.

    [(40, 1), (90, 2)] -> True; [(40, 1), (42, 2)] -> False: a page has more than two lines.
    """
    steps = [(last - first, below - above) for (above, first), (below, last) in pairwise(places)]
    return bool(steps) and all(0 < rise <= lines / _PAGE_LINES for rise, lines in steps)


def _title(blocks: list[RawBlock], heads: set[str]) -> str | None:
    """First blocks that together are the running head; else the heading that opens the text."""
    texts = [block.text for block in blocks[:8]]
    for first in range(len(texts)):
        for last in range(first + 1, min(first + 4, len(texts) + 1)):
            if (joined := " ".join(texts[first:last])) in heads:
                return joined
    return texts[0] if blocks and blocks[0].kind == "heading" else None
