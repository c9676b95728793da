"""What a follow-up finds: in what was just quoted, as it stands and with words of its topic."""

from collections.abc import Mapping

import pytest

from app.answering.answer import Turn
from app.answering.assistant import Assistant
from app.answering.follow_up import found_after, just_quoted
from app.answering.shapes import Found
from index.types import Hit, Query, Scope
from ingest.document import Passage, Span
from tests.app.test_assistant import assistant, store
from tests.app.test_disagreement import Shelf

__all__ = ["assistant", "store"]  # fixtures

TEXTS = ("The pact ended in 1959.", "The treaty ended in 1930.", "The lease ended in 1961.")
SHELF = Shelf(*TEXTS)
QUOTED = frozenset({"0"})
FOLLOW_UP = Query("When did it end?", ("pact",))


def found(least: Mapping[tuple[bool, bool], tuple[int, float]], query: Query = FOLLOW_UP) -> list[int]:
    """The documents found, in order, where each way (with its words added, in what was quoted) finds one."""

    def find(query: Query, documents: Scope) -> Found:
        number, sure = least[bool(query.added), documents == QUOTED]
        return Found(query, [SHELF.reading(number, None, sure)])

    readings = found_after(query, QUOTED, None, find).readings
    assert [one.confidence for one in readings] == sorted((one.confidence for one in readings), reverse=True)
    return [one.hit.document_id for one in readings]


@pytest.mark.parametrize(
    ("whole", "alone", "near", "near_alone", "expected"),
    [
        ((1, 0.5), (2, 0.9), (0, 0.1), (0, 0.1), [1]),
        ((1, 0.4), (2, 0.9), (0, 0.1), (0, 0.1), [2, 1]),
        ((1, 0.5), (2, 0.5), (0, 0.41), (0, 0.1), [0, 1]),
        ((1, 0.5), (2, 0.5), (0, 0.1), (0, 0.41), [0, 1]),
        ((1, 0.5), (2, 0.5), (0, 0.39), (0, 0.39), [1]),
        ((1, 0.1), (2, 0.1), (0, 0.1), (0, 0.1), [1]),
        ((0, 0.5), (2, 0.5), (0, 0.45), (0, 0.1), [0]),
    ],
    ids=["surer as it stands, not clearly", "clearly surer as it stands", "nearly as sure nearby",
         "there as it stands", "less sure there", "nowhere possible", "the same words"],
)  # fmt: skip
def test_the_surer_way_comes_first(
    whole: tuple[int, float],
    alone: tuple[int, float],
    near: tuple[int, float],
    near_alone: tuple[int, float],
    expected: list[int],
) -> None:
    """Twice as sure without the words added, or four fifths as sure in what was quoted; then the rest."""
    ways = {(True, False): whole, (False, False): alone, (True, True): near, (False, True): near_alone}
    assert found(ways) == expected


def test_one_of_the_things_quoted_is_sought_there() -> None:
    """However sure another document is; it is a possible answer at least."""
    ways = {
        (True, False): (1, 0.9),
        (False, False): (1, 0.9),
        (True, True): (0, 0.05),
        (False, True): (0, 0.05),
    }
    assert found(ways, Query("Which of these ended in 1959?", ("pact",))) == [0, 1]


def test_nothing_found_is_nothing_found() -> None:
    """No reading anywhere."""
    assert found_after(FOLLOW_UP, QUOTED, None, lambda query, _: Found(query, [])).readings == []


def test_what_was_quoted_is_what_the_turns_say() -> None:
    """The last that says any; where none does, what the last question finds, completed by those before."""
    sought: list[Query] = []

    def seek(query: Query, most: int) -> list[Hit]:
        sought.append(query)
        passage = Passage(0, 1, (Span(0, 1),), "", "T")
        return [Hit(1, 1, ("1.txt",), passage, None, 1.0, 1.0)][:most]

    asked = [Turn("user", "Who signed the Baghdad Pact?"), Turn("user", "And when?")]
    said = [Turn("assistant", "x", ("a",)), *asked, Turn("assistant", "x", ("b", "c")), Turn("user", "Why?")]
    assert just_quoted(said, seek, SHELF) == ("b", "c")
    assert sought == []
    assert just_quoted(asked, seek, SHELF) == (SHELF.document(1).sha256,)
    assert [query.added for query in sought] == [("signed", "Baghdad", "Pact")]
    assert just_quoted([], seek, SHELF) == ()


def test_a_follow_up_obeys_the_filter(assistant: Assistant) -> None:
    """What was quoted is looked at only where it is among the documents that are searched."""
    first = assistant.ask("When did Iraq leave the pact?")
    history = [
        Turn("user", "When did Iraq leave the pact?"),
        Turn("assistant", "x", (first.citations[0].document_id,)),
    ]
    trade = assistant.matching(["trade.txt"])
    found = assistant.ask("And what did Iraq do?", history, documents=trade)
    assert {one.document_id for one in (*found.citations, *found.closest)} <= trade
