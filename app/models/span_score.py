"""What a model's logits of where the answer starts and ends say of a passage's sentences."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.answering.reader import PassageScore
from ingest.document import Passage, Span

SILENT = -30.0  # logit of a passage that cannot be read
_LONGEST = 30  # tokens of an exact answer

Logits = npt.NDArray[np.float64]


def span_score(
    passage: Passage, offsets: Sequence[tuple[int, int]], starts: Logits, ends: Logits, answers: float
) -> PassageScore:
    """A score from the logits `(tokens,)` of where the answer starts and ends, -inf outside the passage.

    `offsets` are the tokens' half-open characters of the passage's text. A sentence's share is the
    mean of the probabilities that the answer starts and that it ends in it; its span is the likeliest
    pair of a start and an end in it, at most 30 tokens long. A passage without a token (glyphs that
    no font names) does not answer.
    """
    if not any(end > start for start, end in offsets):
        return PassageScore(SILENT, (0.0,) * len(passage.sentences), (None,) * len(passage.sentences))
    first, last = _softmax(starts), _softmax(ends)
    shares, spans = [], []
    for sentence in passage.sentences:
        low, high = sentence.start - passage.start, sentence.end - passage.start
        tokens = [n for n, (a, b) in enumerate(offsets) if b > a and low <= a and b <= high]
        shares.append(float(first[tokens].sum() + last[tokens].sum()) / 2)
        spans.append(_likeliest(tokens, starts, ends, offsets, passage.start))
    return PassageScore(answers, tuple(shares), tuple(spans))


def _likeliest(
    tokens: Sequence[int], starts: Logits, ends: Logits, offsets: Sequence[tuple[int, int]], base: int
) -> Span | None:
    """The span of the highest sum of logits among these neighbouring tokens; None without a token."""
    if not tokens:
        return None
    sums = starts[tokens][:, None] + ends[tokens][None, :]
    apart = np.arange(len(tokens))[None, :] - np.arange(len(tokens))[:, None]
    sums[(apart < 0) | (apart >= _LONGEST)] = -np.inf
    start, end = divmod(int(sums.argmax()), len(tokens))
    return Span(base + offsets[tokens[start]][0], base + offsets[tokens[end]][1])


def _softmax(logits: Logits) -> Logits:
    """Probabilities of the logits, of which one at least is above -inf."""
    weights = np.exp(logits - logits.max())
    return np.asarray(weights / weights.sum(), dtype=np.float64)
