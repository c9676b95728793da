"""Words recognised by Tesseract, through tesserocr, with its data as the system has them."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.characters import normalise
from ingest.ocr.straighten import Straight, skew, turned
from ingest.recognised import RecognisedPage, Word, WordLine

if TYPE_CHECKING:
    from PIL.Image import Image

_VERSION = 1  # raise it when pages are recognised differently: each is then recognised again
_SCRIPTS = {"ara": "Arabic", "fas": "Arabic", "urd": "Arabic", "rus": "Cyrillic", "ukr": "Cyrillic"}
_LATIN = "Latin"
_SURE = 75  # mean confidence from which no other language or way up is tried
_WAYS_UP = (0.0, 180.0, 90.0, 270.0)
_OSD_SIDE = 2000  # pixels of the longer side in which script and way up are looked at
_DATA = (  # folders of traineddata, beside that in TESSDATA_PREFIX
    ("/usr/share", "tesseract-ocr/*/tessdata"),
    ("/usr/share", "tessdata"),
    ("/usr/local/share", "tessdata"),
    ("/opt/homebrew/share", "tessdata"),
)


@dataclass(frozen=True, slots=True)
class Tesseract:
    """Recognises pages, each in the language of its script, of these alone ("eng", "ara")."""

    languages: tuple[str, ...]

    @property
    def way(self) -> str:
        """Name of the way that pages are recognised, like "tesseract 1 eng+ara"."""
        return f"tesseract {_VERSION} {'+'.join(self.languages)}"

    def recognise(self, picture: "Image") -> RecognisedPage:
        """The words of a grey picture of a page, however it is turned."""
        level = skew(picture)
        way_up, script = _orientation(turned(picture, level).picture)
        guesses = self._guesses(script)
        best = RecognisedPage(())
        for way in _WAYS_UP if way_up is None else (way_up,):
            straight = turned(picture, (level + way) % 360)
            for language in guesses:
                page = RecognisedPage(tuple(_lines(straight, language)))
                best = max(best, page, key=lambda one: one.confidence)
                if best.confidence >= _SURE:
                    return best
        return best

    def _guesses(self, script: str | None) -> list[str]:
        """The languages of the script, as one name for Tesseract; those of each where it is not known."""
        by_script: dict[str, list[str]] = {}
        for language in self.languages:
            by_script.setdefault(_SCRIPTS.get(language, _LATIN), []).append(language)
        found = by_script.get(script) if script else None
        return ["+".join(names) for names in ([found] if found else by_script.values())]


def tesseract(languages: Sequence[str]) -> Tesseract | None:
    """A recogniser of those of the languages whose data are there; None where nothing can be recognised."""
    there = tuple(language for language in languages if _has_data(language))
    return Tesseract(there) if there and find_spec("tesserocr") else None


def missing(languages: Sequence[str]) -> list[str]:
    """What is to be installed before these languages are recognised, by the names of its packages."""
    library = [] if find_spec("tesserocr") else ["mustanad[ocr]"]
    return library + [f"tesseract-ocr-{name}" for name in (*languages, "osd") if not _has_data(name)]


def _has_data(language: str) -> bool:
    folder = data_folder()
    return folder is not None and (folder / f"{language}.traineddata").is_file()


def data_folder() -> Path | None:
    """The folder of Tesseract's data: the one that TESSDATA_PREFIX names, else the system's newest."""
    given = os.environ.get("TESSDATA_PREFIX")
    folders = [Path(given)] if given else []
    folders += [folder for root, name in _DATA for folder in sorted(Path(root).glob(name), reverse=True)]
    return next((folder for folder in folders if any(folder.glob("*.traineddata"))), None)


@lru_cache(maxsize=8)
def _engine(language: str) -> Any:
    """Tesseract with this language loaded; it computes in one thread, as each process has a core."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    from tesserocr import OEM, PSM, PyTessBaseAPI

    if language == "osd":
        return PyTessBaseAPI(path=str(data_folder()), lang=language, psm=PSM.OSD_ONLY)
    return PyTessBaseAPI(path=str(data_folder()), lang=language, psm=PSM.AUTO, oem=OEM.LSTM_ONLY)


def _orientation(picture: "Image") -> tuple[float | None, str | None]:
    """By how many degrees to turn the level picture against the clock, and its script.

    None where there are too few words to tell.
    """
    if not _has_data("osd"):
        return None, None
    small = picture.copy()
    small.thumbnail((_OSD_SIDE, _OSD_SIDE))
    engine = _engine("osd")
    engine.SetImage(small)
    found = engine.DetectOrientationScript()
    if not found:
        return None, None
    return float(found["orient_deg"]), str(found["script_name"])


def _lines(straight: Straight, language: str) -> Iterator[WordLine]:
    """The lines of the picture, as Tesseract tells them."""
    engine = _engine(language)
    engine.SetImage(straight.picture)
    words: list[Word] = []
    begins, height = True, 0
    paragraph = ""
    for row in engine.GetTSVText(0).splitlines():
        level, _, block, par, _, _, left, top, width, tall, confidence, text = row.split("\t")
        if level == "4":
            if words:
                yield WordLine(tuple(words), begins, round(height / straight.picture.height, 4))
            begins, paragraph = f"{block} {par}" != paragraph, f"{block} {par}"
            words, height = [], int(tall)
        elif level == "5" and (text := normalise(text)):
            x, y = int(left), int(top)
            box = straight.box(x, y, x + int(width), y + int(tall))
            words.append(Word(text, round(float(confidence)), *box))
    if words:
        yield WordLine(tuple(words), begins, round(height / straight.picture.height, 4))
