"""Are documents found by what they speak of? Run from the repository: python -m tests.measure.topics.

The words that carry meaning of a development set's questions are topics; which documents speak of them is
asked as people do, as shipped and as an ordinary question. An answer is right if its first document is one
that answers the question. Topics of another set should find none.
"""

import argparse
from collections import Counter
from dataclasses import replace
from unittest.mock import patch

from app.answering import shapes
from app.answering.assistant import Assistant
from app.evaluation.dataset import document_id, questions
from app.evaluation.evaluate import fill, own_settings
from app.models.cross_encoder import load_cross_encoder
from index.embedding.embedder import load_embedder
from index.words.terms import content_words
from ingest.settings import Settings, load_settings
from tests.measure.bench import EVAL
from tests.measure.ways import two_ways

SETS = (  # with a set whose topics they do not have
    ("squad_v2_dev", "covidqa_200423", "en", "Which document talks about {}?"),
    ("covidqa_200423", "squad_v2_dev", "en", "What do the documents say about {}?"),
    ("mtrag_human_pool", "scifact", "en", "Which documents mention {}?"),
    ("arcd_train", "squad_v2_dev", "ar", "ماذا تقول الوثائق عن {}؟"),
)
_QUESTIONS = 160


def counted(assistant: Assistant, name: str, off: str, language: str, form: str) -> str:
    """How many topics found their document first, and with which status; what those of `off` got."""
    known = frozenset(one for asked in questions(EVAL / name, None) for one in asked.gold.relevance)
    counts: Counter[str] = Counter()
    strange: Counter[str] = Counter()
    for asked in questions(EVAL / name, _QUESTIONS) + questions(EVAL / off, _QUESTIONS // 2):
        answer = assistant.ask(form.format(" ".join(content_words(asked.question, language))))
        if not asked.gold.relevance.keys() & known:
            strange[answer.status] += 1
        elif asked.gold.answerable and not asked.history:
            first = document_id((answer.citations or answer.closest)[0].paths[0], known)
            counts["asked"] += 1
            counts[answer.status] += first in asked.gold.relevance
    right = {status: counts[status] for status in ("answered", "possible", "not_found")}
    return f"right document first of {counts['asked']}: {right}; off the topic: {dict(strange)}"


def main() -> None:
    """Print both ways for each set."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    settings = replace(Settings(), store=load_settings({}).store)
    encoder = load_cross_encoder(settings)
    for name, off, language, form in SETS:
        own = own_settings(settings, EVAL / name)
        fill(own, EVAL / name, None, load_embedder, lambda progress: None)
        change = patch.object(shapes, "topic_of", lambda query: None)
        for way, assistant in two_ways(own, load_embedder, encoder, "as an ordinary question", change):
            print(f"{name}, {way}: {counted(assistant, name, off, language, form)}", flush=True)


if __name__ == "__main__":
    main()
