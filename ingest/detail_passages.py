"""The passages of what a file says of itself, and what names its document."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from ingest.document import Document, Passage, Span, main_language
from ingest.languages import BY_CODE
from ingest.languages.english import ENGLISH

_LONGEST_NAME = 500  # characters: a title without end would not end


def detail_passages(document: Document) -> Iterator[Passage]:
    """A passage for all details of one name, found under the words that ask for it."""
    language = BY_CODE.get(main_language(document.blocks) or "", ENGLISH)
    title = name_of(document)[:_LONGEST_NAME]
    for name, named in groupby(document.details, key=attrgetter("name")):
        spans = tuple(Span(each.start, each.end) for each in named)
        start, end = spans[0].start, spans[-1].end
        context = " > ".join(filter(None, (title, language.details.get(name, name))))
        yield Passage(start, end, spans, context, document.text[start:end])


def name_of(document: Document) -> str:
    """The title or, where there is none, the heading that the text begins with; "" where none does."""
    first = document.blocks[0] if document.blocks else None
    begun = document.text[first.start : first.end] if first and first.kind == "heading" else ""
    return document.title or begun
