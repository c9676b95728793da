"""Fit the constants of the confidence; run from the repository: python -m tests.measure.fit_confidence.

Each question of a development set is a case as it is asked and, if it can be answered, another
with the passages that hold its answer taken away, so that near misses of the product's own
retrieval teach what "not in the documents" looks like. Everything that may be quoted of the best
passages is judged: it is right where it holds an answer. A logistic regression over all of it ranks;
a second one, over the score of the first-ranked alone, turns that score into a probability.
Cases are weighted as if the documents answered half of what is asked, and so that each data set
counts alike. They are split in two by a hash of their article: constants are fitted on one half and
judged on the other, then fitted on both. Questions of another set, off the topic of the documents
altogether, are cases too.
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

from app.answering.evidence import constants_of, features
from app.answering.query import query_of
from app.answering.reader import READ, CrossEncoder, Reader
from app.evaluation.dataset import Question, document_id, questions
from app.evaluation.evaluate import fill
from app.evaluation.metrics import auroc, contains
from app.models.cross_encoder import load_cross_encoder
from index.embedding.embedder import load_embedder
from index.search import search
from index.store import Generation
from index.types import Embedder, Hit
from ingest.settings import PACKAGED_MODEL, POSSIBLE, STOPS, Settings, load_settings
from tests.measure.across_languages import across

ACROSS = " across"  # behind a set's name: our own questions on it, in another language
EVAL = Path(__file__).resolve().parents[3] / "shared" / "eval"
SETS = {
    "read": ("squad_v2_dev", "seeds", "covidqa_200423"),
    "dense": ("squad_v2_dev", "seeds", "covidqa_200423"),
    "lexical": ("arcd_train",),
    "compared": ("arcd_train", "squad_v2_dev"),
    "foreign": (f"arcd_train{ACROSS}", f"squad_v2_dev{ACROSS}"),
}
OFF_TOPIC = {  # questions of the first to the documents of the second
    "read": (("covidqa_200423", "squad_v2_dev"),),
    "dense": (("covidqa_200423", "squad_v2_dev"),),
    "lexical": (),
    "compared": ((f"squad_v2_dev{ACROSS}", "arcd_train"),),
    "foreign": (("squad_v2_dev", "arcd_train"), ("arcd_train", "covidqa_200423")),
}
_ALONE = {"cross-encoder": [0, 1, 2], "search and words": [0, 3, 4]}  # of the features
_WIDTH = {"read": 5, "dense": 4, "lexical": 3, "compared": 4, "foreign": 3}  # features of each kind
_POOL = 20
Rows = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A question with all that may be quoted for it.

    `off` says if it is of another set than the documents, `able` if the documents at hand answer it.
    `rows` are `(n, features)`, `right` is `(n,)`.
    """

    source: str
    article: str
    off: bool
    able: bool
    rows: Rows
    right: npt.NDArray[np.bool_]


def cases(
    folder: Path,
    asked: Sequence[Question],
    off: bool,
    width: int,
    store: Path,
    embedder: Embedder,
    encoder: CrossEncoder | None,
) -> Iterator[Case]:
    """The cases of these questions to the documents of a data set, of evidence with that many features."""
    settings = Settings(model=embedder.name, store=store / folder.name)
    docs = None if (folder / "corpus.jsonl").exists() else EVAL.parent / folder.name
    fill(settings, folder, docs, lambda _: embedder, lambda progress: None)
    reader = Reader(encoder, embedder)
    known = frozenset(document for question in asked for document in question.gold.relevance)
    with Generation.open(settings.store, embedder.sha256) as generation:
        for question in asked:
            query = query_of(question.question, question.history, generation.language)
            hits = search(generation, embedder, query, 2 * _POOL)
            ways = [(hits, question.gold.answerable)]
            if question.gold.answerable:
                ways.append(([hit for hit in hits if not _answers(hit, question, known)], False))
            for found, able in ways:
                rows, right = [], []
                for each in reader.readings(query, found[:READ], generation):
                    for reading in each:
                        document = generation.document(reading.hit.document_id)
                        quote = document.text[reading.quote.start : reading.quote.end]
                        says = bool(contains([quote], question.gold.evidence))
                        if says and question.gold.answerable and not able:
                            continue  # a list that reaches into what was taken away
                        values = features(reading.evidence, constants_of(embedder.name))
                        if len(values) != width:
                            continue  # evidence of another kind
                        rows.append(values)
                        right.append(able and says)
                if rows:
                    article = next(iter(question.gold.relevance), query.text).split("#")[0]
                    yield Case(folder.name, article, off, able, np.array(rows), np.array(right))


