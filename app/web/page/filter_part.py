"""The filter: its controls beside the conversation, its chips above it, and what each of them does."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from html import escape
from itertools import islice
from typing import Any

import gradio as gr

from app.phrases.languages import autonym
from app.phrases.reasons import worded
from app.phrases.words import Words
from app.web.html.escaping import text_html
from app.web.page.session import known_files, sent, text_sent
from app.web.service.filters import Filter, day, folders, labels, languages, resolve, still_there, without
from app.web.service.service import Service
from index.types import FileState
from ingest.errors import MustanadError
from ingest.reasons import Reason

OFFERED = 200  # documents that are offered at a time; what is typed finds others
SHOWN = len(fields(Filter)) + 2  # what shows a filter: its controls, the whole, its chips


@dataclass(frozen=True, slots=True)
class FilterPart:
    """The controls, each of which holds its part of the filter; `chosen` holds the whole."""

    documents: gr.Dropdown
    folders: gr.Dropdown
    since: gr.Textbox
    until: gr.Textbox
    languages: gr.Dropdown
    chosen: gr.State

    @property
    def controls(self) -> list[Any]:
        """In the order of Filter's fields."""
        return [self.documents, self.folders, self.since, self.until, self.languages]


def build(words: Words) -> FilterPart:
    """The controls, folded away; the script makes fields of days of the two in the middle."""

    def choice(label: str, name: str) -> gr.Dropdown:
        return gr.Dropdown([], multiselect=True, label=label, elem_id=name, elem_classes="m-choice")

    with gr.Accordion(words.filter, open=False, elem_id="m-filters"):
        documents = choice(words.documents, "m-filter")
        inside = choice(words.folders, "m-filter-folders")
        with gr.Row(elem_id="m-filter-days"):
            since, until = (
                gr.Textbox(label=label, max_lines=1, elem_id=name, min_width=100)
                for label, name in ((words.since, "m-filter-since"), (words.until, "m-filter-until"))
            )
        spoken = choice(words.document_language, "m-filter-languages")
    return FilterPart(documents, inside, since, until, spoken, gr.State(Filter()))


def connect(part: FilterPart, active: gr.HTML, panel: Any, service: Service, words: Words) -> None:
    """Give each control its action; the scripts' events are "find", "drop", "only" and "conversation"."""
    act = FilterActions(service, words)
    quiet: dict[str, Any] = {"queue": False, "api_visibility": "private", "show_progress": "hidden"}
    for control in part.controls:
        # Unprocessed: gradio fails where a document has gone that was chosen.
        control.change(act.change, part.controls, [part.chosen, active], preprocess=False, **quiet)
    found = {"fn": act.find, "inputs": part.documents, "outputs": part.documents, "preprocess": False}
    panel.find(**found, trigger_mode="multiple", **quiet)  # gradio would keep the first event of several
    # Of controls that are folded away no change is told, so that these events show it themselves.
    shown = [*part.controls, part.chosen, active]
    panel.drop(act.drop, part.chosen, shown, **quiet)
    panel.only(act.only, None, shown, **quiet)
    panel.conversation(act.reopen, None, shown, **quiet)


