"""What a browser shows of an address at which there is nothing: plain words, and the way to the chat."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.phrases.languages import LANGUAGES, language_of
from app.phrases.words import Words
from app.web.http.language import COOKIE
from app.web.http.shell import head

_PAGE = Path(__file__).parents[1] / "assets" / "missing.html"
_NOTHING = {404, 422}  # the second where an address has not even the form of one of ours


class Missing:
    """Puts a page in the place of an error that a person would see; programs get theirs as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer, and show the page where it finds nothing."""
        if scope["type"] != "http" or "text/html" not in Request(scope).headers.get("accept", ""):
            await self._app(scope, receive, send)
            return
        missing = False

        async def unless_missing(message: Message) -> None:
            nonlocal missing
            missing = missing or message.get("status") in _NOTHING
            if not missing:
                await send(message)

        await self._app(scope, receive, unless_missing)
        if missing:
            await HTMLResponse(missing_html(Request(scope)), 404)(scope, receive, send)


def missing_html(request: Request) -> str:
    """The page, in the language of the address or else of the browser; it repeats nothing of the address."""
    words, path = _words(request), request.url.path
    document = path.startswith("/documents/")
    return _PAGE.read_text(encoding="utf-8").format(
        code=words.code,
        direction=words.direction,
        head=head(words),
        title=words.no_such_document if document else words.no_such_page,
        note=words.no_such_document_note if document else words.no_such_page_note,
        address=words.address,
        to_the_chat=words.to_the_chat,
    )


def _words(request: Request) -> Words:
    for words in LANGUAGES[1:]:  # the first has the root, under which all addresses are
        if request.url.path.startswith(words.address):
            return words
    return language_of(request.cookies.get(COOKIE), request.headers.get("accept-language", ""))
