"""The conversations of a store: kept whole, found again, renamed, deleted without a trace."""

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from app.answering.answer import Answer, Citation
from app.phrases.languages import ENGLISH
from app.web.html.source import source_html
from app.web.html.view import view
from app.web.page.session import Session
from app.web.service.conversations import LISTED, MOST_TITLE, Conversation, Conversations, titled
from app.web.service.exchange import Exchange, read, written
from app.web.service.filters import Filter
from app.web.service.local import StoreService
from index.sync import ingest
from ingest.document import Page, Span
from ingest.errors import StoreDamaged, StoreError, StoreOutdated
from ingest.reasons import Reason
from ingest.settings import Settings
from tests.support.fake_service import FakeService
from tests.support.fakes import load_words

GOLDEN = Path(__file__).parent / "golden"


def asked(question: str) -> Exchange:
    """The question with its answer by the fake service."""
    return Exchange(question, Filter(), FakeService().ask(question))


def said(conversation: Conversation) -> tuple[Exchange, ...]:
    """Its exchanges as they are read again: without what is not kept of an answer."""
    return tuple(read(written(exchange)) for exchange in conversation.exchanges)


@pytest.fixture
def kept(tmp_path: Path) -> Conversations:
    """No conversations yet, of a store that is not there yet either."""
    return Conversations(tmp_path / "store")


def test_a_conversation_goes_on(kept: Conversations) -> None:
    """The first question names it; the newest stands first; a filter and an error are kept as well."""
    lease, river = kept.append("", asked("the  lease")), kept.append("", asked("the river"))
    failed = Exchange(
        "broken",
        Filter(documents=("a.pdf", "b.pdf")),
        None,
        Reason("no_word"),
    )
    went_on = kept.append(lease.id, failed)
    assert went_on == replace(lease, exchanges=(*said(lease), failed), last=went_on.last)
    assert kept.get(lease.id) == replace(went_on, exchanges=said(went_on))
    assert kept.append(lease.id, failed, went_on.last).exchanges == (failed,)
    assert [(each.id, each.title, each.questions) for each in kept.listed()] == [
        (lease.id, "the lease", 3),
        (river.id, "the river", 1),
    ]


def test_an_unknown_id_begins_a_conversation(kept: Conversations) -> None:
    """Also one that was deleted meanwhile: it does not come back under its old address."""
    assert kept.get("A" * 16) is None
    assert kept.listed() == []
    gone = kept.append("", asked("the lease"))
    kept.delete(gone.id)
    again = kept.append(gone.id, asked("the river"))
    assert again.id != gone.id
    assert len(again.exchanges) == 1
    assert kept.get(gone.id) is None


class Counted(Conversations):
    """Counts the steps of SQLite's machine; one that reads a row takes several."""

    steps = 0

    @contextmanager
    def _opened(self, make: bool = False) -> Iterator[sqlite3.Connection | None]:
        with super()._opened(make) as connection:
            if connection:
                connection.set_progress_handler(self._step, 1)
            yield connection

    def _step(self) -> int:
        self.steps += 1
        return 0


def test_a_long_conversation_goes_on_as_quickly_as_a_short_one(tmp_path: Path) -> None:
    """Of what was said before nothing is read: as many steps at the 200th question as at the 3rd."""
    kept, key, seen, steps = Counted(tmp_path), "", 0, []
    for n in range(200):
        kept.steps = 0
        went_on = kept.append(key, asked(f"lease {n}"), seen)
        key, seen = went_on.id, went_on.last
        assert len(went_on.exchanges) == 1
        steps.append(kept.steps)
    assert set(steps[2:]) == {steps[2]}
    kept.append(key, asked("the lease"))
    assert kept.steps > 2 * steps[2]  # told of none that was seen, it reads them all


def test_a_number_is_not_given_twice(kept: Conversations) -> None:
    """Who has seen an exchange that was forgotten since is told of every one after it."""
    key = kept.append("", asked("the lease")).id
    seen = kept.append(key, asked("the river")).last
    kept.forget(key, {"b" * 64})
    kept.append(key, asked("lease 1"), seen)
    assert [each.question for each in kept.append(key, asked("lease 2"), seen).exchanges] == [
        "lease 1",
        "lease 2",
    ]


