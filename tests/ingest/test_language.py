"""A language is named where the text is long enough to tell, or the script tells it."""

import pytest

from ingest.language import language_of

ENGLISH = (
    "The committee published its report on water policy in the spring, and the ministry answered each "
    "of its recommendations in turn. Most of them were accepted, although the budget for the work was "
    "not settled then."
)
FRENCH = (
    "Le comité a publié son rapport sur la politique de l’eau au printemps, et le ministère a répondu à "
    "chacune de ses recommandations. La plupart ont été acceptées, mais le budget des travaux n’a pas "
    "encore été fixé alors."
)
ARABIC = (
    "نشرت اللجنة تقريرها عن سياسة المياه في الربيع وأجابت الوزارة عن كل توصية من توصياتها على حدة، "
    "وقد قبلت معظم هذه التوصيات مع أن ميزانية الأعمال لم تحدد بعد في ذلك الوقت، "
    "ثم عرض التقرير على البرلمان لمناقشته والتصويت عليه."
)


@pytest.mark.parametrize(("text", "code"), [(ENGLISH, "en"), (FRENCH, "fr"), (ARABIC, "ar")])
def test_long_text_names_its_own_language(text: str, code: str) -> None:
    """From 200 characters on the document's language has no say."""
    assert len(text) >= 200
    assert language_of(text, "de") == code


def test_short_text_takes_the_documents_language() -> None:
    """Below 200 characters a guess says little, so the document's language stands."""
    assert language_of("Conclusion", "fr") == "fr"


def test_short_arabic_is_arabic_in_a_latin_document() -> None:
    """The script tells it: a footnote in Arabic is not English; in a Persian document it may be Persian."""
    assert language_of("تعرف على حظوظ ترامب", "en") == "ar"
    assert language_of("سیاست آب", "fa") == "fa"
    assert language_of("پانی کی پالیسی", "ur") == "ur"


@pytest.mark.parametrize("text", ["", "2013", "… 21: 4 –"])
def test_text_without_letters_has_no_language(text: str) -> None:
    """Nothing is guessed from figures."""
    assert language_of(text, "und") == "und"


def test_short_document_is_guessed() -> None:
    """A whole document that is short still gets a language rather than none."""
    assert language_of("The committee has published its report on water.", "und") == "en"
