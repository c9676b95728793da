"""The documents of a store and their files: by content, and never other bytes than were read."""

from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import pytest

from app.pages.originals import Originals
from index.sync import ingest
from ingest.errors import ReadError, StoreMissing
from ingest.settings import Settings
from tests.support.fakes import load_words

TEXT = b"The museum is closed on Mondays.\n"
ID = sha256(TEXT).hexdigest()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A store over a folder with one text under two names."""
    folder = tmp_path / "docs"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_bytes(TEXT)
    settings = Settings(store=tmp_path / "store")
    ingest(settings, [folder], load_words, lambda progress: None)
    return settings


def test_a_document_has_its_text_and_file(settings: Settings, tmp_path: Path) -> None:
    """Both are found by the hash of the file's bytes; where one copy is gone, the other serves."""
    originals = Originals(settings.store)
    assert originals.document(ID).text == TEXT.decode().strip()
    assert originals.file(ID) == tmp_path / "docs" / "a.txt"
    (tmp_path / "docs" / "a.txt").unlink()
    assert originals.file(ID) == tmp_path / "docs" / "b.txt"


def test_a_changed_file_is_not_the_original(settings: Settings, tmp_path: Path) -> None:
    """Other bytes under the old name are not served as what was read, nor is a file that is gone."""
    originals = Originals(settings.store)
    for name in ("a.txt", "b.txt"):
        (tmp_path / "docs" / name).write_bytes(TEXT + b"Or is it?\n")
    with pytest.raises(ReadError, match="file_changed"):
        originals.file(ID)
    for name in ("a.txt", "b.txt"):
        (tmp_path / "docs" / name).unlink()
    with pytest.raises(ReadError, match="file_gone"):
        originals.file(ID)


def test_an_attachment_is_taken_out_of_its_mail(settings: Settings, tmp_path: Path) -> None:
    """Under its own name, byte by byte, as long as the mail is as it was; nothing of it stays behind."""
    message = EmailMessage()
    message["Subject"], message["From"] = "Opening hours", "mona@museum.example"
    message.set_content("See the file.")
    inner = EmailMessage()
    inner["Subject"], inner["From"] = "Hours", "mona@museum.example"
    inner.add_attachment("The museum opens at ten.", filename="hours.txt")
    message.add_attachment(inner)
    mail = tmp_path / "docs" / "a.eml"
    mail.write_bytes(message.as_bytes())
    ingest(settings, [tmp_path / "docs"], load_words, lambda progress: None)
    originals = Originals(settings.store)
    hours = sha256(b"The museum opens at ten.\n").hexdigest()
    assert originals.document(hours).text == "The museum opens at ten."
    file = originals.file(hours)
    assert (file.name, file.read_bytes()) == ("hours.txt", b"The museum opens at ten.\n")
    assert originals.file(hours) == file
    mail.write_bytes(message.as_bytes().replace(b"See", b"Eat"))
    assert originals.file(hours).read_bytes() == b"The museum opens at ten.\n"
    mail.unlink()
    with pytest.raises(ReadError, match="file_gone"):
        originals.file(hours)
    originals.close()
    assert not file.exists()


def test_the_newest_generation_is_followed(settings: Settings, tmp_path: Path) -> None:
    """What a later ingest adds is found, what it forgets is not, and what never was neither."""
    originals = Originals(settings.store)
    assert originals.document(ID)
    (tmp_path / "docs" / "a.txt").unlink()
    (tmp_path / "docs" / "b.txt").write_bytes(b"The harbour is open.\n")
    ingest(settings, [tmp_path / "docs"], load_words, lambda progress: None)
    assert originals.document(sha256(b"The harbour is open.\n").hexdigest())
    for gone in (ID, "0" * 64):
        with pytest.raises(ReadError, match="document_gone"):
            originals.document(gone)
        with pytest.raises(ReadError, match="file_gone"):
            originals.file(gone)


def test_without_a_store(tmp_path: Path) -> None:
    """Before the first ingest there is nothing to find, which is said as ever."""
    with pytest.raises(StoreMissing):
        Originals(tmp_path).document(ID)
