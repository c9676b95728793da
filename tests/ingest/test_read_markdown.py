"""Markdown."""

import pytest

from ingest.blocks import Content, assemble
from ingest.markup.markdown import read_markdown

FILE = """---
author: someone
title: "The policy: a draft"
---
# Head *one*

Some **bold** text[^n] with `code`, a [link](http://x.example/) and
<http://auto.example/>. Unknown[^m].

3. three
4. four
   - nested

| a | b |
|---|---|
| 1 | *2* |

```py
x = 1
y = "*"
```

> Quoted.

[^n]: The note
    goes on.
"""


def listed(content: Content) -> list[tuple[str, int, str]]:
    """Kind, level and text of the blocks."""
    return [(raw.kind, raw.level, " ".join(raw.pieces[0].text.split())) for raw in content.blocks]


def test_markdown_is_read_as_printed() -> None:
    """Marks of formatting go, words stay; footnotes follow the paragraph with their mark."""
    content = read_markdown(FILE.encode())
    assert content.title == "The policy: a draft"
    assert listed(content) == [
        ("heading", 1, "Head one"),
        ("paragraph", 0, "Some bold text with code, a link and http://auto.example/. Unknown[^m]."),
        ("footnote", 0, "[1] The note goes on."),
        ("item", 0, "3. three"),
        ("item", 0, "4. four"),
        ("item", 1, "• nested"),
        ("row", 0, "a | b"),
        ("row", 0, "1 | 2"),
        ("row", 0, "x = 1"),
        ("row", 0, 'y = "*"'),
        ("paragraph", 0, "Quoted."),
    ]


def test_the_first_heading_is_the_title_where_none_is_given() -> None:
    """Front matter without a title, or none, leaves it to the first heading."""
    assert read_markdown(b"Intro\n\n## Sub\n\n# Main\n").title == "Main"
    assert read_markdown(b"---\nauthor: x\n---\n# Main\n").title == "Main"
    assert read_markdown(b"just text").title is None


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("date: 2021-03-04", "2021-03-04"),
        ("Date: '2021-03-04T10:15:00Z'", "2021-03-04"),
        ('date: "2021"  # first printing', "2021"),
        ("date:", None),
        ("date: yesterday", None),
        ("update: 2021", None),
    ],
)
def test_the_date_is_that_of_the_front_matter(line: str, date: str | None) -> None:
    """A date elsewhere in the text is none of the file's."""
    text = f"---\nauthor: x\n{line}\ntags: []\n---\n# Main\n\ndate: 1999\n"
    assert assemble("", read_markdown(text.encode())).date == date
    assert assemble("", read_markdown(b"date: 1999\n")).date is None


def test_raw_html_is_read_and_scripts_are_not() -> None:
    """Markup inside Markdown is taken as a browser would."""
    blocks = listed(read_markdown(b"a<br>b <script>x()</script>\n\n<h2>H</h2>\n"))
    assert blocks == [("paragraph", 0, "a b"), ("heading", 2, "H")]


def test_arabic_markdown() -> None:
    """Arabic text in the old Windows encoding is read too."""
    data = "# سياسة السفر\n\n- البند الأول\n".encode("cp1256")
    assert listed(read_markdown(data)) == [("heading", 1, "سياسة السفر"), ("item", 0, "• البند الأول")]