def test_pages_that_go_on_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    """Each of many questions to one conversation, from several connections, is in it once."""
    first = Conversations(tmp_path).append("", asked("lease 0"))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: Conversations(tmp_path).append(first.id, asked(f"lease {n}")), range(1, 25)))
    found = Conversations(tmp_path).get(first.id)
    assert found is not None
    assert sorted(exchange.question for exchange in found.exchanges) == sorted(
        f"lease {n}" for n in range(25)
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["حوار", "the lease", "an old title"]),
        ("LEASE", ["the lease"]),
        ("ends march", ["the lease"]),
        ("mar", ["the lease"]),
        ("arch", []),
        ("river, hills", ["an old title"]),
        ("title snow", ["an old title"]),
        ("الحِوار", ["حوار"]),
        ("lease river", []),
        ("%", ["حوار", "the lease", "an old title"]),
    ],
)
def test_a_search_goes_over_titles_questions_and_answers(
    kept: Conversations, query: str, found: list[str]
) -> None:
    """Each word of it must begin a word of the conversation; case and vowel marks are no difference."""
    renamed = kept.append("", asked("the river"))
    kept.rename(renamed.id, "an old title")
    kept.append("", asked("the lease"))
    kept.append("", asked("حوار"))
    assert [each.title for each in kept.listed(query)] == found


def test_a_list_ends(kept: Conversations) -> None:
    """Of very many, the newest are listed; a search finds the others."""
    for n in range(LISTED + 1):
        kept.append("", Exchange(f"question {n}", Filter(), None, Reason("no_word")))
    assert [each.title for each in kept.listed()] == [f"question {n}" for n in range(LISTED, 0, -1)]
    assert [each.title for each in kept.listed("question 0")] == ["question 0"]


def test_a_new_title_is_one_short_line(kept: Conversations) -> None:
    """Whatever a client sends; an empty title changes nothing."""
    lease = kept.append("", asked("the lease"))
    for title in (" a\n b\t", " \n"):
        kept.rename(lease.id, title)
        assert [each.title for each in kept.listed()] == ["a b"]
    assert len(titled("x" * 500)) == MOST_TITLE


def test_a_deleted_conversation_leaves_no_trace(kept: Conversations, tmp_path: Path) -> None:
    """Its words are in no file any more."""
    for question in ("the lease", "zanzibar", "the river"):
        last = kept.append("", Exchange(question, Filter(), None, Reason("other", detail=question)))
    deleted = kept.listed("zanzibar")[0]
    kept.delete(deleted.id)
    assert kept.get(last.id) == last
    for file in (tmp_path / "store").iterdir():
        assert b"zanzibar" not in file.read_bytes()


def test_what_is_no_longer_here_is_forgotten(kept: Conversations, tmp_path: Path) -> None:
    """Of a conversation goes what quotes it, and the title that its question gave; then the words too."""
    river = kept.append("", asked("zanzibar river"))
    other = kept.append("", asked("another river"))
    kept.append(river.id, asked("the lease"))
    kept.append(river.id, asked("near the unicorn"))
    kept.append(river.id, Exchange("broken", Filter(), None, Reason("no_word")))
    kept.forget(river.id, {"b" * 64})
    left = kept.get(river.id)
    assert left is not None
    assert left.title == "the lease"
    assert [each.question for each in left.exchanges] == ["the lease", "near the unicorn", "broken"]
    assert kept.get(other.id) is not None
    kept.forget(river.id, set())
    assert kept.get(river.id) == left
    kept.forget(river.id, {"a" * 64})  # "not found" holds words of the lease as well
    (failed,) = kept.listed("broken")
    assert (failed.title, failed.questions) == ("broken", 1)
    kept.forget(other.id, {"c" * 64, "f" * 64})
    assert kept.get(other.id) is None
    kept.forget(other.id, {"a" * 64})
    for file in (tmp_path / "store").iterdir():
        for words in (b"zanzibar", b"rises in the hills", b"31 March", b"renew"):
            assert words not in file.read_bytes(), words


