"""HTML pages."""

import pytest

from ingest.blocks import Content, assemble
from ingest.document import Unread
from ingest.markup.html import read_html
from ingest.reasons import Reason
from tests.support.refused import refused

PAGE = """<!doctype html><html><head><title>Travel policy - ACME</title></head><body>
<header><nav><ul><li><a href=/>Home</a></li><li><a href=/about>About</a></li></ul></nav></header>
<main><h1>Travel policy</h1>
<p>Every employee who travels <b>shall</b> file a request ten days before.</p>
<h2>Allowances</h2>
<p>The allowance is paid in advance.<sup><a href="#n1">1</a></sup>
It covers <i>meals</i><!-- c -->, no drinks.</p>
<ul><li>Meals<ul><li>Breakfast: 10 dollars</li></ul></li><li><p>Hotels</p></li></ul>
<ol start=3><li>First ask your manager.</li><li>Then book the ticket.</li></ol>
<table><caption>Rates by country</caption><tr><th>Country<th>Rate</tr><tr><td>Iraq
<td><p>90</p><p>dollars</p></tr></table>
<pre>line one
  line two</pre><p>One<br>line.<br><br>Another paragraph.</p>
<p id=n1>1 Paid by the <a href=#top>treasury</a>. <a href="#r1">↩</a></p>
<script>var hidden = 1;</script><p style="display: none">unseen</p></main>
<aside><h3>Related</h3><a href=a>Some other news</a></aside>
<footer>Copyright ACME <a href=/p>Privacy</a></footer></body></html>"""


def listed(content: Content) -> list[tuple[str, int, str]]:
    """Kind, level and text of the blocks."""
    return [(raw.kind, raw.level, " ".join(raw.pieces[0].text.split())) for raw in content.blocks]


def test_a_page_keeps_its_structure_and_loses_its_menus() -> None:
    """Headings, nested and numbered lists, table rows and footnotes come out; menus do not."""
    content = read_html(PAGE.encode())
    assert content.title == "Travel policy - ACME"
    assert content.unread == []
    assert listed(content) == [
        ("heading", 1, "Travel policy"),
        ("paragraph", 0, "Every employee who travels shall file a request ten days before."),
        ("heading", 2, "Allowances"),
        ("paragraph", 0, "The allowance is paid in advance. It covers meals, no drinks."),
        ("footnote", 0, "1 Paid by the treasury."),
        ("item", 0, "• Meals"),
        ("item", 1, "• Breakfast: 10 dollars"),
        ("item", 0, "• Hotels"),
        ("item", 0, "3. First ask your manager."),
        ("item", 0, "4. Then book the ticket."),
        ("paragraph", 0, "Rates by country"),
        ("row", 0, "Country | Rate"),
        ("row", 0, "Iraq | 90 dollars"),
        ("row", 0, "line one"),
        ("row", 0, "line two"),
        ("paragraph", 0, "One line."),
        ("paragraph", 0, "Another paragraph."),
    ]


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="2021-03-04T10:15:00+03:00">', "2021-03-04"),
        ("<meta name=DC.date content=2021-03><meta name=date content=2020>", "2021-03"),
        ('<meta name="date" content="2020"><meta property="article:published_time" content="2021">', "2021"),
        ('<meta itemprop="datePublished" content="2021-03-04">', "2021-03-04"),
        ('<meta name="date" content="last week">', None),
        ('<meta name="date">', None),
        ("<title>News of 2021-03-04</title>", None),
    ],
)
def test_the_date_is_the_one_that_the_head_gives(head: str, date: str | None) -> None:
    """The time of publishing before other dates; none is guessed from the text."""
    page = f"<html><head>{head}</head><body><p>Said on 2019-01-01.</p></body></html>"
    assert assemble("", read_html(page.encode())).date == date


def test_a_long_page_loses_menus_that_no_tag_names() -> None:
    """On a page of some length the main content is found by its text; its structure is the page's own."""
    links = "".join(f'<li><a href="/{at}">Section {at} of the site</a></li>' for at in range(40))
    prose = "".join(
        f"<h2>Article {at}</h2><p>The rule number {at} says that each request is answered in {at} days, and "
        f"that an answer which comes late counts as a consent, unless the law says otherwise.</p>"
        f"<ol start={at}><li>Ask.<ul><li>In writing, to office {at}.</li></ul></li></ol>"
        f"<table><tr><td>Office {at}<td>Room {at}</tr></table>"
        for at in range(2, 22)
    )
    page = (
        f'<body><div class="menu"><ul>{links}</ul></div><div id="content"><h1>Rules</h1>{prose}</div></body>'
    )
    blocks = listed(read_html(page.encode()))
    assert blocks[0] == ("heading", 1, "Rules")
    assert len(blocks) == 1 + 20 * 5
    assert blocks[-3:] == [
        ("item", 0, "21. Ask."),
        ("item", 1, "• In writing, to office 21."),
        ("row", 0, "Office 21 | Room 21"),
    ]


def test_what_the_page_marks_as_main_is_believed() -> None:
    """A page that marks its main part loses none of it and keeps nothing else."""
    main = "".join(f"<p>Short {at}.</p><pre>code_{at}()</pre>" for at in range(300))
    page = f'<div class="menu">Menu</div><main>{main}</main><div>Other</div>'
    expected = [
        (kind, 0, text)
        for at in range(300)
        for kind, text in (("paragraph", f"Short {at}."), ("row", f"code_{at}()"))
    ]
    assert listed(read_html(page.encode())) == expected


