"""Mails: their headers, their bodies, what is attached to them; saved web pages."""

import base64
from email.message import EmailMessage

import pytest

from app.phrases.languages import ENGLISH
from app.phrases.reasons import worded
from ingest.document import Unread
from ingest.errors import ReadError
from ingest.formats import format_of
from ingest.mail.eml import attachments_eml
from ingest.read import attachments, read
from ingest.reasons import Reason
from tests.support.refused import refused

HEAD = b"From: Mona <mona@ferry.example>\r\nMessage-ID: <1@ferry.example>\r\n"


def mail(text: str = "The ferry leaves at nine.", subject: str = "Timetable") -> EmailMessage:
    """A mail of one plain text."""
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "Łukasz Żak <zak@ferry.example>"
    message["To"] = "crew@ferry.example, port@ferry.example"
    message["Date"] = "Fri, 07 Mar 2025 23:30:00 -0500"
    message.set_content(text)
    return message


def body(data: bytes) -> list[str]:
    """The paragraphs below the first line, which is the subject or the sender."""
    document = read(data, "a.eml")
    first, *others = [block for block in document.blocks if block.kind != "detail"]
    assert document.text[: first.end].startswith(("Subject: ", "From: "))
    return [document.text[block.start : block.end] for block in others]


def details(data: bytes) -> list[tuple[str, str]]:
    """What the mail says of itself."""
    document = read(data, "a.eml")
    return [(one.name, document.text[one.start : one.end]) for one in document.details]


def part(kind: str, content: bytes, encoding: str = "8bit") -> bytes:
    """A mail of one part as it stands in the file."""
    return HEAD + f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + content


def parts(kind: str, *each: bytes) -> bytes:
    """A mail of several parts."""
    inside = b"".join(b"--cut\r\n" + one + b"\r\n" for one in each)
    return HEAD + f'Content-Type: {kind}; boundary="cut"\r\n\r\n'.encode() + inside + b"--cut--\r\n"


def test_the_headers_that_a_person_sees_are_read() -> None:
    """The subject above the body, and as the title; people and date as what the file says of itself."""
    document = read(mail().as_bytes(), "a.eml")
    assert body(mail().as_bytes()) == ["The ferry leaves at nine."]
    assert (document.title, document.date, document.unread) == ("Timetable", "2025-03-07", ())
    assert details(mail().as_bytes()) == [
        ("sender", "Łukasz Żak <zak@ferry.example>"),
        ("recipient", "crew@ferry.example, port@ferry.example"),
        ("date", "Fri, 07 Mar 2025 23:30:00 -0500"),
    ]
    nameless = HEAD + b"\r\nIt leaves."
    assert read(nameless, "a.eml").text.startswith("From: Mona <mona@ferry.example>\n\nIt leaves.")


@pytest.mark.parametrize(
    ("kind", "content", "encoding"),
    [
        ("text/plain; charset=utf-8", "Café, 12 €".encode(), "8bit"),
        ("text/plain; charset=utf-8", b"Caf=C3=A9, 1=\r\n2 =E2=82=AC", "quoted-printable"),
        ("text/plain; charset=utf-8", base64.encodebytes("Café, 12 €".encode()), "base64"),
        ("text/plain; charset=windows-1252", b"Caf\xe9, 12 \x80", "8bit"),
        ("text/plain; charset=iso-8859-15", b"Caf=E9, 12 =A4", "quoted-printable"),
        ("text/plain; charset=no-such-thing", "Café, 12 €".encode(), "8bit"),
        ("text/html; charset=utf-8", b"<p>Caf&eacute;, 12&nbsp;&euro;</p>", "7bit"),
        ("TEXT/HTML; CHARSET=UTF-16LE", base64.encodebytes("<p>Café, 12 €".encode("utf-16-le")), "BASE64"),
    ],
)
def test_every_encoding_gives_the_same_words(kind: str, content: bytes, encoding: str) -> None:
    """How a mail was packed for its way plays no part."""
    assert body(part(kind, content, encoding)) == ["Café, 12 €"]


