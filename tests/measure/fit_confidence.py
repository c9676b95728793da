"""Fit the constants of the confidence; run from the repository: python -m tests.measure.fit_confidence.

The cases are those of `confidence_cases.py`. Constants are fitted to everything that may be quoted of the
best passages, then three times with what they put first above all, since that is what people see, and the
rest beside it, since the first is to be told from it. Cases are weighted as if the documents answered three
questions of five, and so that each data set counts alike. Each set in turn is left out and judged by what the
others teach (of a single set, each half of its articles); the constants printed at last are fitted to all.
"""

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit

from app.evaluation.metrics import auroc
from app.models.cross_encoder import load_cross_encoder
from index.embedding.embedder import load_embedder
from ingest.settings import PACKAGED_MODEL, POSSIBLE, STOPS, Settings, load_settings
from tests.measure.confidence_cases import ACROSS, EVAL, Case, Source, cases

_READ = (
    "seeds",
    "squad_v2_dev",
    "covidqa_200423",
    "policyqa_dev",
    "mtrag_human_subset",
    "scifact",
    "pdf_pages",
)
SETS = {
    "read": _READ,
    "dense": _READ,
    "lexical": ("arcd_train",),
    "compared": ("arcd_train", "squad_v2_dev"),
    "foreign": (f"arcd_train{ACROSS}", f"squad_v2_dev{ACROSS}"),
}
_STRANGERS = (
    ("covidqa_200423", "squad_v2_dev"),
    ("squad_v2_dev", "covidqa_200423"),
    ("squad_v2_dev", "mtrag_human_subset"),
)
OFF_TOPIC = {  # questions of the first to the documents of the second
    "read": _STRANGERS,
    "dense": _STRANGERS,
    "lexical": (),
    "compared": ((f"squad_v2_dev{ACROSS}", "arcd_train"),),
    "foreign": (("squad_v2_dev", "arcd_train"), ("arcd_train", "covidqa_200423")),
}
_WIDTH = {"read": 5, "dense": 4, "lexical": 3, "compared": 4, "foreign": 3}  # features of each kind
_ABLE = 0.6  # share of what is asked that the documents answer
_RIDGE = 0.2  # how much a large constant costs, lest one set's accident makes it
_BEHIND = 0.2  # weight of a quote, beside 1 for one that is put first
_VERDICT = 0.7  # least weight of the reader's verdict: its clear no counts, whatever else points at a quote
_ROUNDS = 3  # fits to what is put first
_COLUMNS = (  # shares of what is there, of all that is possible, of what was taken away, is not there, is off
    "first right", "AUROC of right", "of there", "error", "answered", "right", "shown", "possible right",
    "away: answered", "shown", "not there: answered", "shown", "off: answered", "shown",
)  # fmt: skip
Rows = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]


def fitted(found: Sequence[Case], heavy: Rows, verdict: bool) -> Rows:
    """The constants that make these cases, weighed so, likeliest; `verdict` if the reader's is among them."""
    x, y = np.concatenate([case.rows for case in found]), np.concatenate([case.right for case in found])
    each = np.concatenate([np.full(len(case.rows), one) for case, one in zip(found, heavy, strict=True)])
    constants = logistic(x, y, each, verdict)
    for _ in range(_ROUNDS):
        rows, truth = firsts(found, constants)
        weight = np.concatenate([_BEHIND * each, heavy])
        constants = logistic(np.concatenate([x, rows]), np.concatenate([y, truth]), weight, verdict)
    return constants


def firsts(found: Sequence[Case], constants: Rows) -> tuple[Rows, Truth]:
    """The row of each case's surest quote, and whether it is right."""
    best = [int((case.rows @ constants).argmax()) for case in found]
    return (
        np.array([case.rows[n] for case, n in zip(found, best, strict=True)]),
        np.array([case.right[n] for case, n in zip(found, best, strict=True)]),
    )


def logistic(x: Rows, y: Truth, weight: Rows, verdict: bool) -> Rows:
    """Logistic regression by maximum likelihood; but for the first constant none is below 0.

    More evidence must never lower a confidence, whatever a small sample says.
    """

    def loss(constants: Rows) -> tuple[float, Rows]:
        logits = x @ constants
        ridge = _RIDGE * np.concatenate([[0.0], constants[1:]])
        value = (weight * (np.logaddexp(0, logits) - y * logits)).sum() + (ridge * constants).sum()
        return value, x.T @ (weight * (expit(logits) - y)) + 2 * ridge

    least = np.zeros(x.shape[1])
    least[1] = _VERDICT if verdict else 0.0
    bounds = [(None, None), *((low, None) for low in least[1:])]
    return minimize(loss, least, jac=True, bounds=bounds, method="L-BFGS-B").x


