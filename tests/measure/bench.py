"""Score every development set as shipped; run from the repository: python -m tests.measure.bench.

The sets are read where they lie. Their stores are those of `mustanad eval`: filled by a first run,
found filled by the next. The tables go to standard output and, with `--readme`, into the README
between its two marks, with the commit and the date.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from pathlib import Path

from app.answering.assistant import Assistant
from app.answering.batch import Asker
from app.answering.reader import CrossEncoder
from app.command_line.call import whole_number
from app.evaluation.dataset import Question, alone, questions, rewritten
from app.evaluation.evaluate import Scores, fill, own_settings, score
from app.models.cross_encoder import load_cross_encoder
from index.embedding.embedder import load_embedder
from index.types import Load
from ingest.errors import MustanadError, UsageError
from ingest.settings import Settings, load_settings
from tests.measure.bench_tables import Row, section, with_section

ROOT = Path(__file__).resolve().parents[2]
EVAL = ROOT.parent / "shared" / "eval"
TOP_K = 10  # as `mustanad eval`


@dataclass(frozen=True, slots=True)
class Set:
    """A data set's folder, how many of its questions are asked, and where its documents are.

    `documents` is a path from the folder of all sets; None where the set brings its own.
    """

    name: str
    limit: int
    documents: str | None = None


# Limits for a run of less than 20 minutes once the stores are filled, at a third of a second a question.
SETS = (
    Set("seeds", 20, "../seeds"),
    Set("squad_v2_dev", 200),
    Set("squad_v11_dev", 100),
    Set("policyqa_dev", 100),
    Set("covidqa_200423", 100),
    Set("scifact", 300),
    Set("arcd_train", 200),
    Set("mtrag_human_pool", 179),
    Set("mtrag_human_subset", 159),
    Set("pdf_pages", 229),
)


def bench(
    sets: Iterable[Set],
    folder: Path,
    settings: Settings,
    models: tuple[Load, CrossEncoder | None],
    limit: int | None,
) -> list[Row]:
    """Score the sets that lie in the folder, each with its own limit of questions or this lower one."""
    load, encoder = models
    rows = []
    for each in sets:
        print(f"{each.name} ...", file=sys.stderr, flush=True)
        own = own_settings(settings, folder / each.name)
        documents = folder / each.documents if each.documents is not None else None
        asked = questions(folder / each.name, min(each.limit, limit if limit is not None else each.limit))
        fill(own, folder / each.name, documents, load, lambda progress: None)
        with closing(Assistant(own, load, encoder)) as assistant:
            rows.append(_row(asked, partial(_score, each.name, assistant, own.threshold)))
    return rows


def _score(name: str, assistant: Asker, threshold: float, asked: Sequence[Question]) -> Scores:
    return score(name, asked, assistant, threshold, TOP_K)


def _row(asked: Sequence[Question], scored: Callable[[Sequence[Question]], Scores]) -> Row:
    later = any(question.follow_up for question in asked)
    known = later and any(question.rewrite is not None for question in asked)
    return Row(
        asked=scored(asked),
        alone=scored(alone(asked)) if later else None,
        rewritten=scored(rewritten(asked)) if known else None,
    )


def commit() -> str:
    """The short hash of what is checked out, with a "+" where anything but the README differs from it.

    Raises: UsageError outside of a checkout.
    """
    head = _git("rev-parse", "--short", "HEAD")
    return head + ("+" if _git("status", "--porcelain", "--", ".", ":!tests/README.md") else "")


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise UsageError(f"{ROOT}: expected a git checkout, found {done.stderr.strip() or 'none'}")
    return done.stdout.strip()


def selected_sets(names: Sequence[str], folder: Path) -> list[Set]:
    """The sets of these names, or all. Raises UsageError for one that is unknown or not in the folder."""
    known = {each.name: each for each in SETS}
    for name in names:
        if name not in known:
            raise UsageError(f"expected one of {', '.join(known)}, found {name!r}")
    sets = [known[name] for name in names or known]
    for each in sets:
        if not (folder / each.name).is_dir():
            raise UsageError(f"{folder}: expected the data set {each.name} there, found none")
    return sets


def main() -> None:
    """Score all sets, or those named, as shipped: of the settings only store and model may be others."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--eval", type=Path, default=EVAL, help="folder of the sets")
    parser.add_argument(
        "--limit", type=whole_number(1, 10**9), help="questions of each set at most, for a trial"
    )
    parser.add_argument("--readme", type=Path, help="file to write the tables into")
    parser.add_argument("--json", type=Path, help="file to write every measure to")
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(each.name for each in SETS)}")
    given = parser.parse_args()
    try:
        run(given)
    except MustanadError as error:
        sys.exit(f"bench: {error}")


def run(given: argparse.Namespace) -> None:
    """Score, print and write. Raises: MustanadError."""
    set_here = load_settings({})
    settings = Settings(store=set_here.store, model=set_here.model)
    sets, made = selected_sets(given.sets, given.eval), commit()
    readme = given.readme.read_text(encoding="utf-8") if given.readme else None
    if readme is not None:
        with_section(readme, "")  # a README without its marks is said before the long work
    models = lru_cache(1)(load_embedder), load_cross_encoder(settings)
    rows = bench(sets, given.eval, settings, models, given.limit)
    text = section(rows, made, date.today())
    print(text)
    if readme is not None:
        given.readme.write_text(with_section(readme, text), encoding="utf-8")
    if given.json:
        scores = {"commit": made, "sets": [row.as_json() for row in rows]}
        given.json.write_text(json.dumps(scores, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
