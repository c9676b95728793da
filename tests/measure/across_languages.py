"""How well passages are found across languages: python -m tests.measure.across_languages.

`across_languages.jsonl` has questions of our own: English ones on paragraphs of arcd_train, which is
Arabic, and Arabic ones on paragraphs of squad_v2_dev; the answer is given as characters of each
paragraph that holds it. They are asked of the set, and of both sets in one library, where as many of
the sets' own questions are asked too.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean

from app.answering.query import query_of
from app.evaluation.dataset import Question, questions, sources
from app.evaluation.outcomes import Gold
from index.embedding.embedder import load_embedder
from index.search import search
from index.store import Generation
from index.sync import mirror
from index.types import Embedder
from ingest.settings import Settings, load_settings

EVAL = Path(__file__).resolve().parents[3] / "shared" / "eval"
SETS = ("arcd_train", "squad_v2_dev")
_FIRST = 5


def across(source: str) -> list[Question]:
    """Our questions on the set's paragraphs, in the other language."""
    lines = (EVAL / source / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {row["doc_id"]: row["text"] for row in map(json.loads, lines)}
    lines = Path(__file__).with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["set"] == source]
    return [Question(row["qid"], row["question"], (), _gold(row["answers"], texts)) for row in rows]


def _gold(answers: dict[str, tuple[int, int]], texts: dict[str, str]) -> Gold:
    said = dict.fromkeys(texts[one][start:end] for one, (start, end) in answers.items())
    return Gold(True, dict.fromkeys(answers, 1), tuple(said), frozenset(), text_only=False)


def within(source: str, limit: int) -> list[Question]:
    """The set's own questions that its paragraphs answer."""
    return [one for one in questions(EVAL / source, 2 * limit) if one.gold.answerable][:limit]


def store_of(names: Iterable[str], settings: Settings, embedder: Embedder) -> Settings:
    """Settings with a store that holds the paragraphs of these sets."""
    own = replace(settings, store=settings.store / "eval" / "+".join(names))
    mirror(own, [row for name in names for row in sources(EVAL / name)], lambda _: embedder, lambda _: None)
    return own


def hits(asked: Sequence[Question], settings: Settings, embedder: Embedder) -> tuple[float, float]:
    """Shares of the questions whose paragraph is the first, and among the first five."""
    places = []
    with Generation.open(settings.store, embedder.sha256) as generation:
        for one in asked:
            found = search(generation, embedder, query_of(one.question, (), generation.language), 4 * _FIRST)
            first = list(dict.fromkeys(hit.paths[0] for hit in found))[:_FIRST]
            places.append(next((n for n, path in enumerate(first) if path in one.gold.relevance), _FIRST))
    return fmean(place == 0 for place in places), fmean(place < _FIRST for place in places)


def main() -> None:
    """Print a table: questions within and across languages, of one set and of both together."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", type=Path, default=Path(".mustanad"), help="folder of the stores")
    parser.add_argument("--model", help="embedding model")
    parser.add_argument("--limit", type=int, default=200, help="questions of each set within its language")
    given = parser.parse_args()
    settings = load_settings({"store": given.store, "model": given.model})
    embedder = load_embedder(settings, print)
    print(f"{'':24}{'of the set':>14}{'of both sets':>14}")
    both = store_of(SETS, settings, embedder)
    for source in SETS:
        own = store_of([source], settings, embedder)
        for kind, asked in (
            ("within", within(source, given.limit)),
            ("across", across(source)),
        ):
            shown = (f"{one:.3f}/{five:.3f}" for one, five in (hits(asked, x, embedder) for x in (own, both)))
            print(f"{source:<16}{kind:<8}" + "".join(f"{text:>14}" for text in shown))


if __name__ == "__main__":
    main()
