"""The folder of uploads: safe paths, files that are never overwritten."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.phrases.reasons import worded
from app.web.service.service import Upload
from app.web.service.uploads import clear, keep, publish, remove, safe_name, safe_path, uploads
from index.sync import ingest
from ingest.errors import UsageError
from ingest.settings import Settings
from tests.support.fakes import load_words


def kept(source: Path, name: str, folder: Path) -> tuple[Path, bool]:
    """An upload that is kept and published: where, and whether it is new there."""
    target, is_new = keep(Upload(source, name), folder, 1)
    publish(target, folder)
    return target, is_new


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("a.pdf", "a.pdf"),
        ("été (1) حوار.pdf", "été (1) حوار.pdf"),
        (".hidden.txt", "hidden.txt"),
        ("..", "document"),
        ("", "document"),
        ("a\x00\n\u202eb.txt", "ab.txt"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("ع" * 300 + ".pdf", "ع" * 98 + ".pdf"),
    ],
)
def test_safe_names(given: str, safe: str) -> None:
    """A name stays what it was unless it would hide or overflow."""
    assert safe_name(given) == safe


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("reports/2024/a.pdf", "reports/2024/a.pdf"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\docs\\a.txt", "C:/docs/a.txt"),
        ("a/../b/./c.txt", "a/b/c.txt"),
        (".git/config", "git/config"),
        ("a//b.txt", "a/b.txt"),
        ("a/..", "a/document"),
        ("/".join("abcdefghijklmnop"), "/".join("defghijklmnop")),
    ],
)
def test_safe_paths(given: str, safe: str) -> None:
    """Folders of an upload are kept, but for what leads out of the uploads, hides or goes too deep."""
    assert str(safe_path(given)) == safe


@given(st.text() | st.lists(st.sampled_from(["..", ".", "", "/", "\\", "a", ".a", "~"])).map("/".join))
def test_any_path_lands_below_the_uploads(name: str) -> None:
    """Whatever a client calls its file, it stays in the folder, is seen, and fits the file system."""
    path = safe_path(name)
    assert not path.is_absolute()
    assert 1 <= len(path.parts) <= 13
    for part in path.parts:
        assert not part.startswith(".")
        assert 0 < len(part.encode(errors="surrogatepass")) <= 220
        assert part.isprintable()


def test_a_different_file_is_never_overwritten(tmp_path: Path) -> None:
    """The same file twice is kept once; another of the same path gets a number."""
    folder, source = tmp_path / "uploads", tmp_path / "upload"
    found = []
    for data in (b"one", b"one", b"two", b"three", b"two"):
        source.write_bytes(data)
        target, is_new = kept(source, "x/a.txt", folder)
        found.append((target.relative_to(folder).as_posix(), is_new))
    assert found == [
        ("x/a.txt", True),
        ("x/a.txt", False),
        ("x/a (2).txt", True),
        ("x/a (3).txt", True),
        ("x/a (2).txt", False),
    ]
    assert {path.name: path.read_bytes() for path in (folder / "x").iterdir()} == {
        "a.txt": b"one",
        "a (2).txt": b"two",
        "a (3).txt": b"three",
    }


def test_an_upload_is_on_the_disk_before_it_has_its_name(tmp_path: Path) -> None:
    """Written, waited for, renamed; then each folder that may be new is waited for, up to the store."""
    source, folder = tmp_path / "upload", tmp_path / "store" / "uploads"
    source.write_bytes(b"one")
    waited: list[tuple[str, bytes, list[str]]] = []

    def sync(path: Path) -> None:
        held = path.read_bytes() if path.is_file() else b""
        waited.append((path.name, held, sorted(each.name for each in (folder / "x").iterdir())))

    target, _ = keep(Upload(source, "x/a.txt"), folder, 1, sync)
    publish(target, folder, sync)
    assert waited == [
        (".a.txt.part", b"one", [".a.txt.part"]),
        ("x", b"", ["a.txt"]),
        ("uploads", b"", ["a.txt"]),
        ("store", b"", ["a.txt"]),
    ]


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """An upload that cannot be kept says why, and no path; also where a file has its folder's name."""
    source = tmp_path / "a.txt"
    source.write_bytes(b"1")
    for name, folder in (("a.txt", source), ("a.txt/b.txt", tmp_path)):
        with pytest.raises(UsageError) as refused:
            kept(source, name, folder)
        assert worded(refused.value.reason).startswith("the file cannot be kept: ")
        assert str(tmp_path) not in str(refused.value)


