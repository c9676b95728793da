"""The page of the web chat: its parts, and which of them does what."""

# The settings stand before the import of gradio, which would call home.

import os

os.environ.update(GRADIO_ANALYTICS_ENABLED="False", HF_HUB_DISABLE_TELEMETRY="1", DO_NOT_TRACK="1")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import gradio as gr
from fastapi import FastAPI
from starlette.middleware import Middleware

from app.phrases.languages import LANGUAGES
from app.phrases.words import Words
from app.web.html.library import dialog_html, reading_html
from app.web.html.source import NO_SOURCE
from app.web.page import filter_part
from app.web.page.actions import Actions
from app.web.page.calls import Calls
from app.web.page.conversations_part import ConversationsActions, ConversationsPart, conversations_part
from app.web.page.filter_part import FilterPart
from app.web.page.session import Session
from app.web.service.service import Service

LOOKS = (0.05, 1.0)  # seconds between two looks of gradio's queue: what a question may wait; for progress
_ASSETS = Path(__file__).parents[1] / "assets"
_STYLES = (
    "page.css",
    "gradio.css",
    "answers.css",
    "preview.css",
    "conversations.css",
    "documents.css",
    "library.css",
    "source.css",
    "shell.css",
    "states.css",
)
# What the scripts trigger on the panel: gradio knows the events that are named in quotes.
_SCRIPT = """\
// "cancel", "changed", "cite", "conversation", "conversations", "delete", "drop", "examples", "find",
// "follow", "forget", "only", "pose", "rename"
import("/scripts/gradio.js").then((gradio) => {
  gradio.connect(element, trigger, watch);
  return import("/scripts/page.js");
});"""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is on the page; `panel` takes any event by name, which gradio's types do not say."""

    session: gr.State
    generation: gr.State
    fresh: gr.Button
    kept: ConversationsPart
    filter: FilterPart
    listing: gr.HTML
    active: gr.HTML
    chat: gr.Chatbot
    follow_ups: gr.HTML
    box: gr.Textbox
    panel: Any


def mount(app: FastAPI, service: Service, workers: int) -> None:
    """Put a page for each language into the application, the root's last, which takes every address.

    `workers` questions are answered at the same time in each language.
    """
    for words in sorted(LANGUAGES, key=lambda words: words.address, reverse=True):
        _mount(app, page(service, words), words, workers)


def _mount(app: FastAPI, blocks: gr.Blocks, words: Words, workers: int) -> None:
    blocks.queue(default_concurrency_limit=workers, api_open=False)
    # Gradio looks for questions a thousand times a second and for progress, of which we tell none, a hundred.
    blocks._queue.sleep_when_free, blocks._queue.progress_update_sleep_when_free = LOOKS
    blocks.has_launched = True  # without it gradio takes any path of this machine for an uploaded file
    gr.mount_gradio_app(
        app,
        blocks,
        path=words.address.rstrip("/") or "/",
        app_kwargs={
            **{"openapi_url": None, "docs_url": None, "redoc_url": None},
            "middleware": [Middleware(Calls, blocks=blocks)],
        },
        theme=gr.themes.Base(
            primary_hue="teal",
            neutral_hue="slate",
            font=("system-ui", "Segoe UI", "Noto Sans", "Noto Sans Arabic", "sans-serif"),
            font_mono=("ui-monospace", "monospace"),
        ),
        footer_links=[],
        run_history=False,  # it would keep every answer in the browser
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
    )


def styles() -> str:
    """The look of the page; shell.py puts it into the head, where it is before gradio is."""
    return "\n".join((_ASSETS / name).read_text(encoding="utf-8") for name in _STYLES)


