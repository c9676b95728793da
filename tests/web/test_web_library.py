"""The library over a real store: uploads kept and read, read again, removed, cancelled, followed."""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

import pytest

from app.web.service.filters import Filter, resolve
from app.web.service.library import StoreLibrary
from app.web.service.local import StoreService
from app.web.service.service import Action, Job, Upload
from app.web.service.uploads import folder_of
from index.ingesting.lock import UnderWay
from index.sync import ingest
from index.types import Load, Progress, Vectors
from ingest.errors import StoreMissing, reason_of
from ingest.reasons import Reason
from ingest.settings import Settings
from tests.support.fakes import WordEmbedder, load_words
from tests.support.pictures import SlowRecogniser, scan

TEXT = b"The ferry leaves at nine.\n\nThe museum is closed on Mondays.\n"
OWN = b"The harbour is north of the town.\n"
T = TypeVar("T")


@contextmanager
def service_at(folder: Path, load: Load = load_words) -> Iterator[StoreService]:
    """A service over the store below the folder."""
    with closing(StoreService(Settings(store=folder / "store"), load)) as service:
        yield service


def kept(service: StoreService, tmp_path: Path, name: str, data: bytes) -> str:
    """The path that an upload was kept under."""
    source = tmp_path / "upload"
    source.write_bytes(data)
    return service.library.keep(Upload(source, name)).path


def ended(service: StoreService, action: Action, paths: Sequence[str]) -> Job:
    """The end of a job."""
    name = service.library.begin(action, paths)
    return until(lambda: _ended(service, name))


def _ended(service: StoreService, name: str) -> Job | None:
    job = service.library.job(name)
    return job if job is not None and job.has_ended else None


def until(look: Callable[[], T | None]) -> T:
    """What a look finds, as soon as it finds anything."""
    for _ in range(600):
        if (found := look()) is not None:
            return found
        time.sleep(0.05)
    raise AssertionError("expected an end within half a minute, found none")


def shown(service: StoreService) -> dict[str, str]:
    """Path to state of every file."""
    return {file.path: file.state for file in service.status().files}


def test_uploads_begin_a_store_and_are_asked(tmp_path: Path) -> None:
    """From no store at all: files of a folder are kept and read, each with what became of it, and asked."""
    with service_at(tmp_path) as service:
        with pytest.raises(StoreMissing):
            service.status()
        paths = [kept(service, tmp_path, name, data) for name, data in (
            ("trip/town [1].txt", TEXT), ("trip/same.txt", TEXT), ("bad.pdf", b"%PDF-1.7 nothing"),
        )]  # fmt: skip
        job = ended(service, "add", paths)
        assert job.state == "done"
        assert [(one.path, one.file.state, one.same_as) for one in job.outcomes] == [
            ("trip/town [1].txt", "copy", "uploads/trip/same.txt"),
            ("trip/same.txt", "indexed", None),
            ("bad.pdf", "unread", None),
        ]
        assert job.outcomes[2].file.unread
        same = resolve(Filter(documents=("uploads/trip/same.txt",)), service.status().files)[0]
        answer = service.ask("When is the museum closed?", (), same)
        found = answer.citations or answer.closest
        assert "uploads/trip/town [1].txt" in found[0].paths


