"""The source panel as HTML: a citation's pages with its words boxed, or the text around it, all escaped."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from app.answer import Citation
from app.glyphs import Box
from app.web_render import plural, title_of
from app.web_view import PageView, SourceView, Stretch
from app.wording import date_words, pages_words
from ingest.characters import is_arabic

NO_SOURCE = '<p class="m-hint">Open a citation to see its words in the document.</p>'
_TAGS = {"heading": "h3", "paragraph": "p", "item": "p", "row": "p", "footnote": "p"}
_LEVEL = 0.025  # of the page's height: what a citation's number takes


def source_html(view: SourceView) -> str:
    """The panel for a citation: what it is of, its quote, and where that stands."""
    citation = view.citation
    parts = [*_head(view)]
    if view.pages:
        parts += [_quote(citation), _tools(view), _sheets(view)]
    else:
        if view.problem and citation.pages:
            why = escape(view.problem)
            parts.append(f'<p class="m-note" role="status">No picture of the page: {why}.</p>')
        text = "".join(_stretch(stretch, citation) for stretch in view.around)
        parts.append(f'<div class="m-passage" dir="auto" tabindex="0">{text}</div>')
    return "".join([*parts, _steps(view)])


def _head(view: SourceView) -> Iterator[str]:
    citation = view.citation
    path, *copies = citation.paths
    yield (
        '<header class="m-source-head">'
        f'<h2 id="m-source-title" data-source="{view.turn}-{view.n}" tabindex="-1" dir="auto">'
        f"[{citation.n}] {escape(title_of(citation))}</h2>"
        '<button type="button" class="m-close" aria-label="Close the source">×</button></header>'
    )
    also = f' <span class="m-note">also as <bdi dir="ltr">{escape(", ".join(copies))}</bdi></span>'
    yield f'<p class="m-path"><bdi dir="ltr">{escape(path)}</bdi>{also if copies else ""}</p>'
    pages = escape(pages_words(citation.pages, path))
    date = f'<span class="m-note">{escape(date_words(citation.date))}</span>' if citation.date else ""
    if pages or date:
        yield f'<p class="m-page">{" · ".join(filter(None, (pages, date)))}</p>'
    if citation.section:
        yield f'<p class="m-section" dir="auto">{" › ".join(map(escape, citation.section))}</p>'


def _quote(citation: Citation) -> str:
    marked = _marked(Stretch("paragraph", citation.start, citation.quote), citation)
    return f'<blockquote class="m-said" dir="auto" tabindex="0">{marked}</blockquote>'


def _tools(view: SourceView) -> str:
    """What turns the pages, enlarges them and opens the file."""
    numbers = [shown.page.number for shown in view.pages]
    here = f"{view.turn}-{view.n}"
    original = f"documents/{view.citation.document_id}/original"

    def turn(number: int, name: str, sign: str) -> str:
        off = "" if 1 <= number <= view.last else " disabled"
        return (
            f'<button type="button" data-cite="{here}" data-page="{number}" aria-label="{name}"{off}>'
            f"{sign}</button>"
        )

    names = pages_words([shown.page for shown in view.pages], view.citation.paths[0])
    return (
        '<div class="m-tools" role="group" aria-label="Page">'
        f"{turn(numbers[0] - 1, 'Previous page', '‹')}"
        f'<span class="m-where" aria-live="polite">{escape(names)} <span>of {view.last}</span></span>'
        f"{turn(numbers[-1] + 1, 'Next page', '›')}"
        '<span class="m-zoom"><button type="button" data-zoom="-1" aria-label="Zoom out">−</button>'
        '<button type="button" data-zoom="1" aria-label="Zoom in">+</button></span>'
        f'<a href="{original}#page={numbers[0]}" target="_blank" rel="noopener" '
        'aria-label="Open the original" title="Open the original"><span>Open&nbsp;</span>↗</a>'
        f'<a href="{original}?download=1" download aria-label="Download the original" '
        'title="Download the original">↓</a></div>'
    )


def _sheets(view: SourceView) -> str:
    cited = {page.number for page in view.citation.pages}
    lost = any(shown.page.number in cited and not shown.boxes.get(view.n) for shown in view.pages)
    note = (
        '<p class="m-note" role="status">The sentence could not be located on the page with certainty, '
        "so it is quoted above and not boxed.</p>"
    )
    sheets = "".join(_sheet(shown, view) for shown in view.pages)
    return (
        f"{note if lost else ''}"
        f'<div class="m-sheets" tabindex="0" role="group" aria-label="Pages">{sheets}</div>'
    )


def _sheet(shown: PageView, view: SourceView) -> str:
    """The picture of a page with a layer of boxes over it, which grows with it."""
    citation = view.citation
    name = pages_words([shown.page], citation.paths[0])
    count = sum(bool(boxes) for boxes in shown.boxes.values())
    alt = f"{name} of {title_of(citation)}, with {plural(count, 'citation')} boxed"
    boxed = {n: boxes for n, boxes in shown.boxes.items() if boxes}
    layer = "".join(_boxes(boxes, n == view.n) for n, boxes in boxed.items())
    return (
        f'<figure class="m-sheet" style="aspect-ratio: {shown.width:.2f} / {shown.height:.2f}">'
        f'<img src="documents/{citation.document_id}/pages/{shown.page.number}.jpg" alt="{escape(alt)}" '
        f'decoding="async">{layer}{"".join(_numbers(boxed, view))}</figure>'
    )


def _boxes(boxes: Sequence[Box], now: bool) -> str:
    """The boxes of a citation in percent of their page, so that they grow with it."""
    return "".join(
        f'<span class="m-box{" m-now" * now}" style="left: {box.left:.3%}; top: {box.top:.3%}; '
        f'width: {box.right - box.left:.3%}; height: {box.bottom - box.top:.3%}"></span>'
        for box in boxes
    )


def _numbers(boxed: Mapping[int, Sequence[Box]], view: SourceView) -> Iterator[str]:
    """The number of each boxed citation, which opens it, in the margin where its first line begins."""
    taken: list[tuple[str, float]] = []
    for n, boxes in boxed.items():
        first = boxes[0]
        side = "right" if (first.left > 0.5 or is_arabic(view.sources[n - 1].quote)) else "left"
        middle = (first.top + first.bottom) / 2
        slot = sum(side == other and abs(middle - level) < _LEVEL for other, level in taken)
        taken.append((side, middle))
        yield (
            f'<button type="button" class="m-number m-{side}{" m-now" * (n == view.n)}" '
            f'data-cite="{view.turn}-{n}" style="top: {middle:.3%}; --slot: {slot}" '
            f'aria-label="Citation {n}">{n}</button>'
        )


def _steps(view: SourceView) -> str:
    def step(n: int, word: str) -> str:
        off = "" if 1 <= n <= len(view.sources) else " disabled"
        return f'<button type="button" data-cite="{view.turn}-{n}"{off}>{word}</button>'

    return (
        f'<nav class="m-steps" aria-label="Citations">{step(view.n - 1, "Previous")}'
        f"<span>{view.n} of {len(view.sources)}</span>{step(view.n + 1, 'Next')}</nav>"
    )


def _stretch(stretch: Stretch, citation: Citation) -> str:
    tag = _TAGS[stretch.kind]
    return f'<{tag} class="m-{stretch.kind}">{_marked(stretch, citation)}</{tag}>'


def _marked(stretch: Stretch, citation: Citation) -> str:
    """The text, escaped, with what it has of the quote in <mark> and of the answer's exact words in bold."""
    text, shift = stretch.text, stretch.start
    start, end = max(citation.start - shift, 0), min(citation.end - shift, len(text))
    if start >= end:
        return escape(text)
    inside = escape(text[start:end])
    if span := citation.answer_span:
        a, b = (min(max(at - shift, start), end) for at in (span.start, span.end))
        if a < b:
            inside = f"{escape(text[start:a])}<strong>{escape(text[a:b])}</strong>{escape(text[b:end])}"
    return f"{escape(text[:start])}<mark>{inside}</mark>{escape(text[end:])}"