class FilterActions:
    """What the controls do, in one language."""

    def __init__(self, service: Service, words: Words) -> None:
        self._service = service
        self._words = words

    def change(
        self,
        documents: Sequence[str] | None,
        inside: Sequence[str] | None,
        since: str | None,
        until: str | None,
        spoken: Sequence[str] | None,
    ) -> tuple[Filter, str]:
        """The filter that the controls make, and its chips."""
        names, within, codes = (tuple(values or ()) for values in (documents, inside, spoken))
        wanted = Filter(names, within, day(since), day(until), codes)
        return wanted, self._chips(wanted)

    def find(self, event: gr.EventData, documents: Sequence[str] | None) -> Any:
        """Offer the documents whose path holds what is typed, where not all are offered that there are."""
        files = known_files(self._service)
        if len(files) <= OFFERED:
            return gr.skip()
        return gr.update(choices=offered(documents or (), files, text_sent(event, "typed")))

    def drop(self, event: gr.EventData, wanted: Filter) -> list[Any]:
        """The filter without the part that was clicked, or without any."""
        kind = sent(event, "kind")
        return self._show(Filter() if kind == "all" else without(wanted, kind, sent(event, "value")))

    def only(self, event: gr.EventData) -> list[Any]:
        """One document and nothing else; the filter as it is where there is no such document."""
        path = sent(event, "document")
        if path not in [file.path for file in known_files(self._service) if file.state != "unread"]:
            return [gr.skip()] * SHOWN
        return self._show(Filter(documents=(path,)))

    def reopen(self, event: gr.EventData) -> list[Any]:
        """The filter that a kept conversation was last asked with; as it is where a new one begins."""
        try:
            kept = self._service.conversations.get(text_sent(event, "id"))
            files = self._service.status().files
        except MustanadError:  # said by the lists
            kept = None
        if not kept:
            return [gr.skip()] * SHOWN
        return self._show(still_there(kept.exchanges[-1].filter, files))

    def _show(self, wanted: Filter) -> list[Any]:
        """What each control holds of the filter, the whole, its chips."""
        paths = offered(wanted.documents, known_files(self._service))
        return [
            gr.update(choices=paths, value=list(wanted.documents)),
            *(list(wanted.folders), wanted.since, wanted.until),
            *(list(wanted.languages), wanted, self._chips(wanted)),
        ]

    def _chips(self, wanted: Filter) -> str:
        return chips_html(wanted, known_files(self._service) if wanted else (), self._words)


def choices(wanted: Filter, files: Sequence[FileState], words: Words) -> list[Any]:
    """What shows the filter, for these files: new choices, and the filter without what is gone of it.

    Of a filter that loses nothing only the choices: the person may be changing it just now.
    """
    kept = still_there(wanted, files)
    asked = sum(file.state != "unread" for file in files)
    inside = [(_counted(folder, n), folder) for folder, n in folders(files).items()]
    spoken = [(_counted(autonym(code), n), code) for code, n in languages(files).items()]
    values = [kept.documents, kept.folders, kept.languages]
    told: list[dict[str, Any]] = [{"value": list(value)} if kept != wanted else {} for value in values]
    return [
        gr.update(choices=offered(kept.documents, files), label=_counted(words.documents, asked), **told[0]),
        gr.update(choices=inside, **told[1]),
        gr.skip(),
        gr.skip(),
        gr.update(choices=spoken, **told[2]),
        *((kept, chips_html(kept, files, words)) if kept != wanted else (gr.skip(), gr.skip())),
    ]


def offered(chosen: Sequence[str], files: Sequence[FileState], find: str = "") -> list[str]:
    """The documents to choose from, by path; of many those chosen, and some that hold what is typed.

    Gradio takes seconds to open a field of thousands.
    """
    paths = [file.path for file in files if file.state != "unread"]
    if len(files) <= OFFERED:
        return paths
    known, typed = set(chosen), find.lower()
    found = (path for path in paths if path not in known and typed in path.lower())
    return [*chosen, *islice(found, OFFERED)]


def _counted(name: str, n: int) -> str:
    """The name, whichever way its script runs, then the number."""
    return f"\u2068{name}\u2069 ({n:,})"


def chips_html(wanted: Filter, files: Sequence[FileState], words: Words) -> str:
    """The filter while it is on: a button for each part that takes it away, and what it leaves."""
    if not wanted:
        return ""
    documents, undated = resolve(wanted, files)
    said = [words.n_asked(len(documents)) if documents else worded(Reason("none_left"), words)]
    said += [words.n_undated(undated)] if undated else []
    chips = "".join(
        f'<li><button type="button" data-drop="{kind}" data-value="{escape(value)}" '
        f'aria-label="{escape(words.drop_part.format(name=name))}"><bdi dir="auto">{text_html(name)}</bdi>'
        f'<span aria-hidden="true">×</span></button></li>'
        for kind, value, name in labels(wanted, words)
    )
    return (
        f'<div class="m-filtered" role="group" aria-label="{words.filter}"><ul>{chips}</ul>'
        f'<button type="button" class="m-clear" data-drop="all">{words.clear_filter}</button>'
        f'<p role="status">{words.comma.join(said)}</p></div>'
    )
