"""The lines of a form with what is filled in: each value on the line of its printed label."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.pdf.fields import MARKS, Written
from ingest.pdf.glyphs import Glyph
from ingest.pdf.printed import PrintedLine

_ABOVE = 0.8  # sizes of its type that a label may stand above its field
_BESIDE = 3.0  # sizes of its type that words are near a field, on its left or right
_TYPE, _LARGEST = 0.7, 12.0  # the type of what is filled in: of its field's height, and points at most
_FILLED = -1  # the number of a glyph that PDFium does not know


@dataclass(frozen=True, slots=True)
class _Place:
    """A glyph of the page's lines: the number of its line, its place in it."""

    line: int
    at: int
    glyph: Glyph


def with_fields(lines: Sequence[PrintedLine], fields: Iterable[Written]) -> list[PrintedLine]:
    """The page's lines, each field's text put behind the words on its left, or behind those above it.

    A box to tick stands before the words on its right. What has no words near comes by itself, under the
    field's own name: "Surname: Holm"; a box that is not ticked tells nothing then. What is printed there
    too is not said again.
    """
    filled = list(lines)
    for field in fields:
        places = list(_places(filled))
        if _is_printed(field, places):
            continue
        ahead = _right_of(field, places) if field.text in MARKS.values() else None
        if ahead:
            filled[ahead.line] = _inserted(filled[ahead.line], ahead.at, field)
        elif label := _label(field, places):
            filled[label.line] = _inserted(filled[label.line], _behind(filled[label.line], label.at), field)
        elif field.state or field.text not in MARKS.values():
            below = (number for number, line in enumerate(filled) if line.base < field.bottom)
            filled.insert(next(below, len(filled)), _alone(field))
    return [part for line in filled for part in _parted(line)]


def _parted(line: PrintedLine) -> Iterator[PrintedLine]:
    """The line cut behind each value, so that each is a row with its label; boxes to tick stay together."""
    start = 0
    for at, glyph in enumerate(line.glyphs[1:], 1):
        before = line.glyphs[at - 2] if at > 1 and line.glyphs[at - 1] is None else None
        if _is_value(before) and glyph is not None and not _is_filled(glyph):
            yield replace(line, text=line.text[start:at].rstrip(), glyphs=line.glyphs[start : at - 1])
            start = at
    yield replace(line, text=line.text[start:], glyphs=line.glyphs[start:])


def _is_value(glyph: Glyph | None) -> bool:
    return glyph is not None and _is_filled(glyph) and glyph.text not in MARKS.values()


def is_filled(line: PrintedLine) -> bool:
    """True if something in the line is filled in."""
    return any(map(_is_filled, line.glyphs))


def _is_filled(glyph: Glyph | None) -> bool:
    return glyph is not None and glyph.index == _FILLED


def _places(lines: Sequence[PrintedLine]) -> Iterator[_Place]:
    """The glyphs that the page prints from left to right as it is."""
    for number, line in enumerate(lines):
        for at, glyph in enumerate(line.glyphs):
            if glyph and not glyph.angle and not _is_filled(glyph):
                yield _Place(number, at, glyph)


def _is_printed(field: Written, places: Iterable[_Place]) -> bool:
    """True if the page itself says in the field's room what the field holds."""
    inside = (
        each.glyph.text
        for each in places
        if field.left <= _middle(each.glyph) <= field.right and field.bottom <= each.glyph.base <= field.top
    )
    return "".join(field.text.split()) in "".join(inside)


def _middle(glyph: Glyph) -> float:
    return (glyph.left + glyph.right) / 2


def _beside(field: Written, places: Iterable[_Place]) -> Iterator[_Place]:
    """The glyphs at the field's height."""
    return (each for each in places if field.bottom - 0.25 * each.glyph.size <= each.glyph.base < field.top)


def _label(field: Written, places: Sequence[_Place]) -> _Place | None:
    """The last glyph of the words right before the field, else right above it, else farther before it."""
    before = (each for each in _beside(field, places) if _middle(each.glyph) < field.left)
    left = max(before, key=lambda each: each.glyph.right, default=None)
    near = left and field.left - left.glyph.right < _BESIDE * left.glyph.size
    return left if near else _above(field, places) or left


def _behind(line: PrintedLine, at: int) -> int:
    """The place behind a glyph, and behind what is filled in there already."""
    end = at + 1
    for place in range(end, len(line.glyphs)):
        if _is_filled(line.glyphs[place]):
            end = place + 1
        elif line.glyphs[place]:
            break
    return end


def _right_of(field: Written, places: Sequence[_Place]) -> _Place | None:
    """The glyph that begins nearest to the right of the field, unless it is far away."""
    behind = (each for each in _beside(field, places) if _middle(each.glyph) > field.right)
    nearest = min(behind, key=lambda each: each.glyph.left, default=None)
    far = nearest is None or nearest.glyph.left - field.right > _BESIDE * nearest.glyph.size
    return None if far else nearest


def _above(field: Written, places: Iterable[_Place]) -> _Place | None:
    """The last glyph of the words right above the field."""
    over = (
        each
        for each in places
        if 0 <= each.glyph.base - field.top < _ABOVE * each.glyph.size
        and field.left <= _middle(each.glyph) <= field.right
    )
    return max(over, key=lambda each: (-each.glyph.base, each.glyph.right), default=None)


def _inserted(line: PrintedLine, at: int, field: Written) -> PrintedLine:
    """The line with the field's text at that place, apart from what stands on either side."""
    drawn = list(_drawn(field))
    before = [None] if at and line.text[at - 1] != " " else []
    after = [None] if at < len(line.text) and line.text[at] != " " else []
    text = f"{line.text[:at]}{' ' * len(before)}{field.text}{' ' * len(after)}{line.text[at:]}"
    return replace(line, text=text, glyphs=(*line.glyphs[:at], *before, *drawn, *after, *line.glyphs[at:]))


def _alone(field: Written) -> PrintedLine:
    """A line of its own, under the field's name."""
    label = f"{field.name}: " if field.name else ""
    line = line_of(replace(field, text=field.state or field.text))
    return replace(line, text=label + line.text, glyphs=(*[None] * len(label), *line.glyphs))


def line_of(written: Written) -> PrintedLine:
    """What is written, by itself."""
    size, base = _type(written)
    return PrintedLine(written.text, tuple(_drawn(written)), size, bold=False, base=base)


def _drawn(field: Written) -> Iterator[Glyph | None]:
    """A glyph for each character of the field's text, spread over its width; None for a space."""
    step = (field.right - field.left) / len(field.text)
    size, base = _type(field)
    for at, character in enumerate(field.text):
        left = field.left + at * step
        glyph = Glyph(character, left, left + step, base, size, 0.0, False, at == 0, _FILLED)
        yield None if character == " " else glyph


def _type(field: Written) -> tuple[float, float]:
    """Size and baseline of what is filled in: in the middle of its field, or near the top of a tall one."""
    size = min(_TYPE * (field.top - field.bottom), _LARGEST)
    return size, max((field.bottom + field.top - 0.6 * size) / 2, field.top - 1.3 * size)