def test_a_title_that_a_person_gave_stays(kept: Conversations) -> None:
    """Also when the first question is forgotten."""
    key = kept.append("", asked("the river")).id
    kept.append(key, asked("the lease"))
    kept.rename(key, "Rivers")
    kept.forget(key, {"b" * 64})
    assert [(each.title, each.questions) for each in kept.listed()] == [("Rivers", 1)]


def test_an_ingest_does_not_touch_them(tmp_path: Path) -> None:
    """Neither the first, which begins the store, nor one into it, nor one of the folder around it."""
    settings = Settings(store=tmp_path / "docs" / "store")
    kept = Conversations(settings.store)
    lease = kept.append("", asked("the lease"))
    (tmp_path / "docs" / "a.txt").write_bytes(b"The harbour is north of the town.\n")
    for _ in range(2):
        ingest(settings, [tmp_path / "docs"], load_words, lambda progress: None)
    assert kept.get(lease.id) == replace(lease, exchanges=said(lease))


def test_a_citation_outlives_its_document(tmp_path: Path) -> None:
    """After the file was changed and ingested anew, the quote is shown as it was, and that this is so."""
    settings, file = Settings(store=tmp_path / "store"), tmp_path / "town.txt"
    file.write_bytes(b"The museum is closed on Mondays.\n")
    ingest(settings, [file], load_words, lambda progress: None)
    with closing(StoreService(settings, load_words)) as service:
        answer = service.ask("When is the museum closed?")
        kept = service.conversations.append("", Exchange("When?", Filter(), answer))
        file.write_bytes(b"The museum is closed on Fridays.\n")
        ingest(settings, [file], load_words, lambda progress: None)
        found = service.conversations.get(kept.id)
        assert found is not None
        source = Session().after(found).source("0-1")
        assert source is not None
        html = source_html(view(service, *source, None), ENGLISH, kept.id)
    assert "<mark>The museum is closed on Mondays.</mark>" in html
    assert "Shown as it was read then: <bdi>the document is no longer here</bdi>." in html


def test_a_read_only_store_is_read_and_says_so(mount: Callable[..., Path]) -> None:
    """Old conversations are opened and searched; that a new one is not kept is one line."""
    place = mount("-t", "tmpfs", "tmpfs")
    kept = Conversations(place)
    lease = kept.append("", asked("the lease"))
    mount("-o", "remount,ro")
    assert kept.get(lease.id) == replace(lease, exchanges=said(lease))
    assert [each.id for each in kept.listed("march")] == [lease.id]
    with pytest.raises(StoreError, match=r"(?i)read-?only") as raised:
        kept.append(lease.id, asked("the river"))
    assert "\n" not in str(raised.value)


