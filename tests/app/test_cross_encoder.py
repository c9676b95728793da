"""The cross-encoders: the packaged one, and two kinds from elsewhere, tiny ones made here."""

import math
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import (
    BertConfig,
    BertForQuestionAnswering,
    BertForSequenceClassification,
    BertModel,
    PreTrainedTokenizerFast,
)

from app.answering.reader import CrossEncoder
from app.models.cross_encoder import PackagedCrossEncoder, load_cross_encoder
from app.models.span_score import span_score
from index.embedding.fast_model import entry_folder, precision, read_entry
from index.embedding.model_files import packaged_folder
from ingest.document import Passage, Span
from ingest.errors import ModelError
from ingest.sentences import sentence_spans
from ingest.settings import NO_READER, Settings

TEXT = "The pact was signed in Baghdad. Turkey joined it in 1955. Few liked it."
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *sorted(set(TEXT.replace(".", " .").split())), "When", "?"]


def passage(text: str = TEXT, start: int = 100) -> Passage:
    """The text as a passage that starts somewhere in a document."""
    spans = tuple(Span(start + s.start, start + s.end) for s in sentence_spans(text, 0, len(text), "en"))
    return Passage(start, start + len(text), spans, "Pacts", text)


def words(found: Passage, span: Span | None) -> str | None:
    """The words of a span over the document."""
    return None if span is None else found.text[span.start - found.start : span.end - found.start]


def saved(model: type[BertModel], folder: Path, labels: int = 1) -> str:
    """A tiny model of this kind with a tokenizer of whole words, saved as a hub has it."""
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=64, num_labels=labels,
    )  # fmt: skip
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]"
    )
    fast.save_pretrained(folder)
    model(config).save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def packaged() -> CrossEncoder:
    """The packaged one, on the fast backend."""
    return PackagedCrossEncoder(Settings().cache)


def test_on_torch_the_packaged_one_says_the_same(packaged: CrossEncoder, tmp_path: Path) -> None:
    """Where no conversion can be kept; and the conversion's cosine to it is known to the doctor."""
    (tmp_path / "cache").write_text("")
    [slow] = PackagedCrossEncoder(tmp_path / "cache").score("When did Turkey join the pact?", [passage()])
    [fast] = packaged.score("When did Turkey join the pact?", [passage()])
    assert slow.answers == pytest.approx(fast.answers, abs=0.02)
    assert slow.shares == pytest.approx(fast.shares, abs=0.01)
    assert slow.spans == fast.spans
    entry = read_entry(entry_folder(Settings().cache, packaged.sha256))
    assert entry is not None
    assert entry.problem is None


def test_the_packaged_one_finds_who_and_when(packaged: CrossEncoder) -> None:
    """The sentence, and its exact words, over the document's offsets."""
    asked = passage()
    [when] = packaged.score("When did Turkey join the pact?", [asked])
    [where] = packaged.score("Where was the pact signed?", [asked])
    assert (max(when.shares), words(asked, when.spans[1])) == (when.shares[1], "1955")
    assert (max(where.shares), words(asked, where.spans[0])) == (where.shares[0], "Baghdad")


def test_a_passage_that_answers_is_above_one_that_does_not(packaged: CrossEncoder) -> None:
    """The first is asked about, the second speaks of another thing."""
    other = passage("Bees live in hives. They make honey in summer. Few dislike it.")
    [answers, silent] = packaged.score("When did Turkey join the pact?", [passage(), other])
    assert answers.answers > silent.answers


def test_passages_read_together_score_as_when_read_alone(packaged: CrossEncoder) -> None:
    """What stands beside a passage in the batch, and the padding it brings, changes nothing but rounding."""
    rounding = 1e-4 if precision() == "f32" else 1e-2  # bf16, where the CPU has it
    long = passage(TEXT * 6)
    together = packaged.score("When did Turkey join the pact?", [passage(), long])
    alone = [packaged.score("When did Turkey join the pact?", [one])[0] for one in (passage(), long)]
    for one, other in zip(together, alone, strict=True):
        assert one.answers == pytest.approx(other.answers, abs=rounding)
        assert one.shares == pytest.approx(other.shares, abs=rounding)


def test_a_passage_longer_than_the_model_reads_keeps_a_share_for_each_sentence(
    packaged: CrossEncoder,
) -> None:
    """What lies past its end has none, and no exact words."""
    long = passage("Turkey joined it in 1955. " * 200)
    [score] = packaged.score("When?", [long])
    assert len(score.shares) == len(score.spans) == len(long.sentences) == 200
    assert (score.shares[-1], score.spans[-1]) == (0.0, None)


@pytest.mark.parametrize("question", ["?", "", "ما", "x" * 2000, "[SEP] [CLS] [MASK]", "🙂"])
def test_any_question_and_passage_give_finite_scores(packaged: CrossEncoder, question: str) -> None:
    """Odd questions, and a passage of which the model knows no word."""
    for text in (TEXT, "وقعت تركيا.", "🙂.", "\ue000\ue001 \ue002", "\ufffd\ufffd \ufffd"):
        asked = passage(text)
        [score] = packaged.score(question, [asked])
        assert math.isfinite(score.answers)
        assert all(0 <= share <= 1 + 1e-9 for share in score.shares)
        assert sum(score.shares) <= 1 + 1e-6