def test_what_is_here_already_is_not_kept(tmp_path: Path) -> None:
    """The same bytes, under whatever name, are said to be here; what could not be read may come again."""
    own = tmp_path / "docs"
    own.mkdir()
    (own / "own.txt").write_bytes(OWN)
    (own / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    ingest(Settings(store=tmp_path / "store"), [own], load_words, lambda progress: None)
    source = tmp_path / "upload"
    with service_at(tmp_path) as service:
        source.write_bytes(OWN)
        assert service.library.keep(Upload(source, "x.txt")).already == "docs/own.txt"
        assert not folder_of(Settings(store=tmp_path / "store")).exists()
        source.write_bytes(b"%PDF-1.7 nothing")
        assert service.library.keep(Upload(source, "x.pdf")).already is None


def test_an_upload_is_removed_and_nothing_else(tmp_path: Path) -> None:
    """Its file, the folder that it leaves empty, its words; a file of the user's own folder is not ours."""
    own = tmp_path / "docs"
    own.mkdir()
    (own / "own.txt").write_bytes(OWN)
    ingest(Settings(store=tmp_path / "store"), [own], load_words, lambda progress: None)
    with service_at(tmp_path) as service:
        ended(service, "add", [kept(service, tmp_path, "trip/town.txt", TEXT)])
        uploads = {file.path: service.library.is_upload(file) for file in service.status().files}
        assert uploads == {"docs/own.txt": False, "uploads/trip/town.txt": True}
        for path in ("docs/own.txt", "uploads/none.txt"):
            job = ended(service, "remove", [path])
            assert (job.state, job.problem) == ("failed", Reason("not_an_upload"))
        assert ended(service, "remove", ["uploads/trip/town.txt"]).state == "done"
        assert shown(service) == {"docs/own.txt": "indexed"}
        assert list((tmp_path / "store" / "uploads").iterdir()) == []
        assert (own / "own.txt").exists()


def test_a_removal_waits_for_no_recognition(tmp_path: Path) -> None:
    """It ends the page under way, of another file or its own; what is left to recognise is gone on with."""
    slow = SlowRecogniser(tmp_path / "log")
    with (
        service_at(tmp_path) as service,
        closing(
            StoreLibrary(Settings(store=tmp_path / "store"), load_words, service.status, lambda _: slow)
        ) as library,
    ):
        service.library = library
        pages = [
            scan(tmp_path / name, [grey]).read_bytes() for name, grey in (("a.png", 200), ("b.png", 160))
        ]
        for name, data in (("town.txt", TEXT), ("mill.png", pages[0]), ("bridge.png", pages[1])):
            ended(service, "add", [kept(service, tmp_path, name, data)])
        for name in ("town.txt", "bridge.png"):
            until(lambda: slow.asked() or None)
            assert ended(service, "remove", [f"uploads/{name}"]).state == "done"
        assert shown(service) == {"uploads/mill.png": "unread"}
        (tmp_path / "let").touch()
        until(lambda: True if shown(service) == {"uploads/mill.png": "indexed"} else None)


def test_a_removal_waits_for_a_store_that_another_process_fills(tmp_path: Path) -> None:
    """Until then the file is there and asked; it is not lost halfway."""
    with service_at(tmp_path) as service:
        ended(service, "add", [kept(service, tmp_path, "town.txt", TEXT)])
        with (tmp_path / "store" / "lock").open("w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            name = service.library.begin("remove", ["uploads/town.txt"])
            until(lambda: (job := service.library.job(name)) and job.problem)
            assert (tmp_path / "store" / "uploads" / "town.txt").exists()
        assert until(lambda: _ended(service, name)).state == "done"
        assert shown(service) == {}
        assert list((tmp_path / "store" / "uploads").iterdir()) == []


def test_a_document_is_read_again(tmp_path: Path) -> None:
    """As a new generation of the same words; a file that was never there is one line."""
    with service_at(tmp_path) as service:
        ended(service, "add", [kept(service, tmp_path, "town.txt", TEXT)])
        before = service.status().generation
        assert ended(service, "reread", ["uploads/town.txt"]).state == "done"
        assert (service.status().generation, shown(service)) == (before + 1, {"uploads/town.txt": "indexed"})
        assert ended(service, "reread", ["x"]).problem == Reason("no_such_file")


class SlowEmbedder(WordEmbedder):
    """Embeds nothing until it is let; then fails if it was told to."""

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__()
        self.asked = self.let = False
        self.error = error

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked = True
        until(lambda: True if self.let else None)
        if self.error is not None:
            raise self.error
        return super().embed(texts)


def test_a_cancelled_job_leaves_nothing(tmp_path: Path) -> None:
    """Neither the one under way nor the one that waits its turn keeps its uploads; who waits is told so."""
    embedder = SlowEmbedder()
    with service_at(tmp_path, lambda _: embedder) as service:
        library = service.library
        first = library.begin("add", [kept(service, tmp_path, "town.txt", TEXT)])
        until(lambda: True if embedder.asked else None)
        second = library.begin("add", [kept(service, tmp_path, "own.txt", OWN)])
        waiting = library.job(second)
        assert waiting is not None
        assert waiting.state == "waiting"
        library.cancel(second)
        library.cancel(first)
        embedder.let = True
        jobs = [until(lambda name=name: _ended(service, name)) for name in (first, second)]
        assert [job.state for job in jobs] == ["cancelled", "cancelled"]
        assert list((tmp_path / "store" / "uploads").iterdir()) == []
        assert ended(service, "add", [kept(service, tmp_path, "own.txt", OWN)]).state == "done"
        assert shown(service) == {"uploads/own.txt": "indexed"}
        library.cancel(first)
        assert library.job("none") is None


def test_what_nobody_has_had_read_is_not_read(tmp_path: Path) -> None:
    """Not by the job of another, and not after the start of a new chat, which clears it an hour later."""
    left = tmp_path / "store" / "uploads" / ".town.txt.part"
    with service_at(tmp_path) as service:
        path = kept(service, tmp_path, "town.txt", TEXT)
        ended(service, "add", [kept(service, tmp_path, "own.txt", OWN)])
        assert shown(service) == {"uploads/own.txt": "indexed"}
        ended(service, "add", ["../uploads/town.txt", "/etc/passwd"])
        assert shown(service) == {"uploads/own.txt": "indexed"}
        assert left.read_bytes() == TEXT
        ended(service, "add", [path])
        assert shown(service) == {"uploads/own.txt": "indexed", "uploads/town.txt": "indexed"}
        kept(service, tmp_path, "left.txt", b"Left behind.")
    with service_at(tmp_path) as service:
        assert left.with_name(".left.txt.part").exists()
    os.utime(left.with_name(".left.txt.part"), (0, 0))
    with service_at(tmp_path) as service:
        assert sorted(file.name for file in left.parent.iterdir()) == ["own.txt", "town.txt"]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), ValueError("a mistake of ours")])
