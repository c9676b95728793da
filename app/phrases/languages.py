"""The languages that the product speaks, and which of them a person is addressed in."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.phrases.count import Count
from app.phrases.words import Words


def _filled(file: str) -> Words:
    """The phrases in a TOML file here. Raises TypeError where one is missing, or is none of `Words`."""
    read = tomllib.loads((Path(__file__).parent / file).read_text(encoding="utf-8"))
    reasons = {code: _phrase(said) for code, said in read.pop("reasons").items()}
    details = read.pop("details")
    return Words(**{name: _phrase(said) for name, said in read.items()}, reasons=reasons, details=details)


def _phrase(said: Any) -> Any:
    """A phrase by number has its `other` for two, few and many too, where it has no words of their own."""
    if isinstance(said, str):
        return said
    return Count(**dict.fromkeys(("two", "few", "many"), said["other"]) | said)


ENGLISH, ARABIC = _filled("english.toml"), _filled("arabic.toml")
LANGUAGES = (ENGLISH, ARABIC)  # the first is shown at the root, and to whom speaks none of them
_AUTONYMS = {
    "ar": "العربية", "de": "Deutsch", "en": "English", "es": "Español", "fa": "فارسی", "fr": "Français",
    "he": "עברית", "hi": "हिन्दी", "id": "Bahasa Indonesia", "it": "Italiano", "ja": "日本語", "ko": "한국어",
    "nl": "Nederlands", "pl": "Polski", "pt": "Português", "ru": "Русский", "sv": "Svenska", "tr": "Türkçe",
    "uk": "Українська", "ur": "اردو", "zh": "中文",
}  # fmt: skip


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
