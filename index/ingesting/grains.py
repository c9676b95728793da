"""Grains: what a passage is found by beyond its own words, its page or a run of passages as long as one."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby, islice
from operator import itemgetter

from index.catalogue.database import Catalogue
from index.types import Ids
from ingest.document import Document, Page, Passage, Span

_BATCH = 4096  # passages held in memory at once
_PAGE = 50  # passages of a page at most: each is indexed under the words of all
_RUN = 5  # passages of a grain where there are no pages, about 400 words


def grains(catalogue: Catalogue, ids: Ids, batch: int = _BATCH) -> Iterator[tuple[int, dict[int, Passage]]]:
    """Document id and passages, by id, of each grain of whole documents, whose passages are `ids`, ascending.

    The passages of a grain follow each other and begin on the same page or, in a document without
    pages, are five. In one of no more than five each is by itself: what finds the whole document tells
    nothing of its parts. `batch` passages are fetched at once.
    """
    parts = catalogue.parts()
    for document_id, members in groupby(_passages(catalogue, ids, batch), key=itemgetter(1)):
        held = parts[document_id]
        longest = _PAGE if held.pages else _RUN if held.passages > _RUN else 1
        for _, run in groupby(members, key=partial(_first_page, catalogue.document(document_id))):
            while grain := {one: passage for one, _, passage in islice(run, longest)}:
                yield document_id, grain


def _passages(catalogue: Catalogue, ids: Ids, batch: int) -> Iterator[tuple[int, int, Passage]]:
    """Passage id, document id and passage of each, in their order."""
    for start in range(0, len(ids), batch):
        some = ids[start : start + batch].tolist()
        found = catalogue.passages(some)
        yield from ((one, *found[one]) for one in some)


def _first_page(document: Document, member: tuple[int, int, Passage]) -> tuple[Page, ...]:
    """The page that the passage begins on; none in a document without pages."""
    passage = member[2]
    return document.pages_of(Span(passage.start, passage.end))[:1]
