"""Which documents a question names, by the words of their paths ("in Costco's 10-K of 2021")."""

import re
from collections.abc import Callable, Mapping, Sequence

from index.words.terms import exact_terms, stems

_SEAM = re.compile(r"(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d])")
_SUFFIX = re.compile(r"\.[A-Za-z]\w{0,7}$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


class Names:
    """The words of the documents' paths."""

    def __init__(self, paths: Mapping[int, Sequence[str]], language: str) -> None:
        """`paths` are all those of each document id; `language` is that of most of the documents."""
        self._language = language
        self._holders: dict[str, set[int]] = {}
        for document, names in paths.items():
            for name in names:
                for word in _words(exact_terms(_SUFFIX.sub("", name)), language):
                    self._holders.setdefault(word, set()).add(document)

    def named(self, words: Sequence[str], rarity: Callable[[str], float]) -> dict[int, float]:
        """Document id to the summed rarity, 0 up, of the words that its paths share with the question.

        `words` are the question's exact terms that carry meaning.
        """
        favoured: dict[int, float] = {}
        for word in dict.fromkeys(_words(words, self._language)):
            for document in self._holders.get(word, ()):
                favoured[document] = favoured.get(document, 0.0) + rarity(word)
        return favoured


def _words(words: Sequence[str], language: str) -> list[str]:
    """The stems of what can name a document: words of two letters or more, and years, of "FY2018" too."""
    parts = [part for word in words for part in _SEAM.split(word)]
    return stems(
        (part for part in parts if (len(part) > 1 and part.isalpha()) or _YEAR.fullmatch(part)), language
    )
