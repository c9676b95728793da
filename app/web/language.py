"""Which language the web chat opens in: the one chosen before, else the one the browser asks for."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.words import Words
from app.web.words_ar import ARABIC
from app.web.words_en import ENGLISH

LANGUAGES = (ENGLISH, ARABIC)  # the first is shown at the root, and to whom speaks none of them
_AUTONYMS = {
    "ar": "العربية", "de": "Deutsch", "en": "English", "es": "Español", "fa": "فارسی", "fr": "Français",
    "he": "עברית", "hi": "हिन्दी", "id": "Bahasa Indonesia", "it": "Italiano", "ja": "日本語", "ko": "한국어",
    "nl": "Nederlands", "pl": "Polski", "pt": "Português", "ru": "Русский", "sv": "Svenska", "tr": "Türkçe",
    "uk": "Українська", "ur": "اردو", "zh": "中文",
}  # fmt: skip
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


def language_of(chosen: str | None, accepted: str) -> Words:
    """The language chosen before, else the one that an Accept-Language header (RFC 9110) weighs highest."""
    known = {words.code: words for words in LANGUAGES}
    if chosen in known:
        return known[chosen]
    ranked = sorted(_weighted(accepted.lower().split(",")), key=lambda each: -each[1])
    return next((known[code] for code, weight in ranked if code in known and weight > 0), LANGUAGES[0])


def autonym(code: str) -> str:
    """What a language calls itself; the code where that is not known."""
    return _AUTONYMS.get(code, code)


def _weighted(ranges: Sequence[str]) -> list[tuple[str, float]]:
    """Each language without its region, and its weight: 1 where none is given, 0 where it is no number."""
    weighted = []
    for each in ranges:
        tag, _, weight = each.partition(";")
        try:
            weighted.append((tag.strip().partition("-")[0], float(weight.strip().removeprefix("q=") or 1)))
        except ValueError:
            weighted.append((tag, 0.0))
    return weighted
