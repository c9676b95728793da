"""The server of the web chat: its address, its headers, and who may talk to it."""

import fcntl
import logging
import socket
import sys
from collections.abc import Collection, Sequence
from contextlib import suppress
from types import FrameType

import uvicorn
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.http.doors import Doors, is_loopback
from app.web.http.files import add_files
from app.web.http.kept import KeepAssets
from app.web.http.language import FollowBrowser
from app.web.http.library import add_library
from app.web.http.missing import Missing
from app.web.http.shell import Shell
from app.web.http.state import add_state
from app.web.page.page import mount
from app.web.service.service import Service
from ingest.errors import UsageError

_EVERYWHERE = ("0.0.0.0", "::")
_SIOCGIFADDR = 0x8915  # Linux: what is the address of this device?
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self' data: blob:; frame-src 'self' data: blob:; media-src 'self' data: blob:; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",  # no page elsewhere learns which documents are here
    "Referrer-Policy": "no-referrer",
}


def serve(
    service: Service,
    host: str = "127.0.0.1",
    port: int = 7860,
    workers: int = 4,
    allowed_hosts: Sequence[str] = (),
) -> None:
    """Show the web chat until interrupted; port 0 takes any free one.

    `workers` questions are answered at the same time in each language, the others wait their turn.
    `allowed_hosts` are names that it is reached by beside `host` and this machine's addresses.

    Raises: UsageError where the port is taken.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen()  # who follows the address at once waits, and is not refused
        except (OSError, OverflowError) as error:
            raise UsageError(f"expected a free port at {host}:{port}, {error}; choose another") from error
        app = web_app(service, workers, {host, *allowed_hosts}.difference(_EVERYWHERE))
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2)
        for line in _said(host, listener.getsockname()[1], allowed_hosts):
            print(line, file=sys.stderr, flush=True)
        _Server(config).run(sockets=[listener])


def web_app(service: Service, workers: int = 4, names: Collection[str] = ()) -> FastAPI:
    """The whole web application; `names` are the hosts that it is known by, this machine's own aside."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    asked_for: dict[str, None] = {}
    app.add_middleware(KeepAssets, names=asked_for)
    app.add_middleware(Shell, assets=asked_for)
    app.add_middleware(FollowBrowser)
    app.add_middleware(Doors, names=names)
    app.add_middleware(Missing)  # outside of the doors only to word their 404
    app.add_middleware(_Headers)
    add_files(app, service)
    add_library(app, service)
    add_state(app, service)
    mount(app, service, workers)
    return app


def _said(host: str, port: int, allowed_hosts: Sequence[str]) -> list[str]:
    """Where to open the chat; beyond this machine also a warning of all who can."""

    def address(name: str) -> str:
        return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"

    everywhere = host in _EVERYWHERE
    opened = f"Open {address('127.0.0.1' if everywhere else host)}"
    if is_loopback(host):
        return [opened]
    names = [*(own_addresses() if everywhere else [host]), *allowed_hosts]
    reached = ", ".join(map(address, names)) or f"any address of this machine, port {port}"
    return [
        f"warning: there is no password: whoever reaches {reached} "
        "can read, add and delete documents and conversations",
        opened,
    ]


def own_addresses() -> list[str]:
    """The IPv4 addresses of this machine but for the loopback's; none on systems that tell it otherwise."""
    addresses = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        for _, device in socket.if_nameindex():
            with suppress(OSError):  # a device without an address
                told = fcntl.ioctl(any_socket, _SIOCGIFADDR, device.encode().ljust(40, b"\0"))
                addresses.append(socket.inet_ntoa(told[20:24]))
    return [address for address in addresses if not is_loopback(address)]


class _Server(uvicorn.Server):
    """Ends without a word about the streams of pages that are still open, which it cuts."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        super().handle_exit(sig, frame)


class _Headers:
    """Adds the security headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, with_headers)
