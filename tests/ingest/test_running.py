"""Page headers and footers: each once, on the page where it stands first; never a page's number alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import RawBlock, block
from ingest.layout.lines import Line
from ingest.layout.running import running_blocks


def told(*texts: str, body: tuple[RawBlock, ...] = ()) -> list[tuple[int | None, str]]:
    """Page and text of what is kept of such lines, one a page."""
    lines = [Line(text, page) for page, text in enumerate(texts, 1)]
    return [(raw.pieces[0].page, raw.text) for raw in running_blocks(lines, body)]


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["SOP-9, issue 4"] * 3, [(1, "SOP-9, issue 4")]),
        (["SOP-9 page 1 of 3", "SOP-9 page 2 of 3", "SOP-9 page 3 of 3"], [(1, "SOP-9 page 1 of 3")]),
        (["7 The Review", "The Review 8", "9 The Review", "The Review 10"], [(1, "7 The Review")]),
        (["Rev. 1", "Rev. 1", "Rev. 2", "Rev. 2"], [(1, "Rev. 1"), (3, "Rev. 2")]),
        (["Left", "Right", "Left", "Right"], [(1, "Left"), (2, "Right")]),
        (["Page 1 of 2", "Page 2 of 2"], []),
        (["Seite 4", "Seite 5"], []),
        (["صفحة 1 من 2", "صفحة 2 من 2"], []),
        (["12", "13"], []),
        (["—", "—"], []),
        (["Issued 3 May 2021"], [(1, "Issued 3 May 2021")]),
    ],
)
def test_each_is_told_once_where_it_stands_first(lines: list[str], kept: list[tuple[int, str]]) -> None:
    """As it stands there; what differs in more than its page's number is another one."""
    assert told(*lines) == kept


def test_a_chapter_at_the_head_of_its_pages_is_no_page_header() -> None:
    """It stands in the text as a heading."""
    body = (block("heading", "The Wells", 1, 1),)
    assert told("THE WELLS", "THE WELLS", "Quay Press", body=body) == [(3, "Quay Press")]


@given(st.lists(st.text("ab1 ٣-", max_size=6), max_size=8))
def test_nothing_is_made_up_and_nothing_told_twice(texts: list[str]) -> None:
    """Each is one of the lines, and no two are the same."""
    kept = [text for _, text in told(*texts)]
    assert set(kept) <= set(texts)
    assert len(kept) == len(set(kept))
