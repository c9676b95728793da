"""The reader: which words of the retrieved passages answer the question, and how surely.

A cross-encoder reads the best passages with the question: it says how likely each answers, in which
of its sentences and with which words. What it cannot (a script that it does not know, another language
than the question's) has its quotes compared with the question by an embedding model that can; the rest is
judged by the search and by the words alone. A list that is asked for is quoted whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Protocol

from app.answering.candidates import Candidate, foreign_language, headed, sentences, whole_list
from app.answering.codes import codes, is_of_another
from app.answering.comparison import Corpus, Cosines, compared, nearest, own_language
from app.answering.evidence import Constants, Evidence, TermWeigher, confidence, constants_of, lift, margin
from app.answering.reading import Reading, distinct, falling
from app.answering.rows import readable
from app.answering.rows_meant import lines_meant, rows_meant
from app.answering.sections import is_asked_for, item_meant, nearness, section
from app.answering.years import is_about_others, meant
from index.types import Embedder, Hit, Query
from ingest.document import Passage, Span
from ingest.settings import PACKAGED_MODEL, POSSIBLE

READ = 3  # passages that the cross-encoder reads
_ANOTHER = 0.5  # how sure a quote about others than the query asks for (years, codes, rows) is, beside 1
_surest = attrgetter("confidence")


@dataclass(frozen=True, slots=True)
class PassageScore:
    """What a cross-encoder says of one passage.

    answers: logit that the passage answers the question, any number.
    shares: for each of the passage's sentences, the part of the model's belief in where the answer
        stands that falls into it, 0 to 1, together at most 1.
    spans: for each sentence, the exact words of the answer that stand in it, as a span over the
        document's text; None where the model names none.
    """

    answers: float
    shares: tuple[float, ...]
    spans: tuple[Span | None, ...]


class CrossEncoder(Protocol):
    """Reads a question and a passage together; `sha256` identifies its weights."""

    name: str
    sha256: str
    language: str | None  # the code of the one that it learnt, None if several, or if nobody says

    def knows(self, text: str) -> bool:
        """True if the model was trained on the script that most of the text is written in."""
        ...

    def score(self, question: str, passages: Sequence[Passage]) -> list[PassageScore]:
        """One score a passage, in their order."""
        ...


class Remembering:
    """A cross-encoder that reads a passage with a question once, however often it is asked."""

    def __init__(self, encoder: CrossEncoder) -> None:
        self.name, self.sha256, self.language = encoder.name, encoder.sha256, encoder.language
        self.knows = encoder.knows
        self._encoder = encoder
        self._scores: dict[tuple[str, Passage], PassageScore] = {}

    def score(self, question: str, passages: Sequence[Passage]) -> list[PassageScore]:
        """One score a passage, in their order."""
        new = [passage for passage in passages if (question, passage) not in self._scores]
        if new:
            scores = self._encoder.score(question, new)
            self._scores |= {(question, one): score for one, score in zip(new, scores, strict=True)}
        return [self._scores[question, passage] for passage in passages]


class Reader:
    """Finds in each hit the words that answer; safe to share between threads."""

    def __init__(
        self, encoder: CrossEncoder | None, embedder: Embedder | None = None, read: int = READ
    ) -> None:
        """`encoder` None leaves all to the embedding model; the best `read` passages are read or compared.

        `embedder` is the model that finds the hits; by one of several languages quotes are compared.
        """
        self._encoder = encoder
        self.constants = constants_of(embedder.name if embedder is not None else PACKAGED_MODEL)
        self._several = embedder if self.constants.foreign is not None else None
        self._read = read

    def read(self, query: Query, hits: Sequence[Hit], corpus: Corpus) -> list[Reading]:
        """At most one reading a hit, best first; none whose quote is part of an earlier one's.

        What was read or compared comes first, surest first. The rest keeps the search's order, but for a
        second quote of a page, which comes last; each is no surer than the one before it: what judges
        them knows less than the search.
        """
        readings = [max(each, key=_surest) for each in self.readings(query, hits, corpus)]
        readings.sort(key=_unjudged_last)
        return distinct(falling(_spread(readings, corpus)))

    def readings(self, query: Query, hits: Sequence[Hit], corpus: Corpus) -> list[list[Reading]]:
        """For each hit, in order, a reading of everything in it that may be quoted."""
        hits = [headed(hit, corpus.document(hit.document_id)) for hit in hits]
        best = hits[: self._read]
        learnt = self._encoder.language if self._encoder is not None else None
        own = best if self._several is None else own_language(query, best, corpus, learnt)
        scores = self._scores(str(query), own, corpus)
        left = [hit for hit in best if hit.passage_id not in scores]
        judge = _Judge(query, corpus, hits, self.constants, compared(query, left, corpus, self._several))
        return [judge.readings(hit, scores.get(hit.passage_id)) for hit in hits]

    def _scores(self, question: str, hits: Sequence[Hit], corpus: Corpus) -> dict[int, PassageScore]:
        """The cross-encoder's scores by passage id; none where it does not know the script."""
        if self._encoder is None or not self._encoder.knows(question):
            return {}
        known = [hit for hit in hits if self._encoder.knows(hit.passage.text)]
        read = [readable(hit.passage, corpus.document(hit.document_id)) for hit in known]
        scores = self._encoder.score(question, [each.passage for each in read]) if read else []
        return {
            hit.passage_id: replace(score, spans=tuple(map(each.source, score.spans, hit.passage.sentences)))
            for hit, each, score in zip(known, read, scores, strict=True)
        }


