"""The Markdown reader: CommonMark with tables, footnotes and front matter."""

import re

import yaml
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from ingest.blocks import Content, first_heading
from ingest.decode import decode
from ingest.details import texts
from ingest.document import Unread
from ingest.markup.html import parse_html
from ingest.markup.notes import claim_notes
from ingest.markup.walk import walk

_LINE = re.compile(r"""^(\w[\w -]*):[ \t]+["']?(.+?)["']?[ \t]*$""", re.M)


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
    matter = _fields(next((token.content for token in tokens if token.type == "front_matter"), ""))
    given = {name.lower(): value for name, value in matter if value}
    return Content(
        given.get("title", first_heading(blocks)),
        blocks,
        unread=[Unread(None, reason)] if reason else [],
        date=given.get("date"),
        details=matter,
    )


def _fields(matter: str) -> list[tuple[str, str]]:
    """The fields of front matter, each as it is written; of YAML that is broken, its lines.

    "author: [A. Byron, {name: B. Hill}]" -> ("author", "A. Byron"), ("author", "B. Hill")
    """
    try:
        read = yaml.load(matter, yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        read = dict(_LINE.findall(matter))
    given = read.items() if isinstance(read, dict) else ()
    return [(str(name), text) for name, value in given for text in texts(value)]
