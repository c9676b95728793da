"""Text to index terms: one form for the spellings of a word, English and Arabic."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

import snowballstemmer

_ACRONYM = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?")
_DOTTED = re.compile(r"\.[^\W\d_]\.")  # quick to look for, and in every acronym
_APOSTROPHE = re.compile(r"['’]s(?![^\W_])|(?<=[^\W_])['’](?=[^\W_])")
_WORD = re.compile(r"[^\W_]+")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_MARKS = re.compile(r"[\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06ED\u200C]")
_FORMS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ؤ": "و", "ئ": "ي"}
    | {chr(start + digit): str(digit) for start in (0x0660, 0x06F0) for digit in range(10)}
)
_ARABIC = re.compile(r"[\u0621-\u064A\u0671-\u06D3]+")
_PREFIX = re.compile(r"^[وف]?(?:ال|بال|كال|لل)")
_SUFFIXES = ("ات", "ون", "ين", "ان", "ها", "هم", "هن", "نا", "يه", "ه", "ي")
_LEFT = 3  # letters that stemming leaves of an Arabic word at least
_STOP = """
    a an the this that these those i you he she it we they me him her them my your his its our their
    is are was were be been being am do does did have has had can could will would shall should may might must
    of in on at to for from by with about into as and or but if than then there here not no so such
    what which who whom whose when where why how tell show give explain describe please list know want find
"""
_ARABIC_STOP = """
    ما ماذا من متي اين كيف لماذا لم هل كم اي ايه هو هي هم هن هذا هذه ذلك تلك التي الذي الذين هولاء
    في علي الي عن مع بين بعد قبل عند حتي منذ خلال او ام ثم بل لكن لا لن ليس ان انه انها كان كانت يكون تكون
    قد و كل بعض غير اخبرني اذكر اشرح عرف وضح حدثني يتم تم وما ومن وهل وكيف ولماذا وفي وعلي والتي والذي
    مما بما فيما لما عما
"""


def exact_terms(text: str) -> list[str]:
    """The words as they are spelt, case, width and Arabic vowel marks aside, in order."""
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        folded = _MARKS.sub("", folded).translate(_FORMS)
    if _DOTTED.search(folded):
        folded = _ACRONYM.sub(lambda match: match[0].replace(".", "") + " ", folded)
    if "'" in folded or "’" in folded:
        folded = _APOSTROPHE.sub("", folded)
    return (_ASCII_WORD if folded.isascii() else _WORD).findall(folded)


def terms(text: str) -> list[str]:
    """The words' stems, in order: what a text is indexed under."""
    return stems(exact_terms(text))


def stems(words: Iterable[str]) -> list[str]:
    """The stems of exact terms, in order."""
    return list(map(_stem, words))


def pairs(words: Iterable[str]) -> list[str]:
    """Each two exact terms that carry meaning and stand next to each other but for those that do not.

    A pair is one term, of both stems in alphabetic order: "price of oil" and "oil prices" share it.
    After the unordered windows of Metzler and Croft (2005), "A Markov random field model for term
    dependencies".
    """
    stop = _stop_words()
    kept = stems(word for word in words if word not in stop)
    return ["_".join(sorted(pair)) for pair in pairwise(kept)]


def question_terms(text: str) -> list[str]:
    """The stems of the question's words that carry meaning; of all of them where none does."""
    return stems(content_words(text) or exact_terms(text))


def content_words(text: str) -> list[str]:
    """The words that carry meaning, as they are spelt; none where none does."""
    stop = _stop_words()
    return [word for word in exact_terms(text) if word not in stop]


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    return frozenset(f"{_STOP} {_ARABIC_STOP}".split())


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    """The stem of one folded word: Snowball for English letters, a light one for Arabic, else itself."""
    if word.isascii() and word.isalpha():
        return str(snowballstemmer.stemmer("english").stemWord(word))
    if _ARABIC.fullmatch(word):
        return _arabic_stem(word)
    return word


def _arabic_stem(word: str) -> str:
    """The word without article, joined particles and common endings; three letters stay at least.

    A light stemmer after Larkey, Ballesteros and Connell (2002), "Improving stemming for Arabic
    information retrieval": a particle alone is cut only before the article, but for "and".
    """
    bare = _PREFIX.sub("", word, count=1)
    if len(bare) < _LEFT:
        bare = word
    elif bare == word and word.startswith("و") and len(word) > _LEFT:
        bare = word[1:]
    for suffix in _SUFFIXES:
        if bare.endswith(suffix) and len(bare) - len(suffix) >= _LEFT:
            return bare.removesuffix(suffix)
    return bare
