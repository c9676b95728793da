"""The table of `make bench-speed` in Markdown: medians, spreads, ratios, and what they were measured on."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median

from tests.measure.bench_tables import markdown

BEGIN, END = "<!-- speed: begin; written by make bench-speed -->", "<!-- speed: end -->"
_PACKAGES = ("openvino", "torch", "sentence-transformers", "faiss-cpu", "tantivy", "tokenizers", "numpy")
_SHOWN = ("avx2", "avx512f", "avx512_bf16", "amx_bf16")  # what decides how fast a model can be


@dataclass(frozen=True, slots=True)
class Line:
    """Something measured: a pair a round, ours and the baseline's."""

    name: str
    pairs: Sequence[tuple[float, float]]


_ONCE = "One run of each side."
_OFTEN = "Median, and least to most, of {} runs of each side in turn; the ratio is the median of the pairs'."
_LEGEND = """\
{runs}
Baseline: sentence-transformers in fp32 and FAISS, which finds and does not read. {size:g} MB of text is
embedded, {passages:,} passages are asked. Ingests are whole processes; the megabytes of text are generated;
the baseline cuts every hundred words and keeps no headings. Alone: the same texts read, or embedded, by a
process that does nothing else; start-up not counted.
"""


def section(lines: Sequence[Line], passages: int, size: int) -> str:
    """Where, with what, the table and what it is of; `size` is in characters of text embedded."""
    table = markdown(["", "Mustanad", "baseline", "ratio"], map(_row, lines))
    runs = len(lines[0].pairs)
    told = _ONCE if runs == 1 else _OFTEN.format(runs)
    legend = _LEGEND.format(runs=told, size=size / 1e6, passages=passages)
    return f"{made_with()}\n\n{table}\n{legend}"


def made_with() -> str:
    """The day, this machine, and the versions of what decides a time."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return f"{date.today()}, {cpu()}; Python {platform.python_version()}, {packages}."


def _row(line: Line) -> list[str]:
    ours, baseline = zip(*line.pairs, strict=True)
    ratio = median(one / other for one, other in line.pairs)
    return [line.name, _spread(ours), _spread(baseline), f"{ratio:.2f}"]


def _spread(values: Sequence[float]) -> str:
    """The median and, of several, the least and the most, to three digits or whole."""
    if len(values) == 1:
        return short(values[0])
    return f"{short(median(values))} ({short(min(values))} to {short(max(values))})"


def short(value: float) -> str:
    """Three digits, or whole."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def cpu() -> str:
    """This machine's processor, where Linux tells it, with the instructions that matter."""
    file = Path("/proc/cpuinfo")
    told = file.read_text(encoding="utf-8") if file.exists() else ""
    facts = dict(
        (part.strip() for part in line.split(":", 1)) for line in told.splitlines() if ":" in line
    )  # of the last core, as of all
    flags = [flag for flag in _SHOWN if flag in facts.get("flags", "").split()]
    name = facts.get("model name", platform.processor() or platform.machine())
    return f"{os.cpu_count()} cores of {name} ({', '.join(flags) or 'no AVX2'})"
