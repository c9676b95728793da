"""Whoever asks has the newest generation of a store with the model that it is embedded with."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.answering.assistant import Assistant
from app.answering.newest import Newest
from index.store import Generation
from index.sync import mirror
from index.types import Embedder
from ingest.errors import ModelError, ModelMismatch
from ingest.settings import AUTO_MODEL, PACKAGED_MODEL, Settings
from tests.support.fakes import MemorySource, load_any_words

TEXT = "The ferry leaves at nine."


@pytest.fixture
def publish(tmp_path: Path) -> Callable[[str], None]:
    """Publishes a generation of one text embedded with the model of this name."""

    def publish(model: str) -> None:
        settings = Settings(store=tmp_path, model=model)
        mirror(settings, [MemorySource("/ferry.txt", TEXT)], load_any_words, lambda _: None)

    publish(PACKAGED_MODEL)
    return publish


class Loads:
    """Loads models and remembers which; one named "none" is not to be had."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, settings: Settings) -> Embedder:
        self.names.append(settings.model)
        if settings.model == "none":
            raise ModelError("expected a model, found none")
        return load_any_words(settings)


def nearest(generation: Generation, embedder: Embedder) -> float:
    """The cosine of the text with its nearest passage."""
    return max(generation.vectors.search(embedder.embed([TEXT])[0], 1).values())


def test_a_switch_is_followed(tmp_path: Path, publish: Callable[[str], None]) -> None:
    """The new model is loaded once; what is under way ends with the old generation and the old model."""
    load = Loads()
    with closing(Newest(Settings(store=tmp_path), load)) as newest:
        with newest.opened() as (old, first):
            publish("other")
            with newest.opened() as (new, second):
                found = [(each.number, nearest(each, model)) for each, model in ((old, first), (new, second))]
                assert found == [(1, pytest.approx(1, abs=0.01)), (2, pytest.approx(1, abs=0.01))]
        with newest.opened() as (_, again):
            assert again is second
    assert load.names == [PACKAGED_MODEL, "other"]


def test_a_running_assistant_answers_before_and_after(tmp_path: Path, publish: Callable[[str], None]) -> None:
    """The same words, from the next generation, found by meaning in both."""
    with closing(Assistant(Settings(store=tmp_path, threshold=0), Loads())) as assistant:
        for number, model in enumerate((PACKAGED_MODEL, "other", "third"), 1):
            publish(model)
            answer = assistant.ask("When does the ferry leave?")
            assert (answer.generation, answer.citations[0].quote) == (number, TEXT)
            assert answer.citations[0].dense is not None


def test_a_model_that_cannot_be_had_is_said_until_it_is(
    tmp_path: Path, publish: Callable[[str], None]
) -> None:
    """By every question; once the store has one that is there, it is asked again."""
    with closing(Newest(Settings(store=tmp_path), Loads())) as newest:
        with newest.opened():
            publish("none")
        for _ in range(2):
            with pytest.raises(ModelError, match="found none"), newest.opened():
                pass
        publish("other")
        with newest.opened() as (generation, embedder):
            assert (generation.number, embedder.name) == (3, "other")


def test_a_model_that_is_set_is_never_changed(tmp_path: Path, publish: Callable[[str], None]) -> None:
    """A store that has another says so, at once or as soon as it is switched."""
    with pytest.raises(ModelMismatch, match="leave --model out"):
        Assistant(Settings(store=tmp_path, model="other"), load_any_words)
    with closing(Newest(Settings(store=tmp_path, model=PACKAGED_MODEL), load_any_words)) as newest:
        with newest.opened():
            publish("other")
        with pytest.raises(ModelMismatch, match="was embedded with other"), newest.opened():
            pass


def test_a_model_of_that_name_has_to_be_the_one(tmp_path: Path, publish: Callable[[str], None]) -> None:
    """Files that were replaced under the store's name are another model."""
    with pytest.raises(ModelMismatch, match="was embedded with all-MiniLM-L6-v2"):
        Assistant(Settings(store=tmp_path, model=AUTO_MODEL), lambda _: load_any_words(Settings(model="x")))
