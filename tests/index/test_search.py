"""What a search returns: both rankings fused, phrases as they stand, other documents kept out."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import sync
from index.scale import Scale, scale_of
from index.search import fused, search
from index.store import Generation
from index.types import Query, Vectors
from ingest.characters import is_arabic
from ingest.settings import MULTILINGUAL_MODEL, PACKAGED_MODEL, Settings
from tests.support.fakes import EveryScript, MemorySource, WordEmbedder, load_words

TEXTS = {
    "en/capital.txt": "Paris is the capital of France.",
    "en/food.txt": "French food is eaten in Paris and in all of France.",
    "en/cat.txt": "The cat said \u201cI don\u2019t care\u201d and slept.",
    "ar/capital.txt": "القاهرة هي عاصمة جمهورية مصر العربية.",
    "ar/river.txt": "نهر النيل يجري في مصر والسودان.",
}


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    """A generation of the texts."""
    store = tmp_path_factory.mktemp("store")
    sources = [MemorySource(f"/{key}", text) for key, text in TEXTS.items()]
    sync.mirror(Settings(store=store), sources, load_words, lambda _: None)
    with Generation.open(store, None) as opened:
        yield opened


def names(
    generation: Generation, query: Query | str, top_k: int = 9, documents: str | None = None
) -> list[str]:
    """Paths of what is found in documents that match a glob, if given, best first."""
    query = Query(query) if isinstance(query, str) else query
    within = generation.matching([documents]) if documents else None
    return [hit.paths[0] for hit in search(generation, WordEmbedder(), query, top_k, within)]


def test_both_rankings_count(generation: Generation) -> None:
    """The best of both comes first; scores fall; every hit has its own text."""
    hits = search(generation, WordEmbedder(), Query("the capital of France."), 9)
    assert hits[0].paths == ("en/capital.txt",)
    assert hits[0].score > hits[1].score
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert {hit.passage.text for hit in hits} == set(TEXTS.values())
    assert all(hit.dense is not None and -1.001 <= hit.dense <= 1.001 and hit.lexical >= 0 for hit in hits)


def test_a_script_the_model_does_not_know_is_searched_by_words(generation: Generation) -> None:
    """The model has no vote on Arabic: words and pieces of words decide, and there is no cosine."""
    hits = search(generation, WordEmbedder(), Query("ما هي عاصمة مصر؟"), 9)
    assert [hit.paths[0] for hit in hits] == ["ar/capital.txt", "ar/river.txt"]
    assert {hit.dense for hit in hits} == {None}
    assert names(generation, "بعاصمتها") == ["ar/capital.txt"]
    assert names(generation, "طقس بغداد") == []


@pytest.mark.parametrize(
    ("text", "added", "first"),
    [
        ("Paris", "French food", "en/food.txt"),
        ("Paris", "capital", "en/capital.txt"),
        ("food", "capital of France.", "en/food.txt"),
        ("ما النهر؟", "مصر", "ar/river.txt"),
        ("and who is it?", "capital of France.", "en/capital.txt"),
    ],
)
def test_added_words_count_less(generation: Generation, text: str, added: str, first: str) -> None:
    """They decide where the question's own words do not, or say nothing, and do not overrule them."""
    assert names(generation, Query(text, tuple(added.split())))[0] == first


def test_brackets_mean_nothing(generation: Generation) -> None:
    """What a person writes in brackets counts as the rest of the question does."""
    plain, bracketed = (
        {hit.paths: hit.lexical for hit in search(generation, WordEmbedder(), Query(text), 9)}
        for text in ("food capital of France", "food (capital of France)")
    )
    assert bracketed == pytest.approx(plain)


@pytest.mark.parametrize(
    ("phrases", "expected"),
    [
        (["capital of France"], ["en/capital.txt"]),
        (["CAPITAL  of\nfrance"], ["en/capital.txt"]),
        (["Paris", "all of France"], ["en/food.txt"]),
        (["عاصمة جمهورية"], ["ar/capital.txt"]),
        (["i don't care"], ["en/cat.txt"]),
        (["capital France"], []),
        (["capitals"], []),
        (["France, capital"], []),
    ],
)
def test_phrases_are_found_as_they_stand(
    generation: Generation, phrases: list[str], expected: list[str]
) -> None:
    """All of them are in every hit, case, spaces and the form of quote marks aside."""
    assert names(generation, Query(" ".join(phrases), phrases=tuple(phrases))) == expected


def test_quote_marks_are_no_words(generation: Generation) -> None:
    """What is not a phrase is searched as if its quote marks were not there."""
    for text in ('capital of "France', '"capital" of France', "«capital» of “France"):
        assert search(generation, WordEmbedder(), Query(text), 9) == search(
            generation, WordEmbedder(), Query("capital of France"), 9
        )


