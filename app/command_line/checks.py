"""Is this installation whole: packages, model, store; what is wrong and what to do about it."""

import importlib
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, packages_distributions, requires, version
from pathlib import Path
from typing import TextIO

import numpy as np

from app.answering.reader import CrossEncoder
from app.command_line.terminal import flat
from index.embedding.choice import of_store, suited
from index.embedding.model_files import has_multilingual, model_identity
from index.types import Embedder
from ingest.document import Passage, Span
from ingest.errors import MustanadError, StoreError, StoreMissing
from ingest.ocr.tesseract import missing
from ingest.settings import PACKAGED_READER, Settings

_PYTHON = (3, 11)
_REINSTALL = "install mustanad again"
# In place of a distribution's own modules: one that loads its shared library; openvino's calls nobody.
_IMPORTED_AS = {
    "lxml": ["lxml.etree"],
    "openvino": ["index.embedding.fast_model"],
    "pillow": ["PIL.Image"],
}
# Two ways to say one thing, and another thing: what an embedding model is there to tell apart.
_SENTENCES = (
    "How old is this building?",
    "What is the age of this house?",
    "The committee approved the budget for the coming year.",
)
_ANSWER = "This building is ninety years old."
_MARGIN = 0.1  # by how much the first pair must be nearer, in cosine: E5's all lie close together


@dataclass(frozen=True, slots=True)
class Check:
    """What was checked and what it showed; `fault` says what is wrong and what to do, None if nothing is."""

    name: str
    finding: str
    fault: str | None = None


def examine(
    settings: Settings,
    load: Callable[[Settings], Embedder],
    load_reader: Callable[[Settings], CrossEncoder | None],
    packages: Mapping[str, Sequence[str]],
) -> Iterator[Check]:
    """Every check, one after the other; the loads give the models that the settings name.

    `packages` maps each distribution that is needed to its modules.
    """
    yield python_check(sys.version_info[:3])
    for name, modules in packages.items():
        yield package_check(name, modules)
    there = "installed" if has_multilingual() else "not installed: pip install mustanad[multilingual]"
    yield Check("multilingual model", there)
    lacking = missing(settings.ocr_languages.split(","))
    yield Check("recognition of scans", f"lacks {', '.join(lacking)}" if lacking else settings.ocr_languages)
    yield from reader_checks(settings, load_reader)
    try:
        settings = of_store(settings)
    except StoreError:  # which the store's own checks tell
        settings = suited(settings, 0.0)
    try:
        embedder = load(settings)
    except MustanadError as error:
        yield Check("model", settings.model, str(error))
        yield from store_checks(settings, None)
        return
    yield Check("model", f"{embedder.name}, sha256 {embedder.sha256}")
    yield weights_check(settings, embedder.sha256)
    yield embedding_check(embedder)
    yield conversion_check("model, converted", settings.cache, embedder.sha256)
    yield from store_checks(settings, embedder.sha256)


def python_check(running: tuple[int, int, int]) -> Check:
    """Check that the `running` Python, as (3, 11, 4), is new enough."""
    wanted = ".".join(map(str, _PYTHON))
    fault = f"expected Python {wanted} or newer: install one and mustanad in it"
    return Check("python", ".".join(map(str, running)), None if running[:2] >= _PYTHON else fault)


def required(distribution: str) -> dict[str, list[str]]:
    """The distribution and what it requires, extras aside, with their modules: `{"faiss-cpu": ["faiss"]}`."""
    try:
        lines = [line for line in requires(distribution) or () if "extra ==" not in line]
    except PackageNotFoundError:
        return {distribution: []}
    modules = defaultdict(list)
    for module, owners in packages_distributions().items():
        for owner in owners:
            modules[_normalised(owner)].append(module)
    names = [distribution, *(_normalised(re.split(r"[^\w.-]", line)[0]) for line in lines)]
    return {name: _IMPORTED_AS.get(name, modules[name]) for name in names}


def _normalised(name: str) -> str:
    """As PEP 503 compares the names of distributions: "Foo_Bar" and "foo-bar" are one."""
    return re.sub(r"[-_.]+", "-", name).lower()


def package_check(name: str, modules: Sequence[str]) -> Check:
    """Check that the distribution is installed and its modules can be imported."""
    try:
        installed = version(name)
    except PackageNotFoundError:
        return Check(name, "not installed", f"expected the package {name}: {_REINSTALL}")
    try:
        for module in modules:
            importlib.import_module(module)
    except (ImportError, OSError) as error:  # OSError: a shared library that cannot be loaded
        return Check(name, installed, f"cannot be imported ({flat(str(error))}): {_REINSTALL}")
    return Check(name, installed)


