"""The root's address sends a browser to the page in its language."""

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.phrases.languages import LANGUAGES, language_of

COOKIE = "mustanad-language"  # set by the link that switches


class FollowBrowser:
    """Sends who opens the root to the page in their language, with the same query."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a redirect, or let the application answer."""
        app = self._app
        if scope["type"] == "http" and (address := _address(Request(scope))) != scope["path"]:
            query = scope["query_string"].decode("latin-1")
            app = RedirectResponse(f"{address}?{query}" if query else address, 307)
        await app(scope, receive, send)


def _address(request: Request) -> str:
    """The path to show instead of the one asked for, which most often is the same."""
    path: str = request.scope["path"]
    if path == "/":
        return language_of(request.cookies.get(COOKIE), request.headers.get("accept-language", "")).address
    missing_slash = any(words.address == f"{path}/" for words in LANGUAGES)
    return f"{path}/" if missing_slash else path
