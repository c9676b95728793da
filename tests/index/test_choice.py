"""Left to choose, a new store takes the model that fits its languages; one that exists keeps its own."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from index import sync
from index.embedding.choice import better, named, not_english, of_store, suited
from index.types import Embedder, Load, Report
from ingest.errors import ModelMissing
from ingest.settings import INT8, MULTILINGUAL_MODEL, PACKAGED_MODEL, Settings
from tests.support.fakes import MemorySource, load_any_words, load_words

ENGLISH = "The committee met in the large hall of the ministry and decided on the budget of that year: {}."
ARABIC = "اجتمعت اللجنة في القاعة الكبيرة بالوزارة وأقرت ميزانية تلك السنة بعد نقاش طويل، رقم {}."


def sources(english: int, arabic: int) -> list[MemorySource]:
    """So many documents of each language, of one passage each."""
    texts = [ENGLISH.format(n) for n in range(english)] + [ARABIC.format(n) for n in range(arabic)]
    return [MemorySource(f"/{n}", text) for n, text in enumerate(texts)]


def mirror(store: Path, held: Sequence[MemorySource], load: Load = load_any_words, **given: str) -> Report:
    """A run over sources in memory, with these settings beside the store."""
    return sync.mirror(Settings(store=store, **given), held, load, lambda _: None)


@pytest.mark.parametrize(
    ("english", "arabic", "model"),
    [
        (20, 0, PACKAGED_MODEL), (20, 1, PACKAGED_MODEL), (19, 1, MULTILINGUAL_MODEL),
        (18, 2, MULTILINGUAL_MODEL), (0, 1, MULTILINGUAL_MODEL), (0, 0, PACKAGED_MODEL),
    ],
)  # fmt: skip
def test_a_twentieth_of_the_passages_makes_a_library_multilingual(
    tmp_path: Path, english: int, arabic: int, model: str
) -> None:
    """By the language that each document says of itself; a library of nothing is English."""
    report = mirror(tmp_path, sources(english, arabic))
    assert (report.model, report.embedded) == (model, english + arabic)
    assert report.not_english == pytest.approx(arabic / max(english + arabic, 1))
    assert of_store(Settings(store=tmp_path)) == Settings(store=tmp_path, model=model)


def test_all_is_read_before_it_is_chosen(tmp_path: Path) -> None:
    """Though a thousand English passages come first."""
    assert mirror(tmp_path, sources(1100, 100)).model == MULTILINGUAL_MODEL


def test_a_store_without_passages_is_still_free_to_choose(tmp_path: Path) -> None:
    """One of unread files alone, or one that was emptied, has nothing that another model would cost."""
    unread = MemorySource("/x", "?", problem="cut_off")
    assert mirror(tmp_path, [unread]).model == PACKAGED_MODEL
    assert mirror(tmp_path, [unread], no_embedder).model == PACKAGED_MODEL
    assert mirror(tmp_path, [unread, *sources(0, 1)]).model == MULTILINGUAL_MODEL
    assert mirror(tmp_path, [unread], no_embedder).model == MULTILINGUAL_MODEL
    assert mirror(tmp_path, [unread, *sources(1, 0)]).model == PACKAGED_MODEL


@pytest.mark.parametrize("model", [PACKAGED_MODEL, MULTILINGUAL_MODEL, "of/elsewhere"])
@pytest.mark.parametrize("precision", ["full", INT8])
def test_a_store_keeps_its_model(tmp_path: Path, model: str, precision: str) -> None:
    """Whichever it was made with, in whichever precision, and whatever is added later."""
    first = mirror(tmp_path, sources(1, 0), model=model, precision=precision)
    second = mirror(tmp_path, sources(1, 9))
    assert (second.model, second.embedded) == (first.model, 9)
    assert of_store(Settings(store=tmp_path)) == Settings(store=tmp_path, model=model, precision=precision)


def test_without_the_package_the_english_model_is_taken(tmp_path: Path) -> None:
    """And stays; a store that has the other one says what to install rather than take this one."""
    assert mirror(tmp_path / "new", sources(1, 9), load_words).model == PACKAGED_MODEL
    assert mirror(tmp_path / "new", sources(2, 9)).model == PACKAGED_MODEL
    mirror(tmp_path / "other", sources(1, 9))
    with pytest.raises(ModelMissing):
        mirror(tmp_path / "other", sources(2, 9), load_words)
    with pytest.raises(ModelMissing):
        mirror(tmp_path / "set", sources(2, 9), load_words, model=MULTILINGUAL_MODEL)


def test_an_outgrown_model_has_a_better_one() -> None:
    """The packaged one, in either precision, from the same share on; no other is spoken of."""
    assert better(PACKAGED_MODEL, 0.05) == better(f"{PACKAGED_MODEL} in int8", 1.0) == MULTILINGUAL_MODEL
    assert [better(PACKAGED_MODEL, 0.0499), better(MULTILINGUAL_MODEL, 1.0), better("x", 1.0)] == [None] * 3


def test_what_is_set_is_not_chosen() -> None:
    """A model that was named stays, whatever a store has or a library is."""
    given = Settings(model="x")
    assert named(given, PACKAGED_MODEL) == suited(given, 1.0) == given


def test_a_language_that_is_not_known_counts_among_all_passages() -> None:
    """Tables of numbers and names are no other language."""
    assert not_english([("en", 15), ("ar", 4), (None, 1)]) == 0.2
    assert not_english([]) == not_english([(None, 0)]) == 0.0


def no_embedder(_: Settings) -> Embedder:
    """For runs that must not load a model."""
    raise AssertionError("the embedder was loaded")
