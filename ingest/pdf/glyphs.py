"""The characters of a PDF's page as they are drawn, each with its place and type, by PDFium.

PDFium is not thread-safe: one thread of a process uses it.
"""

import ctypes
import math
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium  # it has no types: its documents and pages are Any

from ingest.characters import LRO, POP, RLO

_BOLD = re.compile(r"bold|semibold|black|heavy|-medi\b|demi", re.IGNORECASE)
_PICTURES = re.compile(r"dingbats|wingdings|webdings", re.IGNORECASE)
_BULLET = "•"  # stands for what a font of pictures shows, and the unused code 127 of the usual encoding
_HYPHENS = ("\x02", "\ufffe", "\u00ad")  # what PDFium has for one at the end of a line, and fonts
_ALEFS = "اأإآٱ"
_LEVEL = 0.02  # radians that a line that is not turned may slope
_BREAKS = "\r\n"
_OBLIQUE = 0.05  # cosine times sine of an angle that is not nearly a right one
_USUAL = 0.55  # sizes that a glyph is wide
_NAME = 200  # bytes of a font's name that are looked at


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as drawn, or a few that one shape stands for; all measures in points.

    They are those of its line, which runs over the page at `angle`, in radians: along it the glyph
    begins at `left` and the next one may at `right`; across it, upwards, `base` is the height of its
    baseline. On most pages these are the page's own x and y. `size` is that of its type. `apart` is
    true if a space is drawn before it, None where PDFium begins another line. `index` is PDFium's
    number of it, in the order of drawing.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    angle: float
    bold: bool
    apart: bool | None
    index: int


@dataclass(frozen=True, slots=True)
class _Type:
    """What the glyphs of one text object share; `cos` and `sin` are of their angle."""

    size: float
    angle: float
    cos: float
    sin: float
    bold: bool
    pictures: bool

    def end(self, left: float, room: Any) -> float:
        """Where along the line the room of the glyph that begins at `left`, a rectangle on the page, ends."""
        if abs(self.cos * self.sin) > _OBLIQUE:  # such a rectangle tells nothing of a slanting line
            return left + _USUAL * self.size
        wide, high = (room.left, room.right), (room.bottom, room.top)
        return float(max(x * self.cos for x in wide) + max(y * self.sin for y in high))

    def middle(self, left: float, right: float, bottom: float, top: float) -> float:
        """Where along the line the middle of a rectangle of the page is."""
        return (left + right) / 2 * self.cos + (bottom + top) / 2 * self.sin


def _plain(function: Any, result: Any, *given: Any) -> Callable[..., Any]:
    """The C function taking addresses for pointers, which needs no objects around them."""
    return ctypes.CFUNCTYPE(result, *given)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_ADDRESS, _INT = ctypes.c_void_p, ctypes.c_int
_object_at = _plain(pdfium.FPDFText_GetTextObject, _ADDRESS, _ADDRESS, _INT)
_code_at = _plain(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _ADDRESS, _INT)
_origin_at = _plain(pdfium.FPDFText_GetCharOrigin, _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS)
_room_at = _plain(pdfium.FPDFText_GetLooseCharBox, _INT, _ADDRESS, _INT, _ADDRESS)
_font_of = _plain(pdfium.FPDFTextObj_GetFont, _ADDRESS, _ADDRESS)
_name_of = _plain(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, _ADDRESS, _ADDRESS, ctypes.c_size_t)


def glyphs_of(page: Any) -> list[Glyph]:
    """The page's visible characters in the order in which they are drawn; spaces are no glyphs.

    Those that the page shows turned follow the others, from the top of their lines down: PDFium sorts what
    it takes for one line. `page` is pypdfium2's.
    """
    text = _Text(page)
    drawn: list[Glyph] = []
    apart: bool | None = False
    for index in range(text.length):
        character = text.character(index)
        if character in (RLO, LRO, POP):
            continue  # what it turns is drawn turned
        if not character or character.isspace():
            apart = None if apart is None or character in _BREAKS else True
            continue
        glyph = text.glyph(index, character, apart)
        if drawn and not apart and text.is_of_same_shape:
            last = drawn.pop()
            left, right = min(last.left, glyph.left), max(last.right, glyph.right)
            glyph = replace(last, text=last.text + character, left=left, right=right)
        drawn.append(glyph)
        apart = False
    return _with_turned_last(list(_with_letters_in_order(drawn)), math.radians(page.get_rotation()))


