"""From what users, documents and the store say to HTML in which every word of theirs is escaped.

Chat messages pass through a Markdown renderer: they are one line that starts with a tag, so that
Markdown leaves them alone, and every character with a meaning there or in HTML is a reference.
"""

import re
from collections.abc import Sequence
from html import escape

from app.answer import Citation, UnreadFile
from app.web.words import Words
from index.types import FileState, Progress, Report, StoreStatus
from ingest.document import Unread

_MARKUP = re.compile(r"""[&<>"'\\`*_{}\[\]()#+\-.!|~$:@/^=\u2028\u2029]""")
_LISTED = 500  # files in the sidebar; the filter finds the others


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


def unread_html(entry: UnreadFile | Unread, words: Words, path: str = "") -> str:
    """An entry of the ledger: the file, which `path` names where the entry does not, its pages, why."""
    shown = entry.path if isinstance(entry, UnreadFile) else path
    pages = ""
    if entry.pages:
        names = words.comma.join(map(str, entry.pages))
        pages = words.comma + words.numbered_pages(len(entry.pages), names=names)
    name = f'<bdi class="m-path" dir="ltr">{safe(shown)}</bdi>'
    return f'{name}{pages}: <span dir="auto">{safe(entry.reason)}</span>'


def documents_html(status: StoreStatus | None, words: Words) -> str:
    """The sidebar: counts, the files, and what was not read, or not surely, and why."""
    if status is None or not status.files:
        return f'<p class="m-note">{words.no_documents}</p>'
    unread = [(file.path, entry) for file in status.files for entry in file.unread]
    files = [file for file in status.files if file.state != "unread"]
    ledger = "".join(f"<li>{unread_html(entry, words, path)}</li>" for path, entry in unread)
    if ledger:
        summary = words.not_read.format(n=len(unread))
        ledger = f"<details><summary>{summary}</summary><ul>{ledger}</ul></details>"
    more = len(files) - _LISTED
    rest = f'<p class="m-note">{words.more_files.format(n=f"{more:,}")}</p>' if more > 0 else ""
    counts = (
        words.n_documents(status.documents),
        words.n_pages(status.pages),
        words.n_passages(status.passages),
    )
    return (
        f'<p class="m-counts">{words.comma.join(counts)}</p><div class="m-ledger">{ledger}</div>'
        f'<ul class="m-files">{"".join(_file(file, words) for file in files[:_LISTED])}</ul>{rest}'
        f'<p class="m-note m-generation">{words.generation.format(n=status.generation)}</p>'
    )


def filter_html(chosen: Sequence[str], words: Words) -> str:
    """The line above the chat while only some documents are asked."""
    if not chosen:
        return ""
    names = f'<bdi dir="ltr">{escape(", ".join(chosen))}</bdi>'
    return f'<p class="m-filtered" role="status">{words.filtered.format(paths=names)}</p>'


def _file(file: FileState, words: Words) -> str:
    title = f'<span class="m-title" dir="auto">{escape(file.title)}</span>' if file.title else ""
    counts = [words.n_pages(file.pages)] if file.pages else []
    counts += [words.a_copy if file.state == "copy" else words.n_passages(file.passages)]
    name = f'<bdi class="m-path" dir="ltr">{escape(file.path)}</bdi>'
    return f'<li>{title}{name}<span class="m-note">{words.comma.join(counts)}</span></li>'


def progress_html(event: Progress | Report, words: Words) -> str:
    """How far an ingest is, or what it did."""
    if isinstance(event, Progress):
        far = words.progress.format(
            done=event.files_done,
            files=words.n_files(event.files),
            passages=words.n_passages(event.passages),
            current=f"<bdi>{escape(event.current)}</bdi>",
        )
        return (
            f'<div class="m-progress" role="status">'
            f'<progress max="{max(event.files, 1)}" value="{event.files_done}">'
            f'</progress><p class="m-note">{far}</p></div>'
        )
    added = event.plan.added
    done = words.added(len(added)) if added else words.nothing_new
    return f'<p class="m-note" role="status">{done}</p>'
