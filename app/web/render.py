"""From answers to HTML in which every word of others is escaped.

Chat messages pass through a Markdown renderer: they are one line that starts with a tag, so that
Markdown leaves them alone, and every character with a meaning there or in HTML is a reference.
"""

import re
from collections.abc import Sequence

from app.answer import Answer, Citation, UnreadFile
from app.web.words import Words
from app.wording import confidence_words, date_words, pages_words
from ingest.document import Unread

_MARKUP = re.compile(r"""[&<>"'\\`*_{}\[\]()#+\-.!|~$:@/^=\u2028\u2029]""")


def safe(text: str) -> str:
    """The text for HTML inside Markdown: nothing in it is markup, line breaks are kept."""
    return "<br>".join(_MARKUP.sub(lambda found: f"&#{ord(found[0])};", line) for line in text.splitlines())


def title_of(citation: Citation) -> str:
    """The document's title, its path where it has none."""
    return citation.title or citation.paths[0]


def question_html(question: str) -> str:
    """The user's own question as a chat message."""
    return f'<div class="m-question" dir="auto">{safe(question)}</div>'


def error_html(message: str) -> str:
    """An error as one plain line of the chat."""
    return f'<div class="m-error" role="alert" dir="auto">{safe(message)}</div>'


def answer_html(answer: Answer, turn: int, chosen: Sequence[str], words: Words) -> str:
    """An answer as a chat message; its links name the turn and the citation, `#cite-0-1`.

    `chosen` names the parts of the filter that it was asked with.
    """
    head = ""
    if answer.searched_as != answer.question:
        question = f'<span dir="auto">{safe(answer.searched_as)}</span>'
        head = (
            f'<p class="m-note">{words.searched_as.format(question=question)} '
            f'<a class="m-edit" href="#edit-{turn}" role="button">{words.edit}</a></p>'
        )
    if chosen:
        paths = words.comma.join(f'<bdi dir="auto">{safe(name)}</bdi>' for name in chosen)
        head += f'<p class="m-note">{words.answered_from.format(paths=paths)}</p>'
    if answer.status == "not_found":
        return f'<div class="m-answer m-notfound">{head}{_not_found(answer, turn, words)}</div>'
    if answer.differs:
        head += f'<p class="m-note">{words.differ}</p>'
    body = "".join(_quote(citation, turn, words, answer.differs) for citation in answer.own)
    more = _folded(words.further(len(answer.further)), answer.further, turn, words)
    confidence = words.confidence.format(confidence=confidence_words(answer.confidence, words))
    return (
        f'<div class="m-answer">{head}{body}{more}<p class="m-foot">'
        f'<span class="m-confidence" title="{words.confidence_note}">{confidence}</span>'
        f"{_copy(copy_text(answer, words), words)}</p></div>"
    )


def _not_found(answer: Answer, turn: int, words: Words) -> str:
    near = _folded(words.closest(len(answer.closest)), answer.closest, turn, words)
    unread = "".join(f"<li>{unread_html(entry, words)}</li>" for entry in answer.unread)
    if unread:
        unread = f'<p class="m-note">{words.maybe_unread}</p><ul class="m-unread">{unread}</ul>'
    return (
        f'<p class="m-verdict">{words.not_found}</p>'
        f'<p class="m-note">{words.no_passage.format(chance=f"{answer.confidence:.2f}")}</p>'
        f"{unread}{near}"
    )


def _quote(citation: Citation, turn: int, words: Words, dated: bool = False) -> str:
    start, end = citation.start, citation.start + len(citation.quote)
    text = safe(citation.quote)
    if citation.answer_span and start <= citation.answer_span.start < citation.answer_span.end <= end:
        a, b = citation.answer_span.start - start, citation.answer_span.end - start
        quote = citation.quote
        text = f"{safe(quote[:a])}<strong>{safe(quote[a:b])}</strong>{safe(quote[b:])}"
    return f'<div class="m-quote" dir="auto"><p>{text}</p>{_link(citation, turn, words, dated)}</div>'


def _link(citation: Citation, turn: int, words: Words, dated: bool) -> str:
    place = _place(citation, words, dated)
    where = f'<bdi class="m-title">{safe(title_of(citation))}</bdi>' + (
        f' <span dir="{words.direction}">{safe(place)}</span>' if place else ""
    )
    return f'<a class="m-cite" href="#cite-{turn}-{citation.n}"><b>[{citation.n}]</b> {where}</a>'


def _place(citation: Citation, words: Words, dated: bool) -> str:
    """The citation's pages, and the date of its file if `dated`."""
    pages = pages_words(citation.pages, citation.paths[0], words)
    return words.comma.join(filter(None, (pages, date_words(citation.date, words) if dated else "")))


def _folded(summary: str, citations: Sequence[Citation], turn: int, words: Words) -> str:
    if not citations:
        return ""
    inside = "".join(_quote(citation, turn, words) for citation in citations)
    return f'<details class="m-more"><summary>{summary}</summary>{inside}</details>'


def _copy(text: str, words: Words) -> str:
    link = f'<a class="m-copy" href="#copy" role="button">{words.copy}</a>'
    return f'{link}<span class="m-clip">{safe(text)}</span>'


def copy_text(answer: Answer, words: Words) -> str:
    """The answer as plain text with the documents and pages it cites, a line each."""
    sources = [
        f"[{c.n}] "
        + words.comma.join(
            filter(None, (title_of(c), c.paths[0] if c.title else "", _place(c, words, answer.differs)))
        )
        for c in answer.own
    ]
    return "\n".join([*(f"{c.quote} [{c.n}]" for c in answer.own), "", *sources])


def unread_html(entry: UnreadFile | Unread, words: Words, path: str = "") -> str:
    """A ledger entry: the file's path, if any, the pages, if not all of them, and the reason."""
    shown = entry.path if isinstance(entry, UnreadFile) else path
    where = [f'<bdi class="m-path" dir="ltr">{safe(shown)}</bdi>'] if shown else []
    if entry.pages:
        names = words.comma.join(map(str, entry.pages))
        where.append(words.numbered_pages(len(entry.pages), names=names))
    reason = f'<span dir="auto">{safe(entry.reason)}</span>'
    return f"{words.comma.join(where)}: {reason}" if where else reason
