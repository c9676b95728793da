"""From a question to an answer, over a small store."""

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.answering.answer import Turn, status_of
from app.answering.assistant import Assistant
from index.sync import ingest, mirror
from ingest.errors import ModelMismatch, StoreMissing, UsageError
from ingest.reasons import Reason
from ingest.settings import PACKAGED_MODEL, POSSIBLE, Settings
from tests.support.fakes import MemorySource, WordEmbedder, load_any_words, load_words

PACT = "The Baghdad Pact was signed by Iraq and Turkey in February 1955.\fIraq left the pact in March 1959."
TRADE = "Iraq sold oil to many countries. Trade with America grew after 1973."


def fill(store: Path, **texts: str) -> None:
    """Make the store hold these texts, of which those about the pact have a date, and an unread file."""
    sources = [
        MemorySource(f"/{name}.txt", text, date="1960" if text == PACT else None)
        for name, text in texts.items()
    ]
    sources.append(MemorySource("/scan.pdf", "x", problem="no_text_layer"))
    mirror(Settings(store=store), sources, load_words, lambda progress: None)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of two texts, one of them under two names."""
    fill(tmp_path, pact=PACT, trade=TRADE, trade_copy=TRADE)
    return tmp_path


@pytest.fixture
def assistant(store: Path) -> Iterator[Assistant]:
    """An assistant over the store that answers whatever is likelier than one in twenty."""
    opened = Assistant(Settings(store=store, threshold=0.05), load_words)
    yield opened
    opened.close()


def test_an_answer_is_the_documents_own_words_with_their_page(assistant: Assistant) -> None:
    """The quote, its page and its offsets, which are those of the stored text."""
    answer = assistant.ask("When did Iraq leave the pact in March 1959?")
    first = answer.citations[0]
    assert answer.status == "answered"
    assert (first.paths, first.quote) == (("pact.txt",), "Iraq left the pact in March 1959.")
    assert [page.number for page in first.pages] == [2]
    assert first.passage[first.start - first.passage_start : first.end - first.passage_start] == first.quote
    assert answer.text is not None
    assert answer.text.startswith("Iraq left the pact in March 1959. [1]")


def test_turned_arabic_is_found_by_both_spellings_and_quoted_as_it_stands(tmp_path: Path) -> None:
    """The probable spelling stands beside the quote; a document that is spelt right has none."""
    fill(
        tmp_path,
        turned="بدأت العالقات األجنبية مع البصرة عام 1931.",
        right="بدأت الأعمال في الميناء عام 1950.",
    )
    assistant = Assistant(Settings(store=tmp_path, threshold=0.05), load_any_words)
    with closing(assistant):
        for question in ("متى بدأت العلاقات الأجنبية؟", "متى بدأت العالقات األجنبية؟"):
            first = assistant.ask(question).citations[0]
            assert first.quote == "بدأت العالقات األجنبية مع البصرة عام 1931."
            assert first.probable == "بدأت العلاقات الأجنبية مع البصرة عام 1931."
            assert first.as_json()["probable"] == first.probable
        (right, *_) = assistant.ask("متى بدأت الأعمال في الميناء؟").citations
        assert (right.paths, right.probable) == (("right.txt",), None)
        assert "probable" not in right.as_json()


def test_a_citation_has_the_date_that_its_file_gives(assistant: Assistant) -> None:
    """In the JSON, `document` has the key where a date is known, and not where none is."""
    pact = assistant.ask("When did Iraq leave the pact in March 1959?").citations[0]
    trade = assistant.ask("When did trade with America grow after 1973?").citations[0]
    assert (pact.date, trade.date) == ("1960", None)
    assert pact.as_json()["document"]["date"] == "1960"
    assert trade.as_json()["document"].keys() == {"id", "path", "title", "language", "copies"}


@pytest.mark.parametrize(
    ("question", "path", "foreign"),
    [
        ("When did Iraq leave the pact in March 1959?", "pact.txt", None),
        ("متى خرج العراق من حلف بغداد؟", "arabic.txt", None),
        ("in 1932 العراق", "arabic.txt", "ar"),
        ("متى Baghdad Pact", "pact.txt", "en"),
    ],
)
def test_a_citation_says_which_language_it_quotes(
    tmp_path: Path, question: str, path: str, foreign: str | None
) -> None:
    """`language` is the document's; `foreign` the quote's where the question is in another."""
    fill(tmp_path, pact=PACT, arabic="خرج العراق من حلف بغداد. انضم العراق إلى عصبة الأمم في عام 1932.")
    asked = Assistant(Settings(store=tmp_path, threshold=0), load_words)
    first = asked.ask(question).citations[0]
    asked.close()
    assert (first.paths, first.language) == ((path,), path[:2] if path == "arabic.txt" else "en")
    assert first.foreign == foreign


def test_an_answer_says_what_its_model_cannot_do(tmp_path: Path) -> None:
    """A script that it does not know, a confidence that was fitted for none of its cosines."""
    for model, calibrated in ((PACKAGED_MODEL, True), ("some/other", False)):
        settings = Settings(store=tmp_path / model, model=model)
        sources = [MemorySource("/pact.txt", PACT)]
        mirror(settings, sources, load_any_words, lambda progress: None)
        asked = Assistant(settings, load_any_words)
        for question, by_words in (("Who signed the pact?", False), ("من وقع الحلف؟", True)):
            answer = asked.ask(question)
            assert (answer.calibrated, answer.by_words) == (calibrated, by_words)
        asked.close()


def test_a_copy_is_cited_once_under_both_names(assistant: Assistant) -> None:
    """The other name is told, the words are not said twice."""
    answer = assistant.ask("When did trade with America grow after 1973?")
    assert answer.citations[0].paths == ("trade.txt", "trade_copy.txt")
    assert len({citation.document_id for citation in answer.citations}) == len(answer.citations)
    assert answer.citations[0].as_json()["document"]["copies"] == ["trade_copy.txt"]


def test_what_the_documents_do_not_say_is_not_found(store: Path) -> None:
    """A value, with the closest passages offered as such and the unread file named."""
    asked = Assistant(Settings(store=store, threshold=0.9), load_words)
    answer = asked.ask("How tall is the Eiffel Tower?")
    asked.close()
    assert (answer.status, answer.text, answer.citations, answer.answering) == ("not_found", None, (), ())
    assert answer.closest
    assert [(entry.path, entry.reason) for entry in answer.unread] == [("scan.pdf", Reason("no_text_layer"))]


@pytest.mark.parametrize(
    ("confidence", "threshold", "status"),
    [
        (0.25, 0.25, "answered"), (0.2499, 0.25, "possible"), (0.12, 0.25, "possible"),
        (0.1199, 0.25, "not_found"), (0.03, 0.02, "answered"), (0.01, 0.02, "not_found"),
    ],
)  # fmt: skip
def test_each_tier_has_its_lower_bound(confidence: float, threshold: float, status: str) -> None:
    """Which belongs to it; under a threshold that is lower still nothing is only possible."""
    assert status_of(confidence, threshold) == status


@pytest.mark.parametrize(("least", "status"), [(0.9, "possible"), (0.05, "answered")])
def test_what_is_below_the_threshold_may_be_possible(store: Path, least: float, status: str) -> None:
    """It is filled in as an answer is; an example or suggestion it is not."""
    question = "When did Iraq leave the pact in March 1959?"
    asked = Assistant(Settings(store=store, threshold=least), load_words)
    answer, answers = asked.ask(question), asked.answers(question)
    asked.close()
    assert (answer.status, answers, answer.closest) == (status, status == "answered", ())
    assert POSSIBLE <= answer.confidence < 0.9
    assert str(answer.text).startswith("Iraq left the pact in March 1959. [1]")


def test_the_json_is_the_contract(assistant: Assistant) -> None:
    """Every key of the contract, and nothing that JSON cannot hold."""
    found = json.loads(json.dumps(assistant.ask("When was the Baghdad Pact signed?").as_json("q1")))
    assert set(found) == {
        "qid", "question", "searched_as", "status", "confidence", "answer", "citations", "closest",
        "unread", "generation", "timings_ms",
    }  # fmt: skip
    assert set(found["citations"][0]) == {
        "n", "document", "pages", "section", "start", "end", "quote", "answer_span", "passage", "score",
    }  # fmt: skip
    assert found["citations"][0]["pages"] == [{"number": 1, "label": None}]
    assert 0 <= found["confidence"] <= 1


def test_citations_are_numbered_from_one_and_at_most_as_many_as_asked(assistant: Assistant) -> None:
    """`top_k` is a limit; the best come first."""
    for top_k in (1, 2, 50):
        answer = assistant.ask("What did Iraq do?", top_k=top_k)
        assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
        assert len(answer.citations) <= top_k
        scores = [citation.score for citation in answer.citations]
        assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("top_k", [0, -1, 101])
def test_a_number_of_citations_out_of_range_is_refused(assistant: Assistant, top_k: int) -> None:
    """The line says the range and what was found."""
    with pytest.raises(UsageError, match=f"between 1 and 100, found {top_k}$"):
        assistant.ask("What?", top_k=top_k)


def test_a_filter_keeps_other_documents_out(assistant: Assistant) -> None:
    """Whatever answers best elsewhere is neither cited nor offered."""
    trade = assistant.matching(["trade*"])
    answer = assistant.ask("When was the Baghdad Pact signed?", documents=trade)
    assert {path for c in (*answer.citations, *answer.closest) for path in c.paths} <= {
        "trade.txt",
        "trade_copy.txt",
    }
    assert answer.unread == ()
    scans = assistant.ask("When was it signed?", documents=assistant.matching(["scan*"]))
    assert (scans.status, [entry.path for entry in scans.unread]) == ("not_found", ["scan.pdf"])
    assert assistant.ask("When was it signed?", documents=frozenset()).status == "not_found"
    signed = "When was the Baghdad Pact signed in February 1955?"
    assert (assistant.answers(signed), assistant.answers(signed, trade)) == (True, False)


def test_a_follow_up_says_what_was_searched(assistant: Assistant) -> None:
    """The words taken from the conversation are shown."""
    answer = assistant.ask("And what grew after 1973?", [Turn("user", "What about trade with America?")])
    assert answer.searched_as == "And what grew after 1973? (trade America)"
    assert answer.citations[0].quote == "Trade with America grew after 1973."


def test_a_new_generation_is_picked_up(store: Path, assistant: Assistant) -> None:
    """Without a restart, the next question is answered from what was ingested since."""
    before = assistant.ask("Who won the cup in Basra?")
    fill(store, pact=PACT, cup="Al-Minaa won the cup in Basra.")
    after = assistant.ask("Who won the cup in Basra?")
    assert after.generation == before.generation + 1
    assert after.citations[0].quote == "Al-Minaa won the cup in Basra."
    assert assistant.status().documents == 2


def test_a_store_that_was_made_anew_is_seen(store: Path, assistant: Assistant) -> None:
    """Deleted and filled again it has the same number of generation, and other documents."""
    shutil.rmtree(store)
    fill(store, lease="The lease ends in March 2027.")
    assert [file.path for file in assistant.status().files] == ["lease.txt", "scan.pdf"]
    assert "2027" in str(assistant.ask("When does the lease end?").text)


def test_threads_may_ask_while_generations_are_published(store: Path, assistant: Assistant) -> None:
    """Every answer is whole and of one generation, and nothing fails."""
    failures: list[BaseException] = []

    def ask() -> None:
        try:
            for _ in range(20):
                answer = assistant.ask("When did Iraq leave the pact in March 1959?")
                assert answer.citations[0].quote == "Iraq left the pact in March 1959."
        except BaseException as error:  # noqa: BLE001 any failure in a thread is this test's failure
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for n in range(6):
        fill(store, pact=PACT, more=f"Text number {n} says nothing.")
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_citation_has_both_scores_of_the_search(assistant: Assistant) -> None:
    """So that it can be said why a passage was taken."""
    first, *others = assistant.ask("When did Iraq leave the pact in March 1959?").citations
    assert first.dense is not None
    assert 0 < first.dense <= 1
    assert all(first.lexical > other.lexical >= 0 for other in others)


def headed(folder: Path, threshold: float) -> Assistant:
    """An assistant over three documents with headings, of which two have one alike."""
    texts = {
        "dialogue": "# أهداف الحوار\n\nبدأ الحوار في بغداد.\n",
        "lakes": "# Lakes of the north\n\nLakes of the north freeze.\n\n# Fish of the lakes\n\nFish swim.\n",
        "more": "# Lakes of the north\n\nThey thaw.\n\n# Birds of the lakes\n\nBirds of the lakes fly.\n",
    }
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    settings = Settings(store=folder / "store", threshold=threshold)
    ingest(settings, [folder], load_words, lambda progress: None)
    return Assistant(settings, load_words)


def test_examples_find_an_answer_each_in_another_document(tmp_path: Path) -> None:
    """A question offered to a newcomer works at the first click; those in the page's language come first."""
    asked = headed(tmp_path, 0.0)
    lakes, birds = "Tell me about ‘Lakes of the north’", "Tell me about ‘Birds of the lakes’"
    fish = "Tell me about ‘Fish of the lakes’"
    dialogue = "حدثني عن أهداف الحوار"
    assert list(asked.examples(9, "en")) == [lakes, birds, fish, dialogue]
    assert list(asked.examples(2, "ar")) == [dialogue, lakes]
    assert all(asked.answers(question) for question in asked.examples(4, "en"))
    asked.close()


