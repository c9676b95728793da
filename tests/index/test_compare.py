"""What is to be read again."""

from index.catalogue.rows import FileRow
from index.ingesting.compare import compare
from index.ingesting.reading import _too_large, _too_much, _too_slow, may_be_read_now
from ingest.document import Unread
from ingest.reasons import Code, Reason
from ingest.settings import Settings
from tests.support.fakes import MemorySource


def test_with_a_password_at_hand_locked_files_are_read_again() -> None:
    """Those alone, and only then: neither what is read nor what no password helps."""
    reasons: dict[str, Code] = {"/a": "locked", "/b": "still_locked", "/c": "empty"}
    sources = [MemorySource(key, "Cats purr.", mtime_ns=1) for key in (*reasons, "/d")]
    rows = [
        FileRow(source.key, source.shown, source.size, 1, source.sha256(), "way", None, ledger)
        for source in sources
        for ledger in [(Unread(None, Reason(reasons[source.key])),) if source.key in reasons else ()]
    ]
    without = compare(rows, sources, lambda _: True, "way")
    assert (without.to_read, without.plan.unchanged) == ([], 4)
    found = compare(rows, sources, lambda _: True, "way", may_be_read_now(Settings(password="swordfish")))
    assert [source.key for source, _ in found.to_read] == ["/a", "/b"]
    assert found.plan.unchanged == 2


def test_with_another_limit_what_it_stopped_is_read_again() -> None:
    """A file that took too long or too much is tried again when that limit is another, and not before."""
    source = MemorySource("/a", "Cats purr.", mtime_ns=1)
    stopping: dict[str, Code] = {
        "max_file_seconds": "too_slow",
        "max_file_memory_mb": "too_much_memory",
        "memory_mb": "holds_too_much",
    }
    for name, code in stopping.items():
        old, new = Settings(**{name: 600}), Settings(**{name: 700})
        for reason in (_too_slow(old), _too_large(old), _too_much(old)):
            row = FileRow("/a", "a", source.size, 1, source.sha256(), "way", None, (Unread(None, reason),))
            assert not may_be_read_now(old)(row)
            assert may_be_read_now(new)(row) == (reason.code == code)
            found = compare([row], [source], lambda _: True, "way", may_be_read_now(new))
            assert bool(found.to_read) == (reason.code == code)
