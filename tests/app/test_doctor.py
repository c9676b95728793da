"""Tests of the doctor: it finds what is wrong and says what to do."""

import io
from collections.abc import Callable, Sequence
from importlib.metadata import requires
from pathlib import Path

import numpy as np
import pytest

from app.answering.reader import CrossEncoder, PassageScore
from app.command_line.checks import (
    Check,
    conversion_check,
    counts_check,
    embedding_check,
    examine,
    files_check,
    package_check,
    print_check,
    python_check,
    reader_checks,
    required,
    store_checks,
    weights_check,
)
from index.embedding.convert import converted
from index.embedding.model_files import model_identity
from index.sync import mirror
from index.types import Embedder, Vectors
from ingest.document import Passage
from ingest.errors import ModelError
from ingest.settings import PACKAGED_MODEL, Settings
from tests.app.test_evaluate import row
from tests.index.test_convert import SHA256, Loader, Rows
from tests.support.fakes import WordCrossEncoder, WordEmbedder, load_words


class Fixed(WordEmbedder):
    """Gives these vectors whatever it is asked."""

    def __init__(self, *rows: tuple[float, float]) -> None:
        super().__init__(dimension=2)
        self.rows = np.array(rows, dtype=np.float32)

    def embed(self, texts: Sequence[str]) -> Vectors:
        return self.rows


def test_python_has_to_be_new_enough():
    """An older one is a fault with what to do, a newer one is none."""
    assert python_check((3, 11, 0)) == Check("python", "3.11.0")
    assert python_check((3, 13, 2)).fault is None
    fault = python_check((3, 10, 9)).fault
    assert fault is not None
    assert fault.startswith("expected Python 3.11 or newer")


def test_packages_have_to_be_there_and_to_load():
    """A missing distribution and a module that cannot be imported are two different faults."""
    assert package_check("pytest", ["pytest"]).fault is None
    assert package_check("no-such-package", []).finding == "not installed"
    fault = package_check("pytest", ["pytest", "pytest.no_such_module"]).fault
    assert fault is not None
    assert fault.startswith("cannot be imported (No module named 'pytest.no_such_module')")


def test_every_dependency_is_looked_at():
    """What the installed distribution requires, each with a module; openvino by the one that calls nobody."""
    found = required("mustanad")
    declared = [line for line in requires("mustanad") or [] if "extra" not in line]
    assert len(found) == len(declared) + 1 > 30  # and itself
    assert [name for name, modules in found.items() if not modules] in ([], ["mustanad"])  # editable: none
    assert found["faiss-cpu"] == ["faiss"]
    assert found["pillow"] == ["PIL.Image"]
    assert found["openvino"] == ["index.embedding.fast_model"]
    assert "pytest" not in found


def test_of_a_distribution_that_is_not_installed_only_its_name_is_known():
    """So that it is the one that is told."""
    assert required("no-such-package") == {"no-such-package": []}


def test_embedding_puts_paraphrases_nearer():
    """Sound vectors pass; strangers as near as paraphrases do not."""
    assert embedding_check(Fixed((1, 0), (1, 0), (0, 1))).fault is None
    check = embedding_check(Fixed((1, 0), (0, 1), (1, 0)))
    assert check.finding == "cosine 0.00 between paraphrases, 1.00 between strangers"
    assert check.fault is not None


@pytest.mark.parametrize("rows", [[(1.0, 0.0)], [(2.0, 0.0), (1.0, 0.0), (0.0, 1.0)], [(np.nan, 0.0)] * 3])
def test_embedding_has_to_be_unit_rows(rows: list[tuple[float, float]]):
    """A wrong shape, a wrong norm or not a number is a fault."""
    fault = embedding_check(Fixed(*rows)).fault
    assert fault is not None
    assert fault.startswith("expected unit vectors of shape (3, 2)")


def test_counts_have_to_be_equal():
    """As many vectors as term entries as passages."""
    assert counts_check(3, 3, 3).fault is None
    assert counts_check(3, 3, 4).fault is not None
    assert files_check([]).fault is None
    assert (
        files_check(["a: expected 1, found 2"]).fault
        == "a: expected 1, found 2: ingest again to rebuild them"
    )


