"""From a text file's bytes to its characters, with a word for the ledger where some are lost."""

import codecs
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from ingest.errors import ReadError
from ingest.reasons import Reason

_BOMS = (  # UTF-32 before UTF-16: the mark of the one begins with that of the other
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers read these names as; Python's codecs of the same names are narrower.
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "shift_jis": "cp932"}
_GUESSED = "cp1251 koi8_r cp1253 cp1255 iso8859_6 gb18030 big5 cp932 euc_jp cp949".split()
_CONTROL_BYTES = bytes(byte for byte in range(32) if byte not in (9, 10, 12, 13, 26, 27))
_CONTROL = re.compile(f"[{re.escape(_CONTROL_BYTES.decode())}]")
_BAD_BYTE = re.compile("[\udc80-\udcff]")  # how "surrogateescape" writes a byte that is not UTF-8
_ARABIC = re.compile("[\u0600-\u06ff]")
_WORD = re.compile("(?:[^\\W\\d_]|[\u0640\u064b-\u0652])+")
_GUESS_ON = 200_000  # bytes that a guess of the encoding looks at


def decode(data: bytes, declared: str | None = None) -> tuple[str, Reason | None]:
    """The text, and a reason for the ledger if some of the bytes could not be decoded.

    A byte order mark decides; then UTF-8, if all of it is valid; then UTF-16, if zero bytes show
    it; then `declared`, the name of an encoding that the file gives itself (before UTF-8 where there
    are escapes, as in ISO-2022-JP); then mostly valid UTF-8, whose bad bytes become U+FFFD and are
    counted in the reason; then the old encodings.

    Raises:
        ReadError: the data is not text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_marked(data[len(bom) :], encoding, len(bom))
    if b"\0" in data:
        return _decode_utf16(data), None
    if len(data.translate(None, _CONTROL_BYTES)) < 0.95 * len(data):
        raise ReadError(Reason("binary"))
    for candidate in (declared, "utf-8") if b"\x1b" in data else ("utf-8", declared):
        text = _strictly(data, candidate)
        if text is not None:
            return text, None
    escaped = data.decode("utf-8", "surrogateescape")
    bad = len(_BAD_BYTE.findall(escaped))
    if len(data) - sum(map(str.isascii, escaped)) > 2 * bad:
        return _replaced(escaped, bad)
    text = _strictly(data, _old_encoding(data))
    return (text, None) if text is not None else _replaced(escaped, bad)


def _strictly(data: bytes, encoding: str | None) -> str | None:
    """The data in that encoding, None if it is not valid in it or the encoding is unknown."""
    if encoding is None:
        return None
    try:
        name = codecs.lookup(encoding).name
        return data.decode(_WIDER.get(name, name))
    except (LookupError, UnicodeError):
        return None


def _replaced(escaped: str, bad: int) -> tuple[str, Reason]:
    """UTF-8 with U+FFFD for each of its bad bytes, and the reason that counts them."""
    match = _BAD_BYTE.search(escaped)
    first = len(escaped[: match.start()].encode()) if match else 0
    return _BAD_BYTE.sub("\ufffd", escaped), Reason("bad_bytes", n=bad, encoding="UTF-8", first=first)


def _decode_marked(data: bytes, encoding: str, skipped: int) -> tuple[str, Reason | None]:
    """Data behind a byte order mark of `skipped` bytes."""
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError as error:
        first = skipped + error.start
    text = data.decode(encoding, "replace")
    name = encoding.upper()[:6].rstrip("-")
    return text, Reason("bad_characters", n=text.count("\ufffd"), encoding=name, first=first)


def _decode_utf16(data: bytes) -> str:
    """UTF-16 without a mark, told by its upper bytes: those of Latin (0) and Arabic (6) letters."""
    even, odd = data[::2], data[1::2]
    for encoding, upper, lower in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        known = upper.count(0) + upper.count(6)
        text = _strictly(data, encoding) if known > 0.7 * len(upper) and 20 * lower.count(0) < known else None
        if text is not None and not _CONTROL.search(text):
            return text
    raise ReadError(Reason("binary"))


def _old_encoding(data: bytes) -> str | None:
    """Windows-1256, Windows-1252 or, where the text is in neither script, a guess.

    Windows-1256 keeps the commonest French letters where Windows-1252 has them and puts Arabic
    letters in place of the others. Read as Windows-1256, Arabic text therefore gives words wholly
    of Arabic letters, and Western text gives Arabic letters amid Latin ones, as no language does.
    """
    text = data[:_GUESS_ON].decode("cp1256")
    latin = sum(letter.isascii() and letter.isalpha() for letter in text)
    arabic = mixed = 0
    for word, letters in _arabic_words(text):
        if letters < len(word):
            mixed += letters
        elif letters > 1 or not latin:
            arabic += letters
    if arabic > 4 * mixed:
        return "cp1256"
    if latin > len(_ARABIC.findall(text)):
        return "cp1252"
    guess = from_bytes(data[:_GUESS_ON], cp_isolation=_GUESSED).best()
    return guess.encoding if guess is not None else "cp1252"


def _arabic_words(text: str) -> Iterator[tuple[str, int]]:
    """The words with Arabic letters in them, and how many."""
    for match in _WORD.finditer(text):
        letters = len(_ARABIC.findall(match[0]))
        if letters:
            yield match[0], letters
