"""What a footnote is a note to: the sentence whose mark has its number."""

import re
from itertools import islice
from unicodedata import normalize

from ingest.characters import RAISED_FIGURE, superscript
from ingest.document import ASIDE, Document, Span
from ingest.sentences import sentence_spans

_NUMBER = re.compile(rf"\[?(\d{{1,3}}|{RAISED_FIGURE}{{1,3}})[.)\]]?\s")
_FAR = 100  # blocks before the note that are looked at


def noted(document: Document, offset: int) -> Span | None:
    """The sentence that the footnote at the offset belongs to; None for other text and where no mark is seen.

    It is the last one before the note, and behind any other note of that number.
    """
    place = document.block_at(offset)
    number = _number(document, place)
    if number is None:
        return None
    mark = re.compile(
        rf"(?:(?<=[^\W\d_])|(?<=[”’»)\]]))[”\"’'»)\].,;:!?…]*(?:\[{number}\]|{number}|{superscript(number)})"
        rf"(?!\d|{RAISED_FIGURE}|[%.,]\d)"
    )
    for before in islice(range(place - 1, -1, -1), _FAR):
        block = document.blocks[before]
        if _number(document, before) == number:
            return None
        if block.kind == "footnote" or block.kind in ASIDE:
            continue
        for found in reversed([*mark.finditer(document.text, block.start, block.end)]):
            sentences = sentence_spans(document.text, block.start, block.end, block.language)
            return next(one for one in sentences if one.start <= found.end() - 1 < one.end)
    return None


def _number(document: Document, place: int) -> str | None:
    """The number that the block begins with, if it is a footnote."""
    block = document.blocks[place]
    match = _NUMBER.match(document.text, block.start, block.end) if block.kind == "footnote" else None
    return normalize("NFKC", match[1]) if match else None
