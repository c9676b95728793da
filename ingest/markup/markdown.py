"""The Markdown reader: CommonMark with tables, footnotes and front matter."""

import re

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from ingest.blocks import Content
from ingest.decode import decode
from ingest.document import Unread
from ingest.markup.html import parse_html
from ingest.markup.notes import claim_notes
from ingest.markup.walk import walk

_TITLE = re.compile(r"""^title:[ \t]*(?:"(.+)"|'(.+)'|(.+?))[ \t]*$""", re.M | re.I)

_DATE = re.compile(r"""^date:[ \t]*["']?([^"'\n#]+)""", re.M | re.I)


def read_markdown(data: bytes) -> Content:
    """The blocks as they are printed: without marks of formatting, links by their text.

    The title is that of the front matter, else the first heading of the first level; the date is
    that of the front matter.

    Raises:
        ReadError: the data is not text.
    """
    text, reason = decode(data)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser = parser.use(footnote_plugin, inline=False).use(front_matter_plugin)
    tokens = parser.parse(text)
    root = parse_html(f"<body>{parser.renderer.render(tokens, parser.options, {})}</body>")
    blocks = walk(root, claim_notes(root))
    matter = next((token.content for token in tokens if token.type == "front_matter"), "")
    title = next((value for match in _TITLE.finditer(matter) for value in match.groups() if value), None)
    date = _DATE.search(matter)
    heading = next((raw.pieces[0].text for raw in blocks if raw.kind == "heading" and raw.level == 1), None)
    return Content(
        title if title is not None else heading,
        blocks,
        unread=[Unread(None, reason)] if reason else [],
        date=date[1] if date else None,
    )
