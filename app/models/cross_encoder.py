"""The cross-encoder that the settings name: the packaged one, or one of two kinds from hub or disk.

A question-answering model (transformers' AutoModelForQuestionAnswering) gives spans; a
sentence-transformers CrossEncoder scores each sentence. Which a model is, its own config says.
"""

import hashlib
import math
import threading
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.answering.reader import CrossEncoder, PassageScore
from app.models.pairs import PairTokenizer, arrays_of
from app.models.span_score import SILENT, span_score
from index.embedding.embedder import quiet
from index.embedding.model_files import first_line, hub_folder, packaged_folder, weights_sha256
from index.embedding.vocabulary import mostly_latin, tokenizer_knows
from index.types import Embedder
from ingest.document import Passage
from ingest.errors import ModelError
from ingest.settings import NO_READER, PACKAGED_READER, Settings

if TYPE_CHECKING:
    from app.models.span_model import SpanModel
    from index.embedding.convert import Original

_WEIGHTS = Path(__file__).parent / "reader" / "reader.safetensors"
_PINNED = "94fe6740e4038004d625a4fff2fd4d2807e73c5ae7187b918ed450bf9509a4c2"
_QUESTION_TOKENS = 64  # of a question that a model from elsewhere reads
_TOKENS = 384  # of a question and a passage that a model from elsewhere reads together


def load_cross_encoder(
    settings: Settings, tell: Callable[[str], None] = lambda _: None
) -> CrossEncoder | None:
    """The set cross-encoder; None where none is set. Raises: ModelError where it cannot be had.

    `tell` is called with a line before work that takes long and is done once.
    """
    if settings.reader == NO_READER:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            if settings.reader == PACKAGED_READER:
                return PackagedCrossEncoder(settings.cache, tell)
            return _from_elsewhere(settings.reader, hub_folder(settings.reader, "cross-encoder"))
        except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
            raise ModelError(f"cannot load the reader {settings.reader}: {first_line(error)}") from error


def load_models(
    settings: Settings, load: Callable[[Settings], Embedder], tell: Callable[[str], None]
) -> tuple[Embedder, CrossEncoder | None]:
    """The embedder that `load` gives and the set cross-encoder, loaded side by side. Raises: ModelError."""
    with warnings.catch_warnings():
        # Both loads silence warnings, for all threads: the one that ends first must not bring them back.
        warnings.simplefilter("ignore")
        with ThreadPoolExecutor(1) as beside:
            encoder = beside.submit(load_cross_encoder, settings, tell)
            return load(settings), encoder.result()


def _from_elsewhere(name: str, folder: Path) -> CrossEncoder:
    """The model of the folder, by what its config says it is."""
    from transformers import AutoConfig

    quiet()
    kinds = AutoConfig.from_pretrained(folder, local_files_only=True).architectures or []
    if any(kind.endswith("ForQuestionAnswering") for kind in kinds):
        return QuestionAnswering(name, folder)
    if any(kind.endswith("ForSequenceClassification") for kind in kinds):
        return SentenceScorer(name, folder)
    named = ", ".join(kinds) or "none"
    raise ModelError(f"expected {name} to be a model for question answering or a CrossEncoder, found {named}")


class PackagedCrossEncoder:
    """The span model trained by `tests/measure/train_reader.py` on top of the packaged MiniLM."""

    language: str | None = "en"

    def __init__(self, cache_folder: Path, tell: Callable[[str], None] = lambda _: None) -> None:
        """`cache_folder` keeps its conversion, which stands for the weights once they are checked.

        Raises: ModelError where these are other ones.
        """
        from index.embedding.convert import announcement, converted

        self.name, self.sha256 = PACKAGED_READER, _PINNED
        self._tokenizer = PairTokenizer(packaged_folder())
        original = cache(_unpacked)  # with torch, which takes seconds: only if need be

        def to_convert() -> "Original":
            tell(announcement(self.name))
            return original().to_convert(self._tokenizer)

        fast = converted(cache_folder, self.sha256, to_convert)
        self._run = fast.run if fast is not None else original().run

    def knows(self, text: str) -> bool:
        """The Latin script alone."""
        return mostly_latin(text)

    def score(self, question: str, passages: Sequence[Passage]) -> list[PassageScore]:
        """One score a passage, in their order."""
        pairs = [self._tokenizer.pair(question, passage.context, passage.text) for passage in passages]
        spans, answers = self._run(arrays_of(pairs))
        return [
            span_score(passage, pair.offsets, starts, ends, float(answer))
            for passage, pair, (starts, ends), answer in zip(
                passages, pairs, spans.astype(np.float64), answers, strict=True
            )
        ]