def test_documents_restrict_both_rankings(generation: Generation) -> None:
    """No hit comes from outside the documents asked for; where these are none, none is found."""
    assert set(names(generation, "capital of France", documents="en/c*")) == {"en/capital.txt", "en/cat.txt"}
    assert names(generation, "مصر", documents="river.txt") == ["ar/river.txt"]
    assert names(generation, Query("Paris", phrases=("Paris",)), documents="food.txt") == ["en/food.txt"]
    assert names(generation, "Paris", documents="nothing") == []


def test_top_k_is_an_upper_bound(generation: Generation) -> None:
    """At most so many, the best ones."""
    everything = names(generation, "Paris in France")
    assert names(generation, "Paris in France", 2) == everything[:2]
    assert names(generation, "Paris in France", 0) == []


@pytest.mark.parametrize(
    "question", ["", "   ", "???", "\x00", "AND OR NOT (", "body:x^2 \\ +-!", "a" * 50_000]
)
def test_any_question_can_be_asked(generation: Generation, question: str) -> None:
    """A question is words, never a query language: no character of it can fail."""
    assert len(search(generation, WordEmbedder(), Query(question), 5)) <= 5


NOTED = """The treaty of 1930 ensured some American interests in Iraq, and its text was kept in Baghdad.

1. أرشد الغريري، تطور العالقات العراقية، القاهرة، 2013."""


def test_a_document_of_two_languages_is_searched_in_both(tmp_path: Path) -> None:
    """English body, Arabic footnote: each is found in its language, by an undone lam-alef too."""
    texts = {"noted": NOTED, **TEXTS}
    sources = [MemorySource(f"/{key}", text) for key, text in texts.items()]
    sync.mirror(Settings(store=tmp_path), sources, load_words, lambda _: None)
    with Generation.open(tmp_path, None) as mixed:
        assert names(mixed, "What did the treaty of 1930 ensure?")[0] == "noted"
        assert names(mixed, "من كتب تطور العلاقات العراقية؟")[0] == "noted"
        assert names(mixed, "كتاب الغريري 2013 about Iraq")[0] == "noted"
        assert names(mixed, "ما هي عاصمة مصر؟")[0] == "ar/capital.txt"


SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the source documents are not here")
def test_footnotes_of_the_study_are_found_in_arabic(tmp_path: Path) -> None:
    """A source in Arabic is found under the English text that cites it, as it should be spelt."""
    settings = Settings(store=tmp_path)
    sync.ingest(settings, [SEEDS], load_words, lambda _: None)
    with Generation.open(tmp_path, None) as seeds:
        for question, found in (
            ("تطور العلاقات العراقية الأمريكية", "2013"),
            ("هنري كيسنجر ومخاوفه حول فترة ما بعد الحدث الإيراني", "11."),
            ("موسوعة تاريخ الخليج العربي", "725"),
        ):
            assert found in search(seeds, WordEmbedder(), Query(question), 1)[0].passage.text


def test_a_document_that_is_named_comes_first(tmp_path: Path) -> None:
    """Of passages that say the same, those of the document whose path the question names are better."""
    said = {
        "costco.txt": "Revenue rose in this quarter.",
        "nike.txt": "Revenue rose in this quarter too.",
        "owls.txt": "They fly at night.",
        "bees.txt": "They dance.",
    }
    sources = [MemorySource(f"/{key}", text) for key, text in said.items()]
    sync.mirror(Settings(store=tmp_path), sources, load_words, lambda _: None)
    with Generation.open(tmp_path, None) as opened:
        for asked, first in (("Costco revenue", "costco.txt"), ("revenue of Nike", "nike.txt")):
            assert names(opened, asked)[0] == first


def test_equal_passages_keep_the_order_of_the_documents(tmp_path: Path) -> None:
    """Where scores are equal the first by path is found first, also where fewer are asked for."""
    sources = [MemorySource(f"/{name}.txt", f"Owls fly. {name}") for name in "cabd"]
    sync.mirror(Settings(store=tmp_path), sources, load_words, lambda _: None)
    with Generation.open(tmp_path, None) as opened:
        assert names(opened, "شيء عن owls", 2) == ["a.txt", "b.txt"]


SCORES = st.dictionaries(st.integers(0, 9), st.floats(-1, 1), min_size=1)


@given(SCORES, st.dictionaries(st.integers(0, 9), st.floats(0.001, 50)), st.floats(0, 50))
def test_fused_scores_keep_their_range_and_order(
    dense: dict[int, float], lexical: dict[int, float], above: float
) -> None:
    """Between the cosine and the most that words add; who is better in both is not worse fused."""
    both = {one: score for one, score in lexical.items() if one in dense}
    scores = fused(dense, both, max(lexical.values(), default=0.0) + above, Scale(1.6))
    assert scores.keys() == dense.keys()
    assert all(dense[one] <= score <= dense[one] + 1.600001 for one, score in scores.items())
    for one in dense:
        for other in dense:
            if dense[one] >= dense[other] and both.get(one, 0) >= both.get(other, 0):
                assert scores[one] >= scores[other] - 1e-9


