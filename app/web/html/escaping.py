"""From what users, documents and the store say to HTML in which every word of theirs is escaped.

Chat messages pass through a Markdown renderer: they are one line that starts with a tag, so that
Markdown leaves them alone, and every character with a meaning there or in HTML is a reference.
"""

import re
from html import escape

from app.answering.answer import Citation, UnreadFile
from app.phrases.reasons import worded
from app.phrases.words import Words
from ingest.document import Unread
from ingest.reasons import Reason

_MARKUP = re.compile(r"""[&<>"'\\`*_{}\[\]()#+\-.!|~$:@/^=\u2028\u2029]""")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # what may show letters in another order
_ENDING = "\u202c\u2069"


def safe(text: str) -> str:
    """The text for HTML inside Markdown: nothing in it is markup, line breaks are kept."""
    lines = (_MARKUP.sub(lambda found: f"&#{ord(found[0])};", line) for line in text.splitlines())
    return _with_marks("<br>".join(lines))


def text_html(text: str) -> str:
    """The text for HTML outside of Markdown, between tags."""
    return _with_marks(escape(text))


def _with_marks(html: str) -> str:
    """The text with a mark, which is not copied, around what has its letters turned."""
    return _TURNING.sub(_mark, html)


def _mark(found: re.Match[str]) -> str:
    mark = '<span class="m-turning"></span>'
    return found[0] + mark if found[0] in _ENDING else mark + found[0]


def title_of(citation: Citation) -> str:
    """The document's title, its path where it has none."""
    return citation.title or citation.paths[0]


def question_html(question: str) -> str:
    """The user's own question as a chat message."""
    return f'<h2 class="m-question" dir="auto">{safe(question)}</h2>'


def error_html(reason: Reason, words: Words) -> str:
    """An error as one plain line of the chat."""
    return f'<div class="m-error" role="alert" dir="auto">{safe(worded(reason, words))}</div>'


def not_kept_html(reason: Reason, words: Words) -> str:
    """Why the conversation is not kept, as one plain line of the chat."""
    told = words.not_kept.format(reason=f"<bdi>{safe(worded(reason, words))}</bdi>")
    return f'<p class="m-note" role="status">{told}</p>'


def unread_html(entry: UnreadFile | Unread, words: Words, path: str = "") -> str:
    """A ledger entry: the file's path, if any, the pages, if not all of them, and the reason."""
    shown = entry.path if isinstance(entry, UnreadFile) else path
    where = [f'<bdi class="m-path" dir="ltr">{safe(shown)}</bdi>'] if shown else []
    if entry.pages:
        names = words.comma.join(map(str, entry.pages))
        where.append(words.numbered_pages(len(entry.pages), names=names))
    reason = f'<span dir="auto">{safe(worded(entry.reason, words))}</span>'
    return f"{words.comma.join(where)}: {reason}" if where else reason
