"""A row of Arabic or Hebrew, from the order in which it is seen to that in which it is read.

What is put right follows from the rules of the script (Unicode Standard Annex 9) read backwards.
Where other words would be drawn alike, that is said.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from ingest.reasons import Reason

# Arabic letters and the marks on them; digits and punctuation of the script are not among them.
ARABIC = r"\u0610-\u061A\u0620-\u065F\u066E-\u06D3\u06D5-\u06EF\u06FA-\u06FF\uFB50-\uFDFB\uFE70-\uFEFC"
_RIGHT = rf"\u0590-\u05FF{ARABIC}\u0700-\u08FF\uFB1D-\uFB4F"  # letters of all right-to-left scripts
_RIGHT_LETTER = re.compile(f"[{_RIGHT}]")
_OTHER = rf"[^\W\d_{_RIGHT}]"  # a letter of another script
_OTHER_LETTER = re.compile(_OTHER)
_FROM_RIGHT = re.compile(f"[{_RIGHT}٠-٩۰-۹]")
_FIGURES = r"\d+(?:[.,/:\u00A0\u066B\u066C]\d+)*"
_TELEPHONE = r"\+\d+(?:[ \u00A0-]\d+)+"  # the country at its left, where no number amid Arabic begins
_SIGN = "%‰°$€£#"  # what belongs to a number beside it (European terminators)
_INSIDE = rf"[^{_RIGHT}()\[\]]"
_ENCLOSED = rf"\({_INSIDE}*\)|\[{_INSIDE}*\]"


def _left_to_right(figures: str) -> re.Pattern[str]:
    """What reads from left to right amid Arabic: words of other scripts with what joins them, a number."""
    figures = rf"(?:{_TELEPHONE}|{figures})"
    joined = rf"(?:{_INSIDE}|{_ENCLOSED})*(?:{_OTHER}|\d[{_SIGN}]*|{_ENCLOSED})"
    return re.compile(rf"(?:{figures}[^\w()\[\]]*)?{_OTHER}(?:{joined})?|{figures}")


_LEFT_TO_RIGHT = _left_to_right(_FIGURES)
# Behind a Hebrew word a number keeps its signs, and a hyphen joins two.
_IN_HEBREW = _left_to_right(rf"[{_SIGN}]*\d+(?:[.,/:\u00A0+-]\d+)*[{_SIGN}]*")
_HEBREW = re.compile(r"[\u05D0-\u05EA]")
_ARABIC = re.compile(f"[{ARABIC}]")
_AMONG = rf"(?:[{_RIGHT}\d_]|[^\w()\[\]])*"
_AMID_OTHERS = re.compile(rf"[{_RIGHT}](?:(?:{_AMONG}|\({_AMONG}\)|\[{_AMONG}\])*[{_RIGHT}])?")
# Joined to its number, or apart from it, by the letter before: Arabic before it is certain, else not.
_UNSURE_SIGN = re.compile(rf"(?:\d[{_SIGN}+-]|[{_SIGN}]\d)(?=[\W\d_]*(?:{_OTHER}|$))")
# The end of Latin words on whose other side a number, or brackets, may have been written.
_UNSURE_END = re.compile(rf"(?:^|\W)(?<!\d[.,/:]){_FIGURES}[{_SIGN}]*$|[)\]]$|^(?>{_FIGURES})\W")
# In a Latin line a number on the left of Arabic words may have been written before or after them.
_UNSURE_NUMBER = re.compile(rf"(?:^|{_OTHER})[\W_]*\d(?:[\W\d_](?<![(\[]))*[{_RIGHT}]")
_ENDS_LEFT = re.compile(rf"[.!:؟،؛][{_RIGHT}]")  # what closes a sentence that is read from the right
_OPENING, _CLOSING = "([{«", ")]}»"
_MIRROR = str.maketrans(_OPENING + _CLOSING, _CLOSING + _OPENING)
_BRACKET = re.compile(r"[()\[\]{}«»]")
_PAIR = re.compile(r"\(\)|\[\]|\{\}|«»")
_OUTSIDE = re.compile(r"[\s.,:;!?،؛؟()\[\]{}«»\"'“”-]")  # what may touch a bracket from without


@dataclass(frozen=True, slots=True)
class Reading:
    """A row as it is read: the places in the row of its characters, these, and why they may be others."""

    places: tuple[int, ...]
    text: str
    doubt: Reason | None


def is_from_right(text: str) -> bool:
    """True if any letter or figure is of a script that is read from the right."""
    return bool(_FROM_RIGHT.search(text))


def is_mostly_from_right(text: str) -> bool:
    """True if more letters are of scripts that are read from the right than are not."""
    return len(_RIGHT_LETTER.findall(text)) > len(_OTHER_LETTER.findall(text))


def read(drawn: str, right_page: bool) -> Reading:
    """The row of characters that are drawn from left to right as it was written.

    It is read from the right if it and its page mostly are, which `right_page` says of the page, or if the
    page is and a sentence ends at its left. Where only one of them is, that is not certain.
    """
    seen, certain = _with_brackets_as_seen(drawn)
    places, sure = _places(seen, right_page)
    steps = [before > at for before, at in pairwise(places)] or [False]
    pairs = zip(places, [steps[0], *steps], strict=False)
    text = "".join(seen[at].translate(_MIRROR) if back else seen[at] for at, back in pairs)
    doubt = None if certain else Reason("brackets_in_doubt")
    return Reading(tuple(places), text, doubt if sure else Reason("order_in_doubt"))


def _places(seen: str, right_page: bool) -> tuple[list[int], bool]:
    """The places of the characters in the order of reading; True if that is certain."""
    from_right, from_left = _from_right(seen), _from_left(seen)
    if _words(seen, from_right) == _words(seen, from_left):
        return from_right, True
    right_row = is_mostly_from_right(seen) or (
        right_page and (not _OTHER_LETTER.search(seen) or bool(_ENDS_LEFT.match(seen)))
    )
    if right_page and right_row:
        return from_right, _is_sure_from_right(seen)
    return from_left, not (right_page or right_row) and _is_sure_from_left(seen)


def _with_brackets_as_seen(drawn: str) -> tuple[str, bool]:
    """The row with each bracket in the form in which it is seen, and True if that is certain.

    Producers and PDFium store it by its form or by its meaning. It stands close to what is inside; where
    spaces do not tell, pairs do.
    """
    told = {match.start(): _opens(drawn, match.start()) for match in _BRACKET.finditer(drawn)}
    spaced = "".join(
        c if told.get(at) is None or told[at] == (c in _OPENING) else c.translate(_MIRROR)
        for at, c in enumerate(drawn)
    )
    if None not in told.values():
        return spaced, True
    turned = "".join(c.translate(_MIRROR) if told.get(at, c) is None else c for at, c in enumerate(spaced))
    ways = (spaced, turned, drawn, drawn.translate(_MIRROR))
    paired = next(filter(_is_paired, ways), None)
    return paired or drawn, paired is not None


def _opens(drawn: str, at: int) -> bool | None:
    """True if the bracket there is seen to open on what is at its right; None where spaces do not tell."""
    free_left = at == 0 or bool(_OUTSIDE.match(drawn[at - 1]))
    free_right = at + 1 == len(drawn) or bool(_OUTSIDE.match(drawn[at + 1]))
    return free_left if free_left != free_right else None


def _is_paired(seen: str) -> bool:
    """True if every bracket that opens is closed."""
    brackets = "".join(_BRACKET.findall(seen))
    while (fewer := _PAIR.sub("", brackets)) != brackets:
        brackets = fewer
    return not brackets


def _words(seen: str, places: list[int]) -> str:
    return "".join(seen[at] for at in places).strip()


def _from_right(seen: str) -> list[int]:
    """The places from right to left, those of other words and numbers from left to right."""
    places: list[int] = []
    end = 0
    hebrew = _HEBREW.search(seen) and not _ARABIC.search(seen)
    for match in (_IN_HEBREW if hebrew else _LEFT_TO_RIGHT).finditer(seen):
        places = [*range(*match.span()), *range(match.start() - 1, end - 1, -1), *places]
        end = match.end()
    return [*range(len(seen) - 1, end - 1, -1), *places]


def _from_left(seen: str) -> list[int]:
    """The places from left to right, those of stretches of Arabic words from right to left."""
    places = list(range(len(seen)))
    for match in _AMID_OTHERS.finditer(seen):
        places[match.start() : match.end()] = [match.start() + at for at in _from_right(match[0])]
    return places


def _is_sure_from_right(seen: str) -> bool:
    """True if only what `_from_right` makes of the characters would be drawn like them.

    "2003 CNN" behind an Arabic word is drawn as "CNN 2003" is, and so are brackets in place of the
    number. A sign is drawn on either side of its number, by the word before.
    """
    words = (match[0] for match in _LEFT_TO_RIGHT.finditer(seen) if _OTHER_LETTER.search(match[0]))
    return not (_UNSURE_SIGN.search(seen) or any(map(_UNSURE_END.search, words)))


def _is_sure_from_left(seen: str) -> bool:
    """The same of `_from_left`: numbers and brackets beside Arabic words may belong before or after."""
    ends = [match.span() for match in _AMID_OTHERS.finditer(seen)]
    gaps = [seen[end:start] for (_, end), (start, _) in pairwise(ends)]
    return not _UNSURE_NUMBER.search(seen) and all(map(_OTHER_LETTER.search, gaps))
