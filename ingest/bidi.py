"""Arabic of a PDF page in reading order: what its runs of text show, put back as it was written.

A PDF draws from left to right. pypdf turns each run of right-to-left letters around, which is right
where they are drawn as they are seen, but it leaves the runs of a line, and digits and brackets, as
drawn. What is put right follows from rules of the script (Unicode Standard Annex 9 read backwards)
that admit no exception; where they do not decide, nothing changes, and what looks wrong is said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.characters import normalise

_RIGHT = r"\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF"  # the characters that pypdf turns around
_LEFT = rf"[^\W\d_{_RIGHT}]"  # a letter of another script
# Letters and the marks on them; digits and punctuation of the script are not among them.
_SCRIPT = r"\u0610-\u061A\u0620-\u065F\u066E-\u06D3\u06D5-\u06EF\u06FA-\u06FF\uFB50-\uFDFB\uFE70-\uFEFC"
_TURNED = re.compile(f"[{_RIGHT}]")
_NOT_TURNED = re.compile(rf"{_LEFT}|[0-9]")
_ARABIC_LETTER = re.compile(f"[{_SCRIPT}]")
_OTHER_LETTER = re.compile(_LEFT)
_ARABIC_NUMBER = re.compile(
    r"[\u0660-\u0669\u06F0-\u06F9]+(?:[.,/:\u066B\u066C][\u0660-\u0669\u06F0-\u06F9]+)*"
)
# What reads from left to right amid Arabic: words of other scripts with what joins them, a number.
_LEFT_TO_RIGHT = re.compile(rf"{_LEFT}(?:[^{_SCRIPT}]*(?:{_LEFT}|\d))?|\d+(?:[.,/:\u066B\u066C]\d+)*")
_AMID_OTHERS = re.compile(rf"[{_SCRIPT}](?:[{_SCRIPT}\W\d_]*[{_SCRIPT}])?")
_MIRROR = str.maketrans("()[]{}«»<>", ")(][}{»«><")
_BRACKETS = re.compile(rf"(?<!\S)[(\[«][{_SCRIPT}]|[{_SCRIPT}][)\]»](?!\w)")
_MIRRORED = re.compile(rf"(?<!\S)[)\]»][{_SCRIPT}]|[{_SCRIPT}][(\[«](?!\w)|(?<!\S)\) [^()]* \((?!\S)")
# Taa marbuta and alef maqsura stand at the end of a word alone.
_BACKWARDS = re.compile(rf"(?<![{_SCRIPT}])[ةىﺔﺓﻰﻯ][{_SCRIPT}]{{2}}")
_FORWARDS = re.compile(rf"[{_SCRIPT}]{{2}}[ةىﺔﺓﻰﻯ](?![{_SCRIPT}])")
# No word begins with alef before an alef with hamza or madda, many with lam between: lam-alef undone.
_UNDONE_LAM_ALEF = re.compile(rf"(?<![{_SCRIPT}])([وفبك]?ا)([أإآ])ل")
_TELLING = 3  # words that tell how a page is written
_MIXED = 4  # times as many words the right way round make the others look like slips
_SLACK = 3.0  # points by which a run may begin before the one before it


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one direction as pypdf gives it; `x` is where it begins, in points along its line."""

    text: str
    x: float


def in_reading_order(rows: Sequence[Sequence[Run]]) -> tuple[list[str], str | None]:
    """The text of each row of a page as it was written, and why it may be misspelt all the same.

    A row without Arabic characters stays as it is. The reason is None where nothing says so.
    """
    texts = ["".join(run.text for run in row) for row in rows]
    page = "\n".join(texts)
    if not _ARABIC_LETTER.search(page) and not _ARABIC_NUMBER.search(page):
        return texts, None
    if len(_BACKWARDS.findall(page)) >= _TELLING and not _FORWARDS.search(page):
        # Drawn in the order of typing: it is pypdf's turning that spelt the words backwards.
        ordered = [text if _is_mixed(row) else _drawn(row) for row, text in zip(rows, texts, strict=True)]
    else:
        mostly_arabic = _mostly_arabic(page)
        ordered = [_ordered(row, mostly_arabic, mirrored=False) for row in rows]
        said = "\n".join(filter(_mostly_arabic, ordered))
        if _MIRRORED.search(said) and not _BRACKETS.search(said):
            ordered = [_ordered(row, mostly_arabic, mirrored=True) for row in rows]
    ordered = [
        normalise(new) if _TURNED.search(old) else old for new, old in zip(ordered, texts, strict=True)
    ]
    return [_UNDONE_LAM_ALEF.sub(r"\1ل\2", text) for text in ordered], _doubt("\n".join(ordered))


def _doubt(page: str) -> str | None:
    """What a page in reading order shows that no rule puts right."""
    backwards, forwards = len(_BACKWARDS.findall(page)), len(_FORWARDS.findall(page))
    if backwards >= _TELLING and _MIXED * backwards > forwards:
        return "some Arabic words are stored backwards"
    if _UNDONE_LAM_ALEF.search(page):  # inside a word only a dictionary tells
        return (
            "Arabic letters joined in print (lam-alef) are stored in the wrong order: words may be misspelt"
        )
    return None


def _ordered(row: Sequence[Run], mostly_arabic: bool, mirrored: bool) -> str:
    """One row, each word and number as it was written, and in that order where the row tells it.

    Runs that follow each other from left to right were drawn as they are seen. They are read from
    the right where page and row are mostly Arabic; elsewhere, stretches without other letters are.
    A run of both directions, which pypdf makes of glyphs that stand for several characters, tells
    nothing.
    """
    text = "".join(run.text for run in row)
    if not _TURNED.search(text) or _is_mixed(row):
        return text
    visible = [run for run in row if run.text.strip()]
    if any(before.x > after.x + _SLACK for before, after in pairwise(visible)):
        return _ARABIC_NUMBER.sub(lambda match: match[0][::-1], text)
    if mostly_arabic and _mostly_arabic(text):
        return _turned(_drawn(row), mirrored)
    return _AMID_OTHERS.sub(lambda match: _turned(match[0], mirrored), _drawn(row))


def _mostly_arabic(text: str) -> bool:
    return len(_ARABIC_LETTER.findall(text)) > len(_OTHER_LETTER.findall(text))


def _is_turned(run: Run) -> bool:
    return _TURNED.search(run.text) is not None


def _is_mixed(row: Sequence[Run]) -> bool:
    """Whether any of its runs is of both directions."""
    return any(_is_turned(run) and _NOT_TURNED.search(run.text) for run in row)


def _drawn(row: Sequence[Run]) -> str:
    """The characters from left to right: pypdf's turning of right-to-left runs undone."""
    return "".join(run.text[::-1] if _is_turned(run) else run.text for run in row)


def _turned(drawn: str, mirrored: bool) -> str:
    """Characters drawn from left to right read from the right, other words and numbers as they are.

    `mirrored` brackets are stored by the form that is seen: the one that opens on the right as ")".
    """
    parts: list[str] = []
    end = 0
    for match in [*_LEFT_TO_RIGHT.finditer(drawn), None]:
        between = drawn[end : match.start() if match else len(drawn)][::-1]
        parts.append(between.translate(_MIRROR) if mirrored else between)
        if match:
            parts.append(match[0])
            end = match.end()
    return "".join(reversed(parts))
