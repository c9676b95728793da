"""The fast backend: a torch module, converted once for OpenVINO, kept in the cache folder, run on the CPU."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from index.disk import file_sha256
from index.embedding.four_bits import packed

# The package's converter reports every import of it to a host outside, and takes half of the import's
# time; its own way out of a missing converter is to do without. Conversion asks the front end directly.
sys.modules.setdefault("openvino.tools.ovc", None)  # type: ignore[arg-type]

import openvino  # noqa: E402

if TYPE_CHECKING:
    import torch

CONVERSION = 2  # raise it when a module is converted differently: every model is then converted anew
ENTRY = "entry.json"
GRAPH = "model.xml"
_SMALL = 1 << 20  # bytes of a file whose hash is looked at whenever it is opened

Array = npt.NDArray[Any]

# What a converted model is compared with its original on: short and long texts, of several scripts.
QUESTIONS = (
    "When was the treaty signed, and by whom?",
    "How many of the 1,250 patients in the second trial recovered within six weeks?",
    "rent",
    "ما هي عاصمة جمهورية مصر العربية؟",
)
PASSAGES = (
    "The treaty was signed in Lausanne on 24 July 1923. It set the borders of the new republic, and ended "
    "a war that had begun five years before. Two of the powers that had been invited did not sign.",
    "Of the patients in the second trial 812 recovered within six weeks (65%), against 41% of those who were "
    "given nothing; the difference was greatest among those under forty. No death was put down to the drug.",
    "The rent is 900 euros a month, paid in advance. It may be raised once a year, by 3% at most.",
    "- Flour, 500 g\n- Salt, 2 tsp\n- Water (lukewarm), 330 ml\n\nKnead for ten minutes; let it rest.",
    "القاهرة هي عاصمة جمهورية مصر العربية وأكبر مدنها.",
    "Der Vertrag wurde 1923 in Lausanne geschlossen; die Grenzen der Republik stehen darin.",
)
LONG = " ".join(PASSAGES * 4)  # beyond what most models read


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of a converted model beside it.

    mean, least: cosine, -1 to 1, of its outputs to the original's on the texts above.
    problem: why it cannot be used, None where it can.
    facts: what its user has to know of it.
    files: size in bytes and SHA-256 of each of its files.
    """

    mean: float
    least: float
    problem: str | None
    facts: Mapping[str, Any]
    files: Mapping[str, tuple[int, str]]


@cache
def core() -> openvino.Core:
    """The runtime, one for all models."""
    return openvino.Core()


def precision() -> str:
    """The type of numbers that this CPU multiplies fastest without loss that matters."""
    return "bf16" if "BF16" in core().get_property("CPU", "OPTIMIZATION_CAPABILITIES") else "f32"


def entry_folder(directory: Path, sha256: str) -> Path:
    """Where the conversion of the model of this hash is kept, by all that decides what it computes."""
    version = openvino.get_version().split("-")[0]
    return directory / f"{sha256[:32]}-openvino-{version}-{precision()}-{CONVERSION}"


