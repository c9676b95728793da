"""Characters of fonts that are all symbols, which Office files keep by the font's own numbers."""

_PRIVATE = 0xF000  # what Office adds to a number
_SYMBOL = {
    **{at: chr(at) for at in (*range(0x25, 0x27), *range(0x28, 0x2A), *range(0x2B, 0x40))},
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **dict(zip(range(0xA1, 0xC0), "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵", strict=True)),
    **dict(zip(range(0xC0, 0xE0), "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓", strict=True)),
    0xE5: "∑",
    0xF2: "∫",
}
_WINGDINGS = dict(zip(b"\x6f\x71\xa7\xa8\xe0\xfb\xfc\xfd\xfe", "□❑▪◻→✗✓☒☑", strict=True))
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def as_printed(text: str, font: str) -> str:
    """The text in Unicode, "°" for U+F0B0 in the font Symbol; what is not known stays as it is."""
    known = _FONTS.get(font.lower())
    return text.translate({_PRIVATE + at: sign for at, sign in known.items()}) if known else text


def symbol(code: str, font: str) -> str:
    """The sign with that hexadecimal number, a space where it is not known: "°" for F0B0 in Symbol."""
    return _FONTS.get(font.lower(), {}).get(int(code, 16) % 0x100, " ")
