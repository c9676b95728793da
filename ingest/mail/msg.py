"""The reader of Outlook's messages (.msg, MS-OXMSG): made a mail of MIME, and read as such.

olefile opens the container; extract-msg, which knows the messages too, is under the GPL.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime
from io import BytesIO

import olefile  # type: ignore[import-untyped]

from ingest.blocks import Content
from ingest.decode import decode
from ingest.document import Unread
from ingest.errors import ReadError
from ingest.mail.eml import attachments_of, content_of
from ingest.reasons import Reason

_SENT, _DELIVERED, _CODE_PAGE, _HIDDEN = 0x0039, 0x0E06, 0x3FFD, 0x7FFE  # names of properties
_LAST = 10**18  # hundreds of nanoseconds since 1601, in the year 4769
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_ENTRY = struct.Struct("<HHIQ")  # a property: its type, its name, flags, its value or its size


def read_msg(data: bytes) -> Content:
    """The message's content. Raises: ReadError where all of it is encrypted."""
    with olefile.OleFileIO(BytesIO(data)) as ole:
        message = _Message(ole, ())
        content = content_of(message.mime())
        if message.is_sealed and not message.body():
            raise ReadError(Reason("encrypted_mail"))
        lost = [Unread(None, Reason("body_not_read"))] if message.holds("1009") and not message.body() else []
    return replace(content, unread=[*content.unread, *lost])


def attachments_msg(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file, and each mail, that is attached to the message."""
    with olefile.OleFileIO(BytesIO(data)) as ole:
        yield from attachments_of(_Message(ole, ()).mime())


@dataclass(frozen=True, slots=True)
class _Storage:
    """A message, or what is attached to one, by its path in the container."""

    ole: olefile.OleFileIO
    path: tuple[str, ...]

    def holds(self, name: str) -> bool:
        """True if there is a stream of the property, by its name in hexadecimal digits."""
        return any(self._has(f"{name}{kind}") for kind in ("001F", "001E", "0102"))

    def data(self, name: str) -> bytes:
        """The bytes of a property; none where there is none."""
        path = [*self.path, f"__substg1.0_{name}0102"]
        return self.ole.openstream(path).read() if self.ole.exists(path) else b""

    def text(self, name: str, code_page: int = 1252) -> str:
        """The text of a property; "" where there is none."""
        for kind, encoding in (("001F", "utf-16-le"), ("001E", f"cp{code_page}")):
            if self._has(f"{name}{kind}"):
                stored = self.ole.openstream([*self.path, f"__substg1.0_{name}{kind}"]).read()
                text = (
                    stored.decode("utf-16-le", "replace") if kind == "001F" else decode(stored, encoding)[0]
                )
                return text.rstrip("\0")
        return ""

    def numbers(self, head: int) -> dict[int, int]:
        """The values of the properties that are numbers, by their names; `head` bytes stand before them."""
        path = [*self.path, "__properties_version1.0"]
        stored = self.ole.openstream(path).read() if self.ole.exists(path) else b""
        whole = (len(stored) - head) // _ENTRY.size * _ENTRY.size
        entries = _ENTRY.iter_unpack(stored[head : head + whole]) if whole > 0 else ()
        return {name: value for _, name, _, value in entries}

    def _has(self, stream: str) -> bool:
        return bool(self.ole.exists([*self.path, f"__substg1.0_{stream}"]))


class _Message(_Storage):
    """A message, the one of the file or one attached to it."""

    def mime(self) -> Message:
        """The message as a mail; the same bytes each time."""
        mail = MIMEMultipart(boundary=f"part-{len(self.path)}")
        for name, value in self._headers():
            mail[name] = Header(value, "utf-8").encode()
        if body := self.body():
            mail.attach(body)
        for storage in self._attached():
            mail.attach(_attached(storage))
        return mail

    @property
    def _numbers(self) -> dict[int, int]:
        return self.numbers(24 if self.path else 32)

    @property
    def _code_page(self) -> int:
        return self._numbers.get(_CODE_PAGE, 1252) & 0xFFFF

    @property
    def is_sealed(self) -> bool:
        """True if the message is encrypted or sealed in a signature."""
        return "SMIME" in self.text("001A", self._code_page).upper()

    def _headers(self) -> Iterator[tuple[str, str]]:
        page = self._code_page
        ticks = self._numbers.get(_SENT) or self._numbers.get(_DELIVERED) or 0
        date = _EPOCH + timedelta(microseconds=ticks // 10) if 0 < ticks < _LAST else None
        told = {
            "Subject": self.text("0037", page),
            "From": self._sender(page),
            "To": self.text("0E04", page),
            "Cc": self.text("0E03", page),
            "Date": format_datetime(date) if date else "",
        }
        yield from ((name, value) for name, value in told.items() if value.strip())

    def _sender(self, page: int) -> str:
        """Who sent the message, by name and address as far as it tells them."""
        name = self.text("0C1A", page)
        addresses = (self.text(one, page) for one in ("5D01", "0C1F"))  # of one's own server it is no address
        address = next((each for each in addresses if "@" in each), "")
        return f"{name} <{address}>" if address and name not in ("", address) else name or address

    def body(self) -> MIMEText | None:
        """The text of the message, plain or HTML; None where it has neither."""
        plain = self.text("1000", self._code_page)
        if plain.strip():
            return MIMEText(plain, "plain", "utf-8")
        html = self.text("1013", self._code_page) or decode(self.data("1013"))[0]
        return MIMEText(html, "html", "utf-8") if html.strip() else None

    def _attached(self) -> Iterator[_Storage]:
        """What is attached, but for pictures that stand in the text."""
        depth = len(self.path)
        paths = (tuple(path) for path in self.ole.listdir(streams=False, storages=True))
        for path in sorted(path for path in paths if len(path) == depth + 1 and path[:depth] == self.path):
            one = _Storage(self.ole, path)
            in_text = one.numbers(8).get(_HIDDEN) and one.text("370E").startswith("image/")
            if path[-1].startswith("__attach_version1.0_") and not in_text:
                yield one


def _attached(storage: _Storage) -> Message:
    """What is attached to a message, as a part of a mail."""
    inner = (*storage.path, "__substg1.0_3701000D")
    if storage.ole.exists([*inner, "__properties_version1.0"]):
        return MIMEMessage(_Message(storage.ole, inner).mime())
    part = MIMEApplication(storage.data("3701"))
    name = next(filter(None, map(storage.text, ("3707", "3704", "3001"))), "")
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
    return part
