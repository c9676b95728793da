"""Numbers, dates and times as a spreadsheet shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sheets.numbers import shown

ACCOUNTS = '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)'


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("12", "General", "12"),
        ("0.30000000000000004", "General", "0.3"),
        ("-1.5", "General", "-1.5"),
        ("4915112345678", "General", "4915112345678"),
        ("1E-10", "General", "1E-10"),
        ("2.5", "0", "3"),
        ("1.005", "0.00", "1.01"),
        ("-0.001", "0.00", "0.00"),
        ("7", "000", "007"),
        ("0.5", "0.0##", "0.5"),
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("1500000", '0.0,,"m"', "1.5m"),
        ("0.125", "0.0%", "12.5%"),
        ("12345", "0.00E+00", "1.23E+04"),
        ("0.00012", "0.0E-0", "1.2E-4"),
        ("1.5", "# ?/?", "1 1/2"),
        ("0.3125", "# ??/16", "5/16"),
        ("3", "# ?/?", "3"),
        ("12", '0 "kg"', "12 kg"),
        ("1234.5", "[$€-407] #,##0.00", "€ 1,234.50"),
        ("1234", "#,##0\\ €", "1,234 €"),
        ("5", "[Red]0.0", "5.0"),
        ("-5", "0;(0)", "(5)"),
        ("-5", "0.0", "-5.0"),
        ("-1234.5", ACCOUNTS, "(1,234.50)"),
        ("0", ACCOUNTS, "-"),
        ("0", "0;-0;;@", ""),
        ("150", '[>=100]"many";0', "many"),
        ("5", '[>=100]"many";0', "5"),
        ("5551234567", "[<=9999999]###-####;(###) ###-####", "(555) 123-4567"),
        ("78051120", "000-00-0000", "078-05-1120"),
        ("3", '"No. "General', "No. 3"),
    ],
)  # fmt: skip
def test_a_number_is_shown_by_its_format(stored: str, code: str, text: str) -> None:
    """The examples are those of the standard and of everyday sheets, worked by hand."""
    assert shown(stored, code) == text


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("45000", "d.m.yy", "15.3.23"),
        ("43831", "dd mmmm yyyy", "01 January 2020"),
        ("43831", "dddd, mmm d", "Wednesday, Jan 1"),
        ("43831.75", "yyyy-mm-dd hh:mm", "2020-01-01 18:00"),
        ("0.5", "h:mm AM/PM", "12:00 PM"),
        ("0", "h:mm A/P", "12:00 A"),
        ("1.25", "[h]:mm", "30:00"),
        ("0.0007002", "mm:ss.00", "01:00.50"),
        ("1", "yyyy-mm-dd", "1900-01-01"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("61", "yyyy-mm-dd", "1900-03-01"),
        ("2958465", "yyyy-mm-dd", "9999-12-31"),
        ("2958466", "yyyy-mm-dd", "2958466"),
        ("-1", "yyyy-mm-dd", "-1"),
    ],
)
def test_a_date_is_shown_by_its_format(stored: str, code: str, text: str) -> None:
    """Days are counted from 1900, where there was no 29 February though Excel has one."""
    assert shown(stored, code) == text


def test_days_may_be_counted_from_1904() -> None:
    """As old Excel for the Mac does; a file says so."""
    assert shown("0", "yyyy-mm-dd", base_1904=True) == "1904-01-01"


@given(st.floats() | st.integers(), st.text('0#?,./%E+-;[]<>=yMmdhsAP"\\_* General@$5', max_size=20))
def test_any_number_is_shown_by_any_format(value: float, code: str) -> None:
    """A format that is broken or of another program does no harm."""
    assert isinstance(shown(str(value), code), str)
    assert shown("no number", code) == "no number"
