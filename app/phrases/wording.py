"""How the terminal and the web chat say the same things: how sure an answer is, which pages, what date."""

from collections.abc import Callable, Sequence

from app.phrases.languages import ENGLISH
from app.phrases.words import Words
from ingest.document import BlockKind, Page

CREDITS = ("creator", "sender", "editor", "translator", "publisher")  # the details that citations show


def confidence_words(confidence: float, words: Words = ENGLISH) -> str:
    """The probability, 0 to 1, in words: 0.83 is `likely`."""
    levels = ((0.9, words.very_likely), (0.7, words.likely), (0.5, words.probably), (0.0, words.perhaps))
    return next(word for low, word in levels if confidence >= low)


def pages_words(pages: Sequence[Page], path: str, words: Words = ENGLISH, *, between: bool = False) -> str:
    """The pages by their printed labels, and by their physical numbers where those differ.

    `pp. iii–iv, PDF pages 5–6`. A page without a label goes by its number; "" for no pages. `path`
    tells slides from pages. `between p. 3 and p. 14`, `p. 28 or later`, if it is only known to be so.
    """
    if not pages:
        return ""
    if between:
        phrase = words.between_pages if len(pages) > 1 else words.page_or_later
        return phrase.format(first=pages[0].label, last=pages[-1].label)
    kind = path.rpartition(".")[2].lower()
    numbers = _range([str(page.number) for page in pages])
    if kind == "pptx":
        return words.slides(len(pages), names=numbers)
    labels = _range([page.label or str(page.number) for page in pages])
    printed = words.printed_pages(len(pages), names=labels)
    if labels == numbers:
        return printed
    counted = words.pdf_pages if kind == "pdf" else words.numbered_pages
    return f"{printed}{words.comma}{counted(len(pages), names=numbers)}"


def date_words(date: str | None, words: Words = ENGLISH) -> str:
    """The date of a document's file, said so that none takes it for the day of publication."""
    return words.dated.format(date=date) if date else words.undated


def kind_words(
    kind: BlockKind | None, of: str | None, recognised: bool, words: Words = ENGLISH, *, absent: bool = False
) -> str:
    """What a quote is that is not the text's own, "comment by A. Hassan", or not surely; "" for the text.

    `of` is the author of a note, or the name of a detail, `absent` true if its file's folder is gone.
    """
    known = {
        "note": words.note_by.format(author=of) if of else words.note,
        "running": words.running,
        "detail": words.detail.format(name=words.details.get(of or "", of)),
    }
    parts = (
        known.get(kind or "", ""),
        words.recognised if recognised else "",
        words.absent if absent else "",
    )
    return words.comma.join(filter(None, parts))


def beside_words(
    probable: str | None, note_to: str | None, words: Words = ENGLISH, shown: Callable[[str], str] = str
) -> list[str]:
    """How a quote was probably spelt, and which sentence it is a note to; `shown` prepares these texts."""
    told = ((words.probable, probable), (words.note_to, note_to))
    return [phrase.format(quote=shown(text)) for phrase, text in told if text]


def credit_words(details: Sequence[tuple[str, str]], words: Words = ENGLISH) -> str:
    """Who made a document, as its file says: "author: A. Byron, B. Hill · publisher: Harbour Press"."""
    made = {name: [value for of, value in details if of == name] for name in CREDITS}
    return " · ".join(
        f"{words.details[name]}: {words.comma.join(named)}" for name, named in made.items() if named
    )


def _range(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"
