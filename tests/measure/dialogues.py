"""How follow-ups are answered where a library has articles: python -m tests.measure.dialogues arcd_train.

`dialogues.jsonl` has follow-ups of our own, each with the question before it; the set's question that it
stands for says the answer, and in which paragraph. They are asked with what was quoted for that question,
then as many of the set's own questions with "And" put before, after an unrelated one: each also without
what is named below.
"""

import argparse
import json
import random
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from app.answering import assistant, evidence, follow_up
from app.answering.answer import Turn
from app.answering.assistant import Assistant
from app.evaluation.dataset import TextRow
from app.models.cross_encoder import load_cross_encoder
from index.embedding.embedder import load_embedder
from index.sync import mirror
from ingest.settings import load_settings

EVAL = Path(__file__).resolve().parents[3] / "shared" / "eval"
AND = {"arcd_train": "و", "squad_v2_dev": "And "}


@dataclass(frozen=True, slots=True)
class Case:
    """A question after another, what answers it, and the paragraph where that stands."""

    before: str
    question: str
    answers: Sequence[str]
    paragraph: str


WITHOUT: dict[str, list[tuple[object, str, object]]] = {
    "as shipped": [],
    "what was just quoted": [(assistant, "just_quoted", lambda *_: ())],
    "as it stands where surer": [(follow_up, "_CLEARLY", 1e9)],
    "added words counting half": [(evidence, "_ADDED", 1.0)],
}
WITHOUT["all three"] = [each for way in WITHOUT.values() for each in way]


def cases(name: str) -> tuple[list[Case], list[Case]]:
    """The follow-ups of a set, and as many questions that have nothing to do with the one before."""
    texts = {row["doc_id"]: row["text"] for row in _rows(EVAL / name / "corpus.jsonl")}
    known = {row["qid"]: row for row in _rows(EVAL / name / "questions.jsonl") if row.get("answers")}
    own = [row for row in _rows(Path(__file__).with_suffix(".jsonl")) if row["set"] == name]

    def case(qid: str, before: str, question: str) -> Case:
        return Case(before, question, known[qid]["answers"], texts[known[qid]["doc_id"]])

    draw = random.Random(1)
    drawn = [draw.sample(sorted(known), 2) for _ in own]
    pairs = [(known[other]["question"], qid, known[qid]["question"].strip(" -")) for other, qid in drawn]
    return (
        [case(row["qid"], row["before"], row["question"]) for row in own],
        [case(qid, before, AND[name] + text) for before, qid, text in pairs],
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def articles(name: str) -> list[TextRow]:
    """The set's articles, each a document of its paragraphs."""
    texts: dict[str, list[str]] = {}
    for row in _rows(EVAL / name / "corpus.jsonl"):
        texts.setdefault(row["title"], []).append(row["text"])
    whole = {title: "\n\n".join(some) for title, some in texts.items()}
    return [TextRow(f"/{name}/{title}", title, len(text), 0, title, text) for title, text in whole.items()]


def asked(cases: Sequence[Case], asking: Assistant) -> tuple[int, int, int]:
    """How many have the right quote first, are answered by it, and are answered by another."""
    right = answered = wrong = 0
    for case in cases:
        first = asking.ask(case.before)
        history = [Turn("user", case.before)]
        if first.text is not None:
            history.append(Turn("assistant", first.text, tuple(one.document_id for one in first.own)))
        answer = asking.ask(case.question, history)
        quote = answer.own[0].quote if answer.own else ""
        holds = quote in case.paragraph and any(each in quote for each in case.answers)
        right += holds
        answered += holds and answer.status == "answered"
        wrong += not holds and answer.status == "answered"
    return right, answered, wrong


def main() -> None:
    """Print a line for each way and kind of question."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", type=Path, default=Path(".mustanad"), help="folder of the stores")
    parser.add_argument("--model", help="embedding model")
    parser.add_argument("set", choices=AND)
    given = parser.parse_args()
    settings = load_settings({"store": given.store / "dialogues" / given.set, "model": given.model})
    embedder, reader = load_embedder(settings, print), load_cross_encoder(settings, print)
    mirror(settings, articles(given.set), lambda _: embedder, lambda _: None)
    kinds = dict(zip(("follow-ups", "unrelated"), cases(given.set), strict=True))
    asking = Assistant(settings, lambda _: embedder, reader)
    for without, changes in WITHOUT.items():
        with ExitStack() as patched:
            for module, name, value in changes:
                patched.enter_context(patch.object(module, name, value))
            for kind, some in kinds.items():
                right, answered, wrong = asked(some, asking)
                print(f"{without:28}{kind:12}{len(some):4} right {right} answered {answered} wrongly {wrong}")
    asking.close()


if __name__ == "__main__":
    main()
