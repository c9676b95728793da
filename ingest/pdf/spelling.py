"""Arabic words that a PDF spells wrong: whole words backwards, and lam-alef undone."""

import re

from ingest.pdf.bidi import ARABIC
from ingest.reasons import Reason
from ingest.spelling.turned import CERTAIN, PERSIAN

# Taa marbuta and alef maqsura stand at the end of a word alone.
_BACKWARDS = re.compile(rf"(?<![{ARABIC}])[ةىﺔﺓﻰﻯ][{ARABIC}]{{2}}")
_FORWARDS = re.compile(rf"[{ARABIC}]{{2}}[ةىﺔﺓﻰﻯ](?![{ARABIC}])")
_TELLING = 3  # words that tell how a page is written
_MIXED = 4  # times as many words the right way round make the others look like slips


def is_backwards(page: str) -> bool:
    """True if words are spelt backwards: three begin as only the end of a word can, and none ends so."""
    return len(_BACKWARDS.findall(page)) >= _TELLING and not _FORWARDS.search(page)


def respelt(lines: list[str]) -> tuple[list[str], Reason | None]:
    """A page's lines in reading order, spelt right where that is certain, and what may be wrong all the same.

    ["اإلمارات", "العالقات"] -> ["الإمارات", "العالقات"]: inside a word only a dictionary could tell.
    """
    page = "\n".join(lines)
    undone = bool(CERTAIN.search(page)) and not PERSIAN.search(page)
    backwards = len(_BACKWARDS.findall(page))
    doubt = None
    if backwards >= _TELLING and _MIXED * backwards > len(_FORWARDS.findall(page)):
        doubt = Reason("words_backwards")
    elif undone:
        doubt = Reason("lam_alef_in_doubt")
    return [CERTAIN.sub(r"\1ل\2", line) for line in lines] if undone else lines, doubt
