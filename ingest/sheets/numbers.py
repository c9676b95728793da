"""Numbers as a spreadsheet shows them: number formats (ECMA-376 part 1, 18.8.30 and 18.8.31)."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

# The formats that have a number instead of a code. Dates among them that are shown as each reader's
# system has them are in ISO 8601 here.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)", 41: "#,##0;-#,##0;-",
    42: "#,##0;-#,##0;-", 43: "#,##0.00;-#,##0.00;-", 44: "#,##0.00;-#,##0.00;-", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<said>[^"]*)"?|\\(?P<sign>.)|[_*].|\[\$(?P<money>[^\]-]*)[^\]]*\]'
    r"|\[(?P<total>h+|m+|s+)\]|\[(?P<test>[<>=]+-?\d+(?:\.\d+)?)\]|\[[^\]]*\]"
    r"|(?P<day>AM/PM|A/P|y+|m+|d+|h+|s+)|(?P<digits>[0#?][0#?,.]*(?:/[0#?\d]+)?|\.[0#?]+|E[+-]0+)|(?P<other>.)",
    re.I | re.S,
)
_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MOST = 1e15  # a double has no more digits
_EXACT = Context(prec=400)  # digits: more than any format asks for
_LAST_DAY = 2_958_465  # 9999-12-31
_TESTS = {1: ("",), 2: (">=0", ""), 3: (">0", "<0", "")}  # of sections that name none, by their number
_GENERAL = re.compile("general", re.I)
_SAID = ("said", "sign", "money", "other")  # tokens that stand for themselves
Token = tuple[str, str]  # the name of its group, what it holds


def shown(stored: str, code: str, base_1904: bool = False) -> str:
    """The number as the format shows it: "0.125" by "0.0%" is "12.5%", "45000" by "d.m.yy" is "15.3.23".

    What is no number, or beyond what a cell shows in digits, stays as it is stored.
    """
    try:
        value = float(stored)
    except ValueError:
        return stored
    if not abs(value) < _MOST:
        return stored
    parts, sign = _part(value, code)
    if any(kind in ("day", "total") for kind, _ in parts):
        return _moment(value, parts, base_1904)
    if any(kind == "digits" for kind, _ in parts):
        figure = _figure(abs(value), parts)
        return (sign + figure).strip() if re.search("[1-9]", figure) else figure.strip()
    literal = "".join(text for kind, text in parts if kind in _SAID)
    filled = _GENERAL.sub(lambda _: general(abs(value)), literal)
    return sign + filled if filled != literal else literal


def general(value: float) -> str:
    """The number as it is: 12.0 is "12", a third is "0.3333333333"."""
    if value == int(value):
        return str(int(value))
    return f"{value:.10g}".replace("e", "E")


@lru_cache(maxsize=256)
def _parts(code: str) -> tuple[tuple[Token, ...], ...]:
    """The tokens of each section: of what is above 0, below, 0."""
    sections: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "blank"
        if match[0] == ";":
            sections.append([])
        else:
            sections[-1].append((kind, match[kind] if match.lastgroup else ""))
    return tuple(map(tuple, sections))


def _part(value: float, code: str) -> tuple[Sequence[Token], str]:
    """The section that is for the value, and the sign before what it gives."""
    sections = _parts(code)
    given = [next((text for kind, text in section if kind == "test"), "") for section in sections]
    tests = given if any(given) else _TESTS[min(len(sections), 3)]
    fitting = (part for part, test in zip(sections, tests, strict=False) if not test or _holds(value, test))
    return next(fitting, sections[-1]), "-" if value < 0 and (any(given) or len(sections) == 1) else ""


def _holds(value: float, test: str) -> bool:
    bound = float(test.lstrip("<>="))
    return (
        ("<" in test and value < bound) or (">" in test and value > bound) or ("=" in test and value == bound)
    )


def _figure(value: float, parts: Sequence[Token]) -> str:
    """A number of 0 or more in the section's digits, with what stands around them."""
    percent = parts.count(("other", "%"))
    filled = iter(
        _digits(Decimal(f"{value:.15g}") * 100**percent, [text for kind, text in parts if kind == "digits"])
    )
    return "".join(
        next(filled) if kind == "digits" else text for kind, text in parts if kind in (*_SAID, "digits")
    )