def read_entry(folder: Path) -> Entry | None:
    """What lies in the folder; None where nothing does, or it is not what was written."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        entry = Entry(**json.loads((folder / ENTRY).read_bytes()))
        if not faults(folder, entry, deep=False):
            return entry
    return None


def faults(folder: Path, entry: Entry, deep: bool) -> list[str]:
    """Names of the files that are not as written: by size and the hash of small ones; `deep`, of all."""

    def sound(name: str, size: int, sha256: str) -> bool:
        file = folder / name
        if not file.is_file() or file.stat().st_size != size:
            return False
        return file_sha256(file) == sha256 if deep or size < _SMALL else True

    return [name for name, (size, sha256) in entry.files.items() if not sound(name, size, sha256)]


class FastModel:
    """A converted model; safe to share between threads. Inputs and outputs are arrays, a row a text."""

    def __init__(self, folder: Path, facts: Mapping[str, Any], keep_compiled: bool = True) -> None:
        """Compiles it for single batches; `keep_compiled` keeps the compiler's work in `folder` too."""
        self.folder = folder
        self.facts = facts
        self._options = {"INFERENCE_PRECISION_HINT": precision()}
        if keep_compiled:
            self._options |= {"CACHE_DIR": str(folder / "compiled"), "CACHE_MODE": "OPTIMIZE_SIZE"}
        self._at_once = self._compiled("LATENCY")

    def run(self, inputs: Sequence[Array]) -> list[Array]:
        """The outputs of one batch, as soon as can be: every core works on it."""
        request = self._at_once.create_infer_request()
        request.infer(list(inputs), share_inputs=True)
        return [output.data.copy() for output in request.output_tensors]

    def run_all(self, batches: Iterable[Sequence[Array]]) -> list[list[Array]]:
        """The outputs of each batch: the cores work on a batch each, which is most in all."""
        outputs: dict[int, list[Array]] = {}

        def keep(request: openvino.InferRequest, number: int) -> None:
            outputs[number] = [output.data.copy() for output in request.output_tensors]

        queue = openvino.AsyncInferQueue(self._in_turn)
        queue.set_callback(keep)
        for number, inputs in enumerate(batches):
            queue.start_async(list(inputs), number)
        queue.wait_all()
        return [outputs[number] for number in range(len(outputs))]

    @cached_property
    def _in_turn(self) -> openvino.CompiledModel:
        """Compiled for many batches, at the first need."""
        return self._compiled("THROUGHPUT")

    def _compiled(self, hint: str) -> openvino.CompiledModel:
        options = {"PERFORMANCE_HINT": hint, **self._options}
        return core().compile_model(self.folder / GRAPH, "CPU", options)


def save_graph(module: "torch.nn.Module", example: tuple["torch.Tensor", ...], file: Path) -> None:
    """Writes the module as OpenVINO's graph, weights beside it in fp32; its inputs may be of any shape.

    Raises: one of many errors where the module is not of a kind that can be traced and converted.
    """
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder

    frontend = FrontEndManager().load_by_framework("pytorch")
    decoder = TorchScriptPythonDecoder(module.eval(), example_input=example)
    graph = frontend.convert(frontend.load(decoder))
    _pack_tables(graph)
    openvino.save_model(graph, file, compress_to_fp16=False)


def _pack_tables(graph: openvino.Model) -> None:
    """Keeps the tables of vectors that came in four bits in four bits; a row is unpacked where it is used."""
    import openvino.opset13 as op

    sixteen, eight, first = op.constant(np.float32(16)), op.constant(np.float32(8)), op.constant(0)
    for lookup in (node for node in graph.get_ops() if node.get_type_name() == "Gather"):
        table, ids = lookup.input_value(0).get_node(), lookup.input_value(1)
        if table.get_type_name() != "Constant" or len(table.shape) != 2:
            continue
        small = packed(table.data)
        if small is None:
            continue
        pairs, scales = (op.convert(op.gather(op.constant(part), ids, first), "f32") for part in small)
        codes = op.concat([op.floor_mod(pairs, sixteen), op.floor(op.divide(pairs, sixteen))], -1)
        rows = op.multiply(op.subtract(codes, eight), scales)
        shape = op.constant([0] * len(ids.partial_shape) + [table.shape[1]])
        row = op.reshape(rows, shape, special_zero=True).output(0)
        for user in lookup.output(0).get_target_inputs():
            user.replace_source_output(row)


def rewrite_graph(file: Path, change: Callable[[openvino.Model], openvino.Model]) -> None:
    """Replaces the graph in the file, and its weights, by what `change` makes of it."""
    model = core().read_model(file.read_bytes(), file.with_suffix(".bin").read_bytes())
    openvino.save_model(change(model), file, compress_to_fp16=False)


def padded(rows: Sequence[Sequence[int]], filler: int = 0) -> npt.NDArray[np.int64]:
    """The rows as one array `(len(rows), longest)`, filled up at their ends; at least one column."""
    longest = max(1, *map(len, rows))
    return np.array([[*row, *[filler] * (longest - len(row))] for row in rows], dtype=np.int64)
