"""Conversion: a torch module made an OpenVINO graph, compared with the original, kept or refused."""

import fcntl
import json
import shutil
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.disk import file_sha256, sync_to_disk
from index.embedding.fast_model import (
    ENTRY,
    GRAPH,
    Array,
    Entry,
    FastModel,
    entry_folder,
    read_entry,
    save_graph,
)

if TYPE_CHECKING:
    import torch

FAITHFUL = 0.9999  # mean cosine to the original from which a conversion is used
_FAITHFUL_INT8 = 0.98


@dataclass(frozen=True, slots=True)
class Original:
    """A model to be converted.

    module: from the tensors of `example` to its outputs, each with a row a text.
    texts: files that its user needs too, by name.
    facts: what its user has to know, as JSON holds it.
    probe: outputs for some texts, a row each, of the conversion (given) and of the original.
    calibration: inputs to quantise it by; with none it is left as it is.
    """

    module: "torch.nn.Module"
    example: tuple["torch.Tensor", ...]
    texts: Mapping[str, str]
    facts: Mapping[str, Any]
    probe: Callable[[FastModel], tuple[Array, Array]]
    calibration: Sequence[Sequence[Array]] = ()


def converted(cache: Path, sha256: str, original: Callable[[], Original]) -> FastModel | None:
    """The conversion of the model of this hash, from the cache or made now; None where it cannot be used.

    That is where the module cannot be converted, or differs from the original by more than rounding,
    both of which are remembered, and where the cache cannot be written.
    """
    folder = entry_folder(cache, sha256)
    entry = read_entry(folder)
    if entry is None:
        try:
            entry = _made(folder, original)
        except OSError:
            return None
    return FastModel(folder, entry.facts) if entry.problem is None else None


def announcement(name: str) -> str:
    """The line to print before a model of this name is converted."""
    return f"converting {name} for this machine, once; it takes a minute or so"


def refusal(cache: Path, sha256: str) -> str:
    """Why `converted` gave None."""
    entry = read_entry(entry_folder(cache, sha256))
    return entry.problem if entry is not None and entry.problem is not None else f"{cache} cannot be written"


def _made(folder: Path, original: Callable[[], Original]) -> Entry:
    """A new entry, written whole beside and renamed: a kill leaves no half. Raises: OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _alone(folder.parent / "lock"):
        entry = read_entry(folder)  # another process may have made it meanwhile
        if entry is not None:
            return entry
        part = folder.with_name(f"{folder.name}.part")
        for old in (part, folder):  # what a kill left, or what was damaged
            shutil.rmtree(old, ignore_errors=True)
        part.mkdir()
        entry = _convert(part, original)
        (part / ENTRY).write_text(json.dumps(asdict(entry)), encoding="utf-8")
        sync_to_disk(part)
        part.rename(folder)
        return entry


def _convert(folder: Path, load: Callable[[], Original]) -> Entry:
    """Writes the converted module and the texts into the folder, and compares."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            original = load()
            save_graph(original.module, original.example, folder / GRAPH)
            if original.calibration:
                from index.embedding.quantise import quantise

                quantise(folder / GRAPH, original.calibration)
            for name, text in original.texts.items():
                (folder / name).write_text(text, encoding="utf-8")
            one, other = original.probe(FastModel(folder, original.facts, keep_compiled=False))
    except (RuntimeError, TypeError, ValueError, AttributeError, KeyError, IndexError) as error:
        return Entry(0.0, 0.0, f"{type(error).__name__}: {error}".splitlines()[0], {}, {})
    with np.errstate(invalid="ignore"):  # a row of zeros makes the mean no number, and so unfaithful
        cosines = (one * other).sum(1) / np.linalg.norm(one, axis=1) / np.linalg.norm(other, axis=1)
    mean, wanted = float(cosines.mean()), _FAITHFUL_INT8 if original.calibration else FAITHFUL
    problem = (
        None if mean >= wanted else f"expected a mean cosine of {wanted} to the original, found {mean:.6f}"
    )
    files = {file.name: (file.stat().st_size, file_sha256(file)) for file in folder.iterdir()}
    return Entry(mean, float(cosines.min()), problem, original.facts, files)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One conversion at a time, of this process or another: tracing patches torch while it goes on.

    The lock ends with the process, however it ends.
    """
    with lock.open("w", encoding="utf-8") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
