"""The conversations of a store: kept whole, found again, renamed, deleted without a trace."""

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answering.answer import Answer, Citation, UnreadFile
from app.phrases.english import ENGLISH
from app.web.html.source import source_html
from app.web.html.view import view
from app.web.page.session import Session
from app.web.service.conversations import LISTED, MOST_TITLE, Conversations, Exchange, titled
from app.web.service.filters import Filter
from app.web.service.store import StoreService
from index.sync import ingest
from ingest.document import Page, Span
from ingest.errors import StoreDamaged, StoreError, StoreOutdated
from ingest.settings import Settings
from tests.support.fake_service import FakeService
from tests.support.fakes import WordEmbedder

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBER = st.integers(0, 10**9)
CHANCE = st.floats(0, 1)
PAGES = st.lists(st.builds(Page, NUMBER, st.none() | TEXT), max_size=2).map(tuple)
CITATIONS = st.lists(
    st.builds(
        Citation, NUMBER, TEXT, st.tuples(TEXT), TEXT, st.none() | TEXT, PAGES, st.tuples(TEXT, TEXT), NUMBER,
        NUMBER, TEXT, st.none() | st.builds(Span, NUMBER, NUMBER), TEXT, NUMBER, CHANCE,
    ),
    max_size=2,
).map(tuple)  # fmt: skip
UNREAD = st.lists(st.builds(UnreadFile, TEXT, st.none() | st.tuples(NUMBER), TEXT), max_size=1).map(tuple)
ANSWERS = st.builds(
    Answer, TEXT, TEXT, st.sampled_from(["answered", "not_found"]), CHANCE, CITATIONS, st.tuples(NUMBER),
    CITATIONS, UNREAD, NUMBER, st.dictionaries(TEXT, st.floats(0, 1e9), max_size=2), st.booleans(),
)  # fmt: skip
FILTERS = st.builds(Filter, st.tuples(TEXT), st.tuples(TEXT), TEXT, TEXT, st.tuples(TEXT))
EXCHANGES = st.builds(Exchange, TEXT, FILTERS, st.none() | ANSWERS, TEXT)


def asked(question: str) -> Exchange:
    """The question with its answer by the fake service."""
    return Exchange(question, Filter(), FakeService().ask(question, (), ()))


@pytest.fixture
def kept(tmp_path: Path) -> Conversations:
    """No conversations yet, of a store that is not there yet either."""
    return Conversations(tmp_path / "store")


@given(EXCHANGES)
def test_what_is_kept_comes_back_exactly(exchange: Exchange) -> None:
    """Every field of an answer, every number to its last bit, however odd the text."""
    with TemporaryDirectory() as folder:
        conversations = Conversations(Path(folder))
        kept = conversations.append("", exchange)
        assert kept.exchanges == (exchange,)
        assert conversations.get(kept.id) == kept


def test_a_conversation_goes_on(kept: Conversations) -> None:
    """The first question names it; the newest stands first; a filter and an error are kept as well."""
    lease, river = kept.append("", asked("the  lease")), kept.append("", asked("the river"))
    failed = Exchange(
        "broken",
        Filter(documents=("a.pdf", "b.pdf")),
        None,
        "expected a question",
    )
    went_on = kept.append(lease.id, failed)
    assert went_on == replace(lease, exchanges=(*lease.exchanges, failed))
    assert [(each.id, each.title, each.questions) for each in kept.listed()] == [
        (lease.id, "the lease", 2),
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
        kept.append("", Exchange(f"question {n}", Filter(), None, "none"))
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
        last = kept.append("", Exchange(question, Filter(), None, f"no {question}"))
    deleted = kept.listed("zanzibar")[0]
    kept.delete(deleted.id)
    assert kept.get(last.id) == last
    for file in (tmp_path / "store").iterdir():
        assert b"zanzibar" not in file.read_bytes()


def test_an_ingest_does_not_touch_them(tmp_path: Path) -> None:
    """Neither the first, which begins the store, nor one into it, nor one of the folder around it."""
    settings = Settings(store=tmp_path / "docs" / "store")
    kept = Conversations(settings.store)
    lease = kept.append("", asked("the lease"))
    (tmp_path / "docs" / "a.txt").write_bytes(b"The harbour is north of the town.\n")
    for _ in range(2):
        ingest(settings, [tmp_path / "docs"], WordEmbedder, lambda progress: None)
    assert kept.get(lease.id) == lease


def test_a_citation_outlives_its_document(tmp_path: Path) -> None:
    """After the file was changed and ingested anew, the quote is shown as it was, and that this is so."""
    settings, file = Settings(store=tmp_path / "store"), tmp_path / "town.txt"
    file.write_bytes(b"The museum is closed on Mondays.\n")
    ingest(settings, [file], WordEmbedder, lambda progress: None)
    with closing(StoreService(settings, WordEmbedder())) as service:
        answer = service.ask("When is the museum closed?", (), ())
        kept = service.conversations.append("", Exchange("When?", Filter(), answer))
        file.write_bytes(b"The museum is closed on Fridays.\n")
        ingest(settings, [file], WordEmbedder, lambda progress: None)
        found = service.conversations.get(kept.id)
        assert found is not None
        source = Session.of(found).source("0-1")
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
    assert kept.get(lease.id) == lease
    assert [each.id for each in kept.listed("march")] == [lease.id]
    with pytest.raises(StoreError, match=r"(?i)read-?only") as raised:
        kept.append(lease.id, asked("the river"))
    assert "\n" not in str(raised.value)


def test_a_file_of_another_version_is_refused(kept: Conversations, tmp_path: Path) -> None:
    """It is neither misread nor written to; a damaged one is named."""
    lease = kept.append("", asked("the lease"))
    file = tmp_path / "store" / "conversations.sqlite"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE exchanges SET exchange = '{}'")
    with pytest.raises(StoreOutdated, match="found another"):
        kept.get(lease.id)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 2")
    for use in (kept.listed, lambda: kept.append("", asked("the lease"))):
        with pytest.raises(StoreOutdated, match="of format 1, found 2"):
            use()
    file.write_bytes(b"x" * 5000)
    with pytest.raises(StoreDamaged, match="is damaged"):
        kept.listed()


def test_a_kill_at_any_moment_leaves_whole_conversations(tmp_path: Path) -> None:
    """All that was said to be kept is there, what was being kept is there whole or not at all."""
    moments, root = random.Random(1), Path(__file__).parents[2]
    said: dict[str, int] = {}
    for _ in range(5):
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
