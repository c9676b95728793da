"""Outlook's messages."""

import struct
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from ingest.document import Unread
from ingest.formats import format_of
from ingest.read import attachments, read
from ingest.reasons import Reason
from tests.support.compound import compound
from tests.support.refused import refused

SENT = (
    int((datetime(2025, 3, 7, 23, 30, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
)


def message(
    texts: Mapping[str, str | bytes], place: str = "", numbers: Mapping[int, int] | None = None
) -> dict[str, bytes]:
    """The streams of a message by the names of its properties; text as Unicode, bytes as they are."""
    entries = b"".join(struct.pack("<HHIQ", 0x40, name, 6, value) for name, value in (numbers or {}).items())
    streams = {f"{place}__properties_version1.0": bytes(24 if place else 32) + entries}
    for name, value in texts.items():
        kind = "001F" if isinstance(value, str) and len(name) == 4 else ""
        data = value.encode("utf-16-le") if isinstance(value, str) else value
        streams[f"{place}__substg1.0_{name}{kind}"] = data
    return streams


LETTER = {
    "0037": "Café", "0C1A": "Łukasz Żak", "5D01": "zak@ferry.example", "0E04": "crew@ferry.example",
    "1000": "The ferry leaves at nine.\r\n\r\nIt returns.",
}  # fmt: skip


def test_a_message_is_read_like_a_mail() -> None:
    """Subject, people, date and body; Unicode or an old code page."""
    document = read(compound(message(LETTER, numbers={0x0039: SENT})), "a.txt")
    assert document.text.startswith("Subject: Café\n\nThe ferry leaves at nine.\n\nIt returns.\n\n")
    assert (document.title, document.date, document.unread) == ("Café", "2025-03-07", ())
    assert [(one.name, document.text[one.start : one.end]) for one in document.details] == [
        ("sender", "Łukasz Żak <zak@ferry.example>"), ("recipient", "crew@ferry.example"),
        ("date", "Fri, 07 Mar 2025 23:30:00 +0000"),
    ]  # fmt: skip
    old = {"0037001E": "Крещатик".encode("cp1251"), "1000001E": "Киев".encode("cp1251")}
    assert read(compound(message(old, numbers={0x3FFD: 1251})), "a").text == "Subject: Крещатик\n\nКиев"


@pytest.mark.parametrize("name", ["1013", "10130102"])
def test_html_is_read_where_there_is_no_plain_text(name: str) -> None:
    """As text or as bytes."""
    html = "<p>It <b>leaves</b>.</p>"
    body = {"0037": "Ferry", name: html if name == "1013" else html.encode()}
    assert read(compound(message(body)), "a.msg").text == "Subject: Ferry\n\nIt leaves."


def test_what_cannot_be_read_is_said() -> None:
    """A body of rich text alone, and a message that is encrypted."""
    rich = read(compound(message({"0037": "Ferry", "10090102": b"\0" * 20})), "a.msg")
    assert rich.unread == (Unread(None, Reason("body_not_read")),)
    with refused("encrypted_mail"):
        read(compound(message({"0037": "Ferry", "001A": "IPM.Note.SMIME"})), "a.msg")


def test_attachments_come_out_as_they_went_in() -> None:
    """Files of any size; a message within as a mail, the same bytes each time; no pictures of the text."""
    large = bytes(range(256)) * 40
    plans: dict[str, str | bytes] = {"3707": "Pläne.pdf", "37010102": large}
    note: dict[str, str | bytes] = {"3704": "A.TXT", "37010102": b"small"}
    streams = message(LETTER)
    for n, texts in enumerate((plans, note)):
        streams |= message(texts, f"__attach_version1.0_#{n:08X}/")
    logo = "__attach_version1.0_#00000002/"
    streams |= message({"370E": "image/png", "37010102": b"x"}, logo)
    streams[f"{logo}__properties_version1.0"] = bytes(8) + struct.pack("<HHIQ", 11, 0x7FFE, 6, 1)
    streams |= message({"3001": "Re: Old"}, "__attach_version1.0_#00000003/")
    inner = "__attach_version1.0_#00000003/__substg1.0_3701000D/"
    streams |= message({"0037": "Old", "1000": "It left."}, inner, {0x0039: SENT})
    data = compound(streams)
    found = dict(attachments(data, ""))
    assert list(found) == ["Pläne.pdf", "A.TXT", "Old.eml"]
    assert (found["Pläne.pdf"], found["A.TXT"]) == (large, b"small")
    assert read(found["Old.eml"], "Old.eml").text.startswith("Subject: Old\n\nIt left.")
    assert dict(attachments(data, "")) == found
    assert [one.name for one in read(data, "a.msg").attachments] == list(found)


def test_a_message_is_told_by_its_streams() -> None:
    """Also where a file of Word is attached to it."""
    data = message(LETTER) | message({"37010102": "WordDocument"}, "__attach_version1.0_#00000000/")
    assert format_of(compound(data), "a.doc") == "msg"


@pytest.mark.parametrize("end", [300, 600, 1500, 2600])
def test_a_message_that_is_cut_off_is_said_to_be_damaged(end: int) -> None:
    """Or is read as far as it goes, and never ends the run."""
    data = compound(message(LETTER, numbers={0x0039: SENT}))
    with pytest.raises(Exception, match=r"damaged|unsupported|no_text"):
        read(data[:end], "a.msg")
