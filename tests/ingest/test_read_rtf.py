"""Rich Text Format: every way to write a character, what is shown and what is not, tables, notes."""

import pytest

from ingest.document import Document
from ingest.read import read


def rtf(text: bytes | str, head: bytes = b"") -> Document:
    """The document of this body."""
    body = text.encode("ascii") if isinstance(text, str) else text
    return read(b"{\\rtf1\\ansi" + head + b" " + body + b"}", "a.rtf")


def blocks(document: Document) -> list[tuple[str, str]]:
    """Kind and text of each block."""
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


FONTS = (
    rb"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Times;}"
    rb"{\f2\fcharset128 Mincho;}{\f3\fcharset2 Symbol;}}"
)


@pytest.mark.parametrize(
    ("head", "text", "shown"),
    [
        (b"", rb"caf\'e9 \'80", "café €"),
        (b"", "caf\u00e9".encode("cp1252"), "café"),
        (b"\\ansicpg1256", rb"\'c8\'c7\'c8", "باب"),
        (b"\\ansicpg932", rb"\'93\'fa\'96\'7b \'83\\", "日本 ソ"),
        (b"\\ansicpg99999", rb"caf\'e9", "café"),
        (b"\\mac", rb"caf\'8e", "café"),
        (FONTS, rb"\f1 \'c4\'e0\f0  \'e9 {\f2 \'93\'fa}\'e9", "Да é 日é"),
        (b"\\uc1", rb"caf\u233? \u1575?", "café ا"),
        (b"", rb"{\uc0 \u233 x}\uc2 \u26085\'93\'fa.{\u233}??", "éx日.é??"),
        (b"", rb"\u-10179?\u-8704?", "😀"),
        (b"", rb"\ldblquote a\rdblquote\emdash b\~c\_d\-e \{\\\}", "“a”—b c‑de {\\}"),
        (b"", b"one\r\n two\\line three\\tab four", "one two three four"),
    ],
)
def test_every_way_to_write_a_character(head: bytes, text: bytes, shown: str) -> None:
    """Code pages of the file and of its fonts, Unicode with and without what stands in for it, signs."""
    assert rtf(text, head).text == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"A{\v secret}B \deleted gone\deleted0 C", "AB C"),
        (r"10{\super 6} m, H{\sub 2}O, x\up6 2\up0 .", "10⁶ m, H₂O, x²."),
        (r"A{\pict\pngblip 89504e47\bin3 }}}B}C{\*\unknown x{y}}D", "ACD"),
        (r'See {\field{\*\fldinst HYPERLINK "http://b.example"}{\fldrslt here}}.', "See here."),
        (r"{\field{\*\fldinst TOC \\o}{\fldrslt Ships 3}}Text.", "Text."),
        (r"{\object\objemb{\*\objdata 0105}{\result Shown}}!", "Shown!"),
        (r"{\upr{\'3f}{\*\ud{\u233?}}}!", "é!"),
        (r"A{\*\bkmkstart b}B{\xe{Index}}C", "ABC"),
    ],
)
def test_what_is_shown_is_read(text: str, shown: str) -> None:
    """Not hidden or deleted words, pictures, contents, entries of an index; raised figures as such."""
    assert rtf(text).text == shown


def test_headings_by_level_or_style() -> None:
    """As Word writes them, in any language, and as others do."""
    styles = rb"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 Titre 1;}{\s2 heading 2;}{\*\cs3 Strong;}}"
    document = rtf(
        rb"\s1 Ships\par\pard\s2 Masts\par\pard Two.\par\pard\outlinelevel2 Sails\par\pard One.", styles
    )
    assert blocks(document) == [
        ("heading", "Ships"), ("heading", "Masts"), ("paragraph", "Two."), ("heading", "Sails"),
        ("paragraph", "One."),
    ]  # fmt: skip
    assert [block.level for block in document.blocks] == [1, 2, 0, 3, 0]
    assert document.title == "Ships"