def test_at_most_one_question_is_asked_to_know_what_is_answered(tmp_path: Path) -> None:
    """What is offered is answered; what is not known yet waits for the next look, until the next ingest."""
    asked = headed(tmp_path, 0.0)
    questions = ["What about lakes?", "What about fish?", "What about birds?"]
    looks = [list(asked.answered_at_a_look(questions)) for _ in range(4)]
    assert looks == [questions[:1], questions[:2], questions, questions]
    assert list(asked.answered_at_a_look([questions[2], "What about reeds?"], frozenset())) == []
    (tmp_path / "reeds.md").write_text("# Reeds\n\nReeds stand in the water.\n", encoding="utf-8")
    ingest(Settings(store=tmp_path / "store"), [tmp_path], load_words, lambda progress: None)
    assert list(asked.answered_at_a_look(questions)) == questions[:1]
    asked.close()


def test_what_finds_no_answer_is_no_example(tmp_path: Path) -> None:
    """However the headings read."""
    asked = headed(tmp_path, 1.0)
    assert list(asked.examples(4, "en")) == []
    asked.close()


def test_a_missing_store_and_another_model_are_one_error(tmp_path: Path, store: Path) -> None:
    """Said when the assistant is made, not at the first question."""
    with pytest.raises(StoreMissing):
        Assistant(Settings(store=tmp_path / "none"), load_words)
    with pytest.raises(ModelMismatch):
        Assistant(Settings(store=store), lambda _: WordEmbedder(dimension=32))