def weights(found: Sequence[Case]) -> Rows:
    """How much each case counts, 1 on average."""
    sizes = Counter((case.source.documents, case.able) for case in found)
    share = {True: 2 * _ABLE, False: 2 * (1 - _ABLE)}
    return np.array([
        share[case.able] * len(found) / len(sizes) / sizes[case.source.documents, case.able] for case in found
    ])  # fmt: skip


def folds(found: Sequence[Case]) -> Iterator[tuple[str, list[Case], list[Case]]]:
    """Name, what is learnt from and what is judged, of each set in turn or of each half of a single one."""
    sets = sorted({case.source.documents for case in found if not case.source.off})
    if len(sets) == 1:
        halves: tuple[list[Case], list[Case]] = ([], [])
        for case in found:
            halves[hashlib.sha256(case.article.encode()).digest()[0] % 2].append(case)
        yield f"{sets[0]}, half", *halves
        yield f"{sets[0]}, other half", *reversed(halves)
        return
    for name in sets:
        own = [case for case in found if case.source.documents == name]
        yield name, [case for case in found if name not in (case.source.documents, case.source.asked)], own


def judge(name: str, found: Sequence[Case]) -> None:
    """Print how each set is judged by what the others teach, then the constants that all teach."""
    print(f"{name}: {len(found):,} cases\n| left out | " + " | ".join(_COLUMNS) + " |")
    print("|---|" + "--:|" * len(_COLUMNS))
    for left_out, learned, own in folds(found):
        constants = fitted(learned, weights(learned), name == "read")
        rows, truth = firsts(own, constants)
        print(f"| {left_out} | " + " | ".join(_row(own, expit(rows @ constants), truth)) + " |")
    constants = fitted(found, weights(found), name == "read")
    print(f"  constants: ({', '.join(f'{constant:.2f}' for constant in constants)})", flush=True)


def _row(own: Sequence[Case], sure: Rows, truth: Truth) -> Iterator[str]:
    """The figures of a set, as text."""
    able = np.array([case.able for case in own])
    off = np.array([case.source.off for case in own])
    removed = np.array([case.removed for case in own])
    heavy = weights(own)
    answered, shown = sure >= STOPS["balanced"], sure >= POSSIBLE
    yield _share(truth[able])
    for positive in (truth, able):
        area = auroc(sure[positive & ~off].tolist(), sure[~positive & ~off].tolist())
        yield "–" if area is None else f"{area:.3f}"
    bins = np.minimum((sure * 10).astype(int), 9)
    gaps = [abs(((sure - truth) * heavy)[bins == each].sum()) for each in set(bins.tolist())]
    yield f"{sum(gaps) / heavy.sum():.3f}"
    yield _share(answered[able])
    yield _share(truth[able & answered])
    yield _share(shown[able])
    band = shown & ~answered
    yield f"{(heavy * truth)[band].sum() / max(heavy[band].sum(), 1e-9):.2f}"
    for some in (removed, ~able & ~removed & ~off, off):
        yield _share(answered[some])
        yield _share(shown[some])


def _share(truth: Truth) -> str:
    return f"{truth.mean():.2f}" if len(truth) else "–"


def main() -> None:
    """Fit every kind on its sets, or those named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--store", type=Path, default=Path(".mustanad/fit"), help="folder of the sets' stores"
    )
    parser.add_argument("--limit", type=int, default=300, help="questions of each set")
    parser.add_argument("--model", default=PACKAGED_MODEL, help="embedding model")
    parser.add_argument("kinds", nargs="*", default=["read", "dense", "lexical"], help=", ".join(SETS))
    given = parser.parse_args()
    if not EVAL.is_dir():
        sys.exit(f"expected the development sets at {EVAL}, found none")
    embedder = load_embedder(load_settings({"model": given.model}))
    for name in given.kinds:
        encoder = load_cross_encoder(Settings()) if name == "read" else None
        sources = [Source(one, one.removesuffix(ACROSS)) for one in SETS[name]]
        sources += [Source(*pair) for pair in OFF_TOPIC[name]]
        found = [
            case
            for source in sources
            for case in cases(source, _WIDTH[name], given.limit, given.store, embedder, encoder)
        ]
        judge(name, found)


if __name__ == "__main__":
    main()
