"""Hashes of large files are remembered while the files stay as they are."""

import hashlib
import os
from pathlib import Path

import pytest

from index.disk import RememberedHashes, file_sha256

LARGE = b"weights " * 200_000


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A large file."""
    file = tmp_path / "model.safetensors"
    file.write_bytes(LARGE)
    return file


def forge(memory: Path, file: Path) -> None:
    """Replace what is remembered of the file's hash, to see whether it is believed."""
    memory.write_text(
        memory.read_text(encoding="utf-8").replace(file_sha256(file), "f" * 64), encoding="utf-8"
    )


def test_an_unchanged_file_is_not_read_again(tmp_path: Path, weights: Path) -> None:
    """The next start believes what is remembered."""
    memory = tmp_path / "cache" / "hashes.json"
    assert RememberedHashes(memory).of(weights) == hashlib.sha256(LARGE).hexdigest()
    forge(memory, weights)
    assert RememberedHashes(memory).of(weights) == "f" * 64


def test_a_changed_file_is_read_again(tmp_path: Path, weights: Path) -> None:
    """Of another time, or of another size."""
    memory = tmp_path / "hashes.json"
    RememberedHashes(memory).of(weights)
    forge(memory, weights)
    os.utime(weights, ns=(1, 1))
    assert RememberedHashes(memory).of(weights) == hashlib.sha256(LARGE).hexdigest()
    state = weights.stat()
    weights.write_bytes(LARGE + b"!")
    os.utime(weights, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert RememberedHashes(memory).of(weights) == hashlib.sha256(LARGE + b"!").hexdigest()


def test_a_small_file_is_always_read(tmp_path: Path) -> None:
    """It costs nothing: none is remembered."""
    memory, small = tmp_path / "hashes.json", tmp_path / "config.json"
    small.write_text("{}")
    assert RememberedHashes(memory).of(small) == hashlib.sha256(b"{}").hexdigest()
    assert not memory.exists()


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"a": 1}', "\ufffd"])
def test_a_damaged_memory_is_forgotten(tmp_path: Path, weights: Path, text: str) -> None:
    """Every hash is taken anew."""
    memory = tmp_path / "hashes.json"
    memory.write_text(text, encoding="utf-8")
    assert RememberedHashes(memory).of(weights) == hashlib.sha256(LARGE).hexdigest()


def test_without_a_memory_hashes_are_taken_all_the_same(tmp_path: Path, weights: Path) -> None:
    """Its folder's name is taken by a file."""
    (tmp_path / "cache").write_text("")
    assert RememberedHashes(tmp_path / "cache" / "hashes.json").of(weights) == file_sha256(weights)
