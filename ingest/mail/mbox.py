"""The reader of mailboxes (mbox, RFC 4155): each of their mails is a document of its own."""

import re
from collections.abc import Iterator

from ingest.attached import file_name, unique
from ingest.blocks import Content, block
from ingest.mail.parts import header, parse

_BEGIN = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]*\d\d:\d\d[^\n]*\n(?=[!-9;-~]+:)")
_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")


def read_mbox(data: bytes) -> Content:
    """The subjects of the mails, which are attached, or who sent those that have none."""
    return Content(None, [block("item", subject) for subject, _ in _mails(data)])


def attachments_mbox(data: bytes) -> Iterator[tuple[str, bytes]]:
    """A name, by its subject, and the bytes of each mail."""
    names = unique(file_name(f"{subject or 'mail'}.eml") for subject, _ in _mails(data))
    return ((name, mail) for name, (_, mail) in zip(names, _mails(data), strict=True))


def _mails(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Subject, or else sender, and bytes of each mail."""
    starts = [match.span() for match in _BEGIN.finditer(data)]
    ends = [start for start, _ in starts[1:]] + [len(data)]
    for (_, start), end in zip(starts, ends, strict=True):
        mail = data[start:end].removesuffix(b"\n")  # of the empty line between two
        head = parse(_HEAD_ENDS.split(mail, 1)[0])
        yield header(head, "subject") or header(head, "from"), mail
