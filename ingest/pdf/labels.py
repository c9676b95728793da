"""Headings told by a document's outline."""

from collections.abc import Mapping, Sequence

from ingest.blocks import RawBlock
from ingest.characters import normalise


def letters(text: str) -> str:
    """The text's letters and digits, small."""
    return "".join(filter(str.isalnum, normalise(text).lower()))


def words_of(block: RawBlock) -> str:
    """The block's words."""
    return " ".join(piece.text for piece in block.pieces)


def with_outline(blocks: Sequence[RawBlock], outline: Mapping[tuple[int, str], int]) -> list[RawBlock]:
    """The blocks, those that the outline names made headings of its depth, others put below them.

    `outline` gives the depth of an entry, from 1, by its page number and the letters of its title.
    """
    named = [outline.get((block.pieces[0].page or 0, letters(words_of(block)))) for block in blocks]
    deepest = max((depth for depth in named if depth), default=0)
    result = []
    for block, depth in zip(blocks, named, strict=True):
        if depth and block.kind in ("heading", "paragraph", "item"):
            block = RawBlock("heading", block.pieces, depth)
        elif block.kind == "heading" and deepest:
            block = RawBlock("heading", block.pieces, deepest + block.level)
        result.append(block)
    return result
