"""The mail reader: subject and body, and who wrote it to whom and when as what the file says of itself."""

import re
from collections.abc import Iterator, Sequence
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import groupby

from ingest.blocks import Content, RawBlock, block
from ingest.document import Unread
from ingest.errors import ReadError
from ingest.mail.parts import Parts, attached, header, parse, text_of
from ingest.markup.html import parse_html
from ingest.markup.notes import claim_notes
from ingest.markup.walk import walk
from ingest.text import text_blocks

_TOLD = (("from", "sender"), ("to", "recipient"), ("cc", "recipient"), ("date", "date"))
_QUOTED = re.compile(r"(?:>[ \t]?)*")


def read_eml(data: bytes) -> Content:
    """The mail's content. Raises: ReadError where all of it is encrypted."""
    return content_of(parse(data))


def attachments_eml(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file, and each mail, that is attached to the mail."""
    return attachments_of(parse(data))


def content_of(message: Message) -> Content:
    """The message's content; what is attached to it is a document of its own.

    Raises:
        ReadError: all of the message is encrypted.
    """
    parts = Parts()
    parts.take(message)
    unread = list(parts.unread)
    blocks: list[RawBlock] = []
    for part in parts.body:
        text, reason = text_of(part)
        blocks += html_blocks(text) if part.get_content_type() == "text/html" else plain_blocks(text)
        unread += [Unread(None, reason)] if reason else []
    if unread and not blocks and not parts.attached:
        raise ReadError(unread[0].reason)
    lines = (f"{name}: {value}" for name in ("Subject", "From") if (value := header(message, name.lower())))
    return Content(
        header(message, "subject"),
        [block("paragraph", next(lines, "")), *blocks],
        unread=unread,
        date=_day(header(message, "date")),
        details=[(name, header(message, one)) for one, name in _TOLD],
    )


def attachments_of(message: Message) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of what is attached to the message."""
    parts = Parts()
    parts.take(message)
    for one in attached(parts):
        yield one.name, one.data()


def _day(text: str) -> str | None:
    """The day of a date as mails give it: "Tue, 14 Jan 2025 09:20:11 +0100" is "2025-01-14"."""
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except ValueError:
        return None


def plain_blocks(text: str) -> Iterator[RawBlock]:
    """The blocks of a plain body; lines that are quoted from another mail stand without their ">"."""

    def depth(line: str) -> int:
        return (_QUOTED.match(line) or [""])[0].count(">")

    for _, lines in groupby(text.splitlines(), depth):
        run = "\n".join(_QUOTED.sub("", line, count=1) for line in lines)
        if run.strip():
            yield from text_blocks(run)


def html_blocks(text: str) -> Sequence[RawBlock]:
    """The blocks of an HTML body, all that it shows."""
    if not text.strip():
        return []
    root = parse_html(text)
    return walk(root, claim_notes(root))
