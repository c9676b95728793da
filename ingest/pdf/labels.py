"""What a PDF names by itself: the labels of its pages, and in its outline the headings on them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pypdf
from pypdf.errors import PyPdfError

from ingest.blocks import RawBlock
from ingest.characters import normalise


def page_labels(reader: pypdf.PdfReader) -> dict[int, str]:
    """The labels that the file gives its pages, by index; empty where it gives none."""
    try:
        if "/PageLabels" not in reader.root_object:
            return {}
        return {index: label for index, label in enumerate(reader.page_labels) if label}
    except Exception:  # noqa: BLE001 pypdf meets damage with any exception; pages then keep their numbers
        return {}


def outline_depths(reader: pypdf.PdfReader) -> dict[tuple[int, str], int]:
    """Depth of each outline entry, from 1, by page number and letters of its title."""
    depths: dict[tuple[int, str], int] = {}
    try:
        for entry, depth in _entries(reader.outline, 1):
            if (index := reader.get_destination_page_number(entry)) is not None:
                depths[index + 1, letters(str(entry.title))] = depth
    except (PyPdfError, RecursionError, KeyError, TypeError, ValueError, AttributeError):
        return depths  # the rest of a damaged outline: its headings are still told by their type
    return depths


def _entries(outline: Sequence[Any], depth: int) -> Iterator[tuple[Any, int]]:
    """Each entry of a nested outline with its depth: [a, [b, c], d] -> (a, 1), (b, 2), (c, 2), (d, 1)."""
    for entry in outline:
        if isinstance(entry, list):
            yield from _entries(entry, depth + 1)
        else:
            yield entry, depth


def letters(text: str) -> str:
    """The text's letters and digits, small."""
    return "".join(filter(str.isalnum, normalise(text).lower()))


def with_outline(blocks: Sequence[RawBlock], outline: Mapping[tuple[int, str], int]) -> list[RawBlock]:
    """The blocks, those that the outline names made headings of its depth, others put below them.

    `outline` is as `outline_depths` gives it.
    """
    named = [outline.get((block.pieces[0].page or 0, letters(block.text))) for block in blocks]
    deepest = max((depth for depth in named if depth), default=0)
    result = []
    for block, depth in zip(blocks, named, strict=True):
        if depth and block.kind in ("heading", "paragraph", "item"):
            block = RawBlock("heading", block.pieces, depth)
        elif block.kind == "heading" and deepest:
            block = RawBlock("heading", block.pieces, deepest + block.level)
        result.append(block)
    return result
