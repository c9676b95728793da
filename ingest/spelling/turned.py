"""Arabic of which an export has turned the letters of ligatures: العالقات for العلاقات, حممود for محمود.

Lam-alef is one glyph in nearly every font, other pairs in some; a program that takes a glyph's letters from
left to right stores them the wrong way round. Such a text stays as it stands, and is said to be in doubt.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import combinations, pairwise

from ingest.document import Document, Span, Unread
from ingest.reasons import Code, Reason
from ingest.spelling.dictionary import count

_CODE: Code = "lam_alef_in_doubt"
_LETTER = "\u0621-\u0652\u0670"
# No Arabic word begins with two alefs, many with lam between: lam-alef turned. In Persian it is a lost space
# ("با آل"), so its letters forbid the rule, and so does a word that can be it.
CERTAIN = re.compile(rf"(?<![{_LETTER}])([وفبك]?ا(?=[أإ])|[وف]?ا(?=آ))([أإآ])ل")
TURNED = re.compile(rf"{CERTAIN.pattern}|(?<![{_LETTER}])[وفبك]?اال")
_RIGHT = re.compile(rf"(?<![{_LETTER}])[وفبك]?ال[اأإآ]")
PERSIAN = re.compile("[پچژگیک]")
_WORD = re.compile(rf"[{_LETTER}]+")
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_BEFORE = "ال و ف ب ك ل لل وال بال كال فال ولل".split()  # what is written onto a word
_LEFT = 3  # letters that it leaves at least
_RARER = 20  # times that a word with it is rarer, or that a probable spelling is more frequent
_MUCH = 1000  # times as frequent that a spelling of other ligatures must be
_FREQUENT = 100  # and so often found
_MOST = 3  # ligatures in a word
_LONGEST = 20  # letters of a word


def is_turned(text: str) -> bool:
    """True if more words begin as only turned lam-alef does than as the right one does."""
    turned = len(TURNED.findall(text))
    return turned > len(_RIGHT.findall(text)) and not PERSIAN.search(text)


def doubts(document: Document) -> Iterator[Unread]:
    """The ledger's entry for such Arabic, with its pages if there are any but for those that have one."""
    if not is_turned(document.text):
        return
    spans = (Span(*match.span()) for match in TURNED.finditer(document.text))
    doubted = [span for span in spans if not is_in_doubt(document, span)]
    pages = {page.number for span in doubted for page in document.pages_of(span)}
    if doubted and bool(pages) == bool(document.pages):
        yield Unread(tuple(sorted(pages)) or None, Reason(_CODE))


def is_in_doubt(document: Document, span: Span) -> bool:
    """True if the ledger lists turned letters for the whole file or for a page of the span."""
    entries = [entry for entry in document.unread if entry.reason.code == _CODE]
    pages = {page.number for page in document.pages_of(span)} if entries else set[int]()
    return any(entry.pages is None or not pages.isdisjoint(entry.pages) for entry in entries)


def probable_quote(document: Document, span: Span) -> str | None:
    """What stands there as it was probably spelt; None where that is not in doubt or is the same."""
    text = document.text[span.start : span.end]
    spelt = probable(text) if is_in_doubt(document, span) else text
    return spelt if spelt != text else None


def probable(text: str) -> str:
    """The text of a document in doubt, each word as it was probably spelt; most are as they stand."""
    return _WORD.sub(lambda match: _probable(match[0]), text)


def probable_words(text: str) -> str:
    """Those words of it that were probably spelt otherwise, as they were."""
    words = ((match[0], _probable(match[0])) for match in _WORD.finditer(text))
    return " ".join(dict.fromkeys(right for word, right in words if word != right))


@lru_cache(maxsize=50_000)
def _probable(word: str) -> str:
    """The spelling that a dictionary knows best, among those with ligatures turned back.

    The first lam-alef is turned back where no word can begin with it, and any where the result is much more
    frequent than the word; other ligatures only in a word that next to nobody writes.
    """
    bare = _MARKS.sub("", word)
    if len(bare) > _LONGEST:
        return word
    first = CERTAIN.sub(r"\1ل\2", bare)
    own = _count(first)
    found = [one for one in _turnings(first, _is_lam_alef) if _count(one) > _RARER * own]
    if not found:
        least = max(_FREQUENT, _MUCH * own + 1)
        found = [one for one in _turnings(first, _is_ligature) if _count(one) >= least]
    best = max(found, key=_count, default=first)
    return word if best == bare else best


def _turnings(word: str, joins: Callable[[str, str], bool]) -> Iterator[str]:
    """The word with up to three pairs of neighbouring letters turned that `joins` takes for a ligature."""
    places = [at for at in range(len(word) - 1) if joins(word[at + 1], word[at])]
    for some in (some for n in range(1, _MOST + 1) for some in combinations(places, n)):
        if all(after - before > 1 for before, after in pairwise(some)):
            letters = list(word)
            for at in some:
                letters[at : at + 2] = letters[at + 1], letters[at]
            yield "".join(letters)


def _is_lam_alef(first: str, second: str) -> bool:
    return first == "ل" and second in "اأإآ"


def _is_ligature(first: str, second: str) -> bool:
    """True of a letter that is joined to the next where that is one of those that fonts put onto it."""
    return _is_lam_alef(first, second) or (second in "جحخميىرز" and first not in "اأإآءدذرزوؤ")


@lru_cache(maxsize=50_000)
def _count(word: str) -> int:
    """How often the word is found, or what is left of it without what is written onto it."""
    rests = (word.removeprefix(one) for one in _BEFORE if word.startswith(one))
    return max([count(word, "ar"), *(count(one, "ar") // _RARER for one in rests if len(one) >= _LEFT)])
