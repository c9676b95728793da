"""Tests of `make bench-speed`: its table, its place in the README, what it measures of a process."""

import json
import subprocess
import sys
from pathlib import Path

import faiss
import pytest

from index.sync import mirror
from ingest.settings import Settings
from tests.bench import ROOT
from tests.bench_tables import with_section
from tests.benchmarks.speed import prepared, run
from tests.benchmarks.speed_table import BEGIN, END, Line, section
from tests.fakes import WordEmbedder
from tests.test_evaluate import row


def test_a_line_is_medians_spreads_and_their_ratio():
    """Of the pairs, in turn; the text says of how many runs and of how much."""
    text = section([Line("`ask` from cold, seconds", [(1.0, 6.0), (0.5, 5.0), (0.75, 30.0)])], 10_390, 10**6)
    assert "| `ask` from cold, seconds | 0.75 (0.5 to 1) | 6 (5 to 30) | 0.10 |\n" in text
    assert "of 3 runs of each side" in text
    assert "1 MB of text is\nembedded, 10,390 passages" in text


def test_the_readme_has_a_place_for_it():
    """`make bench-speed` finds its marks."""
    readme = with_section((ROOT / "README.md").read_text(encoding="utf-8"), "measured\n", BEGIN, END)
    assert f"{BEGIN}\nmeasured\n{END}" in readme


def test_a_process_is_measured_whole():
    """Its seconds, its own peak of memory, its output; one that fails is no measurement."""
    some = run([sys.executable, "-c", "print(len(b'.' * 200 * 2**20))"])
    assert some.output == f"{200 * 2**20}\n"
    assert 200 < some.memory < 300
    assert some.seconds > 0
    with pytest.raises(subprocess.CalledProcessError):
        run([sys.executable, "-c", "raise SystemExit(3)"])


def test_both_sides_have_the_same_passages(tmp_path: Path):
    """Texts and vectors in one order; of the texts to embed as many as were asked for."""
    settings = Settings(store=tmp_path / "store")
    embedder = WordEmbedder()
    mirror(
        settings,
        [row(str(n), f"Lease {n} ends in March.") for n in range(9)],
        lambda: embedder,
        lambda _: None,
    )
    assert prepared(settings, tmp_path, 60) == 9
    texts = json.loads((tmp_path / "texts.json").read_text())
    index = faiss.read_index(str(tmp_path / "index.faiss"))
    assert index.reconstruct_n(0, 9) == pytest.approx(embedder.embed(texts))
    assert json.loads((tmp_path / "some.json").read_text()) == texts[:3]