def page(service: Service, words: Words) -> gr.Blocks:
    """The page: where its language begins a line the documents, then the chat, at the end the source."""
    side: Literal["left", "right"] = "right" if words.direction == "rtl" else "left"
    blocks = gr.Blocks(title="Mustanad", fill_height=True, fill_width=True, analytics_enabled=False)
    with blocks:
        session = gr.State(Session())
        generation = gr.State(-1)  # whose documents are listed; none yet
        with gr.Sidebar(label=words.menu, elem_id="m-documents", width=330, open=False, position=side):
            gr.HTML('<h1 class="m-name">Mustanad <span lang="ar">مستند</span></h1>')
            gr.HTML(_switch(words), elem_id="m-languages")
            fresh = gr.Button(words.fresh, elem_id="m-fresh", size="sm")
            gr.HTML(reading_html(words), elem_id="m-reading", apply_default_css=False)
            listing = gr.HTML(elem_id="m-listing", apply_default_css=False)
            chosen = filter_part.build(words)
            find, conversations = conversations_part(words)
        with gr.Row(elem_id="m-main"):
            with gr.Column(scale=3, elem_id="m-talk", min_width=280):
                kept = ConversationsPart(find, conversations, gr.HTML(elem_id="m-notice"))
                active = gr.HTML(elem_id="m-active", apply_default_css=False)
                chat = _chatbot(words)
                follow_ups = gr.HTML(elem_id="m-next", apply_default_css=False)
                box = _question_box(words)
            panel = _source_panel()
        gr.HTML(dialog_html(service.library, words), elem_id="m-library", apply_default_css=False)
        parts = _Parts(
            session, generation, fresh, kept, chosen, listing, active, chat, follow_ups, box, panel
        )
        _connect(blocks, parts, Actions(service, words), ConversationsActions(service, words))
        filter_part.connect(chosen, active, panel, service, words)
    return blocks


def _connect(blocks: gr.Blocks, on: _Parts, act: Actions, keep: ConversationsActions) -> None:
    """Give each part its action; none is offered as an interface to other programs."""
    private: dict[str, Any] = {"api_visibility": "private"}
    quiet = {**private, "show_progress": "hidden"}
    wanted = on.filter.chosen
    sidebar = {"fn": act.refresh, "inputs": [on.generation, wanted], **quiet}
    sidebar["outputs"] = [on.generation, on.listing, *on.filter.controls, wanted, on.active]
    examples = {"fn": act.examples, "inputs": None, "outputs": on.chat, **quiet}

    blocks.load(**sidebar)
    blocks.load(**examples)
    shown = [on.box, on.chat, on.session, on.follow_ups, on.panel]
    answer = {"outputs": shown, "concurrency_id": "answers", **quiet}
    # What is sent while another question is answered waits in the box.
    typed = on.box.submit(act.ask, [on.box, on.session, wanted], trigger_mode="always_last", **answer)
    picked = on.chat.example_select(act.ask_example, [on.session, wanted], **answer)
    posed = on.panel.pose(act.pose, [on.session, wanted], **answer)
    asked = [typed, picked, posed]
    talk = [on.chat, on.panel, on.follow_ups]
    listed = keep.connect(on.kept, on.panel, on.session, talk, cancels=asked)
    offer = {"fn": act.follow_ups, "inputs": [on.session, wanted], "outputs": on.follow_ups, **quiet}
    for event in asked:
        event.then(**sidebar)
        event.then(**listed)
        event.then(concurrency_id="follow-ups", concurrency_limit=1, **offer)
    on.panel.cancel(act.cancel, [on.session, on.box], [on.box, on.chat], cancels=asked, queue=False, **quiet)
    restarted = on.fresh.click(act.restart, None, [on.session, *talk], cancels=asked, queue=False, **private)
    restarted.then(**listed)
    on.panel.changed(**sidebar).then(**listed)  # by the script that follows the documents
    on.panel.examples(**examples)
    on.panel.cite(act.cite, on.session, on.panel, queue=False, **quiet)


def _switch(words: Words) -> str:
    """A link to the page in each other language; the script adds the query and remembers the choice."""
    links = "".join(
        f'<a href="{other.address}" hreflang="{other.code}" lang="{other.code}">{other.name}</a>'
        for other in LANGUAGES
        if other is not words
    )
    return f'<nav aria-label="{words.language}">{links}</nav>'


def _chatbot(words: Words) -> gr.Chatbot:
    welcome = f'<div class="m-welcome"><h2>{words.welcome}</h2><p>{words.welcome_note}</p></div>'
    return gr.Chatbot(
        elem_id="m-chat",
        show_label=False,
        label=words.conversation,
        layout="panel",
        placeholder=welcome,
        latex_delimiters=[],
        buttons=[],
        feedback_options=None,
        height="100%",
        container=False,
        group_consecutive_messages=False,
        allow_file_downloads=False,
        autoscroll=False,  # it would scroll past the beginning of a long answer
    )


def _question_box(words: Words) -> gr.Textbox:
    return gr.Textbox(
        elem_id="m-ask",
        show_label=False,
        label=words.your_question,
        placeholder=words.ask,
        submit_btn=True,
        lines=1,
        max_lines=6,
        max_length=4000,
        autofocus=True,
        container=False,
    )


def _source_panel() -> Any:
    return gr.HTML(
        NO_SOURCE,
        elem_id="m-source",
        js_on_load=_SCRIPT,
        apply_default_css=False,
    )
