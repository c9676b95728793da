"""A line of Arabic and other words, from the order in which it is drawn to that in which it is read.

What is put right follows from the rules of the script (Unicode Standard Annex 9) read backwards.
"""

import re
from itertools import pairwise

OF_RIGHT = r"\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF"  # characters of right-to-left scripts
# Arabic letters and the marks on them; digits and punctuation of the script are not among them.
ARABIC = r"\u0610-\u061A\u0620-\u065F\u066E-\u06D3\u06D5-\u06EF\u06FA-\u06FF\uFB50-\uFDFB\uFE70-\uFEFC"
ARABIC_FIGURES = re.compile(
    r"[\u0660-\u0669\u06F0-\u06F9]+(?:[.,/:\u066B\u066C][\u0660-\u0669\u06F0-\u06F9]+)*"
)
_ARABIC_LETTER = re.compile(f"[{ARABIC}]")
_OTHER = rf"[^\W\d_{OF_RIGHT}]"  # a letter of another script
_OTHER_LETTER = re.compile(_OTHER)
_FIGURES = r"\d+(?:[.,/:\u00A0\u066B\u066C]\d+)*"
_SIGN = "%‰°$€£#"  # what belongs to a number beside it (European terminators)
_INSIDE = rf"[^{ARABIC}()\[\]]"
_ENCLOSED = rf"\({_INSIDE}*\)|\[{_INSIDE}*\]"
# What reads from left to right amid Arabic: words of other scripts with what joins them, a number.
_LEFT_TO_RIGHT = re.compile(
    rf"(?:{_FIGURES}[^\w()\[\]]*)?{_OTHER}(?:(?:{_INSIDE}|{_ENCLOSED})*(?:{_OTHER}|\d[{_SIGN}]*|{_ENCLOSED}))?"
    rf"|{_FIGURES}"
)
_AMONG = rf"(?:[{ARABIC}\d_]|[^\w()\[\]])*"
_AMID_OTHERS = re.compile(rf"[{ARABIC}](?:(?:{_AMONG}|\({_AMONG}\)|\[{_AMONG}\])*[{ARABIC}])?")
# Joined to its number, or apart from it, by the letter before: Arabic before it is certain, else not.
_UNSURE_SIGN = re.compile(rf"(?:\d[{_SIGN}+-]|[{_SIGN}]\d)(?=[\W\d_]*(?:{_OTHER}|$))")
# The end of Latin words on whose other side a number, or brackets, may have been written.
_UNSURE_END = re.compile(rf"(?:^|\W)(?<!\d[.,/:]){_FIGURES}[{_SIGN}]*$|[)\]]$|^(?>{_FIGURES})\W")
# In a Latin line a number on the left of Arabic words may have been written before or after them.
_UNSURE_NUMBER = re.compile(rf"(?:^|{_OTHER})[\W_]*\d(?:[\W\d_](?<![(\[]))*[{ARABIC}]")
_MIRROR = str.maketrans("()[]{}«»<>", ")(][}{»«><")
_BALANCED = re.compile(r"^[^()\n]*(?:\([^()\n]*\)[^()\n]*)+$", re.MULTILINE)
# Nothing but pairs turned the wrong way, each apart from the words around it, not from those inside.
_REVERSED = re.compile(
    r"^[^()\n]*(?:(?<!\w)\)(?:(?=\S)[^()\n]*|(?=\s)[^()\n]*(?<=\S))\((?!\w)[^()\n]*)+$", re.MULTILINE
)


def has_arabic(text: str) -> bool:
    """True if any letter or figure of the text is Arabic."""
    return bool(_ARABIC_LETTER.search(text) or ARABIC_FIGURES.search(text))


def is_mostly_arabic(text: str) -> bool:
    """True if more letters of the text are Arabic than are not of a right-to-left script."""
    return len(_ARABIC_LETTER.findall(text)) > len(_OTHER_LETTER.findall(text))


def read_from_right(drawn: str, mirrored: bool) -> str:
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


def read_from_left(drawn: str, mirrored: bool) -> str:
    """Characters drawn from left to right read so, stretches of Arabic words from the right."""
    return _AMID_OTHERS.sub(lambda match: read_from_right(match[0], mirrored), drawn)


def is_sure_from_right(drawn: str) -> bool:
    """True if only what `read_from_right` makes of the characters would be drawn like them.

    "2003 CNN" behind an Arabic word is drawn as "CNN 2003" is, and so are brackets in place of the
    number. A sign is drawn on either side of its number, by the word before.
    """
    words = (match[0] for match in _LEFT_TO_RIGHT.finditer(drawn) if _OTHER_LETTER.search(match[0]))
    return not (_UNSURE_SIGN.search(drawn) or any(map(_UNSURE_END.search, words)))


def is_sure_from_left(drawn: str) -> bool:
    """The same of `read_from_left`: numbers and brackets beside Arabic words may belong before or after."""
    ends = [match.span() for match in _AMID_OTHERS.finditer(drawn)]
    gaps = [drawn[end:start] for (_, end), (start, _) in pairwise(ends)]
    return not _UNSURE_NUMBER.search(drawn) and all(map(_OTHER_LETTER.search, gaps))


def are_brackets_mirrored(lines: str) -> bool | None:
    """True if a bracket is stored by the form that is seen, False if by its meaning, as producers differ.

    The pairs in the lines tell, read as stored: "(a)" by meaning, ")a(" by form. None where they do
    not: both kinds, or neither.
    """
    meant, seen = bool(_BALANCED.search(lines)), bool(_REVERSED.search(lines))
    return None if meant == seen else seen
