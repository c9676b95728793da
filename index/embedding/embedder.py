"""The embedding model: checked against its published hashes, loaded, asked."""

import logging
import threading
import warnings
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tokenizers import Tokenizer

from index.embedding.fast_model import LONG, PASSAGES, QUESTIONS, padded
from index.embedding.model_files import first_line, model_files, model_identity, packed_file
from index.embedding.vocabulary import has_word, mostly_latin, tokenizer_knows
from index.types import Embedder, Vectors
from ingest.errors import ModelError
from ingest.settings import INT8, MULTILINGUAL_MODEL, PACKAGED_MODEL, Settings

if TYPE_CHECKING:
    from index.embedding.convert import Original
    from index.embedding.fast_model import Array, FastModel

_TOKENS = 256  # longest sequence the packaged model was trained for
_BATCH = 64
_FAST_BATCH = 16  # smaller, so that texts of nearly one length are padded to it
_TOKENIZER = "tokenizer.json"
_NVIDIA = (Path("/proc/driver/nvidia"), Path("/dev/dxg"))  # where Linux shows a GPU of theirs, and WSL


def load_embedder(settings: Settings, tell: Callable[[str], None] = lambda _: None) -> Embedder:
    """The set model, ready to embed: on OpenVINO, or on torch where that cannot be used.

    `tell` is called with a line before work that takes long and is done once.

    Raises: ModelError where it is missing or cannot be loaded.
    """
    name, sha256 = model_identity(settings)
    small = settings.precision == INT8
    original = cache(lambda: _load(settings.model, sha256))  # with torch: takes seconds, only if need be
    if not small and _has_gpu():
        return original()
    try:
        from index.embedding.convert import announcement, converted, refusal
    except ImportError as error:
        raise ModelError(f"cannot load OpenVINO, install mustanad again: {first_line(error)}") from error

    def to_convert() -> "Original":
        texts = _calibration_texts() if small else ()
        tell(announcement(name))
        return original().to_convert(texts)

    fast = converted(settings.cache, sha256, to_convert)
    if fast is not None:
        return FastEmbedder(name, sha256, fast, latin=settings.model == PACKAGED_MODEL)
    if small:
        raise ModelError(
            f"cannot have {name}: {refusal(settings.cache, sha256)}; --precision full is another way"
        )
    return original()


def _calibration_texts() -> list[str]:
    """What int8 is calibrated on. Raises: ModelError where the package that makes it is missing."""
    try:
        from index.embedding.quantise import calibration_texts
    except ImportError as error:
        problem = f"int8 is made by nncf, once ({first_line(error)}): pip install mustanad[int8]"
        raise ModelError(problem) from error
    return calibration_texts()


def _has_gpu() -> bool:
    """True if torch can use an NVIDIA GPU; torch is asked only where there may be one."""
    if not any(place.exists() for place in _NVIDIA):
        return False
    import torch

    return torch.cuda.is_available()


