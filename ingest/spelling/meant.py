"""Words as they are meant where a text has them otherwise, so that they are found by that too."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ingest.document import Document, Span
from ingest.spelling.dictionary import count
from ingest.spelling.turned import is_in_doubt, probable_words

_PAIR = re.compile(r"(?<![^\W_])([^\W\d_]+) +(?=([^\W\d_]+)(?![^\W_]))")
_ALONE = frozenset("ai")  # letters that are words
_SHORTEST = 5  # letters of a word that is put together
_FREQUENT = 50  # a word that is in the list, but was never found, counts as that often


def meant(document: Document, span: Span) -> Iterator[str]:
    """Words of turned Arabic as they were probably spelt, English ones that a space has cut made whole."""
    text = document.text[span.start : span.end]
    if is_in_doubt(document, span):
        yield probable_words(text)
    if document.blocks[document.block_at(span.start)].language == "en":
        yield mended_words(text)


def mended_words(text: str) -> str:
    """The words that neighbours make of which one is none by itself, each once: "De cember" -> "december"."""
    return " ".join(dict.fromkeys(_mended(text)))


def _mended(text: str) -> Iterator[str]:
    for match in _PAIR.finditer(text):
        first, second = match[1].lower(), match[2]
        if second.islower() and not (_is_word(first) and _is_word(second)):
            whole = first + second
            if len(whole) >= _SHORTEST and count(whole, "en") > _FREQUENT:
                yield whole


@lru_cache(maxsize=100_000)
def _is_word(part: str) -> bool:
    return part in _ALONE if len(part) == 1 else count(part, "en") > 0
