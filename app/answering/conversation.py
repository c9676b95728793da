"""Follow-up questions: the words that an elliptical one leaves out, from the turns before it."""

import re
from collections.abc import Iterator, Sequence

from app.answering.answer import Turn
from app.answering.requests import subject
from index.words.terms import content_words, exact_terms, stems, telling_words, terms
from ingest.languages import BY_CODE
from ingest.languages.language import NO_HINTS, FollowUps

_CARRIED = 10  # words taken from earlier questions at most
_ENOUGH = 6  # words after which no earlier question is looked at
_BACK = 2  # earlier questions that a follow-up may share its words with
_FEW = 3  # telling words up to which a question that shares one of them leans
_NAMED = 2  # telling words before a pronoun from which it is taken to stand for one of them
_OWN = 5  # telling words from which a question has a subject of its own, whatever it opens with
_JOINED = 4  # the same for one that only opens with "and"
_SHORT = 3  # words up to which a phrase that is no sentence leans
_NAME = re.compile(r"(?<=[\w,] )[A-Z]\w+|\b[A-Z]{2,}\b")
_TELLING = re.compile(r"\d|[\"“«]")  # a number, or words in quotes
_WORD = re.compile(r"\w[\w.'’\-\u064b-\u0652]*[\w\u064b-\u0652]|\w")


def left_out(question: str, history: Sequence[Turn], language: str) -> tuple[str, ...]:
    """The words that the question leaves out; none if it stands alone.

    After "What is the second track?", "And what are its results?" leaves out "second track". The words
    come from the earlier questions of its topic, the last one's first, so that the user asked each
    of them. Answers in the history are not used: their words were tried, and found no more.
    """
    again = ("", question.strip())  # nothing asked, or the same: neither says more
    asked = (turn.text for turn in history if turn.role == "user" and turn.text.strip() not in again)
    earlier = list(filter(None, map(subject, asked)))
    if not earlier or not _leans(question, earlier, language):
        return ()
    missing: list[str] = []
    known = set(terms(question, language))
    for text in _of_its_topic(earlier, language):
        if len(missing) >= _ENOUGH:
            break
        for word in _WORD.findall(text):
            stemmed = terms(word, language)
            if content_words(word, language) and not known.issuperset(stemmed):
                missing.append(word)
                known.update(stemmed)
    return tuple(missing[:_CARRIED])


def chooses(question: str, language: str) -> bool:
    """True if the question asks for one of the things that were quoted: "Which of these is the oldest?"."""
    words = f" {' '.join(exact_terms(question))} "
    return any(f" {choice} " in words for choice in _hints(language).choices)


def _of_its_topic(earlier: Sequence[str], language: str) -> Iterator[str]:
    """The earlier questions, the last one first, back to the one that began the topic.

    That one leans on none and names something; where a script has no capitals, names are not told.
    """
    for last in reversed(range(len(earlier))):
        text = earlier[last]
        yield text
        names = _NAME.search(text) is not None or text.upper() == text.lower()
        if names and not _leans(text, earlier[:last], language):
            break


def _leans(question: str, earlier: Sequence[str], language: str) -> bool:
    """True if the question cannot be understood without the ones before.

    It opens as a follow-up ("And in 1990?") or has a pronoun before it has named anything, unless it tells
    enough to have a subject of its own; or it tells too little: a word and no name, a phrase that is no
    sentence, or few words of which the last questions had one.
    """
    hints = _hints(language)
    words = exact_terms(question)
    telling = _telling(words, hints, language)
    if len(telling) < _needed(question, words, hints, language):
        return True
    if _NAME.search(question) or _TELLING.search(question):
        return False
    if len(telling) <= 1:
        return not (telling and _begins(words, hints.definitions))
    if len(telling) == 2 and len(words) <= _SHORT and words[0] in telling:
        return True
    asked = set(terms(" ".join(earlier[-_BACK:]), language))
    return len(telling) <= _FEW and not asked.isdisjoint(stems(telling, language))


def _hints(language: str) -> FollowUps:
    return BY_CODE[language].follow_ups if language in BY_CODE else NO_HINTS


def _needed(question: str, words: Sequence[str], hints: FollowUps, language: str) -> int:
    """Telling words that the question needs to have a subject of its own; 0 if it opens as any other."""
    if (
        chooses(question, language)
        or _begins(words, hints.openings)
        or _has_free_pronoun(question, hints, language)
    ):
        return _OWN
    return _JOINED if _is_joined(words, hints, language) else 0


def _begins(words: Sequence[str], openings: Sequence[str]) -> bool:
    """True if the words begin with one of the openings, which may have several words."""
    said = " ".join(words) + " "
    return any(said.startswith(f"{opening} ") for opening in openings)


def _is_joined(words: Sequence[str], hints: FollowUps, language: str) -> bool:
    """True if the first word joins the rest to what was said: "and", or "وكم" with its "و"."""
    word = words[0] if words else ""
    stop = len(word) > 1 and word[0] in hints.joined and not content_words(word[1:], language)
    return stop or word in hints.conjunctions


def _has_free_pronoun(question: str, hints: FollowUps, language: str) -> bool:
    """True if a pronoun comes before the question has named what it may stand for.

    Two telling words name it, and for a possessive one name is enough: "Does NATO have its own army?".
    """
    for match in _WORD.finditer(question):
        word = match[0].casefold()
        if word in hints.pronouns or word in hints.possessives:
            before = question[: match.start()]
            owned = word in hints.possessives and _NAME.search(before) is not None
            return not owned and len(content_words(before, language)) < _NAMED
    return False


def _telling(words: Sequence[str], hints: FollowUps, language: str) -> list[str]:
    """The words that say what is asked about."""
    return [word for word in telling_words(words, language) if word not in hints.vague]