def _with_turned_last(drawn: list[Glyph], shown: float) -> list[Glyph]:
    """The glyphs, those last whose line does not run at the angle of what the page shows level."""
    turned = [glyph for glyph in drawn if abs(math.remainder(glyph.angle - shown, math.tau)) > _LEVEL]
    if not turned:
        return drawn
    known = set(turned)
    level = [glyph for glyph in drawn if glyph not in known]
    return [*level, *sorted(turned, key=lambda glyph: (glyph.angle, -glyph.base, glyph.left))]


class _Text:
    """The characters of a page as PDFium gives them, by index."""

    def __init__(self, page: Any) -> None:
        self._text = page.get_textpage()
        self.length: int = self._text.count_chars()
        self.is_of_same_shape = False  # the last two glyphs are: they have one place
        self._address = ctypes.cast(self._text.raw, ctypes.c_void_p).value
        self._x, self._y, self._room = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        self._edges = [ctypes.c_double() for _ in range(4)]  # left, right, bottom, top
        self._to = [ctypes.addressof(each) for each in (self._x, self._y, self._room)]
        self._traits = cache(_font_traits)
        self._owner: int | None = None
        self._type = _Type(0.0, 0.0, 1.0, 0.0, False, False)

    def character(self, index: int) -> str:
        """What is drawn there; "" where nothing is, but PDFium puts a space or a line break."""
        code = _code_at(self._address, index)
        return chr(code) if 0 < code <= sys.maxunicode else "\ufffd" * bool(code)

    def glyph(self, index: int, character: str, apart: bool | None) -> Glyph:
        """The character as it is drawn."""
        kind = self._type_at(index)
        before = self._x.value, self._y.value
        _origin_at(self._address, index, *self._to[:2])
        _room_at(self._address, index, self._to[2])
        x, y = self._x.value, self._y.value
        self.is_of_same_shape = (x, y) == before
        left, right, base = x, self._room.right, y
        if kind.angle:
            left, base = x * kind.cos + y * kind.sin, y * kind.cos - x * kind.sin
            right = kind.end(left, self._room)
        if is_mark(character):
            pdfium.FPDFText_GetCharBox(self._text, index, *self._edges)
            left = right = kind.middle(*(edge.value for edge in self._edges))
        shown = _shown(character, kind)
        return Glyph(shown, left, right, base, kind.size, kind.angle, kind.bold, apart, index)

    def _type_at(self, index: int) -> _Type:
        owner = _object_at(self._address, index)
        if owner and owner != self._owner:  # PDFium's own characters have none
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(self._text, index, matrix)
            height = pdfium.FPDFText_GetFontSize(self._text, index) * math.hypot(matrix.c, matrix.d)
            angle = round(math.atan2(matrix.b, matrix.a), 2)
            traits = self._traits(_font_of(owner))
            self._owner = owner
            self._type = _Type(round(height, 1), angle, math.cos(angle), math.sin(angle), *traits)
        return self._type


def _font_traits(font: int | None) -> tuple[bool, bool]:
    """True if the font is bold; true if it holds pictures."""
    name = ctypes.create_string_buffer(_NAME)
    _name_of(font, ctypes.addressof(name), _NAME)
    said = name.value.decode("latin-1")
    return bool(_BOLD.search(said)), bool(_PICTURES.search(said))


def _with_letters_in_order(drawn: Sequence[Glyph]) -> Iterator[Glyph]:
    """The glyphs, those that stand for several characters with these as they are written."""
    for before, glyph, after in zip([None, *drawn], drawn, [*drawn, None][1:], strict=False):
        if len(glyph.text) == 1 or glyph.text.isascii():
            yield glyph
        else:
            onwards = after and not after.apart and after.left > glyph.left
            turned = onwards or (before and not glyph.apart and before.left < glyph.left)
            yield replace(glyph, text=letters_in_order(glyph.text, bool(turned)))


def letters_in_order(text: str, turned: bool) -> str:
    """Letters of one shape as they are written, marks behind them.

    PDFium turns some words of right-to-left script around, which then go on to the right, and so does it
    the letters of a shape in them. Lam and alef have one shape in all fonts, and lam comes first.
    """
    marks = [character for character in text if is_mark(character)]
    letters = [character for character in text if not is_mark(character)]
    if set(letters) <= {"ل", *_ALEFS}:
        letters.sort(key="ل".__ne__)
    elif turned and letters and unicodedata.bidirectional(letters[0]) in ("R", "AL"):
        letters.reverse()
    return "".join(letters + marks)


def is_mark(character: str) -> bool:
    """True if it stands over or under another: an accent, a vowel's mark."""
    return not character.isascii() and unicodedata.category(character)[0] == "M"


def _shown(character: str, kind: _Type) -> str:
    if kind.pictures or character == "\x7f":
        return _BULLET
    return "-" if character in _HYPHENS else character
