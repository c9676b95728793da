"""Arabic of a PDF page in reading order: what its runs of text show, put back as it was written.

A PDF draws from left to right. pypdf turns each run of right-to-left letters around, which is right
where they are drawn as they are seen, but it leaves the runs of a line, and digits and brackets, as
drawn. What is put right follows from the rules of the script (Unicode Standard Annex 9) read
backwards. Where two texts are drawn alike, the place stays as drawn and the page is said to be in doubt.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.characters import normalise

_RIGHT = r"\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF"  # characters of right-to-left scripts
_LEFT = rf"[^\W\d_{_RIGHT}]"  # a letter of another script
# Letters and the marks on them; digits and punctuation of the script are not among them.
_SCRIPT = r"\u0610-\u061A\u0620-\u065F\u066E-\u06D3\u06D5-\u06EF\u06FA-\u06FF\uFB50-\uFDFB\uFE70-\uFEFC"
_OF_RIGHT = re.compile(f"[{_RIGHT}]")
# What makes pypdf turn what follows around, and what ends that; all else goes with what is before it.
_TURNS = re.compile(r"[\u0590-\u065F\u066E-\u06EF\u06FA-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF]")
_ENDS_TURNING = re.compile(rf"[^\x00-/:-@\u2000-\u206F\u20A0-\u21FF{_RIGHT}]")
_ARABIC_LETTER = re.compile(f"[{_SCRIPT}]")
_OTHER_LETTER = re.compile(_LEFT)
_ARABIC_NUMBER = re.compile(
    r"[\u0660-\u0669\u06F0-\u06F9]+(?:[.,/:\u066B\u066C][\u0660-\u0669\u06F0-\u06F9]+)*"
)
_NUMBER = r"\d+(?:[.,/:\u00A0\u066B\u066C]\d+)*"
_SIGN = "%‰°$€£#"  # what belongs to a number beside it (European terminators)
_INSIDE = rf"[^{_SCRIPT}()\[\]]"
_ENCLOSED = rf"\({_INSIDE}*\)|\[{_INSIDE}*\]"
# What reads from left to right amid Arabic: words of other scripts with what joins them, a number.
_LEFT_TO_RIGHT = re.compile(
    rf"(?:{_NUMBER}[^\w()\[\]]*)?{_LEFT}(?:(?:{_INSIDE}|{_ENCLOSED})*(?:{_LEFT}|\d[{_SIGN}]*|{_ENCLOSED}))?"
    rf"|{_NUMBER}"
)
_AMONG = rf"(?:[{_SCRIPT}\d_]|[^\w()\[\]])*"
_AMID_OTHERS = re.compile(rf"[{_SCRIPT}](?:(?:{_AMONG}|\({_AMONG}\)|\[{_AMONG}\])*[{_SCRIPT}])?")
# Joined to its number, or apart from it, by the letter before: Arabic before it is certain, else not.
_UNSURE_SIGN = re.compile(rf"(?:\d[{_SIGN}+-]|[{_SIGN}]\d)(?=[\W\d_]*(?:{_LEFT}|$))")
# The end of Latin words on whose other side a number, or brackets, may have been written.
_UNSURE_END = re.compile(rf"(?:^|\W)(?<!\d[.,/:]){_NUMBER}[{_SIGN}]*$|[)\]]$|^(?>{_NUMBER})\W")
# In a Latin line a number on the left of Arabic words may have been written before or after them.
_UNSURE_NUMBER = re.compile(rf"(?:^|{_LEFT})[\W_]*\d(?:[\W\d_](?<![(\[]))*[{_SCRIPT}]")
_MIRROR = str.maketrans("()[]{}«»<>", ")(][}{»«><")
_BALANCED = re.compile(r"^[^()\n]*(?:\([^()\n]*\)[^()\n]*)+$", re.MULTILINE)
# Nothing but pairs turned the wrong way, each apart from the words around it, not from those inside.
_REVERSED = re.compile(
    r"^[^()\n]*(?:(?<!\w)\)(?:(?=\S)[^()\n]*|(?=\s)[^()\n]*(?<=\S))\((?!\w)[^()\n]*)+$", re.MULTILINE
)
# Taa marbuta and alef maqsura stand at the end of a word alone.
_BACKWARDS = re.compile(rf"(?<![{_SCRIPT}])[ةىﺔﺓﻰﻯ][{_SCRIPT}]{{2}}")
_FORWARDS = re.compile(rf"[{_SCRIPT}]{{2}}[ةىﺔﺓﻰﻯ](?![{_SCRIPT}])")
# No Arabic word begins with alef before an alef with hamza or madda, many with lam between: lam-alef
# undone. In Persian it is a lost space ("با آل"), so its letters forbid the rule, and so does a word
# that can be it.
_UNDONE_LAM_ALEF = re.compile(rf"(?<![{_SCRIPT}])([وفبك]?ا(?=[أإ])|[وف]?ا(?=آ))([أإآ])ل")
_PERSIAN = re.compile("[پچژگیک]")
_TELLING = 3  # words that tell how a page is written
_MIXED = 4  # times as many words the right way round make the others look like slips
_SLACK = 3.0  # points by which a run may begin before the one before it


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one direction as pypdf gives it; `x` is where it begins, in points along its line."""

    text: str
    x: float


