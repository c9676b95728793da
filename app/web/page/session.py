"""One user's conversation in the web chat: what was asked, what is shown, what a link may open."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from app.answering.answer import Answer, Citation, Turn
from app.phrases.reasons import reason_in
from app.phrases.words import Words
from app.web.html.answer import answer_html
from app.web.html.escaping import error_html, not_kept_html, question_html
from app.web.service.conversations import Conversation, Exchange
from app.web.service.filters import labels

_LINK = re.compile(r"(\d{1,6})-(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation; kept by the server, so that a link opens only what this user was shown.

    `conversation` is its id in the store, "" where it is not kept; `unkept` says why it could not be.
    """

    exchanges: tuple[Exchange, ...] = ()
    conversation: str = ""
    unkept: str = ""

    @classmethod
    def of(cls, conversation: Conversation) -> Self:
        """The session of a kept conversation."""
        return cls(conversation.exchanges, conversation.id)

    def failing(self, exchange: Exchange, reason: str) -> "Session":
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
            turns.append(Turn("user", answer.question))
            if answer.text is not None:
                turns.append(Turn("assistant", answer.text))
        return tuple(turns)

    def chat(self, words: Words, waiting: str | None = None, progress: str = "") -> list[dict[str, str]]:
        """The messages as the chat component takes them; at the end the question that waits, if any.

        `progress` is the HTML that stands for its answer.
        """
        messages: list[dict[str, str]] = []
        for turn, exchange in enumerate(self.exchanges):
            messages += [_asked(exchange.question), _message("assistant", _reply(exchange, turn, words))]
        if self.unkept:
            messages.append(_message("assistant", not_kept_html(self.unkept, words)))
        if waiting is not None:
            messages.append(_asked(waiting))
        if progress:
            messages.append(_message("assistant", progress))
        return messages

    def source(self, link: object) -> tuple[Sequence[Citation], int, int] | None:
        """What a link `turn-n` opens: the answer's sources, n and the turn; None for any other link."""
        found = _LINK.fullmatch(link) if isinstance(link, str) else None
        if not found:
            return None
        turn, n = int(found[1]), int(found[2])
        answer = self.exchanges[turn].answer if turn < len(self.exchanges) else None
        sources = (answer.citations or answer.closest) if answer else ()
        return (sources, n, turn) if 1 <= n <= len(sources) else None


def _asked(question: str) -> dict[str, str]:
    return _message("user", question_html(question))


def _reply(exchange: Exchange, turn: int, words: Words) -> str:
    if exchange.answer is None:
        return error_html(reason_in(words, exchange.error))
    names = [name for _, _, name in labels(exchange.filter, words)]
    return answer_html(exchange.answer, turn, names, words)


def _message(role: str, html: str) -> dict[str, str]:
    return {"role": role, "content": html}
