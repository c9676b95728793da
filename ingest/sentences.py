"""Where the sentences of a block begin and end: at stops, by what stands before and behind them.

A stop that may end a sentence or not ("the U.S. Senate") ends none: a quote of two sentences is whole, half
a sentence is not. `python -m tests.measure.sentence_ends` compares this with libraries that do the same.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from ingest.characters import LRO, POP, RLO, SUPERSCRIPT, UNSPACED
from ingest.document import Span
from ingest.languages import BY_CODE
from ingest.languages.english import ENGLISH
from ingest.languages.language import Language

# A stop with what closes behind it and a footnote's mark: `since 1911”.2 Later, the`.
_STOP = re.compile(
    r"(?P<stop>[.!?…؟۔।॥։]+)(?P<closed>[”\"’'»)\]]*)"
    rf"(?P<mark>\[\d{{1,3}}\]|\d{{1,3}}|[*†‡]+|\[?{SUPERSCRIPT}[{SUPERSCRIPT[1:-1]},–]*\]?)?\s+(?=\S)"
    r"|[。！？｡]+[”’」』）]*\s*(?=\S)"
    r"|(?:(?<=[a-zà-ÿ]{2})|(?<=\d{4})|(?<=[)”]))[.!?]”?(?=[A-Z][a-z]+[.\s])"  # a space that a PDF has lost
    r"|\s+(?=[•▪●◦]\s)"  # a list on one line
)
_LETTER = r"(?:[^\W_]|[\u064b-\u0652\u0670])"  # Arabic vowel marks are no word characters
_BEFORE = re.compile(rf"(?:(?P<number>\d)\s)?(?<!\w)(?P<word>{_LETTER}+(?:\.{_LETTER}+)*)[^\w.]*$")
_BEHIND = re.compile(r"[^\w\s]*(?P<word>[^\W_]+)(?P<rest>\S*)")
_LABEL = re.compile(r"\w*\d\w*|[IVXLC]+|[A-Z]")  # "Fig. S2", "Vol. III", "App. B"
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")  # "U.S", "Ph.D"
_WITHIN = 40  # characters before a stop that are looked at
_ELLIPSIS = 3
_DAY = 2  # digits of an ordinal: "3. Mai"
_LEVELS = 2  # stops in a number that makes it a clause's: "4.2.1. من العقد"
_SHORT = 3  # letters of what may be an unlisted abbreviation: "spp. in sheep"

# Together whatever it holds: `He said “Go. Now.” and went`.
_WHOLE = re.compile(
    r"“[^“”]{1,300}”|„[^„“”]{1,300}[“”]|«[^«»]{1,300}»|\([^()]{1,300}\)|\[[^\[\]]{1,300}\]"
    r"|(?<![\w.,;!?\"])\"(?=\S)[^\"]{1,300}(?<=\S)\""
    rf"|[{RLO}{LRO}][^{POP}]*{POP}"
)
_ENUMERATED = re.compile(r"\W*(?:(?:\d{1,3}\.)*\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s+", re.IGNORECASE)
LONGEST = 5000  # characters of a sentence: more is no sentence, but a table or a text without stops
_LONG = range(1_000, 10_001)  # letters of a word that counts for a tenth of them: a key, an address
_WORD = re.compile(r"\S+")


def sentence_spans(text: str, start: int, end: int, language: str) -> list[Span]:
    """The sentences of `text[start:end]`, in order, without the spaces between them.

    Together they hold every visible character of the stretch, each at most 5,000, of which a
    word of thousands of letters takes a tenth. `language` is a two-letter code.
    """
    stretch = text[start:end]
    known = BY_CODE.get(language)
    item = _ENUMERATED.match(stretch)  # no sentence ends behind its number
    stops = _STOP.finditer(stretch, item.end() if item else 0)
    ends = [stop.end() for stop in stops if _ends(stop, known or ENGLISH, sure=known is not None)]
    cuts = _outside(ends, stretch)
    spans = []
    last = 0
    for cut in _close(stretch, [*cuts, len(stretch)]):
        piece = stretch[last:cut]
        if visible := piece.strip():
            begin = start + last + piece.index(visible[0])
            spans.append(Span(begin, begin + len(visible)))
            last = cut
    return spans


def _outside(cuts: list[int], text: str) -> list[int]:
    """The cuts that are not within quotation marks or brackets."""
    wholes = [match.span() for match in _WHOLE.finditer(text)] if cuts else []
    starts = [start for start, _ in wholes]
    last = (bisect_left(starts, cut) - 1 for cut in cuts)
    return [cut for cut, at in zip(cuts, last, strict=True) if at < 0 or wholes[at][1] <= cut]


def _close(text: str, cuts: list[int]) -> Iterator[int]:
    """The cuts, with more of them, at spaces where there are any, in what is too long for a sentence."""
    last = 0
    for cut in cuts:
        if cut - last > LONGEST:
            yield from _within(text, last, cut)
        yield cut
        last = cut


def _within(text: str, start: int, end: int) -> Iterator[int]:
    """Cuts before the words with which a part would be too long, and in a word that is so by itself."""
    length = 0
    for word in _WORD.finditer(text, start, end):
        weight = _weight(word[0]) + 1  # and its space
        if length and length + weight > LONGEST:
            yield word.start()
            length = 0
        length += weight
        if length > LONGEST:
            yield from range(word.start() + LONGEST, word.end(), LONGEST)
            length = (word.end() - word.start()) % LONGEST


def _weight(word: str) -> int:
    """The characters that a word counts for."""
    return len(word) // 10 if len(word) in _LONG and not UNSPACED.search(word) else len(word)


def _ends(stop: re.Match[str], language: Language, sure: bool) -> bool:
    """True if a sentence ends there; `sure` is false if the language is not known to be that one."""
    if stop["stop"] is None:
        return True
    behind = _BEHIND.match(stop.string, stop.end())
    before = _BEFORE.search(stop.string, max(0, stop.start() - _WITHIN), stop.start())
    if before is None or behind is None or len(stop["stop"]) > _ELLIPSIS:
        return False  # "Annex C . . . . 12"
    if stop["stop"] != "." or (stop["closed"] and behind["word"][0].islower()):
        return not behind["word"][0].islower()
    return _full_stop_ends(stop, before, behind, language, sure)


def _full_stop_ends(
    stop: re.Match[str], before: re.Match[str], behind: re.Match[str], language: Language, sure: bool
) -> bool:
    """True if a sentence ends at a full stop between these words."""
    word, following = before["word"], behind["word"]
    if (stop["mark"] or "").isdecimal() and not _may_be_marked(stop, following):
        return False
    if following[0].islower():
        return sure and _ends_before_small(word, following, language)
    initial = behind["rest"].startswith(".")
    opens = following[0].isupper() and following.lower() in language.stop_words and not initial
    if word.replace(".", "").isdecimal():
        return opens or _ends_behind_number(word, following, language)
    return _ends_behind_word(word, following, language, opens, counted=before["number"] is not None)


def _may_be_marked(stop: re.Match[str], following: str) -> bool:
    """True if digits behind a stop can be a footnote's mark: not in "3.5 tons" nor in "Fig.2 shows"."""
    return not stop.string[stop.start() - 1].isdecimal() and following[0].isupper()


