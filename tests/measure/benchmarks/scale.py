"""What a store costs as it grows: python -m tests.measure.benchmarks.scale, or make bench-scale.

For each size a corpus is generated, ingested, opened and asked, compared with exact search, and ingested
again, unchanged and with one document changed; every step is a process of its own, measured from
start to exit. A static model stands in for the real one, which would take many hours at a million
passages on two cores. A step that the file of figures has already is not run again unless it is named.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from app.command_line.call import whole_number
from index.store import Generation
from ingest.errors import MustanadError
from tests.measure.bench import ROOT
from tests.measure.bench_tables import with_section
from tests.measure.benchmarks.corpus import PASSAGES, path_of, write
from tests.measure.benchmarks.memory import watched
from tests.measure.benchmarks.running import run
from tests.measure.benchmarks.scale_plot import draw
from tests.measure.benchmarks.scale_table import BEGIN, END, Figures, section

PLOT = Path(__file__).with_name("scale.svg")
_SIZES = (1_000, 10_000, 100_000, 1_000_000)
_SEED = 1
_ADDED = "\n\nThis report was revised after the conference of Trieste.\n"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the corpus and the store of a size lie."""

    folder: Path

    @property
    def documents(self) -> Path:
        """The folder that is ingested."""
        return self.folder / "documents"

    @property
    def store(self) -> Path:
        """The store."""
        return self.folder / "store"


def filled(place: Place) -> Figures:
    """A new store: seconds, of them embedding and publishing, peak MiB, what it holds, bytes of its parts."""
    shutil.rmtree(place.store, ignore_errors=True)
    ran = watched(_step("ingest", place.store, place.documents))
    with Generation.open(place.store, None) as generation:
        passages = generation.status().passages
    text = sum(file.stat().st_size for file in place.documents.rglob("*.*"))
    held = {"passages": passages, "text": text, **parts(place.store)}
    memory = {"peak": ran.peak.whole, "peak anonymous": ran.peak.anonymous}
    return {"seconds": ran.seconds, **memory, **_last(ran.output), **held}


def asked(place: Place) -> Figures:
    """As `scale_steps.ask`."""
    return _last(run(_step("ask", place.store, place.folder)).output)


def recalled(place: Place) -> Figures:
    """As `scale_steps.recall`."""
    return _last(run(_step("recall", place.store, place.folder)).output)


def unchanged(place: Place) -> Figures:
    """The median seconds of an ingest that finds nothing new, and the bytes that it writes."""
    return _again(place, lambda: None)


def changed(place: Place) -> Figures:
    """The same where one document has changed by a sentence."""
    return _again(place, lambda: revise(place.documents / path_of(1)))


STEPS: Mapping[str, Callable[[Place], Figures]] = {
    "ingest": filled,
    "ask": asked,
    "recall": recalled,
    "unchanged": unchanged,
    "changed": changed,
}
_ROUNDS = 3  # of what takes little time


def _again(place: Place, prepare: Callable[[], None]) -> Figures:
    seconds, written = [], []
    for _ in range(_ROUNDS):
        prepare()
        ran = run(_step("ingest", place.store, place.documents))
        seconds.append(ran.seconds)
        written.append(_last(ran.output)["written"])
    return {"seconds": median(seconds), "written": median(written)}


def revise(file: Path) -> None:
    """Add a sentence at the end of a document, or take it away again."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text.removesuffix(_ADDED) if text.endswith(_ADDED) else text + _ADDED, encoding="utf-8")


def parts(store: Path) -> Figures:
    """Bytes of the store by what they hold; a file that several generations share counts once."""
    sizes = {"catalogue": 0, "vectors": 0, "terms": 0, "other": 0}
    seen = set()
    for file in store.rglob("*"):
        stat = file.stat()
        if file.is_file() and stat.st_ino not in seen:
            seen.add(stat.st_ino)
            name = str(file.relative_to(store))
            sizes[next((part for part in sizes if part in name), "other")] += stat.st_size
    return sizes


def _step(verb: str, store: Path, source: Path) -> list[str | Path]:
    return [
        sys.executable,
        "-m",
        "tests.measure.benchmarks.scale_steps",
        verb,
        store.resolve(),
        source.resolve(),
    ]


def _last(output: str) -> Figures:
    figures: Figures = json.loads(output.splitlines()[-1])
    return figures


def main() -> None:
    """Measure what is asked for, keep it, and show all that is known."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--sizes", type=whole_number(1_000, 10**8), nargs="*", default=_SIZES, help="passages, nearly"
    )
    parser.add_argument("--steps", choices=STEPS, nargs="*", help="run these, again if need be")
    parser.add_argument(
        "--work", type=Path, default=Path(".scale"), help="folder of the corpora and the stores, for reuse"
    )
    parser.add_argument("--json", type=Path, help="file of all figures, added to (default: in --work)")
    parser.add_argument("--readme", type=Path, help="file to write the table into, between its marks")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    try:
        figures = measured(given)
        print(section(figures))
        if given.readme is not None:
            draw(figures, PLOT)
            text = f"{section(figures)}\n![Cost against size]({PLOT.relative_to(ROOT)})\n"
            readme = with_section(given.readme.read_text(encoding="utf-8"), text, BEGIN, END)
            given.readme.write_text(readme, encoding="utf-8")
    except MustanadError as error:
        sys.exit(f"bench-scale: {error}")


def measured(given: argparse.Namespace) -> Mapping[int, Mapping[str, Figures]]:
    """The figures of each size and step, those measured now and those known before."""
    file = given.json if given.json is not None else given.work / "figures.json"
    figures = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    for size in given.sizes:
        place = Place(given.work / str(size))
        if not (place.folder / "questions.jsonl").exists():
            write(place.folder, _SEED, documents=size // PASSAGES)
        known = figures.setdefault(str(size), {})
        for name, step in STEPS.items():
            if name in (given.steps if given.steps is not None else STEPS.keys() - known.keys()):
                print(f"{size:,} passages: {name} ...", file=sys.stderr, flush=True)
                known[name] = step(place)
                file.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return {int(size): figures[size] for size in sorted(figures, key=int)}


if __name__ == "__main__":
    main()
