"""Are headings found by their names? Run from the repository: python -m tests.measure.heading_questions.

Headings of a store's documents are asked for as people do, up to five a document. An answer is right if
its first quote stands under that heading. They are asked as shipped, and without named sections.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from app.answering import reader
from app.models.cross_encoder import load_cross_encoder
from index.embedding.embedder import load_embedder
from index.store import Generation
from ingest.document import Document
from ingest.settings import Settings
from tests.measure.ways import two_ways

FORMS = ("{}", "What is the {}?", "Tell me about ‘{}’")
_EACH = 5  # headings of a document
_FEWEST_WORDS = 12  # of the block under a heading


def headings(document: Document) -> list[str]:
    """Headings of two to seven words, letters alone, each once in the document, with text under it."""
    text, blocks = document.text, document.blocks
    every = Counter(text[one.start : one.end] for one in blocks if one.kind == "heading")
    under = {text[a.start : a.end]: text[b.start : b.end] for a, b in pairwise(blocks) if b.kind != "heading"}
    return [
        name
        for name, count in every.items()
        if count == 1
        and 2 <= len(words := name.strip(" :.").split()) <= 7
        and "".join(words).isalpha()
        and len(under.get(name, "").split()) >= _FEWEST_WORDS
    ]


def asked(store: Path) -> Iterator[tuple[str, str]]:
    """Path and heading of those asked for, the same at every run."""
    chosen = random.Random(7)
    with Generation.open(store, None) as generation:
        for one in generation.document_ids():
            found = headings(generation.document(one))
            for name in chosen.sample(found, min(_EACH, len(found))):
                yield generation.paths(one)[0], name


def main() -> None:
    """Print how often each form of question finds its section, with and without the heuristic."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store", type=Path, help="a filled store")
    settings = replace(Settings(), store=parser.parse_args().store)
    models = lru_cache(1)(load_embedder), load_cross_encoder(settings)
    wanted = list(asked(settings.store))
    change = patch.object(reader, "nearness", lambda *_: 0.0)
    for title, assistant in two_ways(settings, *models, "without named sections", change):
        for form in FORMS:
            counts: Counter[str] = Counter()
            for path, name in wanted:
                answer = assistant.ask(form.format(name.strip(" :.").lower()))
                for first in (answer.citations or answer.closest)[:1]:
                    right = first.paths[0] == path and first.section[-1:] == (name,)
                    counts[answer.status] += right
            print(f"{title}, {form}: {counts.total()} of {len(wanted)}, {counts['answered']} answered")


if __name__ == "__main__":
    main()
