"""Pages that are pictures, and recognisers that know what is on them by their grey."""

import io
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from ingest.recognised import RecognisedPage, Word, WordLine

GREYS = {  # of a page: what is written on it
    200: "The mill was built in 1877 by the town council.",
    160: "The bridge was closed for repairs in the winter of 1903.",
    120: "The ferry carried four hundred passengers a day.",
    0: "",
}
_CRASHES = 40


def page_of(text: str, confidence: int = 90) -> RecognisedPage:
    """A recognised page of one line, its words side by side at the top."""
    words = text.split()
    wide = 1 / max(len(words), 1)
    line = tuple(
        Word(word, confidence, round(n * wide, 4), 0.1, round((n + 1) * wide, 4), 0.12)
        for n, word in enumerate(words)
    )
    return RecognisedPage((WordLine(line, True, 0.02),) if line else ())


@dataclass(frozen=True)
class GreyRecogniser:
    """Recognises what is written on each grey; each page that it is asked for is a line of the file `log`."""

    log: Path
    way: str = "grey 1"
    confidence: int = 90
    written: Mapping[int, str] = field(default_factory=lambda: GREYS)

    def recognise(self, picture: Image.Image) -> RecognisedPage:
        grey = round(picture.getpixel((picture.width // 2, picture.height // 2)), -1)
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"{grey}\n")
        if grey == _CRASHES:
            os._exit(3)
        return page_of(self.written[grey], self.confidence)

    def asked(self) -> list[int]:
        """The greys that it was asked for, in order, since the last time that this was asked."""
        greys = (
            [int(line) for line in self.log.read_text(encoding="utf-8").split()] if self.log.exists() else []
        )
        self.log.unlink(missing_ok=True)
        return sorted(greys)


class SlowRecogniser(GreyRecogniser):
    """Recognises no page until the file `let` beside its log is there."""

    def recognise(self, picture: Image.Image) -> RecognisedPage:
        page = super().recognise(picture)
        while not self.log.with_name("let").exists():
            time.sleep(0.05)
        return page


def scan(file: Path, greys: Sequence[int]) -> Path:
    """A file of pages that are pictures, of these greys, in the format of its name."""
    pages = [Image.new("L", (85, 110), grey) for grey in greys]
    more = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(file, **more)
    return file


def encoded(picture: Image.Image, kind: str) -> bytes:
    """The picture as a file of this format."""
    data = io.BytesIO()
    picture.save(data, kind)
    return data.getvalue()