def _ends_before_small(word: str, following: str, language: Language) -> bool:
    """True if a sentence ends behind the word and its stop though a small letter follows: "iron. mRNA".

    None does behind an abbreviation, or what is as short, or behind a number before a word that none
    begins with: "spp. in sheep", "Sec. 7.3. of the act".
    """
    if not (following.isalpha() and following.islower()):
        return True
    if word[-1].isdecimal():
        return following not in language.stop_words
    short = language.abbreviations
    if _ACRONYM.fullmatch(word) or _is_in(word, short.titles, short.words, short.beside_numbers):
        return False
    return len(word) > _SHORT or word.casefold() in language.stop_words


def _ends_behind_number(number: str, following: str, language: Language) -> bool:
    """True if a sentence ends behind the number and its stop: not in "3. Mai" nor in "4.2.1. من العقد"."""
    if number.isdecimal():
        return len(number) > _DAY or not language.abbreviations.ordinals
    return number.count(".") < _LEVELS or not following[0].isalpha() or following[0].isupper()


def _ends_behind_word(word: str, following: str, language: Language, opens: bool, counted: bool) -> bool:
    """True if a sentence ends behind the word and its stop, before what is no small letter.

    `opens` is true if what follows is a word that sentences begin with, `counted` if the word stands behind
    a number.
    """
    short = language.abbreviations
    if word in short.titles:
        return False
    if _is_in(word, short.beside_numbers):
        return not _LABEL.fullmatch(following) or (opens and word[0].islower())
    if len(word) == 1 and word.islower() and counted:  # "3 m. The"
        return not following[0].isdecimal()
    if len(word) == 1:
        return opens or following in short.titles  # "Annex C. Mr. Haddad"
    return opens or not (_ACRONYM.fullmatch(word) or _is_in(word, short.words))


def _is_in(word: str, *sets: frozenset[str]) -> bool:
    """True if one of the sets has the word as it is written or, unless it is an initial, in small letters."""
    return any(word in one or (len(word) > 1 and word.lower() in one) for one in sets)
