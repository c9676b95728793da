"""Which language the web chat opens in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.phrases.languages import LANGUAGES, language_of


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        ("", "en"),
        ("ar", "ar"),
        ("AR-eg", "ar"),
        ("ar-IQ,en;q=0.5", "ar"),
        ("en;q=0.5, ar;q=0.8", "ar"),
        ("en,ar", "en"),
        ("ar;q=0.3,en;q=0.7", "en"),
        ("ckb,ar;q=0.7,en;q=0.3", "ar"),
        ("fr, *;q=0.1", "en"),
        ("ar;q=0", "en"),
        ("ar;q=x", "en"),
    ],
)
def test_the_browser_is_followed(accepted: str, code: str) -> None:
    """The language of the highest weight among those there are; English where none of them is accepted."""
    assert language_of(None, accepted).code == code


def test_a_choice_outweighs_the_browser() -> None:
    """What was chosen once stays; a language that is not there counts for nothing."""
    assert language_of("ar", "en").code == "ar"
    assert language_of("en", "ar").code == "en"
    assert language_of("xx", "ar").code == "ar"


@given(st.text())
def test_any_header_has_a_language(accepted: str) -> None:
    """Whatever a client sends, a page is shown."""
    assert language_of(None, accepted) in LANGUAGES
