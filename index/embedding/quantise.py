"""int8: a converted model with its matrices in eight bits, calibrated on texts of our own.

Post-training quantisation by nncf with its preset for transformers, which smooths activations as in
Xiao et al. (2023), "SmoothQuant". nncf is needed once a model; what it makes runs without.
"""

import logging
import sys
from collections.abc import Iterable, Sequence
from contextlib import redirect_stdout
from pathlib import Path

from index.embedding.fast_model import Array, rewrite_graph
from ingest.passages import passages_of
from ingest.read import read

sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # it reports to a host outside

import nncf  # noqa: E402

_SAMPLES = Path(__file__).parents[2] / "app" / "samples"
_LENGTHS = (20, 60, 100, 200)  # words of a passage: some 300 texts from a question's length to the longest


def calibration_texts() -> list[str]:
    """Passages of the packaged sample documents, cut to several lengths."""
    documents = [read(file.read_bytes(), file.name) for file in sorted(_SAMPLES.iterdir())]
    return [
        passage.indexed_text
        for words in _LENGTHS
        for document in documents
        for passage in passages_of(document, words)
    ]


def quantise(graph: Path, batches: Iterable[Sequence[Array]]) -> None:
    """Replaces the graph in the file by its like in int8; `batches` are inputs such as it will get."""
    nncf.set_log_level(logging.ERROR)
    some = [list(inputs) for inputs in batches]
    options = {"subset_size": len(some), "model_type": nncf.ModelType.TRANSFORMER}
    with redirect_stdout(sys.stderr):  # where its bars belong
        rewrite_graph(graph, lambda model: nncf.quantize(model, nncf.Dataset(some), **options))
