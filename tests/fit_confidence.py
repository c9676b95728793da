"""Fit the constants of app/confidence.py; run from the repository: python tests/fit_confidence.py.

Each question of a development set is a case as it is asked and, if it can be answered, another
with the passages that hold its answer taken away, so that near misses of the product's own
retrieval teach what "not in the documents" looks like. A case is positive where the first quote
holds an answer. Cases are weighted as if the documents answered half of what is asked, and so that
each data set counts alike. They are split in two by a hash of their article: constants are fitted
on one half and judged on the other, then fitted on both.
"""

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit

from app.confidence import features
from app.conversation import complete
from app.dataset import Question, document_id, questions
from app.evaluate import fill
from app.metrics import auroc, contains
from app.reader import SentenceReader
from index.embedder import load_embedder
from index.search import search
from index.store import Generation
from index.types import Embedder, Hit
from ingest.settings import Settings

EVAL = Path(__file__).resolve().parents[2] / "shared" / "eval"
SETS = {"dense": ("squad_v2_dev", "seeds"), "lexical": ("arcd_train",)}
_POOL = 20
Rows = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what the reader made of it: `able` if the documents at hand answer it."""

    source: str
    article: str
    features: tuple[float, ...]
    able: bool
    right: bool


def cases(folder: Path, store: Path, limit: int, embedder: Embedder) -> Iterator[Case]:
    """The cases of a data set."""
    settings = replace(Settings(), store=store / folder.name)
    docs = None if (folder / "corpus.jsonl").exists() else EVAL.parent / folder.name
    fill(settings, folder, docs, embedder, lambda progress: None)
    reader = SentenceReader(embedder)
    asked = questions(folder, limit)
    known = frozenset(document for question in asked for document in question.gold.relevance)
    with Generation.open(settings.store, embedder.sha256) as generation:
        for question in asked:
            text = complete(question.question, question.history)
            hits = search(generation, embedder, text, 2 * _POOL)
            ways = [(hits, question.gold.answerable)]
            if question.gold.answerable:
                ways.append(([hit for hit in hits if not _answers(hit, question, known)], False))
            for found, able in ways:
                if found:
                    first = reader.read(text, found[:_POOL], generation)[0]
                    document = generation.document(first.hit.document_id)
                    quote = document.text[first.quote.start : first.quote.end]
                    says = bool(contains([quote], question.gold.evidence))
                    if says and question.gold.answerable and not able:
                        continue  # a list that reaches into what was taken away
                    right = able and says
                    article = next(iter(question.gold.relevance), text).split("#")[0]
                    yield Case(folder.name, article, features(first.evidence), able, right)


def _answers(hit: Hit, question: Question, known: frozenset[str]) -> bool:
    """Whether the passage is of a right document, or for a long document says an answer."""
    long = [text for text in question.gold.evidence if len(text) > 3]
    right = document_id(hit.paths[0], known) in question.gold.relevance
    return bool(contains([hit.passage.text], long)) or (right and "#" in document_id(hit.paths[0], known))


def judge(name: str, rows: Sequence[Case]) -> None:
    """Fit on half of the articles, print how it does on the other half, then the constants of both."""
    half = np.array([hashlib.sha256(row.article.encode()).digest()[0] % 2 for row in rows])
    x, y = np.array([row.features for row in rows]), np.array([row.right for row in rows])
    able = np.array([row.able for row in rows])
    sizes = Counter((row.source, row.able) for row in rows)
    weight = np.array([len(rows) / len(sizes) / sizes[row.source, row.able] for row in rows])
    sure = expit(x[half == 1] @ fitted(x[half == 0], y[half == 0], weight[half == 0]))
    truth, heavy = y[half == 1], weight[half == 1] / weight[half == 1].sum()
    bins = np.minimum((sure * 10).astype(int), 9)
    error = sum(abs(((sure - truth) * heavy)[bins == b].sum()) for b in set(bins.tolist()))
    area = auroc(sure[truth].tolist(), sure[~truth].tolist())
    print(f"{name}: {len(y)} cases, {able.sum()} that the documents answer, {y.sum()} answered")
    print(f"  other half: AUROC {area:.3f}, calibration error {error:.3f}")
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        given = sure >= threshold
        kept, right = given[truth].mean(), heavy[given & truth].sum() / max(heavy[given].sum(), 1e-9)
        print(f"  from {threshold}: answers {heavy[given].sum():.2f}, right {right:.2f}, kept {kept:.2f}")
    print(f"  constants: ({', '.join(f'{constant:.2f}' for constant in fitted(x, y, weight))})")


def fitted(x: Rows, y: Rows, weight: Rows) -> Rows:
    """Logistic regression by maximum likelihood; but for the first constant none is below 0.

    More evidence must never lower a confidence, whatever a small sample says.
    """

    def loss(constants: Rows) -> tuple[float, Rows]:
        logits = x @ constants
        value = (weight * (np.logaddexp(0, logits) - y * logits)).sum()
        return value, x.T @ (weight * (expit(logits) - y))

    bounds = [(None, None)] + [(0, None)] * (x.shape[1] - 1)
    return minimize(loss, np.zeros(x.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x


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
