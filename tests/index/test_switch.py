"""Another model takes over a store whole: readers see the old one until the swap, nothing paid is lost."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from index import sync
from index.catalogue.database import Catalogue
from index.search import search
from index.store import Generation
from index.types import Load, Query, Report
from ingest.errors import ModelError
from ingest.settings import PACKAGED_MODEL, Settings
from tests.index.test_choice import no_embedder
from tests.support.fakes import MemorySource, WordEmbedder, load_any_words

OTHER = "other"
SOURCES = [MemorySource(f"/{n}", f"Text number {n} of many.") for n in range(600)]


def mirror(
    store: Path, sources: Sequence[MemorySource], model: str = PACKAGED_MODEL, load: Load = load_any_words
) -> Report:
    """A run over sources in memory, with this model set."""
    return sync.mirror(Settings(store=store, model=model), sources, load, lambda _: None)


def failing(after: int) -> Load:
    """Loads a model that the process is killed under once it has embedded so many texts."""
    return lambda settings: WordEmbedder(32, settings.model, fails_after=after)


def check(store: Path, model: str, passages: int) -> None:
    """The newest generation is whole, is of this model, and its own vectors find each passage."""
    embedder = load_any_words(Settings(model=model))
    with Generation.open(store, embedder.sha256) as generation:
        assert (generation.verify(), generation.status().passages) == ([], passages)
        assert generation.status().model_name == model
        [hit] = search(generation, embedder, Query("Text number 7 of many."), 1)
        assert (hit.paths, hit.dense) == (("7",), pytest.approx(1, abs=0.01))


def kept(store: Path) -> dict[str, int]:
    """How many embeddings there are of each model."""
    sql = "SELECT name, count(*) FROM embeddings JOIN models ON models.id = model_id GROUP BY name"
    with closing(Catalogue.open_to_read(store)) as catalogue:
        return dict(catalogue.rows(sql))


def test_another_model_embeds_all_anew(tmp_path: Path) -> None:
    """Nothing is read again; the old model's embeddings are dropped, and so they are on the way back."""
    mirror(tmp_path, SOURCES[:9])
    for number, (model, n) in enumerate(((OTHER, 9), (PACKAGED_MODEL, 10)), 2):
        report = mirror(tmp_path, SOURCES[:n], model)
        assert (report.generation, report.read, report.embedded) == (number, n - 9, n)
        assert report.model == model
        check(tmp_path, model, n)
        assert kept(tmp_path) == {model: n}
    assert mirror(tmp_path, SOURCES[:10], load=no_embedder).generation == 3


def test_a_reader_keeps_the_old_model_while_it_is_switched(tmp_path: Path) -> None:
    """From before the first new embedding until it closes, also past the swap."""
    mirror(tmp_path, SOURCES[:9])
    old = load_any_words(Settings(model=PACKAGED_MODEL))
    seen = []
    with Generation.open(tmp_path, old.sha256) as before:

        class Watched(WordEmbedder):
            def embed(self, texts):  # type: ignore[no-untyped-def]  # as the fake does
                check(tmp_path, PACKAGED_MODEL, 9)
                seen.append(len(texts))
                return super().embed(texts)

        mirror(tmp_path, SOURCES[:9], OTHER, lambda settings: Watched(32, settings.model))
        assert seen == [9]
        check(tmp_path, OTHER, 9)
        [hit] = search(before, old, Query("Text number 7 of many."), 1)
        assert (before.number, hit.paths, hit.dense) == (1, ("7",), pytest.approx(1, abs=0.01))


def test_a_switch_that_is_cut_goes_on(tmp_path: Path) -> None:
    """What is embedded is kept, through an ingest with the old model, and not paid again."""
    mirror(tmp_path, SOURCES)
    with pytest.raises(KeyboardInterrupt):
        mirror(tmp_path, SOURCES, OTHER, failing(after=300))
    check(tmp_path, PACKAGED_MODEL, 600)
    assert kept(tmp_path) == {PACKAGED_MODEL: 600, OTHER: 256}
    assert mirror(tmp_path, SOURCES[:-1]).generation == 2
    assert kept(tmp_path) == {PACKAGED_MODEL: 599, OTHER: 256}
    report = mirror(tmp_path, SOURCES, OTHER)
    assert (report.generation, report.read, report.embedded) == (3, 1, 600 - 256)
    check(tmp_path, OTHER, 600)
    assert kept(tmp_path) == {OTHER: 600}


def test_a_model_that_cannot_be_had_changes_nothing(tmp_path: Path) -> None:
    """The old one goes on."""

    def missing(settings: Settings) -> WordEmbedder:
        raise ModelError(f"expected {settings.model}, found none")

    mirror(tmp_path, SOURCES[:9])
    with pytest.raises(ModelError, match="expected other, found none"):
        mirror(tmp_path, SOURCES[:9], OTHER, missing)
    check(tmp_path, PACKAGED_MODEL, 9)
    assert mirror(tmp_path, SOURCES[:9], load=no_embedder).generation == 1


def test_changes_come_with_the_switch(tmp_path: Path) -> None:
    """Files added, changed and deleted meanwhile are as in any ingest; many are embedded as they are read."""
    mirror(tmp_path, SOURCES[:500])
    many = [MemorySource(f"/more/{n}", f"More text, number {n} of many.") for n in range(1200)]
    report = mirror(tmp_path, [*SOURCES[5:500], *many], OTHER)
    assert (report.generation, report.read, report.embedded) == (2, 1200, 495 + 1200)
    assert len(report.plan.deleted) == 5
    check(tmp_path, OTHER, 495 + 1200)
