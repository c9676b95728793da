"""The lock of a store: one process holds it, and all others see how far that is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.ingesting.lock import locked, under_way
from index.types import Progress
from ingest.errors import StoreBusy

FAR = Progress(1, 4, 12, 30, 90, "docs/a long name of a report.pdf", page=3, of_pages=9)
_TELLS = """
import sys
from pathlib import Path
from index.ingesting.lock import locked
from index.types import Progress
with locked(Path(sys.argv[1])) as tell:
    tell(Progress(2, 4, 0, 0, 0, "theirs.pdf"))
    print("told", flush=True)
    sys.stdin.read()
"""


def test_what_is_told_is_seen_until_the_end(tmp_path: Path) -> None:
    """By any process, this one too; the newest alone, also where it is shorter; nothing before or after."""
    assert under_way(tmp_path / "store") is None
    with locked(tmp_path / "store") as tell:
        assert under_way(tmp_path / "store") is None
        tell(FAR)
        tell(Progress(2, 4, 12, 30, 90, "b"))
        found = under_way(tmp_path / "store")
        assert found is not None
        assert (found.process, found.progress) == (os.getpid(), Progress(2, 4, 12, 30, 90, "b"))
        with pytest.raises(StoreBusy), locked(tmp_path / "store"):
            pass
        assert under_way(tmp_path / "store") == found
    assert under_way(tmp_path / "store") is None


def test_another_process_is_seen_and_forgotten_once_it_was_killed(tmp_path: Path) -> None:
    """What it wrote stands there still, but nobody holds the lock: it is not told, and the store is free."""
    command = [sys.executable, "-c", _TELLS, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"told\n"
        found = under_way(tmp_path)
        assert found is not None
        assert (found.process, found.progress.current) == (process.pid, "theirs.pdf")
        process.kill()
        process.wait()
    assert (tmp_path / "lock").read_bytes() != b""
    assert under_way(tmp_path) is None
    assert (tmp_path / "lock").read_bytes() == b""
    with locked(tmp_path) as tell:
        tell(FAR)
        assert under_way(tmp_path) is not None


@pytest.mark.parametrize("left", [b"x", b"\n", b"[]\n", b'{"process": 1}\n', b"\xff\n"])
def test_words_of_another_kind_are_nothing(tmp_path: Path, left: bytes) -> None:
    """An earlier version's lock, or half a line: no error, whoever holds it."""
    with locked(tmp_path):
        (tmp_path / "lock").write_bytes(left)
        assert under_way(tmp_path) is None
