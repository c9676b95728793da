"""Gradio's own files, kept in memory as they were first sent and never asked for twice by a browser.

A page takes some sixty of them, and gradio reads and compresses each anew for every visitor.
"""

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FOREVER = "public, max-age=31536000, immutable"  # a file's name changes with its content


_ENCODINGS = ("br", "gzip", "")  # how gradio sends a file, the one that it prefers first; "" as it is


class KeepAssets:
    """Answers for `/assets/` in gradio's place once it has sent a file, in an encoding that is accepted.

    `names` is given the name of each, in the order in which they were first asked for.
    """

    def __init__(self, app: ASGIApp, names: dict[str, None]) -> None:
        self._app = app
        self._names = names
        self._kept: dict[tuple[str, str], Response] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, else as the application does."""
        if scope["type"] != "http" or scope["method"] != "GET" or "/assets/" not in scope["path"]:
            await self._app(scope, receive, send)
            return
        encoding = best_encoding(Request(scope).headers.get("accept-encoding", ""))
        key = scope["path"], encoding
        response = self._kept.get(key)
        if response is None:
            asked = [header for header in scope["headers"] if header[0] != b"accept-encoding"]
            asked.append((b"accept-encoding", encoding.encode()))
            response = await whole(self._app, {**scope, "headers": asked}, receive)
            if response.status_code == 200:
                response.headers["Cache-Control"] = _FOREVER
                self._kept[key] = response
                self._names[scope["path"].rpartition("/")[2]] = None
        await response(scope, receive, send)


def best_encoding(accepted: str) -> str:
    """The encoding that an Accept-Encoding header (RFC 9110) takes: `gzip, br;q=0` -> gzip, "" for none."""
    weights = {
        name.strip(): "".join(parameters).replace(" ", "")
        for name, *parameters in (each.split(";") for each in accepted.lower().split(","))
    }
    return next(
        each
        for each in _ENCODINGS
        if not each or not re.fullmatch(r"q=0(\.0*)?", weights.get(each, weights.get("*", "q=0")))
    )


async def whole(app: ASGIApp, scope: Scope, receive: Receive) -> Response:
    """What the application answers, with its body in one piece."""
    held: list[Message] = []

    async def hold(message: Message) -> None:
        held.append(message)

    await app(scope, receive, hold)
    body = b"".join(message.get("body", b"") for message in held)
    response = Response(body, held[0]["status"])
    named = [(name, value) for name, value in held[0]["headers"] if name != b"content-length"]
    response.raw_headers = [*named, (b"content-length", str(len(body)).encode())]
    return response
