"""From a question, and the conversation before it, to the query that is searched."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from app.answering.answer import Turn
from app.answering.conversation import left_out
from index.types import Query
from index.words.terms import content_words, exact_terms, language_of_text

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")  # not of "KATNAL1"
_QUOTED = re.compile(r'"([^"]+)"|“([^“”]+)”|«([^«»]+)»')


class Speller(Protocol):
    """What knows the words of the documents; a generation does."""

    def meant(self, word: str, language: str) -> str:
        """The folded word, or the known one that it is a slip of where no passage has it."""
        ...


def spelt(query: Query, speller: Speller, is_word: Callable[[str], bool]) -> Query:
    """The query with its slips put right: "the direcotr" asks for the director, if no document has the first.

    Stop words, words in double quotes and those that `is_word` knows stay as they are, whether a document
    has them or not.
    """

    def put_right(match: re.Match[str]) -> str:
        word = match[0]
        folded = content_words(word, query.language)
        if len(folded) != 1 or is_word(folded[0]) or any(word in phrase for phrase in query.phrases):
            return word
        right = speller.meant(folded[0], query.language)
        if right == folded[0]:
            return word
        return right.capitalize() if word[0].isupper() else right

    return replace(query, text=_WORD.sub(put_right, query.text))


def query_of(question: str, history: Sequence[Turn] = (), otherwise: str = "en") -> Query:
    """The question as a query: "And in 1990?" after "What did Kuwait export?" adds "Kuwait export".

    Words in double quotes are its phrases. Brackets mean nothing. Its language is told by its stop words
    and script; `otherwise` is the code to take where these do not tell.
    """
    quoted = ("".join(match) for match in _QUOTED.findall(question))
    language = language_of_text(question, otherwise)
    return Query(
        text=question,
        added=left_out(question, history, language),
        phrases=tuple(text for text in quoted if exact_terms(text)),
        language=language,
    )