def _answers(hit: Hit, question: Question, known: frozenset[str]) -> bool:
    """Whether the passage is of a right document, or for a long document says an answer."""
    long = [text for text in question.gold.evidence if len(text) > 3]
    right = document_id(hit.paths[0], known) in question.gold.relevance
    return bool(contains([hit.passage.text], long)) or (right and "#" in document_id(hit.paths[0], known))


def weights(found: Sequence[Case]) -> Rows:
    """How much each case counts, 1 on average."""
    sizes = Counter((case.source, case.able) for case in found)
    return np.array([len(found) / len(sizes) / sizes[case.source, case.able] for case in found])


def fitted(found: Sequence[Case]) -> Rows:
    """The constants of a confidence."""
    heavy = weights(found)
    x = np.concatenate([case.rows for case in found])
    y = np.concatenate([case.right for case in found])
    each = np.concatenate([np.full(len(case.rows), one) for case, one in zip(found, heavy, strict=True)])
    ranking = logistic(x, y, each)
    best = [int((case.rows @ ranking).argmax()) for case in found]
    scores = np.array([case.rows[n] @ ranking for case, n in zip(found, best, strict=True)])
    truth = np.array([case.right[n] for case, n in zip(found, best, strict=True)])
    base, scale = logistic(np.column_stack([np.ones(len(scores)), scores]), truth, heavy)
    constants = ranking * scale
    constants[0] += base
    return constants