def test_no_store_yet_is_no_fault(tmp_path: Path):
    """A fresh installation is whole."""
    assert [check.fault for check in store_checks(Settings(store=tmp_path / "none"), None)] == [None]


def test_store_is_looked_at_byte_by_byte(tmp_path: Path):
    """A sound store passes; one flipped byte in a derived file is found."""
    settings = Settings(store=tmp_path / "store")
    mirror(settings, [row("a", "The lease ends in March.")], load_words, lambda _: None)
    assert [check.fault for check in store_checks(settings, WordEmbedder().sha256)] == [None, None, None]
    vectors = next(settings.store.rglob("*.faiss"))
    data = bytearray(vectors.read_bytes())
    data[-1] ^= 1
    vectors.chmod(0o644)
    vectors.write_bytes(data)
    faults = [check.fault for check in store_checks(settings, WordEmbedder().sha256) if check.fault]
    assert len(faults) == 1
    assert vectors.name in faults[0]


def test_store_of_another_model_is_a_fault(tmp_path: Path):
    """It cannot be asked with the model that is set."""
    settings = Settings(store=tmp_path / "store")
    mirror(settings, [row("a", "The lease ends in March.")], load_words, lambda _: None)
    assert [check.fault is None for check in store_checks(settings, "0" * 64)] == [False]


def test_missing_model_is_said_and_the_rest_is_looked_at(tmp_path: Path):
    """The model's error is a line of its own, the store is still checked."""

    def load(settings: Settings) -> Embedder:
        raise ModelError("no such model")

    checks = list(examine(Settings(store=tmp_path / "none"), load, lambda _: None, {"rich": ["rich"]}))
    assert [(check.name, check.fault) for check in checks[-2:]] == [
        ("model", "no such model"),
        ("store", None),
    ]
    assert all(check.fault is None for check in checks[:-2])


def test_a_conversion_is_looked_at_byte_by_byte(tmp_path: Path):
    """Its cosine to the original is said; a changed byte of its weights is a fault; none is no fault."""
    assert conversion_check("model", tmp_path, SHA256).fault is None
    assert converted(tmp_path, SHA256, Loader(Rows(50_000))) is not None
    sound = conversion_check("model", tmp_path, SHA256)
    assert sound.fault is None
    assert "cosine to the original 1.000000 in the mean" in sound.finding
    weights = next(tmp_path.rglob("model.bin"))
    weights.write_bytes(bytes(weights.stat().st_size))
    assert "model.bin" in str(conversion_check("model", tmp_path, SHA256).fault)


def test_the_models_files_are_read_byte_by_byte(tmp_path: Path):
    """Whatever hash is remembered: it is compared with that of the bytes there."""
    settings = Settings(model=PACKAGED_MODEL, cache=tmp_path)
    assert weights_check(settings, model_identity(settings)[1]).fault is None
    assert weights_check(settings, "0" * 64).fault is not None


def test_the_reader_has_to_tell_an_answer_from_none(tmp_path: Path):
    """One that does is sound, one that says the same of all is not, one that is missing is said."""

    class Even(WordCrossEncoder):
        def score(self, question: str, passages: Sequence[Passage]) -> list[PassageScore]:
            return [PassageScore(1.0, (1.0,), (None,)) for _ in passages]

    def missing(settings: Settings) -> CrossEncoder:
        raise ModelError("no such reader")

    def fault(load: Callable[[Settings], CrossEncoder | None]) -> str | None:
        return next(reader_checks(Settings(cache=tmp_path), load)).fault

    assert fault(lambda _: WordCrossEncoder()) is None
    assert fault(lambda _: None) is None
    assert fault(lambda _: Even()) is not None
    assert fault(missing) == "no such reader"


def test_a_check_is_one_line():
    """State, name, what was found, and the fault after it, with controls written out."""
    stream = io.StringIO()
    print_check(Check("python", "3.11.7"), stream)
    print_check(Check("model", "x\n\x1b", "gone: install it"), stream)
    assert (
        stream.getvalue()
        == "ok    python                 3.11.7\nFAULT model                  x \\x1b: gone: install it\n"
    )
