"""What a follow-up finds: in what was just quoted, as it stands and with words of its topic."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from app.answering.answer import Turn
from app.answering.assistant import Assistant
from app.answering.follow_up import among_quotes, found_after, just_quoted
from app.answering.shapes import Found
from index.types import Hit, Query, Scope
from ingest.document import Passage, Span
from ingest.sentences import sentence_spans
from tests.app.test_assistant import assistant, store
from tests.app.test_disagreement import Shelf

__all__ = ["assistant", "store"]  # fixtures

TEXTS = ("The pact ended in 1959.", "The treaty ended in 1930.", "The lease ended in 1961.")
SHELF = Shelf(*TEXTS)
QUOTED = frozenset({"0"})
FOLLOW_UP = Query("When did it end?", ("pact",))


def found(
    least: Mapping[tuple[bool, bool], tuple[int, float]],
    query: Query = FOLLOW_UP,
    among: Sequence[int] = (),
) -> list[int]:
    """The documents found, in order, where each way (with its words added, in what was quoted) finds one.

    `among` the quotes themselves are those of these documents.
    """

    def find(query: Query, documents: Scope) -> Found:
        number, sure = least[bool(query.added), documents == QUOTED]
        return Found(query, [SHELF.reading(number, None, sure)])

    def quotes(query: Query) -> Found:
        assert query.added == ()
        return Found(query, [SHELF.reading(number, None, 0.01) for number in among])

    readings = found_after(query, QUOTED, None, find, quotes).readings
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
    question = Query("Which of these ended in 1959?", ("pact",))
    assert found(ways, question) == [0, 1]
    assert found(ways, question, among=[2]) == [2, 1]
    assert found(ways, Query("When did these end?", ("pact",)), among=[2]) == [1]


def test_the_things_quoted_are_those_that_were_said() -> None:
    """Of each hit the sentences that were quoted last, whatever else it holds; a hit without any is none."""
    text = "The duties are three. He lights the beacon. He keeps the register. The pilot has none."
    shelf, (first, *duties, last) = Shelf(text), sentence_spans(text, 0, len(text), "en")
    whole = Passage(0, len(text), (first, *duties, last), "", text)
    hits = [
        Hit(n, 0, ("0.txt",), one, None, 1.0, 1.0)
        for n, one in enumerate([whole, replace(whole, sentences=(last,))])
    ]
    history = [
        Turn("assistant", "The pilot has none. [1]", ("0",)),
        Turn("assistant", "He lights the beacon. He keeps the register. [1]", ("0",)),
        Turn("user", "And then?"),
    ]

    def sought(history: Sequence[Turn]) -> list[tuple[int, list[Span]]]:
        seek = among_quotes(history, lambda query, most: hits[:most], shelf)
        return [(hit.passage_id, list(hit.passage.sentences)) for hit in seek(FOLLOW_UP, 5)]

    assert sought(history) == [(0, duties)]
    assert sought([]) == []


def test_nothing_found_is_nothing_found() -> None:
    """No reading anywhere."""

    def nothing(query: Query) -> Found:
        return Found(query, [])

    assert found_after(FOLLOW_UP, QUOTED, None, lambda query, _: Found(query, []), nothing).readings == []


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


def test_which_of_these_is_asked_of_what_was_quoted(assistant: Assistant) -> None:
    """Not of what else its document says, though that holds as many of the question's words: further on."""
    quotes = [
        "The Baghdad Pact was signed by Iraq and Turkey in February 1955.",
        "Iraq left the pact in March 1959.",
    ]
    pact = next(iter(assistant.matching(["pact.txt"])))
    for quote in quotes:
        history = [Turn("user", "What of the pact?"), Turn("assistant", f"{quote} [1]", (pact,))]
        answer = assistant.ask("Which of these was about Iraq?", history)
        assert [one.quote for one in answer.own] == [quote]
        assert len(answer.citations) > 1
