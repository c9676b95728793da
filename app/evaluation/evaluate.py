"""Score a data set: ingest its documents into a store of their own, ask its questions, measure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TextIO

from app.answering.answer import Answer, Citation
from app.answering.batch import Asker
from app.evaluation.dataset import Question, document_id, sources
from app.evaluation.metrics import Bin, Measure
from app.evaluation.outcomes import Outcome, QuotedPassage, curve, measures, reliability
from index.sync import ingest, mirror
from index.types import Load, OnProgress, Report
from ingest.errors import UsageError
from ingest.settings import Settings

_POINTS = 100  # of the risk-coverage curve in JSON, at most


@dataclass(frozen=True, slots=True)
class Scores:
    """How a set was answered.

    The measures are by name. An answer is given from the confidence `threshold` on. `curve` are points
    (coverage, risk) by rising coverage, `bins` the confidences against what was right. `timings_ms`
    are the median milliseconds of each step of an answer.
    """

    name: str
    questions: int
    threshold: float
    measures: dict[str, Measure]
    curve: tuple[tuple[float, float], ...]
    bins: tuple[Bin, ...]
    timings_ms: dict[str, float]

    def as_json(self) -> dict[str, object]:
        """Measures keep the number of questions they are over; of the curve a hundred points are kept."""
        return {
            "set": self.name,
            "questions": self.questions,
            "threshold": self.threshold,
            "measures": {name: {"value": m.value, "n": m.n} for name, m in self.measures.items()},
            "risk_coverage": [
                {"coverage": round(coverage, 4), "risk": round(risk, 4)}
                for coverage, risk in _thinned(self.curve)
            ],
            "calibration": [
                {"confidence": round(each.confidence, 4), "right": round(each.right, 4), "n": each.n}
                for each in self.bins
            ],
            "timings_ms": {step: round(ms, 2) for step, ms in self.timings_ms.items()},
        }


def _thinned(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """At most so many of the points, evenly spread, the last one among them."""
    most = min(_POINTS, len(points))
    return [points[len(points) * number // most - 1] for number in range(1, most + 1)]


def own_settings(settings: Settings, folder: Path) -> Settings:
    """The settings with a store for this set inside the set store; a second run finds it filled."""
    return replace(settings, store=settings.store / "eval" / folder.resolve().name)


def fill(settings: Settings, folder: Path, docs: Path | None, load: Load, on_progress: OnProgress) -> Report:
    """Make the store hold the set's documents and no others.

    They are the rows of `folder/corpus.jsonl` or, where there is none, the files of `docs`.

    Raises: UsageError where there are neither.
    """
    if (folder / "corpus.jsonl").is_file() and docs is None:
        return mirror(settings, sources(folder), load, on_progress)
    if docs is None or not docs.exists():
        there = "neither" if docs is None else f"nothing at {docs}"
        raise UsageError(f"{folder}: expected corpus.jsonl, or documents named with --docs, found {there}")
    return ingest(settings, [docs], load, on_progress, only=True)


def score(
    name: str,
    asked: Sequence[Question],
    assistant: Asker,
    threshold: float,
    top_k: int,
    step: Callable[[], None] = lambda: None,
) -> Scores:
    """Ask every question and measure the answers; `step` is called after each.

    `threshold` is the confidence from which the assistant answers; it is only told.
    """
    known = frozenset(document for question in asked for document in question.gold.relevance)
    outcomes = []
    timings: dict[str, list[float]] = {}
    for question in asked:
        answer = assistant.ask(question.question, question.history, top_k)
        outcomes.append(outcome(question, answer, known))
        for part, ms in answer.timings_ms.items():
            timings.setdefault(part, []).append(ms)
        step()
    return Scores(
        name=name,
        questions=len(asked),
        threshold=threshold,
        measures=measures(outcomes),
        curve=tuple(curve(outcomes)),
        bins=tuple(reliability(outcomes)),
        timings_ms={part: median(values) for part, values in timings.items()},
    )


def outcome(question: Question, answer: Answer, known: frozenset[str]) -> Outcome:
    """What an answer comes to, its passages being the citations or the closest ones."""
    quoted = tuple(_quoted(citation, known) for citation in answer.citations or answer.closest)
    answered, possible = (answer.status == tier for tier in ("answered", "possible"))
    return Outcome(question.gold, answered, answer.confidence, quoted, question.follow_up, possible)


def _quoted(citation: Citation, known: frozenset[str]) -> QuotedPassage:
    span = citation.answer_span
    return QuotedPassage(
        documents=frozenset(document_id(path, known) for path in citation.paths),
        quote=citation.quote,
        passage=citation.passage,
        pages=tuple(page.number for page in citation.pages),
        span=citation.quote[span.start - citation.start : span.end - citation.start] if span else None,
    )


def print_scores(scores: Scores, stream: TextIO) -> None:
    """The measures as a table: name, value, number of questions."""
    width = max(map(len, [*scores.measures, scores.name]), default=0)
    print(f"{scores.name:<{width}}  {'value':>7}  questions", file=stream)
    for name, measure in scores.measures.items():
        value = "-" if measure.value is None else f"{measure.value:.3f}"
        print(f"{name:<{width}}  {value:>7}  {measure.n:>9,}", file=stream)
    print(f"answered from confidence {scores.threshold:g}", file=stream)
    print(f"median ms: {_steps(scores.timings_ms.items())}", file=stream)


def _steps(timings: Iterable[tuple[str, float]]) -> str:
    return ", ".join(f"{step} {ms:.1f}" for step, ms in timings)
