"""The packaged model is the published one; any other is found by its files."""

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from index import sync
from index.embedding.convert import converted
from index.embedding.embedder import FastEmbedder, SentenceEmbedder, load_embedder
from index.embedding.fast_model import entry_folder, read_entry
from index.embedding.model_files import model_identity, packaged_folder
from index.search import search
from index.store import Generation
from index.types import Embedder, Query
from ingest.errors import ModelError
from ingest.settings import PACKAGED_MODEL, Settings
from tests.support.fakes import MemorySource

PACKAGED = Settings(model=PACKAGED_MODEL)


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    """The packaged model, loaded once."""
    return load_embedder(PACKAGED)


def test_identity_needs_no_loading(embedder: Embedder) -> None:
    """The identity told without loading is the loaded model's, the same each time."""
    assert model_identity(PACKAGED) == (embedder.name, embedder.sha256) == model_identity(PACKAGED)
    assert embedder.name == PACKAGED_MODEL
    assert len(embedder.sha256) == 64


def test_the_packaged_model_is_on_the_fast_backend(embedder: Embedder) -> None:
    """Converted once; its vectors are those of sentence-transformers, to within rounding."""
    original = SentenceTransformer(str(packaged_folder()), device="cpu")
    original.max_seq_length = 256
    texts = [
        "Paris is the capital of France.",
        "",
        "مرحبا",
        "long " * 2000,
        *(f"Number {n}." for n in range(40)),
    ]
    rows = original.encode(texts, normalize_embeddings=True)
    assert isinstance(embedder, FastEmbedder)
    assert (rows * embedder.embed(texts)).sum(1).min() > 0.9999


def test_vectors_are_unit_rows(embedder: Embedder) -> None:
    """One float32 row of norm 1 a text, in the order given, whatever is asked with it."""
    texts = ["Paris is the capital of France.", "", "مرحبا", "long " * 2000]
    rows = embedder.embed(texts)
    assert (rows.shape, rows.dtype) == ((4, embedder.dimension), np.dtype(np.float32))
    assert embedder.dimension == 384
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-5)
    alone = np.concatenate([embedder.embed([text]) for text in texts])
    assert np.abs(rows - alone).max() < 1e-4
    assert embedder.embed([]).shape == (0, 384)


def test_meaning_is_near(embedder: Embedder) -> None:
    """The weights are the trained ones: a paraphrase is nearer than another matter."""
    one, same, other = embedder.embed(
        [
            "How do I reset my password?",
            "I forgot my login secret and want a new one.",
            "The harvest was poor.",
        ]
    )
    assert one @ same > 0.5 > 0.3 > one @ other


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("What is the capital?", True),
        ("Où est la capitale ?", True),
        ("ما هي عاصمة مصر؟", False),
        ("什么是首都", False),
        ("Где столица?", False),
        ("What does كتاب mean in English?", True),
        ("ماذا تعني كلمة book بالعربية؟", False),
        ("2020?", True),
        ("", True),
    ],
)
def test_the_packaged_model_knows_latin_script(embedder: Embedder, text: str, known: bool) -> None:
    """The script of most letters decides."""
    assert embedder.knows(text) is known


def test_another_models_tokenizer_tells_what_it_knows() -> None:
    """The same weights under another name: what falls apart into single letters is not known."""
    model = load_embedder(Settings(model=str(packaged_folder())))
    assert model.knows("What is the capital of the country?")
    assert not model.knows("ما هي عاصمة جمهورية مصر العربية؟")
    assert not model.knows("Где находится столица страны?")


# Words of each language for the same things; a row is one meaning.
MEANINGS = (
    ("treaty", "معاهدة"), ("signed", "وقعت"), ("city", "مدينة"), ("river", "نهر"),
    ("flows", "يجري"), ("when", "متى"), ("which", "أي"), ("was", "كانت"), ("the", "في"),
)  # fmt: skip