def test_an_ingest_that_fails_says_so(tmp_path: Path, error: Exception) -> None:
    """Whatever it was, the job has ended and names it; the uploads stay for the next."""
    embedder = SlowEmbedder(error)
    embedder.let = True
    with service_at(tmp_path, lambda _: embedder) as service:
        path = kept(service, tmp_path, "town.txt", TEXT)
        job = ended(service, "add", [path])
        assert job.state == "failed"
        assert job.problem == reason_of(error)
        embedder.error = None
        assert ended(service, "add", [path]).state == "done"


def test_a_store_that_another_process_fills_is_waited_for(tmp_path: Path) -> None:
    """The job says why it waits, and goes on once the store is free."""
    with service_at(tmp_path) as service:
        path = kept(service, tmp_path, "town.txt", TEXT)
        with (tmp_path / "store" / "lock").open("w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            name = service.library.begin("add", [path])
            until(lambda: (job := service.library.job(name)) and job.problem)
        assert until(lambda: _ended(service, name)).state == "done"


def test_followed_folders_are_ingested_at_every_change(tmp_path: Path) -> None:
    """A new file is there by itself; what goes wrong is told until it is right again; closing ends it."""
    own, said = tmp_path / "docs", list[str]()
    own.mkdir()
    (own / "own.txt").write_bytes(OWN)
    ingest(Settings(store=tmp_path / "store"), [own], load_words, lambda progress: None)
    with service_at(tmp_path) as service:
        assert service.library.watching() is None
        service.library.follow([own], said.append)
        state = service.library.watching()
        assert state is not None
        assert (state.paths, state.problem) == (1, None)
        time.sleep(1.5)  # the watch begins
        (own / "town.txt").write_bytes(TEXT)
        until(lambda: True if "docs/town.txt" in shown(service) else None)
        until(lambda: True if service.library.watching() != state else None)
        for file in own.iterdir():
            file.unlink()
        own.rmdir()
        until(lambda: watching.problem if (watching := service.library.watching()) else None)
    assert said


def test_what_is_read_is_told_and_ended_by_whoever_sees_it(tmp_path: Path) -> None:
    """A file that a watch follows, too: which, how far, under a name to end it by; then nothing is told."""
    embedder, own, said = SlowEmbedder(), tmp_path / "docs", list[str]()
    own.mkdir()
    with service_at(tmp_path, lambda _: embedder) as service:
        library = service.library
        assert (library.activity(), service.generation()) == (None, 0)
        library.follow([own], said.append)
        (own / "own.txt").write_bytes(OWN)
        until(lambda: True if embedder.asked else None)
        activity = library.activity()
        assert activity is not None
        assert (activity.progress.files_done, activity.progress.files) == (1, 1)
        assert activity.left is not None
        library.cancel("another")
        library.cancel(activity.job)
        embedder.let = True
        until(lambda: True if library.activity() is None else None)
        watching = until(lambda: state if (state := library.watching()) and state.problem else None)
        assert watching.problem == Reason("cancelled")
        assert service.generation() == 0
        assert ended(service, "add", [kept(service, tmp_path, "town.txt", TEXT)]).state == "done"
        assert service.generation() == 1


def test_what_another_program_reads_is_told(tmp_path: Path) -> None:
    """An ingest at a terminal: nobody here can end it, not even by the name of a job that waits for it."""
    with service_at(tmp_path) as service:
        path = kept(service, tmp_path, "town.txt", TEXT)
        far = Progress(1, 4, 12, 0, 30, "docs/theirs.pdf", page=3, of_pages=9)
        theirs = UnderWay(1, time.time() - 3600, 3600.0, far)
        with (tmp_path / "store" / "lock").open("w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            lock.write(json.dumps(asdict(theirs)) + "\n")
            lock.flush()
            name = service.library.begin("add", [path])
            until(lambda: (job := service.library.job(name)) and job.problem)
            activity = service.library.activity()
        assert activity is not None
        assert (activity.progress, activity.job) == (far, "")
        assert activity.left == pytest.approx(5 * 3600, rel=0.1)
        until(lambda: _ended(service, name))
