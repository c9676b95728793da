"""Pages are recognised apart from reading, each once, and published as they come."""

from contextlib import closing
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from index import sync
from index.catalogue.database import Catalogue
from index.ingesting.verify import verify
from index.store import Generation
from index.types import Progress, Report
from ingest.errors import Cancelled
from ingest.reasons import Reason
from ingest.settings import Settings
from tests.support.fakes import load_words
from tests.support.pictures import GreyRecogniser, scan

AWAITS = Reason("awaits_recognition")
SURE = Reason("recognised", confidence=90)


class Shelf:
    """A folder with a store of its own, and what recognises its pages."""

    def __init__(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "docs"
        self.folder.mkdir()
        self.settings = Settings(store=tmp_path / "store")
        self.recogniser: GreyRecogniser | None = GreyRecogniser(tmp_path / "log")

    def ingest(self) -> Report:
        return sync.ingest(
            self.settings,
            [self.folder],
            load_words,
            lambda _: None,
            find_recogniser=lambda _: self.recogniser,
        )

    def recognise(self, most: int = 50, on_progress=lambda _: None) -> Report | None:
        return sync.recognise(
            self.settings, load_words, on_progress, most, find_recogniser=lambda _: self.recogniser
        )

    def texts(self) -> dict[str, str]:
        """The text of each document, by the name of its file."""
        with closing(Catalogue.open_to_read(self.settings.store)) as catalogue:
            return {
                row.shown.removeprefix("docs/"): catalogue.document(row.document_id).text
                for row in catalogue.files()
                if row.document_id is not None
            }

    def ledger(self) -> dict[tuple[str, tuple[int, ...] | None], Reason]:
        """The reason of each entry of the ledger, by file and pages."""
        with Generation.open(self.settings.store, None) as generation:
            return {(path.removeprefix("docs/"), e.pages): e.reason for path, e in generation.unread}

    def rows(self) -> int:
        """How many recognised pages are kept."""
        with closing(Catalogue.open_to_read(self.settings.store)) as catalogue:
            return catalogue.rows("SELECT count(*) FROM recognised")[0][0]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An empty folder."""
    return Shelf(tmp_path)


def test_what_can_be_read_is_there_before_the_scans_are_recognised(shelf: Shelf) -> None:
    """An ingest publishes the other files, the scans wait; then they are read as what is written on them."""
    scan(shelf.folder / "scan.pdf", [200, 160])
    (shelf.folder / "note.txt").write_text("The lighthouse stands on the rock.", encoding="utf-8")
    shelf.ingest()
    assert shelf.texts() == {"note.txt": "The lighthouse stands on the rock."}
    assert shelf.ledger() == {("scan.pdf", (1, 2)): AWAITS}
    seen: list[Progress] = []
    assert shelf.recognise(on_progress=seen.append)
    assert shelf.texts()["scan.pdf"] == (
        "The mill was built in 1877 by the town council.\n\n"
        "The bridge was closed for repairs in the winter of 1903."
    )
    assert shelf.ledger() == {("scan.pdf", (1, 2)): SURE}
    told = [(one.recognised, one.to_recognise, one.page, one.of_pages) for one in seen if one.to_recognise]
    assert list(dict.fromkeys(told)) == [(1, 2, 1, 2), (2, 2, 2, 2)]
    assert shelf.recognise() is None


@pytest.mark.parametrize("name", ["scan.png", "scan.jpg", "scan.webp", "scan.bmp", "scan.gif"])
def test_a_picture_is_a_document(shelf: Shelf, name: str) -> None:
    """Its one page holds the words that are recognised in it."""
    scan(shelf.folder / name, [200])
    shelf.ingest()
    shelf.recognise()
    assert shelf.texts() == {name: "The mill was built in 1877 by the town council."}
    assert shelf.ledger() == {(name, (1,)): SURE}


def test_a_tiff_has_a_page_for_each_of_its_pictures(shelf: Shelf) -> None:
    """They are cited by their numbers, and one without words is in the ledger."""
    scan(shelf.folder / "fax.tiff", [120, 0, 160])
    shelf.ingest()
    shelf.recognise()
    assert shelf.texts()["fax.tiff"].startswith("The ferry carried four hundred passengers a day.\n\n")
    assert shelf.ledger() == {("fax.tiff", (1, 3)): SURE, ("fax.tiff", (2,)): Reason("nothing_recognised")}


def test_no_page_is_recognised_twice(shelf: Shelf) -> None:
    """Not after a rename, as a copy, in a second ingest, nor as a page of a file that has grown."""
    assert shelf.recogniser
    scan(shelf.folder / "scan.pdf", [200, 160])
    shelf.ingest()
    shelf.recognise()
    assert shelf.recogniser.asked() == [160, 200]
    shelf.ingest()
    (shelf.folder / "scan.pdf").rename(shelf.folder / "minutes.pdf")
    scan(shelf.folder / "copy.pdf", [200, 160])
    shelf.ingest()
    while shelf.recognise():
        pass
    assert shelf.recogniser.asked() == []
    scan(shelf.folder / "minutes.pdf", [200, 160, 120])
    shelf.ingest()
    shelf.recognise()
    assert shelf.recogniser.asked() == [120]
    assert "four hundred passengers" in shelf.texts()["minutes.pdf"]


def test_what_was_recognised_before_an_end_is_kept(shelf: Shelf) -> None:
    """An ingest that is ended after a page goes on with the next one."""
    assert shelf.recogniser
    scan(shelf.folder / "scan.pdf", [200, 160, 120])

    def end(progress: Progress) -> None:
        if progress.recognised:
            raise Cancelled("cancelled")

    shelf.ingest()
    with pytest.raises(Cancelled):
        shelf.recognise(on_progress=end)
    done = shelf.rows()
    assert done == 1
    shelf.recogniser.asked()
    shelf.recognise()
    assert len(shelf.recogniser.asked()) == 2
    assert len(shelf.texts()["scan.pdf"].split("\n\n")) == 3


def test_what_was_ended_before_it_was_published_is_published(shelf: Shelf) -> None:
    """Though no page is left to recognise, and once; the rest of the ledger waits for nothing."""
    assert shelf.recogniser
    scan(shelf.folder / "scan.pdf", [200, 160])

    def end(progress: Progress) -> None:
        if progress.files:
            raise Cancelled("cancelled")

    shelf.ingest()
    with pytest.raises(Cancelled):
        shelf.recognise(on_progress=end)
    assert shelf.rows() == 2
    assert shelf.texts() == {}
    shelf.recogniser.asked()
    assert shelf.recognise()
    assert shelf.recogniser.asked() == []
    assert "1903" in shelf.texts()["scan.pdf"]
    assert shelf.recognise() is None


def test_some_pages_at_a_time(shelf: Shelf) -> None:
    """What is recognised so far is found, the rest waits on."""
    scan(shelf.folder / "scan.pdf", [200, 160, 120])
    shelf.ingest()
    shelf.recognise(most=2)
    assert shelf.ledger() == {("scan.pdf", (1, 2)): SURE, ("scan.pdf", (3,)): AWAITS}
    assert "1903" in shelf.texts()["scan.pdf"]
    shelf.recognise(most=2)
    assert shelf.ledger() == {("scan.pdf", (1, 2, 3)): SURE}


def test_recognition_can_be_turned_off_and_on(shelf: Shelf) -> None:
    """Off, a scan has no text; on again, it has what was kept of it."""
    recogniser = shelf.recogniser
    assert recogniser
    scan(shelf.folder / "scan.pdf", [200])
    scan(shelf.folder / "photo.png", [160])
    shelf.recogniser = None
    shelf.ingest()
    assert shelf.recognise() is None
    off = {("scan.pdf", None): Reason("no_text_layer"), ("photo.png", None): Reason("unsupported_image")}
    assert shelf.ledger() == off
    shelf.recogniser = recogniser
    shelf.ingest()
    shelf.recognise()
    assert set(shelf.texts()) == {"scan.pdf", "photo.png"}
    shelf.recogniser = None
    shelf.ingest()
    assert shelf.ledger() == off
    assert shelf.texts() == {}
    shelf.recogniser = recogniser
    recogniser.asked()
    shelf.ingest()
    assert set(shelf.texts()) == {"scan.pdf", "photo.png"}
    assert recogniser.asked() == []


def test_another_way_recognises_anew(shelf: Shelf) -> None:
    """Other languages, or a newer version, read the pages that the last one read, and those alone."""
    assert shelf.recogniser
    scan(shelf.folder / "scan.pdf", [200])
    (shelf.folder / "note.txt").write_text("The lighthouse stands on the rock.", encoding="utf-8")
    shelf.ingest()
    shelf.recognise()
    shelf.recogniser = replace(shelf.recogniser, way="grey 2", written={200: "The mill was built in 1871."})
    assert shelf.ingest().read == 1
    shelf.recognise()
    assert shelf.texts()["scan.pdf"] == "The mill was built in 1871."


def test_a_page_read_poorly_stays_unread(shelf: Shelf) -> None:
    """Its words are no text, and the ledger says how sure they were."""
    assert shelf.recogniser
    shelf.recogniser = replace(shelf.recogniser, confidence=45)
    scan(shelf.folder / "scan.pdf", [200])
    shelf.ingest()
    shelf.recognise()
    assert shelf.texts() == {}
    assert shelf.ledger() == {("scan.pdf", None): Reason("unrecognised", confidence=45)}


def test_a_page_that_ends_its_process_stops_no_other(shelf: Shelf) -> None:
    """It is in the ledger with what happened, and is not tried again."""
    assert shelf.recogniser
    scan(shelf.folder / "scan.pdf", [200, 40])
    shelf.ingest()
    shelf.recognise()
    assert shelf.texts()["scan.pdf"] == "The mill was built in 1877 by the town council."
    ended = Reason("damaged", problem=Reason("ended_process", status=3))
    assert shelf.ledger() == {("scan.pdf", (1,)): SURE, ("scan.pdf", (2,)): ended}
    shelf.recogniser.asked()
    shelf.ingest()
    assert shelf.recognise() is None
    assert shelf.recogniser.asked() == []


def test_a_deleted_scan_leaves_no_trace(shelf: Shelf) -> None:
    """The words of its pages are gone from the store with it."""
    scan(shelf.folder / "scan.pdf", [200])
    scan(shelf.folder / "other.pdf", [160])
    shelf.ingest()
    shelf.recognise()
    assert shelf.rows() == 2
    (shelf.folder / "scan.pdf").unlink()
    shelf.ingest()
    assert shelf.rows() == 1


def test_a_scan_is_verified_with_what_was_recognised(shelf: Shelf) -> None:
    """It is read again as it was, without being recognised again; changed, it is no longer what is cited."""
    assert shelf.recogniser
    scan(shelf.folder / "scan.pdf", [200, 160])
    shelf.ingest()
    shelf.recognise()
    shelf.recogniser.asked()
    verified = verify(shelf.settings, find_recogniser=lambda _: shelf.recogniser)
    assert (verified.files, verified.passages, verified.drifts) == (1, 1, ())
    assert shelf.recogniser.asked() == []


def test_a_scan_that_is_attached_is_recognised(shelf: Shelf) -> None:
    """It is a document of its own, as any other attachment."""
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "The minutes", "mona@mill.example"
    mail.set_content("They are attached.")
    data = scan(shelf.folder / "minutes.pdf", [200]).read_bytes()
    (shelf.folder / "minutes.pdf").unlink()
    mail.add_attachment(data, maintype="application", subtype="pdf", filename="minutes.pdf")
    (shelf.folder / "mail.eml").write_bytes(mail.as_bytes())
    shelf.ingest()
    shelf.recognise()
    assert shelf.texts()["mail.eml › minutes.pdf"] == "The mill was built in 1877 by the town council."
    shelf.ingest()
    assert shelf.ledger() == {("mail.eml › minutes.pdf", (1,)): SURE}


def test_a_damaged_picture_is_in_the_ledger(shelf: Shelf) -> None:
    """It is damaged, whatever it is damaged by; nothing waits for it."""
    whole = scan(shelf.folder / "whole.png", [200]).read_bytes()
    (shelf.folder / "whole.png").unlink()
    (shelf.folder / "head.png").write_bytes(whole[:20])
    (shelf.folder / "cut.png").write_bytes(whole[:60])
    shelf.ingest()
    shelf.recognise()
    assert shelf.texts() == {}
    assert {reason.code for reason in shelf.ledger().values()} == {"damaged"}
    assert shelf.recognise() is None
