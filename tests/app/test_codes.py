"""What is called by letters and a number: told from its neighbours."""

import pytest

from app.answering.codes import codes, is_of_another
from ingest.blocks import block
from ingest.document import Span
from tests.app.test_reader import Shelf

SHELF = Shelf(
    block("heading", "Cleaning, SOP-114", level=1),
    block("paragraph", "The walls are washed. SOP-115 is for the floor. Vitamin B12 and B6 are kept there."),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SOP-114", {"sop": {"114"}}),
        ("B6 and B12", {"b": {"6", "12"}}),
        ("in 1990, 3.5 of 40", {}),
        ("H1N1", {"h": {"1"}}),
        ("2019-nCoV", {}),
        ("قانون-45", {"قانون": {"45"}}),
    ],
)
def test_codes_of_a_text(text: str, found: dict[str, set[str]]) -> None:
    """Letters with a number right behind them or behind a hyphen; no number by itself."""
    assert codes(text) == found


@pytest.mark.parametrize(
    ("asked", "quote", "other"),
    [
        ("Who approved SOP-115?", "The walls are washed.", True),
        ("Who approved SOP-114?", "The walls are washed.", False),
        ("What is SOP-114 for?", "SOP-115 is for the floor.", True),
        ("Is B12 kept there?", "Vitamin B12 and B6 are kept there.", False),
        ("Is B7 kept there?", "Vitamin B12 and B6 are kept there.", True),
        ("Where is K7 kept?", "Vitamin B12 and B6 are kept there.", False),
        ("What is washed?", "The walls are washed.", False),
    ],
)
def test_a_quote_about_another_code(asked: str, quote: str, other: bool) -> None:
    """By its own words, else by its heading; of letters that the question does not name nothing is known."""
    start = SHELF.only.text.index(quote)
    [hit] = SHELF.hits()[:1]
    assert is_of_another(hit, Span(start, start + len(quote)), SHELF.only, codes(asked)) is other