@pytest.mark.parametrize(
    ("charset", "text"), [("iso-2022-jp", "船は九時に出る。"), ("windows-1256", "تغادر العبّارة")]
)
def test_old_encodings_are_read_by_their_name(charset: str, text: str) -> None:
    """Also those whose bytes are all ASCII."""
    assert body(part(f"text/plain; charset={charset}", text.encode(charset))) == [text]


def test_of_alternatives_the_plain_one_is_read_once() -> None:
    """The HTML says the same; it is read where the plain text is empty."""
    plain, html = (
        b"Content-Type: text/plain\r\n\r\nIt leaves.",
        b"Content-Type: text/html\r\n\r\n<p>It leaves.",
    )
    empty = b"Content-Type: text/plain\r\n\r\n \r\n"
    assert body(parts("multipart/alternative", plain, html)) == ["It leaves."]
    assert body(parts("multipart/alternative", empty, html)) == ["It leaves."]


def test_texts_that_follow_each_other_are_all_read() -> None:
    """A note that a mailing list puts below a body is part of what a person sees."""
    note = b"Content-Type: text/plain\r\n\r\nTo leave the list, write to us."
    shown = b"Content-Type: text/html\r\n\r\n<p>It leaves.</p><ul><li>At nine</ul>"
    assert body(parts("multipart/mixed", shown, note)) == [
        "It leaves.",
        "• At nine",
        "To leave the list, write to us.",
    ]


def test_quoted_lines_lose_their_marks_and_keep_their_paragraphs() -> None:
    """An answer amid a quoted mail is a paragraph of its own."""
    text = b"> When does the\r\n> ferry leave?\r\nAt nine.\r\n>> And when\r\n>> does it return?\r\nNever."
    assert body(part("text/plain", text)) == [
        "When does the ferry leave?", "At nine.", "And when does it return?", "Never.",
    ]  # fmt: skip


def test_numbers_that_stand_alone_are_no_page_numbers() -> None:
    """A mail has no pages: every line of its body is read, in its place."""
    lines = [each for n in range(1, 4) for each in (f"{n}", "Rooms and halls", *["It is large."] * 5)]
    text = "\r\n\r\n".join(lines).encode()
    assert body(part("text/plain", text)) == lines


@pytest.mark.parametrize("name", ["a.eml", "a.txt", "noname"])
@pytest.mark.parametrize(
    "before", [b"", b"\r\n\n", b"\xef\xbb\xbf", b"From mona@ferry.example Fri Mar  7\r\n"]
)
def test_a_mail_is_told_by_its_headers(before: bytes, name: str) -> None:
    """Its name plays no part, nor does what some programs write before the headers."""
    assert format_of(before + part("text/plain", b"It leaves."), name) == "eml"


@pytest.mark.parametrize(
    "text",
    [
        "From: the harbour master\n\nIt leaves.",
        "From: A\nTo: B\nSubject: The ferry\nDate: 2 May\n\nIt leaves.",
        "From: A\nReceived: yesterday, by hand\nIt leaves.",
        "Note: it leaves.\nMIME-Version: a term.\n\nIt stays.",
    ],
)
def test_a_letter_is_no_mail(text: str) -> None:
    """Lines that look like headers do not make one: all of a letter's words are read."""
    assert format_of(text.encode(), "a.txt") == "text"
    assert "It " in read(text.encode(), "a.txt").text


