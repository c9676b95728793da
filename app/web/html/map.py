"""A small map of an answer: where in each document its passages stand, for those who would rather look."""

from collections.abc import Sequence

from app.answering.answer import Answer, Citation
from app.phrases.wording import pages_words
from app.phrases.words import Words
from app.web.html.citation import by_document
from app.web.html.escaping import safe, title_of

_WIDTH = 0.1  # of a line: what a mark takes of it on a phone


def map_html(answer: Answer, turn: int, words: Words) -> str:
    """A line for each document from its beginning to its end, with marks that open passages, folded away.

    "" where there are fewer than two passages to place.
    """
    placed = [citation for citation in answer.citations if citation.document_length]
    if len(placed) < 2:
        return ""
    lines = "".join(_line(cited, answer.answering, turn, words) for cited in by_document(placed))
    return f'<details class="m-more m-map"><summary>{words.map}</summary><ul>{lines}</ul></details>'


def place(citation: Citation) -> float:
    """How far into its document the quote begins, 0 to 1: by pages where it has them, else by characters."""
    if citation.document_pages and citation.pages:
        return (citation.pages[0].number - 1) / max(citation.document_pages - 1, 1)
    return citation.start / citation.document_length


def lanes(places: Sequence[float]) -> list[int]:
    """For each of the ascending places the lowest lane in which it is clear of the one before: 0, 1, 2..."""
    ends: list[float] = []
    taken = []
    for at in places:
        lane = next((n for n, end in enumerate(ends) if at - end >= _WIDTH), len(ends))
        ends[lane : lane + 1] = [at]
        taken.append(lane)
    return taken


def _line(cited: Sequence[Citation], own: Sequence[int], turn: int, words: Words) -> str:
    """A document: its title, how many pages it has, its marks in the order in which they stand."""
    ordered = sorted(cited, key=lambda citation: (place(citation), citation.start))
    rows = lanes([place(citation) for citation in ordered])
    marks = "".join(
        _mark(citation, lane, citation.n in own, turn, words)
        for citation, lane in zip(ordered, rows, strict=True)
    )
    pages = cited[0].document_pages
    size = f"<span>{words.n_pages(pages)}</span>" if pages else ""
    return (
        f'<li><bdi class="m-title" dir="auto">{safe(title_of(cited[0]))}</bdi>{size}'
        f'<div class="m-track" style="--lanes: {max(rows) + 1}">{marks}</div></li>'
    )


def _mark(citation: Citation, lane: int, own: bool, turn: int, words: Words) -> str:
    stands = pages_words(citation.pages, citation.paths[0], words) or "".join(citation.section[-1:])
    told = f'<span class="m-aside">{words.comma}{safe(stands)}</span>' if stands else ""
    return (
        f'<a class="m-mark{" m-own" * own}" href="#cite-{turn}-{citation.n}" '
        f'style="--at: {place(citation):.4f}; --lane: {lane}">{citation.n}{told}</a>'
    )
