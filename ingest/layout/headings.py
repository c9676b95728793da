"""Which blocks are headings, and how deep: by their type, or in plain text by their words."""

import re
from collections.abc import Sequence

from ingest.characters import word_count
from ingest.layout.lines import is_title_case
from ingest.layout.paragraphs import OpenBlock, is_larger

_WORDS = 25  # a heading has at most so many
_WORDS_ABOVE_LIST = 10  # so has one that is numbered, or ends in a colon
_LINES = 3
_SIZES = 4  # levels that are told by the size of the type
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_STOPS = (".", ",", ";", "!", "。", "，", "；", "！")  # what no heading ends in
_OPENING = "“\"‘'("


def mark_headings(blocks: Sequence[OpenBlock], body_size: float) -> None:
    """Turn the blocks that head others into headings, with their depth.

    `body_size` is the type of most of the text in points, 0 in plain text.
    """
    around = zip([None, *blocks], blocks, [*blocks, None][1:], strict=False)  # a block and its neighbours
    possible = [(above, block, below) for above, block, below in around if _could_head(block, below)]
    sizes = _heading_sizes([block for _, block, _ in possible], body_size)
    for above, block, below in possible:
        level = _level_by_type(block, sizes, body_size) if body_size else _level_by_words(above, block, below)
        if level:
            block.kind, block.level = "heading", level


def _could_head(block: OpenBlock, below: OpenBlock | None) -> bool:
    """True if the words of the block could be a heading's."""
    text = block.text
    if block.kind == "row":
        return False
    if word_count(text) > _WORDS or len(block.lines) > _LINES or text.endswith(_STOPS):
        return False
    if not re.search(r"[^\W\d_]{2}", text) or re.search(r"@|https?:|www\.", text) or block.lines[0].bullet:
        return False
    return not (text.endswith(":") and below is not None and below.kind == "item")


def _heading_sizes(blocks: Sequence[OpenBlock], body_size: float) -> list[int]:
    """The sizes of type, in points, that are larger than the body's: the largest first."""
    first_lines = [block.lines[0] for block in blocks]
    larger = {round(line.size) for line in first_lines if is_larger(line, body_size)}
    return sorted(larger, reverse=True)[:_SIZES]


def _level_by_type(block: OpenBlock, sizes: Sequence[int], body_size: float) -> int:
    """A heading's depth by its size, bold type of the body's size below all others; 0 where it is none."""
    first = block.lines[0]
    larger = is_larger(first, body_size)
    if larger and round(first.size) in sizes:
        return sizes.index(round(first.size)) + 1
    return len(sizes) + 1 if larger or all(line.bold for line in block.lines) else 0


def _level_by_words(above: OpenBlock | None, block: OpenBlock, below: OpenBlock | None) -> int:
    """A heading's depth in plain text, 0 where it is none."""
    if below is None or not _stands_alone(above, block, below) or not _begins_like_heading(block.text):
        return 0
    if block.kind != "item":
        return _level_by_case(block.text, introduces_list=below.kind == "item")
    listed = below.kind == "item" or (above is not None and above.kind == "item")
    return 0 if listed or word_count(block.text) > _WORDS_ABOVE_LIST else 2


def _stands_alone(above: OpenBlock | None, block: OpenBlock, below: OpenBlock) -> bool:
    """True if space, a page break or an indent parts the block from what is above, and space from below."""
    first = block.lines[0]
    return below.lines[0].gap and (above is None or first.gap or first.broken or first.indented)


def _begins_like_heading(text: str) -> bool:
    """True if the text begins with a capital, a digit or a letter without case, and lists no names."""
    return text.lstrip(_OPENING)[:1].isalnum() and not text[0].islower() and text.count(",") <= 1


def _level_by_case(text: str, introduces_list: bool) -> int:
    """1 for "Title Case" or a word or two, 2 for "Sentence case", 3 for "What follows:", 0 for no heading."""
    words = [word for word in _WORD.findall(text) if len(word) > 3]
    if is_title_case(words):
        return 1
    if introduces_list:
        return 0
    if len(words) <= 1:
        return 1 if len(text.split()) <= 3 else 0
    if text.endswith(":"):
        return 3 if word_count(text) <= _WORDS_ABOVE_LIST else 0
    return 2
