"""Which citations make up an answer's text, and whether they differ on the figure asked for."""

import re
from collections.abc import Sequence

from app.questions import kind_of
from app.reader import Library, Reading
from index.analyse import exact_terms

_TOGETHER = 3  # citations that an answer's text is made of at most
_NEAR = 0.9  # how near the first's confidence another citation's must be to join the answer's text
_DIFFERING = 0.5  # the same for one that gives another figure


def chosen(
    question: str, readings: Sequence[Reading], threshold: float, library: Library
) -> tuple[tuple[int, ...], bool]:
    """Which of the readings, surest first, are said, from 0; and whether they differ.

    They are the first and those about as sure. Where a number or a time is asked for, one of
    another document with other figures is said too, though it be half as sure: which is right is
    for who reads it to decide.
    """
    first = readings[0]
    asked = kind_of(question) in ("number", "time")
    told = [figures(reading, library) if asked else frozenset[str]() for reading in readings]
    said, differs = [0], False
    for number, reading in enumerate(readings[1:], 1):
        other = (
            bool(told[0] and told[number])
            and reading.hit.document_id != first.hit.document_id
            and all(told[number].isdisjoint(told[before]) for before in said)
        )
        if reading.confidence >= max(threshold, (_DIFFERING if other else _NEAR) * first.confidence):
            said.append(number)
            differs = differs or other
    return tuple(said[:_TOGETHER]), differs and len(said) > 1


def figures(reading: Reading, library: Library) -> frozenset[str]:
    """The numbers in a reading's exact words, in ASCII digits and without separators."""
    if reading.answer_span is None:
        return frozenset()
    text = library.document(reading.hit.document_id).text
    words = text[reading.answer_span.start : reading.answer_span.end]
    plain = re.sub(r"(?<=\d)[,٬](?=\d{3}\b)", "", words)
    return frozenset(term for term in exact_terms(plain) if term.isdigit())
