"""List numbers as word processors and browsers print them."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ALPHABETS = {
    "letter": "abcdefghijklmnopqrstuvwxyz",
    "abjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "alpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
}
_STYLES = {  # what HTML, DrawingML and WordprocessingML call them
    "a": "letter", "A": "LETTER", "i": "roman", "I": "ROMAN",
    "alphaLc": "letter", "alphaUc": "LETTER", "romanLc": "roman", "romanUc": "ROMAN",
    "lowerLetter": "letter", "upperLetter": "LETTER", "lowerRoman": "roman", "upperRoman": "ROMAN",
    "arabicAbjad": "abjad", "arabicAlpha": "alpha", "arabic1Minus": "alpha", "arabic2Minus": "abjad",
}  # fmt: skip


def ordinal(number: int, style: str) -> str:
    """The number in the style of that name, "iv" or "d"; plain digits in a style not known here."""
    kind = _STYLES.get(style, "")
    if number < 1 or number > 3999 or not kind:
        return f"{number:02}" if style == "decimalZero" else str(number)
    if kind.lower() == "roman":
        text, rest = "", number
        for value, letters in _ROMAN:
            text += letters * (rest // value)
            rest %= value
    else:
        alphabet = _ALPHABETS[kind.lower()]
        times, index = divmod(number - 1, len(alphabet))
        text = alphabet[index] * (times + 1)
    return text.upper() if kind.isupper() else text
