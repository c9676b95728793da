"""Who wrote it, and when? Run from the repository: python -m tests.measure.detail_questions.

A dozen documents of our own say some of it in their front matter; their text names other people. They are
asked what they say, what they do not say, and about titles that none of them has: as shipped, with every
detail a candidate for every question, and without any.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from app.answering import shapes
from app.answering.assistant import Assistant
from app.answering.comparison import Corpus
from app.answering.details import asked
from app.models.cross_encoder import load_cross_encoder
from index.embedding.embedder import load_embedder
from index.sync import ingest
from index.types import Hit, Query
from ingest.settings import load_settings

TITLES = (
    "Wells of the eastern valley", "Bridges and their upkeep", "The winter ferry timetable",
    "Bees in the orchard", "A guide to slate roofs", "Noise at the harbour", "Pumps for small villages",
    "Night schools in the 1920s", "Sheep dogs at work", "The tram strike of 1911", "Reading lamps",
    "Salt marshes after the flood",
)  # fmt: skip
NO_TITLES = (
    "War and Peace", "the atlas of birds", "the harbour rules of 1840", "Cooking with nettles",
    "the diary of a foreman",
)  # fmt: skip
AUTHORS = (
    "Salma Idris", "Ada Holm", "Bertil Quist", "Nour Haddad", "Ivo Marek", "Clara Benoit", "Tomas Beran",
    "Huda Salim", "Erik Lund", "Mina Rao", "Paul Okafor", "Lena Vogt",
)  # fmt: skip
PRESSES = ("Quay Press", "Harbour Books", "Northgate Institute", "Office of Waterways", "City of Halden")
TEXTS = (
    "The council met on Monday and agreed to the repairs. {} spoke first and asked for a new pump. The cost "
    "was put at 4,300 crowns.",
    "In the autumn of 1922 the work began. The foreman {} kept a diary of the weather. The bridge was opened "
    "in May.",
    "Most of the bees were lost in the cold spring. {} counted 231 hives in the valley. The rest were fed.",
)
PEOPLE = ("Otto Frey", "Karin Dahl", "Sam Pell", "Rosa Lind")


def written(folder: Path) -> list[tuple[str, str | None]]:
    """Write the documents; the questions with what answers them, None where nothing does."""
    questions: list[tuple[str, str | None]] = []
    for at, (title, author) in enumerate(zip(TITLES, AUTHORS, strict=True)):
        press = PRESSES[at % len(PRESSES)] if at % 2 else None
        year = str(1990 + at) if at % 3 == 0 else None
        given = {"title": title, "author": author, "publisher": press, "date": year}
        matter = "\n".join(f"{name}: {value}" for name, value in given.items() if value)
        text = "\n\n".join(text.format(PEOPLE[(at + n) % len(PEOPLE)]) for n, text in enumerate(TEXTS))
        (folder / f"{at}.md").write_text(f"---\n{matter}\n---\n# {title}\n\n{text}\n", encoding="utf-8")
        questions += [
            (f"Who wrote {title}?", author), (f"Who is the author of {title}?", author),
            (f"Who published {title}?", press), (f"Who translated {title}?", None),
            (f"When was {title} published?", year), (f"Which documents did {author} write?", author),
        ]  # fmt: skip
    forms = ("Who is the author of {}?", "Who wrote {}?", "Who published {}?")
    return questions + [(form.format(title), None) for title in NO_TITLES for form in forms]


def judged(assistant: Assistant, questions: Sequence[tuple[str, str | None]]) -> str:
    """How often the first quote was right, wrong, or there though nothing answers; by status."""
    counts: Counter[str] = Counter()
    for question, expected in questions:
        answer = assistant.ask(question)
        first = answer.citations[0].quote if answer.citations else ""
        kind = "unanswerable" if expected is None else "right" if expected in first else "wrong"
        counts[f"{kind}, {answer.status}"] += 1
    return "; ".join(f"{name} {count}" for name, count in sorted(counts.items()))


def every(hits: Sequence[Hit], query: Query, corpus: Corpus) -> list[Hit]:
    """All hits."""
    return list(hits)


def none(hits: Sequence[Hit], query: Query, corpus: Corpus) -> list[Hit]:
    """Those of the text."""
    return [hit for hit in hits if not corpus.document(hit.document_id).detail_at(hit.passage.start)]


def main() -> None:
    """Print a line for each way."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    ways: dict[str, Callable[[Sequence[Hit], Query, Corpus], Iterable[Hit]]] = {
        "as shipped": asked, "every detail": every, "no detail": none
    }  # fmt: skip
    with TemporaryDirectory() as folder:
        documents = Path(folder, "documents")
        documents.mkdir()
        questions = written(documents)
        settings = replace(load_settings({}), store=Path(folder, "store"))
        ingest(settings, [documents], load_embedder, lambda progress: None)
        assistant = Assistant(settings, load_embedder, load_cross_encoder(settings))
        for name, way in ways.items():
            with patch.object(shapes, "asked", way):
                print(f"{name}: {judged(assistant, questions)}", flush=True)
        assistant.close()


if __name__ == "__main__":
    main()
