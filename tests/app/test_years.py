"""Which years a question names, and what they mean for a quote."""

import pytest

from app.answering.query import query_of
from app.answering.years import each_year, meant, years, years_of
from index.types import Query
from ingest.blocks import block
from ingest.document import Span
from tests.app.test_reader import Shelf


def test_years_are_four_digits_of_any_script() -> None:
    """From 1500 to 2099."""
    assert years("from 1999 to ٢٠٢٢, in FY2021; 0999, 12022 and 2100 are none") == {1999, 2021, 2022}


@pytest.mark.parametrize(
    ("question", "each"),
    [
        ("Compare revenue in 2022 and 2023", ["Compare revenue in 2022", "Compare revenue in 2023"]),
        ("exports 2020, 2021 & 2022?", ["exports 2020?", "exports 2021?", "exports 2022?"]),
        ("قارن الإيرادات في 2022 و2023", ["قارن الإيرادات في 2022", "قارن الإيرادات في 2023"]),
        ("What happened in 2022?", []),
        ("What happened in 2022 and in 2022?", []),
        ("Who fought in the war of 1914-1918?", []),
        ("What was built in 1950 and who sold it in 1960?", []),
        ("What happened?", []),
    ],
)
def test_a_question_of_several_years_is_asked_once_for_each(question: str, each: list[str]) -> None:
    """Where they stand side by side; a span of years is one time."""
    assert [query.text for query in each_year(query_of(question))] == each


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who ruled in 1912?", {1912}),
        ("Who ruled in 1912 or 1913?", {1912, 1913}),
        ("Who ruled before 1912?", set()),
        ("What was built between 1912 and 1920?", set()),
        ("من حكم قبل عام 1912؟", set()),
        ("Wer regierte seit 1912?", set()),
        ("Who ruled?", set()),
    ],
)
def test_a_year_that_bounds_a_time_is_not_the_one_that_is_meant(question: str, asked: set[int]) -> None:
    """What was before 1912 was in another year."""
    assert meant(query_of(question)) == asked


def test_a_quote_is_about_the_years_that_stand_nearest() -> None:
    """Its own before those of the headings, and those before the document's."""
    shelf = Shelf(
        block("heading", "Results of 2021", level=1),
        block("paragraph", "Revenue rose to nine dinars."),
        block("paragraph", "In 2019 it was seven."),
    )
    [hit] = shelf.hits()
    text, first, second = shelf.only.text, "Revenue rose to nine dinars.", "In 2019 it was seven."
    spans = [Span(text.index(one), text.index(one) + len(one)) for one in (first, second)]
    assert [years_of(hit, span, shelf.only) for span in spans] == [{2021}, {2019}]


def test_a_quote_about_another_year_is_half_as_sure() -> None:
    """And one that names none, under no heading that does, loses nothing."""
    old = Shelf(block("paragraph", "The revenue of 2019 was seven dinars."))
    plain = Shelf(block("paragraph", "The revenue of all was seven dinars."))
    assert old.surest(Query("revenue dinars in 2022")) == pytest.approx(
        plain.surest(Query("revenue dinars in 2022")) / 2
    )
    assert old.surest(Query("revenue dinars in 2019")) > plain.surest(Query("revenue dinars in 2019"))
