"""int8: asked for by a setting, made once, near the original, and another model to every store."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from index.embedding.convert import Original, converted, refusal
from index.embedding.fast_model import Array, FastModel, entry_folder, read_entry
from index.embedding.model_files import model_identity
from index.embedding.quantise import calibration_texts
from ingest.settings import PACKAGED_MODEL, PRECISIONS, Settings
from tests.index.test_convert import SHA256

INPUTS = [np.random.default_rng(n).standard_normal((4, 32)).astype(np.float32) for n in range(8)]


class Layers(torch.nn.Module):
    """Two matrices, as there are many of in a transformer."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.layers = torch.nn.Sequential(torch.nn.Linear(32, 64), torch.nn.GELU(), torch.nn.Linear(64, 32))

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = self.layers(rows)
        return found


def original(off: float = 0.0) -> Original:
    """The layers, calibrated on the inputs; `off` is what the conversion seems to add."""
    module = Layers()

    def probe(fast: FastModel) -> tuple[Array, Array]:
        with torch.inference_mode():
            right = module(torch.from_numpy(INPUTS[0])).numpy()
        return fast.run([INPUTS[0]])[0] + off * np.arange(32), right

    return Original(module, (torch.ones(2, 32),), {}, {}, probe, [[rows] for rows in INPUTS])


def test_it_is_made_in_eight_bits_and_near_the_original(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its matrices are int8, how near it is is kept, and nothing is printed where results go."""
    fast = converted(tmp_path, SHA256, original)
    assert fast is not None
    entry = read_entry(entry_folder(tmp_path, SHA256))
    assert entry is not None
    assert 0.98 < entry.mean < 0.99999
    assert 'element_type="i8"' in (fast.folder / "model.xml").read_text(encoding="utf-8")
    assert capsys.readouterr().out == ""


def test_what_loses_too_much_is_refused(tmp_path: Path) -> None:
    """With the cosine that was wanted and the one that was found."""
    assert converted(tmp_path, SHA256, lambda: original(off=0.1)) is None
    assert refusal(tmp_path, SHA256).startswith("expected a mean cosine of 0.98 to the original, found ")


def test_it_is_another_model(tmp_path: Path) -> None:
    """A store made with one is never asked with the other; the name says which it was."""
    full, small = (model_identity(Settings(model=PACKAGED_MODEL, precision=each)) for each in PRECISIONS)
    assert small[0] == f"{full[0]} in int8"
    assert small[1] != full[1]


def test_it_is_calibrated_on_many_texts_of_many_lengths() -> None:
    """Passages of the sample documents, from a question's length to the longest that is read."""
    lengths = [len(text.split()) for text in calibration_texts()]
    assert len(lengths) > 200
    assert min(lengths) < 25
    assert max(lengths) > 180


def test_without_the_package_that_makes_it_one_line_says_so(tmp_path: Path) -> None:
    """Before anything is loaded."""
    (tmp_path / "lease.md").write_text("The lease ends in March.", encoding="utf-8")
    script = (
        "import sys; sys.modules['nncf'] = None; from app.cli import main\n"
        "sys.exit(main(['ingest', 'lease.md', '--precision', 'int8', '--cache', 'cache']))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith(": pip install mustanad[int8]")
