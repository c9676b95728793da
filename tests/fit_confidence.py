"""Fit the constants of app/confidence.py; run from the repository: python tests/fit_confidence.py.

Each question of a development set gives up to two cases: as it is asked, and with the passages
that hold its answer taken away, so that near misses of the product's own retrieval teach what
"not in the documents" looks like. A case is positive where the first quote holds an answer. The
documents are split in two by a hash of their article: constants are fitted on one half and judged
on the other, then fitted on both.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from app.confidence import features
from app.conversation import complete
from app.dataset import Question, questions
from app.evaluate import fill
from app.metrics import auroc, contains
from app.reader import Reader, SentenceReader
from index.embedder import load_embedder
from index.search import search
from index.store import Generation
from index.types import Embedder, Hit
from ingest.settings import Settings

EVAL = Path(__file__).resolve().parents[2] / "shared" / "eval"
SETS = {"dense": ("squad_v2_dev", "policyqa_dev"), "lexical": ("arcd_train",)}
_POOL = 20


def cases(
    folder: Path, store: Path, limit: int, embedder: Embedder
) -> Iterator[tuple[str, tuple[float, ...], bool]]:
    """Article, features of the first reading, and whether its quote answers, of each case."""
    settings = replace(Settings(), store=store / folder.name)
    fill(settings, folder, None, embedder, lambda progress: None)
    reader = SentenceReader(embedder)
    with Generation.open(settings.store, embedder.sha256) as generation:
        for question in questions(folder, limit):
            text = complete(question.question, question.history)
            hits = search(generation, embedder, text, 2 * _POOL)
            article = next(iter(question.gold.relevance), "").split("#")[0]
            for kept in (hits, [hit for hit in hits if not _answers(hit, question)]):
                if kept:
                    yield article, *_case(reader, text, kept[:_POOL], generation, question)


def _answers(hit: Hit, question: Question) -> bool:
    """Whether the passage is of a right document or says an answer."""
    right = bool(set(hit.paths) & question.gold.relevance.keys())
    return right or bool(
        contains([hit.passage.text], [text for text in question.gold.evidence if len(text) > 3])
    )


def _case(
    reader: Reader, text: str, hits: Sequence[Hit], generation: Generation, question: Question
) -> tuple[tuple[float, ...], bool]:
    """Features of the first reading and whether it answers."""
    first = reader.read(text, hits, generation)[0]
    document = generation.document(first.hit.document_id)
    quote = document.text[first.quote.start : first.quote.end]
    right = question.gold.answerable and bool(set(first.hit.paths) & question.gold.relevance.keys())
    return features(first.evidence), right and bool(contains([quote], question.gold.evidence))


def judge(name: str, rows: Sequence[tuple[str, tuple[float, ...], bool]]) -> None:
    """Fit on half of the articles, print how it does on the other half, then the constants of both."""
    half = np.array([hashlib.sha256(article.encode()).digest()[0] % 2 for article, _, _ in rows])
    x, y = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    model = LogisticRegression(fit_intercept=False, C=10.0, max_iter=1000)
    model.fit(x[half == 0], y[half == 0])
    sure = model.predict_proba(x[half == 1])[:, 1]
    truth = y[half == 1]
    bins = np.minimum((sure * 10).astype(int), 9)
    error = sum(abs((sure - truth)[bins == b].sum()) for b in set(bins.tolist())) / len(truth)
    area = auroc(sure[truth].tolist(), sure[~truth].tolist())
    print(f"{name}: {len(y)} cases, {y.mean():.2f} positive")
    print(f"  other half: AUROC {area:.3f}, calibration error {error:.3f}")
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        given = sure >= threshold
        kept, right = given[truth].mean(), truth[given].mean()
        print(f"  from {threshold}: answers {given.mean():.2f}, right {right:.2f}, right ones kept {kept:.2f}")
    model.fit(x, y)
    print(f"  constants: ({', '.join(f'{weight:.2f}' for weight in model.coef_[0])})")


def main() -> None:
    """Fit every model on its sets, or on those named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--store", type=Path, default=Path(".mustanad/fit"), help="folder of the sets' stores"
    )
    parser.add_argument("--limit", type=int, default=800, help="questions of each set")
    parser.add_argument("models", nargs="*", default=list(SETS), help="dense, lexical")
    given = parser.parse_args()
    if not EVAL.is_dir():
        sys.exit(f"expected the development sets at {EVAL}, found none")
    embedder = load_embedder(Settings())
    for name in given.models:
        rows = [
            case for folder in SETS[name] for case in cases(EVAL / folder, given.store, given.limit, embedder)
        ]
        judge(name, rows)


if __name__ == "__main__":
    main()
