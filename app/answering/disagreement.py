"""Which citations make up an answer's text, and whether they differ on the figure asked for."""

import re
from collections.abc import Sequence

from app.answering.questions import kind_of
from app.answering.reader import Library, Reading
from index.words.languages.arabic import fold

_NUMBER = re.compile(r"\d+(?:[.٫]\d+)?")
_SEPARATOR = re.compile(r"(?<=\d)[,٬](?=\d{3}(?!\d))")
_TOGETHER = 3  # citations that an answer's text is made of at most
_NEAR = 0.9  # how near the first's confidence another citation's must be to join the answer's text
_DIFFERING = 0.5  # the same for one that gives another figure


def chosen(
    question: str, readings: Sequence[Reading], threshold: float, library: Library
) -> tuple[tuple[int, ...], bool]:
    """Which of the readings, surest first, are said, from 0; and whether they differ.

    They are the first and those about as sure. Where a number or a time is asked for, one of
    another document with other figures is said before those, though it be half as sure: which is
    right is for who reads it to decide.
    """
    first = readings[0]
    differing: list[int] = []
    if kind_of(question) in ("number", "time"):
        told = [figures(reading, library) for reading in readings]
        for number, reading in enumerate(readings):
            if (
                reading.confidence >= max(threshold, _DIFFERING * first.confidence)
                and reading.hit.document_id != first.hit.document_id
                and all(_differ(told[number], told[said]) for said in (0, *differing))
            ):
                differing.append(number)
    near = [
        number
        for number, reading in enumerate(readings)
        if number and reading.confidence >= max(threshold, _NEAR * first.confidence)
    ]
    said = list(dict.fromkeys((0, *differing, *near)))[:_TOGETHER]
    return tuple(sorted(said)), bool(differing)


def figures(reading: Reading, library: Library) -> frozenset[str]:
    """The numbers in a reading's exact words, in ASCII digits and without thousands separators."""
    if reading.answer_span is None:
        return frozenset()
    text = library.document(reading.hit.document_id).text
    words = fold(text[reading.answer_span.start : reading.answer_span.end])
    return frozenset(_NUMBER.findall(_SEPARATOR.sub("", words)))


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each has a figure that the other lacks: a year alone does not differ from a day of it."""
    return bool(one - other and other - one)
