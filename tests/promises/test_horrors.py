"""The worst files there are: each is in the index, or in the ledger with a reason that a person understands.

`tests/support/horrors.py` makes them. What takes its time or memory is stopped by the limits that are set
here, so that the outcome of a few depends on the machine; of these both outcomes are right.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.phrases.reasons import worded
from index import sync
from index.ingesting.scan import scan
from index.store import Generation
from index.types import Progress
from ingest.settings import Settings
from tests.support import horrors
from tests.support.fakes import load_words

READ = "indexed"
LIMITS = {"max_file_seconds": 20, "max_file_memory_mb": 1536}
STOPPED = ("takes longer than 20 s", "takes more than 1536 MB", "too large")
NOBODY = 65534


def quiet(_: Progress) -> None:
    """No progress wanted."""


def outcomes(store: Path, folder: Path, **limits: int) -> dict[str, str]:
    """What became of each file of the folder, by its name: indexed, or the ledger's reason."""
    settings = Settings(store=store, **limits)
    report = sync.ingest(settings, [folder], load_words, quiet)
    while more := sync.recognise(settings, load_words, quiet):
        report = more
    whole = {path: worded(entry.reason) for path, entry in report.unread if entry.pages is None}
    with Generation.open(store, None) as generation:
        files = generation.status().files
    states = {file.path: READ if file.state == "copy" else file.state for file in files}
    parts = {path: worded(entry.reason) for path, entry in report.unread if entry.pages is not None}
    assert len(states) == sum(1 for _ in folder.iterdir()), "every file is in one state"
    return {
        path.partition("/")[2]: state if state == READ else whole.get(path) or parts[path]
        for path, state in states.items()
    }


def written(folder: Path, files: Mapping[str, bytes]) -> Path:
    """A new folder of these files."""
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def test_pdfs_that_go_in_circles_or_never_end(tmp_path: Path) -> None:
    """Loops and bombs are told as damage or size; where the page can be read all the same, it is."""
    circles = "damaged page: Failed to load page."
    ended = "damaged: reading it ended the process that read it"
    large = "damaged or too large page: Limit reached while decompressing."
    folder = written(tmp_path / "in", horrors.pdfs())
    found = outcomes(tmp_path / "store", folder, **LIMITS)
    expected = {
        "bomb-in-bombs.pdf": large,
        "bomb-of-text.pdf": ended,
        "bomb.pdf": large,
        "count-lies.pdf": READ,
        "endless-array.pdf": "damaged page: nested too deeply",
        "endless-dictionary.pdf": "damaged page: Stream has ended unexpectedly",
        "endless-state.pdf": READ,
        "no-end.pdf": "damaged or too large page: Declared stream length",
        "own-contents.pdf": "no text layer",
        "own-filter.pdf": "damaged page: ",
        "own-form.pdf": ended,
        "own-kid.pdf": circles,
        "own-length.pdf": READ,
        "own-parent.pdf": READ,
        "own-reference.pdf": "no text layer",
        "size-lies.pdf": READ,
        "tree-in-a-circle.pdf": circles,
        "xref-in-a-circle.pdf": READ,
    }
    assert found.keys() == expected.keys()
    wrong = {
        name: said for name, said in found.items() if not said.startswith((expected[name], *STOPPED[:2]))
    }
    assert wrong == {}


def test_a_pdf_of_100000_pages(tmp_path: Path) -> None:
    """It is beyond a limit of the parser, and that is said; 1,000 pages are read."""
    files = {"many.pdf": horrors.many_pages(100_000), "fewer.pdf": horrors.many_pages(1_000)}
    assert outcomes(tmp_path / "store", written(tmp_path / "in", files)) == {
        "many.pdf": "damaged or too large PDF: Maximum page tree entry limit reached: 100001 > 100000.",
        "fewer.pdf": READ,
    }


def test_containers_that_swell(tmp_path: Path) -> None:
    """Bombs are refused unopened, entities stay as they are, no other file is read for them."""
    outside = written(tmp_path / "outside", {"secret.txt": horrors.SECRET.encode()})
    folder = written(tmp_path / "in", horrors.containers(outside / "secret.txt"))
    found = outcomes(tmp_path / "store", folder, **LIMITS)
    for name, said in found.items():
        if name.startswith("swollen"):
            assert said == "too large when unpacked", name
        elif name in ("laughs.docx", "laughs.pptx", "laughs-package.epub"):
            assert said.startswith("damaged: its XML is broken (Maximum entity amplification"), name
        elif name.startswith("understated"):
            assert said == READ or said.startswith(("damaged: Bad CRC", *STOPPED)), name
        else:  # it takes a while to list 70,000 members
            assert said.startswith((READ, STOPPED[0]) if name == "crowded.epub" else READ), f"{name}: {said}"
    with Generation.open(tmp_path / "store", None) as generation:
        text = " ".join(passage.text for _, passage in generation.passages(range(10**4)).values())
    assert "Cats purr." in text
    assert "halibut" not in text


