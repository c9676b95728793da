"""The part of the page that lists the kept conversations: opens, finds, renames and deletes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from app.phrases.reasons import worded
from app.phrases.words import Words
from app.web.html.conversations import conversations_html, dialog_html, gone_html, notice_html
from app.web.html.source import NO_SOURCE
from app.web.page.session import Session, known_files, text_sent
from app.web.service.conversations import Conversation
from app.web.service.filters import Filter, resolve
from app.web.service.service import Service
from ingest.errors import MustanadError, StoreMissing


@dataclass(frozen=True, slots=True)
class ConversationsPart:
    """The box to search in, the list, and a notice above the chat."""

    search: gr.Textbox
    listing: gr.HTML
    notice: gr.HTML


class ConversationsActions:
    """What the part does; each public method but `connect` is the handler of an event."""

    def __init__(self, service: Service, words: Words) -> None:
        self._service = service
        self._conversations = service.conversations
        self._words = words

    def connect(
        self, part: ConversationsPart, panel: Any, session: gr.State, talk: Sequence[Any], cancels: Any
    ) -> dict[str, Any]:
        """Connect the part, and the events that the script sends through the panel.

        `talk` are the chat, the source and the questions offered, which another conversation changes; to
        open one, or to make it forget, stops the events in `cancels`. Returns the arguments of an event
        that lists anew.
        """
        private: dict[str, Any] = {"api_visibility": "private", "queue": False, "show_progress": "hidden"}
        state = [session, part.search]
        listed = [part.listing, part.notice]
        changed = [*listed, session, *talk]
        panel.conversation(self.open, part.search, changed, cancels=cancels, **private)
        panel.delete(self.delete, state, changed, **private)
        panel.forget(self.forget, state, changed, cancels=cancels, **private)
        panel.follow(self.follow, state, [*listed, session, talk[0]], **private)
        panel.rename(self.rename, state, listed, **private)
        shown = {"fn": self.listing, "inputs": state, "outputs": listed, **private}
        panel.conversations(**shown)
        part.search.change(**shown, trigger_mode="always_last")
        return shown

    def open(self, event: gr.EventData, query: str) -> tuple[Any, ...]:
        """Open the conversation that an address names, or begin a new one where it names none."""
        wanted = text_sent(event, "id")
        try:
            opened = self._conversations.get(wanted) if wanted else None
        except MustanadError:  # said by the list
            opened = None
        listing, notice, *talk = self._shown(opened, query)
        if wanted and not opened:
            notice = notice or notice_html(self._words.no_conversation)
        return listing, notice, *talk

    def follow(self, session: Session, query: str) -> tuple[Any, ...]:
        """What other pages have asked in the open conversation, at its end."""
        try:
            since = self._conversations.get(session.conversation, session.seen)
        except MustanadError:  # said by the list
            since = None
        if not since or not since.exchanges:
            return *self.listing(session, query), gr.skip(), gr.skip()
        session = session.after(since, known_files(self._service))
        return *self.listing(session, query), session, session.chat(self._words)

    def delete(self, event: gr.EventData, session: Session, query: str) -> tuple[Any, ...]:
        """Delete a conversation; where it is the open one, begin a new one."""
        unwanted = text_sent(event, "id")
        try:
            self._conversations.delete(unwanted)
        except MustanadError as error:
            return gr.skip(), notice_html(worded(error.reason, self._words)), *[gr.skip()] * 4
        if unwanted != session.conversation:
            return *self.listing(session, query), *[gr.skip()] * 4
        return self._shown(None, query)

    def forget(self, event: gr.EventData, session: Session, query: str) -> tuple[Any, ...]:
        """Forget what the open conversation quotes of the documents that the notice spoke of."""
        named = set(text_sent(event, "documents").split())
        try:
            self._conversations.forget(session.conversation, named - self._here())
            left = self._conversations.get(session.conversation)
        except MustanadError as error:
            return gr.skip(), notice_html(worded(error.reason, self._words)), *[gr.skip()] * 4
        return self._shown(left, query)

    def rename(self, event: gr.EventData, session: Session, query: str) -> tuple[Any, str]:
        """Give a conversation another title."""
        try:
            self._conversations.rename(text_sent(event, "id"), text_sent(event, "title"))
        except MustanadError as error:
            return gr.skip(), notice_html(worded(error.reason, self._words))
        return self.listing(session, query)

    def listing(self, session: Session, query: str) -> tuple[str, str]:
        """The conversations that the search finds, and what is to be said of them or of the open one."""
        try:
            listed, notice = self._conversations.listed(query), self._gone(session)
        except MustanadError as error:
            listed, notice = [], notice_html(worded(error.reason, self._words))
        return conversations_html(listed, session.conversation, session.seen, query, self._words), notice

    def _shown(self, kept: Conversation | None, query: str) -> tuple[Any, ...]:
        """What the page shows once this conversation is open, a new one if None."""
        session = Session().after(kept, known_files(self._service)) if kept else Session()
        talk = session, session.chat(self._words), NO_SOURCE, ""
        return *self.listing(session, query), *talk

    def _gone(self, session: Session) -> str:
        """That the open conversation quotes documents that are no longer here; "" if it does not."""
        quoted = [exchange.quoted for exchange in session.exchanges] if session.conversation else []
        try:
            gone = frozenset().union(*quoted) - self._here() if quoted else frozenset()
        except MustanadError:  # said by the sidebar
            return ""
        return gone_html(gone, sum(not gone.isdisjoint(each) for each in quoted), self._words) if gone else ""

    def _here(self) -> frozenset[str]:
        """The ids of the documents of the newest generation. Raises StoreError."""
        try:
            return resolve(Filter(), self._service.status().files)[0]
        except StoreMissing:
            return frozenset()


def conversations_part(words: Words) -> tuple[gr.Textbox, gr.HTML]:
    """The search and the list, and the dialog before one is deleted."""
    search = gr.Textbox(
        "",
        elem_id="m-find",
        show_label=False,
        label=words.find_conversation,
        placeholder=words.find_conversation,
        max_lines=1,
        max_length=200,
        container=False,
    )
    listing = gr.HTML(elem_id="m-conversations")
    gr.HTML(dialog_html(words))
    return search, listing
