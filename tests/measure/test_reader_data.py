"""What the reader is trained on: whole sentences, and passages that do not answer."""

import gzip
import json
import random
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.evaluation.metrics import squeezed
from tests.measure.reader_data import TAKEN, denied, examples, renamed, swapped, turned, typed, windows

ROWS = [
    {
        "doc_id": "a",
        "title": "Pacts",
        "text": "The pact was signed in Baghdad. Turkey joined it in 1955. " * 9,
    },
    {"doc_id": "b", "title": "Bees", "text": "Bees live in hives near Baghdad. They make honey. " * 9},
]
QUESTIONS = [
    {"question": "When did Turkey join?", "doc_id": "a", "answers": ["1955"], "answer_spans": [[52, 56]],
     "answerable": True},
    {"question": "What do bees make?", "doc_id": "b", "answers": [], "gold_sentences": ["They make honey."],
     "answerable": True},
    {"question": "Where do owls live?", "doc_id": "b", "answers": [], "answer_spans": [],
     "answerable": False},
]  # fmt: skip


def written(folder: Path, rows: list[dict[str, Any]]) -> None:
    """The rows as a gzipped JSONL file."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(folder, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)


def test_negatives_say_no_answer_and_spans_are_the_answers(tmp_path: Path) -> None:
    """Whatever is drawn: no negative holds the answer, and each span is the answer to the letter."""
    for name in TAKEN:
        written(tmp_path / name / "corpus.jsonl.gz", ROWS)
        written(tmp_path / name / "questions.jsonl.gz", QUESTIONS)
    found = examples(tmp_path, 0)
    assert len(found) == len(TAKEN) * len(QUESTIONS)
    for example in found:
        if example.question == "When did Turkey join?":
            assert example.answer is not None
            assert {example.answer.text[s.start : s.end] for s in example.spans} == {"1955"}
            assert not any("1955" in text.text for text in example.negatives)
        if example.question == "What do bees make?":
            assert not example.exact
            assert example.silent is None or squeezed("They make honey.") not in squeezed(example.silent.text)
        if example.question == "Where do owls live?":
            assert example.answer is None
            assert example.negatives


@given(st.text(alphabet="ab. \n", max_size=300), st.integers(5, 50))
def test_windows_are_in_order_and_lose_no_word(text: str, words: int) -> None:
    """They do not overlap, and what lies between them is white space."""
    end = 0
    for window in windows(text, words):
        assert text[end : window.start].strip() == ""
        assert window.start < window.end
        end = window.end
    assert text[end:].strip() == ""


def test_a_renamed_question_asks_about_another_name() -> None:
    """A name for a name, a year for a year, out of the text; none where there is no other."""
    text = "In 1955 the British ambassador spoke to Turkey."
    assert renamed("What did Iraq say?", text, random.Random(0)) in (
        "What did British say?",
        "What did Turkey say?",
    )
    assert renamed("What came in 1930?", text, random.Random(0)) == "What came in 1955?"
    assert renamed("What did Turkey hear from the British?", text, random.Random(0)) is None
    assert renamed("what was said?", text, random.Random(0)) is None


def test_a_turned_question_asks_for_the_opposite_and_a_denied_one_for_what_is_not() -> None:
    """One word is changed, whole words only; none where there is none to change."""
    assert turned("Which is the largest city before 1900?") == "Which is the smallest city before 1900?"
    assert turned("What imports rose in the firstborn state?") == "What exports rose in the firstborn state?"
    assert turned("Who signed it?") is None
    assert denied("When did Turkey join what was the pact?") == "When didn't Turkey join what was the pact?"
    assert denied("When is not a treaty binding?") is None
    assert denied("Who signed it?") is None


@given(st.integers(0, 99))
def test_a_swapped_question_is_another_one(seed: int) -> None:
    """Whatever is drawn it differs from the question; where nothing can be changed there is none."""
    asked = "When did Turkey join the largest pact?"
    assert swapped(asked, "The British came in 1955.", random.Random(seed)) not in (asked, None)
    assert swapped("Who signed it?", "It was signed.", random.Random(seed)) is None


@given(st.text(max_size=40), st.integers(0, 99))
def test_a_question_is_typed_with_one_slip_at_most(question: str, seed: int) -> None:
    """In small letters, without its mark, or one letter more or fewer; short words are typed right."""
    slipped = typed(question, random.Random(seed))
    assert len(slipped) <= len(question.lower()) + 1
    assert typed("Who is it?", random.Random(seed)).lower().rstrip("?") == "who is it"
