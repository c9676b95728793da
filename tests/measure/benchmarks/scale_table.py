"""The table of `make bench-scale` in Markdown: a column a size."""

from collections.abc import Callable, Mapping

from tests.measure.bench_tables import markdown
from tests.measure.benchmarks.corpus import QUESTIONS
from tests.measure.benchmarks.speed_table import made_with, short

BEGIN, END = "<!-- scale: begin; written by make bench-scale -->", "<!-- scale: end -->"

Figures = Mapping[str, float]
Steps = Mapping[str, Figures]

_LEGEND = f"""\
The text is generated (`benchmarks/corpus.py`), and the vectors are those of a static model, which
stands in for all-MiniLM-L6-v2: embedding a million passages with that would take many hours on two cores.
So embedding, and what a search needs for it, are cheaper than in use; all else is as it is. Ingests are
whole processes, from start to exit; written: as Linux counts it for the process. Anonymous: what is no
mapped file. Search: of {QUESTIONS} questions, warm; recall: the dense ranking beside exact search. Resident:
a process that has asked them all, with what it touched of mapped files, and 45 MiB of static model.
"""
_MB = 1e6


def _of(
    step: str, name: str, unit: float = 1, form: Callable[[float], str] = short
) -> Callable[[Steps], str]:
    """What shows one figure of a size; a dash where it was not measured."""
    return lambda steps: form(steps[step][name] / unit) if name in steps.get(step, ()) else "–"


def _share(value: float) -> str:
    return f"{value:.3f}"


def stored(figures: Figures) -> float:
    """Bytes of the whole store."""
    return sum(figures[part] for part in ("catalogue", "vectors", "terms", "other"))


ROWS: Mapping[str, Callable[[Steps], str]] = {
    "passages": _of("ingest", "passages"),
    "text, MB": _of("ingest", "text", unit=_MB),
    "ingest, seconds": _of("ingest", "seconds"),
    "– of them embedding": _of("ingest", "embedding"),
    "– of them publishing, after the last": _of("ingest", "publishing"),
    "– peak memory of all its processes, MiB": _of("ingest", "peak"),
    "– of it anonymous": _of("ingest", "peak anonymous"),
    "store, MB": lambda steps: short(stored(steps["ingest"]) / _MB) if "ingest" in steps else "–",
    "– catalogue": _of("ingest", "catalogue", unit=_MB),
    "– vectors": _of("ingest", "vectors", unit=_MB),
    "– terms": _of("ingest", "terms", unit=_MB),
    "opening, ms": _of("ask", "opening", unit=1e-3),
    "search, ms: median": _of("ask", "p50"),
    "– 95th percentile": _of("ask", "p95"),
    "recall@10 of the dense part": _of("recall", "recall", form=_share),
    "document found first": _of("ask", "found first", form=_share),
    "resident memory, MiB": _of("ask", "resident"),
    "– anonymous": _of("ask", "anonymous"),
    "ingest, nothing changed, seconds": _of("unchanged", "seconds"),
    "ingest, one document changed, seconds": _of("changed", "seconds"),
    "– MB written": _of("changed", "written", unit=_MB),
}


def section(figures: Mapping[int, Steps]) -> str:
    """Where and with what, the table, and what it is of."""
    heads = ["", *(f"{size:,}" for size in figures)]
    rows = [[name, *map(row, figures.values())] for name, row in ROWS.items()]
    return f"{made_with()}\n\n{markdown(heads, rows)}\n{_LEGEND}"
