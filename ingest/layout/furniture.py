"""What belongs to the page and not to the text: running heads, repeated footers, page numbers."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.layout.lines import Line

_EDGE = 4  # lines from the top or bottom of a page that may be furniture
_ROMAN = re.compile(r"[ivxl]{1,7}", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:page\s+|p\.\s*)?[-–—|\[(\s]*(\d{1,4}|[ivxl]{1,7})[-–—|\])\s]*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
_FIGURES = re.compile(r"(?<!\d)(?<!\d[.:,/-])[1-9]\d{0,3}(?!\d|[.:,/-]\d)")
_MASK = re.compile(r"\d+|\s+")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


def strip_furniture(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], dict[int, str], list[str]]:
    """The pages without their furniture; printed page numbers by page index; the running heads removed.

    A line near a page's edge is furniture where the same words (numbers aside) stand at the same
    place of three pages or more (two of a document of up to four), and a number standing alone
    there is one where the numbers of most pages run on with the pages. Where nothing else would be
    left of the document, nothing is furniture.
    """
    edges = [_edge(page) for page in pages]
    running = _running(pages, edges)
    numbers = _numbers(pages, edges, running)
    counts = Counter(
        shift for index, found in enumerate(numbers) for shift in {_value(text) - index for _, text in found}
    )
    shifts = [shift for shift, count in counts.most_common(2) if count >= max(2, len(pages) // 8)]
    kept: list[list[Line]] = []
    printed: dict[int, str] = {}
    heads: list[str] = []
    for index, page in enumerate(pages):
        drop = {position for position in edges[index] if not running.isdisjoint(_keys(page, position))}
        heads.extend(page[position].text for position in sorted(drop))
        for shift in shifts:
            found = [(position, text) for position, text in numbers[index] if _value(text) - index == shift]
            if found:
                drop.update(position for position, _ in found)
                printed[index] = found[0][1]
                break
        kept.append([line for position, line in enumerate(page) if position not in drop])
    if any(pages) and not any(kept):
        return [list(page) for page in pages], printed, []
    return kept, printed, heads


def _edge(page: Sequence[Line]) -> list[int]:
    """Positions of the lines near the page's top and bottom, by height where it is known."""
    positions = range(len(page))
    order = (
        sorted(positions, key=lambda position: -page[position].y)
        if any(line.y for line in page)
        else positions
    )
    order = list(order)
    by_stream = [*positions[:2], *positions[-2:]]
    return sorted({*order[:_EDGE], *order[-_EDGE:], *by_stream})


def _keys(page: Sequence[Line], position: int) -> list[tuple[str, int]]:
    """What makes two furniture lines the same: the words without numbers, and the place.

    The place is the height where it is known, else the lines above it, or (negative) below it.
    """
    line = page[position]
    words = _MASK.sub("#", line.text.strip().lower())
    return [(words, round(line.y / 8))] if line.y else [(words, position), (words, position - len(page))]


def _running(pages: Sequence[Sequence[Line]], edges: Sequence[Sequence[int]]) -> set[tuple[str, int]]:
    """Keys of the lines that recur from page to page."""
    counts: Counter[tuple[str, int]] = Counter()
    for page, edge in zip(pages, edges, strict=True):
        counts.update({key for position in edge for key in _keys(page, position)})
    least = 2 if len(pages) <= 4 else 3
    return {key for key, count in counts.items() if count >= least and re.search(r"[^\W\d_]", key[0])}


def _numbers(
    pages: Sequence[Sequence[Line]], edges: Sequence[Sequence[int]], running: set[tuple[str, int]]
) -> list[list[tuple[int, str]]]:
    """What may be each page's number: lines that are nothing else, and the numbers in running heads."""
    numbers: list[list[tuple[int, str]]] = []
    for page, edge in zip(pages, edges, strict=True):
        found: list[tuple[int, str]] = []
        for position in edge:
            text = page[position].text.strip()
            match = _NUMBER.fullmatch(text)
            if match and _value(match[1]):
                found.append((position, match[1]))
            elif not running.isdisjoint(_keys(page, position)):
                found.extend((position, number) for number in _FIGURES.findall(text))
        numbers.append(found)
    return numbers


def _value(label: str) -> int:
    """The number that a label in Arabic or Roman figures names, 0 where it names none."""
    if label.isdecimal():
        return int(label)
    if not _ROMAN.fullmatch(label):
        return 0
    values = [_VALUES[letter] for letter in label.lower()]
    return sum(-v if v < max([0, *values[i + 1 :]]) else v for i, v in enumerate(values))
