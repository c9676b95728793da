"""What files say of themselves, asked for: found, quoted and cited as such, and nowhere else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.answering.assistant import Assistant
from app.answering.details import asked, maker_of
from index.store import Generation
from index.sync import mirror
from index.types import Hit, Query
from ingest.settings import Settings
from tests.support.fakes import MemorySource, load_words

WELLS = "Two of the wells are dry. The north well is deep."
BOOKS = {
    "wells": (
        ("author", "Salma Idris"),
        ("author", "B. Hill"),
        ("publisher", "Quay Press"),
        ("date", "1994"),
    ),
    "boats": (("author", "Ada Holm"), ("Document owner", "Rana Aziz")),
}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Two texts that say who wrote them."""
    sources = [
        MemorySource(f"/{name}.txt", f"{name}: {WELLS}", details=details) for name, details in BOOKS.items()
    ]
    mirror(Settings(store=tmp_path), sources, load_words, lambda progress: None)
    return tmp_path


@pytest.fixture
def assistant(store: Path) -> Iterator[Assistant]:
    """An assistant that answers whatever is likelier than one in twenty."""
    opened = Assistant(Settings(store=store, threshold=0.05), load_words)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "quote", "detail"),
    [
        ("Who is the author of wells?", "Salma Idris\nB. Hill", "creator"),
        ("Who published wells?", "Quay Press", "publisher"),
        ("When was wells published?", "1994", "date"),
        ("Who is the document owner of boats?", "Rana Aziz", "Document owner"),
    ],
)
def test_a_detail_that_is_asked_for_is_quoted_whole(
    assistant: Assistant, question: str, quote: str, detail: str
) -> None:
    """Exactly as the file gives it; the citation says what it is, and names no section or page."""
    answer = assistant.ask(question)
    cited = next(each for each in answer.citations if each.quote == quote)
    assert (cited.kind, cited.detail, cited.section, cited.pages) == ("detail", detail, (), ())
    assert cited.as_json()["detail"] == detail


def test_every_citation_says_who_made_its_document(assistant: Assistant) -> None:
    """In the JSON by name; a quote of the text is no detail."""
    cited = assistant.ask("Which well is deep?").citations[0]
    assert (cited.kind, cited.detail) == (None, None)
    [document] = [each for each in assistant.ask("wells are dry").citations if each.paths == ("wells.txt",)][
        :1
    ]
    assert document.as_json()["document"]["details"] == {
        "creator": ["Salma Idris", "B. Hill"], "publisher": ["Quay Press"], "date": ["1994"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("Which wells are dry?", []),
        ("When were the wells dug?", []),
        ("Who wrote it?", ["creator"]),
        ("Who wrote the report on wells?", ["creator"]),
        ("Who wrote War and Peace?", []),
        ("Qui est l'auteur du livre ?", ["creator"]),
        ("من مؤلف الكتاب؟", ["creator"]),
        ("Who published it?", ["publisher"]),
        ("In which year was it published?", ["publisher", "date"]),
        ("What did Ada Holm see?", ["creator"]),
        ("Who owns the document?", []),
        ("Who is the document owner?", ["Document owner"]),
    ],
)
def test_only_details_that_are_asked_for_or_named_may_answer(
    store: Path, question: str, kept: list[str]
) -> None:
    """By the words of the question's language; one that a file names itself, by all of its words.

    The rest of the question must name the document, or nothing.
    """
    language = {"Q": "fr", "م": "ar"}.get(question[0], "en")
    with Generation.open(store, None) as generation:
        found = list(asked(hits(generation), Query(question, language=language), generation))
        documents = [generation.document(hit.document_id) for hit in found]
        details = [
            document.detail_at(hit.passage.start) for hit, document in zip(found, documents, strict=True)
        ]
        assert list(dict.fromkeys(each.name for each in details if each)) == kept
        assert details.count(None) == 2


def hits(generation: Generation) -> list[Hit]:
    """All passages of the generation."""
    ids = generation.passage_ids(generation.document_ids())
    return [
        Hit(one, document, generation.paths(document), passage, None, 0.0, 0.0)
        for one, (document, passage) in generation.passages(ids.tolist()).items()
    ]


@pytest.mark.parametrize(
    ("question", "language", "maker"),
    [
        ("Which documents are by Ada Holm?", "en", ("creator", "Ada Holm")),
        ("What reports did Ada Holm write?", "en", ("creator", "Ada Holm")),
        ("Which books were published by Quay Press?", "en", ("publisher", "Quay Press")),
        ("Welche Berichte sind von Ada Holm?", "de", ("creator", "Ada Holm")),
        ("Which documents are there?", "en", None),
        ("Who wrote the report?", "en", None),
        ("When did Ada Holm write it?", "en", None),
    ],
)
def test_whose_documents_are_asked_for(question: str, language: str, maker: tuple[str, str] | None) -> None:
    """The first telling word is what documents are called; the rest is a name."""
    assert maker_of(Query(question, language=language)) == maker


def test_all_documents_by_somebody_are_listed(assistant: Assistant) -> None:
    """Each quoted by its author; who is named in a text alone has written nothing."""
    answer = assistant.ask("Which documents are by B. Hill?")
    assert answer.by_document
    assert [(each.paths, each.quote) for each in answer.citations] == [
        (("wells.txt",), "Salma Idris\nB. Hill")
    ]
    assert not assistant.ask("Which documents are by North?").by_document


def test_without_a_title_the_first_heading_names_the_document(tmp_path: Path) -> None:
    """A question that names the heading means it; its details are found under that."""
    text = "The mud of the harbour is taken to the bank."
    source = MemorySource("/a.txt", text, details=(("author", "Ada Holm"),), heading="Harbour dredging plan")
    mirror(Settings(store=tmp_path), [source], load_words, lambda progress: None)
    with Generation.open(tmp_path, None) as generation:
        query = Query("Who is the author of the harbour dredging plan?")
        _, detail = asked(hits(generation), query, generation)
        assert detail.passage.context.startswith("Harbour dredging plan > author ")
