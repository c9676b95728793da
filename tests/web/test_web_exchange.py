"""The JSON in which an exchange is kept: what comes back of it, and what is read of an older or newer one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answering.answer import Answer, Citation, Offer
from app.answering.cited_row import CitedRow
from app.web.service.exchange import Exchange, read, written
from app.web.service.filters import Filter
from ingest.document import Page, Span
from ingest.reasons import Reason
from tests.support.fake_service import FakeService

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBER = st.integers(0, 10**9)
CHANCE = st.integers(0, 10_000).map(lambda n: n / 10_000)  # as exact as `--json` says it
PAGES = st.lists(st.builds(Page, NUMBER, st.none() | TEXT), max_size=2).map(tuple)
DETAILS = st.dictionaries(TEXT, st.lists(TEXT, min_size=1, max_size=2), max_size=2).map(
    lambda given: tuple((name, value) for name, values in given.items() for value in values)
)
ROWS = st.builds(CitedRow, TEXT, st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple), st.none() | NUMBER)
CITATIONS = st.lists(
    st.builds(
        Citation, NUMBER, TEXT, st.tuples(TEXT, TEXT), TEXT, st.none() | TEXT, PAGES, st.tuples(TEXT, TEXT),
        NUMBER, NUMBER, TEXT, st.none() | st.builds(Span, NUMBER, NUMBER), TEXT, NUMBER, CHANCE,
        st.none() | st.floats(-1, 1), st.floats(0, 100), st.none() | TEXT, st.none() | TEXT,
        st.sampled_from([None, "note", "running", "detail"]), st.none() | TEXT, st.booleans(),
        st.none() | TEXT, DETAILS, st.none() | ROWS, st.none() | TEXT, st.none() | TEXT, st.booleans(),
    ),
    max_size=2,
).map(tuple)  # fmt: skip
OFFERS = st.builds(
    Offer, st.sampled_from(["summary", "comparison", "help"]), CITATIONS, st.tuples(st.tuples(TEXT, TEXT)),
    NUMBER, st.tuples(st.tuples(TEXT, st.none() | NUMBER)), st.tuples(TEXT),
)  # fmt: skip
ANSWERS = st.builds(
    Answer, TEXT, TEXT, st.sampled_from(["answered", "possible", "not_found"]), CHANCE, CITATIONS,
    st.tuples(NUMBER), CITATIONS, st.just(()), NUMBER, st.just({}), st.booleans(),
    st.booleans(), st.booleans(), st.booleans(), st.none() | OFFERS,
)  # fmt: skip
FILTERS = st.builds(Filter, st.tuples(TEXT), st.tuples(TEXT), TEXT, TEXT, st.tuples(TEXT))
REASONS = st.builds(
    lambda part, n: Reason("in_chapter", name=part, reason=Reason("too_slow", limit=n)), TEXT, NUMBER
)
EXCHANGES = st.builds(Exchange, TEXT, FILTERS, st.none() | ANSWERS, st.none() | REASONS)


@given(EXCHANGES)
def test_what_is_kept_comes_back(exchange: Exchange) -> None:
    """All but an answer's timings and ledger, however odd the text; the same again is the same JSON."""
    assert read(written(exchange)) == exchange
    assert written(read(written(exchange))) == written(exchange)


def test_the_ledger_is_not_copied() -> None:
    """A file that was not read stands in no exchange, nor how long the answer took."""
    answer = FakeService().ask("unicorn")
    assert answer.unread
    kept = json.loads(written(Exchange("unicorn", Filter(), answer)))["answer"]
    assert set(kept) == {
        "question", "searched_as", "status", "confidence", "citations", "closest", "generation", "answering",
    }  # fmt: skip


def test_what_a_later_version_adds_is_ignored_and_what_lacks_has_its_default() -> None:
    """Only keys that have no default must be there; those that nobody knows change nothing."""
    citation = {
        "n": 1, "document": {"id": "a", "path": "a.txt", "new": 1}, "pages": [{"number": 2}], "start": 5,
        "end": 9, "quote": "Yes.", "passage": "Yes. No.", "score": 0.5, "new": {},
    }  # fmt: skip
    answer = {
        "question": "Is it?", "searched_as": "Is it?", "status": "answered", "confidence": 0.5,
        "citations": [citation], "generation": 1, "new": [],
    }  # fmt: skip
    cited = Citation(
        1, "a", ("a.txt",), "", None, (Page(2, None),), (), 5, 9, "Yes.", None, "Yes. No.", 5, 0.5
    )
    assert (cited.language, cited.foreign) == (None, None)
    assert read(json.dumps({"version": 2, "question": "Is it?", "answer": answer, "new": None})) == Exchange(
        "Is it?", Filter(), Answer("Is it?", "Is it?", "answered", 0.5, (cited,), (), (), (), 1, {})
    )
    assert read(
        '{"version": 2, "question": "?", "filter": {"since": "2020-01-01"}, "error": {"code": "no_word"}}'
    ) == (Exchange("?", Filter(since="2020-01-01"), None, Reason("no_word")))


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", "null", "{}", '{"version": "2"}', '{"version": 2}', '{"version": 2, "question": "", '
     '"answer": {}}', '{"question": "", "answer": {"citations": [7], "closest": []}}'],
)  # fmt: skip
def test_what_is_no_exchange_is_refused(text: str) -> None:
    """Whatever stands there."""
    with pytest.raises(ValueError, match=r"^expected a kept exchange, found another thing$"):
        read(text)


def test_a_newer_version_is_refused() -> None:
    """It may mean something else by the same keys."""
    with pytest.raises(ValueError, match=r"^expected an exchange of version 2 or older, found 3$"):
        read('{"version": 3, "question": "?"}')


def test_it_quotes_what_it_cites_and_what_came_closest() -> None:
    """By the documents' ids; an error quotes none."""
    lease, near = (Exchange(each, Filter(), FakeService().ask(each)) for each in ("the lease", "unicorn"))
    assert (lease.quoted, near.quoted) == ({"a" * 64, "d" * 64}, {"a" * 64})
    assert Exchange("?", Filter(), None, Reason("no_word")).quoted == set()
