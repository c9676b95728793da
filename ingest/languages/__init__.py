"""What is known of each language, one file a language; here is the list of them, and how one is chosen.

A language is added by a file of its own and its name in `LANGUAGES`.
"""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from ingest.languages.arabic import ARABIC
from ingest.languages.english import ENGLISH
from ingest.languages.french import FRENCH
from ingest.languages.german import GERMAN
from ingest.languages.italian import ITALIAN
from ingest.languages.language import Language
from ingest.languages.portuguese import PORTUGUESE
from ingest.languages.russian import RUSSIAN
from ingest.languages.spanish import SPANISH
from ingest.languages.turkish import TURKISH

# The first of a script is taken for a word of it where nothing tells its language.
LANGUAGES = (ENGLISH, ARABIC, FRENCH, GERMAN, ITALIAN, PORTUGUESE, RUSSIAN, SPANISH, TURKISH)
BY_CODE = {language.code: language for language in LANGUAGES}
# Those that are told too, though nothing is known of them but the script.
SCRIPT_OF = {language.code: language.script for language in LANGUAGES} | {
    "fa": "ARABIC", "he": "HEBREW", "hi": "DEVANAGARI", "id": "LATIN", "ja": "HIRAGANA", "ko": "HANGUL",
    "nl": "LATIN", "pl": "LATIN", "sv": "LATIN", "th": "THAI", "uk": "CYRILLIC", "ur": "ARABIC", "zh": "CJK",
}  # fmt: skip


def spoken(words: Sequence[str], otherwise: str) -> str:
    """The code of the language whose stop words most of the words are; `otherwise` if none or two lead.

    `spoken(["wer", "leitet", "die", "bücherei"], "en") -> "de"`
    """
    counts = {one.code: sum(word in one.stop_words for word in words) for one in LANGUAGES}
    most = max(counts.values())
    leading = [code for code, count in counts.items() if count == most]
    return leading[0] if most and len(leading) == 1 else otherwise


@lru_cache(maxsize=200_000)
def language_of_word(word: str, code: str) -> Language | None:
    """The language of that code if the word is in its script, else the first known one of the script."""
    script = _script(word)
    own = BY_CODE.get(code)
    if own is not None and own.script == script:
        return own
    return next((one for one in LANGUAGES if one.script == script), None)


def written(words: Sequence[str], otherwise: str) -> str:
    """The code of the language of the script that most words are in; `otherwise` if it is in that one.

    `written(["عاصمة", "مصر"], "en") -> "ar"`. Kana make a text Japanese, though most of it is Chinese
    characters. It is "und" where nothing is known of the script.
    """
    scripts = Counter(_script(word) for word in words)
    script = "HIRAGANA" if "HIRAGANA" in scripts else scripts.most_common(1)[0][0] if scripts else None
    if script is None or SCRIPT_OF.get(otherwise) == script:
        return otherwise
    return next((code for code, its in SCRIPT_OF.items() if its == script), "und")


def _script(word: str) -> str:
    """The first word of the Unicode name of its first letter, katakana being hiragana."""
    return unicodedata.name(word[0], "").partition(" ")[0].replace("KATAKANA", "HIRAGANA")
