"""The web chat's real service: exact filters, pages of citations."""

from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from app.pages.places import Part
from app.web.service.filters import Filter, resolve
from app.web.service.local import StoreService
from index.sync import ingest
from ingest.errors import ReadError
from ingest.settings import Settings
from tests.ingest.test_read_pdf import filler, lines, pdf
from tests.support.fakes import load_words

TEXT = b"The ferry leaves at nine.\n\nThe museum is closed on Mondays.\n"


def chosen(service: StoreService, *paths: str) -> frozenset[str]:
    """What is asked where these shown paths are chosen."""
    return resolve(Filter(documents=paths), service.status().files)[0]


def test_a_chosen_document_alone_is_searched(tmp_path: Path) -> None:
    """By its whole path, at its word: not one of that name elsewhere, nor what it matches as a glob."""
    settings, folder = Settings(store=tmp_path / "store", threshold=0.0), tmp_path / "docs"
    for path in ("notes.md", "docs/notes.md", "a?.md", "ab.md", "old/a\nb.md"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(f"The ferry of {path!r} leaves at nine.", encoding="utf-8")
    ingest(settings, sorted(folder.iterdir()), load_words, lambda progress: None)
    with closing(StoreService(settings, load_words)) as service:
        shown = [file.path for file in service.status().files]
        assert {"notes.md", "docs/notes.md", "a?.md", "ab.md"} < set(shown)
        for path in shown:
            cited = service.ask("When does the ferry leave?", (), chosen(service, path)).citations
            assert {citation.paths for citation in cited} == {(path,)}


def test_the_page_of_a_citation_is_shown(tmp_path: Path) -> None:
    """From an ingested PDF to its page, boxed; not once the file is another."""
    settings, folder = Settings(store=tmp_path / "store"), tmp_path / "docs"
    folder.mkdir()
    quote = "The museum is closed on Mondays."
    (folder / "town.pdf").write_bytes(pdf(lines(*filler("oak")), lines(quote, None, *filler("elm"))))
    (folder / "town.txt").write_bytes(TEXT)
    ingest(settings, [folder], load_words, lambda progress: None)
    with closing(StoreService(settings, load_words)) as service:
        answer = service.ask("When is the museum closed?", (), chosen(service, "docs/town.pdf"))
        document = service.document((answer.citations or answer.closest)[0].document_id)
        assert service.has_pictures(document.sha256)
        assert not service.has_pictures(sha256(TEXT).hexdigest())
        (boxes,) = service.sheet(document.sha256, 2, [(Part(0, 0, quote),)]).boxes
        assert len(boxes) == 1
        assert service.picture(document.sha256, 2).startswith(b"\xff\xd8\xff")
        (folder / "town.pdf").write_bytes(b"%PDF-1.7 another")
        with pytest.raises(ReadError, match="file_changed"):
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
    ingest(settings, [folder], load_words, lambda progress: None)
    with closing(StoreService(settings, load_words)) as service:
        only = chosen(service, "docs/town.md")
        cited = service.ask("When does the old ferry leave?", (), only).citations[0]
        mill, museum = "Tell me about the new mill", "Tell me about the old museum"
        assert service.follow_ups(cited, 2, ()) == [museum]
        assert service.follow_ups(cited, 2, ()) == [museum, mill]
        assert service.follow_ups(cited, 2, [museum]) == [mill, "Tell me about the old ferry"]
        assert service.follow_ups(cited, 1, (), only) == [museum]
        assert service.follow_ups(cited, 2, (), frozenset()) == []
        assert list(service.examples(1, "en")) == ["Tell me about the old ferry"]
        with pytest.raises(ReadError):
            service.follow_ups(replace(cited, document_id="e" * 64), 2, ())
