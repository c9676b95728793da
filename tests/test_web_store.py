"""The web chat's real service: safe names, files that are never overwritten, uploads that are read."""

from contextlib import closing
from dataclasses import replace
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.page_text import Quoted
from app.web.service import Upload
from app.web.store import StoreService, glob_of, keep, safe_name, uploads
from index.sync import ingest
from index.types import Report
from ingest.errors import ReadError, StoreMissing, UsageError
from ingest.settings import Settings
from tests.fakes import WordEmbedder
from tests.test_read_pdf import filler, lines, pdf

TEXT = b"The ferry leaves at nine.\n\nThe museum is closed on Mondays.\n"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a.pdf", "a.pdf"),
        ("été (1) حوار.pdf", "été (1) حوار.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\docs\\a.txt", "a.txt"),
        (".hidden.txt", "hidden.txt"),
        ("..", "document"),
        ("", "document"),
        ("a\x00\n\u202eb.txt", "ab.txt"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("ع" * 300 + ".pdf", "ع" * 98 + ".pdf"),
    ],
)
def test_safe_names(given: str, kept: str) -> None:
    """A name stays what it was unless it would move, hide or overflow."""
    assert safe_name(given) == kept


@given(st.text())
def test_any_name_is_one_short_part_of_a_path(name: str) -> None:
    """Whatever a client calls its file, it lands in the folder and fits the file system."""
    safe = safe_name(name)
    assert Path(safe).name == safe
    assert not safe.startswith(".")
    assert 0 < len(safe.encode(errors="surrogatepass")) <= 220


@given(st.text(min_size=1).filter(lambda path: "\n" not in path))
def test_a_chosen_document_is_matched_by_its_glob(path: str) -> None:
    """A path with brackets, stars or question marks is taken at its word."""
    pattern = glob_of([path])
    assert pattern is not None
    assert fnmatchcase(path, pattern)
    assert glob_of([]) is None


def test_a_different_file_is_never_overwritten(tmp_path: Path) -> None:
    """The same file twice is kept once; another of the same name gets a number."""
    folder, source = tmp_path / "uploads", tmp_path / "upload"
    names = []
    for data in (b"one", b"one", b"two", b"three", b"two"):
        source.write_bytes(data)
        names.append(keep(Upload(source, "a.txt"), folder).name)
    assert names == ["a.txt", "a.txt", "a (2).txt", "a (3).txt", "a (2).txt"]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "a.txt": b"one",
        "a (2).txt": b"two",
        "a (3).txt": b"three",
    }


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """An upload that cannot be kept says which and where."""
    source = tmp_path / "a.txt"
    source.write_bytes(b"1")
    with pytest.raises(UsageError, match=r"a.txt: expected to keep it in .*a.txt"):
        keep(Upload(source, "a.txt"), source)


def test_uploads_begin_a_store_and_are_asked(tmp_path: Path) -> None:
    """From no store at all: an upload is kept, ingested, listed and answered from."""
    settings = Settings(store=tmp_path / "store")
    source = tmp_path / "gradio upload"
    source.write_bytes(TEXT)
    with closing(StoreService(settings, WordEmbedder())) as service:
        with pytest.raises(StoreMissing):
            service.status()
        *_, report = service.add([Upload(source, "town [1].txt")])
        assert isinstance(report, Report)
        assert report.plan.added == ("uploads/town [1].txt",)
        assert [file.path for file in service.status().files] == ["uploads/town [1].txt"]
        answer = service.ask("When is the museum closed?", (), ["uploads/town [1].txt"])
        found = answer.citations or answer.closest
        assert found[0].paths == ("uploads/town [1].txt",)
        assert source.read_bytes() == TEXT
        *_, again = service.add([Upload(source, "town [1].txt")])
        assert isinstance(again, Report)
        assert again.plan.added == ()