def logistic(x: Rows, y: npt.NDArray[np.bool_], weight: Rows) -> Rows:
    """Logistic regression by maximum likelihood; but for the first constant none is below 0.

    More evidence must never lower a confidence, whatever a small sample says.
    """

    def loss(constants: Rows) -> tuple[float, Rows]:
        logits = x @ constants
        value = (weight * (np.logaddexp(0, logits) - y * logits)).sum()
        return value, x.T @ (weight * (expit(logits) - y))

    bounds = [(None, None)] + [(0, None)] * (x.shape[1] - 1)
    return minimize(loss, np.zeros(x.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x


def firsts(found: Sequence[Case], constants: Rows) -> tuple[Rows, npt.NDArray[np.bool_]]:
    """The confidence of each case's first quote, and whether it is right."""
    best = [int((case.rows @ constants).argmax()) for case in found]
    sure = expit(np.array([case.rows[n] @ constants for case, n in zip(found, best, strict=True)]))
    return sure, np.array([case.right[n] for case, n in zip(found, best, strict=True)])


def compare(learned: Sequence[Case], checked: Sequence[Case]) -> None:
    """Print how the cross-encoder, and how search and words, would do alone."""
    able = [case.able for case in checked]
    for part, columns in _ALONE.items():
        fit, test = (
            [replace(case, rows=case.rows[:, columns]) for case in some] for some in (learned, checked)
        )
        sure, truth = firsts(test, fitted(fit))
        area = auroc(sure[truth].tolist(), sure[~truth].tolist())
        print(f"{part} alone: first quote right {truth[able].mean():.3f}, AUROC of right ones {area:.3f}")


def judge(name: str, found: Sequence[Case]) -> None:
    """Fit on half of the articles, print how it does on the other half, then the constants of both."""
    half = np.array([hashlib.sha256(case.article.encode()).digest()[0] % 2 for case in found])
    learned = [case for case, side in zip(found, half, strict=True) if side == 0]
    checked = [case for case, side in zip(found, half, strict=True) if side == 1]
    if name == "read":
        compare(learned, checked)
    constants = fitted(learned)
    sure, truth = firsts(checked, constants)
    able = np.array([case.able for case in checked])
    heavy = weights(checked) / len(checked)
    print(f"{name}: {len(found)} cases, judged on the {len(checked)} of the other half of articles")
    for source in sorted({case.source for case in checked}):
        own = np.array([case.source == source and not case.off for case in checked])
        area = auroc(sure[own & able].tolist(), sure[own & ~able].tolist())
        shown = "-" if area is None else f"{area:.3f}"
        print(f"  {source}: answerable {able[own].sum()}, first quote right {truth[own & able].mean():.3f},"
              f" AUROC of answerable {shown}")  # fmt: skip
    off = np.array([case.off for case in checked])
    if off.any():
        area = auroc(sure[able].tolist(), sure[off].tolist())
        print(f"  AUROC of answerable against {off.sum()} off the topic {area:.3f}")
    bins = np.minimum((sure * 10).astype(int), 9)
    error = sum(abs(((sure - truth) * heavy)[bins == b].sum()) for b in set(bins.tolist()))
    area = auroc(sure[truth].tolist(), sure[~truth].tolist())
    print(f"  AUROC of right first quotes {area:.3f}, calibration error {error:.3f}")
    for threshold in sorted({*STOPS.values(), 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7}):
        given = sure >= threshold
        right = heavy[given & truth].sum() / max(heavy[given].sum(), 1e-9)
        kept = heavy[given & truth].sum() / max(heavy[truth].sum(), 1e-9)
        print(f"  from {threshold}: answers {heavy[given].sum():.2f}, right {right:.2f}, kept {kept:.2f}")
    between = (sure >= POSSIBLE) & (sure < STOPS["balanced"])
    right = heavy[between & truth].sum() / max(heavy[between].sum(), 1e-9)
    print(f"  possible, from {POSSIBLE} to below balanced: {heavy[between].sum():.2f}, right {right:.2f}")
    print(f"  constants: ({', '.join(f'{constant:.2f}' for constant in fitted(found))})")


def main() -> None:
    """Fit every model on its sets, or those named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--store", type=Path, default=Path(".mustanad/fit"), help="folder of the sets' stores"
    )
    parser.add_argument("--limit", type=int, default=800, help="questions of each set")
    parser.add_argument("--model", default=PACKAGED_MODEL, help="embedding model")
    parser.add_argument("kinds", nargs="*", default=["read", "dense", "lexical"], help=", ".join(SETS))
    given = parser.parse_args()
    if not EVAL.is_dir():
        sys.exit(f"expected the development sets at {EVAL}, found none")
    embedder = load_embedder(load_settings({"model": given.model}))
    for name in given.kinds:
        encoder = load_cross_encoder(Settings()) if name == "read" else None
        asked = [(source, asked_of(source, given.limit), False) for source in SETS[name]]
        asked += [
            (documents, [_unanswerable(one) for one in asked_of(source, given.limit // 2)], True)
            for source, documents in OFF_TOPIC[name]
        ]
        judge(name, [
            case
            for source, some, off in asked
            for case in cases(
                EVAL / source.removesuffix(ACROSS), some, off, _WIDTH[name], given.store,
                embedder, encoder,
            )
        ])  # fmt: skip


def asked_of(source: str, limit: int) -> list[Question]:
    """The set's own questions, or ours in another language."""
    own = source.removesuffix(ACROSS)
    return across(own)[:limit] if own != source else questions(EVAL / source, limit)


def _unanswerable(question: Question) -> Question:
    return replace(question, gold=replace(question.gold, answerable=False))


if __name__ == "__main__":
    main()
