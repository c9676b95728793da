"""Pages recognised by Tesseract: each turned level, in the language of its script, no line left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

import numpy as np

from ingest.ocr.engine import FoundLine, has_data, inked, is_installed, lines, orientation
from ingest.ocr.leftover import left_over
from ingest.ocr.signs import mended
from ingest.ocr.straighten import Straight, is_noisy, skew, smoothed, turned
from ingest.recognised import RecognisedPage, Word, WordLine

if TYPE_CHECKING:
    from PIL.Image import Image

_VERSION = 1  # raise it when pages are recognised differently: each is then recognised again
_SCRIPTS = {"ara": "Arabic", "fas": "Arabic", "urd": "Arabic", "rus": "Cyrillic", "ukr": "Cyrillic"}
_LATIN = "Latin"
_SURE = 75  # mean confidence from which no other language or way up is tried
_SURE_WORD = 60  # confidence of a word from which it tells for its page
_FAIR = 50  # mean confidence of the lines below which none is looked for beside them
_SURE_LINE = 70  # from which a line counts that is found only where the layout passed over it
_WAYS_UP = (0.0, 180.0, 90.0, 270.0)
_OSD_SIDE = 2000  # pixels of the longer side in which script and way up are looked at


@dataclass(frozen=True, slots=True)
class Tesseract:
    """Recognises pages, each in the language of its script, of these alone ("eng", "ara")."""

    languages: tuple[str, ...]

    @property
    def way(self) -> str:
        """Name of the way that pages are recognised, like "tesseract 1 eng+ara"."""
        return f"tesseract {_VERSION} {'+'.join(self.languages)}"

    def recognise(self, picture: "Image") -> RecognisedPage:
        """The words of a grey picture of a page, however it is turned; of a noisy one, smoothed."""
        if is_noisy(picture):
            return self._tried(smoothed(picture))
        best = self._tried(picture)
        if best.confidence < _SURE:
            best = max(best, self._tried(smoothed(picture)), key=_sure_characters)
        return best

    def _tried(self, picture: "Image") -> RecognisedPage:
        """The best of the ways up and languages that the picture may have, until one is sure."""
        level = skew(picture)
        small = turned(picture, level).picture.copy()
        small.thumbnail((_OSD_SIDE, _OSD_SIDE))
        way_up, script = orientation(small)
        best = RecognisedPage(())
        for way in _WAYS_UP if way_up is None else (way_up,):
            if way and way_up is None and not _sure_characters(best):
                break  # upright, there is nothing like a word
            straight = turned(picture, (level + way) % 360)
            for language in self._guesses(script):
                page = _page(straight, language)
                best = max(best, page, key=_sure_characters)
                if page.confidence >= _SURE:
                    return page
        return best

    def _guesses(self, script: str | None) -> list[str]:
        """The languages of the script, as one name for Tesseract; those of each where it is not known."""
        by_script: dict[str, list[str]] = {}
        for language in self.languages:
            by_script.setdefault(_SCRIPTS.get(language, _LATIN), []).append(language)
        known = by_script.get(_LATIN if script == "Fraktur" else script or "")
        return ["+".join(names) for names in ([known] if known else by_script.values())]


def _sure_characters(page: RecognisedPage) -> int:
    words = (word for line in page.lines for word in line.words)
    return sum(len(word.text) for word in words if word.confidence >= _SURE_WORD)


def tesseract(languages: Sequence[str]) -> Tesseract | None:
    """A recogniser of those of the languages whose data are there; None where nothing can be recognised."""
    there = tuple(language for language in languages if has_data(language))
    return Tesseract(there) if there and is_installed() else None


def missing(languages: Sequence[str]) -> list[str]:
    """What is to be installed before these languages are recognised, by the names of its packages."""
    library = [] if is_installed() else ["mustanad[ocr]"]
    return library + [f"tesseract-ocr-{name}" for name in (*languages, "osd") if not has_data(name)]


def _page(straight: Straight, language: str) -> RecognisedPage:
    """The page that is recognised in the turned picture."""
    found = _found(straight.picture, language)
    height = straight.picture.height
    return RecognisedPage(
        tuple(
            WordLine(
                tuple(
                    Word(word.text, round(word.confidence), *straight.box(*word.box)) for word in line.words
                ),
                line.begins,
                round((line.box[3] - line.box[1]) / height, 4),
            )
            for line in found
        )
    )


def _found(picture: "Image", language: str) -> list[FoundLine]:
    """The lines of the picture, with those that Tesseract's layout passes over.

    It does so where the marks of a line's neighbours reach into it, in Arabic above all. Where the words of
    such a line stand is not known well enough to look at one by itself.
    """
    laid_out = list(lines(picture, language))
    if not laid_out:
        return []
    ink = ~np.array(inked(language)).astype(bool)
    found = [mended(line, ink, picture) for line in laid_out]
    if fmean(line.confidence for line in laid_out) < _FAIR:
        return found  # noise, which leaves ink all over the page
    for part in left_over(ink, [line.box for line in laid_out]):
        for line in lines(picture, language, part):
            if line.confidence >= _SURE_LINE:
                found.insert(_place(line, found), mended(line, ink, None))
    return found


def _place(line: FoundLine, found: Sequence[FoundLine]) -> int:
    """Where the line stands among the others: behind all that are above it in its column."""
    return max(
        (
            at
            for at, other in enumerate(found, 1)
            if other.box[1] < line.box[1] and other.box[0] < line.box[2] and line.box[0] < other.box[2]
        ),
        default=0,
    )
