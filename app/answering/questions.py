"""What is checked of a question before it is asked."""

import re

from ingest.errors import UsageError
from ingest.reasons import Reason

MOST_CHARACTERS = 2000  # of a question
_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def checked(question: str) -> str:
    """The question with single spaces. Raises: UsageError where it cannot be asked."""
    if unusable := _UNUSABLE.search(question):
        raise UsageError(Reason("control_character", code_point=f"U+{ord(unusable[0]):04X}"))
    question = " ".join(question.split())
    if not any(map(str.isalnum, question)):
        raise UsageError(Reason("no_word"))
    if len(question) > MOST_CHARACTERS:
        raise UsageError(Reason("question_too_long", limit=MOST_CHARACTERS, n=len(question)))
    return question
