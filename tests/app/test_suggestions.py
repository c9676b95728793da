"""Questions made of headings."""

from collections.abc import Iterator

import pytest

from app.answering.suggestions import about, about_headings, about_names, about_near_headings, in_turn
from ingest.document import Block, Document


def document(*lines: tuple[int, str]) -> Document:
    """A document of headings by their level and, at level 0, paragraphs."""
    blocks, start = [], 0
    for level, text in lines:
        language = "ar" if "\u0600" <= text[0] <= "\u06ff" else "en"
        blocks.append(Block("heading" if level else "paragraph", start, start + len(text), level, language))
        start += len(text) + 1
    return Document("a" * 64, None, None, "\n".join(text for _, text in lines), (), (), tuple(blocks), ())


REPORT = document(
    (1, "Rivers of the north"), (0, "They run."),
    (2, "The upper river"), (0, "It is cold."), (0, "It is deep."),
    (2, "The lower river:"), (0, "It is warm."),
    (1, "Lakes and ponds"), (0, "They stand."),
    (2, "3.1 Where do lakes end?"), (0, "Nowhere."),
)  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("The Baghdad Pact", "Tell me about the Baghdad Pact"),
        ("How it began", "Tell me about how it began"),
        ("2. Sanctions and war", "Tell me about ‘Sanctions and war’"),
        ("Who pays for it?", "Who pays for it?"),
        ("أهداف الحوار", "حدثني عن أهداف الحوار"),
        ("لماذا بدأ الحوار؟", "لماذا بدأ الحوار؟"),
        ("Introduction", None),
        ("1955 to 1958", None),
        ("Copyright 2020", None),
        ("Anglo-Iraqi relations", "Tell me about ‘Anglo-Iraqi relations’"),
        ("Why now?", "Why now?"),
        ("أهدافُ الحوارِ", "حدثني عن أهدافُ الحوارِ"),
        ("From the hills to the sea", "Tell me about ‘From the hills to the sea’"),
        ("A heading that goes on for ten words or more than that", None),
    ],
)
def test_a_heading_makes_a_natural_question(heading: str, question: str | None) -> None:
    """In its own language; one that is a question is asked as it is; a word, or a sentence, makes none."""
    assert about_headings(document((1, heading), (0, "Text."))) == ([question] if question else [])


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("The Office of Rivers is a bureau of the ministry.", "What is the Office of Rivers?"),
        ("It rained. OPEC is an association of states.", "What is OPEC?"),
        ("Workplace 2030 is the plan of the agency.", "What is Workplace 2030?"),
        ("Amal Haddad is a leading researcher.", "Who is Amal Haddad?"),
        ("The Baghdad Treaty was signed by both on 3 June 1930.", "When was the Baghdad Treaty signed?"),
        ("The Two Bridges were built of stone in May 1811.", "When were the Two Bridges built?"),
        ("The Baghdad Treaty was signed by both.", None),
        ("The Minister of Rivers is the adviser of the king.", None),
        ("It is a bureau.", None),
        ("This Office is a bureau.", None),
        ("Improving Rivers is a goal.", None),
        ("Chatham House is an academic institution in London.", "What is Chatham House?"),
        ("Vision 2030 is the president’s plan for reform.", "What is Vision 2030?"),
        ("OPEC is a group whose president is elected.", "What is OPEC?"),
        ("Systemic inequality is a threat.", None),
        ("The man from Basra was arrested in 1958.", None),
        ("The talks between Iraq and Iran were held in Geneva in 1988.", None),
        ("Later President Nasser was elected in 1956.", None),
        ("Rivers were opened in 1900.", None),
        ("a river is a stream.", None),
    ],
)
def test_a_sentence_makes_a_question_of_what_it_says_of_a_name(sentence: str, question: str | None) -> None:
    """Of what a name stands for, and of when; of anything less certain none is made."""
    made = document((1, "The rivers"), (0, sentence))
    assert about_names(made) == ([question] if question else [])
    assert about(made, "en") == [*about_names(made), "Tell me about the rivers"]
    assert about_names(made, "ar") == []


def test_headings_without_text_of_their_own_make_none() -> None:
    """So the lines of a cover are not asked about."""
    assert about_headings(document((1, "Bureau of Rivers"), (1, "All the rivers"), (0, "Text."))) == [
        "Tell me about ‘All the rivers’"
    ]


def test_only_those_of_a_language() -> None:
    """Where one is given."""
    mixed = document((1, "All the rivers"), (0, "Text."), (1, "أهداف الحوار"), (0, "Text."))
    assert about_headings(mixed, "ar") == ["حدثني عن أهداف الحوار"]


def test_near_headings_begin_beside_the_quote() -> None:
    """Beside its own, then what follows and precedes by distance; at last its own."""
    assert about_near_headings(REPORT, REPORT.text.index("It is deep")) == [
        "Tell me about the lower river",
        "Tell me about ‘Rivers of the north’",
        "Tell me about ‘Lakes and ponds’",
        "Where do lakes end?",
        "Tell me about the upper river",
    ]


def test_a_document_without_headings_has_none_near() -> None:
    """And before the first heading the first is the own one."""
    assert about_near_headings(document((0, "Text."), (0, "More.")), 3) == []
    assert about_near_headings(document((0, "Text."), (1, "All the rivers"), (0, "More.")), 0) == [
        "Tell me about ‘All the rivers’"
    ]


def test_columns_are_used_in_turn_and_no_further_than_asked() -> None:
    """None is repeated; what is not needed is not made."""
    made: list[str] = []

    def column(*items: str) -> Iterator[str]:
        for item in items:
            made.append(item)
            yield item

    turns = in_turn([column("a", "b"), column("a", "c", "d"), column()])
    assert [next(turns), next(turns)] == ["a", "c"]
    assert made == ["a", "a", "c"]
    assert list(turns) == ["b", "d"]
