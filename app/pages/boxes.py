"""The boxes of a quote on its page: drawn where its words certainly stand, and nowhere else."""

from collections.abc import Iterator, Sequence
from itertools import chain, takewhile

from app.pages.glyphs import Box, Glyph
from app.pages.text import PageText, Quoted, letters_of


def boxes_of(quoted: Quoted, page: PageText) -> tuple[Box, ...]:
    """A box for each line of the quote, in its order; none where it is not certain where it stands.

    Certain means: the letters whose centre lies in a box are those of the quote, each once.
    """
    chosen = list(chain(*page.find(quoted)))
    wanted = page.lettered.intersection(chosen)
    if not chosen or len(set(chosen)) < len(chosen):
        return ()
    chosen = [*_signs(page, quoted.text, chosen[0], -1), *chosen, *_signs(page, quoted.text, chosen[-1], 1)]
    for in_columns in (False, True):
        boxes = tuple(map(_around, _lines([page.glyphs[at] for at in chosen], in_columns)))
        if _held(page, boxes) == wanted and not any(box.empty for box in boxes):
            return boxes
    return ()


def _signs(page: PageText, quote: str, at: int, step: int) -> list[int]:
    """The glyphs beyond the one at `at` that draw the signs which the quote begins or ends with."""
    signs = quote if step < 0 else quote[::-1]
    signs = "".join(takewhile(lambda c: not letters_of(c), signs))[::-1]
    beyond = page.glyphs[at + step :: step] if at + step >= 0 else []
    pairs = zip("".join(signs.split()), beyond, strict=False)
    matching = takewhile(lambda pair: pair[0] == pair[1].text, pairs)
    return [at + step * n for n, _ in enumerate(matching, 1)][::step]


def _lines(glyphs: Sequence[Glyph], in_columns: bool) -> Iterator[list[Glyph]]:
    """The glyphs of each line, or, `in_columns`, of each part of it that stands by itself."""
    line: list[Glyph] = []
    for glyph in glyphs:
        on_line = line and glyph.beside(max(line, key=lambda one: one.size))
        if line and not (on_line and (glyph.follows(line[-1]) or not in_columns)):
            yield line
            line = []
        line.append(glyph)
    yield line


def _around(glyphs: Sequence[Glyph]) -> Box:
    """The smallest box around all of them."""
    boxes = [glyph.box for glyph in glyphs]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _held(page: PageText, boxes: Sequence[Box]) -> set[int]:
    """The glyphs that draw a letter and have their centre in a box."""
    return {
        at
        for box in boxes
        for at, x, y in page.middles
        if box.left <= x <= box.right and box.top <= y <= box.bottom
    }
