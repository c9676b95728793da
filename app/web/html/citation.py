"""A citation as HTML for the chat: its quote, where it stands, what previews it, and why it was taken."""

from collections.abc import Iterable, Sequence

from app.answering.answer import Citation
from app.answering.matched import matched
from app.phrases.languages import autonym
from app.phrases.wording import beside_words, date_words, kind_words, pages_words
from app.phrases.words import Words
from app.web.html.escaping import safe, title_of

_AROUND = 90  # characters of the passage that a preview shows before and after the quote


def by_document(citations: Iterable[Citation]) -> list[list[Citation]]:
    """The citations of each document together, in their order."""
    documents: dict[str, list[Citation]] = {}
    for citation in citations:
        documents.setdefault(citation.document_id, []).append(citation)
    return list(documents.values())


def quote_html(citation: Citation, link: str, question: str, words: Words) -> str:
    """The quote with the answer's exact words in bold, its link, and why it answers `question`."""
    return (
        f'<div class="m-quote" dir="auto"><p>{_quote(citation)}</p>'
        f"{_beside(citation, words)}{row_html(citation)}"
        f'<div class="m-from">{link}{_why(citation, question, words)}</div></div>'
    )


def link_html(citation: Citation, turn: int, words: Words, *, titled: bool) -> str:
    """The link that opens the citation, `#cite-0-1`, with its preview, which the script shows.

    It says the pages, after the title if `titled`; else, where there are none, the last heading. Then what
    the quote is, if not the text's own, and its language, by its own name, where it is not the question's.
    """
    place = pages_words(citation.pages, citation.paths[0], words, between=citation.between)
    title = f'<bdi class="m-title">{safe(title_of(citation))}</bdi>'
    if titled:
        where = f'{title} · <span dir="{words.direction}">{safe(place)}</span>' if place else title
    else:
        where = f'<bdi class="m-title">{safe(place or "".join(citation.section[-1:]) or words.open)}</bdi>'
    if kind := kind_of(citation, words):
        where += f' · <bdi dir="{words.direction}">{safe(kind)}</bdi>'
    if citation.foreign:
        where += f' · <bdi lang="{citation.foreign}">{safe(autonym(citation.foreign))}</bdi>'
    return (
        f'<a class="m-cite" href="#cite-{turn}-{citation.n}"><b>[{citation.n}]</b> {where}</a>'
        f"{_preview(citation, title, words)}"
    )


def place_of(citation: Citation, words: Words, *, dated: bool) -> list[str]:
    """The citation's pages, what it is if not the text's own, its file's date if `dated`."""
    pages = pages_words(citation.pages, citation.paths[0], words, between=citation.between)
    date = date_words(citation.date, words) if dated else ""
    return [part for part in (pages, kind_of(citation, words), date) if part]


def kind_of(citation: Citation, words: Words) -> str:
    """What the citation is, if not the text's own or not surely; "" for the text."""
    of = citation.by or citation.detail
    return kind_words(citation.kind, of, citation.recognised, words, absent=citation.absent)


def _quote(citation: Citation) -> str:
    start, end = citation.start, citation.start + len(citation.quote)
    quote, span = citation.quote, citation.answer_span
    if not span or not start <= span.start < span.end <= end:
        return safe(quote)
    a, b = span.start - start, span.end - start
    return f"{safe(quote[:a])}<strong>{safe(quote[a:b])}</strong>{safe(quote[b:])}"


def _beside(citation: Citation, words: Words) -> str:
    told = beside_words(
        citation.probable, citation.note_to, words, lambda text: f'<bdi dir="auto">{safe(text)}</bdi>'
    )
    return "".join(f'<p class="m-note" dir="{words.direction}">{line}</p>' for line in told)


def row_html(citation: Citation) -> str:
    """What a table's row says, a line a value beside what heads it; "" where the quote is none."""
    row = citation.row
    if row is None or not row.explains:
        return ""
    pairs = "".join(
        f'<dt dir="auto">{safe(head)}</dt>'
        f'<dd dir="auto"{" class=m-asked" * (number == row.asked)}>{safe(value)}</dd>'
        for number, (head, value) in enumerate(row.columns)
    )
    return f'<div class="m-row" dir="auto"><b>{safe(row.label)}</b><dl>{pairs}</dl></div>'


def _preview(citation: Citation, title: str, words: Words) -> str:
    """What is seen of the citation before it is opened: its place, the quote, some words around it."""
    parts = place_of(citation, words, dated=citation.date is not None)
    place = "".join(f" · <span>{safe(part)}</span>" for part in parts)
    at = citation.start - citation.passage_start
    before = citation.passage[:at].replace("\n", " ")
    after = citation.passage[at + len(citation.quote) :].replace("\n", " ")
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + " …"
    section = f'<div class="m-section" dir="auto">{safe(" › ".join(citation.section))}</div>'
    return (
        f'<div class="m-preview" hidden><div class="m-place">{title}{place}</div>'
        f"{section if citation.section else ''}"
        f'<div class="m-around" dir="auto">{safe(before)}<mark>{_quote(citation)}</mark>{safe(after)}</div>'
        "</div>"
    )


def _why(citation: Citation, question: str, words: Words) -> str:
    """The question's words that the passage holds or lacks, both scores of the search, the confidence."""
    by_place = matched(question, citation.passage, " ".join((title_of(citation), *citation.section)))
    meaning = "–" if citation.dense is None else f"{citation.dense:.2f}"
    scores = (
        (words.meaning, meaning, words.no_meaning if citation.dense is None else words.meaning_note),
        (words.shared, f"{citation.lexical:.1f}", words.shared_note),
        (words.sureness, f"{citation.score:.2f}", words.sureness_note),
    )
    return (
        f'<details class="m-why"><summary dir="{words.direction}">{words.why}</summary>'
        f'<div dir="{words.direction}">'
        f"{_listed(words.in_passage, by_place.passage, words)}"
        f"{_listed(words.in_headings, by_place.headings, words)}"
        f"{_listed(words.not_there, by_place.missing, words)}<dl>"
        + "".join(f"<dt>{name} <b>{number}</b></dt><dd>{note}</dd>" for name, number, note in scores)
        + "</dl></div></details>"
    )


def _listed(phrase: str, spelt: Sequence[str], words: Words) -> str:
    if not spelt:
        return ""
    named = words.comma.join(f"<bdi>{safe(word)}</bdi>" for word in spelt)
    return f'<div class="m-words">{phrase.format(words=named)}</div>'
