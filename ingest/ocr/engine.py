"""Tesseract, through tesserocr, with its data as the system has them; the only file that imports it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.characters import normalise

if TYPE_CHECKING:
    from PIL.Image import Image

_OSD = "osd"  # the data that tell script and way up
_DATA = (  # folders of traineddata, beside that in TESSDATA_PREFIX
    ("/usr/share", "tesseract-ocr/*/tessdata"),
    ("/usr/share", "tessdata"),
    ("/usr/local/share", "tessdata"),
    ("/opt/homebrew/share", "tessdata"),
)
_TOLD = 3.0  # confidence from which a page's way up and script are believed: clean ones have 5 to 30
_FIGURES = "eng"
Box = tuple[int, int, int, int]  # left, top, right, bottom, in pixels


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A word in a picture; `confidence` is 0 to 100."""

    text: str
    confidence: float
    box: Box


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line in a picture, in reading order; `begins` is true if it is the first of a paragraph."""

    words: tuple[FoundWord, ...]
    box: Box
    begins: bool

    @property
    def confidence(self) -> float:
        """The mean of its words' confidences, each by its length."""
        characters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / characters


def is_installed() -> bool:
    """True if there is a Tesseract to load data."""
    return find_spec("tesserocr") is not None


def has_data(language: str = _OSD) -> bool:
    """True if the language's data are there; by default those that tell script and way up."""
    folder = data_folder()
    return folder is not None and (folder / f"{language}.traineddata").is_file()


def data_folder() -> Path | None:
    """The folder of Tesseract's data: the one that TESSDATA_PREFIX names, else the system's newest."""
    given = os.environ.get("TESSDATA_PREFIX")
    folders = [Path(given)] if given else []
    folders += [folder for root, name in _DATA for folder in sorted(Path(root).glob(name), reverse=True)]
    return next((folder for folder in folders if any(folder.glob("*.traineddata"))), None)


@lru_cache(maxsize=8)
def _engine(language: str, mode: str) -> Any:
    """Tesseract with this language loaded; it computes in one thread, as each process has a core."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    from tesserocr import OEM, PSM, PyTessBaseAPI

    kind = OEM.DEFAULT if language == _OSD else OEM.LSTM_ONLY
    return PyTessBaseAPI(path=str(data_folder()), lang=language, psm=getattr(PSM, mode), oem=kind)


def orientation(picture: "Image") -> tuple[float | None, str | None]:
    """By how many degrees to turn the level picture against the clock, and its script.

    Each None where it cannot be told surely, as with few words or on a noisy page, or without the data.
    """
    if not has_data():
        return None, None
    engine = _engine(_OSD, "OSD_ONLY")
    engine.SetImage(picture)
    found = engine.DetectOrientationScript()
    if not found:
        return None, None
    return (
        float(found["orient_deg"]) if found["orient_conf"] >= _TOLD else None,
        str(found["script_name"]) if found["script_conf"] >= _TOLD else None,
    )


def inked(language: str) -> "Image":
    """The picture whose lines were asked for last, its ink black, its paper white."""
    picture: Image = _engine(language, "AUTO").GetThresholdedImage()
    return picture


def lines(picture: "Image", language: str, within: Box | None = None) -> Iterator[FoundLine]:
    """The lines of text in the picture, or the one line `within` a part of it."""
    engine = _engine(language, "RAW_LINE" if within else "AUTO")
    engine.SetImage(picture)
    if within:
        x, y, right, bottom = within
        engine.SetRectangle(x, y, right - x, bottom - y)
    words: list[FoundWord] = []
    box, paragraph, begins = (0, 0, 0, 0), "", True
    for row in engine.GetTSVText(0).splitlines():
        level, _, block, par, _, _, *sides, confidence, text = row.split("\t")
        left, top, width, height = map(int, sides)
        if level == "4":
            if words:
                yield FoundLine(tuple(words), box, begins)
            words, box = [], (left, top, left + width, top + height)
            begins, paragraph = f"{block} {par}" != paragraph, f"{block} {par}"
        elif level == "5" and (text := normalise(text)):
            sure = max(float(confidence), 1.0)  # 0 is that of a figure in doubt
            words.append(FoundWord(text, sure, (left, top, left + width, top + height)))
    if words:
        yield FoundLine(tuple(words), box, begins)


def figures(picture: "Image", within: Box) -> tuple[str, float]:
    """The figures and their signs that a part of the picture shows as one word, and their confidence.

    From left to right; "" with the confidence 0 where there are none, or no data of a language with them.
    """
    if not has_data(_FIGURES):
        return "", 0.0
    engine = _engine(_FIGURES, "SINGLE_WORD")
    engine.SetVariable("tessedit_char_whitelist", "0123456789.,:/-–%()")
    engine.SetImage(picture.crop(within))
    return normalise(engine.GetUTF8Text()), float(engine.MeanTextConf())
