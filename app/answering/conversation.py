"""Follow-up questions: the words that an elliptical one leaves out, from the turns before it."""

import re
from collections.abc import Sequence

from app.answering.answer import Turn
from index.words.terms import content_words, stems, terms

_CARRIED = 10  # words taken from earlier questions at most
_ENOUGH = 6  # words after which no earlier question is looked at
_BACK = 2  # earlier questions that a follow-up may share its words with
_FEW = 3  # telling words up to which a question that shares one of them leans
_NAMED = 2  # telling words before a pronoun from which it is taken to stand for one of them

_OPENING = re.compile(
    r"\W*(?:(?:and|but|or|so|then(?! and now\b)|also|no(?=,)|i am|i['’]m|i mean|i meant|that['’]s|that is|"
    r"that was|(?:any )?other(?! than)|what about|how about|what else|anything else|how so|for example|"
    r"وماذا عن|ماذا عن|وما|وهل|وكيف|ولماذا|ومتى|ومن|وأين)\b|why\s*\?)",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:this(?! (?:week|month|year|decade|century)\b| \w+:)|these(?! days\b| \w+:)"
    r"|those(?! (?:who|that|which|with|in|of|from|whose)\b)|such an?|the (?:same|former|latter|ones?)(?=\W*$)"
    r"|(?:of|in|on|about|for|with|to|from|is|was|does|did|do|by|under|after|before) that"
    r"(?=\W*$| (?:\w+ed|mean|same|way|time|happen|work|case|kind)\b))\b"
    r"|(?<!\w)(?:هذا|هذه|ذلك|تلك|هؤلاء)(?!\w)",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?P<object>it|them|him|her)\W*$"
    r"|\b(?:(?P<possessive>its|their|his|her)|it|they|them|theirs|he|him|she|hers)\b"
    r"|(?<!\w)(?:عنه|فيه|منه|له|به|\w+ها)(?!\w)",
    re.IGNORECASE,
)
_OWNER = re.compile(  # a subject by name: "Does NATO have its own?"; not "Is Ankara its capital?"
    r"\b(?i:do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)(?:n?['’]t)?"
    r"(?: the)? [A-Z]\w"
)
_EXPLETIVE = re.compile(
    r"\bit (?:takes?|costs?|(?:is|was) \w+ (?:to|that))\b"
    r"|\bit (?:(?:is|was|has|had|been|will|would|ever|never|often|always|still) )*"
    r"(?:rain|snow)(?:s|ed|ing|y)?\b(?!-)"
    r"|\b(?:is|was) it \w+ (?:to|that|the)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,;:.?!]\s|\b(?:and|but|or|since|because|when|while|if|as|so|then|though|although|after|before|until|once|"
    r"that|which|who|whom|whose|where|than)\b",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|am|be|do|does|did|can|could|will|would|shall|should|may|might|must|has|have|had)\b"
    r"|[\u0621-\u064A]",  # Arabic questions do without
    re.IGNORECASE,
)
_ASKS_WHO = re.compile(r"\W*(?:who|what|which|whose)\b", re.IGNORECASE)
_DEFINITION = re.compile(
    r"\W*(?:what|who|where)(?:['’]s| is| are| was| were)\b|.*\b(?:define|explain|describe|meaning|about)\b"
    r"|\W*(?:ما|ماهو|ماهي|من ه[وي]|عرف|اشرح)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\w,] )[A-Z]\w+|\b[A-Z]{2,}\b|\d|[\"“«]")
_VAGUE = frozenset(
    "many much long far often old big more most other another any one ones good best better way ways thing "
    "things kind kinds type types example examples also happened happen work works mean means next really "
    "again still just ok okay thanks exactly same ماهو ماهي".split()
)
_WORD = re.compile(r"[\w][\w.'’\-]*[\w]|\w")


def left_out(question: str, history: Sequence[Turn]) -> tuple[str, ...]:
    """The words that the question leaves out; none if it stands alone.

    After "What is the second track?", "And what are its results?" leaves out "second track". The words
    come from the earlier questions that it leans on, the last one's first, so that the user asked each
    of them. Answers in the history are not used: their words were tried, and found no more.
    """
    again = ("", question.strip())  # nothing asked, or the same: neither says more
    earlier = [turn.text for turn in history if turn.role == "user" and turn.text.strip() not in again]
    if not earlier or not _leans(question, earlier):
        return ()
    missing: list[str] = []
    known = set(terms(question))
    for text in reversed(earlier):
        if len(missing) >= _ENOUGH:
            break
        for word in _WORD.findall(text):
            stemmed = terms(word)
            if content_words(word) and not known.issuperset(stemmed):
                missing.append(word)
                known.update(stemmed)
    return tuple(missing[:_CARRIED])


def _leans(question: str, earlier: Sequence[str]) -> bool:
    """Whether the question cannot be understood without the ones before.

    It opens as a follow-up, points at something, or tells too little: a word and no name, a phrase
    that is no sentence, or few words of which the last questions had one.
    """
    if _OPENING.match(question) or _POINTING.search(question) or _has_free_pronoun(question):
        return True
    if _NAME.search(question):
        return False
    telling = _telling(question)
    if len(telling) <= 1:
        return not (telling and _DEFINITION.match(question))
    if len(telling) == 2 and not _AUXILIARY.search(question) and not _ASKS_WHO.match(question):
        return True
    asked = set(terms(" ".join(earlier[-_BACK:])))
    return len(telling) <= _FEW and not asked.isdisjoint(stems(telling))


def _has_free_pronoun(question: str) -> bool:
    """Whether a pronoun stands for something that the question itself does not name before it."""
    for clause in _CLAUSE.split(question):
        clause = _EXPLETIVE.sub(" ", clause)
        if found := _PRONOUN.search(clause):
            before = clause[: found.start()]
            if found["possessive"] and _OWNER.search(before):
                return False
            return found["object"] is not None or len(_telling(before)) < _NAMED
        if _telling(clause):
            return False
    return False


def _telling(text: str) -> list[str]:
    """The words that say what is asked about."""
    return [word for word in content_words(text) if word not in _VAGUE]
