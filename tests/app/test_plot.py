"""Tests of the risk-coverage plot."""

from pathlib import Path

import pytest

from app.evaluation.evaluate import Scores
from app.evaluation.metrics import Measure
from app.evaluation.plot import check_plot, plot_risk_coverage
from ingest.errors import UsageError

CURVE = ((0.5, 0.0), (1.0, 0.5))
MEASURES = {
    "area under risk-coverage": Measure(0.25, 2),
    "coverage": Measure(0.5, 2),
    "risk": Measure(0.0, 1),
}


def scores(measures: dict[str, Measure], curve: tuple[tuple[float, float], ...]) -> Scores:
    """The scores of a set of two questions."""
    return Scores("mine", 2, 0.25, measures, curve, (), {})


@pytest.mark.parametrize(
    "drawn",
    [
        scores(MEASURES, CURVE),
        scores({name: each for name, each in MEASURES.items() if name != "risk"}, CURVE),
        scores({}, ()),
    ],
    ids=["whole", "nothing answered", "no questions"],
)
def test_a_plot_is_a_png(tmp_path: Path, drawn: Scores):
    """Also of a set where nothing was answered, or with no question at all."""
    check_plot(tmp_path / "a.PNG")
    plot_risk_coverage(drawn, tmp_path / "a.PNG")
    data = (tmp_path / "a.PNG").read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1050, 675)


@pytest.mark.parametrize("name", ["a.jpg", "a", "none/a.png", "folder.png"])
def test_a_place_for_no_png_is_refused(tmp_path: Path, name: str):
    """Another kind of file, a folder that is not there, a folder itself."""
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(UsageError, match=r"expected a file that ends in \.png in a folder that exists"):
        check_plot(tmp_path / name)
