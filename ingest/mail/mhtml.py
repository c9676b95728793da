"""The reader of saved web pages (MHTML, RFC 2557): the page itself, without its pictures and frames."""

from dataclasses import replace
from email.message import Message

from ingest.blocks import Content
from ingest.errors import ReadError
from ingest.mail.parts import header, parse, payload
from ingest.markup.html import read_html
from ingest.reasons import Reason


def read_mhtml(data: bytes) -> Content:
    """The page's content, under the title that it gives itself or was saved by.

    Raises:
        ReadError: there is no page in it.
    """
    message = parse(data)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        raise ReadError(Reason("no_text"))
    content = read_html(_page(page))
    return replace(content, title=content.title or header(message, "subject"))


def _page(part: Message) -> bytes:
    """The page's bytes; in the encoding that its part declares, where it declares none itself."""
    data, _ = payload(part)
    charset = part.get_content_charset()
    head = (
        f'<meta charset="{charset}">'.encode() if charset and b"charset" not in data[:4096].lower() else b""
    )
    return head + data
