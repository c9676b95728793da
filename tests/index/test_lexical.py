"""The lexical index ranks by BM25 and finds phrases."""

import math
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.words.lexical import LexicalIndex, LexicalWriter
from index.words.terms import exact_terms, pairs, stems
from ingest.document import Passage, Span
from ingest.errors import StoreDamaged


def passage(text: str, context: str = "") -> Passage:
    """A passage of one sentence."""
    return Passage(0, len(text), (Span(0, len(text)),), context, text)


def build(
    path: Path, texts: dict[int, str], previous: Path | None = None, removed: tuple[int, ...] = ()
) -> Path:
    """An index of the texts, each passage of the document with its id / 10 and a grain by itself."""
    writer = LexicalWriter(path, previous)
    writer.remove(removed)
    for one, text in texts.items():
        writer.add(one // 10, {one: passage(text)})
    writer.commit()
    return path


def bm25(bags: dict[int, list[str]], query: list[str]) -> dict[int, float]:
    """Robertson's formula, with tantivy's idf; lengths of up to 40 terms are kept exactly."""
    mean = sum(map(len, bags.values())) / len(bags)
    scores: dict[int, float] = {}
    for word in dict.fromkeys(query):
        holders = sum(word in bag for bag in bags.values())
        idf = math.log(1 + (len(bags) - holders + 0.5) / (holders + 0.5))
        for one, bag in bags.items():
            if count := bag.count(word):
                norm = 1.2 * (1 - 0.75 + 0.75 * len(bag) / mean)
                scores[one] = scores.get(one, 0.0) + idf * count * 2.2 / (count + norm)
    return scores


def weighted(texts: dict[int, str], query: str) -> dict[int, float]:
    """BM25 of stems, 0.4 of that of spellings and 0.3 of that of pairs, summed."""
    scores: dict[int, float] = {}
    analysers: list[tuple[float, Callable[[list[str]], list[str]]]] = [
        (1.0, partial(stems, language="en")),
        (0.4, list),
        (0.3, partial(pairs, language="en")),
    ]
    for weight, analyse in analysers:
        bags = {one: analyse(exact_terms(text)) for one, text in texts.items()}
        for one, score in bm25(bags, analyse(exact_terms(query))).items():
            scores[one] = scores.get(one, 0.0) + weight * score
    return scores


WORDS = st.lists(
    st.sampled_from(["cats", "cat", "the", "owls", "bees", "frogs"]), min_size=1, max_size=12
).map(" ".join)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(WORDS, min_size=1, max_size=12), query=WORDS)
def test_scores_are_bm25(tmp_path_factory: pytest.TempPathFactory, texts: list[str], query: str) -> None:
    """The scores equal those of the published formula, field by field, and none exceeds the bound."""
    numbered = dict(enumerate(texts, 10))
    index = LexicalIndex(build(tmp_path_factory.mktemp("terms") / "t", numbered))
    found = index.search(exact_terms(query), 50)
    assert found == pytest.approx(weighted(numbered, query), rel=1e-4)
    assert max(found.values(), default=0.0) <= index.bound(exact_terms(query)) + 1e-4
    assert list(found.values()) == sorted(found.values(), reverse=True)


TEXTS = {
    10: "The cat sat on the mat.",
    11: "Cats purr; the mat is red.",
    20: "A dog sat on the log.",
    30: "القط نائم",
}


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    """An index of a few texts."""
    return LexicalIndex(build(tmp_path / "t", TEXTS))


def test_search_can_be_restricted(index: LexicalIndex) -> None:
    """Documents and passages narrow what is found and change no score."""
    everything = index.search(["cat", "sat"], 10)
    assert set(everything) == {10, 11, 20}
    assert index.search(["cat", "sat"], 10, documents=[1]) == {one: everything[one] for one in (10, 11)}
    assert index.search(["cat", "sat"], 10, passages=[20]) == {20: everything[20]}
    assert index.search(["cat", "sat"], 10, documents=[]) == {}
    assert len(index.search(["cat", "sat"], 1)) == 1


def test_added_words_count_less(index: LexicalIndex) -> None:
    """An added word scores three tenths of what it would as one of the question's own; once each."""
    own, added = index.search(["cat"], 10), index.search(["dog"], 10)
    assert index.search(["cat"], 10, added=["dog", "dog", "cat"]) == pytest.approx(
        own | {one: 0.3 * score for one, score in added.items()}
    )
    assert index.search([], 10, added=["dog"]).keys() == added.keys()


def test_words_as_spelt_and_side_by_side_come_first(tmp_path: Path) -> None:
    """Of passages with the same stems, the one with the question's own words, or order, is better."""
    spelt = LexicalIndex(build(tmp_path / "1", {1: "He governs the state.", 2: "Governing of states."}))
    assert list(spelt.search(["governing", "states"], 2)) == [2, 1]
    beside = LexicalIndex(build(tmp_path / "2", {1: "Oil sets the price here.", 2: "The price of oil sets."}))
    assert list(beside.search(["oil", "price"], 2)) == [2, 1]


