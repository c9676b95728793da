"""What share of this machine's arithmetic the models reach: python -m tests.measure.benchmarks.limits.

The limit is the rate of a large matrix product in fp32, by numpy on every core. A model's work is
counted as its matrix products: 2 a weight and token, and for attention 4 a layer, token, token that it
looks at and unit of width. Padding, tokenizing and all else is time without work. Each rate is the
best of several.
"""

import time
from collections.abc import Callable, Sequence

import numpy as np
from tokenizers import Tokenizer

from app.answering.reader import READ
from app.models.cross_encoder import PackagedCrossEncoder
from app.models.pairs import PairTokenizer
from index.embedding.embedder import load_embedder
from index.embedding.fast_model import PASSAGES, QUESTIONS
from index.embedding.model_files import packaged_folder
from ingest.document import Passage, Span
from ingest.settings import PACKAGED_MODEL, Settings

LAYERS, WIDTH, INNER = 6, 384, 1536  # of MiniLM
_SIDE = 2048  # of the square matrices
_TEXTS = 64
_WORDS = 120  # of a text or passage
_TIMES = 7


def model_flops(lengths: Sequence[int]) -> float:
    """Floating-point operations of MiniLM's matrix products for texts of these lengths in tokens."""
    weights = LAYERS * (4 * WIDTH * WIDTH + 2 * WIDTH * INNER)
    return sum(2.0 * weights * n + 4.0 * LAYERS * WIDTH * n * n for n in lengths)


def least_seconds(run: Callable[[], object], times: int = _TIMES) -> float:
    """The shortest of several runs, after one more."""
    run()
    found = []
    for _ in range(times):
        started = time.perf_counter()
        run()
        found.append(time.perf_counter() - started)
    return min(found)


def main() -> None:
    """Measure and print."""
    side = np.random.default_rng(0).standard_normal((_SIDE, _SIDE), dtype=np.float32)
    limit = 2.0 * _SIDE**3 / least_seconds(lambda: side @ side)
    print(f"matrix product    {limit / 1e9:6.0f} GFLOP/s")

    words = " ".join(PASSAGES).split()
    texts = [" ".join((words * 3)[n : n + _WORDS]) for n in range(_TEXTS)]
    settings = Settings(model=PACKAGED_MODEL)
    embedder = load_embedder(settings)
    tokenizer = Tokenizer.from_file(str(packaged_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    lengths = [len(encoding.ids) for encoding in tokenizer.encode_batch(texts)]
    seconds = least_seconds(lambda: embedder.embed(texts))
    _line("embedding", lengths, seconds, limit)

    reader, pairs = PackagedCrossEncoder(settings.cache), PairTokenizer(packaged_folder())
    passages = [Passage(0, len(text), (Span(0, len(text)),), "", text) for text in texts[:READ]]
    lengths = [len(pairs.pair(QUESTIONS[0], "", passage.text).ids) for passage in passages]
    seconds = least_seconds(lambda: reader.score(QUESTIONS[0], passages))
    _line(f"reading {READ} passages", lengths, seconds, limit)


def _line(name: str, lengths: Sequence[int], seconds: float, limit: float) -> None:
    rate = model_flops(lengths) / seconds
    print(
        f"{name:<18}{rate / 1e9:5.0f} GFLOP/s, {rate / limit:.0%} of it: {sum(lengths):,} tokens in "
        f"{1000 * seconds:,.0f} ms, {sum(lengths) / seconds:,.0f} a second"
    )


if __name__ == "__main__":
    main()
