"""What a store costs against its size, as a picture: time per query, ingest, memory and disk."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from matplotlib import rc_context
from matplotlib.figure import Figure  # without pyplot, which looks for a screen

from tests.measure.benchmarks.scale_table import Figures, Steps, stored

Curve = tuple[str, Callable[[Steps], float]]


def _of(step: str, name: str, unit: float = 1) -> Callable[[Steps], float]:
    return lambda steps: steps[step][name] / unit


_PANELS: Sequence[tuple[str, Sequence[Curve]]] = (
    ("Search, milliseconds", (("95th percentile", _of("ask", "p95")), ("median", _of("ask", "p50")))),
    (
        "Ingest, seconds",
        (
            ("whole", _of("ingest", "seconds")),
            ("one document changed", _of("changed", "seconds")),
            ("nothing changed", _of("unchanged", "seconds")),
        ),
    ),
    (
        "Memory, MiB",
        (("peak of ingest", _of("ingest", "peak")), ("resident, asked", _of("ask", "resident"))),
    ),
    (
        "Disk, MB",
        (
            ("store", lambda steps: stored(steps["ingest"]) / 1e6),
            ("catalogue", _of("ingest", "catalogue", 1e6)),
            ("vectors", _of("ingest", "vectors", 1e6)),
            ("terms", _of("ingest", "terms", 1e6)),
            ("text", _of("ingest", "text", 1e6)),
        ),
    ),
)


def draw(figures: Mapping[int, Mapping[str, Figures]], target: Path) -> None:
    """Write the picture as SVG, of the sizes that are measured whole; both axes are logarithmic."""
    whole = {size: steps for size, steps in figures.items() if {"ingest", "ask", "changed"} <= steps.keys()}
    with rc_context({"svg.hashsalt": "scale", "svg.fonttype": "none"}):  # the same figures, the same file
        drawn = Figure(figsize=(9, 6.5), layout="constrained")
        for axes, (title, curves) in zip(drawn.subplots(2, 2).flat, _PANELS, strict=True):
            for name, value in curves:
                axes.loglog(whole.keys(), [value(steps) for steps in whole.values()], "o-", label=name)
            axes.set(title=title, xlabel="passages")
            axes.grid(alpha=0.3)
            axes.legend(frameon=False)
        drawn.savefig(target, format="svg", metadata={"Date": None})
