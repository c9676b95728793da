"""What belongs to the page and not to the text: running heads, repeated footers, page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from ingest.layout.columns import tables_on
from ingest.layout.lines import Line

_EDGE = 4  # lines from the top or bottom of a page that may be furniture
_SAME_HEIGHT = 8  # points within which two lines stand at the same place of their pages
_ROMAN = re.compile(r"[ivxl]{1,7}", re.IGNORECASE)
_PAGE_NUMBER = re.compile(  # "12", "- iv -", "Page 3 of 40"
    r"(?:page\s+|p\.\s*)?[-–—|\[(\s]*(\d{1,4}|[ivxl]{1,7})[-–—|\])\s]*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
_NUMBER_IN_HEAD = re.compile(r"(?<!\d)(?<!\d[.:,/-])[1-9]\d{0,3}(?!\d|[.:,/-]\d)")
_FIGURES_OR_SPACES = re.compile(r"\d+|\s+")
_LETTER = re.compile(r"[^\W\d_]")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


def strip_furniture(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], dict[int, str], list[Line]]:
    """The pages without their furniture; printed page numbers by page index; the running heads removed.

    A line near a page's edge is furniture where the same words (numbers aside) stand at the same
    place of three pages or more (two of a document of up to four), and a number standing alone
    there is one where the numbers of most pages run on with the pages. Where nothing else would be
    left of the document, nothing is furniture. Nor is the header of a table, said again on each page.
    """
    edges = [_edge(page) for page in pages]
    heads = _running_heads(pages, edges)
    numbers = [_numbers(*each) for each in zip(pages, edges, heads, strict=True)]
    shifts = _shifts(numbers)
    kept: list[list[Line]] = []
    printed: dict[int, str] = {}
    removed: list[Line] = []
    for index, page in enumerate(pages):
        own = _own_number(numbers[index], index, shifts)
        if own:
            printed[index] = own[0][1]
        removed.extend(page[position] for position in heads[index])
        furniture = {*heads[index], *(position for position, _ in own)}
        kept.append([line for position, line in enumerate(page) if position not in furniture])
    if any(pages) and not any(kept):
        return [list(page) for page in pages], printed, []
    return kept, printed, removed


def _edge(page: Sequence[Line]) -> list[int]:
    """Positions of the lines near the page's top and bottom, by height where it is known; no table's rows."""
    rows = {at for grid in tables_on(page) for row in grid.rows for at in row.lines}
    positions = [position for position in range(len(page)) if position not in rows]
    by_height = sorted(positions, key=lambda position: -page[position].y)  # as they are where all are 0
    return sorted({*by_height[:_EDGE], *by_height[-_EDGE:], *positions[:2], *positions[-2:]})


def _keys(page: Sequence[Line], position: int) -> list[tuple[str, int]]:
    """What makes two furniture lines the same: the words without numbers, and the place.

    The place is the height where it is known, else the lines above it, or (negative) below it.
    """
    line = page[position]
    words = _FIGURES_OR_SPACES.sub("#", line.text.strip().lower())
    if line.y:
        return [(words, round(line.y / _SAME_HEIGHT))]
    return [(words, position), (words, position - len(page))]


def _running_heads(pages: Sequence[Sequence[Line]], edges: Sequence[Sequence[int]]) -> list[list[int]]:
    """Positions on each page of the lines at its edge that recur on others."""
    keys = [
        {position: _keys(page, position) for position in edge}
        for page, edge in zip(pages, edges, strict=True)
    ]
    counts = Counter(key for page in keys for key in set(chain.from_iterable(page.values())))
    least = 2 if len(pages) <= 4 else 3
    running = {key for key, count in counts.items() if count >= least and _LETTER.search(key[0])}
    return [[position for position, own in page.items() if not running.isdisjoint(own)] for page in keys]


def _numbers(page: Sequence[Line], edge: Sequence[int], heads: Sequence[int]) -> list[tuple[int, str]]:
    """What may be the page's number, with the line's position.

    Lines at the edge that are nothing else, and the numbers in running heads.
    """
    numbers: list[tuple[int, str]] = []
    for position in edge:
        text = page[position].text.strip()
        alone = _PAGE_NUMBER.fullmatch(text)
        if alone and _value(alone[1]):
            numbers.append((position, alone[1]))
        elif position in heads:
            numbers.extend((position, number) for number in _NUMBER_IN_HEAD.findall(text))
    return numbers


def _shifts(numbers: Sequence[Sequence[tuple[int, str]]]) -> list[int]:
    """What printed numbers are ahead of their pages' index, where enough of them run on with the pages.

    Two at most, the commoner first: "i", "ii", "iii", "iv", "1", "2"... -> [-3, 1] of a long text.
    """
    counts = Counter(
        shift for index, each in enumerate(numbers) for shift in {_value(label) - index for _, label in each}
    )
    least = max(2, len(numbers) // 8)
    return [shift for shift, count in counts.most_common(2) if count >= least]


def _own_number(
    numbers: Sequence[tuple[int, str]], index: int, shifts: Sequence[int]
) -> list[tuple[int, str]]:
    """Those of a page's numbers that run on with the pages, by the first shift that any fits."""
    for shift in shifts:
        own = [(position, label) for position, label in numbers if _value(label) == index + shift]
        if own:
            return own
    return []


def _value(label: str) -> int:
    """The number that a label names in Arabic or Roman figures ("12", "xii"), 0 where it names none."""
    if label.isdecimal():
        return int(label)
    if not _ROMAN.fullmatch(label):
        return 0
    values = [_ROMAN_VALUES[letter] for letter in label.lower()]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