@pytest.fixture(params=[1, 2])
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with a file as each format was written; both hold the same conversation."""
    return made(tmp_path, GOLDEN / f"conversations-{request.param}.sql")


def made(folder: Path, dump: Path) -> Path:
    """The folder, with the conversations of the dump in it."""
    with closing(sqlite3.connect(folder / "conversations.sqlite")) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
    return folder


def test_a_file_of_every_format_is_read(golden: Path) -> None:
    """Whole and searched, as it lies there, before anything is written."""
    before = (golden / "conversations.sqlite").read_bytes()
    kept = Conversations(golden)
    found = kept.get("GoldenGoldenGold")
    assert found is not None
    answered, missing, failed = found.exchanges
    assert answered.filter == Filter(("lease.pdf",), ("contracts",), "2020-01-01", "2021-12-31", ("en",))
    assert answered.answer is not None
    lease, notes = answered.answer.citations
    pages, span = (Page(6, "iv"), Page(7, None)), Span(1018, 1031)
    assert lease == Citation(
        1, "a" * 64, ("contracts/lease.pdf", "old/lease copy.pdf"), "Office lease", "2021-03-04", pages,
        ("Terms", "Duration"), 1000, 1032, "The lease ends on 31 March 2027.", span,
        "The lease ends on 31 March 2027. The tenant may renew it.", 1000, 0.8312, 0.62, 7.5,
    )  # fmt: skip
    assert notes == Citation(
        2, "d" * 64, ("notes.md",), "", None, (), (), 33, 57, "The tenant may renew it.", None,
        "End. The tenant may renew it.", 28, 0.4, None, 3.25,
    )  # fmt: skip
    assert answered.answer == Answer(
        "and when does it end?", "and when does it end? (lease)", "answered", 0.8312, (lease, notes), (1,),
        (), (), 7, {}, differs=True,
    )  # fmt: skip
    near = (replace(notes, n=1, score=0.1204),)
    unicorn = "Who feeds the unicorn?"
    answer = Answer(unicorn, unicorn, "not_found", 0.1204, (), (), near, (), 7, {})
    assert missing == Exchange(unicorn, Filter(), answer)
    line = "expected a question, found no word in it: ask in a few words"
    assert failed.answer is None
    assert failed.error in {Reason("no_word"), Reason("other", detail=line)}  # version 1 kept the line
    assert [(each.id, each.questions) for each in kept.listed("unicorn")] == [("GoldenGoldenGold", 3)]
    assert (golden / "conversations.sqlite").read_bytes() == before


def test_a_file_of_every_format_goes_on(golden: Path) -> None:
    """Its first change brings it to the newest format; two processes that do so at once lose nothing."""
    before = Conversations(golden).get("GoldenGoldenGold")
    assert before is not None
    with ThreadPoolExecutor(4) as pool:
        append = lambda n: Conversations(golden).append(before.id, asked(f"lease {n}"))  # noqa: E731
        list(pool.map(append, range(8)))
    after = Conversations(golden).get(before.id)
    assert after is not None
    assert after.exchanges[:3] == before.exchanges
    assert sorted(each.question for each in after.exchanges[3:]) == [f"lease {n}" for n in range(8)]
    with closing(sqlite3.connect(golden / "conversations.sqlite")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)


def test_what_is_newer_or_broken_is_refused(kept: Conversations, tmp_path: Path) -> None:
    """In one line, neither misread nor written to; a damaged file is named."""
    lease = kept.append("", asked("the lease"))
    file = tmp_path / "store" / "conversations.sqlite"
    for text, said in (
        ("{}", "expected a kept exchange, found another thing"),
        ('{"version": 3}', "expected an exchange of version 2 or older, found 3"),
    ):
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("UPDATE exchanges SET exchange = ?", (text,))
        for use in (lambda: kept.get(lease.id), lambda: kept.append(lease.id, asked("the river"))):
            with pytest.raises(StoreOutdated) as raised:
                use()
            assert str(raised.value) == f"{said}, in {file}: update Mustanad, or delete the conversation"
    assert [each.questions for each in kept.listed()] == [1]
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 3")
    for use in (kept.listed, lambda: kept.append("", asked("the lease"))):
        with pytest.raises(StoreOutdated, match="of format 2 or older, found 3: update Mustanad"):
            use()
    file.write_bytes(b"x" * 5000)
    with pytest.raises(StoreDamaged, match="is damaged"):
        kept.listed()


def test_a_mistake_of_ours_is_not_called_damage(kept: Conversations) -> None:
    """Nobody is told to move away a file that is whole."""
    key = kept.append("", asked("the lease")).id
    with pytest.raises(sqlite3.IntegrityError), kept._writing() as connection:
        connection.execute("INSERT INTO conversations VALUES (?, '', '', '')", (key,))
    assert kept.get(key) is not None


def test_a_kill_at_any_moment_leaves_whole_conversations(tmp_path: Path, kills: int) -> None:
    """All that was said to be kept is there, what was being kept is there whole or not at all."""
    moments, root = random.Random(1), Path(__file__).parents[2]
    said: dict[str, int] = {}
    for _ in range(kills):
        command = [sys.executable, "-m", "tests.support.keeps_conversations", str(tmp_path)]
        with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            time.sleep(moments.uniform(0, 0.1))
            process.kill()
            for line in (first, *process.stdout):
                if line.endswith("\n"):
                    said[line.split()[0]] = int(line.split()[1])
        kept = Conversations(tmp_path)
        for key in {*said, *(each.id for each in kept.listed())}:
            found = kept.get(key)
            assert found is not None
            questions = [exchange.question for exchange in found.exchanges]
            assert questions == [f"lease {n}" for n in range(len(questions))]
            assert len(questions) >= said.get(key, 1)
