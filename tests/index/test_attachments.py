"""What is attached to a mail is in the store as documents of its own, and goes when the mail goes."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from index import sync
from index.catalogue.database import Catalogue
from index.catalogue.rows import FileRow
from index.ingesting.compare import compare
from index.ingesting.reading import may_be_read_now, read_here
from index.ingesting.scan import scan
from index.ingesting.sources import AttachedSource, holder_of
from index.ingesting.verify import verify
from index.store import Generation
from index.types import Report
from ingest.document import Attachment, Unread
from ingest.reasons import Code, Reason
from ingest.settings import Settings
from tests.support.fakes import MemorySource, WordEmbedder
from tests.support.horrors import word

REPORT = word("The bridge carries nine tons.")


def mail(subject: str, **attached: bytes | EmailMessage) -> EmailMessage:
    """A mail with these attached, "__" in their names for "."."""
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "mona@bridge.example"
    message.set_content(f"{subject} is attached.")
    for name, content in attached.items():
        if isinstance(content, bytes):
            name = name.replace("__", ".")
            message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
        else:
            message.add_attachment(content)
    return message


class Mailbox:
    """A folder of mails and the store that mirrors it; `read` collects what was embedded."""

    def __init__(self, base: Path) -> None:
        self.folder = base / "in"
        self.folder.mkdir()
        self.settings = Settings(store=base / "store")
        self.embedder = WordEmbedder()

    def ingest(self, **mails: EmailMessage) -> Report:
        """What an ingest does after these mails have come."""
        for name, message in mails.items():
            (self.folder / f"{name}.eml").write_bytes(message.as_bytes())
        return sync.ingest(self.settings, [self.folder], lambda _: self.embedder, lambda _: None)

    def states(self) -> dict[str, str]:
        """State of each file by its shown path; of what is not read, why."""
        with Generation.open(self.settings.store, None) as generation:
            return {
                file.path: file.unread[0].reason.code if file.state == "unread" else file.state
                for file in generation.status().files
            }


@pytest.fixture
def box(tmp_path: Path) -> Mailbox:
    """An empty mailbox."""
    return Mailbox(tmp_path)


def test_each_attachment_is_a_file_of_its_own(box: Mailbox) -> None:
    """Named by its mail, with a state or a reason of its own; those of an attached mail as well."""
    inner = mail("Tolls", tolls__docx=word("A cart pays two pence."))
    report = box.ingest(a=mail("Bridge", report__docx=REPORT, sound__mp3=b"ID3\4\0\0", inner=inner))
    assert box.states() == {
        "in/a.eml": "indexed",
        "in/a.eml › Tolls.eml": "indexed",
        "in/a.eml › Tolls.eml › tolls.docx": "indexed",
        "in/a.eml › report.docx": "indexed",
        "in/a.eml › sound.mp3": "unsupported_sound",
    }
    assert (report.plan.added, report.read) == (("in/a.eml",), 5)
    assert [path for path, _ in report.unread] == ["in/a.eml › sound.mp3"]


def test_an_attachment_that_lies_elsewhere_too_is_a_copy(box: Mailbox) -> None:
    """It is read once, be it attached twice, and a mail that is copied brings copies."""
    (box.folder / "report.docx").write_bytes(REPORT)
    sent = mail("Bridge", report__docx=REPORT, same__docx=REPORT)
    report = box.ingest(a=sent, b=sent)
    assert report.read == 2
    states = box.states()
    assert sum(state == "indexed" for state in states.values()) == 2
    assert sum(state == "copy" for state in states.values()) == len(states) - 2 == 5


def test_nothing_is_read_again_while_the_mail_stays_as_it_is(box: Mailbox) -> None:
    """Nor when it moves: its attachments go with it."""
    box.ingest(a=mail("Bridge", report__docx=REPORT))
    again = box.ingest()
    assert (again.read, again.plan.unchanged, again.generation) == (0, 1, 1)
    (box.folder / "a.eml").rename(box.folder / "b.eml")
    moved = box.ingest()
    assert (moved.read, moved.embedded, moved.plan.renamed) == (0, 0, (("in/a.eml", "in/b.eml"),))
    assert box.states() == {"in/b.eml": "indexed", "in/b.eml › report.docx": "indexed"}
    wider = sync.ingest(box.settings, [box.folder.parent], lambda _: box.embedder, lambda _: None)
    assert wider.read == 0
    assert [path.partition("/")[2] for path in box.states()] == ["in/b.eml", "in/b.eml › report.docx"]


def test_attachments_go_with_a_renamed_root(box: Mailbox) -> None:
    """Of a mail whose folder was renamed no attachment stays under the old name."""
    box.ingest(a=mail("Bridge", report__docx=REPORT))
    box.folder = box.folder.rename(box.folder.parent / "post")
    assert box.ingest().read == 0
    assert box.states() == {"post/a.eml": "indexed", "post/a.eml › report.docx": "indexed"}


def test_a_changed_mail_keeps_what_is_still_attached(box: Mailbox) -> None:
    """What it no longer has is gone, and only what is new is read."""
    box.ingest(a=mail("Bridge", report__docx=REPORT, old__docx=word("It was closed in May.")))
    changed = box.ingest(a=mail("The bridge", report__docx=REPORT, new__docx=word("It opens in June.")))
    assert (changed.read, changed.plan.changed, changed.plan.deleted) == (2, ("in/a.eml",), ())
    assert sorted(box.states()) == ["in/a.eml", "in/a.eml › new.docx", "in/a.eml › report.docx"]


def test_what_is_attached_goes_with_its_mail(box: Mailbox) -> None:
    """No document of it stays in the catalogue; the plan names the mail alone."""
    box.ingest(a=mail("Bridge", report__docx=REPORT), b=mail("Tolls"))
    (box.folder / "a.eml").unlink()
    assert box.ingest().plan.deleted == ("in/a.eml",)
    assert box.states() == {"in/b.eml": "indexed"}
    catalogue = Catalogue.open_to_read(box.settings.store)
    assert catalogue.rows("SELECT count(*) FROM documents") == [(1,)]
    catalogue.close()


def test_a_mail_may_become_a_folder(box: Mailbox) -> None:
    """A file that then lies where an attachment seemed to is read like any other."""
    box.ingest(a=mail("Bridge", report__docx=REPORT))
    (box.folder / "a.eml").unlink()
    (box.folder / "a.eml").mkdir()
    (box.folder / "a.eml" / "report.docx").write_bytes(word("Another one."))
    box.ingest()
    assert box.states() == {"in/a.eml/report.docx": "indexed"}


def test_an_attachment_is_read_again_when_asked_for(box: Mailbox) -> None:
    """By its shown path, it alone; so it is where a password or a limit is another now."""
    box.ingest(a=mail("Bridge", report__docx=REPORT))
    shown = "in/a.eml › report.docx"
    assert sync.reread(box.settings, shown, lambda _: box.embedder, lambda _: None).read == 1
    assert box.states()[shown] == "indexed"
    locked = FileRow(
        "/a.eml/x.pdf", "a.eml › x.pdf", 1, 1, "0", "way", None, (Unread(None, Reason("locked")),)
    )
    source = MemorySource("/a.eml", "Cats purr.", mtime_ns=1)
    row = FileRow("/a.eml", "a.eml", source.size, 1, source.sha256(), "way", None, ())
    for password, times in (("", 0), ("swordfish", 1)):
        again = may_be_read_now(Settings(password=password))
        assert len(compare([row, locked], [source], lambda _: True, "way", again).to_read) == times


def test_an_attachment_can_be_verified(box: Mailbox) -> None:
    """It is taken out of its mail again; with the mail it is gone."""
    box.ingest(a=mail("Bridge", report__docx=REPORT))
    assert (verify(box.settings).files, verify(box.settings).drifts) == (2, ())
    (box.folder / "a.eml").unlink()
    drifts = {drift.path: drift.problem.code for drift in verify(box.settings).drifts}
    gone: Code = "gone"
    assert drifts == {"in/a.eml": gone, "in/a.eml › report.docx": gone}


@pytest.mark.parametrize(
    ("glob", "found"),
    [("report.docx", 1), ("in/a.eml › report.docx", 1), ("a.eml", 1), ("*.docx", 1), ("in/*", 2), ("x", 0)],
)
def test_an_attachment_is_named_by_its_own_name_too(box: Mailbox, glob: str, found: int) -> None:
    """As a file in a folder is, to be asked alone; the mail's name means the mail."""
    box.ingest(a=mail("Bridge", report__docx=REPORT))
    with Generation.open(box.settings.store, None) as generation:
        assert len(generation.matching([glob])) == found


def test_an_attachment_of_a_mail_that_changed_meanwhile_is_gone(box: Mailbox) -> None:
    """Between the reading of the mail and that of its attachment another program may write it."""
    box.ingest(a=mail("Bridge"))
    [file] = scan([box.folder], {}, box.settings, only=True).sources
    [outcome] = read_here([AttachedSource(file, Attachment("report.docx", 9, "0" * 64))], box.settings)
    assert isinstance(outcome, FileNotFoundError)


@pytest.mark.parametrize(
    ("key", "holder"),
    [
        ("/d/a.eml", None),
        ("/d/a.eml/x", "/d/a.eml"),
        ("/d/a.eml/b.eml/x", "/d/a.eml"),
        ("/d/a.eml (2)", None),
    ],
)
def test_a_key_tells_what_it_is_attached_to(key: str, holder: str | None) -> None:
    """The file itself, not the attachment between."""
    assert holder_of(key, {"/d/a.eml", "/d/a.eml (2)", "/d/a.eml/b.eml"}) == holder