def embedding_check(embedder: Embedder) -> Check:
    """Check that the model gives unit vectors, and a paraphrase a nearer one than another sentence."""
    vectors = embedder.embed(_SENTENCES)
    shape = (len(_SENTENCES), embedder.dimension)
    if vectors.shape != shape or not np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3):
        fault = f"expected unit vectors of shape {shape}, found {vectors.shape}: {_REINSTALL}"
        return Check("embedding", f"shape {vectors.shape}", fault)
    like, unlike = float(vectors[0] @ vectors[1]), float(vectors[0] @ vectors[2])
    cosines = f"cosine {like:.2f} between paraphrases, {unlike:.2f} between strangers"
    if like < unlike + _MARGIN:
        return Check(
            "embedding", cosines, f"expected them {_MARGIN} apart: {_REINSTALL}, or set another model"
        )
    return Check("embedding", cosines)


def weights_check(settings: Settings, sha256: str) -> Check:
    """Check that the model's files, read byte by byte, have this hash, which may be a remembered one."""
    _, actual = model_identity(settings, afresh=True)
    fault = None if actual == sha256 else f"expected {sha256}: delete {settings.cache}, or {_REINSTALL}"
    return Check("model files", f"sha256 {actual}", fault)


def conversion_check(name: str, cache: Path, sha256: str) -> Check:
    """Check that a model's conversion for OpenVINO is as it was written; says how near the original it is."""
    from index.embedding.fast_model import entry_folder, faults, read_entry

    folder = entry_folder(cache, sha256)
    entry = read_entry(folder)
    if entry is None:
        return Check(name, f"none in {cache}: torch is used")
    if entry.problem is not None:
        return Check(name, f"no use, torch is used ({entry.problem})")
    cosines = f"cosine to the original {entry.mean:.6f} in the mean, {entry.least:.6f} at least"
    if wrong := faults(folder, entry, deep=True):
        fault = f"expected {', '.join(wrong)} as written: delete {folder}, it is made anew"
        return Check(name, f"{folder.name}, {cosines}", fault)
    return Check(name, f"{folder.name}, {cosines}")


def reader_checks(settings: Settings, load: Callable[[Settings], CrossEncoder | None]) -> Iterator[Check]:
    """Check the cross-encoder: that it loads, tells an answer from none, and its files and conversion."""
    try:
        encoder = load(settings)
    except MustanadError as error:
        yield Check("reader", settings.reader, str(error))
        return
    if encoder is None:
        yield Check("reader", "none: the search and the words decide alone")
        return
    yield reader_check(encoder)
    if encoder.name == PACKAGED_READER:  # the others stay on torch
        yield reader_weights_check()
        yield conversion_check("reader, converted", settings.cache, encoder.sha256)


def reader_weights_check() -> Check:
    """Check that the packaged reader's weights, read byte by byte, are those that were packaged."""
    from app.models.cross_encoder import packaged_weights

    try:
        return Check("reader files", f"{len(packaged_weights()):,} bytes, as they were packaged")
    except (MustanadError, OSError) as error:
        return Check("reader files", "not those that were packaged", str(error))


def reader_check(encoder: CrossEncoder) -> Check:
    """Check that the cross-encoder scores a passage that answers above one that does not."""
    right, wrong = (
        Passage(0, len(text), (Span(0, len(text)),), "", text) for text in (_ANSWER, _SENTENCES[2])
    )
    scores = [score.answers for score in encoder.score(_SENTENCES[0], [right, wrong])]
    identity = f"{encoder.name}, sha256 {encoder.sha256}"
    if not scores[0] > scores[1]:
        return Check(
            "reader", identity, f"expected an answer above none: {_REINSTALL}, or set another reader"
        )
    return Check("reader", identity)


def store_checks(settings: Settings, model_sha256: str | None) -> Iterator[Check]:
    """Check that the store opens and its files are as they were written; a store may not be there yet."""
    from index.store import Generation

    place = str(settings.store)
    try:
        with Generation.open(settings.store, model_sha256) as generation:
            status = generation.status()
            yield Check("store", f"{place}, generation {status.generation}, {status.passages:,} passages")
            yield counts_check(len(generation.vectors), len(generation.terms), status.passages)
            yield files_check(generation.verify())
    except StoreMissing:
        yield Check("store", f"none at {place} yet")
    except MustanadError as error:
        yield Check("store", place, str(error))


def counts_check(vectors: int, terms: int, passages: int) -> Check:
    """Check that every passage is in the vector index and in the term index."""
    counts = f"{vectors:,} vectors, {terms:,} term entries, {passages:,} passages"
    fault = None if vectors == terms == passages else "expected as many of each: ingest again to rebuild them"
    return Check("store counts", counts, fault)


def files_check(faults: list[str]) -> Check:
    """The outcome of `Generation.verify`, whose `faults` say what is wrong with the store's files."""
    if faults:
        return Check(
            "store files", f"{len(faults)} wrong", f"{'; '.join(faults)}: ingest again to rebuild them"
        )
    return Check("store files", "as they were written")


def print_check(check: Check, stream: TextIO) -> None:
    """The check on one line, at once."""
    state = "ok" if check.fault is None else "FAULT"
    line = f"{state:<6}{check.name:<22} {flat(check.finding)}"
    if check.fault is not None:
        line = f"{line}: {flat(check.fault)}"
    print(line, file=stream, flush=True)
