"""The source panel as HTML: a citation's pages with its words boxed, or the text around it, all escaped."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from app.answering.answer import Citation
from app.pages.places import Box
from app.phrases.reasons import worded
from app.phrases.wording import credit_words, date_words, kind_words, pages_words
from app.phrases.words import Words
from app.web.html.citation import place_of
from app.web.html.escaping import text_html, title_of
from app.web.html.view import PageView, SourceView, Stretch
from ingest.characters import is_arabic

NO_SOURCE = ""  # the panel's content while no citation is open: the conversation has its room
_LEVEL = 0.025  # of the page's height: what a citation's number takes


def source_html(view: SourceView, words: Words, conversation: str = "") -> str:
    """The panel for a citation: what it is of, its quote, and where that stands.

    Within a kept `conversation`, by its id, also the citation's address.
    """
    citation = view.citation
    parts = [*_head(view, words, conversation)]
    if view.pages:
        parts += [_quote(citation), _tools(view, words), _sheets(view, words)]
    else:
        if view.problem:
            phrase = words.no_picture if citation.pages else words.as_it_was
            why = phrase.format(reason=f"<bdi>{escape(worded(view.problem, words))}</bdi>")
            parts.append(f'<p class="m-note" role="status">{why}</p>')
        text = "".join(_stretch(stretch, citation, words) for stretch in view.around)
        named = 'role="group" aria-labelledby="m-source-title"'
        parts.append(f'<div class="m-passage" {named} dir="auto" tabindex="0">{text}</div>')
    return "".join([*parts, _steps(view, words)])


def _head(view: SourceView, words: Words, conversation: str) -> Iterator[str]:
    citation = view.citation
    path, *copies = citation.paths
    yield (
        '<header class="m-source-head">'
        f'<h2 id="m-source-title" data-source="{view.turn}-{view.n}" tabindex="-1" dir="auto">'
        f"[{citation.n}] {text_html(title_of(citation))}</h2>"
        f'<button type="button" class="m-close" aria-label="{words.close_source}">×</button></header>'
    )
    others = f'<bdi dir="ltr">{text_html(", ".join(copies))}</bdi>'
    also = f' <span class="m-note">{words.also_as.format(paths=others)}</span>'
    address = f"/?conversation={conversation}#cite-{view.turn}-{view.n}"
    link = f' <a class="m-link" href="{address}" role="button">{words.copy_link}</a>' if conversation else ""
    yield f'<p class="m-path"><bdi dir="ltr">{text_html(path)}</bdi>{also if copies else ""}{link}</p>'
    place = [escape(part) for part in place_of(citation, words, dated=False)]
    if citation.date:
        place.append(f'<span class="m-note">{escape(date_words(citation.date, words))}</span>')
    if place:
        yield f'<p class="m-page">{" · ".join(place)}</p>'
    if credit := credit_words(citation.details, words):
        yield f'<p class="m-note">{text_html(credit)}</p>'
    if citation.section:
        yield f'<p class="m-section" dir="auto">{" › ".join(map(text_html, citation.section))}</p>'


def _quote(citation: Citation) -> str:
    marked = _marked(Stretch("paragraph", citation.start, citation.quote), citation)
    return f'<blockquote class="m-said" dir="auto" tabindex="0">{marked}</blockquote>'


def _tools(view: SourceView, words: Words) -> str:
    """What turns the pages, enlarges them and opens the file."""
    numbers = [shown.page.number for shown in view.pages]
    here = f"{view.turn}-{view.n}"
    original = f"/documents/{view.citation.document_id}/original"

    def turn(number: int, name: str, sign: str) -> str:
        off = "" if 1 <= number <= view.last else " disabled"
        return (
            f'<button type="button" data-cite="{here}" data-page="{number}" aria-label="{name}"{off}>'
            f"{sign}</button>"
        )

    names = pages_words([shown.page for shown in view.pages], view.citation.paths[0], words)
    last = words.of_pages.format(n=view.last)
    return (
        f'<div class="m-tools" role="group" aria-label="{words.page}">'
        f"{turn(numbers[0] - 1, words.previous_page, '‹')}"
        f'<span class="m-where" aria-live="polite">{escape(names)} <span>{last}</span></span>'
        f"{turn(numbers[-1] + 1, words.next_page, '›')}"
        f'<span class="m-zoom"><button type="button" data-zoom="-1" aria-label="{words.zoom_out}">−</button>'
        f'<button type="button" data-zoom="1" aria-label="{words.zoom_in}">+</button></span>'
        f'<a href="{original}#page={numbers[0]}" target="_blank" rel="noopener" '
        f'aria-label="{words.open_original}" title="{words.open_original}">'
        f"<span>{words.open}&nbsp;</span>↗</a>"
        f'<a href="{original}?download=1" download aria-label="{words.download_original}" '
        f'title="{words.download_original}">↓</a></div>'
    )


def _sheets(view: SourceView, words: Words) -> str:
    cited = {page.number for page in view.citation.pages}
    lost = any(shown.page.number in cited and not shown.boxes.get(view.n) for shown in view.pages)
    note = f'<p class="m-note" role="status">{words.unboxed}</p>'
    sheets = "".join(_sheet(shown, view, words) for shown in view.pages)
    return (
        f"{note if lost else ''}"
        f'<div class="m-sheets" tabindex="0" role="group" aria-label="{words.pages}">{sheets}</div>'
    )


def _sheet(shown: PageView, view: SourceView, words: Words) -> str:
    """The picture of a page with a layer of boxes over it, which grows with it."""
    citation = view.citation
    name = pages_words([shown.page], citation.paths[0], words)
    count = sum(bool(boxes) for boxes in shown.boxes.values())
    alt = words.page_alt.format(page=name, title=title_of(citation), boxed=words.n_boxed(count))
    boxed = {n: boxes for n, boxes in shown.boxes.items() if boxes}
    layer = "".join(_boxes(boxes, n == view.n) for n, boxes in boxed.items())
    return (
        f'<figure class="m-sheet" style="aspect-ratio: {shown.width:.2f} / {shown.height:.2f}">'
        f'<img src="/documents/{citation.document_id}/pages/{shown.page.number}.jpg" alt="{escape(alt)}" '
        f'decoding="async">{layer}{"".join(_numbers(boxed, view, words))}</figure>'
    )


def _boxes(boxes: Sequence[Box], now: bool) -> str:
    """The boxes of a citation in percent of their page, so that they grow with it."""
    return "".join(
        f'<span class="m-box{" m-now" * now}" style="left: {box.left:.3%}; top: {box.top:.3%}; '
        f'width: {box.right - box.left:.3%}; height: {box.bottom - box.top:.3%}"></span>'
        for box in boxes
    )


def _numbers(boxed: Mapping[int, Sequence[Box]], view: SourceView, words: Words) -> Iterator[str]:
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
            f'aria-label="{words.citation.format(n=n)}">{n}</button>'
        )


def _steps(view: SourceView, words: Words) -> str:
    def step(n: int, word: str) -> str:
        off = "" if 1 <= n <= len(view.sources) else " disabled"
        return f'<button type="button" data-cite="{view.turn}-{n}"{off}>{word}</button>'

    here = words.step.format(n=view.n, last=len(view.sources))
    return (
        f'<nav class="m-steps" aria-label="{words.citations}">{step(view.n - 1, words.previous)}'
        f"<span>{here}</span>{step(view.n + 1, words.next)}</nav>"
    )


def _stretch(stretch: Stretch, citation: Citation, words: Words) -> str:
    """A block; the style sheet sets above it what it is, if not the text's own."""
    tag = "h3" if stretch.kind == "heading" else "p"
    kind = kind_words(stretch.kind, stretch.of, False, words)
    named = f' data-kind="{escape(kind)}"' if kind else ""
    return f'<{tag} class="m-{stretch.kind}"{named}>{_marked(stretch, citation)}</{tag}>'


def _marked(stretch: Stretch, citation: Citation) -> str:
    """The text, escaped, with what it has of the quote in <mark> and of the answer's exact words in bold."""
    text, shift = stretch.text, stretch.start
    start, end = max(citation.start - shift, 0), min(citation.end - shift, len(text))
    if start >= end:
        return text_html(text)
    inside = text_html(text[start:end])
    if span := citation.answer_span:
        a, b = (min(max(at - shift, start), end) for at in (span.start, span.end))
        if a < b:
            before, exact, behind = map(text_html, (text[start:a], text[a:b], text[b:end]))
            inside = f"{before}<strong>{exact}</strong>{behind}"
    return f"{text_html(text[:start])}<mark>{inside}</mark>{text_html(text[end:])}"