def test_fused_by_hand() -> None:
    """A worked example, words that nobody holds, and words alone."""
    one, several, shared = Scale(1.6), Scale(0.2), {1: 5.0, 3: 2.5}
    assert fused({1: 0.2, 2: 0.6, 3: 0.4}, shared, 10.0, one) == pytest.approx({1: 1.0, 2: 0.6, 3: 0.8})
    assert fused({1: 0.8, 2: 0.85, 3: 0.8}, shared, 10.0, several) == pytest.approx(
        {1: 0.9, 2: 0.85, 3: 0.85}
    )
    assert fused({1: 0.2, 2: 0.6}, {}, 0.0, Scale(1.6)) == {1: 0.2, 2: 0.6}
    foreign, lifting = np.array([2, 3, 7]), Scale(0.2, 0.06)
    lifted = fused({1: 0.8, 2: 0.75, 3: 0.75}, {1: 2.0, 2: 2.0, 3: 4.0}, 10.0, lifting, foreign)
    assert lifted == pytest.approx({1: 0.84, 2: 0.81, 3: 0.83})
    assert fused(None, {1: 4.0, 2: 1.0}, 10.0, Scale(1.6)) == {1: 0.4, 2: 0.1}
    assert fused(None, {}, 0.0, Scale(1.6)) == {}


def test_passages_in_another_language_are_lifted(generation: Generation) -> None:
    """A multilingual model finds one language's texts more alike: what is in another one gets that back."""
    model = EveryScript()
    lifted = scale_of(model.name).foreign
    assert lifted > 0
    for question, language, foreign in (("Paris", "en", "ar/"), ("مصر", "ar", "en/")):
        hits = search(generation, model, Query(question, language=language), 9)
        assert {hit.paths[0] for hit in hits} == set(TEXTS)
        for hit in hits:
            more = lifted if hit.paths[0].startswith(foreign) else 0.0
            assert hit.dense is not None
            assert hit.lexical > 0 or hit.score == pytest.approx(hit.dense + more)


def test_a_model_of_one_language_lifts_nothing(generation: Generation) -> None:
    """Its scores are those of the words and of the cosine, whatever language a document is in."""
    hits = search(generation, WordEmbedder(), Query("a Nile", language="ar"), 9)
    assert all(hit.dense is not None and hit.score == pytest.approx(hit.dense) for hit in hits)


class Apart(EveryScript):
    """Finds what is not Arabic nearer to a question than what is: 0.9 and 0.85."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        cosines = [1.0 if text.endswith("?") else 0.85 if is_arabic(text) else 0.9 for text in texts]
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        rows[:, 0] = cosines
        rows[:, 1] = np.sqrt(1 - rows[:, 0] ** 2)
        return rows


def test_passages_in_another_language_are_proposed_by_themselves(tmp_path: Path) -> None:
    """However many passages of its own language are nearer to the question, the nearest other is there."""
    own = [MemorySource(f"/{n}.txt", f"Number {n} speaks of the land and its people.") for n in range(150)]
    sources = [*own, MemorySource("/ar.txt", TEXTS["ar/river.txt"])]
    sync.mirror(Settings(store=tmp_path), sources, lambda _: Apart(), lambda _: None)
    with Generation.open(tmp_path, None) as opened:
        for within in (None, opened.matching(["[a1]*.txt"])):
            first, second = search(opened, Apart(), Query("What flows?"), 2, within)
            assert first.paths == ("ar.txt",)
            assert (first.dense, second.dense) == pytest.approx((0.85, 0.9), abs=1e-3)


def test_each_model_has_its_scale() -> None:
    """In int8 too; a model that nobody measured has that of the packaged one."""
    several, one = scale_of(MULTILINGUAL_MODEL), scale_of(PACKAGED_MODEL)
    assert scale_of(f"{MULTILINGUAL_MODEL} in int8") == several != one
    assert scale_of("some/other") == one


def test_a_word_that_no_passage_has_is_the_one_it_is_a_slip_of(tmp_path: Path) -> None:
    """Known words and stems stay, and so does what is near nothing."""
    said = MemorySource("/a", "The museum received many visitors. Its director retired.")
    sync.mirror(Settings(store=tmp_path), [said], load_words, lambda _: None)
    with Generation.open(tmp_path, None) as generation:
        for word, expected in (("musuem", "museum"), ("visitor", "visitor"), ("direcotr", "director")):
            assert generation.meant(word, "en") == expected
        assert [generation.meant(word, "en") for word in ("norway", "1956", "")] == ["norway", "1956", ""]
