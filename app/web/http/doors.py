"""Who may come in: stands before the pages, the files and all of gradio's routes, preflights included.

Gradio lets the scripts of every page on this machine read it, serves any Host, and has some sixty routes
that Mustanad does not use, one of which takes files from anybody. Here a request passes only
- to a Host that is known, so that no name of the web can be made to point here,
- from our own pages, or from a person who follows a link to one of them,
- to a route that the pages use.
"""

import ipaddress
import re
from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from app.phrases.languages import LANGUAGES

_OWN = ("/documents/", "/conversations/", "/library/", "/scripts/")  # where our own routes stand
_OWN_METHODS = {"GET", "HEAD", "POST", "DELETE"}
_GRADIO = re.compile(  # what our pages ask of gradio, below the address of their language
    r"(GET|HEAD) /(theme\.css|static/js/[\w.-]+|assets/.+|gradio_api/(app_id|queue/data|heartbeat/\w+))?"
    r"|POST /gradio_api/(run/predict|queue/join|cancel|reset)"
)
_HOST = re.compile(r"(\[[\da-f:.]+\]|[\w.-]+)(:\d+)?", re.IGNORECASE)


class Doors:
    """Refuses what no page of ours would ask: 400 for the host, 403 for the origin, 404 for the route."""

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        """`names` are the hosts that are known beside this machine's own: those listened at and allowed."""
        self._app = app
        self._names = {"localhost", *(name.lower() for name in names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer, or refuse; there is no websocket to open."""
        app = self._app
        if scope["type"] == "websocket":
            app = WebSocketClose(1008)
        elif scope["type"] == "http" and (refusal := self._refusal(scope)):
            app = PlainTextResponse(refusal[1], refusal[0])
        await app(scope, receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers, method = Headers(scope=scope), scope["method"]
        host = ", ".join(headers.getlist("host"))
        if not self._knows(host, scope.get("server")):
            return 400, f"expected an address of this chat, found {host}; to serve that too: --allowed-host"
        origin = headers.get("origin")
        if origin not in (None, f"http://{host}", f"https://{host}") or _from_elsewhere(headers, method):
            return 403, "expected a request of this chat's own pages, found one of another page"
        return None if _is_used(method, scope["path"]) else (404, "Not Found")

    def _knows(self, host: str, server: tuple[str, int] | None) -> bool:
        """True for a name that is known, a loopback address, and the address that the request came to."""
        match = _HOST.fullmatch(host)
        if not match:
            return False
        name = match[1].lower().strip("[]")
        address = _address(name)
        return name in self._names or bool(
            address and (address.is_loopback or (server and address == _address(server[0])))
        )


def is_loopback(host: str) -> bool:
    """True if only this machine reaches the address."""
    address = _address(host)
    return address.is_loopback if address else host == "localhost"


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """`::ffff:10.0.0.7`, as a socket for both families tells of it, is 10.0.0.7; None for a name."""
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _from_elsewhere(headers: Headers, method: str) -> bool:
    """True if the browser says that another site asks, unless a person follows its link to here."""
    if headers.get("sec-fetch-site", "none") in {"none", "same-origin"}:
        return False
    link = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return not (link and method == "GET")


def _is_used(method: str, path: str) -> bool:
    if path.startswith(_OWN):
        return method in _OWN_METHODS
    for words in LANGUAGES:
        below = path.removeprefix(words.address.rstrip("/")) or "/"
        if _GRADIO.fullmatch(f"{method} {below}"):
            return True
    return False
