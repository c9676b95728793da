"""Train a packaged reader; run from the repository: python -m tests.measure.train_reader --folder FOLDER.

The English reader as it is packaged, or with `--anew` the packaged MiniLM or with `--multilingual` the
packaged multilingual-e5-small, learns on the examples of `reader_data.py` whether a passage answers a
question (binary cross-entropy) and where the answer starts and ends (the probability of every right token
counts). Its word vectors stay as they are, and so do the first layers that `--frozen` counts: what
languages have in common is learnt there, and is not to be unlearnt on English.

The rate warms up, stays, and falls linearly over the last 35% of the tokens or, with `--hours`, of the
time. A checkpoint is written every 200 steps and at the end; the same command goes on from it, with more
tokens if more are asked for. At last the weights are written small.

Several processes share each step under torchrun, with OMP_NUM_THREADS=1 one a core:
torchrun --nproc-per-node 2 -m tests.measure.train_reader --folder FOLDER.
"""

import argparse
import hashlib
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import distributed
from torch.nn.functional import binary_cross_entropy_with_logits

from app.evaluation.metrics import auroc
from app.models.pairs import Pair, PairTokenizer
from app.models.span_model import SpanModel, batch_of, packed, unpack
from index.embedding.model_files import packaged_folder, packed_file
from index.embedding.packed_model import unpacked_model
from ingest.document import Span
from tests.measure.reader_data import Example, Text, examples, swapped, typed

TRAIN = Path(__file__).resolve().parents[3] / "shared" / "train"
WEIGHTS = Path(__file__).resolve().parents[2] / "app" / "models" / "reader" / "reader.safetensors"
_PEAK = 1.5e-4  # learning rate of one process; it grows with the root of their number, as batches do
_WARM = 70  # steps until the peak
_FALL = 0.35  # of the tokens, over which the rate falls
_BUFFER = 768  # pairs that are sorted by length together
_HELD = 300  # examples to look at and not to learn from
_EVERY = 200  # steps from one checkpoint to the next
_PROCESSES, _RANK = int(os.environ.get("WORLD_SIZE", "1")), int(os.environ.get("RANK", "0"))


@dataclass(frozen=True, slots=True)
class Item:
    """A pair with its truth: tokens at which an answer may start and end; none where it does not answer."""

    pair: Pair
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def item(
    tokenizer: PairTokenizer, question: str, text: Text, spans: Sequence[Span] = (), exact: bool = True
) -> Item | None:
    """The pair with its truth; None where the answer was cut off with the passage's end."""
    pair = tokenizer.pair(question, text.title, text.text)
    starts: list[int] = []
    ends: list[int] = []
    for span in spans:
        tokens = [n for n, (a, b) in enumerate(pair.offsets) if b > a and a < span.end and b > span.start]
        starts += tokens[:1] if exact else tokens
        ends += tokens[-1:] if exact else tokens
    if spans and not starts:
        return None
    return Item(pair, tuple(sorted(set(starts))), tuple(sorted(set(ends))))


def items(found: Sequence[Example], tokenizer: PairTokenizer, seed: int) -> Iterator[Item]:
    """For each question one passage that answers and one that does not, epoch after epoch, without end."""
    epoch = 0
    while True:
        draw = random.Random(seed + epoch)
        for example in draw.sample(found, len(found)):
            titled = draw.random() < 0.7
            chance = draw.random()
            question, negative = example.question, None
            if example.silent and chance < 0.35:
                negative = example.silent
            elif example.answer and chance < 0.5:
                other = swapped(example.question, example.answer.text, draw)
                question, negative = other or question, example.answer if other else None
            if negative is None and example.negatives:
                negative = draw.choice(example.negatives)
            pairs = []
            if example.answer:
                answer = _untitled(example.answer, titled)
                asked = typed(example.question, draw)
                pairs.append(item(tokenizer, asked, answer, example.spans, example.exact))
            if negative:
                pairs.append(item(tokenizer, typed(question, draw), _untitled(negative, titled)))
            yield from (pair for pair in pairs if pair is not None)
        epoch += 1


