"""From answers and the store's status to HTML in which every word of others is escaped.

Chat messages pass through a Markdown renderer: they are one line that starts with a tag, so that
Markdown leaves them alone, and every character with a meaning there or in HTML is a reference.
"""

import re
from collections.abc import Sequence
from html import escape

from app.answer import Answer, Citation, UnreadFile
from app.wording import DIFFER, confidence_words, date_words, pages_words
from index.types import FileState, Progress, Report, StoreStatus
from ingest.document import Unread

_MARKUP = re.compile(r"""[&<>"'\\`*_{}\[\]()#+\-.!|~$:@/^=\u2028\u2029]""")
_LISTED = 500  # files in the sidebar; the filter finds the others


def safe(text: str) -> str:
    """The text for HTML inside Markdown: nothing in it is markup, line breaks are kept."""
    return "<br>".join(_MARKUP.sub(lambda found: f"&#{ord(found[0])};", line) for line in text.splitlines())


def plural(n: int, noun: str) -> str:
    """`1 page`, `1,310 pages`."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def title_of(citation: Citation) -> str:
    """The document's title, its path where it has none."""
    return citation.title or citation.paths[0]


def question_html(question: str) -> str:
    """The user's own question as a chat message."""
    return f'<div class="m-question" dir="auto">{safe(question)}</div>'


def error_html(message: str) -> str:
    """An error as one plain line of the chat."""
    return f'<div class="m-error" role="alert" dir="auto">{safe(message)}</div>'


def answer_html(answer: Answer, turn: int, chosen: Sequence[str]) -> str:
    """An answer as a chat message; its links name the turn and the citation, `#cite-0-1`."""
    head = ""
    if answer.searched_as != answer.question:
        head = (
            f'<p class="m-note">Searched as: <span dir="auto">{safe(answer.searched_as)}</span> '
            f'<a class="m-edit" href="#edit-{turn}" role="button">Edit</a></p>'
        )
    if chosen:
        head += f'<p class="m-note">Only from: <span dir="ltr">{safe(", ".join(chosen))}</span></p>'
    if answer.status == "not_found":
        return f'<div class="m-answer m-notfound">{head}{_not_found(answer, turn)}</div>'
    if answer.differs:
        head += f'<p class="m-note">{DIFFER}</p>'
    body = "".join(_quote(citation, turn, answer.differs) for citation in answer.own)
    more = _folded(f"{plural(len(answer.further), 'further passage')}", answer.further, turn)
    return (
        f'<div class="m-answer">{head}{body}{more}<p class="m-foot">'
        f'<span class="m-confidence" title="Probability that the first quote answers the question">'
        f"Confidence: {confidence_words(answer.confidence)}</span>{_copy(copy_text(answer))}</p></div>"
    )


def _not_found(answer: Answer, turn: int) -> str:
    near = _folded(f"{plural(len(answer.closest), 'closest passage')}, not an answer", answer.closest, turn)
    unread = "".join(f"<li>{_unread(entry)}</li>" for entry in answer.unread)
    if unread:
        note = '<p class="m-note">It may stand where nothing was read, or not surely:</p>'
        unread = f'{note}<ul class="m-unread">{unread}</ul>'
    return (
        '<p class="m-verdict">Not found in the documents.</p>'
        '<p class="m-note">No passage answers this '
        f"(chance that the closest does: {answer.confidence:.2f}).</p>"
        f"{unread}{near}"
    )


def _quote(citation: Citation, turn: int, dated: bool = False) -> str:
    start, end = citation.start, citation.start + len(citation.quote)
    text = safe(citation.quote)
    if citation.answer_span and start <= citation.answer_span.start < citation.answer_span.end <= end:
        a, b = citation.answer_span.start - start, citation.answer_span.end - start
        quote = citation.quote
        text = f"{safe(quote[:a])}<strong>{safe(quote[a:b])}</strong>{safe(quote[b:])}"
    return f'<div class="m-quote" dir="auto"><p>{text}</p>{_link(citation, turn, dated)}</div>'


def _link(citation: Citation, turn: int, dated: bool) -> str:
    place = _place(citation, dated)
    where = f'<bdi class="m-title">{safe(title_of(citation))}</bdi>' + (
        f' <span dir="ltr">{safe(place)}</span>' if place else ""
    )
    return f'<a class="m-cite" href="#cite-{turn}-{citation.n}"><b>[{citation.n}]</b> {where}</a>'


