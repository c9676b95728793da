"""What the page's script sends with an event; a client of another kind can send anything."""

from typing import Any

import gradio as gr


def sent(event: gr.EventData) -> dict[str, Any]:
    """All of it by name; nothing where it is of another form."""
    return event._data if isinstance(event._data, dict) else {}


def text_sent(event: gr.EventData, name: str) -> str:
    """The text of that name; "" where there is none or it is no text."""
    said = sent(event).get(name)
    return said if isinstance(said, str) else ""
