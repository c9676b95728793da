"""The packaged cross-encoder: question and passage read together by MiniLM with two heads.

The first head gives each token the logits of being where the answer starts and where it ends, as
in Devlin et al. (2019), "BERT"; the second gives the passage the logit of answering at all, from
its first token and from the tokens that the first head points at.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn
from transformers import AutoModel

from app.models.pairs import Pair, PairTokenizer, arrays_of
from index.embedding.convert import Original
from index.embedding.fast_model import LONG, PASSAGES, QUESTIONS, Array

_SCALE = ".scale"
_LAYER = re.compile(r"\.layer\.(\d+)\.")


class SpanModel(nn.Module):
    """An encoder with the two heads."""

    def __init__(self, folder: Path, layers: int = 6) -> None:
        """`folder` is the encoder's, of which the first `layers` are taken; the heads are new."""
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            folder, num_hidden_layers=layers, add_pooling_layer=False, local_files_only=True
        )
        width = self.encoder.config.hidden_size
        self.spans = nn.Linear(width, 2)
        self.answers = nn.Linear(2 * width, 1)

    def forward(
        self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor, inside: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Span logits `(n, 2, tokens)`, -inf outside the passage, and answers logits `(n,)`.

        All arguments are `(n, tokens)`: `mask` is 1 for a token and 0 for padding, `inside` is True
        for the passage's tokens.
        """
        states = self.encoder(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        logits = self.spans(states).transpose(1, 2).masked_fill(~inside[:, None], float("-inf"))
        pointed = logits.softmax(-1).mean(1, keepdim=True) @ states
        return logits, self.answers(torch.cat([states[:, 0], pointed[:, 0]], -1))[:, 0]

    def run(self, arrays: Sequence[Array]) -> list[Array]:
        """As `forward`, from arrays to arrays, without what training needs."""
        with torch.inference_mode():
            return [output.numpy() for output in self(*map(torch.from_numpy, arrays))]

    def to_convert(self, tokenizer: PairTokenizer) -> Original:
        """The model as the fast backend is to have it."""
        texts = [(question, passage) for question in QUESTIONS for passage in (*PASSAGES, LONG)]
        pairs = [tokenizer.pair(question, "", passage) for question, passage in texts]

        def rows(run: Callable[[Sequence[Array]], list[Array]]) -> Array:
            spans, answers = run(arrays_of(pairs))
            places = np.where(np.isinf(spans), 0, spans).reshape(len(pairs), -1)
            return np.column_stack([places, answers])

        return Original(self, batch_of(pairs[:2]), {}, {}, lambda fast: (rows(fast.run), rows(self.run)))


def batch_of(pairs: Sequence[Pair]) -> tuple[torch.Tensor, ...]:
    """The arguments of `SpanModel.forward`, padded to the longest pair."""
    return tuple(map(torch.from_numpy, arrays_of(pairs)))


def packed(model: SpanModel, folder: Path) -> dict[str, torch.Tensor]:
    """What training has changed of the model that `folder` holds, small: see `unpack`."""
    base = SpanModel(folder, len(model.encoder.encoder.layer)).state_dict()
    small: dict[str, torch.Tensor] = {}
    for name, value in model.state_dict().items():
        change = value - base[name] if name.startswith("encoder.") else value
        if change.dim() == 2 and name.startswith("encoder."):
            if not change.any():
                continue
            scale = change.abs().amax(1, keepdim=True).clamp_min(1e-12) / 127
            small[name] = (change / scale).round().to(torch.int8)
            small[name + _SCALE] = scale
        else:
            small[name] = change.clone()
    return small


def unpack(small: Mapping[str, torch.Tensor], folder: Path) -> SpanModel:
    """The model of `packed`: the encoder's matrices are those of `folder` plus int8 rows times a scale.

    Raises: KeyError, RuntimeError where the tensors are not of this model.
    """
    model = SpanModel(folder, 1 + max(int(found[1]) for found in map(_LAYER.search, small) if found))
    state = model.state_dict()
    for name, change in small.items():
        if name.endswith(_SCALE):
            continue
        scaled = change * small[name + _SCALE] if change.dtype == torch.int8 else change
        state[name] = state[name] + scaled if name.startswith("encoder.") else scaled
    model.load_state_dict(state)
    return model.eval()
