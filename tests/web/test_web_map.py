"""The map of an answer: where its passages stand, and what is left out of it."""

import re
from dataclasses import replace

import pytest

from app.answering.answer import Answer
from app.phrases.languages import ENGLISH
from app.web.html.map import lanes, map_html, place
from ingest.document import Page
from tests.support.fake_service import ATTACK, LEASE, FakeService, citation
from tests.web.test_web_render import Tags

QUOTE = "The lease ends on 31 March 2027."


@pytest.mark.parametrize(
    ("pages", "of", "expected"),
    [
        ((1,), 12, 0),
        ((12,), 12, 1),
        ((6, 7), 11, 0.5),
        ((1,), 1, 0),
        ((), 12, 0.1),
        ((), 0, 0.1),
        ((3,), 0, 0.1),
    ],
)
def test_a_passage_has_a_place(pages: tuple[int, ...], of: int, expected: float) -> None:
    """From 0 to 1 by its first page; by characters where the document has none, or it stands on none."""
    named = tuple(Page(number, None) for number in pages)
    placed = citation(QUOTE, LEASE, pages=named, document_pages=of, document_length=10_000)
    assert place(placed) == expected


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([], []),
        ([0.0, 0.5, 1.0], [0, 0, 0]),
        ([0.2, 0.2, 0.25, 0.31], [0, 1, 2, 0]),
        ([0.2, 0.25, 0.35], [0, 1, 0]),
    ],
)
def test_marks_that_are_close_stand_above_each_other(places: list[float], expected: list[int]) -> None:
    """Each as low as it is clear of the marks before it."""
    assert lanes(places) == expected


def test_each_document_has_a_line_with_its_marks_in_order() -> None:
    """The answer's own are told from the others; each says its number and page, and opens its passage."""
    answer = FakeService().ask("Where is the river from?")
    html = map_html(replace(answer, answering=(1,)), 3, ENGLISH)
    assert Tags(html).text == (
        "Where the passages stand"
        "Rivers of the north4 pages2, p. 1, PDF page 21, pp. 1–2, PDF pages 2–33, p. 3, PDF page 4"
        "Rivers of the north4"
    )
    assert re.findall(r'class="(m-mark[^"]*)" href="([^"]*)"', html) == [
        ("m-mark", "#cite-3-2"),
        ("m-mark m-own", "#cite-3-1"),
        ("m-mark", "#cite-3-3"),
        ("m-mark", "#cite-3-4"),
    ]


def test_one_passage_is_no_map_and_nothing_in_it_is_markup() -> None:
    """Nor is one whose place is not known, as in a conversation kept before there were maps."""
    placed = citation(QUOTE, LEASE, title=ATTACK, section=(ATTACK,), pages=())
    unknown = replace(placed, n=2, document_length=0)
    answer = Answer("Q?", "Q?", "answered", 0.8, (placed, unknown), (1,), (), (), 7, {})
    assert map_html(answer, 0, ENGLISH) == ""
    both = map_html(replace(answer, citations=(placed, replace(placed, n=2))), 0, ENGLISH)
    assert not Tags(both).tags & {"img", "script"}
