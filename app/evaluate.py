"""Score a data set: ingest its documents into a store of their own, ask its questions, measure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TextIO

from app.answer import Answer
from app.batch import Asker
from app.dataset import Question, document_id, sources
from app.metrics import Found, Measure, Outcome, measures
from index.sync import ingest, mirror
from index.types import Embedder, OnProgress, Report
from ingest.errors import UsageError
from ingest.settings import Settings


@dataclass(frozen=True, slots=True)
class Scores:
    """The measures of a set by name, and the median milliseconds of each step of an answer."""

    name: str
    questions: int
    measures: dict[str, Measure]
    timings_ms: dict[str, float]

    def as_json(self) -> dict[str, object]:
        """Measures keep the number of questions they are over."""
        return {
            "set": self.name,
            "questions": self.questions,
            "measures": {name: {"value": m.value, "n": m.n} for name, m in self.measures.items()},
            "timings_ms": {step: round(ms, 2) for step, ms in self.timings_ms.items()},
        }


def own_settings(settings: Settings, folder: Path) -> Settings:
    """The settings with a store for this set inside the set store; a second run finds it filled."""
    return replace(settings, store=settings.store / "eval" / folder.resolve().name)


def fill(
    settings: Settings, folder: Path, docs: Path | None, embedder: Embedder, on_progress: OnProgress
) -> Report:
    """Make the store hold the set's documents and no others.

    They are the rows of `folder/corpus.jsonl` or, where there is none, the files of `docs`.

    Raises: UsageError where there are neither.
    """
    if (folder / "corpus.jsonl").is_file() and docs is None:
        return mirror(settings, sources(folder), lambda: embedder, on_progress)
    if docs is None or not docs.exists():
        found = "neither" if docs is None else f"nothing at {docs}"
        raise UsageError(f"{folder}: expected corpus.jsonl, or documents named with --docs, found {found}")
    return ingest(settings, [docs], lambda: embedder, on_progress, only=True)


def score(
    name: str,
    asked: Sequence[Question],
    assistant: Asker,
    top_k: int,
    step: Callable[[], None] = lambda: None,
) -> Scores:
    """Ask every question and measure the answers; `step` is called after each."""
    known = frozenset(document for question in asked for document in question.gold.relevance)
    outcomes = []
    timings: dict[str, list[float]] = {}
    for question in asked:
        answer = assistant.ask(question.question, question.history, top_k)
        outcomes.append(outcome(question, answer, known))
        for part, ms in answer.timings_ms.items():
            timings.setdefault(part, []).append(ms)
        step()
    medians = {part: median(values) for part, values in timings.items()}
    return Scores(name, len(asked), measures(outcomes), medians)


def outcome(question: Question, answer: Answer, known: frozenset[str]) -> Outcome:
    """What an answer comes to, its passages being the citations or the closest ones."""
    found = tuple(
        Found(
            documents=frozenset(document_id(path, known) for path in citation.paths),
            quote=citation.quote,
            passage=citation.passage,
            pages=tuple(page.number for page in citation.pages),
        )
        for citation in answer.citations or answer.closest
    )
    return Outcome(question.gold, answer.status == "answered", answer.confidence, found)


def print_scores(scores: Scores, stream: TextIO) -> None:
    """The measures as a table: name, value, number of questions."""
    width = max(map(len, [*scores.measures, scores.name]), default=0)
    print(f"{scores.name:<{width}}  {'value':>7}  questions", file=stream)
    for name, measure in scores.measures.items():
        value = "-" if measure.value is None else f"{measure.value:.3f}"
        print(f"{name:<{width}}  {value:>7}  {measure.n:>9,}", file=stream)
    print(f"median ms: {_steps(scores.timings_ms.items())}", file=stream)


def _steps(timings: Iterable[tuple[str, float]]) -> str:
    return ", ".join(f"{step} {ms:.1f}" for step, ms in timings)
