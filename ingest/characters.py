"""Characters as they should have been stored: spaces, ligatures, presentation forms, controls.

Nothing here changes a word: the same letters come out, in the code points that a keyboard types.
"""

import re
import unicodedata

_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_ARABIC_FORMS = {
    code: unicodedata.normalize("NFKC", chr(code)).strip()
    for start, end in ((0xFB50, 0xFE00), (0xFE70, 0xFEFD))
    for code in range(start, end)
    if unicodedata.category(chr(code)) == "Lo"
}
# Soft hyphen, zero-width space and joiner, byte order mark, direction marks: seen by nobody. The
# zero-width non-joiner (U+200C) stays: Persian spells with it.
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
# What turns the letters behind it: from right to left, from left to right; and what ends that.
RLO, LRO, POP = "\u202e", "\u202d", "\u202c"
_OVERRIDE = re.compile(f"([{RLO}{LRO}])([^{RLO}{LRO}{POP}]*){POP}?|{POP}")
_AGAINST = {RLO: {"L", "EN"}, LRO: {"R", "AL"}}  # the bidirectional classes that it turns
_CONTROLS = dict.fromkeys(code for code in [*range(0x20), *range(0x7F, 0xA0)] if not chr(code).isspace())
_TABLE = {**_LIGATURES, **_ARABIC_FORMS, **_INVISIBLE, **_CONTROLS}
_TURNED = {code: letter for code, letter in _TABLE.items() if chr(code) not in RLO + LRO + POP}
_SPACES = re.compile(r"\s+")
_SURROGATE = re.compile(r"[\uD800-\uDFFF]")
_ARABIC = re.compile(r"[\u0600-\u06FF\u0750-\u077F\u08A0-\u08FF]")
_RAISED = str.maketrans(
    "0123456789٠١٢٣٤٥٦٧٨٩+-−–=()abcdefghijklmnoprstuvwxyz",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
# What `superscript` writes: a note's mark, or a power.
SUPERSCRIPT = f"[{''.join(sorted({chr(code) for code in _RAISED.values()}))}]"
RAISED_FIGURE = "[⁰¹²³⁴-⁹]"  # of a note's mark
# Chinese, Japanese and Thai, which put no spaces between words.
UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")


def normalise(text: str) -> str:
    """The text on one line, with single spaces and without invisible characters.

    Ligatures and Arabic presentation forms become their letters and the whole is NFC. NFKC is not
    applied to the rest: it would turn "½" into "1⁄2" and a superscript into a digit. Surrogates, which
    a PDF may hold and no file can, become the character that they pair to, or U+FFFD. What turns letters
    stays, closed, where it does: "invoice⟨RLO⟩fdp.exe" is read as it is shown, "invoiceexe.pdf".
    """
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    table = _TABLE
    if RLO in text or LRO in text:
        text, table = _OVERRIDE.sub(_override, text), _TURNED
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text.translate(table))).strip()


def _override(found: re.Match[str]) -> str:
    """What an override holds, within it if that turns any of it."""
    control, held = found[1], found[2] or ""
    turned = control and any(unicodedata.bidirectional(each) in _AGAINST[control] for each in held)
    return f"{control}{held}{POP}" if turned else held


def turned(text: str, direction: str) -> str:
    """The text as `<bdo>` shows it: its letters from right to left, "rtl", or from left to right."""
    return f"{RLO if direction == 'rtl' else LRO}{text}{POP}"


def superscript(text: str) -> str:
    """Raised text as it is kept: figures and single letters by their superscripts, all else as it is.

    `superscript("12") -> "¹²"`, `superscript("a") -> "ᵃ"`, `superscript("th") -> "th"`.
    """
    letters = sum(map(str.isalpha, text))
    return text if letters > 1 else text.translate(_RAISED)


def subscript(text: str) -> str:
    """Lowered text as it is kept: `subscript("2") -> "₂"`; letters stay as they are."""
    return text.translate(_LOWERED)


def is_arabic(text: str) -> bool:
    """True if most of the text's letters are of the Arabic script."""
    letters = "".join(filter(str.isalpha, text))
    return len(_ARABIC.findall(letters)) * 2 > len(letters)


def word_count(text: str) -> int:
    """How many words the text has; of a script that parts none, two characters count as one."""
    return len(text.split()) + len(UNSPACED.findall(text)) // 2
