"""Where a quote stands among the characters of its page."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from os.path import commonprefix

from app.pages.glyphs import Glyph, in_reading_order
from ingest.document import Document, Span

_HYPHENS = "-\u2010\xad\x02\ufffe"  # the last two are PDFium's
_SURE = 12  # letters, of the quote and around it, that must agree
_SEED = 6  # letters that begin a piece of a quote


@dataclass(frozen=True, slots=True)
class Quoted:
    """The part of a quote that is on one page, and the document's text on that page before and after it.

    `goes_on` is true if the quote continues on another page, which may cut its last word.
    """

    text: str
    before: str = ""
    after: str = ""
    goes_on: bool = False


def quoted_on(document: Document, span: Span, number: int) -> Quoted | None:
    """What of the span stands on the page of that number; None where nothing of it does."""
    here = [part for part in document.page_spans if part.number == number]
    inside = [part for part in here if part.start < span.end and part.end > span.start]
    if not inside:
        return None
    start, end = max(inside[0].start, span.start), min(inside[-1].end, span.end)

    def text(start: int, end: int) -> str:
        cuts = ((max(part.start, start), min(part.end, end)) for part in here)
        return "\n".join(document.text[a:b] for a, b in cuts if a < b)

    return Quoted(text(start, end), text(0, start), text(end, len(document.text)), end < span.end)


@lru_cache(maxsize=4096)  # most are asked for a glyph at a time
def letters_of(text: str) -> str:
    """Letters and digits alone: compatibility forms taken apart; no marks, tatweel, signs or spaces.

    Fractions, raised digits and accents that stand by themselves, which fonts often name wrongly or
    put elsewhere, count as signs.
    """
    plain = "".join(c for c in text if unicodedata.category(c) != "No")
    apart = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in apart if c.isalnum() and unicodedata.category(c) != "Lm")


class PageText:
    """The visible glyphs of a page in reading order, and the letters that they draw."""

    def __init__(self, glyphs: Iterable[Glyph]) -> None:
        self.glyphs = [glyph for glyph in in_reading_order(glyphs) if _visible(glyph)]
        drawn = [(letter, at) for at, glyph in enumerate(self.glyphs) for letter in letters_of(glyph.text)]
        self._letters = "".join(letter for letter, _ in drawn)
        self._drawn_by = [at for _, at in drawn]
        self.lettered = frozenset(self._drawn_by)  # the glyphs, by index, that draw a letter
        self.middles = [(at, *self.glyphs[at].box.middle) for at in self.lettered]

    def find(self, quoted: Quoted) -> list[range]:
        """The glyphs of the quote by index, in one stretch or several; none where its place is uncertain."""
        letters = letters_of(quoted.text)
        places = self._places(letters)
        if places:
            place = self._likest(places, letters, quoted)
            stretches = [] if place is None else [(place, place + len(letters))]
        else:
            last = letters_of(quoted.text.rpartition(" ")[2]) if quoted.goes_on else ""
            stretches = self._cut(letters, len(last)) or self._pieces(letters)
        return [range(self._drawn_by[start], self._drawn_by[end - 1] + 1) for start, end in stretches]

    def _places(self, letters: str) -> list[int]:
        """Everywhere that the letters stand, as offsets into the page's."""
        places, place = [], self._letters.find(letters) if letters else -1
        while place >= 0:
            places.append(place)
            place = self._letters.find(letters, place + 1)
        return places

    def _likest(self, places: Sequence[int], letters: str, quoted: Quoted) -> int | None:
        """The place whose surroundings are most like the quote's; None where two are, or none enough."""
        before, after = letters_of(quoted.before)[::-1], letters_of(quoted.after)

        def alike(place: int) -> int:
            ahead, behind = self._letters[:place][::-1], self._letters[place + len(letters) :]
            return _common(before, ahead) + _common(after, behind)

        scores = sorted(((alike(place), place) for place in places), reverse=True)
        most, place = scores[0]
        enough = min(_SURE, len(before) + len(letters) + len(after))
        alone = len(scores) == 1 or scores[1][0] < most
        return place if alone and most + len(letters) >= enough else None

    def _cut(self, letters: str, last: int) -> list[tuple[int, int]]:
        """The quote without the end of its last word, which went to the next page behind a hyphen.

        `last` is how many letters that word has, 0 where the quote ends on this page.
        """
        for end in range(len(letters) - 1, len(letters) - last, -1):
            if places := self._places(letters[:end]):
                after = self._drawn_by[places[0] + end - 1] + 1
                hyphen = after < len(self.glyphs) and self.glyphs[after].text in _HYPHENS
                return [(places[0], places[0] + end)] if hyphen and len(places) == 1 else []
        return []

    def _pieces(self, letters: str) -> list[tuple[int, int]]:
        """The quote put together of pieces that begin and end where lines do, each the longest there is."""
        pieces: list[tuple[int, int]] = []
        done = 0
        while done < len(letters):
            places = self._places(letters[done : done + _SEED])
            begin = [place for place in places if not done or place in self._breaks]
            reaches = [(self._reach(letters[done:], place), place) for place in begin]
            (length, place), *others = sorted(reaches, reverse=True) or [(0, 0)]
            if not length or (others and others[0][0] == length):
                return []
            pieces.append((place, place + length))
            done += length
        return pieces

    def _reach(self, letters: str, place: int) -> int:
        """How many of the letters stand at the place, up to their end or to that of a line."""
        length = _common(letters, self._letters[place : place + len(letters)])
        while length and length < len(letters) and place + length not in self._breaks:
            length -= 1
        return length

    @cached_property
    def _breaks(self) -> set[int]:
        """Where, among the letters, a line or a column's part of a line begins or ends."""
        drawn = pairwise(self.glyphs[at] for at in self._drawn_by)
        inner = (place for place, (a, b) in enumerate(drawn, 1) if not b.follows(a))
        return {0, len(self._letters), *inner}


def _visible(glyph: Glyph) -> bool:
    """True if it shows anything, and does on the page: a page may be cropped."""
    x, y = glyph.box.middle
    return not glyph.text.isspace() and 0 < x < 1 and 0 < y < 1


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    return len(commonprefix((one, other)))  # noqa: RUF071 these are no paths
