"""Footnotes: told from numbered lists by the mark that a word of the page above them carries."""

import re
from collections.abc import Sequence
from itertools import takewhile
from unicodedata import normalize

from ingest.characters import RAISED_FIGURE, is_arabic, superscript
from ingest.layout.lines import Line

_NOTE = re.compile(
    rf"\[?(\d{{1,3}}|{RAISED_FIGURE}{{1,3}})[.)\]]?\s*(?!{RAISED_FIGURE})(?=[^\W\d]|[“\"‘'(«*]|https?:)"
)
_URL = re.compile(r"\S*(?:https?://|www\.)\S*|\S+\.\S+/\S+")
_SMALLER = 0.93  # a footnote's type is at most this much of the body's


def split_footnotes(lines: Sequence[Line], body_size: float) -> tuple[list[Line], list[list[Line]], set[int]]:
    """The lines of the body, the footnotes as lists of lines, and where in the body notes stood.

    A line opens a note if it begins with a number whose mark a word before it carries
    ("dialogue”1"), and is set in smaller type where sizes are known; in plain text the numbers
    must run on from note to note, and on a page the last such line counts. The positions returned
    index body lines: the line there came directly after a footnote.
    """
    body: list[Line] = []
    notes: list[list[Line]] = []
    resumes: set[int] = set()
    since = 0  # where the body began that the marks are looked for in: after the last notes
    inside = False
    following = 1
    arabic = is_arabic(" ".join(line.text for line in lines))
    for index, line in enumerate(lines):
        continuing = inside and _goes_on(lines, index, body_size, following, arabic)
        if inside and not continuing:
            since = len(body)
            resumes.add(since)
        number = _opens(line, body_size, following, body[since:], continuing)
        inside = continuing or (number > 0 and not _recurs_below(lines, index, number))
        if not inside:
            body.append(line)
        elif number:
            notes.append([line])
            following = number + 1
        else:
            notes[-1].append(line)
            following += _is_reversed(line, following)
    if inside:
        resumes.add(len(body))
    return body, notes, resumes


def _opens(line: Line, body_size: float, following: int, above: Sequence[Line], continuing: bool) -> int:
    """The number of the note that the line opens, 0 where it opens none."""
    match = _NOTE.match(line.text)
    if not match or line.cells:
        return 0
    number = int(normalize("NFKC", match[1]))  # of "¹²" too
    if body_size and line.size:
        smaller = line.size <= body_size * _SMALLER
        return number if smaller and (continuing or _is_marked(number, above)) else 0
    return number if number == following and (continuing or (line.gap and _is_marked(number, above))) else 0


def _is_marked(number: int, above: Sequence[Line]) -> bool:
    """True if a word of the lines carries the number as a mark."""
    raised = superscript(str(number))
    mark = re.compile(
        rf"(?<!{RAISED_FIGURE}){raised}(?!{RAISED_FIGURE})|[^\W\d_][”\"’'»)\].,;:!?…]*(?:\[{number}\]|{number})(?![\d%])"
    )
    return any(mark.search(line.text) for line in above)


def _recurs_below(lines: Sequence[Line], index: int, number: int) -> bool:
    """True if, in plain text, a line further down the same page begins with the number too.

    Notes end their page, so the upper of the two is a list's item.
    """
    page = lines[index].page
    below = takewhile(lambda line: line.page == page, lines[index + 1 :])
    matches = (_NOTE.match(line.text) for line in below if line.gap and page is not None and not line.size)
    return any(match and match[1] in (str(number), superscript(str(number))) for match in matches)


def _goes_on(lines: Sequence[Line], index: int, body_size: float, following: int, arabic: bool) -> bool:
    """True if the line still belongs to the footnotes that the line before it is part of."""
    line = lines[index]
    if line.page != lines[index - 1].page or line.cells:
        return False
    if body_size and line.size:
        return line.size <= body_size * _SMALLER
    if _URL.fullmatch(line.text.strip()) or _opens(line, 0, following, (), continuing=True):
        return True
    if is_arabic(line.text) and not arabic:
        return True
    return not (line.gap or line.indented)


def _is_reversed(line: Line, following: int) -> bool:
    """True if an Arabic line that a PDF export left in visual order holds the next note's number."""
    return is_arabic(line.text) and bool(
        re.search(rf"(?<!\d)(?:\.{following}|{following}\.)(?!\d)", line.text)
    )
