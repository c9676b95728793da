"""Conversion is done once, kept whole, compared with the original, and made anew where it is damaged."""

import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import torch

from index.embedding.convert import Original, converted
from index.embedding.fast_model import ENTRY, Array, FastModel, entry_folder, faults, read_entry

SHA256 = "5" * 64
IDS = np.array([[1, 2, 3], [4, 5, 0]], dtype=np.int64)


class Rows(torch.nn.Module):
    """The sum of a row's words' vectors, and how many words it has."""

    def __init__(self, words: int = 50) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.words = torch.nn.Embedding(words, 8)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return (self.words(ids) * mask[:, :, None]).sum(1), mask.sum(1)


class Branching(torch.nn.Module):
    """Cannot be traced."""

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        raise ValueError("no way through")


@dataclass
class Loader:
    """Gives an original and counts how often it is asked; `noise` is what the conversion seems to add."""

    module: torch.nn.Module = field(default_factory=Rows)
    noise: float = 0.0
    loads: int = 0

    def __call__(self) -> Original:
        self.loads += 1
        some = torch.ones(2, 4, dtype=torch.long)
        return Original(self.module, (some, some), {"note.txt": "a note"}, {"width": 8}, self.probe)

    def probe(self, fast: FastModel) -> tuple[Array, Array]:
        found = fast.run([IDS, np.ones_like(IDS)])[0]
        return found + self.noise * np.arange(8), self.expected(IDS)

    def expected(self, ids: Array) -> Array:
        """What the original makes of these ids."""
        with torch.inference_mode():
            return self.module(torch.from_numpy(ids), torch.ones(ids.shape, dtype=torch.long))[0].numpy()


def test_a_model_is_converted_once(tmp_path: Path) -> None:
    """The second time it comes from the cache, and computes the same: batches of any shape, in order."""
    loader = Loader()
    first, second = converted(tmp_path, SHA256, loader), converted(tmp_path, SHA256, loader)
    assert first is not None
    assert second is not None
    assert loader.loads == 1
    assert second.facts == {"width": 8}
    assert (second.folder / "note.txt").read_text() == "a note"
    batches = [np.full((n % 3 + 1, n + 1), n, dtype=np.int64) for n in range(20)]
    several = second.run_all([ids, np.ones_like(ids)] for ids in batches)
    for ids, (rows, counts) in zip(batches, several, strict=True):
        assert rows == pytest.approx(loader.expected(ids), rel=1e-5, abs=1e-5)
        assert counts.tolist() == [ids.shape[1]] * len(ids)
        assert first.run([ids, np.ones_like(ids)])[0] == pytest.approx(rows, rel=1e-5, abs=1e-5)


def test_the_cosine_to_the_original_is_kept(tmp_path: Path) -> None:
    """Beside the model, where the doctor finds it."""
    converted(tmp_path, SHA256, Loader())
    entry = read_entry(entry_folder(tmp_path, SHA256))
    assert entry is not None
    assert entry.mean == pytest.approx(1, abs=1e-6)
    assert entry.least == pytest.approx(1, abs=1e-6)


def test_what_differs_from_the_original_is_refused(tmp_path: Path) -> None:
    """By more than rounding does; it is remembered, so that no start tries again."""
    loader = Loader(noise=0.1)
    assert converted(tmp_path, SHA256, loader) is None
    assert converted(tmp_path, SHA256, loader) is None
    assert loader.loads == 1
    entry = read_entry(entry_folder(tmp_path, SHA256))
    assert entry is not None
    assert entry.mean < 0.9999
    assert entry.problem == f"expected a mean cosine of 0.9999 to the original, found {entry.mean:.6f}"


def test_what_cannot_be_converted_is_refused(tmp_path: Path) -> None:
    """The reason is remembered."""
    loader = Loader(Branching())
    assert converted(tmp_path, SHA256, loader) is None
    assert converted(tmp_path, SHA256, loader) is None
    assert loader.loads == 1
    entry = read_entry(entry_folder(tmp_path, SHA256))
    assert entry is not None
    assert entry.problem is not None


@pytest.mark.parametrize("name", ["model.xml", "model.bin", "note.txt", ENTRY])
@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_damaged_entry_is_made_anew(tmp_path: Path, name: str, damage: str) -> None:
    """A file that is cut or gone."""
    loader = Loader()
    converted(tmp_path, SHA256, loader)
    file = entry_folder(tmp_path, SHA256) / name
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-1])
    else:
        file.unlink()
    fast = converted(tmp_path, SHA256, loader)
    assert loader.loads == 2
    assert fast is not None
    assert fast.run([IDS, np.ones_like(IDS)])[0] == pytest.approx(loader.expected(IDS), rel=1e-5, abs=1e-5)


def test_a_changed_byte_of_the_weights_is_found_by_looking_deep(tmp_path: Path) -> None:
    """As the doctor does; of the small files every start finds it."""
    converted(tmp_path, SHA256, Loader())
    folder = entry_folder(tmp_path, SHA256)
    entry = read_entry(folder)
    assert entry is not None
    assert faults(folder, entry, deep=True) == []
    weights = folder / "model.bin"
    weights.write_bytes(bytes([weights.read_bytes()[0] ^ 1]) + weights.read_bytes()[1:])
    assert faults(folder, entry, deep=True) == ["model.bin"]


def test_what_a_kill_left_is_no_entry(tmp_path: Path) -> None:
    """Half an entry stands beside its place, and gives way to a whole one."""
    folder = entry_folder(tmp_path, SHA256)
    part = folder.with_name(f"{folder.name}.part")
    part.mkdir()
    (part / "model.xml").write_text("half")
    assert read_entry(folder) is None
    assert converted(tmp_path, SHA256, Loader()) is not None
    assert not part.exists()


def test_two_at_once_convert_once(tmp_path: Path) -> None:
    """The second waits for the first, and takes what it made."""
    loader = Loader()
    found: list[FastModel | None] = []
    threads = [
        threading.Thread(target=lambda: found.append(converted(tmp_path, SHA256, loader))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (loader.loads, len(found), None in found) == (1, 3, False)


def test_without_a_place_to_keep_it_there_is_none(tmp_path: Path) -> None:
    """The cache folder's name is taken by a file: the caller is left to the original."""
    (tmp_path / "cache").write_text("")
    assert converted(tmp_path / "cache", SHA256, Loader()) is None


def test_nothing_is_reported_to_anyone() -> None:
    """OpenVINO's converter, which tells a host of each import, is not imported."""
    script = "import sys, index.embedding.convert; "
    script += "print([m for m in sys.modules if m.startswith('openvino_telemetry')])"
    script += "; print(sys.modules['openvino.tools.ovc'])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\nNone\n"
