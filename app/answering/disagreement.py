"""Which citations make up an answer's text, and whether they differ on the figure asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.answering.comparison import Corpus
from app.answering.reading import Reading
from app.answering.years import years
from index.words.terms import language_by_stop_words, question_terms
from ingest.languages.numbers import numbers

_TOGETHER = 3  # citations that an answer's text is made of at most
_NEAR = 0.9  # how near the first's confidence another citation's must be to join the answer's text
_DIFFERING = 0.5  # the same for one that gives another figure
_ALIKE = 0.6  # share of the shorter quote's words that the other must have to be about the same thing


def select_readings(
    readings: Sequence[Reading], threshold: float, corpus: Corpus
) -> tuple[tuple[int, ...], bool]:
    """Indices of the readings, surest first, that make the answer's text; and True if they differ.

    They are the first and up to two that are nearly as sure. A reading of another document that gives
    another figure for the same thing goes before those, even if only half as sure: which figure is right
    is for people to decide.
    """
    first = readings[0]
    differing: list[int] = []
    for number, reading in enumerate(readings):
        if reading.confidence >= max(threshold, _DIFFERING * first.confidence) and all(
            differ(reading, readings[said], corpus) for said in (0, *differing)
        ):
            differing.append(number)
    near = [
        number
        for number, reading in enumerate(readings)
        if number and reading.confidence >= max(threshold, _NEAR * first.confidence)
    ]
    said = list(dict.fromkeys((0, *differing, *near)))[:_TOGETHER]
    return tuple(sorted(said)), bool(differing)


def differ(one: Reading, other: Reading, corpus: Corpus) -> bool:
    """True if two documents give different figures for the same quantity of the same thing and time.

    Each answer must hold a figure that the other lacks, the words around them must be alike, and years
    there must not tell the two apart: revenues of 2021 and 2022 do not differ.
    """
    if one.hit.document_id == other.hit.document_id or not (one.answer_span and other.answer_span):
        return False
    a, b = _told(one, corpus), _told(other, corpus)
    shorter = min(len(a.words), len(b.words))
    return (
        bool(a.figures - b.figures and b.figures - a.figures)
        and bool(shorter)
        and len(a.words & b.words) >= _ALIKE * shorter
        and (not a.years or not b.years or not a.years.isdisjoint(b.years))
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What a reading says: the figures in its answer, the words around it, and the years named there."""

    figures: frozenset[float]
    words: frozenset[str]
    years: frozenset[int]


def _told(reading: Reading, corpus: Corpus) -> _Told:
    document = corpus.document(reading.hit.document_id)
    quote, span = reading.quote, reading.answer_span or reading.quote
    around = f"{document.text[quote.start : span.start]} {document.text[span.end : quote.end]}"
    language = language_by_stop_words(around, corpus.language)
    named = " ".join([document.title or "", *reading.hit.paths, *document.section_of(quote.start)])
    return _Told(
        figures=numbers(document.text[span.start : span.end], language),
        words=frozenset(stem for stem in question_terms(around, language) if stem.isalpha()),
        years=years(f"{named} {around}"),
    )