def test_what_is_encrypted_is_said_and_not_indexed() -> None:
    """S/MIME and PGP, whole or amid a text; a signature beside a text is no lack."""
    sealed = part(
        "application/pkcs7-mime; smime-type=enveloped-data", base64.encodebytes(bytes(99)), "base64"
    )
    with refused("encrypted_mail"):
        read(sealed, "a.eml")
    with refused("sealed_mail"):
        read(sealed.replace(b"enveloped-data", b"signed-data"), "a.eml")
    with refused("encrypted_mail"):
        read(
            parts("multipart/encrypted", b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1"),
            "a.eml",
        )
    inline = read(part("text/plain", b"See below.\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA"), "a.eml")
    assert "See below.\n\n" in inline.text
    assert "hQEMA" not in inline.text
    assert [entry.reason for entry in inline.unread] == [Reason("encrypted_mail")]
    around = b"-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\nIt leaves.\r\n"
    around += b"-----BEGIN PGP SIGNATURE-----\r\n\r\niQEz\r\n-----END PGP SIGNATURE-----\r\n"
    assert body(part("text/plain", around)) == ["It leaves."]
    text, signature = (
        b"Content-Type: text/plain\r\n\r\nIt leaves.",
        b"Content-Type: application/pgp-signature\r\n\r\nx",
    )
    signed = read(parts("multipart/signed", text, signature), "a.eml")
    assert (signed.attachments, signed.unread) == ((), ())
    assert list(attachments_eml(parts("multipart/signed", text, signature))) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (base64.encodebytes(b"The ferry leaves at nine.") + b"__ the list __\n", "The ferry leaves at nine."),
        (base64.encodebytes("Zwölf Stühle".encode())[:3] + b"\n<gone>", ""),
        (base64.encodebytes("Zwölf Stühle".encode())[:4] + b"\n<gone>", "Zw"),
    ],
)
def test_broken_base64_is_said_and_not_indexed_as_words(content: bytes, words: str) -> None:
    """What stands before the break is read, what comes after it is not, and the ledger says so."""
    note = b"Content-Type: text/plain\r\n\r\nA note."
    broken = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + content
    assert body(parts("multipart/mixed", note, broken)) == list(filter(None, ("A note.", words)))
    document = read(parts("multipart/mixed", note, broken), "a.eml")
    assert [entry.reason for entry in document.unread] == [Reason("broken_part")]
    assert worded(document.unread[0].reason, ENGLISH) == "a part of the mail is damaged, its words are lost"


@pytest.mark.parametrize(
    "data",
    [
        part("text/plain", b"This was never base64, though it says so.", "base64"),
        HEAD + b'Content-Type: multipart/mixed; boundary="cut"\r\n\r\nSGVsbG8gdGhlcmU=',
    ],
)
def test_a_mail_of_which_nothing_can_be_read_is_unread(data: bytes) -> None:
    """Its packed words are not taken for text."""
    with refused("broken_part"):
        read(data, "a.eml")


def test_headers_are_read_however_they_are_spelt() -> None:
    """Encoded words, raw bytes, folded lines, an unknown encoding, a date that is none."""
    subject, sender = b"=?utf-8?B?xYHDs2TFug==?=\r\n =?x-none?q?ka?=", b"Ren\xc3\xa9\r\n <r@b.example>"
    raw = b"Subject: " + subject + b"\r\nFrom: " + sender + b"\r\nDate: soon\r\n"
    data = raw + b"MIME-Version: 1.0\r\n\r\nIt leaves."
    assert read(data, "a.eml").text.startswith("Subject: Łódźka\n\nIt leaves.")
    assert details(data) == [("sender", "René <r@b.example>"), ("date", "soon")]
    assert read(data, "a.eml").date is None


def test_attachments_have_names_fit_for_a_path_and_no_two_the_same() -> None:
    """A forwarded mail is one, called by its subject; a picture within the text is none."""
    message = mail()
    for name in ("plan.pdf", "plan.pdf", "../../Pläne 1/2.pdf", "\u202efdp.exe"):
        message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename=name)
    message.add_attachment(mail("Old.", "Re: a/b"))
    message.add_attachment(b"a", maintype="application", subtype="octet-stream")
    assert [name for name, _ in attachments_eml(message.as_bytes())] == [
        "plan.pdf", "plan (2).pdf", "_.._Pläne 1_2.pdf", "fdp.exe", "Re: a_b.eml", "attachment.bin",
    ]  # fmt: skip
    html = b"Content-Type: text/html\r\n\r\n<p>It leaves. <img src=cid:1>"
    logo = b"Content-Type: image/png\r\nContent-ID: <1>\r\n\r\nx"
    assert list(attachments_eml(parts("multipart/related", html, logo))) == []


def test_attachments_come_out_as_they_went_in() -> None:
    """Byte by byte, a forwarded mail too, so that one that lies elsewhere is its copy."""
    inner = part("text/plain; charset=utf-8", "Ünchanged \r\n.\r\nFrom here".encode())
    packed = b"Content-Transfer-Encoding: base64\r\n\r\n"
    every = bytes(range(256))
    message = parts(
        "multipart/mixed",
        b"Content-Type: message/rfc822\r\n\r\n" + inner,
        b"Content-Type: application/pdf\r\n" + packed + base64.encodebytes(every),
        b"Content-Type: text/csv; name=a.csv\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\na;b=3D1",
        b"Content-Type: message/rfc822\r\n" + packed + base64.encodebytes(inner),
    )
    assert [data for _, data in attachments_eml(message)] == [inner, every, b"a;b=1", inner]


