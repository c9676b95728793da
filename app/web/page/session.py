"""One user's conversation in the web chat: what was asked, what is shown, what a link may open."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from app.answering.answer import Answer, Citation, Turn, UnreadFile
from app.phrases.words import Words
from app.web.html.answer import answer_html
from app.web.html.escaping import error_html, not_kept_html, question_html
from app.web.service.conversations import Conversation
from app.web.service.exchange import Exchange
from app.web.service.filters import labels, unread_in
from app.web.service.service import Service
from index.types import FileState
from ingest.errors import MustanadError
from ingest.reasons import Reason

_LINK = re.compile(r"(\d{1,6})-(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation; kept by the server, so that a link opens only what this user was shown.

    `conversation` is its id in the store, "" where it is not kept; `seen` is the number that the last
    exchange has there. `unkept` says why it could not be kept.
    """

    exchanges: tuple[Exchange, ...] = ()
    conversation: str = ""
    seen: int = 0
    unkept: Reason | None = None

    def after(self, kept: Conversation, files: Sequence[FileState] = ()) -> "Session":
        """The session with the exchanges kept since; where they are another conversation's, with these alone.

        With each answer that was not given just now stands what is not read now of the `files` it is from.
        """
        before = self.exchanges if kept.id == self.conversation else ()
        since = tuple(_with_unread(exchange, files) for exchange in kept.exchanges)
        return Session((*before, *since), kept.id, kept.last)

    def failing(self, exchange: Exchange, reason: Reason) -> "Session":
        """The session with one more exchange, from which on it is not kept for this reason."""
        return Session((*self.exchanges, exchange), unkept=reason)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers, those that did not find anything included."""
        return tuple(exchange.answer for exchange in self.exchanges if exchange.answer)

    @property
    def sources(self) -> Sequence[Citation]:
        """What was quoted last; nothing after "not found" or an error, or where nothing was asked."""
        last = self.exchanges[-1].answer if self.exchanges else None
        return last.citations if last else ()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What a follow-up leans on: the questions that were answered, and the answers that were found."""
        turns: list[Turn] = []
        for answer in self.answers:
            if answer.offer is not None and not answer.citations:  # no topic of the conversation
                turns.append(Turn("assistant", "", _documents(answer.offer.outline)))
                continue
            turns.append(Turn("user", answer.question))
            if answer.text is not None:
                turns.append(Turn("assistant", answer.text, _documents(answer.own)))
        return tuple(turns)

    def chat(self, words: Words, waiting: str | None = None, progress: str = "") -> list[dict[str, str]]:
        """The messages as the chat component takes them; at the end the question that waits, if any.

        `progress` is the HTML that stands for its answer.
        """
        messages: list[dict[str, str]] = []
        named = False  # what was not read, by an earlier answer
        for turn, exchange in enumerate(self.exchanges):
            reply = _reply(exchange, turn, words, named)
            messages += [_asked(exchange.question), _message("assistant", reply)]
            answer = exchange.answer
            named = named or (answer is not None and answer.status == "not_found" and not answer.offer)
        if self.unkept:
            messages.append(_message("assistant", not_kept_html(self.unkept, words)))
        if waiting is not None:
            messages.append(_asked(waiting))
        if progress:
            messages.append(_message("assistant", progress))
        return messages

    def source(self, link: object) -> tuple[Sequence[Citation], int, int] | None:
        """What a link `turn-n` opens: the answer's sources, n and the turn; None for any other link."""
        match = _LINK.fullmatch(link) if isinstance(link, str) else None
        if not match:
            return None
        turn, n = int(match[1]), int(match[2])
        answer = self.exchanges[turn].answer if turn < len(self.exchanges) else None
        sources = answer.sources if answer else ()
        return (sources, n, turn) if 1 <= n <= len(sources) else None


def known_files(service: Service) -> tuple[FileState, ...]:
    """The files of the newest generation; () where they cannot be told, of which the sidebar says why."""
    try:
        return service.status().files
    except MustanadError:
        return ()


def _documents(citations: Iterable[Citation]) -> tuple[str, ...]:
    """The ids of the documents that are cited, in order."""
    return tuple(dict.fromkeys(citation.document_id for citation in citations))


def _with_unread(exchange: Exchange, files: Sequence[FileState]) -> Exchange:
    answer = exchange.answer
    if answer is None or answer.unread:
        return exchange
    unread = tuple(
        UnreadFile(file.path, entry.pages, entry.reason)
        for file in unread_in(exchange.filter, files)
        for entry in file.unread
    )
    return replace(exchange, answer=replace(answer, unread=unread))


def sent(event: gr.EventData, name: str) -> Any:
    """What the page's script sends by that name; None if it does not: another client can send anything."""
    try:
        return getattr(event, name, None)
    except TypeError:  # no names at all
        return None


def text_sent(event: gr.EventData, name: str) -> str:
    """The text that it sends by that name; "" where there is none or it is no text."""
    value = sent(event, name)
    return value if isinstance(value, str) else ""


def _asked(question: str) -> dict[str, str]:
    return _message("user", question_html(question))


def _reply(exchange: Exchange, turn: int, words: Words, named: bool) -> str:
    if exchange.answer is None:
        return error_html(exchange.error or MustanadError.reason, words)
    names = [name for _, _, name in labels(exchange.filter, words)]
    return answer_html(exchange.answer, turn, names, words, reading=exchange.reading, named=named)


def _message(role: str, html: str) -> dict[str, str]:
    return {"role": role, "content": html}
