"""A reading: the best quote of a passage, and how sure it is; what is said twice is left out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.answering.evidence import Evidence
from index.types import Hit
from ingest.document import Span


@dataclass(frozen=True, slots=True)
class Reading:
    """The best quote of one passage: `quote` spans the document's text, `answer_span` lies inside it.

    `confidence` is the probability, 0 to 1, that the quote answers the question. `judged` is true for what
    was read or compared, and for what stands under the heading that the question names.
    """

    hit: Hit
    quote: Span
    answer_span: Span | None
    evidence: Evidence
    confidence: float
    judged: bool = False


def falling(readings: Iterable[Reading]) -> Iterator[Reading]:
    """The readings, none with a confidence above that of the one before."""
    least = 1.0
    for reading in readings:
        least = min(least, reading.confidence)
        yield replace(reading, confidence=least)


def distinct(readings: Iterable[Reading]) -> list[Reading]:
    """The readings without those whose quote is part of an earlier one's, in the same document."""
    kept: list[Reading] = []
    for reading in readings:
        if not any(
            other.hit.document_id == reading.hit.document_id and other.quote.holds(reading.quote)
            for other in kept
        ):
            kept.append(reading)
    return kept
