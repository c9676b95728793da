"""What a page shows before gradio's script has run: its language, its look, a box that takes the question.

Gradio's own page is white until some seventy of its files are there. Ours says at once whose page it is
and can be typed into; `shell.js` hands what was typed to gradio's box when that has come.

Each of those files costs its way there and back, six at a time, and one asks for the next. So the styles
stand in the page, and the modules that earlier pages asked for are announced by it.
"""

import json
import re
from base64 import b64encode
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from html import escape
from pathlib import Path
from types import MappingProxyType

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.phrases.languages import LANGUAGES
from app.phrases.words import Words
from app.web.http.files import SCRIPTS
from app.web.http.kept import whole
from app.web.http.language import COOKIE
from app.web.http.state import SERVER
from app.web.page.page import styles

_ASSETS = Path(__file__).parents[1] / "assets"
_SHEET = re.compile(r'<link rel="stylesheet"[^>]* href="\./assets/([\w.-]+)">')
_FRAMED = re.compile(r"<script>(?:(?!</script>).)*iframeResizer\.contentWindow.*?</script>", re.DOTALL)
_HOSTS = re.compile(r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>\s*')  # gradio's, of a place of its own


class Shell:
    """Puts the shell of their language into the pages that gradio serves; all else passes as it is.

    `assets` are the names of the files that earlier pages asked for.
    """

    def __init__(self, app: ASGIApp, assets: Collection[str]) -> None:
        self._app = app
        self._assets = assets
        self._words = {words.address: words for words in LANGUAGES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with gradio's page and the shell in it."""
        words = self._words.get(scope["path"]) if scope["type"] == "http" else None
        if words is None:
            await self._app(scope, receive, send)
            return
        as_it_is = {**scope, "headers": [each for each in scope["headers"] if each[0] != b"accept-encoding"]}
        response = await whole(self._app, as_it_is, receive)
        page = bytes(response.body).decode()
        sheets = {}
        for name in dict.fromkeys([*_SHEET.findall(page), *self._asked_for(".css")]):
            sheet = await whole(self._app, {**as_it_is, "path": f"{words.address}assets/{name}"}, receive)
            sheets[name] = bytes(sheet.body).decode()
        html = shelled(page, words, sheets, self._asked_for(".js"))
        await GZipMiddleware(HTMLResponse(html, response.status_code), compresslevel=5)(scope, receive, send)

    def _asked_for(self, ending: str) -> list[str]:
        return [name for name in self._assets if name.endswith(ending)]


def shelled(
    page: str, words: Words, sheets: Mapping[str, str] = MappingProxyType({}), modules: Collection[str] = ()
) -> str:
    """Gradio's page with the shell: styles and phrases in its head, the rest first in its body.

    `sheets`, by their names, stand in the place of gradio's own; `modules` are announced behind the shell.
    """
    page = _FRAMED.sub("", _HOSTS.sub("", page))
    page = _SHEET.sub(lambda _: _styled(sheets), page, 1)
    ahead = "".join(f'<link rel="modulepreload" crossorigin href="./assets/{name}">' for name in modules)
    page = page.replace('lang="en"', f'lang="{words.code}" dir="{words.direction}"', 1)
    page = page.replace("<head>", f"<head>{head(words)}", 1)
    return page.replace("<gradio-app", f"{_body(words)}{ahead}<gradio-app", 1)


def _styled(sheets: Mapping[str, str]) -> str:
    """The sheets, and for each a link that gradio takes for the sheet and the browser for nothing."""
    links = (f'<link rel="stylesheet" crossorigin disabled href="./assets/{name}">' for name in sheets)
    return f"<style>{''.join(sheets.values())}</style>{''.join(links)}"


def head(words: Words) -> str:
    """The name, the icon, the colours and the styles of a page."""
    icon = b64encode((_ASSETS / "icon.svg").read_bytes()).decode()
    return (
        "<title>Mustanad</title>"
        f'<link rel="icon" href="data:image/svg+xml;base64,{icon}">'
        '<meta name="color-scheme" content="light dark">'
        '<meta name="theme-color" content="#f8fafc" media="(prefers-color-scheme: light)">'
        '<meta name="theme-color" content="#0c1320" media="(prefers-color-scheme: dark)">'
        f'<meta name="description" content="{escape(words.welcome_note)}">'
        f'<style id="m-style">{styles()}</style>'
    )


def _body(words: Words) -> str:
    html, script = ((_ASSETS / name).read_text(encoding="utf-8") for name in ("shell.html", "shell.js"))
    phrases = {name: getattr(words, name) for name in re.findall(r"\{(\w+)\}", html)}
    known = json.dumps({**asdict(replace(words, reasons={})), "cookie": COOKIE, "server": SERVER})
    modules = "".join(
        f'<link rel="modulepreload" fetchpriority="low" href="/scripts/{path.name}">'
        for path in sorted(SCRIPTS.iterdir())
    )
    return (
        f"{html.format(**phrases)}<script>{script}</script>{modules}"
        f'<script type="application/json" id="m-words">{known}</script>'
    )
