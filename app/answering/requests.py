"""Requests that no quote answers: a summary, a comparison, what can be asked; and what each is about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.words.terms import content_words, exact_terms, stems, terms
from ingest.languages import LANGUAGES
from ingest.languages.arabic import fold
from ingest.languages.language import Language

Kind = Literal["summary", "comparison", "help"]
_END = " ?؟.!…,،:"
_WORD = re.compile(r"[^\W_]+")
_LISTED = re.compile(r"\s*[,،]\s*")
_MOST = 5  # things that are compared


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, `of` what, in the question's words: "this paper", "" where nothing is named.

    `things` are those that are compared, the name of each with the words that ask for it alone.
    """

    kind: Kind
    of: str = ""
    things: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=1_000)
def requested(question: str) -> Asked | None:
    """What the question asks for that no quote is; None for an ordinary one.

    "Summarize this paper" asks for a summary of "this paper". "Compare the goals of NARA and GSA" compares
    NARA, "the goals of NARA", and GSA, "the goals of GSA".
    """
    text = "".join(letter for letter in question.strip(_END) if fold(letter))
    return next(filter(None, (_in_language(text, language) for language in LANGUAGES)), None)


def subject(question: str) -> str:
    """What it asks about: "the oil trade" in "Summarize the oil trade", nothing in "What can you do?"."""
    asked = requested(question)
    if asked is None:
        return question
    return asked.of if all(telling(asked.of, language) for language in LANGUAGES) else ""


def telling(text: str, language: Language) -> set[str]:
    """The stems of the words that mean more than a document as a whole: none in "this paper"."""
    whole = stems([*language.documents, *language.requests.whole], language.code)
    told = set(terms(" ".join(content_words(text, language.code)), language.code)).difference(whole)
    this = fold(text.partition(" ")[0].lower()) in language.requests.this
    return told if len(told) > this else set()


def _in_language(text: str, language: Language) -> Asked | None:
    forms = language.requests
    if next(_matches(text, forms.help), None) is not None:
        return Asked("help")
    for of in _matches(text, forms.comparison):
        things = _parted(of, language)
        if things or not telling(of, language):
            return Asked("comparison", of, things)
    for of in _matches(text, forms.summary):
        return Asked("summary", of)
    whole = (of for of in _matches(text, forms.contents) if not telling(of, language))
    return next((Asked("summary", of) for of in whole if not of or content_words(of, language.code)), None)


def _matches(text: str, forms: Sequence[str]) -> Iterator[str]:
    """What the text says behind each of the forms that it has, in its own letters."""
    for form in forms:
        if match := re.fullmatch(form, fold(text), re.IGNORECASE):
            start, end = match.span("of") if "of" in match.groupdict() else (0, 0)
            yield text[start:end] if start >= 0 else ""


def _parted(of: str, language: Language) -> tuple[tuple[str, str], ...]:
    """The things that are joined, each with the words that ask for it alone; () where none are.

    The words before and behind them are said of each: "the goals of NARA and GSA in 2022".
    """
    joint = _joint(of, language)
    if joint is None:
        return ()
    left, right = of[: joint.start()], of[joint.end() :]
    start, end = 0, len(right)
    if not telling(left, language) & telling(right, language):  # "the goals of Iraq and the goals of Iran"
        start, end = _begin(left, language), _end(right, language)
    names = [*_LISTED.split(left[start:].strip()), right[:end].strip()]
    if len(names) > _MOST or not all(_is_thing(name, language) for name in names):
        return ()
    return tuple((name, " ".join(f"{left[:start]} {name} {right[end:]}".split())) for name in names)


def _is_thing(name: str, language: Language) -> bool:
    """True if it names something: "the other methods" does not."""
    return bool(telling(name, language)) and language.requests.others.isdisjoint(exact_terms(name))


def _begin(left: str, language: Language) -> int:
    """Where the last thing in the text begins: behind "in", or behind "of" that does not go on a name."""
    forms, start, before = language.requests, 0, ""
    for word in _WORD.finditer(left):
        said = fold(word[0].lower())
        if said in forms.within or (said in forms.whose and not before[:1].isupper()):
            start = word.end()
        before = word[0]
    return start


def _end(right: str, language: Language) -> int:
    """Where the first thing in the text ends."""
    within = language.requests.within
    return next((one.start() for one in _WORD.finditer(right) if fold(one[0].lower()) in within), len(right))


def _joint(of: str, language: Language) -> re.Match[str] | None:
    """What joins two things: of several, what stands between words of one kind, else the first."""
    for joint in language.requests.joints:
        found = list(re.finditer(joint, fold(of), re.IGNORECASE))
        if found:
            return max(found, key=lambda match: _alike(of[: match.start()], of[match.end() :], language))
    return None


def _alike(left: str, right: str, language: Language) -> tuple[bool, bool]:
    """If both sides share a telling word, then if both words at the joint are names: "France and Germany"."""
    met = [*_WORD.findall(left)[-1:], *_WORD.findall(right)[:1]]
    shared = not telling(left, language).isdisjoint(telling(right, language))
    return shared, all(word[0].isupper() for word in met)
