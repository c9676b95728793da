"""What the parts of the web chat do: the handlers of the page's events."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from app.web.render import documents_html, error_html, filter_html, progress_html
from app.web.service import Service, Upload
from app.web.session import Session
from app.web.source import no_source_html, source_html
from app.web.view import view
from app.web.words import Words
from index.analyse import question_terms, terms
from index.types import StoreStatus
from ingest.errors import MustanadError, StoreMissing

_EXAMPLES = 4


class Actions:
    """What the parts of a page in one language do; each method is the handler of an event."""

    def __init__(self, service: Service, words: Words) -> None:
        self._service = service
        self._words = words

    def ask(
        self, question: str, session: Session, chosen: list[str], edited: str = ""
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
            answer = self._service.ask(question, () if as_it_stands else session.turns, chosen)
        except StoreMissing:
            done = asked.failed(self._words.nothing_to_ask)
        except MustanadError as error:
            done = asked.failed(str(error))
        else:
            done = asked.answered(answer, chosen, self._words)
        yield gr.skip(), done.chat(), done, gr.skip()

    def ask_example(
        self, event: gr.SelectData, session: Session, chosen: list[str]
    ) -> Iterator[tuple[Any, Any, Any, Any]]:
        """Ask the example question that was clicked."""
        yield from self.ask(event.value["text"], session, chosen)

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

    def show_filter(self, chosen: list[str]) -> str:
        """Say above the chat which documents are asked, where not all are."""
        return filter_html(chosen, self._words)

    def examples(self) -> Any:
        """Offer questions that the documents may answer."""
        try:
            questions = self._service.examples(_EXAMPLES)
        except MustanadError:  # said by the sidebar
            questions = []
        return gr.Chatbot(examples=[{"text": question} for question in questions])

    def refresh(self, session: Session, chosen: list[str]) -> tuple[Any, Any, Any]:
        """Show what the newest generation holds, where it is another than the one shown."""
        try:
            status: StoreStatus | None = self._service.status()
        except StoreMissing:
            status = None
        except MustanadError as error:
            return gr.skip(), error_html(str(error)), gr.skip()
        generation = status.generation if status else 0
        if generation == session.generation:
            return gr.skip(), gr.skip(), gr.skip()
        paths = [file.path for file in status.files if file.state != "unread"] if status else []
        kept = [path for path in chosen if path in set(paths)]
        return (
            replace(session, generation=generation),
            documents_html(status, self._words),
            gr.Dropdown(choices=paths, value=kept, visible=len(paths) > 1),
        )

    def add(self, files: Sequence[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
        """Hand the uploaded files to the service and show how far it is."""
        uploads = [
            Upload(Path(file["path"]), file.get("orig_name") or Path(file["path"]).name) for file in files
        ]
        try:
            for event in self._service.add(uploads):
                yield progress_html(event, self._words), gr.skip()
        except MustanadError as error:
            yield error_html(str(error)), gr.skip()
        finally:
            for upload in uploads:
                upload.path.unlink(missing_ok=True)
