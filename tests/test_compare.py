"""What is to be read again."""

from index.compare import compare
from index.rows import FileRow
from ingest.document import Unread
from ingest.errors import LOCKED, STILL_LOCKED
from tests.fakes import MemorySource


def test_with_a_password_at_hand_locked_files_are_read_again() -> None:
    """Those alone, and only then: neither what is read nor what no password helps."""
    reasons = {"/a": LOCKED, "/b": STILL_LOCKED, "/c": "empty"}
    sources = [MemorySource(key, "Cats purr.", mtime_ns=1) for key in (*reasons, "/d")]
    rows = [
        FileRow(source.key, source.shown, source.size, 1, source.sha256(), "way", None, ledger)
        for source in sources
        for ledger in [(Unread(None, reasons[source.key]),) if source.key in reasons else ()]
    ]
    without = compare(rows, sources, lambda _: True, "way")
    assert (without.to_read, without.plan.unchanged) == ([], 4)
    found = compare(rows, sources, lambda _: True, "way", unlocking=True)
    assert [source.key for source, _ in found.to_read] == ["/a", "/b"]
    assert found.plan.unchanged == 2