def test_glyphs_without_a_name_answer_nothing(packaged: CrossEncoder) -> None:
    """A passage of which no piece can be read is the last to answer."""
    [score, other] = packaged.score("When did Turkey join?", [passage("\ue000\ue001 \ue002"), passage()])
    assert score.answers < other.answers
    assert set(score.shares) == {0.0}


def test_the_packaged_one_knows_the_latin_script(packaged: CrossEncoder) -> None:
    """Arabic is left to the words."""
    assert packaged.knows("When?")
    assert packaged.knows("¿Cuándo?")
    assert not packaged.knows("متى وقعت تركيا؟")


logits = st.lists(st.floats(-20, 20), min_size=4, max_size=4)


@given(logits, logits)
def test_a_span_is_the_best_of_all_by_brute_force(starts: list[float], ends: list[float]) -> None:
    """Every start with every end not before it, inside the sentence; shares sum to 1."""
    asked = Passage(10, 21, (Span(10, 15), Span(16, 21)), "", "ab cd ef gh")
    offsets = [(0, 2), (3, 5), (6, 8), (9, 11)]
    score = span_score(asked, offsets, np.array(starts), np.array(ends), 1.0)
    for sentence, (low, high) in zip(score.spans, ((0, 2), (2, 4)), strict=True):
        pairs = [(a, b) for a in range(low, high) for b in range(a, high)]
        best = max(starts[a] + ends[b] for a, b in pairs)
        assert sentence is not None
        found = [
            (a, b)
            for a, b in pairs
            if (10 + offsets[a][0], 10 + offsets[b][1]) == (sentence.start, sentence.end)
        ]
        assert [starts[a] + ends[b] for a, b in found] == [pytest.approx(best)]
    assert sum(score.shares) == pytest.approx(1.0)


def test_a_question_answering_model_is_taken_by_its_path(tmp_path: Path) -> None:
    """Its spans lie in the sentences; a passage answers by its best span over the first token's."""
    encoder = load_cross_encoder(Settings(reader=saved(BertForQuestionAnswering, tmp_path, 2)))
    assert encoder is not None
    [score] = encoder.score("When ?", [passage()])
    assert sum(score.shares) == pytest.approx(1.0)
    for sentence, span in zip(passage().sentences, score.spans, strict=True):
        assert span is not None
        assert sentence.start <= span.start < span.end <= sentence.end
    assert math.isfinite(score.answers)
    [long] = encoder.score("When ? " * 280, [passage(TEXT * 30)])
    assert len(long.shares) == 90
    assert math.isfinite(long.answers)
    assert encoder.knows("Turkey joined the pact")
    assert not encoder.knows("وقعت تركيا")


def test_a_cross_encoder_is_taken_by_its_path(tmp_path: Path) -> None:
    """The best sentence's logit is the passage's; the shares are the sentences' by softmax."""
    encoder = load_cross_encoder(Settings(reader=saved(BertForSequenceClassification, tmp_path)))
    assert encoder is not None
    [score, alone] = encoder.score("When ?", [passage(), passage("Few liked it.")])
    assert sum(score.shares) == pytest.approx(1.0)
    assert score.spans == (None, None, None)
    assert alone.answers == pytest.approx(
        score.answers + math.log(score.shares[2] / max(score.shares)), abs=1e-4
    )


def test_no_reader_is_none() -> None:
    """The setting that leaves all to the search and the words."""
    assert load_cross_encoder(Settings(reader=NO_READER)) is None


def test_a_model_of_another_kind_is_refused(tmp_path: Path) -> None:
    """The line says what was expected and what was found."""
    with pytest.raises(ModelError, match="question answering or a CrossEncoder, found BertModel"):
        load_cross_encoder(Settings(reader=saved(BertModel, tmp_path)))
    with pytest.raises(ModelError, match="one label"):
        load_cross_encoder(Settings(reader=saved(BertForSequenceClassification, tmp_path / "3", 3)))
    with pytest.raises(ModelError, match="expected a model's name or folder"):
        load_cross_encoder(Settings(reader=str(tmp_path / "nothing")))


@pytest.mark.parametrize("layers", [2, 6])
def test_weights_come_back_from_their_small_form(layers: int) -> None:
    """To within the step of the int8 rows, and the encoder's word vectors to the bit; all its layers."""
    from app.models.span_model import SpanModel, packed, unpack

    torch.manual_seed(1)
    trained, first = (SpanModel(packaged_folder(), layers) for _ in range(2))
    with torch.no_grad():
        for name, weight in trained.named_parameters():
            if "embeddings" not in name:
                weight += 0.01 * torch.randn_like(weight)
    small = packed(trained, packaged_folder())
    assert sum(value.numel() * value.element_size() for value in small.values()) < 2_000_000 * layers
    back, start = unpack(small, packaged_folder()).state_dict(), first.state_dict()
    assert back.keys() == start.keys()
    for name, value in trained.state_dict().items():
        step = (value - start[name]).abs().max() / 127 if name.startswith("encoder.") else torch.tensor(0.0)
        assert (value - back[name]).abs().max() <= step / 2 + 1e-6
