"""Spellings of one word meet in one term, and only those."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words.terms import (
    exact_terms,
    language_by_stop_words,
    language_of_text,
    pairs,
    question_terms,
    ranked_terms,
    terms,
)
from ingest.languages import BY_CODE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S. policies", "US policy"),
        ("Iran\u2019s nuclear programme", "iran nuclear programmes"),
        ("state-of-the-art", "State of the Art"),
        ("ﬁrst", "first"),  # a ligature
        ("２０２４", "2024"),  # full width
        ("٢٠٢٤", "2024"),
        ("۲۰۲۴", "2024"),
        ("الأَحْمَر", "الاحمر"),  # vowel marks and hamza
        ("مدرســـة", "مدرسه"),  # tatweel and taa marbuta
        ("المدرسة", "مدرسة"),
        ("والمدرسة", "مدرسة"),
        ("بالمدرسة", "مدرسة"),
        ("للمدرسة", "مدرسة"),
        ("المعلمون", "معلمين"),
        ("مستشفى", "مستشفي"),
        ("مدرستها", "مدرسة"),
        ("ومدرستهم", "المدرسة"),
        ("سلطاته", "السلطة"),
        ("العراقيون", "عراقي"),
        ("لبنانية", "اللبناني"),
        ("دولتين", "دولة"),
        ("العالقات األمريكية", "العلاقات الأمريكية"),  # lam-alef as some PDFs store it
        ("واإلمارات", "والإمارات"),
        ("اللاعبون", "لاعب"),
        ("\ufe8d\ufedf\ufecc\ufeae\ufe8d\ufed5", "العراق"),  # presentation forms
        ("Straße", "STRASSE"),
    ],
)
def test_spellings_of_a_word_are_one_term(one: str, other: str) -> None:
    """Case, width, vowel marks, articles and common endings make no difference."""
    assert terms(one, "en") == terms(other, "en") != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("running runners", ["run", "runner"]),
        ("كتب الكتاب", ["كتب", "كتاب"]),
        ("إلى", ["الي"]),  # too short to cut
        ("وعد", ["وعد"]),  # its first letter is its own
        ("Größe", ["grösse"]),  # no English stemming of what is not English letters
        ("日本語とEU", ["日本", "本語", "語と", "eu"]),
        ("館", ["館"]),
        ("B2B 3.5%", ["b2b", "3", "5"]),
        ("$320¹ a ton”², 1,600³", ["320", "a", "ton", "1", "600"]),  # a note's mark is no part of its word
        ("10⁶ km² of CO₂", ["10", "km", "of", "co2"]),
        ("¹ See below.", ["1", "see", "below"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
        ("?!…", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    """What a word becomes, by example."""
    assert terms(text, "en") == expected


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Verträge", "Vertrag"),
        ("fr", "institutions", "institution"),
        ("es", "bibliotecas", "biblioteca"),
        ("it", "biblioteche", "biblioteca"),
        ("pt", "bibliotecas", "biblioteca"),
        ("ru", "книги", "книгу"),
        ("tr", "kitaplar", "kitap"),
        ("ar", "باباً", "بابان"),  # after "how many" one, as the answer two
    ],
)
def test_stems_follow_the_language(language: str, one: str, other: str) -> None:
    """A word's forms meet in one stem of its own language."""
    assert terms(one, language) == terms(other, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wer leitet die Bücherei?", "de"),
        ("¿Cuál es la multa por retraso?", "es"),
        ("Кто директор библиотеки?", "ru"),
        ("Quel est le rôle de la commission ?", "fr"),
        ("What is the capital?", "en"),
        ("ما هي عاصمة مصر؟", "ar"),
        ("Kohlendioxid 1990", "pt"),  # no stop word: what the caller takes it for
    ],
)
def test_stop_words_tell_the_language(text: str, language: str) -> None:
    """A question of a few words is told by those that carry no meaning."""
    assert language_by_stop_words(text, "pt") == language


def test_stop_words_are_those_of_the_words_own_language() -> None:
    """German "die" is an article, English "die" is not; an Arabic one is known in an English text."""
    assert question_terms("Wann starb die Königin?", "de") == ["starb", "konigin"]
    assert question_terms("die cast", "en") == ["die", "cast"]
    assert question_terms("what is مصر في", "en") == ["مصر"]


