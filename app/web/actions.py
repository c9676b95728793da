"""What the parts of the web chat do: the handlers of the page's events."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from app.web.filter_part import SHOWN, choices, labels
from app.web.filters import Filter, chosen
from app.web.render import error_html
from app.web.render_library import summary_html
from app.web.service import Service
from app.web.session import Session
from app.web.source import no_source_html, source_html
from app.web.view import view
from app.web.words import Words
from index.analyse import question_terms, terms
from index.types import StoreStatus
from ingest.errors import MustanadError, StoreMissing, UsageError

_EXAMPLES = 4


class Actions:
    """What the parts of a page in one language do; each method is the handler of an event."""

    def __init__(self, service: Service, words: Words) -> None:
        self._service = service
        self._words = words

    def ask(
        self, question: str, session: Session, wanted: Filter, edited: str = ""
    ) -> Iterator[tuple[Any, Any, Any, Any]]:
        """Show the question at once, then its answer, or an error as one line.

        What is left of `edited`, the text put into the box to be changed, is asked as it stands: a
        person who corrects what was searched does not want it completed again.
        """
        if not question.strip():
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        asked = session.asked(question)
        yield "", asked.chat(), gr.skip(), ""
        as_it_stands = not set(question_terms(question)).isdisjoint(terms(edited))
        try:
            paths = self._asked_paths(wanted)
            answer = self._service.ask(question, () if as_it_stands else session.turns, paths)
        except MustanadError as error:
            done = asked.failed(str(error))
        else:
            names = [name for _, _, name in labels(wanted, self._words)]
            done = asked.answered(answer, names, self._words)
        yield gr.skip(), done.chat(), done, gr.skip()

    def ask_example(
        self, event: gr.SelectData, session: Session, wanted: Filter
    ) -> Iterator[tuple[Any, Any, Any, Any]]:
        """Ask the example question that was clicked."""
        yield from self.ask(event.value["text"], session, wanted)

    def restart(self, session: Session) -> tuple[Any, Session, str, str]:
        """Begin a new conversation."""
        return [], Session(generation=session.generation), no_source_html(self._words), ""

    def edit(self, event: gr.EventData, session: Session) -> tuple[Any, Any]:
        """Put what an answer of this session was searched as into the box; else change nothing."""
        searched = session.searched(event._data.get("turn") if isinstance(event._data, dict) else None)
        return (searched, searched) if searched else (gr.skip(), gr.skip())

    def cite(self, event: gr.EventData, session: Session) -> Any:
        """Show a source that this session's answers cite, or a page of it; anything else changes nothing."""
        asked = event._data if isinstance(event._data, dict) else {}
        source, page = session.source(asked.get("id")), asked.get("page")
        if not source:
            return gr.skip()
        shown = view(self._service, *source, page if isinstance(page, int) else None)
        return source_html(shown, self._words)

    def examples(self) -> Any:
        """Offer questions that the documents may answer."""
        try:
            questions = self._service.examples(_EXAMPLES)
        except MustanadError:  # said by the sidebar
            questions = []
        return gr.Chatbot(examples=[{"text": question} for question in questions])

    def refresh(self, session: Session, wanted: Filter) -> list[Any]:
        """Show what the newest generation holds, where it is another than the one shown.

        The session, the summary of the documents, and what shows the filter.
        """
        same = [gr.skip()] * SHOWN
        try:
            status: StoreStatus | None = self._service.status()
        except StoreMissing:
            status = None
        except MustanadError as error:
            return [gr.skip(), error_html(str(error)), *same]
        generation = status.generation if status else 0
        if generation == session.generation:
            return [gr.skip(), gr.skip(), *same]
        return [
            replace(session, generation=generation),
            summary_html(status, self._words),
            *choices(wanted, status.files if status else (), self._words),
        ]

    def _asked_paths(self, wanted: Filter) -> Sequence[str]:
        """The paths that the filter leaves, none for all. Raises: UsageError where it leaves none."""
        if not wanted:
            return ()
        paths = chosen(wanted, self._service.status().files).paths
        if not paths:
            raise UsageError(self._words.none_left)
        return paths
