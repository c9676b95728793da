"""Words that a line end has cut in two, made whole, with their hyphen or without."""

import re
from collections.abc import Callable, Sequence

from ingest.layout.lines import HYPHENS, Line

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SOFT = "\u00ad"
_LINKS = frozenset("a and as by for in of on per the to up".split())  # state-of-the-art
_PREFIXES = frozenset("anti co ex de multi neo neuro non post pre quasi re self semi socio sub ultra".split())
_APART = frozenset(("non", "self"))  # even before what makes a word with them: "non-political"
_BEFORE_E = frozenset(("de", "pre", "re"))  # re-examination
# What is a word by itself, but behind a part of a word its ending.
_ENDINGS = frozenset(
    "able age ally ant ate dom ed er ers ful fully hood ing ion ions ism ist less ly man men ment ness or "
    "ors ous ship son ton ward wards wise".split()
)


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


def join_hyphenated(
    before: str, after: str, known: frozenset[str], is_word: Callable[[str], bool] | None = None
) -> str:
    """The two lines as one, a word hyphenated over the line end made whole.

    The hyphen stays in a name, an address or a number, and where the document spells the word so
    elsewhere: `known` holds its words, in small letters. Else `is_word`, a dictionary, decides: "long-"
    "established" are two words, "hydro-" "graphic" one; without one they are one. It stays apart in `pre-`
    `and post-war`.
    """
    if before.endswith(_SOFT):
        return before[:-1] + after
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
        or _is_compound(stem.lower(), rest.lower(), known, is_word)
    )
    return before + after if keep else before[:-1] + after


def _is_no_word(head: str, stem: str, rest: str) -> bool:
    """True if the halves are of two names (`Saudi-` `Iranian`), of an address or of a number."""
    return not rest[:1].islower() or not stem[-1:].isalpha() or any(mark in head for mark in "/.@#")


def _is_compound(stem: str, rest: str, known: frozenset[str], is_word: Callable[[str], bool] | None) -> bool:
    """True if two halves in small letters are words of their own rather than one word's syllables.

    The document's own spelling decides, where it has the word elsewhere.
    """
    if stem + rest in known or f"{stem}-{rest}" in known:
        return stem + rest not in known
    _, linked, last = stem.rpartition("-")
    if is_word is None:
        return bool(linked)
    own = (last in _PREFIXES or is_word(last)) and is_word(rest) and rest not in _ENDINGS
    if is_word(last + rest):
        return own and (bool(linked) or _stands_apart(last, rest))  # day-to-day, but well-mea-ning
    return own or bool(linked)


def _stands_apart(prefix: str, rest: str) -> bool:
    """True if the prefix keeps its hyphen before what makes one word with it, too."""
    return prefix in _APART or (prefix in _BEFORE_E and rest.startswith("e"))
