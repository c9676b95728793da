"""Which years a text names, and which a quote is about."""

import re
from dataclasses import replace

from app.answering.rows import row_text
from index.types import Hit, Query
from index.words.terms import content_words, exact_terms
from ingest.document import Document, Span
from ingest.languages import BY_CODE

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_LISTED = re.compile(r"[^\W\d_]|[,،/&]")  # stands between years that are no span, as "1914-1918" is
_BEFORE = 2  # words before a year that may bound a time with it: "before the 1912"
_YEARS = range(1500, 2100)


def years(text: str) -> frozenset[int]:
    """The years that the text names in digits of any script."""
    return frozenset(year for match in _YEAR.finditer(text) if (year := int(match[0])) in _YEARS)


def meant(query: Query) -> frozenset[int]:
    """The years that an answer to the query must be about; none where one bounds a time ("before 1912")."""
    words = exact_terms(str(query))
    language = BY_CODE.get(query.language)
    if language is not None and any(
        years(word) and not language.bounds.isdisjoint(words[max(0, n - _BEFORE) : n])
        for n, word in enumerate(words)
    ):
        return frozenset()
    return years(str(query))


def each_year(query: Query) -> list[Query]:
    """The query once for each of the years that it names side by side; [] where it does not.

    "Compare the exports of 2022 and 2023" -> "Compare the exports of 2022", "Compare the exports of 2023".
    """
    text = query.text
    named = [match for match in _YEAR.finditer(text) if int(match[0]) in _YEARS]
    if len({match[0] for match in named}) < 2:
        return []
    start, end = named[0].start(), named[-1].end()
    between = _YEAR.sub(" ", text[start:end])
    if content_words(between, query.language) or not _LISTED.search(between):
        return []
    return [replace(query, text=f"{text[:start]}{one[0]}{text[end:]}") for one in named]


def years_of(hit: Hit, quote: Span, document: Document) -> frozenset[int]:
    """The years that a quote of the hit is about.

    They are those that it names; where it names none, those of what says more of it.
    """
    return next(filter(None, map(years, said_of(hit, quote, document))), frozenset())


def said_of(hit: Hit, quote: Span, document: Document) -> tuple[str, str, str]:
    """What tells what a quote is about, nearest first: its words, the headings above, the document's names.

    A row of a table speaks with what heads its values. The names are title, paths and date.
    """
    named = " ".join([document.title or "", *hit.paths, document.date or ""])
    text = row_text(quote, document) or document.text[quote.start : quote.end]
    return text, " ".join(document.section_of(quote.start)), named


def is_about_others(hit: Hit, quote: Span, document: Document, asked: frozenset[int]) -> bool:
    """True if years are asked for and the quote is about none of them, but about others."""
    return bool(asked) and bool(about := years_of(hit, quote, document)) and about.isdisjoint(asked)
