"""A grain is a page, or a run of passages of a long document without pages."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.catalogue.database import Catalogue
from index.catalogue.staging import stage
from index.ingesting.grains import grains
from ingest.document import Document, Page, PageSpan, Passage, Span
from tests.support.fakes import MemorySource


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """A new catalogue."""
    opened = Catalogue.open_to_write(tmp_path)
    yield opened
    opened.close()


def document(letters: str, pages: tuple[int, ...] = ()) -> Document:
    """A document of these letters, the n-th on the n-th of these pages where there are any."""
    spans = tuple(PageSpan(at, at + 1, number) for at, number in enumerate(pages))
    numbers = tuple(Page(number, None) for number in dict.fromkeys(pages))
    return replace(MemorySource("/x", letters).read(), pages=numbers, page_spans=spans)


def staged(catalogue: Catalogue, read: Document, reading: str, length: int = 1) -> int:
    """Id of the document, in passages of so many letters."""
    spans = [Span(at, at + length) for at in range(0, len(read.text), length)]
    parts = [Passage(one.start, one.end, (one,), "", read.text[one.start : one.end]) for one in spans]
    return stage(catalogue, read, parts, reading)


def found(catalogue: Catalogue, *documents: int) -> list[tuple[int, str]]:
    """Document id and text of each grain, its passages parted by "|"."""
    ids = catalogue.passage_ids(documents)
    assert ids.dtype == np.int64
    return [(one, "|".join(each.text for each in grain.values())) for one, grain in grains(catalogue, ids)]


def test_a_page_is_a_grain(catalogue: Catalogue) -> None:
    """A passage belongs to the page that it begins on."""
    read = document("abcdefgh", (1, 1, 1, 2, 2, 3, 3, 3))
    one, pairs = staged(catalogue, read, "singly"), staged(catalogue, read, "in pairs", 2)
    assert found(catalogue, one) == [(one, "a|b|c"), (one, "d|e"), (one, "f|g|h")]
    assert found(catalogue, pairs) == [(pairs, "ab|cd"), (pairs, "ef"), (pairs, "gh")]


def test_without_pages_five_passages_are_a_grain(catalogue: Catalogue) -> None:
    """Counted from the document's first, none of two documents; in a short one each is by itself."""
    one = staged(catalogue, document("abcdefgh"), "first")
    other = staged(catalogue, document("xy"), "second")
    last = staged(catalogue, document("ijklmn"), "third")
    assert found(catalogue, one, other, last) == [
        *((one, "a|b|c|d|e"), (one, "f|g|h")),
        *((other, "x"), (other, "y")),
        *((last, "i|j|k|l|m"), (last, "n")),
    ]
    assert found(catalogue) == []


def test_a_grain_may_be_longer_than_what_is_read_at_once(catalogue: Catalogue) -> None:
    """Passages are fetched in batches, which cut no grain in two, and keep their ids."""
    one = staged(catalogue, document("abcdefgh", (1, 1, 1, 1, 1, 1, 1, 2)), "r")
    ids = catalogue.passage_ids([one]).tolist()
    in_threes = [list(grain) for _, grain in grains(catalogue, catalogue.passage_ids([one]), batch=3)]
    assert in_threes == [ids[:7], ids[7:]]
