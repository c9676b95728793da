"""A question as it may be asked, and what it wants: a list, a person, a time, a number."""

import re
from functools import lru_cache
from typing import Literal

from index.words.terms import content_words
from ingest.errors import UsageError
from ingest.reasons import Reason

MOST_CHARACTERS = 2000  # of a question
_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

Kind = Literal["person", "time", "number", "place", "other"]

_VERB = r"(?:does|is|was|has|his|this|happens|means|makes|causes|says|us)\b"
_LIST = re.compile(
    r"^\W*(?:(?:and|so|but)\s+)?(?:"
    r"(?:list|enumerate|name|outline|summari[sz]e)\b"
    r"|what (?:are|were)\b(?! (?:we|you|they|it)\b)"
    rf"|(?:what|which) (?:(?!{_VERB})[\w-]+ ){{0,2}}?(?!{_VERB})(?:\w+[^s\W]s|criteria)\b"
    r")|(?:ما هي|ماهي|اذكر|عدد|ما أهم|ما أبرز)\b",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "number",
        re.compile(
            r"\bhow (?:many|much|large|big|long|far|high|tall|old|often)\b|"
            r"\bwhat (?:percent|share|number|amount|proportion|height|length|size|cost)|\bكم\b",
            re.I,
        ),
    ),
    (
        "time",
        re.compile(
            r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|century)\b|\bمتى\b|\bفي أي (?:عام|سنة)\b", re.I
        ),
    ),
    ("person", re.compile(r"\bwho(?:m|se)?\b|\bمن (?:هو|هي|كان|الذي)\b", re.I)),
    ("place", re.compile(r"\bwhere\b|\bأين\b", re.I)),
)
_TIME = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b|\b\d{1,2} ?(?:am|pm)\b|"
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b|"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bcentury\b|[٠-٩]{4}|\b(?:يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|"
    r"أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|كانون|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|[٠-٩]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|"
    r"half|third|quarter|twice|once|none|both)\b|\b(?:ثلاث|أربع|خمس|ست|سبع|ثماني|تسع|عشر|مئة|ألف|مليون)",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[A-Z][\w’'\-]+(?:\s+(?:[A-Z][\w’'.\-]+|al|bin|ibn|de|van|von))*")

_NAMED = re.compile(r"\b(\w*[A-Z][\w.]*)\s+([a-z]{3,})\b")
_SAME = {"u.s.": "american", "us": "american", "states": "american", "u.k.": "british", "uk": "british"}


def checked(question: str) -> str:
    """The question with single spaces. Raises: UsageError where it cannot be asked."""
    if found := _UNUSABLE.search(question):
        raise UsageError(Reason("control_character", code_point=f"U+{ord(found[0]):04X}"))
    question = " ".join(question.split())
    if not any(map(str.isalnum, question)):
        raise UsageError(Reason("no_word"))
    if len(question) > MOST_CHARACTERS:
        raise UsageError(Reason("question_too_long", limit=MOST_CHARACTERS, n=len(question)))
    return question


def wants_list(question: str) -> bool:
    """Whether the question asks for several things ("What are the key priorities?")."""
    return bool(_LIST.search(question))


def kind_of(question: str) -> Kind:
    """The kind of thing that the question asks for; "other" where its words do not tell."""
    return next((kind for kind, pattern in _KINDS if pattern.search(question)), "other")


def holds(kind: Kind, sentence: str, question: str) -> bool:
    """Whether the sentence holds a thing of that kind, one that the question did not bring itself."""
    if kind == "time":
        return any(found not in question for found in _TIME.findall(sentence))
    if kind == "number":
        return bool(_NUMBER.search(sentence))
    if kind in ("person", "place"):
        asked = question.lower()
        names = [match[0] for match in _NAME.finditer(sentence) if match.start() > 0 or " " in match[0]]
        return (
            any(word.lower() not in asked for name in names for word in name.split())
            or not sentence.isascii()
        )
    return True


def contradicts(sentence: str, question: str) -> bool:
    """Whether the sentence speaks of another one's thing: the Iranian ambassador, not the American.

    That is so where a noun that a name stands before in the question ("American ambassador") stands
    in the sentence behind other names only.
    """
    for name, noun in _named(question):
        if noun not in sentence.lower():
            continue
        before = re.findall(rf"([\w.]+)\s+{noun}\b", sentence, re.IGNORECASE)
        named = {_plain(word) for word in before if word[:1].isupper() and content_words(word)}
        if named and len(named) == len(set(before)) and _plain(name) not in named:
            return True
    return False


@lru_cache
def _named(question: str) -> list[tuple[str, str]]:
    """The names of the question that stand before a noun, each with that noun."""
    found: list[tuple[str, str]] = _NAMED.findall(question)
    return [(name, noun) for name, noun in found if content_words(name) and content_words(noun)]


def _plain(name: str) -> str:
    """The name in small letters, one for those that name the same country."""
    return _SAME.get(name.lower(), name.lower())
