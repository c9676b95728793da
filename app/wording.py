"""How the terminal and the web chat say the same things: how sure an answer is, which pages, what date."""

from collections.abc import Sequence

from ingest.document import Page

DIFFER = "The documents differ on this:"
_WORDS = ((0.9, "very likely"), (0.7, "likely"), (0.5, "probably"), (0.0, "perhaps"))


def confidence_words(confidence: float) -> str:
    """The probability, 0 to 1, in words and as a number: `likely, 0.83`."""
    return f"{next(word for low, word in _WORDS if confidence >= low)}, {confidence:.2f}"


def pages_words(pages: Sequence[Page], path: str) -> str:
    """The pages by their printed labels, and by their physical numbers where those differ.

    `pp. iii–iv, PDF pages 5–6`. A page without a label goes by its number; "" for no pages. `path`
    tells slides from pages.
    """
    if not pages:
        return ""
    kind = path.rpartition(".")[2].lower()
    many = len(pages) > 1
    numbers = _range([str(page.number) for page in pages])
    if kind == "pptx":
        return f"slide{'s' * many} {numbers}"
    labels = _range([page.label or str(page.number) for page in pages])
    named = f"p{'p' * many}. {labels}"
    return named if labels == numbers else f"{named}, {'PDF ' * (kind == 'pdf')}page{'s' * many} {numbers}"


def date_words(date: str | None) -> str:
    """The date of a document's file, said so that none takes it for the day of publication."""
    return f"dated {date} by its file" if date else "its file gives no date"


def _range(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"