def batches(stream: Iterator[Item], seed: int, most: int) -> Iterator[list[Item]]:
    """Batches of pairs of like length, in random order, of at most so many tokens, padding included."""
    draw = random.Random(seed)
    while True:
        buffer = sorted((next(stream) for _ in range(_BUFFER)), key=lambda one: len(one.pair.ids))
        grouped: list[list[Item]] = [[]]
        for one in buffer:
            if grouped[-1] and len(one.pair.ids) * (len(grouped[-1]) + 1) > most:
                grouped.append([])
            grouped[-1].append(one)
        draw.shuffle(grouped)
        yield from grouped


def losses(model: SpanModel, batch: Sequence[Item]) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss of "answers", and that of starts and ends over the pairs that do."""
    logits, answers = _computed(model, batch)
    truth = torch.tensor([float(bool(one.starts)) for one in batch])
    places = logits.log_softmax(-1)
    spans = [
        -torch.logsumexp(places[n, side, list(tokens)], 0)
        for n, one in enumerate(batch)
        for side, tokens in enumerate((one.starts, one.ends))
        if tokens
    ]
    return (
        binary_cross_entropy_with_logits(answers, truth),
        torch.stack(spans).mean() if spans else torch.zeros(()),
    )


def _computed(model: SpanModel, batch: Sequence[Item]) -> tuple[torch.Tensor, torch.Tensor]:
    """The model's outputs; its products are in bfloat16, the sums in float32."""
    with torch.autocast("cpu", torch.bfloat16):
        logits, answers = model(*batch_of([one.pair for one in batch]))
    return logits.float(), answers.float()


def judged(model: SpanModel, held: Sequence[Item]) -> str:
    """AUROC of "answers", and how often the likeliest start is right, on what was held back."""
    model.eval()
    sure: dict[bool, list[float]] = {True: [], False: []}
    right = []
    with torch.inference_mode():
        for one in held:
            logits, answers = _computed(model, [one])
            sure[bool(one.starts)].append(float(answers))
            if one.starts:
                right.append(int(logits[0, 0].argmax()) in one.starts)
    model.train()
    return f"held back: AUROC {auroc(sure[True], sure[False]):.3f}, right start {sum(right) / len(right):.3f}"


