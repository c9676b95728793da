"""The risk-coverage curve of a data set as a picture."""

from importlib.util import find_spec
from pathlib import Path

from app.evaluation.evaluate import Scores
from ingest.errors import UsageError


def check_plot(target: Path) -> None:
    """Before the long work: can a plot be made and put there?

    Raises: UsageError.
    """
    if find_spec("matplotlib") is None:
        raise UsageError("--plot needs matplotlib, found none: pip install mustanad[plot]")
    if target.suffix.lower() != ".png" or target.is_dir() or not target.parent.is_dir():
        raise UsageError(f"--plot {target}: expected a file that ends in .png in a folder that exists")


def plot_risk_coverage(scores: Scores, target: Path) -> None:
    """Write the curve as a PNG, with the point on it where the threshold is."""
    from matplotlib.figure import Figure  # without pyplot, which looks for a screen
    from matplotlib.ticker import PercentFormatter

    values = {name: measure.value for name, measure in scores.measures.items() if measure.value is not None}
    coverages, risks = zip(*scores.curve, strict=True) if scores.curve else ((), ())
    figure = Figure(figsize=(7, 4.5), dpi=150, layout="constrained")
    axes = figure.add_subplot()
    if coverages:
        area = values["area under risk-coverage"]
        axes.plot(coverages, risks, label=f"area under the curve: {area:.3f}")
    if "risk" in values:
        words = f"answers {values['coverage']:.0%}, {values['risk']:.0%} of them wrong"
        label = f"threshold {scores.threshold:g}: {words}"
        axes.plot(values["coverage"], values["risk"], "o", label=label, clip_on=False, zorder=3)
    axes.set(
        title=f"{scores.name}: {scores.questions:,} questions",
        xlabel="Coverage: share of the questions that is answered, surest first",
        ylabel="Risk: share of these answers that is wrong",
        xlim=(0, 1),
        ylim=(0, min(1.0, 1.3 * max(risks, default=0.0) + 0.05)),
    )
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.grid(alpha=0.3)
    if coverages:
        axes.legend(frameon=False)
    figure.savefig(target, format="png")
