"""Answers of other shapes than one quote."""

from pathlib import Path

import pytest

from app.answering.answer import Answer, Turn
from app.answering.assistant import Assistant
from app.answering.query import query_of
from app.answering.shapes import topic_of
from index.sync import mirror
from ingest.settings import Settings
from tests.support.fakes import MemorySource, load_words

TEXTS = {
    "bridge.txt": "The bridge was built of oak. The old bridge fell in a storm.",
    "ferry.txt": "The ferry crosses at noon. It is slower than the bridge is.",
    "report-2022.txt": "The harbour earned nine dinars. The crane was painted.",
    "report-2023.txt": "The harbour earned seven dinars. The pier was mended.",
    "bakery.txt": "The bakery opens early. Its bread is dark.",
}


def asked(store: Path, question: str, *history: Turn, top_k: int = 5) -> Answer:
    """The answer of an assistant without a reader over TEXTS."""
    mirror(
        Settings(store=store),
        [MemorySource(f"/{name}", text) for name, text in TEXTS.items()],
        load_words,
        lambda progress: None,
    )
    opened = Assistant(Settings(store=store), load_words)
    try:
        return opened.ask(question, history, top_k)
    finally:
        opened.close()


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What do the documents say about the price of oil?", "price of oil"),
        ("Which report mentions the roof repair?", "roof repair"),
        ("which files are about visitors", "visitors"),
        ("Show me documents about «the old bridge».", "old bridge»"),
        ("ماذا تقول الوثائق عن المدرسة؟", "المدرسة"),
        ("أي وثيقة تتحدث عن سعر النفط؟", "سعر النفط"),
        ("Que disent les rapports sur le barrage ?", "barrage"),
        ("Welche Berichte erwähnen den Damm?", "Damm"),
        ("¿Qué dicen los informes sobre la presa?", "presa"),
        ("Quali documenti parlano della diga?", "diga"),
        ("Quais documentos mencionam a barragem?", "barragem"),
        ("Что говорится в документах о плотине?", "плотине"),
        ("Which documents must be shown at the gate?", None),
        ("Tell me about the sources of the Tigris", None),
        ("What did the minister say about the report on oil?", None),
        ("What do the documents say?", None),
        ("Which document?", None),
        ("oil", None),
    ],
)
def test_a_topic_is_what_documents_are_asked_about(question: str, topic: str | None) -> None:
    """In every language that has words for it, and in no question about anything else."""
    assert topic_of(query_of(question)) == topic


def test_documents_that_speak_of_a_topic_are_the_answer(tmp_path: Path) -> None:
    """Each once, with its best quote, surest first; what was searched is the topic."""
    answer = asked(tmp_path, "Which documents mention the bridge?")
    assert answer.by_document
    assert answer.searched_as == "bridge"
    assert {c.paths[0]: c.quote for c in answer.own} == {
        "bridge.txt": "The bridge was built of oak.",
        "ferry.txt": "It is slower than the bridge is.",
    }
    assert [c.score for c in answer.citations] == sorted((c.score for c in answer.citations), reverse=True)


def test_no_more_documents_than_citations_are_wanted(tmp_path: Path) -> None:
    """As for any other question."""
    answer = asked(tmp_path, "Which documents mention the bridge?", top_k=1)
    assert len(answer.citations) == len(answer.own) == 1


def test_a_topic_that_no_document_has_is_not_found(tmp_path: Path) -> None:
    """The closest passages are one a document too."""
    answer = asked(tmp_path, "What do the documents say about helicopters?")
    assert answer.status == "not_found"
    assert len({c.document_id for c in answer.closest}) == len(answer.closest)


def test_a_topic_may_lean_on_the_question_before(tmp_path: Path) -> None:
    """Words that it leaves out are searched with it."""
    answer = asked(
        tmp_path, "And what do the files say about bread?", Turn("user", "When does the bakery open?")
    )
    assert [c.paths[0] for c in answer.own] == ["bakery.txt"]
    assert answer.searched_as == "bread (bakery open)"


def test_years_that_are_compared_stand_beside_each_other(tmp_path: Path) -> None:
    """A quote about each, though one alone is not as sure as the other; they do not contradict."""
    answer = asked(tmp_path, "Compare what the harbour earned in 2022 and 2023")
    assert {c.paths[0]: c.quote for c in answer.own} == {
        "report-2022.txt": "The harbour earned nine dinars.",
        "report-2023.txt": "The harbour earned seven dinars.",
    }
    assert not answer.differs
    assert not answer.by_document


def test_a_year_that_no_document_is_about_is_not_made_up(tmp_path: Path) -> None:
    """The question is asked as it stands."""
    answer = asked(tmp_path, "Compare what the harbour earned in 2021 and 2022")
    assert [c.paths[0] for c in answer.own] in ([], ["report-2022.txt"])
