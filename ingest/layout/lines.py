"""Lines of laid-out text, as a PDF or a plain-text file has them, and what one can tell of a line."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_BULLET = re.compile(r"(?:[•▪◦●○■□➢➤‣∙·❖✓✔\uF0B7\uF0A7\uF0D8]\s*|[–—\-*]\s+)(?=\S)")
_ITEM_NUMBER = re.compile(r"\(?(\d{1,2}|[٠-٩]{1,2}|[a-zA-Z]|[ivx]{1,5})[.)\-]\s+(?=\S)")
# A footnote's mark may follow; a table's row that ends in "3.5" counts as ended too, "10:15" does not.
_TERMINAL = re.compile(r"(?:[.!?…؟。]['\"”’»)\]]*\d{0,3}|:['\"”’»)\]]*)$")
_FIRST_WORD = re.compile(r"\S+")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
HYPHENS = ("-", "\u2010")  # that a line may end with
_LEADING = 1.28  # lines further apart than this many usual distances have a gap between them


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page.

    gap: true if an empty line, or more space than usual, is above it.
    broken: true if a page break is above it, which may cut a sentence.
    size: of the type, in points, 0 in plain text.
    y: height above the bottom of the page, in points, 0 in plain text.
    indented: true if it is plain text and begins with a space.
    """

    text: str
    page: int | None
    gap: bool = False
    broken: bool = False
    size: float = 0.0
    bold: bool = False
    y: float = 0.0
    indented: bool = False

    @property
    def ends_sentence(self) -> bool:
        """True if the line ends where a sentence, or the line that introduces a list, may end."""
        return bool(_TERMINAL.search(self.text))

    @property
    def starts_small(self) -> bool:
        """True if the first letter is a small one, as in the middle of a sentence."""
        first = self.text.lstrip("“\"‘'(")[:1]
        return first.islower()

    @property
    def bullet(self) -> bool:
        """True if the line begins with a bullet or a dash."""
        return bool(_BULLET.match(self.text))

    @property
    def number(self) -> str | None:
        """What numbers the line ("1", "a", "iv"), None where nothing does."""
        match = _ITEM_NUMBER.match(self.text)
        return match[1] if match else None

    @property
    def first_word(self) -> str:
        """The characters before the first space."""
        match = _FIRST_WORD.match(self.text)
        return match[0] if match else ""


def with_gaps(lines: list[Line]) -> list[Line]:
    """The lines of a page from top to bottom, with `gap` set."""
    steps = [a.y - b.y for a, b in pairwise(lines)]
    usual = Counter(round(step) for step in steps if 2 < step < 60).most_common(1)
    leading = usual[0][0] if usual else 0
    spaced = lines[:1]
    for line, step in zip(lines[1:], steps, strict=True):
        gap = step > max(leading, line.size) * _LEADING
        spaced.append(replace(line, gap=gap))
    return spaced


def is_title_case(words: Sequence[str]) -> bool:
    """True if there are two words or more and at least six of ten begin with a capital."""
    return len(words) > 1 and sum(word[0].isupper() for word in words) >= len(words) * 0.6


def words_of(lines: Sequence[Line]) -> frozenset[str]:
    """The words of the lines in small letters, without those that a line end may have cut in two."""
    words: set[str] = set()
    cut = False
    for line in lines:
        whole = line.text.lower().split()[cut:]
        cut = line.text.endswith(HYPHENS)
        for word in _WORD.findall(" ".join(whole[:-1] if cut else whole)):
            words.update([word], word.split("-"))
    return frozenset(words)


def join_hyphenated(before: str, after: str, known: frozenset[str]) -> str:
    """The two lines as one, a word hyphenated over the line end made whole.

    The hyphen stays where both halves are words that belong together (`Saudi-` `Iranian`, an
    address, a number), or where the document spells the word so elsewhere: `known` holds its
    words, in small letters. It stays apart in `pre-` `and post-war`.
    """
    if not before.endswith(HYPHENS) or before.endswith((" -", "--")) or not after[:1].isalnum():
        return f"{before} {after}"
    head = before.rsplit(None, 1)[-1]
    tail = after.split(None, 1)[0]
    stem, rest = head[:-1].strip("“\"‘'("), re.split(r"[^\w'’]", tail)[0]
    if not stem or tail in ("and", "or"):
        return f"{before} {after}"
    keep = (
        _is_no_word(head, stem, rest)
        or (rest in _LINKS and tail[len(rest) :].startswith("-"))
        or _is_compound(stem.lower(), rest.lower(), known)
    )
    return before + after if keep else before[:-1] + after


def _is_no_word(head: str, stem: str, rest: str) -> bool:
    """True if the halves are of two names (`Saudi-` `Iranian`), of an address or of a number."""
    return not rest[:1].islower() or not stem[-1:].isalpha() or any(mark in head for mark in "/.@#")


def _is_compound(stem: str, rest: str, known: frozenset[str]) -> bool:
    """True if two halves in small letters are words of their own rather than one word's syllables.

    The document's own spelling decides, where it has the word elsewhere.
    """
    if stem + rest in known:
        return False
    if f"{stem}-{rest}" in known or "-" in stem or (rest in _SUFFIXES and (stem in known or len(stem) > 4)):
        return True
    if rest not in known or stem in _CLOSED:
        return False
    return stem in _PREFIXES or (stem in known and len(stem) > 3 and len(rest) > 3)


_LINKS = frozenset("a and as by for in of on per the to up".split())  # state-of-the-art
_CLOSED = frozenset("every inter over some there trans under with".split())  # overlooked, therefore
_PREFIXES = frozenset(
    "anti co cross far full half high large long low mid multi near non one post quasi self semi short "
    "six so socio third three two ultra well four five small".split()
)
_SUFFIXES = frozenset(
    "based related term level scale specific driven oriented making maker makers looking sounding free "
    "wide like funded style known reaching made owned backed sponsored sharing building keeping focused "
    "friendly facing".split()
)