def test_pages_that_are_deep_long_or_another_format(tmp_path: Path) -> None:
    """Content decides before the suffix; no name is too odd; what holds no text says so."""
    folder = written(tmp_path / "in", horrors.pages())
    found = outcomes(tmp_path / "store", folder, **LIMITS)
    broken = found.pop("image.docx")  # by whether pictures are recognised on this machine
    assert broken.startswith(("unsupported: image", "damaged: not built as its format asks"))
    stopped = {name for name, said in found.items() if said.startswith(STOPPED)}
    assert stopped <= {"feeds.txt", "line.txt", "stars.md", "brackets.md", "notes.html", "wide.html"}
    assert {name: said for name, said in found.items() if said != READ and name not in stopped} == {
        "deep.html": "damaged: nested too deeply",
        "deep.md": "no text",
        "empty.pdf": "empty",
        "empty.txt": "empty",
        "program.md": "unsupported: program",
        "zeros.txt": "looks binary, not text",
    }
    assert {"new\\nline.txt", "caf\\xe9.txt", "🐈\\u202e\\u200d.txt", "l" * 251 + ".txt"} <= found.keys()


def test_a_page_of_100_mb(tmp_path: Path) -> None:
    """It is read where time and memory last, and else stopped at the limit."""
    folder = tmp_path / "in"
    folder.mkdir()
    horrors.large_page(folder / "large.html")
    (folder / "small.txt").write_text("Cats purr.")
    found = outcomes(tmp_path / "store", folder, max_file_seconds=5)
    assert found["small.txt"] == READ
    assert found["large.html"].startswith((READ, "takes longer than 5 s"))


def test_nothing_but_files_within_the_folder_is_read(tmp_path: Path) -> None:
    """Links out or in circles, a pipe, a socket and 10 GB of nothing are named for what they are."""
    outside = written(tmp_path / "outside", {"secret.txt": horrors.SECRET.encode()})
    folder = written(tmp_path / "in", {"cats.txt": b"Cats purr."})
    horrors.no_files(folder, outside)
    away, itself = "a link that leads outside the folder", "a link that leads to itself"
    assert outcomes(tmp_path / "store", folder) == {
        "cats.txt": READ,
        "link-a": itself,
        "link-b": itself,
        "link-outside.txt": away,
        "link-relative": away,
        "link-to-a-folder": away,
        "link-to-here": "a link that leads back to itself",
        "link-to-itself": itself,
        "link-to-memory": away,
        "link-to-nothing": "a link that leads nowhere",
        "link-to-zeros": away,
        "link-up": away,
        "pipe.txt": "a named pipe, not a file",
        "socket.txt": "a socket, not a file",
        "sparse.txt": "too large: 10240 MB, limit 200 MB (max_file_mb)",
    }


def test_a_device_is_not_a_file(tmp_path: Path) -> None:
    """Not even where it is named itself."""
    report = sync.ingest(Settings(store=tmp_path / "store"), [Path("/dev/zero")], load_words, quiet)
    assert [worded(entry.reason) for _, entry in report.unread] == ["a device, not a file"]


@contextmanager
def _without_rights() -> Iterator[Path]:
    """A folder of a user who is not root, who this process is for as long."""
    user = os.geteuid() or NOBODY
    with TemporaryDirectory() as folder:
        os.chown(folder, user, -1)
        before = os.geteuid()
        os.seteuid(user)
        try:
            yield Path(folder)
        finally:
            os.seteuid(before)


def test_files_and_folders_that_may_not_be_read() -> None:
    """They are in the ledger, and the others are read."""
    with _without_rights() as base:
        folder = written(base / "in", {"locked.txt": b"Dogs bark.", "open.txt": b"Cats purr."})
        written(folder / "closed", {"a.txt": b"Owls hoot."})
        (folder / "locked.txt").chmod(0)
        (folder / "closed").chmod(0)
        settings = Settings(store=base / "store")
        sources = scan([folder], {}, settings, only=True).sources
        report = sync.mirror(settings, sources, load_words, quiet)
        (folder / "closed").chmod(0o700)
    assert len(report.plan.added) == 3
    assert {path: worded(entry.reason) for path, entry in report.unread} == {
        "in/closed": "permission denied",
        "in/locked.txt": "permission denied",
    }
