"""What follow-ups are searched as, measured: python -m tests.measure.follow_ups.

Each question with earlier turns is searched for three times: alone, completed by the product, and
as a person rewrote it, which is the ceiling. Printed are the means and the share of the gap between
alone and rewritten that completion closes: for all of them, for those that stand alone (the rewrite
adds no word) and those that do not, and for two halves of the conversations, split by a hash, so
that what was tried on one half can be checked on the other. At last, questions that have nothing to
do with each other are asked after one another: completion should leave them as they are.
"""

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from app.answering.answer import Turn
from app.answering.query import query_of
from app.evaluation.dataset import Question, document_id, questions
from app.evaluation.evaluate import fill
from app.evaluation.metrics import ndcg, recall
from index.embedding.embedder import load_embedder
from index.search import search
from index.store import Generation
from index.types import Embedder, Query
from index.words.terms import question_terms, terms
from ingest.settings import PACKAGED_MODEL, Settings

EVAL = Path(__file__).resolve().parents[3] / "shared" / "eval"
REWRITTEN = "mtrag_human_pool"  # the set that has people's rewrites, by question
SETS = (REWRITTEN, "mtrag_human_subset")
UNRELATED = ("squad_v2_dev", "arcd_train")
MEASURES = ("nDCG@5", "recall@5", "hit@5")
_POOL = 20  # passages that a ranking of documents is made of


@dataclass(frozen=True, slots=True)
class Case:
    """A follow-up and its MEASURES, each 0 to 1: asked alone, completed, rewritten."""

    conversation: str
    stands_alone: bool
    completed: bool
    values: tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]


def cases(folder: Path, store: Path, embedder: Embedder) -> Iterator[Case]:
    """The follow-ups of a set whose relevant documents and rewrite are known."""
    rewrites = {row["qid"]: row["rewrite"] for row in map(json.loads, _lines(EVAL / REWRITTEN))}
    settings = Settings(model=embedder.name, store=store / folder.name)
    fill(settings, folder, None, lambda _: embedder, lambda progress: None)
    asked = questions(folder, None)
    known = frozenset(document for question in asked for document in question.gold.relevance)
    with Generation.open(settings.store, embedder.sha256) as generation:
        for question in asked:
            if question.history and question.gold.relevance and question.qid in rewrites:
                own, rewrite = question.question, rewrites[question.qid]
                searched = query_of(own, question.history)
                alone, completed, rewritten = (
                    _measured(question, query, known, generation, embedder)
                    for query in (query_of(own), searched, query_of(rewrite))
                )
                alike = set(terms(own, "en")).issuperset(question_terms(rewrite, "en"))
                conversation = question.qid.partition("<")[0]
                yield Case(conversation, alike, bool(searched.added), (alone, completed, rewritten))


def _lines(folder: Path) -> list[str]:
    return (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()


def _measured(
    question: Question, query: Query, known: frozenset[str], generation: Generation, embedder: Embedder
) -> tuple[float, ...]:
    """MEASURES of what the query finds for the question."""
    relevance = question.gold.relevance
    found = search(generation, embedder, query, _POOL)
    names = [[document_id(path, known) for path in one.paths] for one in found]
    ranked = list(dict.fromkeys(min(copies, key=lambda name: name not in relevance) for copies in names))
    hit = float(not relevance.keys().isdisjoint(ranked[:5]))
    return ndcg(ranked, relevance, 5), recall(ranked, relevance, 5), hit


def report(name: str, rows: Sequence[Case]) -> None:
    """Print the means of the rows and how much of the gap is closed; "-" where there is none."""
    changed = sum(row.completed for row in rows)
    print(f"{name}: {len(rows)} follow-ups, {changed} completed")
    for n, measure in enumerate(MEASURES):
        alone, completed, rewritten = (fmean(row.values[way][n] for row in rows) for way in range(3))
        gap = rewritten - alone
        closed = f"{(completed - alone) / gap:.2f}" if gap > 0 else "-"
        better = sum(row.values[1][n] > row.values[0][n] for row in rows)
        worse = sum(row.values[1][n] < row.values[0][n] for row in rows)
        print(
            f"  {measure:<9} alone {alone:.3f}  completed {completed:.3f}  rewritten {rewritten:.3f}  "
            f"gap closed {closed}  better {better}, worse {worse}"
        )


def unrelated(folder: Path, seed: int = 1) -> tuple[int, int]:
    """How many questions are completed after two others drawn at random, and how many there are."""
    texts = [str(json.loads(line)["question"]) for line in _lines(folder)]
    draw = random.Random(seed)
    changed = sum(
        bool(query_of(text, [Turn("user", draw.choice(texts)) for _ in range(2)]).added) for text in texts
    )
    return changed, len(texts)


def main() -> None:
    """Measure every set, or those named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--store", type=Path, default=Path(".mustanad/eval"), help="folder of the sets' stores"
    )
    parser.add_argument("sets", nargs="*", default=SETS, help=", ".join(SETS))
    given = parser.parse_args()
    if not EVAL.is_dir():
        sys.exit(f"expected the development sets at {EVAL}, found none")
    embedder = load_embedder(Settings(model=PACKAGED_MODEL))
    for name in given.sets:
        rows = list(cases(EVAL / name, given.store, embedder))
        halves = [hashlib.sha256(row.conversation.encode()).digest()[0] % 2 for row in rows]
        report(name, rows)
        report("  that stand alone", [row for row in rows if row.stands_alone])
        report("  that do not", [row for row in rows if not row.stands_alone])
        for half in (0, 1):
            report(f"  half {half}", [row for row, of in zip(rows, halves, strict=True) if of == half])
    for name in UNRELATED:
        changed, everything = unrelated(EVAL / name)
        print(f"{name} after unrelated questions: {changed} of {everything} completed")


if __name__ == "__main__":
    main()
