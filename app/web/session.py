"""One user's conversation in the web chat: what was asked, what is shown, what a link may open."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.answer import Answer, Citation, Turn
from app.web.render import error_html, question_html
from app.web.render_answer import answer_html
from app.web.words import Words

_LINK = re.compile(r"(\d{1,6})-(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Message:
    """A chat message: whose it is ("user", "assistant") and its HTML."""

    role: str
    html: str


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation; kept by the server, so that a link opens only what this user was shown.

    `generation` is the one whose documents the sidebar shows, -1 before any.
    """

    messages: tuple[Message, ...] = ()
    turns: tuple[Turn, ...] = ()
    answers: tuple[Answer, ...] = ()
    generation: int = -1

    def asked(self, question: str) -> "Session":
        """The session with the question shown."""
        return replace(self, messages=(*self.messages, Message("user", question_html(question))))

    def answered(self, answer: Answer, chosen: Sequence[str], words: Words) -> "Session":
        """The session with the answer shown and both turns remembered; `chosen` names the filter's parts."""
        turns = [Turn("user", answer.question)]
        if answer.text is not None:
            turns.append(Turn("assistant", answer.text))
        html = answer_html(answer, len(self.answers), chosen, words)
        return replace(
            self,
            messages=(*self.messages, Message("assistant", html)),
            turns=(*self.turns, *turns),
            answers=(*self.answers, answer),
        )

    def failed(self, message: str) -> "Session":
        """The session with an error shown; the question is not remembered."""
        return replace(self, messages=(*self.messages, Message("assistant", error_html(message))))

    def chat(self) -> list[dict[str, str]]:
        """The messages as the chat component takes them."""
        return [{"role": message.role, "content": message.html} for message in self.messages]

    def source(self, link: object) -> tuple[Sequence[Citation], int, int] | None:
        """What a link `turn-n` opens: the answer's sources, n and the turn; None for any other link."""
        found = _LINK.fullmatch(link) if isinstance(link, str) else None
        if not found:
            return None
        turn, n = int(found[1]), int(found[2])
        if turn >= len(self.answers):
            return None
        sources = self.answers[turn].citations or self.answers[turn].closest
        return (sources, n, turn) if 1 <= n <= len(sources) else None
