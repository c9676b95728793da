"""What is offered where something is asked for that no quote is."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from app.answering.answer import Turn
from app.answering.assistant import Assistant
from index.sync import ingest
from ingest.settings import Settings
from tests.support.fakes import WordCrossEncoder, load_any_words

TEXTS = {
    "ferry.md": "# The ferry\n\nThe ferry crosses at noon. It is slow.\n\n"
    "## Fares\n\nA ticket costs two dinars. Dogs are free.",
    "bridge.md": "# The old bridge\n\nThe old bridge was built of oak. It fell in a storm.",
    "جسر.md": "# الجسر\n\nبُني الجسر عام 1931. وهو من الحديد.",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over TEXTS."""
    folder = tmp_path_factory.mktemp("documents")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = Settings(store=tmp_path_factory.mktemp("store"), threshold=0.05)
    ingest(settings, [folder], load_any_words, lambda progress: None)
    with closing(Assistant(settings, load_any_words, WordCrossEncoder())) as opened:
        yield opened


def quoted(assistant: Assistant, name: str) -> Turn:
    """A turn that quotes the document of this name."""
    return Turn("assistant", "", tuple(assistant.matching([name])))


@pytest.mark.parametrize("question", ["Summarize the ferry report", "Outline of The ferry", "tl;dr ferry.md"])
def test_the_document_that_is_named_is_outlined(assistant: Assistant, question: str) -> None:
    """By its title or its path; each section by its first sentence, with where it stands."""
    answer = assistant.ask(question)
    assert answer.offer is not None
    assert [(c.n, c.section[-1], c.quote) for c in answer.offer.outline] == [
        (1, "The ferry", "The ferry crosses at noon."),
        (2, "Fares", "A ticket costs two dinars."),
    ]
    assert answer.sources == answer.offer.outline
    assert (answer.status, answer.confidence, answer.citations) == ("not_found", 0.0, ())


@pytest.mark.parametrize("question", ["Summarize this paper", "What is this document about?", "لخص الوثيقة"])
def test_this_document_is_the_one_that_was_quoted_last(assistant: Assistant, question: str) -> None:
    """Whatever was quoted before."""
    history = [quoted(assistant, "ferry.md"), quoted(assistant, "bridge.md"), Turn("user", "Why?")]
    offer = assistant.ask(question, history).offer
    assert offer is not None
    assert [c.quote for c in offer.outline] == ["The old bridge was built of oak."]


def test_this_document_is_the_only_one_that_is_asked(assistant: Assistant) -> None:
    """Though another was quoted, of all documents."""
    documents = assistant.matching(["bridge.md"])
    offer = assistant.ask("Summarize it", [quoted(assistant, "ferry.md")], documents=documents).offer
    assert offer is not None
    assert [c.paths[0].rpartition("/")[2] for c in offer.outline] == ["bridge.md"]


def test_one_has_to_be_chosen_where_any_may_be_meant(assistant: Assistant) -> None:
    """Each with its title; those are asked for that match, where some do."""
    offer = assistant.ask("Summarize this paper").offer
    assert offer is not None
    assert offer.outline == ()
    assert [title for _, title in offer.documents] == ["The old bridge", "The ferry", "الجسر"]


def test_a_topic_is_searched_as_a_question(assistant: Assistant) -> None:
    """And it is said that nothing is summed up."""
    answer = assistant.ask("Summarize what a ticket costs")
    assert answer.searched_as == "what a ticket costs"
    assert answer.citations[0].quote == "A ticket costs two dinars."
    assert answer.offer is not None
    assert answer.as_json()["offer"] == {"kind": "summary"}


def test_things_stand_side_by_side(assistant: Assistant) -> None:
    """Each with the best quote about it; of what nothing is said there is none."""
    answer = assistant.ask("Compare the ferry, the helicopter and the old bridge")
    assert answer.offer is not None
    by_number = {c.n: c.paths[0].rpartition("/")[2] for c in answer.own}
    assert [(name, by_number.get(n or 0)) for name, n in answer.offer.things] == [
        ("the ferry", "ferry.md"),
        ("the helicopter", None),
        ("the old bridge", "bridge.md"),
    ]


def test_nothing_stands_beside_where_too_few_citations_are_wanted(assistant: Assistant) -> None:
    """The question is asked as it stands: that a thing is left out is not that nothing was found."""
    assert assistant.ask("Compare the ferry and the old bridge", top_k=1).offer is None


def test_documents_that_are_compared_are_chosen_among(assistant: Assistant) -> None:
    """Also where one was just quoted."""
    offer = assistant.ask("Compare the documents", [quoted(assistant, "ferry.md")]).offer
    assert offer is not None
    assert (offer.kind, len(offer.documents)) == ("comparison", 3)


def test_help_is_questions_that_are_answered(assistant: Assistant) -> None:
    """Of the documents that are asked alone."""
    documents = assistant.matching(["bridge.md"])
    offer = assistant.ask("What can you do?", documents=documents).offer
    assert offer is not None
    assert offer.questions
    for question in offer.questions:
        assert assistant.ask(question, documents=documents).status == "answered"


def test_the_json_has_what_there_is(assistant: Assistant) -> None:
    """A field beside those that every answer has; an ordinary answer has none."""
    answer = assistant.ask("Summarize this paper").as_json()
    assert answer["offer"]["kind"] == "summary"
    assert answer["offer"]["documents"][1]["title"] == "The ferry"
    assert (answer["answer"], answer["citations"], answer["closest"]) == (None, [], [])
    assert "offer" not in assistant.ask("What does a ticket cost?").as_json()
