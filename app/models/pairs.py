"""A question and a passage as the packaged cross-encoder takes them: tokens, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from index.embedding.fast_model import padded

MOST_TOKENS = 320  # of a question and a passage together; the passage's end is cut
_PART_TOKENS = 64  # of them that the question, or the context above the passage, takes at most


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
        self._first, self._last = self._tokenizer.encode("").ids  # [CLS] and [SEP]

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


def arrays_of(pairs: Sequence[Pair]) -> list[npt.NDArray[np.int64 | np.bool_]]:
    """The arguments of `SpanModel.forward`, each `(len(pairs), longest)`, padded to the longest pair."""
    return [
        padded([pair.ids for pair in pairs]),
        padded([pair.types for pair in pairs]),
        padded([[1] * len(pair.ids) for pair in pairs]),
        padded([[int(end > start) for start, end in pair.offsets] for pair in pairs]).astype(np.bool_),
    ]
