"""Arabic of a PDF page in reading order: what its runs of text show, put back as it was written.

A PDF draws from left to right. pypdf turns each run of right-to-left letters around, which is right
where they are drawn as they are seen, but it leaves the runs of a line, and digits and brackets, as
drawn. Where two texts are drawn alike, the place stays as drawn and the page is said to be in doubt.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.characters import normalise
from ingest.pdf import bidi
from ingest.pdf.spelling import is_backwards, respelt
from ingest.reasons import Reason

_OF_RIGHT = re.compile(f"[{bidi.OF_RIGHT}]")
# What makes pypdf turn what follows around, and what ends that; all else goes with what is before it.
_TURNS = re.compile(r"[\u0590-\u065F\u066E-\u06EF\u06FA-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF]")
_ENDS_TURNING = re.compile(rf"[^\x00-/:-@\u2000-\u206F\u20A0-\u21FF{bidi.OF_RIGHT}]")
_SLACK = 3.0  # points by which a run may begin before the one before it


@dataclass(frozen=True, slots=True)
class TextRun:
    """Text of one direction as pypdf gives it; `x` is where it begins, in points along its line."""

    text: str
    x: float


@dataclass(frozen=True, slots=True)
class _Row:
    """The runs of one line; `turned` is true for each run that pypdf turned around."""

    runs: Sequence[TextRun]
    turned: Sequence[bool]

    @property
    def text(self) -> str:
        """The row as pypdf gives it."""
        return "".join(run.text for run in self.runs)

    @property
    def drawn(self) -> str:
        """The characters from left to right: pypdf's turning undone."""
        pairs = zip(self.runs, self.turned, strict=True)
        return "".join(run.text[::-1] if turned else run.text for run, turned in pairs)

    @property
    def with_figures_turned(self) -> str:
        """The row as pypdf gives it but for the Arabic figures that it turned around."""
        return "".join(
            bidi.ARABIC_FIGURES.sub(lambda match: match[0][::-1], run.text) if turned else run.text
            for run, turned in zip(self.runs, self.turned, strict=True)
        )

    @property
    def is_mixed(self) -> bool:
        """True if a run is of both directions, as pypdf makes of glyphs that stand for several characters."""
        return any(_TURNS.search(run.text) and _ENDS_TURNING.search(run.text) for run in self.runs)


def in_reading_order(rows: Sequence[Sequence[TextRun]]) -> tuple[list[str], Reason | None]:
    """The text of each row of a page as it was written, and why it may be another all the same.

    A row without Arabic characters stays as it is. The reason is None where nothing says so.
    """
    texts = ["".join(run.text for run in row) for row in rows]
    page = "\n".join(texts)
    if not bidi.has_arabic(page):
        return texts, None
    told = _with_turns(rows)
    order_doubt = None
    if is_backwards(page):  # drawn in the order of typing: the words were spelt so by pypdf's turning
        written = [row.text if row.is_mixed else row.drawn for row in told]
    else:
        written, order_doubt = _written_page(told, bidi.is_mostly_arabic(page))
    pairs = zip(texts, written, strict=True)
    lines, spelling_doubt = respelt([normalise(b) if _OF_RIGHT.search(a) else a for a, b in pairs])
    return lines, spelling_doubt or order_doubt


def _with_turns(rows: Sequence[Sequence[TextRun]]) -> list[_Row]:
    """The rows and which of their runs pypdf turned: punctuation goes with what is before it, of any row."""
    turned = False
    told: list[_Row] = []
    for row in rows:
        turns: list[bool] = []
        for run in row:
            turned = bool(_TURNS.search(run.text)) or (turned and not _ENDS_TURNING.search(run.text))
            turns.append(turned)
        told.append(_Row(row, turns))
    return told


def _written_page(rows: Sequence[_Row], arabic_page: bool) -> tuple[list[str], Reason | None]:
    """Each row as it was written, and what of their order is not certain.

    Where the pairs do not tell how brackets are stored they stay as they are.
    """
    plain = [_written(row, arabic_page, mirrored=False) for row in rows]
    mirrored = [_written(row, arabic_page, mirrored=True) for row in rows]
    bracketed = "\n".join(
        text for (text, _), (other, _) in zip(plain, mirrored, strict=True) if text != other
    )
    by_form = bidi.are_brackets_mirrored(bracketed) if bracketed else False
    doubt = None
    if not all(sure for _, sure in plain):
        doubt = Reason("order_in_doubt")
    elif by_form is None:
        doubt = Reason("brackets_in_doubt")
    return [text for text, _ in (mirrored if by_form else plain)], doubt


def _written(row: _Row, arabic_page: bool, mirrored: bool) -> tuple[str, bool]:
    """One row, each word and number as it was written, in that order; and True if that is certain.

    Runs of which most begin on the left of the one before were placed in order. Runs that follow each
    other from left to right were drawn as they are seen. A row of mixed runs tells nothing.
    """
    if not _OF_RIGHT.search(row.text):
        return row.text, True
    places = [run.x for run in row.runs if run.text.strip()]
    back = sum(before > after + _SLACK for before, after in pairwise(places))
    mostly_back = 2 * back > len(places) - 1
    if row.is_mixed:
        return row.text, mostly_back or len(places) == 1
    if back:
        return row.with_figures_turned, mostly_back
    return _written_as_seen(row.drawn, arabic_page, mirrored)


def _written_as_seen(drawn: str, arabic_page: bool, mirrored: bool) -> tuple[str, bool]:
    """A row drawn as it is seen: read from the right if page and row are mostly Arabic, else from the left.

    Where only one of the two is, that is not certain.
    """
    from_right, from_left = bidi.read_from_right(drawn, mirrored), bidi.read_from_left(drawn, mirrored)
    if from_right.strip() == from_left.strip():
        return from_right, True
    arabic_row = bidi.is_mostly_arabic(drawn)
    if arabic_page and arabic_row:
        return from_right, bidi.is_sure_from_right(drawn)
    return from_left, not (arabic_page or arabic_row) and bidi.is_sure_from_left(drawn)
