"""Dates: as precise as the file gives them, or none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import iso_date


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("2021", "2021"),
        ("2021-03", "2021-03"),
        (" 2021-03-04\n", "2021-03-04"),
        ("2021-03-04T23:59:59-08:00", "2021-03-04"),
        ("2021-03-04 10:15", "2021-03-04"),
        ("2021-03-04Z", "2021-03-04"),
        ("2021-03-04+03:00", "2021-03-04"),
        ("20210304T101530Z", "2021-03-04"),
        ("D:2021", "2021"),
        ("D:202103", "2021-03"),
        ("D:20210304101530+03'00'", "2021-03-04"),
        ("20210304101530Z", "2021-03-04"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_given(given: str, meant: str) -> None:
    """A year stays a year; the time and its zone do not move the day."""
    assert iso_date(given) == meant


@pytest.mark.parametrize(
    "given",
    [
        *(None, "", "   ", "D:", "soon", "4 March 2021", "March 2021", "04/03/2021", "03-04-2021"),
        *("2021-3-4", "2021-13", "2021-02-30", "2023-02-29", "20210230", "2021-2022", "2021-03-04 to 05"),
        *("2021-", "2021-03-", "20213", "202103041", "2021-03-041", "D:191000304", "٢٠٢١", "2021٠٣"),
        *("0000", "0101-01-01T00:00:00+00:00", "0001-01-01", "3021-01-01", "IndirectObject(5, 0, 1)"),
    ],
)
def test_what_is_no_date_is_none(given: str | None) -> None:
    """Nothing is guessed: not of a damaged date, nor of one whose order of day and month is open."""
    assert iso_date(given) is None


@pytest.mark.parametrize("given", ["2013-12-23T23:15:00Z", "2013-01-27T09:14:16Z", "D:20000101000000+00'00'"])
def test_a_programs_own_date_is_none(given: str) -> None:
    """What python-docx, python-pptx and ReportLab put into every file says nothing of one."""
    assert iso_date(given) is None


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)), st.times())
def test_every_day_survives_both_spellings(day: date, time: object) -> None:
    """A day comes back from ISO 8601 and from PDF as the same day."""
    assert iso_date(f"{day.isoformat()}T{time}") == day.isoformat()
    assert iso_date(f"D:{day:%Y%m%d}101530Z") == day.isoformat()


@given(st.text(alphabet="D:-+TZ 0123459", max_size=16) | st.text())
def test_no_text_is_an_error(text: str) -> None:
    """Whatever the text, the date is one of the calendar or none."""
    found = iso_date(text)
    if found is not None:
        assert date.fromisoformat(f"{found}-01-01"[:10])
