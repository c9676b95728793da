"""What `make bench-scale` measures inside a process of its own; its figures are the last line, as JSON.

python -m tests.measure.benchmarks.scale_steps ingest STORE DOCUMENTS    ingest with the static model
python -m tests.measure.benchmarks.scale_steps ask STORE QUESTIONS       opening, searching, memory
python -m tests.measure.benchmarks.scale_steps recall STORE QUESTIONS    the dense part beside exact search
"""

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from app.cli import main as mustanad
from app.evaluation.dataset import Question
from app.evaluation.dataset import questions as read_questions
from index.search import search
from index.store import Generation
from index.types import Query, Vectors
from tests.measure.benchmarks.static_model import StaticModel

_WARM = 20  # questions asked before any is timed
_TOP = 10
_BLOCK = 4096  # passages compared at once
_SAME = 1e-5  # cosines nearer than that rank alike


class Timed(StaticModel):
    """The static model, the seconds that it has taken, and when it was last done."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.done = time.perf_counter()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The texts' vectors."""
        started = time.perf_counter()
        vectors = super().embed(texts)
        self.done = time.perf_counter()
        self.seconds += self.done - started
        return vectors


def ingest(store: Path, documents: Path) -> Mapping[str, float]:
    """As the command does it: seconds spent embedding, seconds after that, bytes written to the disk."""
    model = Timed()
    arguments = ["--store", str(store), "--model", model.name, "ingest", str(documents)]
    if code := mustanad(arguments, lambda settings: model):
        sys.exit(code)
    written = _proc("io")["write_bytes"]
    return {"embedding": model.seconds, "publishing": time.perf_counter() - model.done, "written": written}


def ask(store: Path, asked: Sequence[Question]) -> Mapping[str, float]:
    """Seconds to open; milliseconds of a warm search; where the answers were; MiB resident after it all."""
    model = StaticModel()
    model.embed([""])
    started = time.perf_counter()
    with Generation.open(store, model.sha256) as generation:
        opening = time.perf_counter() - started
        for question in asked[:_WARM]:
            search(generation, model, Query(question.question), _TOP)
        times, first = [], 0
        for question in asked:
            started = time.perf_counter()
            hits = search(generation, model, Query(question.question), _TOP)
            times.append(1000 * (time.perf_counter() - started))
            first += bool(hits) and Path(hits[0].paths[0]).stem in question.gold.relevance
        memory = _proc("status")
    return {
        "opening": opening,
        "p50": float(np.percentile(times, 50)),
        "p95": float(np.percentile(times, 95)),
        "found first": first / len(asked),
        "resident": memory["VmRSS"] / 1024,
        "anonymous": memory["RssAnon"] / 1024,
    }


def recall(store: Path, asked: Sequence[Question]) -> Mapping[str, float]:
    """Share of the ten nearest passages that the dense index finds: those at least as near as the tenth.

    The exact ones are found by comparing with every passage, embedded once more.
    """
    model = StaticModel()
    queries = model.embed([question.question for question in asked])
    nearest = np.full((len(asked), _TOP), -np.inf, dtype=np.float32)
    with Generation.open(store, model.sha256) as generation:
        ids = generation.passage_ids(generation.document_ids()).tolist()
        for start in range(0, len(ids), _BLOCK):
            some = generation.passages(ids[start : start + _BLOCK])
            cosines = queries @ model.embed([passage.indexed_text for _, passage in some.values()]).T
            nearest = -np.sort(-np.hstack([nearest, cosines]), axis=1)[:, :_TOP]
        found = [list(generation.vectors.search(query, _TOP)) for query in queries]
        some = generation.passages({one for ids in found for one in ids})
    texts = {one: passage.indexed_text for one, (_, passage) in some.items()}
    least = nearest[:, -1] - _SAME
    right = [
        np.count_nonzero(model.embed([texts[one] for one in ids]) @ query >= low)
        for ids, query, low in zip(found, queries, least, strict=True)
    ]
    return {"recall": sum(right) / np.count_nonzero(np.isfinite(nearest))}


def _proc(name: str) -> Mapping[str, int]:
    """The numbers that Linux tells of this process under /proc/self, by their names; kB where it says so."""
    lines = Path("/proc/self", name).read_text(encoding="utf-8").splitlines()
    fields = (line.replace(":", " ").split() for line in lines)
    return {field[0]: int(field[1]) for field in fields if len(field) > 1 and field[1].isdigit()}


def main() -> None:
    """Do what the arguments say."""
    verb, store, source = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    steps: dict[str, Callable[[Path, Sequence[Question]], Mapping[str, float]]] = {
        "ask": ask,
        "recall": recall,
    }
    done = ingest(store, source) if verb == "ingest" else steps[verb](store, read_questions(source, None))
    print(json.dumps(done))


if __name__ == "__main__":
    main()