def in_reading_order(rows: Sequence[Sequence[Run]]) -> tuple[list[str], str | None]:
    """The text of each row of a page as it was written, and why it may be another all the same.

    A row without Arabic characters stays as it is. The reason is None where nothing says so.
    """
    texts = ["".join(run.text for run in row) for row in rows]
    page = "\n".join(texts)
    if not _ARABIC_LETTER.search(page) and not _ARABIC_NUMBER.search(page):
        return texts, None
    turns = _turns(rows)
    unsure = None
    if len(_BACKWARDS.findall(page)) >= _TELLING and not _FORWARDS.search(page):
        # Drawn in the order of typing: it is pypdf's turning that spelt the words backwards.
        ordered = [
            text if _is_mixed(row) else _drawn(row, turned)
            for row, turned, text in zip(rows, turns, texts, strict=True)
        ]
    else:
        ordered, unsure = _ordered_page(rows, turns, _mostly_arabic(page))
    ordered = [
        normalise(new) if _OF_RIGHT.search(old) else old for new, old in zip(ordered, texts, strict=True)
    ]
    page = "\n".join(ordered)
    if not _PERSIAN.search(page):
        ordered = [_UNDONE_LAM_ALEF.sub(r"\1ل\2", text) for text in ordered]
    return ordered, _misspelt(page) or unsure


def _misspelt(page: str) -> str | None:
    """What the words of a page in reading order show that no rule puts right."""
    backwards, forwards = len(_BACKWARDS.findall(page)), len(_FORWARDS.findall(page))
    if backwards >= _TELLING and _MIXED * backwards > forwards:
        return "some Arabic words are stored backwards"
    if _UNDONE_LAM_ALEF.search(page) and not _PERSIAN.search(page):  # inside a word only a dictionary tells
        return (
            "Arabic letters joined in print (lam-alef) are stored in the wrong order: words may be misspelt"
        )
    return None


def _ordered_page(
    rows: Sequence[Sequence[Run]], turns: Sequence[Sequence[bool]], mostly_arabic: bool
) -> tuple[list[str], str | None]:
    """Each row as it was written, and what of their order is not certain.

    Some producers store a bracket by its form, some by its meaning. Pairs tell which; where they do
    not, brackets stay as they are stored.
    """
    plain, mirrored = (
        [_ordered(row, turned, mostly_arabic, by_form) for row, turned in zip(rows, turns, strict=True)]
        for by_form in (False, True)
    )
    texts = [text for text, _ in plain]
    reason = None if all(sure for _, sure in plain) else "Arabic words and numbers may be in the wrong order"
    bracketed = "\n".join(text for text, (other, _) in zip(texts, mirrored, strict=True) if text != other)
    right, wrong = _BALANCED.search(bracketed), _REVERSED.search(bracketed)
    if wrong and not right:
        return [text for text, _ in mirrored], reason
    if bracketed and (wrong or not right):
        return texts, reason or "brackets amid Arabic may be turned the wrong way"
    return texts, reason


