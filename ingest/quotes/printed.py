"""The page of a quote of plain text, by the page numbers that are printed in it."""

from ingest.document import Document, Page, Span


def printed_pages(document: Document, span: Span) -> tuple[tuple[Page, ...], bool]:
    """The pages that certainly hold some of the span; else those it stands between, and True.

    Between pages 3 and 14 -> 3, 14. Behind the last that is certain -> that one. Before the first, and where
    pages are no numbers in a text, there are none.
    """
    spans = () if document.pages else document.page_spans
    held = sorted({one.number for one in spans if one.start < span.end and one.end > span.start})
    if held:
        return _pages(held), False
    before = [one.number for one in spans if one.end <= span.start][-1:]
    after = [one.number for one in spans if one.start >= span.end][:1]
    if not before:
        return (), False
    return _pages(list(dict.fromkeys([*before, *after]))), before != after


def _pages(numbers: list[int]) -> tuple[Page, ...]:
    return tuple(Page(number, str(number)) for number in numbers)