@pytest.fixture(scope="module")
def bilingual(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings with a model of two languages, and a store; a word and its translation have one vector."""
    folder = tmp_path_factory.mktemp("models")
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    words = [word for meaning in MEANINGS for word in meaning]
    tokenizer = Tokenizer(WordPiece({word: n for n, word in enumerate(special + words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.normalizer = Lowercase()
    config = BertConfig(
        vocab_size=len(special) + len(words), hidden_size=32, num_hidden_layers=0, num_attention_heads=1,
        intermediate_size=32, max_position_embeddings=64,
    )  # fmt: skip
    model = BertModel(config).eval()
    with torch.no_grad():
        embeddings = model.embeddings
        embeddings.position_embeddings.weight.zero_()
        embeddings.token_type_embeddings.weight.zero_()
        for row in range(len(special), config.vocab_size, 2):  # a word, then its translation
            embeddings.word_embeddings.weight[row + 1] = embeddings.word_embeddings.weight[row]
    model.save_pretrained(folder / "bert")
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, model_max_length=64, unk_token="[UNK]", pad_token="[PAD]"
    ).save_pretrained(folder / "bert")
    SentenceTransformer(str(folder / "bert")).save(str(folder / "bilingual"))
    return Settings(model=str(folder / "bilingual"), store=folder / "store", cache=folder / "cache")


def test_another_model_is_converted_too(bilingual: Settings) -> None:
    """Its vectors are the original's, to within rounding; how near is kept for the doctor."""
    model = load_embedder(bilingual)
    assert isinstance(model, FastEmbedder)
    entry = read_entry(entry_folder(bilingual.cache, model.sha256))
    assert entry is not None
    assert entry.least > 0.99999
    original = SentenceEmbedder(model.name, model.sha256, SentenceTransformer(bilingual.model))
    texts = ["the treaty", "", "نهر يجري", "the river flows the city " * 30]
    assert np.abs(model.embed(texts) - original.embed(texts)).max() < 1e-5
    assert model.knows("the treaty") is original.knows("the treaty") is True


def test_where_no_conversion_can_be_kept_torch_is_used(bilingual: Settings, tmp_path: Path) -> None:
    """The cache folder's name is taken by a file; the vectors are the same."""
    (tmp_path / "cache").write_text("")
    model = load_embedder(replace(bilingual, cache=tmp_path / "cache"))
    assert isinstance(model, SentenceEmbedder)
    fast = converted(bilingual.cache, model.sha256, model.to_convert)
    assert fast is not None
    rows = FastEmbedder(model.name, model.sha256, fast).embed(["the treaty"])
    assert np.abs(model.embed(["the treaty"]) - rows).max() < 1e-5


def test_a_multilingual_model_votes_in_its_languages(bilingual: Settings) -> None:
    """Set by its folder, it knows Arabic and English, and not what its tokenizer has no piece for."""
    model = load_embedder(bilingual)
    assert model.name == bilingual.model
    assert model.knows("متى كانت معاهدة؟")
    assert model.knows("when was the treaty signed?")
    assert not model.knows("когда был подписан договор?")
    one, same, other = model.embed(["the treaty", "في معاهدة", "نهر يجري"])
    assert one @ same == pytest.approx(1.0, abs=1e-5)
    assert one @ other < 0.9


def test_a_question_finds_the_passage_in_another_language(bilingual: Settings) -> None:
    """No word is shared: the model alone brings the passage to the top, from either language."""
    texts = {
        "/ar/treaty": "معاهدة وقعت في مدينة",
        "/ar/river": "نهر يجري في مدينة",
        "/en/flows": "the river flows the city",
        "/en/signed": "the treaty was signed",
    }
    sources = [MemorySource(key, text) for key, text in texts.items()]
    model = load_embedder(bilingual)
    sync.mirror(bilingual, sources, lambda _: model, lambda _: None)
    with Generation.open(bilingual.store, model.sha256) as generation:

        def first(question: str, documents: str) -> tuple[str, bool, float]:
            hit = search(generation, model, Query(question), 1, generation.matching([documents]))[0]
            return hit.paths[0], hit.dense is not None, hit.lexical

        assert first("when was treaty signed?", "ar/*") == ("ar/treaty", True, 0.0)
        assert first("which river flows?", "ar/*") == ("ar/river", True, 0.0)
        assert first("متى كانت معاهدة وقعت؟", "en/*") == ("en/signed", True, 0.0)
        assert search(generation, model, Query("نهر يجري"), 1)[0].paths == ("ar/river",)


def test_threads_may_embed_at_once(embedder: Embedder) -> None:
    """Eight threads get what one gets."""
    texts = [f"Sentence number {n}, " + "and more " * n for n in range(8)]
    expected = embedder.embed(texts)
    rows: dict[int, object] = {}

    def run(n: int) -> None:
        embedder.knows(texts[n])
        rows[n] = embedder.embed([texts[n]])[0]

    threads = [threading.Thread(target=run, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert np.abs(np.stack([np.asarray(rows[n]) for n in range(8)]) - expected).max() < 1e-4


def test_the_identity_is_the_files(tmp_path: Path) -> None:
    """Another byte is another model; a readme is not part of it."""
    chosen = Settings(model=str(tmp_path), cache=tmp_path / ".cache")
    (tmp_path / "model.safetensors").write_bytes(b"one")
    (tmp_path / "config.json").write_text("{}")
    name, first = model_identity(chosen)
    assert name == str(tmp_path)
    (tmp_path / "README.md").write_text("hello")
    assert model_identity(chosen)[1] == first
    (tmp_path / "config.json").write_text('{"a": 1}')
    assert model_identity(chosen)[1] != first


def test_models_that_cannot_be_had_are_named(tmp_path: Path) -> None:
    """A name nobody knows, a folder without weights, weights that are none: one line with the name."""
    empty, broken = tmp_path / "empty", tmp_path / "broken"
    for folder in (empty, broken):
        folder.mkdir()
    (broken / "model.safetensors").write_bytes(b"not weights")
    for model in ("nobody/nothing-like-this", "no such model!", str(empty), str(broken)):
        with pytest.raises(ModelError) as raised:
            load_embedder(Settings(model=model, cache=tmp_path / "cache"))
        assert model in str(raised.value)
        assert "\n" not in str(raised.value)