def packaged_weights() -> bytes:
    """What the packaged reader was trained to. Raises: ModelError where the file is another one."""
    weights = _WEIGHTS.read_bytes()
    sha256 = hashlib.sha256(weights).hexdigest()
    if sha256 != _PINNED:
        raise ModelError(
            f"{_WEIGHTS}: expected the packaged weights ({_PINNED[:12]}), found {sha256[:12]}: "
            "install mustanad again",
            path=_WEIGHTS,
            found=sha256,
        )
    return weights


def _unpacked() -> "SpanModel":
    """The packaged weights on torch. Raises: ModelError."""
    from safetensors.torch import load

    from app.models.span_model import unpack

    quiet()
    return unpack(load(packaged_weights()), packaged_folder())


class QuestionAnswering:
    """An extractive question-answering model; its logit for "no answer" is that of its first token."""

    language: str | None = None

    def __init__(self, name: str, folder: Path) -> None:
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        self.name, self.sha256 = name, weights_sha256(folder)
        self._tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self._model: Any = AutoModelForQuestionAnswering.from_pretrained(folder, local_files_only=True).eval()
        if self._tokenizer.pad_token is None:
            raise ModelError(f"expected a tokenizer with a padding token in {name}, found none")
        longest = getattr(self._model.config, "max_position_embeddings", _TOKENS) - 2  # some count from 2
        self._most = min(_TOKENS, longest, self._tokenizer.model_max_length)
        self._turn = threading.Lock()  # a tokenizer may not be used by two threads at once

    def knows(self, text: str) -> bool:
        """True if its tokenizer has whole pieces for most of the text."""
        with self._turn:
            return tokenizer_knows(self._tokenizer.backend_tokenizer, self._tokenizer.unk_token_id, text)

    def score(self, question: str, passages: Sequence[Passage]) -> list[PassageScore]:
        """One score a passage; it answers by as much as its best start and end are above "no answer"."""
        import torch

        texts = [passage.text for passage in passages]
        with self._turn:
            asked = self._tokenizer(question, return_offsets_mapping=True, add_special_tokens=False)
            kept = asked["offset_mapping"][: min(_QUESTION_TOKENS, self._most // 2)]
            question = question[: kept[-1][1]] if kept else ""
            batch = self._tokenizer(
                [question] * len(texts), texts, truncation="only_second", max_length=self._most, padding=True,
                return_offsets_mapping=True, return_tensors="pt",
            )  # fmt: skip
        offsets = batch.pop("offset_mapping").tolist()
        with torch.inference_mode():
            output = self._model(**batch)
        scores = []
        for number, passage in enumerate(passages):
            inside = [part == 1 for part in batch.sequence_ids(number)]
            places = [
                (a, b) if keep else (0, 0) for (a, b), keep in zip(offsets[number], inside, strict=True)
            ]
            starts, ends = (
                output.start_logits[number].double().numpy(),
                output.end_logits[number].double().numpy(),
            )
            none = float(starts[0] + ends[0])
            hidden = ~np.array([b > a for a, b in places])
            starts, ends = np.where(hidden, -np.inf, starts), np.where(hidden, -np.inf, ends)
            best = float(starts.max(initial=-np.inf) + ends.max(initial=-np.inf))
            scores.append(span_score(passage, places, starts, ends, max(best - none, SILENT)))
        return scores


class SentenceScorer:
    """A sentence-transformers CrossEncoder, which scores each sentence and names no exact words."""

    language: str | None = None

    def __init__(self, name: str, folder: Path) -> None:
        from sentence_transformers import CrossEncoder as Model

        self.name, self.sha256 = name, weights_sha256(folder)
        self._model: Any = Model(str(folder), local_files_only=True)
        if self._model.num_labels != 1:
            raise ModelError(
                f"expected a CrossEncoder of one label in {name}, found {self._model.num_labels}"
            )
        self._turn = threading.Lock()

    def knows(self, text: str) -> bool:
        """True if its tokenizer has whole pieces for most of the text."""
        with self._turn:
            tokenizer = self._model.tokenizer
            return tokenizer_knows(tokenizer.backend_tokenizer, tokenizer.unk_token_id, text)

    def score(self, question: str, passages: Sequence[Passage]) -> list[PassageScore]:
        """One score a passage: its best sentence's, and each sentence's share by softmax."""
        import torch

        texts = [
            [
                passage.text[span.start - passage.start : span.end - passage.start]
                for span in passage.sentences
            ]
            for passage in passages
        ]
        with self._turn:
            logits = self._model.predict(
                [(question, text) for each in texts for text in each],
                activation_fn=torch.nn.Identity(),
                show_progress_bar=False,
            )
        left = iter(np.asarray(logits, dtype=np.float64).tolist())
        scores = []
        for each in texts:
            own = [next(left) for _ in each]
            weights = [math.exp(logit - max(own)) for logit in own]
            shares = tuple(weight / sum(weights) for weight in weights)
            scores.append(PassageScore(max(own), shares, (None,) * len(own)))
        return scores
