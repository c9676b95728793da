"""Things that are called by letters and a number, "SOP-114": a question about one is not about the next."""

import re
from collections.abc import Mapping

from app.answering.years import said_of
from index.types import Hit
from ingest.document import Document, Span

CODE = re.compile(r"(?<![\w-])([^\W\d_]+)-?(\d+)(?!\d)")


def codes(text: str) -> dict[str, set[str]]:
    """The numbers by their letters: `codes("SOP-114, B6, B12") -> {"sop": {"114"}, "b": {"6", "12"}}`."""
    found: dict[str, set[str]] = {}
    for letters, number in CODE.findall(text):
        found.setdefault(letters.casefold(), set()).add(number)
    return found


def is_of_another(hit: Hit, quote: Span, document: Document, asked: Mapping[str, set[str]]) -> bool:
    """True if the quote or, where it names none, what stands over it names other numbers than are asked for.

    `asked` are the question's codes.
    """
    for said in map(codes, said_of(hit, quote, document) if asked else ()):
        if shared := asked.keys() & said.keys():
            return all(asked[letters].isdisjoint(said[letters]) for letters in shared)
    return False