def _digits(number: Decimal, given: Sequence[str]) -> list[str]:
    """The number in place of each run of digits."""
    digits = given[0].rstrip(",")
    number /= 1000 ** (len(given[0]) - len(digits))
    if "/" in given[-1]:
        return [""] * (len(given) - 1) + [_fraction(number, given[-1])]
    if given[-1][0] in "Ee":
        mantissa, _, exponent = f"{number:.{len(digits.partition('.')[2])}E}".partition("E")
        return [mantissa, f"E{exponent[0]}{exponent[1:].zfill(len(given[-1]) - 2)}", *[""] * len(given)]
    return _masked(f"{number:.0f}", given) if len(given) > 1 else [_fixed(number, digits)]


def _masked(number: str, groups: Sequence[str]) -> list[str]:
    """The digits shared out among the groups of "000-00-0000", from the right."""
    filled: list[str] = []
    for group in reversed(groups[1:]):
        number = number.zfill(len(group) if "0" in group else 0)
        filled.insert(0, number[-len(group) :])
        number = number[: -len(group)]
    return [number.zfill(groups[0].count("0")), *filled]


def _fixed(number: Decimal, digits: str) -> str:
    """The number in digits like "#,##0.0#": rounded half up, not beyond the places that are given."""
    whole, _, places = digits.partition(".")
    rounded = number.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP, _EXACT)
    front, _, back = f"{rounded:f}".partition(".")
    front = front.zfill(whole.count("0")) if front != "0" or "0" in whole else ""
    if "," in whole:
        front = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", front)
    least = len(places.rstrip("#?"))
    back = back[:least] + back[least:].rstrip("0")
    return f"{front}.{back}" if back else front


def _fraction(number: Decimal, digits: str) -> str:
    """The number as "1 1/2", in parts as small as "# ?/?" lets them be, or in those that "# ?/16" names."""
    below = digits.rpartition("/")[2]
    near = (
        Fraction(round(number * int(below)), int(below))
        if below.isdecimal() and below.strip("0")
        else Fraction(number).limit_denominator(10 ** len(below) - 1)
    )
    whole, rest = divmod(near, 1)
    if not rest:
        return str(whole)
    return f"{whole} {rest}" if whole else str(rest)


def _moment(value: float, parts: Sequence[Token], base_1904: bool) -> str:
    """A date, a time or a length of time."""
    if not 0 <= value <= _LAST_DAY:
        return general(value)
    days = value + (1462 if base_1904 else 0)
    seconds = Decimal(round(days * 86_400_000)) / 1000
    if not any(kind == "digits" for kind, _ in parts):  # no parts of a second
        seconds = seconds.quantize(Decimal(1), ROUND_HALF_UP)
    # Day 60 is 29 February 1900, which there was not.
    at = datetime(1899, 12, 31 if days < 60 else 30) + timedelta(seconds=float(seconds))
    units = list(_units(parts))
    hour = (at.hour - 1) % 12 + 1 if "a" in dict(units) else at.hour
    return "".join(_of(unit, text, at, seconds, hour) for unit, text in units).strip()


def _units(parts: Sequence[Token]) -> Iterator[Token]:
    """The tokens, those of dates and times by their first letter: "m" for a month, "n" for a minute."""
    before = ""
    for n, (kind, text) in enumerate(parts):
        unit = text[0].lower() if kind == "day" else kind
        if unit == "m" and len(text) < 3:
            after = next((one[0].lower() for key, one in parts[n + 1 :] if key in ("day", "total")), "")
            unit = "n" if before == "h" or after == "s" else "m"
        if kind in ("day", "total"):
            before = text[0].lower()
        yield unit, text


def _of(unit: str, text: str, at: datetime, seconds: Decimal, hour: int) -> str:
    """What stands in the place of a token of a date or a time."""
    length = len(text)
    match unit:
        case "total":
            return str(int(seconds // {"h": 3600, "m": 60, "s": 1}[text[0].lower()])).zfill(length)
        case "digits":
            return f"{seconds % 1:.{len(text.strip('.'))}f}"[1:]
        case "a":
            return ("AM" if at.hour < 12 else "PM")[: 2 if length > 3 else 1]
        case "y":
            return f"{at.year}" if length > 2 else f"{at.year % 100:02}"
        case "m" | "d" if length > 2:
            name = _MONTHS[at.month - 1] if unit == "m" else _DAYS[at.weekday()]
            return name[: {3: 3, 5: 1}.get(length)]
        case "m" | "d" | "h" | "n" | "s":
            number = {"m": at.month, "d": at.day, "h": hour, "n": at.minute, "s": at.second}[unit]
            return f"{number:0{min(length, 2)}}"
    return text if unit in _SAID else ""
