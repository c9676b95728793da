"""What training keeps, what it changes, and that a run which was stopped goes on."""

from pathlib import Path

import pytest
import torch

from app.models.pairs import PairTokenizer
from app.models.span_model import SpanModel
from index.embedding.model_files import packaged_folder
from ingest.document import Span
from tests.measure.reader_data import Text
from tests.measure.train_reader import Item, Run, item, losses

ANSWER = Text("Pacts", "The pact was signed in Baghdad. Turkey joined it in 1955.")
FROZEN = 2


def batch() -> list[Item]:
    """A question with a passage that answers, and one with a passage that does not."""
    tokenizer = PairTokenizer(packaged_folder())
    spans = [Span(52, 56)]
    pairs = [
        item(tokenizer, "When did Turkey join?", ANSWER, spans),
        item(tokenizer, "What do bees make?", ANSWER),
    ]
    return [pair for pair in pairs if pair is not None]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A run that has made eight steps, which are saved."""
    torch.manual_seed(0)
    made = Run(tmp_path, SpanModel(packaged_folder()), FROZEN)
    for _ in range(8):
        made.learn(batch(), 1.0)
    made.save()
    return made


def test_the_truth_is_the_tokens_of_the_answer() -> None:
    """Where they start and end; an answer beyond the tokens that are read makes no example."""
    [right, wrong] = batch()
    assert [right.pair.offsets[n] for n in (*right.starts, *right.ends)] == [(52, 56)] * 2
    assert (wrong.starts, wrong.ends) == ((), ())
    far = Text("", "word " * 400 + "1955")
    assert item(PairTokenizer(packaged_folder()), "When?", far, [Span(2000, 2004)]) is None


def test_it_learns_but_not_the_word_vectors_nor_the_frozen_layers(run: Run) -> None:
    """These stay to the bit, every other layer changes, and both losses fall."""
    torch.manual_seed(0)
    first = SpanModel(packaged_folder())
    with torch.inference_mode():
        before, after = losses(first, batch()), losses(run.model, batch())
    assert all(now < then for now, then in zip(after, before, strict=True))
    kept = tuple(f"encoder.encoder.layer.{n}." for n in range(FROZEN))
    for name, value in first.named_parameters():
        same = name.startswith(("encoder.embeddings.", *kept))
        assert torch.equal(value, run.model.get_parameter(name)) == same, name


def test_a_run_that_was_stopped_goes_on(run: Run, tmp_path: Path) -> None:
    """From the same weights and the same memory of gradients: its next step is the one that was to come."""
    again = Run(tmp_path, SpanModel(packaged_folder()), FROZEN)
    assert (again.seen, again.step) == (run.seen, run.step) == (8 * sum(len(x.pair.ids) for x in batch()), 8)
    for each in (run, again):
        each.learn(batch(), 0.5)
    for one, other in zip(run.learned, again.learned, strict=True):
        assert torch.equal(one, other)
