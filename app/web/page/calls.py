"""What a page may ask of gradio: a call of any other form is refused before gradio has it.

Gradio would answer with a traceback in the log, and some of them with an error of the server.
"""

from collections.abc import Sequence
from typing import Annotated, Any

import gradio as gr
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LONGEST = 1 << 20  # bytes of a call: ten thousand documents of a filter
_FORMS: dict[type, type] = {
    gr.Textbox: str,
    gr.Dropdown: list,
}  # what a part holds; of any other null is sent


class _Call(BaseModel):
    """A call as gradio's script writes it: `fn_index` names the event, `data` is what its inputs hold."""

    model_config = ConfigDict(strict=True, extra="forbid")

    fn_index: int
    data: list[str | list[str] | None]
    session_hash: Annotated[str, Field(pattern="^[a-z0-9]{1,32}$")]
    event_data: dict[str, Any] | str | list[str] | None = None
    trigger_id: int | None = None


class Calls:
    """Before the gradio application of `blocks`: 422 for a call that its page would not make.

    And 404 for the answers to a session that asked nothing.
    """

    def __init__(self, app: ASGIApp, blocks: gr.Blocks) -> None:
        self._app = app
        self._blocks = blocks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let gradio answer, or refuse."""
        path = scope["path"] if scope["type"] == "http" else ""
        app = self._app
        if path.endswith("/queue/data"):
            session = Request(scope).query_params.get("session_hash")
            if session not in self._blocks._queue.pending_messages_per_session:
                app = JSONResponse({"detail": "no such session"}, 404)
        elif path.endswith(("/queue/join", "/run/predict")):
            try:
                body = await _body(Request(scope, receive))
            except ClientDisconnect:
                return
            if not self._is_known(body):
                app = JSONResponse({"detail": "expected a call that this page makes"}, 422)
            receive = _replayed(body, receive)
        await app(scope, receive, send)

    def _is_known(self, body: bytes) -> bool:
        try:
            call = _Call.model_validate_json(body)
        except ValidationError:
            return False
        event = self._blocks.fns.get(call.fn_index)
        if event is None or event.fn is None or not _fits(call.data, event.inputs):
            return False
        changed = [name for _, name in event.targets] == ["change"]  # tells what the part holds now
        return changed or isinstance(call.event_data, dict | None)


def _fits(data: Sequence[object], inputs: Sequence[Any]) -> bool:
    return len(data) == len(inputs) and all(
        value is None or isinstance(value, _FORMS.get(type(block), type(None)))
        for value, block in zip(data, inputs, strict=True)
    )


async def _body(request: Request) -> bytes:
    """The body, no more of it than is a byte too long for a call. Raises: ClientDisconnect."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST:
            return b""
    return body


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Gives the body once more, then what else comes."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return first.pop() if first else await receive()

    return replay
