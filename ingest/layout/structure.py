"""From lines to blocks: paragraphs, headings, lists, footnotes, each whole again.

A sentence cut by a page break or by footnotes is joined.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from heapq import nlargest
from itertools import chain

from ingest.blocks import Piece, RawBlock
from ingest.language import language_of
from ingest.layout.footnotes import split_footnotes
from ingest.layout.headings import mark_headings
from ingest.layout.hyphens import join_hyphenated, words_of
from ingest.layout.lines import Line
from ingest.layout.paragraphs import OpenBlock, gather
from ingest.layout.table_rows import with_tables
from ingest.line_spans import LineSpan
from ingest.spelling.dictionary import is_english

_TELLING = 10  # lines by which the language is told


def compose(pages: Sequence[Sequence[Line]]) -> list[RawBlock]:
    """The blocks of these pages' lines, in reading order; no word is lost, added or moved.

    Footnotes are the exception: they follow the section in which they stand.
    """
    visible = with_tables([[line for line in page if line.text.strip()] for page in pages])
    lines = list(chain.from_iterable(visible))
    body_size = _body_size(lines)
    body: list[Line] = []
    notes: list[list[Line]] = []
    resumes: set[int] = set()
    for run in visible if body_size else [lines]:  # in plain text a note may run on to the next page
        kept, run_notes, breaks = split_footnotes(run, body_size)
        resumes |= {position + len(body) for position in breaks}
        body.extend(kept)
        notes.extend(run_notes)
    join = partial(join_hyphenated, known=words_of(body), is_word=_dictionary(lines))
    opened = gather(body, resumes, body_size)
    mark_headings(opened, body_size)
    footnotes = [OpenBlock("footnote", note) for note in notes]
    return [_finish(block, join) for block in _place_notes(opened, footnotes, lines)]


def _body_size(lines: Sequence[Line]) -> float:
    """The type size that most characters are set in, in points; 0 for plain text."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.size, 1)] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 0.0


def _dictionary(lines: Sequence[Line]) -> Callable[[str], bool] | None:
    """What tells the words of the text's language, by its longest lines; None where nothing does."""
    longest = nlargest(_TELLING, (line.text for line in lines), key=len)
    return is_english if language_of(" ".join(longest), "und") == "en" else None


def _finish(block: OpenBlock, join: Callable[[str, str], str]) -> RawBlock:
    """The block with its lines joined, a piece for each page that it stands on.

    A word hyphenated over a page break is whole on the first of the two pages.
    """
    first, *others = block.lines
    pieces = [piece_of(first.text.strip(), first)]
    for line in others:
        last, text = pieces[-1], line.text.strip()
        joined = join(last.text, text)
        if last.page == line.sheet:
            pieces[-1] = _longer(last, joined, line)
        elif joined == f"{last.text} {text}":
            pieces.append(piece_of(text, line))
        else:
            begun = len(last.text) - 1  # up to the hyphen, which may be gone
            word, _, rest = joined[begun:].partition(" ")
            pieces[-1] = _longer(last, joined[:begun] + word, line, len(rest) and len(rest) + 1)
            pieces.extend([piece_of(rest, line)] if rest else [])
    return RawBlock(block.kind, tuple(pieces), block.level, cells=first.cells, opens=first.opens)


def piece_of(text: str, line: Line) -> Piece:
    """A piece of this text, which the line ends with."""
    if line.printed:
        return Piece(text, line.page, line.printed)
    return _longer(Piece("", line.sheet), text, line)


def _longer(piece: Piece, text: str, line: Line, left: int = 0) -> Piece:
    """The piece with more of its text, the line's but for `left` characters at its end."""
    if line.place is None or line.page is None:
        return Piece(text, piece.page)
    whole = len(line.text.strip())
    start = max(len(text) - (whole - left), 0)
    offset = whole - left - (len(text) - start)
    before = tuple(replace(one, end=min(one.end, start)) for one in piece.lines)
    return Piece(text, piece.page, (*before, LineSpan(start, len(text), line.page, line.place, offset)))


def _place_notes(
    opened: Sequence[OpenBlock], notes: Sequence[OpenBlock], lines: Sequence[Line]
) -> Iterator[OpenBlock]:
    """The blocks with each note, whose first line stands among the lines, at the end of its section."""
    order = {id(line): place for place, line in enumerate(lines)}
    waiting = deque(notes)
    for block in opened:
        place = order[id(block.lines[0])]
        while block.kind == "heading" and waiting and order[id(waiting[0].lines[0])] < place:
            yield waiting.popleft()
        yield block
    yield from waiting
