"""Sentences: whole, in order, nothing lost, marks and abbreviations where they belong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentence_spans
from tests.measure.sentence_ends import lines


def sentences(text: str, language: str = "en") -> list[str]:
    """The sentences of the whole text."""
    return [text[span.start : span.end] for span in sentence_spans(text, 0, len(text), language)]


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from(' .!?؟”")(1 2aAبU…。;'), st.characters(codec="utf-8")), max_size=80
    ),
    st.sampled_from(["en", "ar", "fr", "de", "zh", "ja", "he", "fa", "und"]),
    st.integers(0, 10),
)
def test_no_character_is_lost(text: str, language: str, skipped: int) -> None:
    """In any stretch of any text, spans are in order and hold every visible character once."""
    start = min(skipped, len(text))
    spans = sentence_spans(text, start, len(text), language)
    position = start
    for span in spans:
        assert not text[position : span.start].strip()
        assert text[span.start : span.end] == text[span.start : span.end].strip() != ""
        position = span.end
    assert not text[position:].strip()


def test_spans_count_from_the_texts_beginning() -> None:
    """Offsets are the document's, and the stretch's neighbours stay out."""
    text = "Before. One. Two. After."
    spans = sentence_spans(text, 8, 17, "en")
    assert [text[span.start : span.end] for span in spans] == ["One.", "Two."]


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_nothing_visible_makes_no_sentence(text: str) -> None:
    """White space is no sentence."""
    assert sentences(text) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It was opposed by “some parties, including the armed factions.”9", "The next step is due."),
        ("The school stood in the same city in 1911”.2", "Later, the interest turned to oil."),
        ("They asked for support.3", "“We agreed,” he said."),
        ("The agreement was signed.[12]", "The parties met again."),
        ("The agreement was signed.*", "The parties met again."),
        ("Is it a partnership?4", "Nobody knows."),
        ("It is due (see below).7", "The parties met."),
        ("The mill was built in 1905.³", "The next year it burnt down."),
        ("He called it “the end”.²", "Later, he moved."),
        ("Both agreed.⁴,⁵", "The others did not."),
        ("Both agreed.[¹]", "The others did not."),
        ("The lake holds 10⁶ m³.", "It never dries up."),
    ],
)
def test_footnote_mark_stays_with_the_sentence_that_it_ends(first: str, second: str) -> None:
    """The mark is not the next sentence's first word, and it does not glue the two together."""
    assert sentences(f"{first} {second}") == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. State Department has said so.",
        "In the U.S. Mr. Smith met Dr. Jones and Prof. Abdullah.",
        "Use plain words, e.g. Iraq, and not others, i.e. none.",
        "See No. 5 of the series, vol. 3, pp. 4 to 9.",
        "It grew by 3.5 per cent, to 12.75 in all.",
        "In 1930, a trilateral treaty was signed; to ensure some interests.",
        "Gen. Smith and Lt. Gen. Jones left on Jan. 5 with H. R. McMaster et al. 2019.",
        "1. First of all there is this.",
        "(a) First of all there is this.",
        "IV. First of all there is this.",
        "Read it at https://example.org/a.b?c=d today.",
    ],
)
def test_full_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    """Abbreviations, numbers, semicolons and addresses are no ends."""
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It cost 2.4 million. 3 years later it closed.",
            ["It cost 2.4 million.", "3 years later it closed."],
        ),
        ("It began in 2014. The war ended.", ["It began in 2014.", "The war ended."]),
        ("He said: “Go.” They went.", ["He said: “Go.”", "They went."]),
        (
            "Fill in the ed. It is due. See figs. 3 and 4.",
            ["Fill in the ed.", "It is due.", "See figs. 3 and 4."],
        ),
        ("The answer is no. 5 were here.", ["The answer is no. 5 were here."]),  # or number five: not told
        ("What now? Wait! Then act.", ["What now?", "Wait!", "Then act."]),
    ],
)
def test_sentences_end_where_they_do(text: str, expected: list[str]) -> None:
    """Numbers beside a full stop, quotations, questions and exclamations."""
    assert sentences(text) == expected


