"""Where the sentences of a block begin and end."""

import re
from collections.abc import Iterator
from functools import cache

import sentencex

from ingest.characters import SUPERSCRIPT
from ingest.document import Span
from ingest.languages import BY_CODE
from ingest.languages.english import ENGLISH

# A footnote's mark after a full stop belongs to the sentence it ends: `factions.”9 The next`.
_MARK = re.compile(rf"(?:\[?\d{{1,3}}\]?|[*†‡]+|\[?{SUPERSCRIPT}[{SUPERSCRIPT[1:-1]},–]*\]?)(?=\s|$)")
# ... and a sentence may end behind one: `since 1911”.2 Later, the`, which a segmenter does not see.
_MARKED_END = re.compile(r"(?<=[^\W\d])[”\"’')\]]*[.!?][”\"’')\]]*\d{1,3}\s+(?=[“\"‘'(]*[A-Z])|"
                         r"(?<=[”\"’')])[.!?]\d{1,3}\s+(?=[“\"‘'(]*[A-Z])")  # fmt: skip
_ARABIC_END = re.compile(r"(?<=[\u0621-\u0652»”\")\]\d][\u0621-\u0652»”\")\]\d])[.؟!]+[»”\")\]]*\s+(?=\S)")

# No sentence ends behind an item's number, a shortened "volume" before its own, or an Arabic initial.
_NO_END = r"^\W*(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s+|(?<![\u0621-\u0652])[\u0621-\u064A]\.\s+"

_LONGEST = 5000  # characters of a sentence: more is no sentence, but a table or a text without stops
_BULLET = re.compile(r"(?:[^\w\s\"'“‘«(\[]\s+)")


def sentence_spans(text: str, start: int, end: int, language: str) -> list[Span]:
    """The sentences of `text[start:end]`, in order, without the spaces between them.

    Together they hold every visible character of the stretch, each at most 5,000.
    `language` is a two-letter code.
    """
    stretch = text[start:end]
    code = language if language != "und" else "en"
    bullet = _BULLET.match(stretch)  # sentencex takes a short item with its bullet for one sentence
    begin = bullet.end() if bullet else 0
    cuts = {begin + cut["end_index"] for cut in sentencex.get_sentence_boundaries(code, stretch[begin:])}
    cuts = {
        cut + len(mark[0]) if (mark := _MARK.match(stretch, cut)) and _glued(stretch, cut) else cut
        for cut in cuts
    }
    cuts |= {match.end() for match in _MARKED_END.finditer(stretch)}
    cuts |= {match.end() for match in _ARABIC_END.finditer(stretch)}
    cuts -= {match.end() for match in _no_end(code).finditer(stretch)}
    spans = []
    last = 0
    for cut in _close(stretch, sorted({*cuts, len(stretch)})):
        piece = stretch[last:cut]
        if visible := piece.strip():
            begin = start + last + piece.index(visible[0])
            spans.append(Span(begin, begin + len(visible)))
            last = cut
    return spans


def _close(text: str, cuts: list[int]) -> Iterator[int]:
    """The cuts, with more of them, at spaces where there are any, in what is too long for a sentence."""
    last = 0
    for cut in cuts:
        while cut - last > _LONGEST:
            space = text.rfind(" ", last, last + _LONGEST)
            last = space if space > last else last + _LONGEST
            yield last
        yield cut
        last = cut


def _glued(text: str, cut: int) -> bool:
    """True if no space stands before the cut."""
    return cut > 0 and not text[cut - 1].isspace()


@cache
def _no_end(code: str) -> re.Pattern[str]:
    """Where no sentence of that language ends, whatever a segmenter says."""
    language = BY_CODE.get(code, ENGLISH)
    shortened = "|".join(sorted(language.abbreviations))
    return re.compile(rf"{_NO_END}|\b(?:{shortened})\.\s+(?=\d)", re.IGNORECASE)
