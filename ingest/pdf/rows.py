"""Glyphs put together to the rows of a page: what stands at one height, whenever it was drawn."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.pdf.glyphs import Glyph, is_mark

_SHARED = 0.5  # of the lower one's height: what two glyphs of one row share
_SHARED_BY_SMALLER = 0.35  # the same where one is of a smaller type: some lower figures by half a size
SMALLER = 0.95  # of the type beside it at most: the type of a raised or lowered figure
_BELOW, _ABOVE = 0.25, 0.75  # sizes that a glyph reaches below its baseline, and above it
_OVER = 0.5  # sizes by which a glyph may stand over the one on its left
_NEAR = 0.5  # sizes that two words of one row are apart at most
_SAME = 0.2  # sizes between the places of what is drawn twice to look bold


def rows_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The glyphs of each row from left to right; the rows in the order in which they are drawn.

    What stands next to others of a row and is drawn at another time, as raised figures often are, is
    part of it. Accents and vowel marks are part of the glyph that they stand over.
    """
    letters = [glyph for glyph in glyphs if not is_mark(glyph.text[0])]
    rows = _with_strays([row for band in _bands(letters) for row in _from_left(band)])
    for glyph in glyphs:
        if is_mark(glyph.text[0]):
            _put_over(glyph, rows)
    return rows


def beside(one: Glyph, other: Glyph) -> bool:
    """True if the lower of the two stands at the other's height: raised and lowered figures do."""
    if (one.base, one.size, one.angle) == (other.base, other.size, other.angle):
        return True
    low = max(one.base - _BELOW * one.size, other.base - _BELOW * other.size)
    high = min(one.base + _ABOVE * one.size, other.base + _ABOVE * other.size)
    lower, higher = sorted((one.size, other.size))
    shared = _SHARED if lower > SMALLER * higher else _SHARED_BY_SMALLER
    return one.angle == other.angle and high - low >= shared * lower


def _bands(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Runs of glyphs drawn one after the other at one height."""
    band: list[Glyph] = []
    for glyph in glyphs:
        if band and not beside(glyph, band[-1]):
            yield band
            band = []
        band.append(glyph)
    if band:
        yield band


def _from_left(band: Sequence[Glyph]) -> list[list[Glyph]]:
    """The band from left to right; what is drawn over other words of it is a row of its own."""
    pieces: list[list[Glyph]] = []
    for glyph in band:
        if pieces and 0 <= glyph.left - pieces[-1][-1].left < glyph.size and _has_room(pieces[-1], [glyph]):
            pieces[-1].append(glyph)
        else:
            pieces.append([glyph])
    rows: list[list[Glyph]] = []
    for piece in sorted(pieces, key=lambda piece: piece[0].left):
        row = next((row for row in rows if _has_room(row, piece)), None)
        if row is not None:
            row.extend(piece)
        elif not any(_is_drawn_again(piece, row) for row in rows):
            rows.append(piece)
    return rows


def _has_room(row: Sequence[Glyph], piece: Sequence[Glyph]) -> bool:
    """True if the piece goes on where the row ends."""
    return piece[0].left > row[-1].right - _OVER * piece[0].size


def _is_drawn_again(piece: Sequence[Glyph], row: Sequence[Glyph]) -> bool:
    """True if the row's end is the same as the piece, at the same place."""
    pairs = zip(piece, row[-len(piece) :], strict=False)
    return len(row) >= len(piece) and all(
        one.text == other.text and abs(one.left - other.left) < _SAME * one.size for one, other in pairs
    )


def _put_over(mark: Glyph, rows: Sequence[list[Glyph]]) -> None:
    """Makes the mark part of the glyph that it stands over or under."""
    near = [row for row in rows if abs(row[0].base - mark.base) < max(row[0].size, mark.size)]
    row = min(near, key=lambda row: abs(row[0].base - mark.base), default=None)
    if row is not None:
        at = max(bisect_right(row, mark.left, key=lambda glyph: glyph.left) - 1, 0)
        row[at] = replace(row[at], text=row[at].text + mark.text)


def _with_strays(rows: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """The rows, each that stands right beside a longer one made part of it."""
    kept = dict(enumerate(rows))
    while pair := next(_neighbours(kept), None):
        short, long = sorted(pair, key=lambda number: (len(kept[number]), -number))
        kept[long] = sorted([*kept[long], *kept.pop(short)], key=lambda glyph: glyph.left)
    return [kept[number] for number in sorted(kept)]


def _neighbours(rows: Mapping[int, list[Glyph]]) -> Iterator[tuple[int, int]]:
    """The numbers of two rows that are parts of one."""
    ordered = sorted(rows, key=lambda number: rows[number][0].base)
    tallest = max((row[0].size for row in rows.values()), default=0)
    for place, number in enumerate(ordered):
        row = rows[number]
        for other in ordered[place + 1 :]:
            if rows[other][0].base - row[0].base > tallest:
                break
            if _is_part(row, rows[other]) or _is_part(rows[other], row):
                yield number, other


def _is_part(row: Sequence[Glyph], other: Sequence[Glyph]) -> bool:
    """True if the row stands right before, behind or between the glyphs of the other."""
    at = bisect_left(other, row[0].left, key=lambda glyph: glyph.left)
    before = [(row[0], other[at - 1], row[0].left - other[at - 1].right)] if at else []
    behind = [(row[-1], other[at], other[at].left - row[-1].right)] if at < len(other) else []
    gaps = [(gap / max(one.size, two.size, 1), one, two) for one, two, gap in before + behind]
    return all(gap > -_SAME for gap, _, _ in gaps) and any(
        gap < _NEAR and (beside(one, two) or _are_marks(one, two, row, other)) for gap, one, two in gaps
    )


def _are_marks(one: Glyph, two: Glyph, row: Sequence[Glyph], other: Sequence[Glyph]) -> bool:
    """True if one is raised and one lowered, in rows that stand at one height."""
    main = [max(each, key=lambda glyph: glyph.size) for each in (row, other)]
    return max(one.size, two.size) < SMALLER * max(each.size for each in main) and beside(*main)
