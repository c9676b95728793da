"""The server of the web chat: its address, its headers, and who may talk to it."""

import ipaddress
import socket
import sys

import uvicorn
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.http.files import add_files
from app.web.http.kept import KeepAssets
from app.web.http.language import FollowBrowser
from app.web.http.library import add_library
from app.web.http.missing import Missing
from app.web.http.shell import Shell
from app.web.page.page import mount
from app.web.service.service import Service
from ingest.errors import UsageError

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


def serve(service: Service, host: str = "127.0.0.1", port: int = 7860, workers: int = 4) -> None:
    """Show the web chat until interrupted; port 0 takes any free one.

    `workers` questions are answered at the same time in each language, the others wait their turn.

    Raises: UsageError where the port is taken.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except (OSError, OverflowError) as error:
            raise UsageError(f"expected a free port at {host}:{port}, {error}; choose another") from error
        shown = f"[{host}]" if ":" in host else host
        app = web_app(service, host, workers)
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2)
        print(f"Open http://{shown}:{listener.getsockname()[1]}", file=sys.stderr, flush=True)
        uvicorn.Server(config).run(sockets=[listener])


def web_app(service: Service, host: str = "127.0.0.1", workers: int = 4) -> FastAPI:
    """The whole web application.

    Where `host` is this machine only, requests that name another host are refused: a page of the
    web could otherwise have its own name point here and read the documents.
    """
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.add_middleware(KeepAssets)
    app.add_middleware(Missing)
    app.add_middleware(Shell)
    app.add_middleware(FollowBrowser)
    app.add_middleware(_Headers)
    if _is_this_machine(host):
        names = ["127.0.0.1", "localhost", f"[{host}]" if ":" in host else host]
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=names, www_redirect=False)
    add_files(app, service)
    add_library(app, service)
    mount(app, service, workers)
    return app


def _is_this_machine(host: str) -> bool:
    """Whether nobody else reaches the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


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