def _place(citation: Citation, dated: bool) -> str:
    """The citation's pages, and the date of its file if `dated`."""
    pages = pages_words(citation.pages, citation.paths[0])
    return ", ".join(filter(None, (pages, date_words(citation.date) if dated else "")))


def _folded(summary: str, citations: Sequence[Citation], turn: int) -> str:
    if not citations:
        return ""
    inside = "".join(_quote(citation, turn) for citation in citations)
    return f'<details class="m-more"><summary>{summary}</summary>{inside}</details>'


def _copy(text: str) -> str:
    return f'<a class="m-copy" href="#copy" role="button">Copy</a><span class="m-clip">{safe(text)}</span>'


def copy_text(answer: Answer) -> str:
    """The answer as plain text with the documents and pages it cites, a line each."""
    sources = [
        f"[{c.n}] "
        + ", ".join(filter(None, (title_of(c), c.paths[0] if c.title else "", _place(c, answer.differs))))
        for c in answer.own
    ]
    return "\n".join([*(f"{c.quote} [{c.n}]" for c in answer.own), "", *sources])


def _unread(entry: UnreadFile | Unread, path: str = "") -> str:
    shown = entry.path if isinstance(entry, UnreadFile) else path
    pages = ""
    if entry.pages:
        pages = f", page{'' if len(entry.pages) == 1 else 's'} {', '.join(map(str, entry.pages))}"
    name = f'<bdi class="m-path" dir="ltr">{safe(shown)}</bdi>'
    return f'{name}{pages}: <span dir="auto">{safe(entry.reason)}</span>'


def documents_html(status: StoreStatus | None) -> str:
    """The sidebar: counts, the files, and what was not read, or not surely, and why."""
    if status is None or not status.files:
        return '<p class="m-note">No documents yet. Add some above.</p>'
    unread = [(file.path, entry) for file in status.files for entry in file.unread]
    files = [file for file in status.files if file.state != "unread"]
    ledger = "".join(f"<li>{_unread(entry, path)}</li>" for path, entry in unread)
    if ledger:
        ledger = (
            f"<details><summary>Not read, or not surely ({len(unread)})</summary><ul>{ledger}</ul></details>"
        )
    rest = f'<p class="m-note">and {len(files) - _LISTED:,} more</p>' if len(files) > _LISTED else ""
    return (
        f'<p class="m-counts">{plural(status.documents, "document")}, {plural(status.pages, "page")}, '
        f'{plural(status.passages, "passage")}</p><div class="m-ledger">{ledger}</div>'
        f'<ul class="m-files">{"".join(map(_file, files[:_LISTED]))}</ul>{rest}'
        f'<p class="m-note m-generation">Generation {status.generation}</p>'
    )


def filter_html(chosen: Sequence[str]) -> str:
    """The line above the chat while only some documents are asked."""
    if not chosen:
        return ""
    names = f'<bdi dir="ltr">{escape(", ".join(chosen))}</bdi>'
    return f'<p class="m-filtered" role="status">Answering only from {names}</p>'


def _file(file: FileState) -> str:
    title = f'<span class="m-title" dir="auto">{escape(file.title)}</span>' if file.title else ""
    counts = [plural(file.pages, "page")] if file.pages else []
    counts += ["copy"] if file.state == "copy" else [plural(file.passages, "passage")]
    name = f'<bdi class="m-path" dir="ltr">{escape(file.path)}</bdi>'
    return f'<li>{title}{name}<span class="m-note">{", ".join(counts)}</span></li>'


def progress_html(event: Progress | Report) -> str:
    """How far an ingest is, or what it did."""
    if isinstance(event, Progress):
        return (
            f'<div class="m-progress" role="status">'
            f'<progress max="{max(event.files, 1)}" value="{event.files_done}">'
            f'</progress><p class="m-note">{event.files_done} of {plural(event.files, "file")}, '
            f"{plural(event.passages, 'passage')} <bdi>{escape(event.current)}</bdi></p></div>"
        )
    plan = event.plan
    done = (
        f"{plural(len(plan.added), 'document')} added"
        if plan.added
        else "Nothing new: these are already here"
    )
    return f'<p class="m-note" role="status">{done}.</p>'