def test_lists_have_the_marks_that_are_printed() -> None:
    """Numbers as they stand, bullets of any font as bullets; nested ones by their level."""
    text = rb"{\listtext\tab 1.\tab}One\par{\listtext\f3\'b7\tab}\ilvl1 Two\par"
    text += rb"\pard{\pntext a)\tab}Three\par\pard Four"
    assert blocks(rtf(text, FONTS)) == [
        ("item", "1. One"), ("item", "• Two"), ("item", "a) Three"), ("paragraph", "Four"),
    ]  # fmt: skip
    assert [block.level for block in rtf(text, FONTS).blocks] == [0, 1, 0, 0]


ROW = rb"\trowd%s\cellx1000%s\cellx2000%s\cellx3000\pard\intbl "


def test_a_table_has_its_heads_and_merged_cells() -> None:
    """By the flags of its cells, and by their edges where a row has fewer."""
    text = (
        ROW % (rb"\trhdr", b"", b"") + rb"Port\cell Good\cell Tons\cell\row"
        + ROW % (rb"\clvmgf", b"", b"") + rb"Oslo\cell Anvil\par heavy\cell 12\cell\row"
        + ROW % (rb"\clvmrg", rb"\clmgf", rb"\clmrg") + rb"\cell none\cell\cell\row"
        + rb"\trowd\cellx1005\cellx2990\pard\intbl Lima\cell closed\cell\row\pard After."
    )  # fmt: skip
    document = rtf(text)
    assert document.text == "Port | Good | Tons\nOslo | Anvil heavy | 12\nnone\nLima | closed\n\nAfter."
    [table] = document.tables
    cells = [[document.text[one.start : one.end] if one else "" for one in row.cells] for row in table.rows]
    assert cells[1:] == [
        ["Oslo", "Anvil heavy", "12"],
        ["Oslo", "none", "none"],
        ["Lima", "closed", "closed"],
    ]
    assert table.headers == 1


def test_notes_comments_boxes_and_page_headers_have_their_places() -> None:
    """A footnote behind its paragraph, a comment by its author behind the section, headers last and once."""
    text = (
        rb"{\header SOP-114\tab Version 2\par}{\headerf SOP-114\tab Version 2\par}"
        rb"{\footer Page {\field{\*\fldinst PAGE}{\fldrslt 1}}\par}"
        rb"It came{\super\chftn{\footnote\pard\chftn  By {\i sea}.}} late{\*\atnid M}{\*\atnauthor Mona}"
        rb"\chatn{\*\annotation{\*\atnref 1}Sure?}.{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt Boxed.\par}}"
        rb"{\shprslt Boxed.}}\par It left."
    )
    document = rtf(text)
    assert blocks(document) == [
        ("paragraph", "It came late."), ("footnote", "1 By sea."), ("paragraph", "Boxed."),
        ("paragraph", "It left."), ("note", "Sure?"), ("running", "SOP-114 | Version 2"),
    ]  # fmt: skip
    assert next(block.by for block in document.blocks if block.kind == "note") == "Mona"


def test_what_the_file_says_of_itself() -> None:
    """Title, author, keywords and when it was made; logins of programs are none of it."""
    info = (
        rb"{\info{\title Harbour rules}{\author Mona Idris}{\keywords ships}{\operator admin}"
        rb"{\creatim\yr2024\mo3\dy5\hr9}{\revtim\yr2025\mo1\dy1}}"
    )
    document = rtf(b"It leaves.", info)
    assert (document.title, document.date) == ("Harbour rules", "2024-03-05")
    assert [(one.name, document.text[one.start : one.end]) for one in document.details] == [
        ("creator", "Mona Idris"), ("subject", "ships"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (b"Text {\\b more", "Text more"),
        (b"Text}}} more", "Text more"),
        (b"Text \\bin99999999 more", "Text"),
        (b"{\\footnote " * 3000 + b"Deep.", "Deep."),
        (b"{" * 100_000 + b"Deep.", "Deep."),
        (b"A\\cell B\\row C", "A | B"),
        (b"A\\u999999999?B\\'zz", "A\uc9ffBzz"),
    ],
)
def test_a_broken_file_is_read_as_far_as_it_goes(text: bytes, shown: str) -> None:
    """Groups that never end or never began, lengths that lie, nesting without end."""
    assert shown in read(b"{\\rtf1 " + text, "a.rtf").text