def test_uploads_stay_when_the_folder_around_the_store_is_ingested(tmp_path: Path) -> None:
    """A store inside the folder that is ingested keeps its uploads when that folder is ingested again."""
    settings = Settings(store=tmp_path / "docs" / ".mustanad")
    settings.store.parent.mkdir()
    (settings.store.parent / "own.txt").write_bytes(b"The harbour is north of the town.\n")
    source = tmp_path / "upload"
    source.write_bytes(TEXT)
    with closing(StoreService(settings, WordEmbedder())) as service:
        ingest(settings, [settings.store.parent], WordEmbedder, lambda progress: None)
        list(service.add([Upload(source, "town.txt")]))
        before = [file.path for file in service.status().files]
        ingest(settings, [settings.store.parent], WordEmbedder, lambda progress: None)
        assert len(before) == 2
        assert [file.path for file in service.status().files] == before


def test_uploads_stay_when_everything_else_is_forgotten(tmp_path: Path) -> None:
    """`chat --only`, which `make chat` runs at every start, names the uploads too."""
    settings = Settings(store=tmp_path / "store")
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "own.txt").write_bytes(b"The harbour is north of the town.\n")
    assert uploads(settings) == []
    source = tmp_path / "upload"
    source.write_bytes(TEXT)
    with closing(StoreService(settings, WordEmbedder())) as service:
        list(service.add([Upload(source, "town.txt")]))
        ingest(settings, [folder, *uploads(settings)], WordEmbedder, lambda progress: None, only=True)
        assert [file.path for file in service.status().files] == ["docs/own.txt", "uploads/town.txt"]


def test_the_page_of_a_citation_is_shown(tmp_path: Path) -> None:
    """From an ingested PDF to its page, boxed; not once the file is another."""
    settings, folder = Settings(store=tmp_path / "store"), tmp_path / "docs"
    folder.mkdir()
    quote = "The museum is closed on Mondays."
    (folder / "town.pdf").write_bytes(pdf(lines(*filler("oak")), lines(quote, None, *filler("elm"))))
    (folder / "town.txt").write_bytes(TEXT)
    ingest(settings, [folder], WordEmbedder, lambda progress: None)
    with closing(StoreService(settings, WordEmbedder())) as service:
        answer = service.ask("When is the museum closed?", (), ["docs/town.pdf"])
        document = service.document((answer.citations or answer.closest)[0].document_id)
        assert service.has_pictures(document.sha256)
        assert not service.has_pictures(sha256(TEXT).hexdigest())
        (boxes,) = service.sheet(document.sha256, 2, [Quoted(quote)]).boxes
        assert len(boxes) == 1
        assert service.picture(document.sha256, 2).startswith(b"\xff\xd8\xff")
        (folder / "town.pdf").write_bytes(b"%PDF-1.7 another")
        with pytest.raises(ReadError, match="changed since it was read"):
            service.picture(document.sha256, 2)


def test_questions_to_go_on_with_are_answered_and_new(tmp_path: Path) -> None:
    """From the headings around the quote: none that was asked, none that is not answered."""
    settings, folder = Settings(store=tmp_path / "store", threshold=0.0), tmp_path / "docs"
    folder.mkdir()
    text = (
        "# The old ferry\n\nIt leaves.\n\n# The old museum\n\nIt is closed.\n\n# The new mill\n\nIt turns.\n"
    )
    (folder / "town.md").write_text(text, encoding="utf-8")
    (folder / "town.txt").write_bytes(TEXT)
    ingest(settings, [folder], WordEmbedder, lambda progress: None)
    with closing(StoreService(settings, WordEmbedder())) as service:
        cited = service.ask("When does the old ferry leave?", (), ["docs/town.md"]).citations[0]
        mill, museum = "Tell me about the new mill", "Tell me about the old museum"
        assert service.follow_ups(cited, 2, (), ()) == [museum, mill]
        assert service.follow_ups(cited, 2, [museum], ()) == [mill, "Tell me about the old ferry"]
        assert service.follow_ups(cited, 1, (), ["docs/town.md"]) == [museum]
        assert service.follow_ups(cited, 2, (), ["docs/none.md"]) == []
        assert list(service.examples(1, "en")) == ["Tell me about the old ferry"]
        with pytest.raises(ReadError):
            service.follow_ups(replace(cited, document_id="e" * 64), 2, (), ())
