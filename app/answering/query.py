"""From a question, and the conversation before it, to the query that is searched."""

import re
from collections.abc import Sequence

from app.answering.answer import Turn
from app.answering.conversation import left_out
from index.types import Query
from index.words.terms import exact_terms, language_by_stop_words

_QUOTED = re.compile(r'"([^"]+)"|“([^“”]+)”|«([^«»]+)»')


def query_of(question: str, history: Sequence[Turn] = (), otherwise: str = "en") -> Query:
    """The question as a query: "And in 1990?" after "What did Kuwait export?" adds "Kuwait export".

    Words in double quotes are its phrases. Brackets mean nothing. Its language is told by its stop words;
    `otherwise` is the code to take where these do not tell.
    """
    quoted = ("".join(match) for match in _QUOTED.findall(question))
    language = language_by_stop_words(question, otherwise)
    return Query(
        text=question,
        added=left_out(question, history, language),
        phrases=tuple(text for text in quoted if exact_terms(text)),
        language=language,
    )