def test_a_page_that_is_all_short_text_is_read_whole() -> None:
    """Where no main content is found, all but the menus is kept."""
    page = "<nav>Home</nav><div>Opening hours</div><div>9 to 5</div><footer>(c)</footer>"
    assert listed(read_html(page.encode())) == [("paragraph", 0, "Opening hours"), ("paragraph", 0, "9 to 5")]


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    """Headings in cells, or tables in them, mean that the table is a frame."""
    page = "<table><tr><td><h2>Left</h2><p>One.</p></td><td>Right.</td></tr></table>"
    assert listed(read_html(page.encode())) == [
        ("heading", 2, "Left"),
        ("paragraph", 0, "One."),
        ("paragraph", 0, "Right."),
    ]


@pytest.mark.parametrize("encoding", ["windows-1256", "utf-8", "utf-16"])
def test_the_encoding_is_that_of_the_bytes(encoding: str) -> None:
    """What the page declares is used where its bytes are not Unicode."""
    page = '<html><head><meta charset="windows-1256"></head><body><p>سياسة السفر الجديدة</p></body></html>'
    assert listed(read_html(page.encode(encoding))) == [("paragraph", 0, "سياسة السفر الجديدة")]


def test_undecodable_bytes_are_in_the_ledger() -> None:
    """A reason from decoding is passed on."""
    content = read_html("<p>déjà vu</p>".encode() + b"\xff")
    assert content.unread == [Unread(None, Reason("bad_bytes", n=1, encoding="UTF-8", first=16))]


def test_an_entity_bomb_stays_as_written() -> None:
    """Entities that a page defines for itself are not expanded."""
    bomb = b'<!DOCTYPE html [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;">]>'
    text = " ".join(text for _, _, text in listed(read_html(bomb + b"<p>&b; &eacute;</p>")))
    assert "xxxxxxxxxxxx" not in text
    assert "&b; é" in text


def test_nesting_beyond_the_parser_is_not_lost_in_silence() -> None:
    """A page too deep to be read whole is refused; a deep one is read."""
    assert listed(read_html(b"<div>" * 1500 + b"deep")) == [("paragraph", 0, "deep")]
    with refused("damaged", problem=Reason("nested_too_deeply")):
        read_html(b"<div>" * 5000 + b"deep")


@pytest.mark.parametrize("page", [b"", b"  ", b"<!-- only a comment -->"])
def test_a_page_of_nothing(page: bytes) -> None:
    """There is a reason where there is no page."""
    with refused("no_text"):
        read_html(page)


def test_a_page_of_many_megabytes_is_read_whole() -> None:
    """What is too long for the search of its main content keeps all but its menus."""
    page = b"<nav>Menu</nav>" + b"<p>%s</p>" % (b"Cats purr. " * 1000) * 500
    blocks = listed(read_html(page))
    assert len(blocks) == 500
    assert {kind for kind, _, _ in blocks} == {"paragraph"}


RAISED = [
    ("It costs $85<sup>1</sup> a day.", "It costs $85¹ a day."),
    ("It costs $85<sup><a href='#far'>[12]</a></sup> a day.", "It costs $85[¹²] a day."),
    ("The lake holds 10<sup>7</sup> m<sup>3</sup> of H<sub>2</sub>O.", "The lake holds 10⁷ m³ of H₂O."),
    ("The sign reads <bdo dir='rtl'>TI<b>XE</b></bdo> here.", "The sign reads \u202eTIXE\u202c here."),
    ("Opened on the 3<sup>r<b>d</b></sup> of May.", "Opened on the 3rd of May."),
    ("Built in 1911<a class='footnote-ref' href='notes.xhtml#n2'>2</a>.", "Built in 1911²."),
    ("Built in 1911<span style='vertical-align: super'>2</span>.", "Built in 1911²."),
    (
        "<style>p {color: red} @media print {b, .up a, span.high { font-size: 60%; vertical-align : super; }}"
        ".low{vertical-align:sub}</style>Built in 1911<span class='x high'>2</span>, of CO<span class='low'>2"
        "</span><span class='x'>3</span>.",
        "Built in 1911², of CO₂3.",
    ),
    ("See <a href='p.html'>page 2</a>, paragraph 3.", "See page 2, paragraph 3."),
    ("<math><mn>10</mn><mo>&lt;</mo><msup><mi>x</mi><mn>2</mn></msup></math> holds.", "10<x² holds."),
    (
        "So <span class='katex'><math><semantics><msup><mi>a</mi><mn>2</mn></msup><annotation>a^2"
        "</annotation></semantics></math><span class='katex-html' aria-hidden='true'>a<span>2</span></span>"
        "</span> holds.",
        "So a² holds.",
    ),
]


@pytest.mark.parametrize(("body", "text"), RAISED)
def test_raised_and_lowered_figures_do_not_join_what_they_stand_behind(body: str, text: str) -> None:
    """Notes' marks, powers and formulas are kept as such; letters join as they are, a link stays a link."""
    assert listed(read_html(f"<p>{body}</p>".encode())) == [("paragraph", 0, text)]


def test_raised_figures_in_a_cell_and_a_block_within() -> None:
    """A table's row keeps them; what is raised over a block's border is lost to no other block."""
    page = (
        "<table><tr><th>Area<sup>1</sup><th>Use<tr><td>12 km<sup>2</sup><td>port</table>"
        "<sup>4<p>Five</p>6</sup>"
    )
    assert listed(read_html(page.encode())) == [
        ("row", 0, "Area¹ | Use"),
        ("row", 0, "12 km² | port"),
        ("paragraph", 0, "4"),
        ("paragraph", 0, "Five"),
        ("paragraph", 0, "⁶"),
    ]