def _ordered(
    row: Sequence[Run], turned: Sequence[bool], mostly_arabic: bool, mirrored: bool
) -> tuple[str, bool]:
    """One row, each word and number as it was written and in that order; whether that is certain.

    Runs of which most begin on the left of the one before were placed in order. Runs that follow each
    other from left to right were drawn as they are seen: they are read from the right where page and
    row are mostly Arabic, from the left where neither is. A run of both directions, which pypdf makes
    of glyphs that stand for several characters, tells nothing.
    """
    text = "".join(run.text for run in row)
    if not _OF_RIGHT.search(text):
        return text, True
    places = [run.x for run in row if run.text.strip()]
    back = sum(before > after + _SLACK for before, after in pairwise(places))
    placed = 2 * back > len(places) - 1
    if _is_mixed(row):
        return text, placed or len(places) == 1
    if back:
        return _with_numbers_turned(row, turned), placed
    drawn = _drawn(row, turned)
    from_right, from_left = _turned(drawn, mirrored), _from_left(drawn, mirrored)
    if from_right.strip() == from_left.strip():
        return from_right, True
    if mostly_arabic and _mostly_arabic(text):
        return from_right, not _is_unsure_from_right(drawn)
    return from_left, not (mostly_arabic or _mostly_arabic(text) or _is_unsure_from_left(drawn))


def _is_unsure_from_right(drawn: str) -> bool:
    """Whether other Arabic than what `_turned` makes of the characters would be drawn like them.

    "2003 CNN" behind an Arabic word is drawn as "CNN 2003" is, and so are brackets in place of the
    number. A sign is drawn on either side of its number, by the word before.
    """
    words = (match[0] for match in _LEFT_TO_RIGHT.finditer(drawn) if _OTHER_LETTER.search(match[0]))
    return _UNSURE_SIGN.search(drawn) is not None or any(map(_UNSURE_END.search, words))


def _is_unsure_from_left(drawn: str) -> bool:
    """The same of `_from_left`: numbers and brackets beside Arabic words may belong before or after."""
    ends = [match.span() for match in _AMID_OTHERS.finditer(drawn)]
    gaps = [drawn[end:start] for (_, end), (start, _) in pairwise(ends)]
    return _UNSURE_NUMBER.search(drawn) is not None or not all(map(_OTHER_LETTER.search, gaps))


def _mostly_arabic(text: str) -> bool:
    return len(_ARABIC_LETTER.findall(text)) > len(_OTHER_LETTER.findall(text))


def _is_mixed(row: Sequence[Run]) -> bool:
    """Whether any of its runs is of both directions."""
    return any(_TURNS.search(run.text) and _ENDS_TURNING.search(run.text) for run in row)


def _turns(rows: Sequence[Sequence[Run]]) -> list[list[bool]]:
    """Whether pypdf turned each run around: punctuation goes with what is before it, of any row."""
    turned = False
    turns: list[list[bool]] = []
    for row in rows:
        turns.append([])
        for run in row:
            turned = bool(_TURNS.search(run.text)) or (turned and not _ENDS_TURNING.search(run.text))
            turns[-1].append(turned)
    return turns


def _drawn(row: Sequence[Run], turned: Sequence[bool]) -> str:
    """The characters from left to right: pypdf's turning undone."""
    return "".join(run.text[::-1] if back else run.text for run, back in zip(row, turned, strict=True))


def _with_numbers_turned(row: Sequence[Run], turned: Sequence[bool]) -> str:
    """The row as pypdf gives it but for the digits that it turned around."""
    return "".join(
        _ARABIC_NUMBER.sub(lambda match: match[0][::-1], run.text) if back else run.text
        for run, back in zip(row, turned, strict=True)
    )


def _from_left(drawn: str, mirrored: bool) -> str:
    """Characters drawn from left to right read so, stretches of Arabic words from the right."""
    return _AMID_OTHERS.sub(lambda match: _turned(match[0], mirrored), drawn)


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
