"""A document's date, as its file gives it: a year, a month or a day in ISO 8601, or none."""

import re
from datetime import date

_ISO = re.compile(
    r"([12]\d{3})(?:-(\d\d)(?:-(\d\d)(?:[T ]\d\d:?\d\d.*|Z|[+-]\d\d:?\d\d)?)?)?", re.ASCII | re.DOTALL
)
_PDF = re.compile(r"(?:D:)?([12]\d{3})(?:(\d\d)(?:(\d\d)(?:(?:T?\d\d|[Z+-]).*)?)?)?", re.ASCII | re.DOTALL)
# Of the empty files that python-docx and python-pptx begin with, and of what ReportLab makes the same
# every time: they tell nothing of the document.
_PLACEHOLDERS = {"2013-12-23T23:15:00Z", "2013-01-27T09:14:16Z", "D:20000101000000+00'00'"}


def iso_date(text: str | None) -> str | None:
    """The date as "2021", "2021-03" or "2021-03-04", as precise as it was given.

    `text` is a date of ISO 8601, or of PDF (ISO 32000-1, 7.9.4), perhaps with a time, which is
    dropped: the day is that of the time zone in which it was written. None where there is no such
    date, where its year is not 1000 to 2999, or where a program put it into every file it makes.
    """
    given = (text or "").strip()
    match = _ISO.fullmatch(given) or _PDF.fullmatch(given)
    if match is None or given in _PLACEHOLDERS:
        return None
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part for part in (year, month, day) if part)
