"""A model cheap enough to embed a million passages: it stands in for the real one where only size matters.

The packaged model would take many hours for that on two cores. This one has its word pieces'
vectors and none of its layers: real text gets real neighbourhoods, but poorer answers. What is measured
with it is how the index grows, not how well it finds.
"""

import hashlib
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from safetensors.numpy import load_file
from scipy.sparse import csr_matrix
from tokenizers import Tokenizer

from index.embedding.model_files import packaged_folder
from index.embedding.vocabulary import mostly_latin
from index.types import Vectors

_PIECES = "embeddings.word_embeddings.weight"
_FIRST_WORD = 1996  # the vocabulary's words stand from here on, nearly by how common they are
_COMMON = 1e-3  # the constant `a` of the weight


class StaticModel:
    """The weighted mean of a text's word-piece vectors, centred; safe to share between threads.

    A piece's weight is a / (a + p), smooth inverse frequency (Arora, Liang and Ma 2017), where its
    probability p follows from its rank in the vocabulary by Zipf's law, as in Model2Vec.
    """

    name = "static word pieces of all-MiniLM-L6-v2"
    sha256 = hashlib.sha256(f"{name}, {_FIRST_WORD}, {_COMMON}".encode()).hexdigest()
    dimension = 384

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The texts' vectors, `(len(texts), dimension)` float32, unit rows."""
        rows = [
            encoding.ids
            for encoding in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        ]
        ends = np.cumsum([0, *map(len, rows)])
        pieces = np.fromiter((piece for row in rows for piece in row), np.int32, ends[-1])
        counts = csr_matrix((np.ones(len(pieces), np.float32), pieces, ends), (len(rows), len(self._pieces)))
        vectors = np.asarray(counts @ self._pieces, dtype=np.float32)
        vectors[~vectors.any(axis=1), 0] = 1  # a text without pieces has some direction too
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def is_word(self, word: str) -> bool:
        """True: nothing is misspelt here."""
        return True

    def knows(self, text: str) -> bool:
        """Whether the text is mostly in Latin letters, as for the packaged model."""
        return mostly_latin(text)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(packaged_folder() / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    @cached_property
    def _pieces(self) -> Vectors:
        """The weighted vectors of all pieces, `(pieces, dimension)` float32; 0 for what is no word."""
        vectors = load_file(packaged_folder() / "model.safetensors")[_PIECES]
        ranks = np.arange(len(vectors)) - _FIRST_WORD + 1
        words = ranks > 0
        chances = np.where(words, 1 / np.maximum(ranks, 1), 0) / np.sum(1 / ranks[words])
        weights = np.where(words, _COMMON / (_COMMON + chances), 0)
        return np.asarray(weights[:, None] * (vectors - vectors[words].mean(axis=0)), dtype=np.float32)
