"""The parts of a MIME message: its headers as a person sees them, its body, what is attached to it."""

import base64
import codecs
import mimetypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import HeaderParseError, InvalidBase64CharactersDefect, InvalidBase64LengthDefect
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from itertools import takewhile

from ingest.attached import file_name, unique
from ingest.decode import decode
from ingest.document import Unread
from ingest.errors import ReadError
from ingest.reasons import Reason

_SIGNATURES = {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
_SEALED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]+={0,2}")
_SIGNED = re.compile(  # what PGP puts around a text that it signs
    r"-----BEGIN PGP SIGNED MESSAGE-----\s+(?:Hash:.*\s+)?"
    r"|-----BEGIN PGP SIGNATURE-----[\s\S]*?(?:-----END PGP SIGNATURE-----\s*|\Z)"
)
_PGP = "-----BEGIN PGP MESSAGE-----"


def parse(data: bytes) -> Message:
    """The message in the bytes, however broken: a mark or empty lines before its headers play no part."""
    data = data.removeprefix(codecs.BOM_UTF8).lstrip()
    ends = "\r\n" if b"\r\n" in data[:1000] else "\n"  # so that a message within comes out as it went in
    return message_from_bytes(data, policy=compat32.clone(linesep=ends))


def header(message: Message, name: str) -> str:
    """The header decoded, on one line: "=?utf-8?q?caf=C3=A9?=" is "café". "" where there is none."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    return decoded(raw)


def decoded(raw: str) -> str:
    """The raw value of a header with its encoded words decoded, its line breaks gone."""
    whole = _text(raw.encode("utf-8", "surrogateescape"), None)
    try:
        chunks = decode_header(whole)
    except HeaderParseError:
        chunks = [(whole, None)]
    words = (chunk if isinstance(chunk, str) else _text(chunk, charset) for chunk, charset in chunks)
    return " ".join("".join(words).split())


def _text(data: bytes, charset: str | None) -> str:
    """A header's bytes as text; "" where they are none."""
    try:
        return decode(data, charset)[0]
    except ReadError:
        return ""


@dataclass(frozen=True, slots=True)
class Attached:
    """What is attached to a message, by a name that nothing else attached to it has."""

    name: str
    part: Message

    def data(self) -> bytes:
        """Its bytes; those of a message are as they stand in the one around it."""
        if not self.part.is_multipart():
            return payload(self.part)[0]
        inner = b"\n".join(part.as_bytes() for part in _children(self.part))
        is_packed = header(self.part, "content-transfer-encoding").lower() == "base64"  # against RFC 2046
        return _sound(inner) if is_packed else inner


@dataclass(slots=True)
class Parts:
    """A message taken apart: the texts that it shows, in order, what is attached, and what is not read."""

    body: list[Message] = field(default_factory=list)
    attached: list[Message] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def take(self, part: Message) -> None:
        """Take up the part, and all that is in it."""
        kind = part.get_content_type()
        if kind == "multipart/encrypted" or kind in _SEALED:
            signed = part.get_param("smime-type", "") == "signed-data"
            self.unread.append(Unread(None, Reason("sealed_mail" if signed else "encrypted_mail")))
        elif kind == "multipart/alternative" and part.is_multipart():
            self._choose(_children(part))
        elif kind.startswith("multipart/"):
            self._take_all(part, related=kind == "multipart/related")
        elif kind in ("text/plain", "text/html") and not _is_file(part):
            self.body.append(part)
        elif kind not in _SIGNATURES:
            self.attached.append(part)

    def _take_all(self, part: Message, related: bool) -> None:
        """Take up the parts of this one; a picture `related` to the text stands in it and is not attached."""
        if not part.is_multipart():
            self.unread.append(Unread(None, Reason("broken_part")))
        for child in _children(part):
            if not (related and child.get_content_maintype() == "image" and child["content-id"]):
                self.take(child)

    def _choose(self, parts: Sequence[Message]) -> None:
        """Take up the first of these that is plain text, else the last; what is attached, of each."""
        taken = [Parts() for _ in parts]
        for one, part in zip(taken, parts, strict=True):
            one.take(part)
            self.attached += one.attached
            self.unread += one.unread
        shown = [one.body for one in taken if one.body]
        plain = (
            body
            for body in shown
            if body[0].get_content_type() == "text/plain" and payload(body[0])[0].strip()
        )
        self.body += next(plain, shown[-1] if shown else [])


def _children(part: Message) -> list[Message]:
    """The parts of a part; none where it should have some and has none."""
    return [child for child in part.get_payload() if isinstance(child, Message)]


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_filename() is not None


def attached(parts: Parts) -> Iterator[Attached]:
    """What is attached, each by a name that no other has."""
    names = unique(file_name(_name(part)) for part in parts.attached)
    return (Attached(name, part) for name, part in zip(names, parts.attached, strict=True))


def _name(part: Message) -> str:
    """A name for what is attached."""
    kind, inner = part.get_content_type(), _children(part)
    subject = header(inner[0], "subject") if inner else ""
    ending = ".eml" if kind == "message/rfc822" else mimetypes.guess_extension(kind) or ""
    return decoded(part.get_filename() or "") or f"{subject or 'attachment'}{ending}"


def payload(part: Message) -> tuple[bytes, bool]:
    """The part's bytes, and whether all of them are there: base64 is read up to what is none."""
    data = part.get_payload(decode=True)
    if any(
        isinstance(one, InvalidBase64CharactersDefect | InvalidBase64LengthDefect) for one in part.defects
    ):
        return _sound(str(part.get_payload()).encode("ascii", "replace")), False
    return data if isinstance(data, bytes) else b"", True


def _sound(packed: bytes) -> bytes:
    """What base64 holds up to the first line that is none."""
    lines = [line.strip() for line in packed.splitlines() if line.strip()]
    whole = b"".join(takewhile(_BASE64_LINE.fullmatch, lines))
    return base64.b64decode(whole[: len(whole) // 4 * 4])


def text_of(part: Message) -> tuple[str, Reason | None]:
    """The text of a part of the body, and a reason for the ledger if some of it is lost."""
    data, whole = payload(part)
    charset = part.get_content_charset()
    if not whole:
        return _cut_text(data, charset), Reason("broken_part")
    text, reason = decode(data, charset)
    if _PGP in text:
        return text.partition(_PGP)[0], Reason("encrypted_mail")
    return _SIGNED.sub("", text), reason


def _cut_text(data: bytes, charset: str | None) -> str:
    """The text of data that is cut off anywhere; "" where it is none in the encoding it names."""
    try:
        return codecs.getincrementaldecoder(charset or "utf-8")().decode(data)
    except (LookupError, UnicodeError):
        return ""
