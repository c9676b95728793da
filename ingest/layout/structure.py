"""From lines to blocks: paragraphs, headings, lists, footnotes, each whole again.

A line break ends a block only where the next line's first word would have fitted, where space or a
bullet says so, or where the type changes. A sentence cut by a page break or by footnotes is joined.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from ingest.blocks import Piece, RawBlock
from ingest.document import BlockKind
from ingest.layout.footnotes import split_footnotes
from ingest.layout.lines import Line, join_hyphenated, words_of

_SLACK = 0.78  # a line shorter than this share of its page's width was ended on purpose
_HEADING_WORDS = 25
_LARGER = 1.12  # a heading's type is at least this much of the body's


@dataclass(slots=True)
class _Open:
    """A block being put together."""

    kind: BlockKind
    lines: list[Line]
    level: int = 0


def compose(pages: Sequence[Sequence[Line]]) -> list[RawBlock]:
    """The blocks of these pages' lines, in reading order; no word is lost, added or moved.

    Footnotes are the exception: they follow the section in which they stand.
    """
    lines = [line for page in pages for line in page if line.text.strip()]
    body_size = _body_size(lines)
    body: list[Line] = []
    notes: list[list[Line]] = []
    resumes: set[int] = set()
    for run in pages if body_size else [lines]:
        kept, found, breaks = split_footnotes([line for line in run if line.text.strip()], body_size)
        resumes |= {position + len(body) for position in breaks}
        body.extend(kept)
        notes.extend(found)
    known = words_of(body)
    opened = _group(body, resumes, body_size)
    _mark_headings(opened, body_size)
    blocks = [_finish(block, known) for block in opened]
    return _place_notes(blocks, [_finish(_Open("footnote", note), known) for note in notes])


def _body_size(lines: Sequence[Line]) -> float:
    """The type size that most characters are set in, in points; 0 for plain text."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.size, 1)] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 0.0


def _widths(lines: Sequence[Line]) -> dict[int | None, int]:
    """Characters in a full line, by page."""
    lengths: dict[int | None, list[int]] = {}
    for line in lines:
        lengths.setdefault(line.page, []).append(len(line.text))
    return {page: sorted(each)[int(len(each) * 0.85)] for page, each in lengths.items()}


def _group(lines: Sequence[Line], resumes: set[int], body_size: float) -> list[_Open]:
    """The lines gathered into blocks; `resumes` are positions that come directly after footnotes."""
    widths = _widths(lines)
    blocks: list[_Open] = []
    for index, line in enumerate(lines):
        last = blocks[-1] if blocks else None
        if last is None:
            blocks.append(_start(line))
            continue
        before = last.lines[-1]
        broken = index in resumes or line.broken or line.page != before.page
        if _starts_item(line, last):
            blocks.append(_start(line))
        elif _belongs(before, line, broken, widths, body_size):
            last.lines.append(line)
        else:
            blocks.append(_Open("paragraph", [line]))
    return blocks


def _start(line: Line) -> _Open:
    """A new block for the line: an item where it looks like one."""
    return _Open("item" if line.bullet or line.number else "paragraph", [line])


def _starts_item(line: Line, last: _Open) -> bool:
    """Whether the line opens a list item, rather than being a wrapped line that begins like one."""
    before = last.lines[-1]
    if line.bullet:
        dash = line.text[0] in "-–—*"
        return not dash or line.gap or before.ends_sentence or last.kind == "item"
    number = line.number
    if number is None:
        return False
    earlier = last.lines[0].number
    if last.kind == "item" and earlier and earlier.isdecimal() and number.isdecimal():
        return int(number) == int(earlier) + 1 or line.gap
    return line.gap or before.ends_sentence or (number in "1a" and not _same_type(before, line))


def _same_type(before: Line, line: Line) -> bool:
    """Whether two lines are set alike."""
    return abs(before.size - line.size) <= 0.06 * max(before.size, line.size) and before.bold == line.bold


def _belongs(before: Line, line: Line, broken: bool, widths: dict[int | None, int], body_size: float) -> bool:
    """Whether the line goes on with the block that `before` is the last line of."""
    heads = before.size > body_size * _LARGER or line.size > body_size * _LARGER
    if (
        body_size
        and not _same_type(before, line)
        and (heads or before.bold != line.bold)
        and not line.starts_small
    ):
        return False
    full = len(before.text) + 1 + len(line.first_word) > widths[before.page] * _SLACK
    hyphenated = before.text.endswith(("-", "\u2010")) and line.text[:1].isalpha()
    if broken or line.gap:
        cut = full and not before.ends_sentence
        return cut and (hyphenated or line.starts_small or (broken and not _heading_like(line)))
    if line.starts_small or hyphenated:
        return True
    return full and not (before.ends_sentence and len(before.text) < widths[before.page] * 0.9)