def test_of_more_than_ten_thousand_attachments_the_first_are_read() -> None:
    """Those of attached mails are counted too, and the ledger says so."""
    part_of = b"Content-Type: application/pdf\r\n\r\nx"
    few = parts("multipart/mixed", *[part_of] * 3000).replace(b"cut", b"few")
    many = parts("multipart/mixed", *[b"Content-Type: message/rfc822\r\n\r\n" + few] * 4)
    document = read(many, "a.eml")
    assert len(document.attachments) == 10_000
    assert document.attachments[3002].name == "attachment (2).eml/attachment.pdf"
    assert document.unread == (Unread(None, Reason("too_many_attached", limit=10_000)),)


def test_a_mail_that_its_name_alone_tells_has_its_attachments() -> None:
    """A draft without a sender is a mail by its suffix, be it a file or in another mail."""
    draft = (
        b"Subject: Draft\r\n"
        + parts("multipart/mixed", b"Content-Type: application/pdf\r\n\r\nx")[len(HEAD) :]
    )
    assert [one.name for one in read(draft, "a.eml").attachments] == ["attachment.pdf"]
    outer = parts("multipart/mixed", b"Content-Type: message/rfc822\r\n\r\n" + draft).replace(
        b'"cut"', b'"out"', 1
    )
    outer = outer.replace(b"--cut", b"--out", 1) + b"--out--\r\n"
    assert [one.name for one in read(outer, "a.eml").attachments] == ["Draft.eml", "Draft.eml/attachment.pdf"]


def test_a_mailbox_holds_its_mails() -> None:
    """Each as it stands there; a body may begin like the line between two."""
    first = mail("It leaves.\n\nFrom here\nNote: at nine.").as_bytes()
    box = b"".join(
        b"From zak@ferry.example Fri Mar  7 23:30:00 2025\n" + one + b"\n" for one in (first, HEAD + b"\r\nx")
    )
    assert format_of(box, "a") == "mbox"
    document = read(box, "a.mbox")
    assert document.text == "Timetable\nMona <mona@ferry.example>"
    names = ["Timetable.eml", "Mona <mona@ferry.example>.eml"]
    assert [one.name for one in document.attachments] == names
    assert list(attachments(box, "")) == list(zip(names, (first, HEAD + b"\r\nx"), strict=True))
    assert format_of(b"From zak@ferry.example Fri Mar  7 23:30:00 2025\n" + first, "a") == "eml"


def test_a_thousand_mails_in_each_other_do_not_crash() -> None:
    """Nesting without end is damage, or is read as far as it goes."""
    data = b""
    for _ in range(3000):
        data = HEAD + b"Content-Type: message/rfc822\r\n\r\n" + data
    with pytest.raises(ReadError) as caught:
        read(data, "a.eml")
    assert caught.value.reason == Reason("damaged", problem=Reason("nested_too_deeply"))


def saved_page(charset: str, html: bytes) -> bytes:
    """A page as a browser saves it."""
    head = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://b.example/\r\nSubject: The ferry\r\n"
    )
    frame = b"Content-Type: text/html\r\n\r\n<p>Buy now!"
    pages = (f"Content-Type: text/html; charset={charset}\r\n\r\n".encode() + html, frame)
    return head + parts("multipart/related", *pages).removeprefix(HEAD)


def test_a_saved_web_page_is_read_as_the_page() -> None:
    """The page itself, in the encoding that its part names; its frames are left out."""
    document = read(saved_page("windows-1252", b"<h1>Caf\xe9</h1><p>It leaves."), "a.mhtml")
    assert (document.title, document.text) == ("The ferry", "Café\n\nIt leaves.")
    titled = read(saved_page("utf-8", b"<title>Home</title><p>It leaves."), "a.txt")
    assert (titled.title, titled.text) == ("Home", "It leaves.")