def test_a_passage_is_found_by_its_grain(tmp_path: Path) -> None:
    """The words around it count for it, less than its own, and are no words of its text."""
    writer = LexicalWriter(tmp_path / "t")
    writer.add(1, {1: passage("Kuwait sold oil."), 2: passage("Prices doubled in May.")})
    writer.add(2, {3: passage("Prices doubled, and prices fell."), 4: passage("Owls sat here.")})
    writer.commit()
    index = LexicalIndex(tmp_path / "t")
    assert list(index.search(["kuwait"], 9)) == [1, 2]
    assert list(index.search(["kuwait", "prices"], 9)) == [1, 2, 3, 4]
    assert index.phrases(["kuwait sold"], 9) == [1]


def test_the_bound_by_hand(index: LexicalIndex) -> None:
    """Each term counts 2.2 times its idf, in each of its fields: "cat" as it is spelt is in one of four."""
    stem, spelt = math.log(1 + 2.5 / 2.5), math.log(1 + 3.5 / 1.5)
    assert index.bound(["cat"]) == pytest.approx(2.2 * (stem + 0.4 * spelt))
    assert index.bound(["cat", "cat"]) > index.bound(["cat"]) > 0  # a pair, too
    assert index.bound([]) == 0


def test_favoured_documents_score_higher_by_so_much(index: LexicalIndex) -> None:
    """What is added is added to what is found, and finds nothing by itself."""
    plain = index.search(["cat", "sat"], 10)
    favoured = index.search(["cat", "sat"], 10, favoured={2: 1.5, 1: 0.25, 3: 9.0})
    assert favoured == pytest.approx({10: plain[10] + 0.25, 11: plain[11] + 0.25, 20: plain[20] + 1.5})


def test_nothing_to_look_for_finds_nothing(index: LexicalIndex) -> None:
    """No words, unknown words and no phrases are no errors."""
    assert index.search([], 10) == index.search(["zebra"], 10) == {}
    assert index.phrases([], 10) == index.phrases(["..."], 10) == []


@pytest.mark.parametrize(
    ("phrases", "expected"),
    [
        (["sat on the"], {10, 20}),
        (["SAT ON THE MAT"], {10}),
        (["sat on the", "log"], {20}),
        (["cat"], {10}),  # as it is spelt: not "cats"
        (["mat the"], set()),
        (["القط نائم"], {30}),
    ],
)
def test_phrases(index: LexicalIndex, phrases: list[str], expected: set[int]) -> None:
    """All phrases, their words next to each other and as spelt."""
    assert set(index.phrases(phrases, 10)) == expected


def test_context_ranks_but_is_no_phrase(tmp_path: Path) -> None:
    """The headings above a passage are found by their words, and not as its own text."""
    writer = LexicalWriter(tmp_path / "t")
    writer.add(1, {1: passage("It doubled.", "Budget of 2024")})
    writer.commit()
    index = LexicalIndex(tmp_path / "t")
    assert set(index.search(["budget"], 5)) == {1}
    assert index.phrases(["budget of"], 5) == []


def test_an_index_grows_beside_the_one_it_was_built_on(tmp_path: Path) -> None:
    """The old folder answers as before, byte for byte; the new one holds the changes."""
    old = build(tmp_path / "1", TEXTS)
    before = {file.name: file.read_bytes() for file in old.iterdir()}
    opened = LexicalIndex(old)
    new = LexicalIndex(build(tmp_path / "2", {40: "Owls sat on the roof."}, old, removed=(10,)))
    assert set(opened.search(["sat"], 10)) == {10, 20}
    assert set(new.search(["sat"], 10)) == {20, 40}
    assert (len(opened), len(new)) == (4, 4)
    assert {file.name: file.read_bytes() for file in old.iterdir()} == before


def test_a_damaged_index_is_named(tmp_path: Path) -> None:
    """A folder that is missing, empty or without a readable list of segments is one line."""
    (tmp_path / "empty").mkdir()
    broken = build(tmp_path / "broken", TEXTS)
    (broken / "meta.json").write_text("{")
    lost = build(tmp_path / "lost", TEXTS)
    next(lost.glob("*.term")).unlink()
    for path in (tmp_path / "nowhere", tmp_path / "empty", broken, lost):
        with pytest.raises(StoreDamaged, match=str(path)):
            LexicalIndex(path)
    for number, path in enumerate((tmp_path / "nowhere", broken)):
        with pytest.raises(StoreDamaged, match=str(path)):
            LexicalWriter(tmp_path / f"new{number}", path)


def test_a_long_word_is_no_error(tmp_path: Path) -> None:
    """A word longer than the index can hold is left out, the rest is found."""
    index = LexicalIndex(build(tmp_path / "t", {10: "x" * 100_000 + " cats"}))
    assert set(index.search(["cat"], 5)) == {10}
    assert index.search(["x" * 100_000], 5) == {}