def _load(name: str, sha256: str) -> "SentenceEmbedder":
    """The model on torch. Raises: ModelError where it cannot be loaded."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sentence_transformers import SentenceTransformer

        from index.embedding.packed_model import unpacked_model

        quiet()
        packed = name == MULTILINGUAL_MODEL
        try:
            files = unpacked_model(packed_file()) if packed else nullcontext(model_files(name)[0])
            with files as folder:
                model = SentenceTransformer(str(folder), device=None, local_files_only=True)
        except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
            raise ModelError(f"cannot load the model {name}: {first_line(error)}") from error
    if name == PACKAGED_MODEL:
        model.max_seq_length = _TOKENS
    return SentenceEmbedder(name, sha256, model)


def quiet() -> None:
    """Keep the libraries of the models from reporting on their loading."""
    from transformers.utils import logging as reports

    reports.set_verbosity_error()  # type: ignore[no-untyped-call]
    reports.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)


class SentenceEmbedder:
    """A sentence-transformers model on torch; safe to share between threads, which take turns."""

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

    def is_word(self, word: str) -> bool:
        """As `FastEmbedder.is_word`."""
        tokenizer = self._model.tokenizer
        with self._turn:
            return has_word(tokenizer.backend_tokenizer, tokenizer.unk_token_id, word)

    def knows(self, text: str) -> bool:
        """As `FastEmbedder.knows`."""
        if self.name == PACKAGED_MODEL:
            return mostly_latin(text)
        tokenizer = self._model.tokenizer
        with self._turn:
            return tokenizer_knows(tokenizer.backend_tokenizer, tokenizer.unk_token_id, text)

    def to_convert(self, calibration: Sequence[str] = ()) -> "Original":
        """The model as it is converted for OpenVINO: from ids and mask `(n, tokens)` to unit rows.

        With texts for calibration it is converted to int8.
        """
        import torch

        from index.embedding.convert import Original

        class Unit(torch.nn.Module):
            def __init__(self, model: torch.nn.Module) -> None:
                super().__init__()
                self.model = model

            def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
                rows = self.model({"input_ids": ids, "attention_mask": mask})["sentence_embedding"]
                return torch.nn.functional.normalize(rows, dim=-1)

        tokenizer = self._model.tokenizer
        backend = Tokenizer.from_str(tokenizer.backend_tokenizer.to_str())
        backend.no_padding()
        backend.enable_truncation(self._model.max_seq_length)
        facts = {
            "dimension": self.dimension,
            "unknown": tokenizer.unk_token_id,
            "filler": tokenizer.pad_token_id or 0,
        }
        some = torch.ones(2, 8, dtype=torch.long)
        rows = [encoding.ids for encoding in backend.encode_batch(list(calibration))]
        return Original(
            module=Unit(self._model),
            example=(some, some),
            texts={_TOKENIZER: backend.to_str()},
            facts=facts,
            probe=self._beside,
            calibration=[[padded([row]), padded([[1] * len(row)])] for row in rows],
        )

    def _beside(self, fast: "FastModel") -> tuple["Array", "Array"]:
        texts = [*QUESTIONS, *PASSAGES, LONG]
        return FastEmbedder(self.name, self.sha256, fast).embed(texts), self.embed(texts)


class FastEmbedder:
    """The same model on the fast backend; safe to share between threads."""

    def __init__(self, name: str, sha256: str, model: "FastModel", latin: bool = False) -> None:
        """`latin` is for a model that knows the Latin script alone; of others the tokenizer tells."""
        self.name = name
        self._latin = latin
        self.sha256 = sha256
        self.dimension = int(model.facts["dimension"])
        self._model = model
        self._tokenizer = Tokenizer.from_file(str(model.folder / _TOKENIZER))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The texts' vectors, `(len(texts), dimension)` float32, unit rows.

        Batches are of texts of nearly one length, each padded to its own longest.
        """
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        rows = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(rows)), key=lambda place: len(rows[place]))
        parts = [order[start : start + _FAST_BATCH] for start in range(0, len(order), _FAST_BATCH)]
        batches = [self._batch([rows[place] for place in part]) for part in parts]
        outputs = [self._model.run(batches[0])] if len(batches) == 1 else self._model.run_all(batches)
        vectors = np.zeros((len(rows), self.dimension), dtype=np.float32)
        for part, (some,) in zip(parts, outputs, strict=True):
            vectors[part] = some
        return vectors

    def _batch(self, rows: Sequence[Sequence[int]]) -> list["Array"]:
        return [padded(rows, self._model.facts["filler"]), padded([[1] * len(row) for row in rows])]

    def is_word(self, word: str) -> bool:
        """True if the model's vocabulary or the packaged one's has the word: "tower", not "direcotr"."""
        return has_word(self._tokenizer, self._model.facts["unknown"], word)

    def knows(self, text: str) -> bool:
        """True if the model was trained on the script that most of the text is written in.

        The packaged model knows the Latin one. Of another, its tokenizer tells: a script that it
        was not trained on falls to unknown pieces and single characters.
        """
        if self._latin:
            return mostly_latin(text)
        return tokenizer_knows(self._tokenizer, self._model.facts["unknown"], text)