def _unjudged_last(reading: Reading) -> float:
    """Sort key: what is judged by falling confidence, then the rest in the order it has."""
    return -reading.confidence if reading.judged else 1.0


def _spread(readings: Sequence[Reading], corpus: Corpus) -> Iterator[Reading]:
    """The readings; one that is not judged comes last where its page is quoted before."""
    quoted: set[tuple[int, int]] = set()
    crowding: list[Reading] = []
    for reading in readings:
        document_id = reading.hit.document_id
        pages = {(document_id, page.number) for page in corpus.document(document_id).pages_of(reading.quote)}
        if pages & quoted and not reading.judged:
            crowding.append(reading)
        else:
            yield reading
            quoted |= pages
    yield from crowding


class _Judge:
    """Judges what passages hold of one query."""

    def __init__(
        self, query: Query, corpus: Corpus, hits: Sequence[Hit], constants: Constants, cosines: Cosines
    ) -> None:
        self._query = query
        self._corpus = corpus
        self._standing = {hit.passage_id: (margin(hit, hits), lift(hit, hits)) for hit in hits}
        self._constants = constants
        self._cosines = cosines
        self._weigh = TermWeigher(query, corpus.rarity)
        self._years, self._codes = meant(query), codes(str(query))
        self._rows = rows_meant(hits, corpus, self._weigh) | lines_meant(hits, corpus, self._weigh)
        near = {hit.passage_id: nearness(hit, corpus.document(hit.document_id), self._weigh) for hit in hits}
        self._named = {one for one, how in near.items() if 0 < how == max(near.values())}

    def readings(self, hit: Hit, score: PassageScore | None) -> list[Reading]:
        """A reading for each sentence of the hit; a list that is asked for stands in place of its items.

        The section that the question names more nearly than any other is judged by search and words alone:
        the cross-encoder reads passages. It is the surest, as is a row whose label and column are named,
        which is at least possible.
        """
        document = self._corpus.document(hit.document_id)
        cosines = self._cosines.get(hit.passage_id)
        every = [each for each in sentences(hit, document) if cosines is None or each.span in cosines]
        readings = [self._reading(hit, score, each) for each in every]
        surest = max(readings, key=_surest)
        if hit.passage_id in self._named and (named := section(hit, document, self._weigh)):
            whole = self._reading(hit, None, named)
            sure = max(whole.confidence, surest.confidence)
            return [replace(whole, confidence=sure, judged=True), *readings]
        if row := next((one for one in readings if self._rows.get((hit.document_id, one.quote))), None):
            return [replace(row, confidence=max(surest.confidence, POSSIBLE)), *readings]
        return self._listed(hit, score, readings)

    def _listed(self, hit: Hit, score: PassageScore | None, readings: list[Reading]) -> list[Reading]:
        """The readings, a list that is asked for in place of its items."""
        document = self._corpus.document(hit.document_id)
        best = max(readings, key=_surest)
        listed = whole_list(hit, document)
        if listed is None or not is_asked_for(listed, best.quote, document, self._weigh):
            return readings
        item = item_meant(listed, document, self._weigh)
        if item and (within := [one for one in readings if item.holds(one.quote)]):
            meant = max(within, key=_surest)
            return [replace(meant, confidence=best.confidence), *readings]
        apart = [one for one in readings if not listed.span.holds(one.quote)]
        return [self._reading(hit, score, listed), *apart]

    def _reading(self, hit: Hit, score: PassageScore | None, quoted: Candidate) -> Reading:
        share, span = _believed(score, hit.passage, quoted)
        document = self._corpus.document(hit.document_id)
        near = nearest(self._cosines, hit, quoted.span)
        ahead, lifted = self._standing[hit.passage_id]
        evidence = Evidence(
            answers=score.answers if score is not None else None,
            share=share,
            cosine=near if near is not None else hit.dense,
            covered=self._weigh.covered(quoted.text),
            margin=ahead,
            lift=lifted,
            foreign=bool(
                self._constants.foreign and foreign_language(quoted.span, document, self._query.language)
            ),
        )
        sure = confidence(evidence, self._constants)
        row = (hit.document_id, quoted.span)
        unnamed = document.row_at(quoted.span.start) and row not in self._rows
        about = (hit, quoted.span, document)
        if unnamed or is_about_others(*about, self._years) or is_of_another(*about, self._codes):
            sure *= _ANOTHER
        judged = score is not None or near is not None
        return Reading(hit, quoted.span, self._rows.get(row) or span, evidence, sure, judged)


def _believed(
    score: PassageScore | None, passage: Passage, candidate: Candidate
) -> tuple[float | None, Span | None]:
    """What the model believes of the candidate: its share, and the exact answer if it is a sentence."""
    if score is None:
        return None, None
    held = [number for number, sentence in enumerate(passage.sentences) if candidate.span.holds(sentence)]
    share = min(1.0, sum(score.shares[number] for number in held))
    return share, None if candidate.introduction is not None else score.spans[held[0]]
