"""What the parts of the web chat do: the handlers of the page's events."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from app.phrases.words import Words
from app.web.html.answer import follow_ups_html, searching_html
from app.web.html.escaping import error_html
from app.web.html.library import summary_html
from app.web.html.source import NO_SOURCE, source_html
from app.web.html.view import view
from app.web.page.filter_part import SHOWN, choices
from app.web.page.session import Session, known_files, sent, text_sent
from app.web.service.exchange import Exchange
from app.web.service.filters import Filter, ids, resolve, unread_in
from app.web.service.service import Service
from index.types import Scope, StoreStatus
from ingest.errors import MustanadError, StoreMissing, UsageError, reason_of
from ingest.reasons import Reason

_EXAMPLES = 4
_FOLLOW_UPS = 3


class Actions:
    """What the parts of a page in one language do; each method is the handler of an event."""

    def __init__(self, service: Service, words: Words) -> None:
        self._service = service
        self._words = words
        self._documents = 0  # as many as the newest generation that was shown to anybody has

    def ask(
        self, question: str, session: Session, wanted: Filter, alone: bool = False
    ) -> Iterator[tuple[Any, ...]]:
        """Show the question at once, then its answer, or an error as one line.

        Asked `alone`, it is taken as it stands, whatever was asked before. Beside an answer without sources
        none is shown: what is there is an earlier answer's.
        """
        if not (question or "").strip():
            yield (gr.skip(),) * 5
            return
        box: Any = ""  # once; what is typed meanwhile stays
        try:
            documents, n = self._asked_documents(wanted)
            searching = searching_html(n, self._words)
            yield box, session.chat(self._words, question, searching), gr.skip(), "", gr.skip()
            box = gr.skip()
            reading = self._service.library.activity() is not None
            answer = self._service.ask(question, () if alone else session.turns, documents)
            exchange = Exchange(question, wanted, answer, None, reading and answer.status == "not_found")
        except (MustanadError, OSError) as error:
            exchange = Exchange(question, wanted, None, reason_of(error))
        done = self._kept(session, exchange)
        source = gr.skip() if done.sources else NO_SOURCE
        yield box, done.chat(self._words), done, gr.skip(), source

    def _kept(self, session: Session, exchange: Exchange) -> Session:
        """The session after the exchange: with what other pages of the conversation have asked meanwhile."""
        if session.unkept:
            return session.failing(exchange, session.unkept)
        try:
            kept = self._service.conversations.append(session.conversation, exchange, session.seen)
        except MustanadError as error:
            return session.failing(exchange, error.reason)
        return session.after(kept, known_files(self._service))

    def ask_example(self, event: gr.EventData, session: Session, wanted: Filter) -> Iterator[tuple[Any, ...]]:
        """Ask the example question that was clicked."""
        value = sent(event, "value")
        text = value.get("text") if isinstance(value, dict) else None
        yield from self.ask(text if isinstance(text, str) else "", session, wanted)

    def pose(self, event: gr.EventData, session: Session, wanted: Filter) -> Iterator[tuple[Any, ...]]:
        """Ask as it stands what was searched, put right, or a question that was offered.

        What stands in the box stays there.
        """
        for _, *shown in self.ask(text_sent(event, "question"), session, wanted, alone=True):
            yield gr.skip(), *shown

    def cancel(self, event: gr.EventData, session: Session, typed: str) -> tuple[str, Any]:
        """Take back the question that is being answered: into the box, where that is empty."""
        return typed or text_sent(event, "question"), session.chat(self._words)

    def follow_ups(self, session: Session, wanted: Filter) -> str:
        """Offer what the last answer's document says near its first quote; nothing where that fails."""
        if not session.sources:
            return ""
        asked = [turn.text for turn in session.turns if turn.role == "user"]
        try:
            documents, _ = self._asked_documents(wanted)
            questions = self._service.follow_ups(session.sources[0], _FOLLOW_UPS, asked, documents)
        except MustanadError:  # the source panel says what is wrong with it
            return ""
        return follow_ups_html(questions, len(session.exchanges), self._words)

    def restart(self) -> tuple[Session, Any, str, str]:
        """Begin a new conversation."""
        return Session(), [], NO_SOURCE, ""

    def cite(self, event: gr.EventData, session: Session) -> Any:
        """Show a source that this session's answers cite, or a page of it; anything else changes nothing."""
        source, page = session.source(sent(event, "id")), sent(event, "page")
        if not source:
            return gr.skip()
        shown = view(self._service, *source, page if isinstance(page, int) else None)
        return source_html(shown, self._words, session.conversation)

    def examples(self) -> Iterator[Any]:
        """Offer questions that the documents answer, each as soon as it is known to be."""
        offered: list[str] = []
        try:
            for question in self._service.examples(_EXAMPLES, self._words.code):
                offered.append(question)
                yield gr.Chatbot(examples=[{"text": each} for each in offered])
        except MustanadError:  # said by the sidebar
            yield gr.Chatbot(examples=[])

    def refresh(self, shown: int, wanted: Filter) -> list[Any]:
        """Show what the newest generation holds, where it is another than the one `shown`.

        Its number, the summary of the documents, and what shows the filter.
        """
        same = [gr.skip()] * SHOWN
        try:
            status: StoreStatus | None = self._service.status()
        except StoreMissing:
            status = None
        except MustanadError as error:
            return [gr.skip(), error_html(error.reason, self._words), *same]
        generation, self._documents = (status.generation, status.documents) if status else (0, 0)
        if generation == shown:
            return [gr.skip(), gr.skip(), *same]
        return [
            generation,
            summary_html(status, self._words),
            *choices(wanted, status.files if status else (), self._words),
        ]

    def _asked_documents(self, wanted: Filter) -> tuple[Scope, int]:
        """The files that the filter leaves, those that are not read too, and how many documents these are.

        Raises: UsageError where it leaves no document.
        """
        if not wanted:
            return None, self._documents
        files = self._service.status().files
        documents, _ = resolve(wanted, files)
        if not documents:
            raise UsageError(Reason("none_left"))
        return documents | ids(unread_in(wanted, files)), len(documents)
