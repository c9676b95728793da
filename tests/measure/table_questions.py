"""How well values are found in tables: python -m tests.measure.table_questions [--as FORMAT].

Each table of our own is a document; all are one library. A question is answered rightly if the row of its
value is quoted; one for a row or a column that is not there must not be answered.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.answering.answer import Answer
from app.answering.assistant import Assistant
from app.models.cross_encoder import load_cross_encoder
from index.embedding.embedder import load_embedder
from index.sync import ingest
from ingest.settings import Settings
from tests.measure.table_questions_data import TABLES, Asked, Grid


def html(grid: Grid) -> str:
    """The table with its header marked."""
    head, *rows = grid.rows
    lines = ["".join(f"<th>{cell}</th>" for cell in head)]
    lines += ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<title>{grid.title}</title><h1>{grid.title}</h1><p>{grid.text}</p><table>{body}</table>"


def tabs(grid: Grid) -> str:
    """The table in plain text, its columns parted by tabs."""
    lines = ["\t".join(row) for row in grid.rows]
    return "\n".join([grid.title, "", grid.text, "", *lines, ""])


def aligned(grid: Grid) -> str:
    """The table in plain text, its columns aligned by spaces."""
    widths = [max(map(len, column)) + 2 for column in zip(*grid.rows, strict=True)]
    lines = [
        "".join(f"{cell:<{n}}" for cell, n in zip(row, widths, strict=True)).rstrip() for row in grid.rows
    ]
    return "\n".join([grid.title, "", grid.text, "", *lines, ""])


FORMATS = {"html": html, "tabs": tabs, "aligned": aligned}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question and its answer, with how it was: right, wrong, missed; of what is not there: kept, false."""

    asked: Asked
    answer: Answer
    how: str


def judged(asked: Asked, answer: Answer) -> str:
    """How the question was answered."""
    first = answer.citations[0] if answer.citations else None
    if asked.value is None:
        return "false" if answer.status == "answered" else "kept"
    if first is None:
        return "missed"
    marked = first.answer_span
    exact = first.quote[marked.start - first.start : marked.end - first.start] if marked else ""
    if asked.row in first.quote and asked.value in first.quote:
        return "right, value marked" if exact and (exact in asked.value or asked.value in exact) else "right"
    return "wrong" if answer.status == "answered" else "wrong, possible"


def outcomes(kind: str, tables: Sequence[Grid]) -> Iterator[Outcome]:
    """Every question asked of all tables in one library."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "files"
        folder.mkdir()
        for number, grid in enumerate(tables):
            ending = "html" if kind == "html" else "txt"
            (folder / f"{number:02}.{ending}").write_text(FORMATS[kind](grid), encoding="utf-8")
        settings = Settings(store=Path(scratch) / "store", model="all-MiniLM-L6-v2")
        ingest(settings, [folder], load_embedder, lambda _: None)
        with closing(Assistant(settings, load_embedder, load_cross_encoder(settings))) as assistant:
            for grid in tables:
                for asked in grid.asked:
                    answer = assistant.ask(asked.question)
                    yield Outcome(asked, answer, judged(asked, answer))


def main() -> None:
    """Print each question that was not answered rightly, and the counts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--as", dest="kind", choices=FORMATS, default="html")
    parser.add_argument("--half", type=int, choices=(0, 1), help="every second table")
    parser.add_argument("--every", action="store_true", help="print what is right too")
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    tables = TABLES if given.half is None else TABLES[given.half :: 2]
    for each in outcomes(given.kind, tables):
        counts[each.how] += 1
        if given.every or each.how not in ("right, value marked", "kept"):
            first = (each.answer.citations or each.answer.closest or [None])[0]
            quote, span = (first.quote[:90], first.answer_span) if first else ("", None)
            marked = first.quote[span.start - first.start : span.end - first.start] if first and span else ""
            print(
                f"{each.how}, {each.answer.confidence:.2f}: {each.asked.question} -> {marked!r} of {quote!r}"
            )
    print(", ".join(f"{n} {how}" for how, n in sorted(counts.items())))


if __name__ == "__main__":
    main()
