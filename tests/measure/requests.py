"""Are requests told from questions, and what is a comparison worth? python -m tests.measure.requests.

First the prompts of `requests.tsv`: those of our own, and two lots found in public programs that talk with
documents. A "topic" is a summary of something in the documents. Then every question of the development sets:
none but a comparison or a summary should be taken for one. Those that compare are asked as shipped and as
ordinary questions; the answer is right if any of what it quotes is.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from app.answering import assistant as answering
from app.answering.assistant import Assistant
from app.answering.requests import requested, subject
from app.evaluation.dataset import Question, document_id, questions
from app.evaluation.evaluate import fill, own_settings
from app.evaluation.metrics import contains
from app.models.cross_encoder import load_cross_encoder
from index.embedding.embedder import load_embedder
from ingest.settings import Settings, load_settings
from tests.measure.bench import EVAL
from tests.measure.ways import two_ways

SETS = ("squad_v2_dev", "squad_v11_dev", "covidqa_200423", "mtrag_human_pool", "arcd_train")


def kind(question: str) -> str:
    """As what it is taken: "none", "summary", "topic", "comparison" or "help"."""
    asked = requested(question)
    if asked is None:
        return "none"
    return "topic" if asked.kind == "summary" and subject(question) else asked.kind


def prompts() -> Iterator[str]:
    """For each lot, how many of each kind were taken for it; then those that were not."""
    right: dict[str, Counter[str]] = {}
    missed = []
    for line in Path(__file__).with_suffix(".tsv").read_text(encoding="utf-8").splitlines():
        lot, wanted, prompt = line.split("\t")
        counts = right.setdefault(lot, Counter())
        counts[f"{wanted}, of"] += 1
        counts[wanted] += kind(prompt) == wanted
        missed += [f"  {lot}: {prompt} is {wanted}, found {kind(prompt)}"] * (kind(prompt) != wanted)
    yield from (f"{lot}: {dict(sorted(counts.items()))}" for lot, counts in right.items())
    yield from missed


def is_right(question: Question, assistant: Assistant) -> tuple[str, bool]:
    """The answer's status, and True if any of what it quotes in answer is right."""
    answer = assistant.ask(question.question, question.history)
    shown = answer.own or answer.closest[:1]
    if any(question.gold.evidence):
        return answer.status, bool(contains([each.quote for each in shown], question.gold.evidence))
    known = frozenset(question.gold.relevance)
    return answer.status, any(document_id(each.paths[0], known) in known for each in shown)


def main() -> None:
    """Print the prompts, then both ways for each set."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    print(*prompts(), sep="\n", flush=True)
    settings = replace(Settings(), store=load_settings({}).store)
    encoder = load_cross_encoder(settings)
    for name in SETS:
        every = questions(EVAL / name, None)
        print(f"{name}: {dict(Counter(kind(one.question) for one in every))}", flush=True)
        compared = [one for one in every if kind(one.question) == "comparison" and one.gold.answerable]
        own = own_settings(settings, EVAL / name)
        fill(own, EVAL / name, None, load_embedder, lambda progress: None)
        change = patch.object(answering, "requested", lambda question: None)
        for way, assistant in two_ways(own, load_embedder, encoder, "as ordinary questions", change):
            counts = Counter(is_right(one, assistant) for one in compared)
            print(f"  {way}: {dict(counts)}", flush=True)


if __name__ == "__main__":
    main()
