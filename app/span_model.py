"""The packaged cross-encoder: question and passage read together by MiniLM with two heads.

The first head gives each token the logits of being where the answer starts and where it ends, as
in Devlin et al. (2019), "BERT"; the second gives the passage the logit of answering at all, from
its first token and from the tokens that the first head points at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

MOST_TOKENS = 320  # of a question and a passage together; the passage's end is cut
_PART_TOKENS = 64  # of them that the question, or the context above the passage, takes at most
_SCALE = ".scale"


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a passage as the model takes them.

    `ids` and `types` are of each token. `offsets` are half-open characters of the passage, (0, 0)
    for the tokens of the question and of the context.
    """

    ids: list[int]
    types: list[int]
    offsets: list[tuple[int, int]]


class PairTokenizer:
    """Turns a question and a passage into a Pair."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the encoder's."""
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        vocabulary = self._tokenizer.get_vocab()
        self._first, self._last = vocabulary["[CLS]"], vocabulary["[SEP]"]

    def pair(self, question: str, context: str, passage: str) -> Pair:
        """The pair; `context` is the title and headings above the passage, "" where there are none."""
        asked, above, body = self._tokenizer.encode_batch(
            [question, context, passage], add_special_tokens=False
        )
        head = [self._first, *asked.ids[:_PART_TOKENS], self._last]
        over = [*above.ids[:_PART_TOKENS], self._last] if context else []
        room = MOST_TOKENS - len(head) - len(over) - 1
        ids = [*head, *over, *body.ids[:room], self._last]
        offsets = [(0, 0)] * (len(head) + len(over)) + body.offsets[:room] + [(0, 0)]
        return Pair(ids, [0] * len(head) + [1] * (len(ids) - len(head)), offsets)


class SpanModel(nn.Module):
    """An encoder with the two heads."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the encoder's; the heads are new."""
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False, local_files_only=True)
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


def batch_of(pairs: Sequence[Pair]) -> tuple[torch.Tensor, ...]:
    """The arguments of `SpanModel.forward`, padded to the longest pair."""
    longest = max(len(pair.ids) for pair in pairs)

    def rows(values: Sequence[Sequence[int]], kind: torch.dtype) -> torch.Tensor:
        return torch.tensor([[*row, *([0] * (longest - len(row)))] for row in values], dtype=kind)

    return (
        rows([pair.ids for pair in pairs], torch.long),
        rows([pair.types for pair in pairs], torch.long),
        rows([[1] * len(pair.ids) for pair in pairs], torch.long),
        rows([[int(end > start) for start, end in pair.offsets] for pair in pairs], torch.bool),
    )


def packed(model: SpanModel, folder: Path) -> dict[str, torch.Tensor]:
    """What training has changed of the model that `folder` holds, small: see `unpack`."""
    base = SpanModel(folder).state_dict()
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
    model = SpanModel(folder)
    state = model.state_dict()
    for name, change in small.items():
        if name.endswith(_SCALE):
            continue
        scaled = change * small[name + _SCALE] if change.dtype == torch.int8 else change
        state[name] = state[name] + scaled if name.startswith("encoder.") else scaled
    model.load_state_dict(state)
    return model.eval()
