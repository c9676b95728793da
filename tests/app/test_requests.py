"""What is asked for that no quote is: a summary, a comparison, what can be asked."""

import pytest

from app.answering.requests import Asked, requested, subject, telling
from ingest.languages.english import ENGLISH


@pytest.mark.parametrize(
    ("question", "of"),
    [
        ("Summarize this paper", "this paper"),
        ("Could you please summarise the attached PDF in three sentences?", "the attached PDF"),
        ("tl;dr", ""),
        ("Give me a brief overview of the harbour trade", "the harbour trade"),
        ("What are the main points of the report?", "the report"),
        ("What does this file say?", "this file"),
        ("What are the key takeaways from this contract?", "this contract"),
        ("لخّص الوثيقة", "الوثيقة"),
        ("أعطني ملخصًا للتقرير من فضلك", "للتقرير"),
        ("عمّ يتحدث هذا المستند؟", "هذا المستند"),
        ("لخص أهداف الحوار", "أهداف الحوار"),
        ("اشرح لي الوثيقة", "الوثيقة"),
    ],
)
def test_a_summary_is_told_with_what_it_is_asked_of(question: str, of: str) -> None:
    """In the question's own words, without what only says how short it should be."""
    assert requested(question) == Asked("summary", of)


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("Compare the goals of NARA and GSA", (("NARA", "the goals of NARA"), ("GSA", "the goals of GSA"))),
        (
            "Compare the fees of Oak, Elm and Ash in 2022",
            (
                ("Oak", "the fees of Oak in 2022"),
                ("Elm", "the fees of Elm in 2022"),
                ("Ash", "the fees of Ash in 2022"),
            ),
        ),
        (
            "How do the budgets of the north and the south differ?",
            (("the north", "the budgets of the north"), ("the south", "the budgets of the south")),
        ),
        (
            "Compare the health and safety rules in France and Germany",
            (
                ("France", "the health and safety rules in France"),
                ("Germany", "the health and safety rules in Germany"),
            ),
        ),
        (
            "What is the difference between the Treaty of Jeddah and the Baghdad Pact?",
            (("the Treaty of Jeddah", "the Treaty of Jeddah"), ("the Baghdad Pact", "the Baghdad Pact")),
        ),
        (
            "Contrast the goals of Iraq with the goals of Iran",
            (("the goals of Iraq", "the goals of Iraq"), ("the goals of Iran", "the goals of Iran")),
        ),
        ("oil vs. gas", (("oil", "oil"), ("gas", "gas"))),
        (
            "ما الفرق بين وزارة الدفاع ووزارة الخارجية؟",
            (("وزارة الدفاع", "وزارة الدفاع"), ("وزارة الخارجية", "وزارة الخارجية")),
        ),
        ("قارن NARA بـ GSA", (("NARA", "NARA"), ("GSA", "GSA"))),
        ("قارن النفط بالغاز في العراق", (("النفط", "النفط في العراق"), ("الغاز", "الغاز في العراق"))),
    ],
)
def test_things_that_are_compared_are_asked_for_one_by_one(
    question: str, things: tuple[tuple[str, str], ...]
) -> None:
    """Each with what is said of all of them; what stands in a name stays in it."""
    asked = requested(question)
    assert asked is not None
    assert (asked.kind, asked.things) == ("comparison", things)


@pytest.mark.parametrize(
    ("of", "told"),
    [
        ("", set()),
        ("the whole report", set()),
        ("this contract", set()),
        ("this contract's terms of payment", {"contract", "term", "payment"}),
        ("the contract", {"contract"}),
    ],
)
def test_this_means_a_document_whatever_it_is_called(of: str, told: set[str]) -> None:
    """What tells more than which document is meant is something in it."""
    assert telling(of, ENGLISH) == told


@pytest.mark.parametrize(
    "question",
    ["Compare the two documents", "Compare these reports and list what differs", "قارن بين الوثيقتين"],
)
def test_documents_may_be_compared_as_wholes(question: str) -> None:
    """Then nothing is named that could be asked for."""
    asked = requested(question)
    assert asked is not None
    assert (asked.kind, asked.things) == ("comparison", ())


@pytest.mark.parametrize(
    "question",
    [
        "What can you do?",
        "help",
        "Hello!",
        "Thank you very much!",
        "What can I ask you?",
        "ماذا يمكنك أن تفعل؟",
        "بماذا تستطيع مساعدتي؟",
        "هل يمكنك أن تساعدني؟",
        "مرحبا",
        "شكرًا جزيلًا",
    ],
)
def test_help_is_the_whole_question(question: str) -> None:
    """However it ends."""
    assert requested(question) == Asked("help")


@pytest.mark.parametrize(
    "question",
    [
        "What is the summary judgment standard?",
        "Who wrote the summary of the report?",
        "What are the main points of contention between Iraq and Kuwait?",
        "What does the document say about the price of oil?",
        "Which documents mention the bridge?",
        "What can you do with a passport?",
        "What help does the agency give?",
        "Tell me about it",
        "What is it about?",
        "Did the two sides differ about the withdrawal?",
        "Compare the exports",
        "How do the schools of Ireland differ from most others?",
        "من كتب ملخص التقرير؟",
        "ماذا يقول المستند عن سعر النفط؟",
        "ما الفرق في السعر؟",
        "اشرح أهداف الحوار",
        "?",
    ],
)
def test_an_ordinary_question_asks_for_none(question: str) -> None:
    """Though it has words of one."""
    assert requested(question) is None


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("When does it end?", "When does it end?"),
        ("Summarize the oil trade", "the oil trade"),
        ("Compare the goals of NARA and GSA", "the goals of NARA and GSA"),
        ("Summarize this paper", ""),
        ("What can you do?", ""),
        ("لخص الوثيقة", ""),
    ],
)
def test_a_follow_up_leans_on_what_a_request_was_about(question: str, about: str) -> None:
    """Never on its asking for a summary or for help."""
    assert subject(question) == about