def test_arabic_sentences_end_at_full_stop_and_question_mark() -> None:
    """The mirrored question mark ends a sentence, also where the language was taken for another."""
    text = "هل تنجح المحاولة؟ نعم تنجح قريبا. ثم ينتهي الحوار!"
    expected = ["هل تنجح المحاولة؟", "نعم تنجح قريبا.", "ثم ينتهي الحوار!"]
    assert sentences(text, "ar") == expected
    assert sentences(text, "en") == expected


def test_arabic_initials_do_not_end_a_sentence() -> None:
    """A full stop behind a single letter is an abbreviation: `د. أحمد`."""
    text = "قال د. أحمد إن الحوار مهم."
    assert sentences(text, "ar") == [text]


def test_characters_beyond_the_basic_plane_do_not_shift_offsets() -> None:
    """Offsets count characters, not bytes or UTF-16 units."""
    assert sentences("😀 One 𝒜𝒜. Two 😀. Three.") == ["😀 One 𝒜𝒜.", "Two 😀.", "Three."]


def test_unknown_language_still_has_sentences() -> None:
    """A language without rules of its own falls back instead of failing."""
    assert sentences("One here. Two here.", "id") == ["One here.", "Two here."]
    assert sentences("One here. Two here.", "xx") == ["One here.", "Two here."]


@pytest.mark.parametrize("text", ["cats purr " * 2000, "x" * 12_000])
def test_no_sentence_is_without_end(text: str) -> None:
    """A text without stops is cut at spaces, or anywhere where it has none; no character is lost."""
    spans = sentence_spans(text, 0, len(text), "en")
    assert len(spans) >= 3
    assert all(span.end - span.start <= 5000 for span in spans)
    assert "".join(text[span.start : span.end] for span in spans).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("letters", [900, 4_990, 6_000, 10_000])
def test_a_long_word_does_not_cut_its_sentence(letters: int) -> None:
    """A key of thousands of letters leaves the sentence whole, which goes on behind it."""
    text = f"The key is {'x' * letters} and Salma keeps it. It is new."
    assert [len(each) for each in sentences(text)] == [letters + 31, 10]


def test_what_is_turned_is_cut_nowhere() -> None:
    """Its second half would not be turned."""
    text = "It reads \u202e.tixe si ereH .nepo toN\u202c on the door. It is shut."
    assert sentences(text) == [text[:-12], "It is shut."]


@pytest.mark.parametrize(("language", "expected", "told"), list(lines()))
def test_abbreviations_end_a_sentence_only_where_one_begins_behind(
    language: str, expected: list[str], told: bool
) -> None:
    """Lines of nine languages, half of the English ones with an end; those marked are not told, by choice."""
    assert (sentences(" ".join(expected), language) == expected) is told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(1) The fee is due. It is paid here.", ["(1) The fee is due.", "It is paid here."]),
        ("The tower (see Tab. 2. It is long) is high.", ["The tower (see Tab. 2. It is long) is high."]),
        ("He said “Go. Now.” and left.", ["He said “Go. Now.” and left."]),
        ("It goes to customers.Shipping is free.", ["It goes to customers.", "Shipping is free."]),
        ("Annex C . . . . . 12", ["Annex C . . . . . 12"]),
        ("The team will: • Clean it • Paint it", ["The team will:", "• Clean it", "• Paint it"]),
        ("It holds p53. mRNA is left.", ["It holds p53.", "mRNA is left."]),
        (
            "Read it at pump.example.org. All of it is there.",
            ["Read it at pump.example.org.", "All of it is there."],
        ),
        ("Smith J. et al. (2018) have shown it.", ["Smith J. et al. (2018) have shown it."]),
    ],
)
def test_lists_tables_and_damaged_text(text: str, expected: list[str]) -> None:
    """Brackets hold together, a lost space and a bullet part, dot leaders do not."""
    assert sentences(text) == expected