def test_a_removed_upload_takes_its_empty_folders_along(tmp_path: Path) -> None:
    """Up to the folder of uploads itself; a folder with another file stays; one that is gone is no error."""
    folder, source = tmp_path / "uploads", tmp_path / "upload"
    source.write_bytes(b"1")
    first, second = (kept(source, name, folder)[0] for name in ("a/b/c/x.txt", "a/y.txt"))
    remove(first, folder)
    assert [path.name for path in (folder / "a").iterdir()] == ["y.txt"]
    remove(second, folder)
    remove(second, folder)
    assert list(folder.iterdir()) == []


def test_uploads_stay_when_everything_else_is_forgotten(tmp_path: Path) -> None:
    """`chat --only`, which `make chat` runs at every start, names the uploads too."""
    settings = Settings(store=tmp_path / "store")
    own, source = tmp_path / "docs", tmp_path / "upload"
    own.mkdir()
    (own / "own.txt").write_bytes(b"The harbour is north of the town.\n")
    assert uploads(settings) == []
    source.write_bytes(b"The museum is closed on Mondays.\n")
    kept(source, "trip/town.txt", settings.store / "uploads")
    report = ingest(settings, [own, *uploads(settings)], load_words, lambda progress: None, only=True)
    assert report.plan.added == ("docs/own.txt", "uploads/trip/town.txt")
    again = ingest(settings, [own], load_words, lambda progress: None)
    assert again.plan.deleted == ()


def test_uploads_stay_when_the_folder_around_the_store_is_ingested(tmp_path: Path) -> None:
    """A store inside the folder that is ingested keeps its uploads when that folder is ingested again."""
    settings, source = Settings(store=tmp_path / "docs" / ".mustanad"), tmp_path / "upload"
    source.write_bytes(b"The museum is closed on Mondays.\n")
    kept(source, "town.txt", settings.store / "uploads")
    (settings.store.parent / "own.txt").write_bytes(b"The harbour is north of the town.\n")
    for _ in range(2):
        ingest(settings, [settings.store / "uploads"], load_words, lambda progress: None)
        report = ingest(settings, [settings.store.parent], load_words, lambda progress: None)
        assert (report.plan.deleted, report.passages) == ((), 2)


def test_all_uploads_together_have_a_limit(tmp_path: Path) -> None:
    """What would go over it is refused with both sizes, and leaves nothing; what is there already is not."""
    folder, source = tmp_path / "uploads", tmp_path / "upload"
    source.write_bytes(b"1" * 600_000)
    kept(source, "a.txt", folder)
    keep(Upload(source, "a.txt"), folder, 1)
    source.write_bytes(b"2" * 600_000)
    with pytest.raises(UsageError) as refused:
        keep(Upload(source, "x/b.txt"), folder, 1)
    said = "no room for it: all uploads would take 2 MB, limit 1 MB (max_uploads_mb)"
    assert worded(refused.value.reason) == said
    assert [path for path in folder.rglob("*") if path.is_file()] == [folder / "a.txt"]


def test_what_was_left_behind_is_cleared(tmp_path: Path) -> None:
    """An hour after it came, with the folder that it leaves empty; what was published stays for ever."""
    folder, source = tmp_path / "uploads", tmp_path / "upload"
    source.write_bytes(b"1")
    old, _ = kept(source, "old.txt", folder)
    source.write_bytes(b"2")
    for name in ("trip/left.txt", "new.txt"):
        keep(Upload(source, name), folder, 1)
    for path in (old, folder / "trip" / ".left.txt.part"):
        os.utime(path, (0, 0))
    clear(folder)
    assert sorted(path.name for path in folder.rglob("*")) == [".new.txt.part", "old.txt"]
    clear(tmp_path / "nowhere")
