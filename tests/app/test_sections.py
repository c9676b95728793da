"""A question that is a heading gets what stands under it."""

from app.answering.query import query_of
from app.answering.reader import Reader
from ingest.blocks import RawBlock, block
from tests.app.test_reader import Shelf

PLAN = (
    block("heading", "The plan of the canal", level=1),
    block("heading", "1- The goals of the farmers:", level=2),
    block("paragraph", "The farmers were not asked about their goals for a long time. In short they are:"),
    block("item", "• more water in summer"),
    block("item", "• fewer floods"),
    block("paragraph", "No year was named."),
    block("heading", "2- The goals of the town:", level=2),
    block("paragraph", "A town grows along its water. It drinks, washes and trades by it. " * 5),
    block("heading", "Is the canal deep?", level=2),
    block("paragraph", "The canal is deep, four metres. It was measured twice."),
    block("heading", "Conclusion", level=2),
    block("heading", "Where nothing stands", level=3),
)


def first_quote(question: str, *blocks: RawBlock) -> str:
    """What is quoted first for the question to these blocks, or to those of PLAN."""
    return Shelf(*(blocks or PLAN)).quotes(question)[0]


def test_a_section_with_a_list_is_quoted_with_its_list() -> None:
    """Whole, with the line that introduces it, though a sentence before it has the question's words."""
    expected = "In short they are:\n\n• more water in summer\n• fewer floods"
    assert first_quote("What are the goals of the farmers?") == expected
    assert first_quote("goals of farmers") == expected
    assert first_quote("Tell me about ‘The goals of the farmers’") == expected


def test_a_list_of_something_else_further_down_is_left() -> None:
    """The line that introduces it shares no word with the question."""
    blocks = (
        block("heading", "Goals of the club", level=1),
        block("paragraph", "It spreads sport among the young."),
        block("paragraph", "To become a member:"),
        block("item", "• be sixteen years old"),
        block("item", "• pay the fee"),
    )
    assert first_quote("What are the goals of the club?", *blocks) == "It spreads sport among the young."


def test_a_section_without_a_list_is_quoted_from_its_start() -> None:
    """Whole sentences, fifty words at most."""
    quote = first_quote("What are the goals of the town?")
    assert quote.startswith("A town grows along its water.")
    assert quote.endswith(".")
    assert 35 <= len(quote.split()) <= 50


def test_a_first_sentence_that_is_longer_is_quoted_whole() -> None:
    """No sentence is cut."""
    long = "The survey " + "and again the survey " * 20 + "ended."
    assert first_quote("Which survey?", block("heading", "Survey", level=1), block("paragraph", long)) == long


def test_the_section_that_is_named_most_nearly_is_the_one() -> None:
    """Both headings have most of the question's words; one has all. Search and words tell it."""
    blocks = (
        block("heading", "Duties of the master of the harbour of Aldis", level=1),
        block("paragraph", "He keeps the register of the boats of the town."),
        block("heading", "Duties of the master of the harbour of Orris", level=1),
        block("paragraph", "He lights the beacon on the hill every evening."),
    )
    asked = "What are the duties of the master of the harbour of Orris?"
    shelf = Shelf(*blocks)
    quote = Reader(None).read(query_of(asked), shelf.hits(), shelf)[0].quote
    assert shelf.only.text[quote.start : quote.end] == "He lights the beacon on the hill every evening."


def test_words_that_no_heading_has_leave_the_question_to_the_reader() -> None:
    """As do a heading that says more than the question, and one that asks itself."""
    assert "•" not in first_quote("Who asked the farmers about their goals for a new bridge in the valley?")
    assert first_quote("How deep is the canal?") == "The canal is deep, four metres."
    more = (
        block("heading", "Board elected in the town hall in 1888", level=1),
        block("paragraph", "Nine men met. They elected a board of three."),
    )
    assert first_quote("Who elected the board?", *more) == "Board elected in the town hall in 1888"


def test_a_heading_with_nothing_under_it_has_nothing_to_quote() -> None:
    """What there is of it is found as it was."""
    assert first_quote("Where does nothing stand?")


def test_the_one_item_that_is_asked_for_is_quoted_alone() -> None:
    """It alone holds a word of the question which the list is not introduced with."""
    goals = (
        block("paragraph", "The club has these goals for its town:"),
        block("item", "• teach the young to swim"),
        block("item", "• keep the old mill"),
        block("item", "• teach chess in winter"),
    )
    assert first_quote("Which goal of the club for its town is chess?", *goals) == "• teach chess in winter"
    assert first_quote("What goals to teach has the club for its town?", *goals).count("•") == 3
