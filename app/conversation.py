"""Follow-up questions: what an elliptical one is searched as, given the turns before it."""

import re
from collections.abc import Sequence

from app.answer import Turn
from index.analyse import content_words, terms

_OPENING = re.compile(
    r"\s*(?:and|but|or|so|then|also|what about|how about|what else|anything else|why\s*\?|how so|for example|"
    r"وماذا عن|ماذا عن|وما|وهل|وكيف|ولماذا|ومتى|ومن|وأين)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|these|those|such|same|former|latter|"
    r"(?:of|in|on|about|for|with|to|from|is|was|does|did|by|under|after|before)\s+that)\b"
    r"|(?<!\w)(?:هذا|هذه|ذلك|تلك|هؤلاء|عنه|عنها|فيه|فيها|منه|منها|له|لها)(?!\w)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w][\w.'’\-]*[\w]|\w")
_FEW = 2  # content words up to which a question is taken to lean on the one before


def complete(question: str, history: Sequence[Turn]) -> str:
    """The question with the words that it leaves out, in brackets behind it; itself if it stands alone.

    The words come from the earlier question that it leans on, so that each of them was asked by the
    user: "And what are its results? (second track)". Answers in the history are not used.
    """
    earlier = [turn.text for turn in history if turn.role == "user" and turn.text.strip()]
    if not earlier or not _leans(question):
        return question
    before = complete(earlier[-1], [Turn("user", text) for text in earlier[:-1]])
    known = set(terms(question))
    missing: list[str] = []
    for word in _WORD.findall(before):
        stems = terms(word)
        if content_words(word) and not known.issuperset(stems):
            missing.append(word)
            known.update(stems)
    return f"{question} ({' '.join(missing)})" if missing else question


def _leans(question: str) -> bool:
    """Whether the question cannot be understood without the one before."""
    few = len(content_words(question)) <= _FEW and not re.search(r"\d{4}", question)
    return bool(_OPENING.match(question) or _POINTING.search(question)) or few