def test_exact_terms_are_not_stemmed() -> None:
    """A phrase is asked for as it is spelt."""
    assert exact_terms("The Running U.N. Councils") == ["the", "running", "un", "councils"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the capital of France?", ["capit", "franc"]),
        ("Tell me about U.S. sanctions", ["us", "sanction"]),
        ("ما هي عاصمة مصر؟", ["عاصم", "مصر"]),
        ("ماهي مساحة لبنان؟", ["مساح", "لبن"]),
        ("إلى أين؟", ["الي", "اين"]),
        ("Who is The Who?", ["who", "is", "the", "who"]),
        ("???", []),
    ],
)
def test_question_terms(question: str, expected: list[str]) -> None:
    """Question words do not count, unless there are no others."""
    assert question_terms(question, "en") == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("لمرض", "مرض"), ("بمذهب", "المذهب"), ("سيكتبون", "يكتب"), ("بلجيكيا", "بلجيكا")],
)
def test_forms_that_no_stem_joins_share_trigrams(one: str, other: str) -> None:
    """A particle before a bare word, the future, a slip of the pen: half of the fewer trigrams or more."""
    ranked = [set(ranked_terms(exact_terms(word), "ar")) for word in (one, other)]
    shared = {term for term in ranked[0] & ranked[1] if term.startswith("_")}
    assert 2 * len(shared) >= min(map(len, ranked)) - 1


def test_words_of_other_scripts_are_ranked_by_their_stems() -> None:
    """English is ranked as it was; a mixed text by both."""
    assert ranked_terms(exact_terms("Running in 2014"), "en") == ["run", "in", "2014"]
    assert ranked_terms(exact_terms("the قلم"), "en") == ["the", "قلم", "__قل", "_قلم", "_لم_"]


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىأإآؤئ", min_size=1, max_size=12))
def test_an_arabic_stem_is_of_three_letters_or_the_word(word: str) -> None:
    """No ending or article is cut that would leave fewer."""
    (term,) = exact_terms(word)
    (stem,) = terms(word, "ar")
    assert len(stem) >= min(3, len(term))


def test_pairs() -> None:
    """Words that carry meaning pair with the next one, in any order, whatever stands between."""
    assert pairs(exact_terms("The price of oil rose."), "en") == ["oil_price", "oil_rose"]
    assert pairs(exact_terms("oil prices"), "en") == ["oil_price"]
    assert pairs(["oil"], "en") == pairs(["of", "the"], "en") == pairs([], "en") == []


@given(st.text(), st.sampled_from([*BY_CODE, "ja"]))
def test_a_term_is_a_word_that_splits_nowhere(text: str, language: str) -> None:
    """Terms are joined by spaces in the index: none is empty or holds a space."""
    found = exact_terms(text)
    ranked = ranked_terms(found, language)
    for term in (*ranked, *found, *question_terms(text, language), *pairs(found, language)):
        assert term.split() == [term]


@pytest.mark.parametrize(
    ("question", "library", "language"),
    [
        ("عاصمة مصر", "en", "ar"),
        ("Nile", "ar", "en"),
        ("Nil", "de", "de"),
        ("Wer leitet die Bücherei?", "en", "de"),
        ("ما هو Bitcoin", "en", "ar"),
        ("بغداد ترحب: https://example.org/policy/of/the/view", "en", "ar"),
        ("图书馆", "en", "zh"),
        ("図書館の電話番号", "zh", "ja"),
        ("カタカナ", "en", "ja"),
        ("הספרייה", "en", "he"),
        ("บ้าน", "zh", "th"),
        ("دانشگاه", "fa", "fa"),
        ("biblioteka", "pl", "pl"),
        ("Βιβλιοθήκη", "en", "und"),
        ("library", "zh", "en"),
        ("1956?", "ar", "ar"),
        ("", "zh", "zh"),
    ],
)
def test_a_question_is_in_no_language_of_another_script(question: str, library: str, language: str) -> None:
    """Stop words tell its language, else the library's if it is written in that script."""
    assert language_of_text(question, library) == language
