"""The language of a piece of text, as a two-letter code."""

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from ingest.characters import is_arabic
from ingest.languages import SCRIPT_OF

# Loaded with the module, which only readers import, so that processes forked to read have it.
_IDENTIFIER = LanguageIdentifier.from_model_file(MODEL_FILE)
_IDENTIFIER.set_languages(sorted(SCRIPT_OF))
_ENOUGH = 200  # characters below which a guess says more about the guesser than the text
_SAMPLE = 500  # characters that are looked at


def language_of(text: str, otherwise: str) -> str:
    """ISO 639-1 code of the text's language; `otherwise` where it is too short to tell.

    A short text in Arabic script counts as Arabic unless `otherwise` is written in that script too.
    """
    if len(text) >= _ENOUGH or (otherwise == "und" and any(map(str.isalpha, text))):
        return str(_IDENTIFIER.classify(text[:_SAMPLE])[0])
    if is_arabic(text) and otherwise not in ("ar", "fa", "ur"):
        return "ar"
    return otherwise
