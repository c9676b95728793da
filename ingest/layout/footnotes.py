"""Footnotes: told from numbered lists by the mark that a word of the page above them carries."""

import re
from collections.abc import Sequence
from itertools import takewhile

from ingest.characters import is_arabic
from ingest.layout.lines import Line

_NOTE = re.compile(r"\[?(\d{1,3})[.)\]]?\s*(?=[^\W\d]|[“\"‘'(«*]|https?:)")
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
    since = 0
    inside = False
    following = 1
    arabic = is_arabic(" ".join(line.text for line in lines))
    for index, line in enumerate(lines):
        if inside and _goes_on(lines, index, body_size, following, arabic):
            opened = _opens(line, body_size, following, body[since:], continuing=True)
            if opened:
                notes.append([line])
                following = opened + 1
            else:
                notes[-1].append(line)
                if _reversed_number(line, following):
                    following += 1
            continue
        if inside:
            inside = False
            resumes.add(len(body))
            since = len(body)
        opened = _opens(line, body_size, following, body[since:], continuing=False)
        if opened and not _again(lines, index, opened):
            notes.append([line])
            inside = True
            following = opened + 1
        else:
            body.append(line)
    if inside:
        resumes.add(len(body))
    return body, notes, resumes


def _opens(line: Line, body_size: float, following: int, above: Sequence[Line], continuing: bool) -> int:
    """The number of the note that the line opens, 0 where it opens none."""
    match = _NOTE.match(line.text)
    if not match:
        return 0
    number = int(match[1])
    if body_size and line.size:
        smaller = line.size <= body_size * _SMALLER
        return number if smaller and (continuing or _marked(number, above)) else 0
    return number if number == following and (continuing or (line.gap and _marked(number, above))) else 0


def _marked(number: int, above: Sequence[Line]) -> bool:
    """Whether a word of the lines carries the number as a mark."""
    mark = re.compile(rf"[^\W\d_][”\"’'»)\].,;:!?…]*(?:\[{number}\]|{number})(?![\d%])")
    return any(mark.search(line.text) for line in above)


def _again(lines: Sequence[Line], index: int, number: int) -> bool:
    """Whether, in plain text, a line further down the same page begins with the number too.

    Notes end their page, so the upper of the two is a list's item.
    """
    page = lines[index].page
    below = takewhile(lambda line: line.page == page, lines[index + 1 :])
    matches = (_NOTE.match(line.text) for line in below if line.gap and page is not None and not line.size)
    return any(match and int(match[1]) == number for match in matches)


def _goes_on(lines: Sequence[Line], index: int, body_size: float, following: int, arabic: bool) -> bool:
    """Whether the line still belongs to the footnotes that the line before it is part of."""
    line = lines[index]
    if line.page != lines[index - 1].page:
        return False
    if body_size and line.size:
        return line.size <= body_size * _SMALLER
    if _URL.fullmatch(line.text.strip()) or _opens(line, 0, following, (), continuing=True):
        return True
    if is_arabic(line.text) and not arabic:
        return True
    return not (line.gap or line.indented)


def _reversed_number(line: Line, following: int) -> bool:
    """Whether an Arabic line that a PDF export left in visual order holds the next note's number."""
    return is_arabic(line.text) and bool(
        re.search(rf"(?<!\d)(?:\.{following}|{following}\.)(?!\d)", line.text)
    )
