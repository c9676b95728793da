"""Verify: what was ingested still stands where it is cited, or is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.phrases.reasons import worded
from index import sync
from index.ingesting.verify import Drift, stands, verify
from ingest.document import Document, Passage, Span
from ingest.errors import StoreMissing
from ingest.reasons import Reason
from ingest.settings import Settings
from tests.support.fakes import MemorySource, load_words

LONG = "In {0} the committee met in the large hall and then decided on the budget of that year. " * 5


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A store of two files: one of a passage, one of three."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "short.txt").write_text("Cats purr.", encoding="utf-8")
    (folder / "long.txt").write_text(
        "\n\n".join(LONG.format(name) for name in ("Cairo", "Lima", "Oslo")), encoding="utf-8"
    )
    made = Settings(store=tmp_path / "store")
    sync.ingest(made, [folder], load_words, lambda _: None)
    return made


def test_files_as_they_were_ingested_have_no_drift(settings: Settings) -> None:
    """Every passage is looked for and found, and nothing is written."""
    before = sorted((path, path.stat().st_mtime_ns) for path in settings.store.rglob("*.faiss"))
    told: list[str] = []
    found = verify(settings, told.append)
    assert (found.files, found.passages, found.drifts) == (2, 4, ())
    assert told == ["in/long.txt", "in/short.txt"]
    assert sorted((path, path.stat().st_mtime_ns) for path in settings.store.rglob("*.faiss")) == before


@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        (lambda file: file.unlink(), "gone"),
        (lambda file: file.write_bytes(bytes(range(256)) * 9), "cannot be read any more: "),
        (
            lambda file: file.write_text(file.read_text().replace("Lima", "Rome")),
            "1 of 3 passages do not stand where they are cited",
        ),
        (
            lambda file: file.write_text("Something else."),
            "3 of 3 passages do not stand where they are cited",
        ),
    ],
)
def test_a_file_that_is_no_longer_what_was_ingested_is_named(
    settings: Settings, harm: Callable[[Path], None], problem: str
) -> None:
    """With what became of it; the other file is verified all the same."""
    harm(settings.store.parent / "in" / "long.txt")
    [drift] = verify(settings).drifts
    assert drift.path == "in/long.txt"
    assert worded(drift.problem).startswith(problem)


def test_words_put_before_a_passage_do_not_move_it(settings: Settings) -> None:
    """A file without pages is cited as a whole: where in it the words stand does not matter."""
    file = settings.store.parent / "in" / "short.txt"
    file.write_text("Dogs bark.\n\nCats purr.", encoding="utf-8")
    assert verify(settings).drifts == ()


def test_without_its_folder_every_file_is_gone(settings: Settings) -> None:
    """Nothing is read, nothing is called whole."""
    (settings.store.parent / "in").rename(settings.store.parent / "away")
    found = verify(settings)
    assert (found.files, found.passages) == (0, 0)
    assert found.drifts == (Drift("in/long.txt", Reason("gone")), Drift("in/short.txt", Reason("gone")))


def test_without_a_store_there_is_nothing_to_verify(tmp_path: Path) -> None:
    """It is said as everywhere."""
    with pytest.raises(StoreMissing):
        verify(Settings(store=tmp_path / "none"))


def paged(*pages: str) -> Document:
    """A document of these pages."""
    return MemorySource("/a", "\f".join(pages)).read()


def test_the_same_words_on_another_page_are_a_drift() -> None:
    """A wrong page costs a name: the words must stand on the page that is cited, wherever else they stand."""
    old = paged("Cats purr.", "Dogs bark.")
    start = old.text.index("Dogs")
    passage = Passage(start, len(old.text), (Span(start, len(old.text)),), "", "Dogs bark.")
    assert stands(passage, old, old)
    assert not stands(passage, old, paged("Dogs bark.", "Owls hoot."))
    assert stands(passage, old, paged("Dogs bark.", "Owls hoot. Dogs bark."))
