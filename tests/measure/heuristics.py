"""What each heuristic over the form of questions and answers is worth: python -m tests.measure.heuristics.

Every development set is asked as shipped, and once more without each heuristic. What the models say of a
text is remembered, so that a variant costs only what it changes. A heuristic stays in the product if its
row is worse, on sets that it was not made for. `tests/README.md` keeps what was measured and let go.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from app.answering import conversation, disagreement, query, reader
from app.answering.assistant import Assistant
from app.answering.reader import CrossEncoder, PassageScore
from app.evaluation.dataset import questions
from app.evaluation.evaluate import fill, own_settings, score
from app.models.cross_encoder import load_cross_encoder
from index.embedding.embedder import load_embedder
from index.types import Embedder, Vectors
from index.words import lexical
from ingest.document import Passage
from ingest.languages.language import NO_HINTS
from ingest.settings import PACKAGED_MODEL, Settings, load_settings
from tests.measure.bench import EVAL, SETS, TOP_K, selected_sets

MEASURES = {
    "nDCG@10": "document nDCG@10",
    "first quote": "evidence in quote@1",
    "first five": "evidence in quote@5",
    "page@1": "page@1",
    "AUROC": "confidence AUROC",
    "AURC": "area under risk-coverage",
    "coverage": "coverage",
    "risk": "risk",
}


def _nothing(*_: object) -> tuple[str, ...]:
    return ()


# What stands in whose place while a variant is measured.
VARIANTS: dict[str, tuple[object, str, Any] | None] = {
    "as shipped": None,
    "without grains": (lexical, "_AROUND", 0.0),
    "without pages apart": (reader, "_spread", lambda readings, _: iter(readings)),
    "without whole lists": (reader, "is_asked_for", lambda *_: False),
    "without named sections": (reader, "nearness", lambda *_: 0.0),
    "without another code": (reader, "is_of_another", lambda *_: False),
    "without another time": (reader, "is_about_others", lambda *_: False),
    "without 'documents differ'": (disagreement, "differ", lambda *_: False),
    "without follow-ups": (query, "left_out", _nothing),
    "without a language's hints": (conversation, "BY_CODE", {}),
    "without names that stand alone": (conversation, "_NAME", conversation.re.compile(r"(?!)")),
}
assert NO_HINTS.openings == ()  # so that a language that is not known has none of them


@dataclass(slots=True)
class Remembered:
    """A model that is asked once for the same thing."""

    of: Any
    kept: dict[Any, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.of, name)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As the embedder."""
        return self._once(tuple(texts), lambda: self.of.embed(texts))

    def score(self, question: str, passages: Sequence[Passage]) -> list[PassageScore]:
        """As the cross-encoder; spans are over the document, so a passage's place counts."""
        key = (question, *((passage.start, passage.sha256) for passage in passages))
        return self._once(key, lambda: self.of.score(question, passages))

    def _once(self, key: Any, ask: Callable[[], Any]) -> Any:
        if key not in self.kept:
            self.kept[key] = ask()
        return self.kept[key]


def measured(
    name: str, folder: Path, settings: Settings, models: tuple[Embedder, CrossEncoder], limit: int
) -> dict[str, dict[str, float]]:
    """The MEASURES of each variant on one set."""
    each = next(one for one in SETS if one.name == name)
    own = own_settings(settings, folder / name)
    embedder, encoder = models
    documents = folder / each.documents if each.documents else None
    fill(own, folder / name, documents, lambda _: embedder, lambda _: None)
    asked = questions(folder / name, min(limit, each.limit))
    rows = {}
    for variant, change in VARIANTS.items():
        with ExitStack() as stack:
            if change is not None:
                stack.enter_context(patch.object(change[0], change[1], change[2]))
            assistant = stack.enter_context(closing(Assistant(own, lambda _: embedder, encoder)))
            scores = score(name, asked, assistant, own.threshold, TOP_K)
        values = {short: scores.measures.get(long) for short, long in MEASURES.items()}
        rows[variant] = {short: m.value for short, m in values.items() if m and m.value is not None}
    return rows


def main() -> None:
    """Measure all sets, or those named, and print a table of each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--eval", type=Path, default=EVAL, help="folder of the sets")
    parser.add_argument("--limit", type=int, default=10**9, help="questions of each set at most")
    parser.add_argument("--json", type=Path, help="file to write the tables to")
    parser.add_argument("sets", nargs="*", metavar="SET")
    given = parser.parse_args()
    settings = Settings(model=PACKAGED_MODEL, store=load_settings({}).store)
    encoder = load_cross_encoder(settings)
    if encoder is None:
        sys.exit("expected a reader to measure with, found none")
    models: Any = (Remembered(load_embedder(settings)), Remembered(encoder))
    tables = {}
    for each in selected_sets(given.sets, given.eval):
        tables[each.name] = rows = measured(each.name, given.eval, settings, models, given.limit)
        columns = [column for column in MEASURES if column in rows["as shipped"]]
        print(f"\n| {each.name} | {' | '.join(columns)} |\n| --- |{' --: |' * len(columns)}")
        for variant, row in rows.items():
            print(f"| {variant} | {' | '.join(f'{row[column]:.4f}' for column in columns)} |", flush=True)
    if given.json:
        given.json.write_text(json.dumps(tables, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