def _heading_like(line: Line) -> bool:
    """Whether the line alone could be a heading: few words, most of them capitalised."""
    words = [word for word in line.text.split() if word[:1].isalpha()]
    return (
        0 < len(words) <= 8
        and sum(word[0].isupper() for word in words) >= len(words) * 0.6
        and len(words) > 1
    )


def _mark_headings(blocks: list[_Open], body_size: float) -> None:
    """Turn the blocks that head others into headings, with their depth."""
    texts = [" ".join(line.text for line in block.lines).strip() for block in blocks]
    below = [*blocks, None][1:]
    possible = [_could_head(*each) for each in zip(texts, blocks, below, strict=True)]
    larger = {
        round(b.lines[0].size) for b in compress(blocks, possible) if b.lines[0].size > body_size * _LARGER
    }
    sizes = sorted(larger, reverse=True)[:4]
    for index, (text, block, following) in enumerate(zip(texts, blocks, below, strict=True)):
        if not possible[index]:
            continue
        if not body_size:
            level = _plain_level(text, block, blocks[index - 1] if index else None, following)
        elif block.lines[0].size > body_size * _LARGER:
            level = 1 + sizes.index(round(block.lines[0].size)) if round(block.lines[0].size) in sizes else 5
        else:
            level = len(sizes) + 1 if all(line.bold for line in block.lines) else 0
        if level:
            block.kind, block.level = "heading", level


def _could_head(text: str, block: _Open, following: _Open | None) -> bool:
    """Whether the words of a block could be a heading's."""
    if len(text.split()) > _HEADING_WORDS or len(block.lines) > 3 or text.endswith((".", ",", ";", "!")):
        return False
    if not re.search(r"[^\W\d_]{2}", text) or re.search(r"@|https?:|www\.", text) or block.lines[0].bullet:
        return False
    return not (text.endswith(":") and following is not None and following.kind == "item")


def _plain_level(text: str, block: _Open, before: _Open | None, following: _Open | None) -> int:
    """A heading's depth in plain text, 0 where it is none.

    Title Case heads sections, a number or sentence case their parts, a closing colon what follows.
    """
    first = block.lines[0]
    apart = before is None or first.gap or first.broken or first.indented
    alone = apart and following is not None and following.lines[0].gap
    if not alone or text.count(",") > 1 or not text.lstrip("“\"‘'(")[:1].isalnum() or text[0].islower():
        return 0
    if block.kind == "item":
        short = len(text.split()) <= 10 and following is not None and following.kind != "item"
        return 2 if short and (before is None or before.kind != "item") else 0
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", text) if len(word) > 3]
    if len(words) > 1 and sum(word[0].isupper() for word in words) >= 0.6 * len(words):
        return 1
    if following is not None and following.kind == "item":
        return 0
    if len(words) <= 1:
        return 1 if len(text.split()) <= 3 else 0
    if text.endswith(":"):
        return 3 if len(text.split()) <= 10 else 0
    return 2


def _finish(block: _Open, known: frozenset[str]) -> RawBlock:
    """The block with its lines joined, a piece for each page that it stands on."""
    pieces: list[Piece] = []
    for line in block.lines:
        text = line.text.strip()
        if pieces and pieces[-1].page == line.page:
            pieces[-1] = Piece(join_hyphenated(pieces[-1].text, text, known), line.page)
        elif (
            pieces
            and (joined := join_hyphenated(pieces[-1].text, text, known)) != f"{pieces[-1].text} {text}"
        ):
            head, _, rest = joined[len(pieces[-1].text) - 1 :].partition(" ")
            pieces[-1] = Piece(joined[: len(pieces[-1].text) - 1] + head, pieces[-1].page)
            if rest:
                pieces.append(Piece(rest, line.page))
        else:
            pieces.append(Piece(text, line.page))
    return RawBlock(block.kind, tuple(pieces), block.level)


def _place_notes(blocks: list[RawBlock], notes: list[RawBlock]) -> list[RawBlock]:
    """The blocks with each page's notes at the end of the section in which the page ends."""
    if not notes:
        return blocks
    placed: list[RawBlock] = []
    waiting = list(notes)
    for block in blocks:
        page = block.pieces[0].page
        if block.kind == "heading" and page is not None:
            due = [note for note in waiting if (note.pieces[0].page or 0) < page]
            placed.extend(due)
            waiting = waiting[len(due) :]
        placed.append(block)
    return placed + waiting