class Run:
    """What is being learned and how far it is, kept in a folder; opening the folder again goes on."""

    def __init__(self, folder: Path, model: SpanModel, frozen: int) -> None:
        """`frozen` is how many of the first layers stay as they are, beside the word vectors."""
        self.model = model
        for module in model.modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = 0.0  # attention is twice as fast without; no example is seen many times
        for part in (model.encoder.embeddings, *model.encoder.encoder.layer[:frozen]):
            part.requires_grad_(False)
        self.learned = [one for one in self.model.parameters() if one.requires_grad]
        self.optimizer = torch.optim.AdamW(
            self.learned, lr=0.0, betas=(0.9, 0.98), eps=1e-6, weight_decay=0.01
        )
        self.seen = self.step = 0
        self._file = folder / "checkpoint.pt"
        if self._file.exists():
            state = torch.load(self._file)
            self.model.load_state_dict(state["model"], strict=False)
            self.optimizer.load_state_dict(state["optimizer"])
            self.seen, self.step = state["seen"], state["step"]

    def save(self) -> None:
        """Write the checkpoint beside the last one, then over it."""
        part = self._file.with_suffix(".part")
        optimizer = self.optimizer.state_dict()
        model = {name: value for name, value in self.model.named_parameters() if value.requires_grad}
        torch.save({"model": model, "optimizer": optimizer, "seen": self.seen, "step": self.step}, part)
        part.replace(self._file)

    def learn(self, batch: Sequence[Item], rate: float) -> None:
        """One step at this share of the peak rate, 0 to 1."""
        for group in self.optimizer.param_groups:
            group["lr"] = _PEAK * _PROCESSES**0.5 * rate
        answers, spans = losses(self.model, batch)
        (answers + 0.5 * spans).backward()
        tokens = torch.tensor(float(sum(len(one.pair.ids) for one in batch)))
        grads = [one.grad for one in self.learned if one.grad is not None]
        for each in (*grads, tokens) if distributed.is_initialized() else ():
            distributed.all_reduce(each)
        for each in grads:
            each /= _PROCESSES
        torch.nn.utils.clip_grad_norm_(self.learned, 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.seen += int(tokens)
        self.step += 1


def train(
    run: Run, given: argparse.Namespace, tokenizer: PairTokenizer, found: Sequence[Example]
) -> SpanModel:
    """Train until the given tokens were read in all, or for the given hours, whichever is first."""
    held = [one for one in items_once(found[:_HELD], tokenizer) if one is not None]
    draw = given.seed + run.step + 1000 * _RANK  # a run that goes on draws anew
    stream = items(found[_HELD:], tokenizer, draw)
    run.model.train()
    started, begun = time.monotonic(), run.seen
    for batch in batches(stream, draw, given.batch):
        hours = (time.monotonic() - started) / 3600
        done = torch.tensor(max(run.seen / (1e6 * given.tokens), hours / given.hours))
        if distributed.is_initialized():
            distributed.broadcast(done, 0)
        if done >= 1:
            break
        fall = max(0.02, (1 - float(done)) / _FALL)
        run.learn(batch, min(1.0, (run.step + 1) / _WARM, fall))
        if run.step % _EVERY == 0 and not _RANK:
            run.save()
            speed = (run.seen - begun) / (time.monotonic() - started)
            print(f"step {run.step}, {run.seen / 1e6:.2f} M tokens, {speed:.0f} a second")
            print(f"  {judged(run.model, held)}", flush=True)
    if not _RANK:
        run.save()
        print(f"done at {run.seen / 1e6:.2f} M tokens, {judged(run.model, held)}")
    return run.model


def items_once(found: Sequence[Example], tokenizer: PairTokenizer) -> Iterator[Item | None]:
    """Each example's answer, and the hardest passage that does not answer."""
    for example in found:
        if example.answer:
            yield item(tokenizer, example.question, example.answer, example.spans, example.exact)
        for negative in ([example.silent] if example.silent else example.negatives)[:1]:
            yield item(tokenizer, example.question, negative)


def _untitled(text: Text, titled: bool) -> Text:
    return text if titled else Text("", text.text)


def main() -> None:
    """Train, then write the weights small and say their hash and what packing them cost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, required=True, help="folder of the checkpoint")
    parser.add_argument("--tokens", type=float, default=6, help="millions of tokens to learn from in all")
    parser.add_argument("--hours", type=float, default=1000, help="hours after which it ends all the same")
    parser.add_argument("--anew", action="store_true", help="begin from MiniLM, not from the packaged reader")
    parser.add_argument("--multilingual", action="store_true", help="begin from multilingual-e5-small")
    parser.add_argument("--layers", type=int, default=6, help="of the model that it begins from anew")
    parser.add_argument("--frozen", type=int, default=0, help="first layers that stay as they are")
    parser.add_argument("--batch", type=int, default=3600, help="tokens of a process and step, with padding")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    if not TRAIN.is_dir():
        sys.exit(f"expected the training data at {TRAIN}, found none")
    given.folder.mkdir(parents=True, exist_ok=True)
    if _PROCESSES > 1:
        distributed.init_process_group("gloo")
    torch.manual_seed(given.seed)
    found = examples(TRAIN, given.seed)
    print(f"{len(found):,} examples", flush=True)
    files = unpacked_model(packed_file()) if given.multilingual else nullcontext(packaged_folder())
    with files as start:
        tokenizer = PairTokenizer(start)
        anew = given.anew or given.multilingual
        first = SpanModel(start, given.layers) if anew else unpack(load_file(WEIGHTS), start)
        run = Run(given.folder, first, given.frozen)
        model = train(run, given, tokenizer, found)
        if _RANK:
            return
        given.out.parent.mkdir(exist_ok=True)
        save_file(packed(model, start), given.out)
        held = [one for one in items_once(found[:_HELD], tokenizer) if one is not None]
        print(f"as packed, {judged(unpack(load_file(given.out), start), held)}")
    print(f"{given.out}: sha256 {hashlib.sha256(given.out.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
