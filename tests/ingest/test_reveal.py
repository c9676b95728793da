"""What a page shows once it is opened is read; what only programs show, and menus, are not."""

import pytest

from ingest.markup.html import read_html
from tests.ingest.test_read_html import listed

PROSE = (
    "<p>"
    + "The quay was dug by hand in four winters, and the fishermen of the coast paid for it. " * 8
    + "</p>"
)


def texts(body: str, *, long: bool) -> list[str]:
    """The blocks of a page of this content; a long one is read by its main content alone."""
    page = (
        f"<html><body><h1>Quay</h1>{PROSE * 5 if long else ''}{body}{PROSE * 2 if long else ''}</body></html>"
    )
    return [
        text for _, _, text in listed(read_html(page.encode())) if not text.startswith(("Quay", "The quay"))
    ]


OPENED = [
    (  # tabs
        """<div role="tablist"><button role="tab" aria-controls="a">Boats</button>
        <button role="tab" aria-controls="b">Cranes</button></div>
        <div role="tabpanel" id="a"><p>A boat pays six pounds a night.</p></div>
        <div role="tabpanel" id="b" hidden><p>A crane costs forty pounds an hour.</p></div>""",
        ["Boats", "A boat pays six pounds a night.", "Cranes", "A crane costs forty pounds an hour."],
    ),
    (  # an accordion whose headers are buttons, closed and open
        """<h3><button aria-expanded="false" aria-controls="a">Who may fish here?</button></h3>
        <div id="a" style="display:none"><p>Members may fish from the northern pier.</p></div>""",
        ["Who may fish here?", "Members may fish from the northern pier."],
    ),
    (
        """<h3><button aria-expanded="true" aria-controls="a">Who may fish here?</button></h3>
        <div id="a"><p>Members may fish from the northern pier.</p></div>""",
        ["Who may fish here?", "Members may fish from the northern pier."],
    ),
    (  # a page made by hand
        """<button onclick="show('more')">What does a berth cost?</button>
        <div id="more" style="display: none"><p>A berth costs nine pounds a week.</p></div>""",
        ["What does a berth cost?", "A berth costs nine pounds a week."],
    ),
    (
        """<div class="accordion-head">Dogs</div>
        <div style="display:none"><p>Dogs are allowed on a short lead.</p></div>""",
        ["Dogs", "Dogs are allowed on a short lead."],
    ),
    (
        "<dl><dt>Parking<dd hidden>Sixty cars may park behind the mill.</dl>",
        ["Parking", "Sixty cars may park behind the mill."],
    ),
    (
        '<div hidden="until-found"><p>Lamps burn here until midnight in summer.</p></div>',
        ["Lamps burn here until midnight in summer."],
    ),
    (
        "<details><summary>Is there a crane?</summary><p>There is one for eight tons.</p></details>",
        ["Is there a crane?", "There is one for eight tons."],
    ),
    ('<aside class="note"><p>The pier is closed until June.</p></aside>', ["The pier is closed until June."]),
    (
        '<div role="complementary"><p>The pier is closed until June.</p></div>',
        ["The pier is closed until June."],
    ),
    (
        '<div aria-hidden="true" class="tab-pane"><p>Tours are booked ten days ahead.</p></div>',
        ["Tours are booked ten days ahead."],
    ),
    (  # tabs that are links
        """<ul><li><a href="#a">Boats</a><li><a href="#b">Cranes</a></ul><div id="a">Six pounds a night.</div>
        <div id="b" style="display: none">Forty pounds an hour.</div>""",
        ["• Boats", "• Cranes", "Six pounds a night.", "Forty pounds an hour."],
    ),
    (  # a button that names nothing
        """<button class="accordion">Fees</button>
        <div class="panel" style="display: none"><p>A berth costs nine pounds a week.</p></div>""",
        ["Fees", "A berth costs nine pounds a week."],
    ),
    (  # the same, whose style sheet hides what it opens
        '<button class="collapsible">Fees</button><div>A berth costs nine pounds a week.</div>',
        ["Fees", "A berth costs nine pounds a week."],
    ),
    (  # a window over the page
        """<button data-bs-target="#m">Fees</button><div class="modal" id="m" aria-hidden="true">
        <p>A berth costs nine pounds a week.</p></div>""",
        ["Fees", "A berth costs nine pounds a week."],
    ),
    (  # rows that unfold
        """<table class="collapsible"><tr><th>Boat<th>Fee</tr>
        <tr style="display: none"><td>Large<td>nine pounds</tr></table>""",
        ["Boat | Fee", "Large | nine pounds"],
    ),
    (
        """<p>Boats pay by length.<span id="more" hidden> A berth costs nine pounds.</span></p>""",
        ["Boats pay by length. A berth costs nine pounds."],
    ),
    (  # an equation beside its picture
        """It holds <span style="display: none"><math><mi>a</mi><mo>=</mo><msup><mi>b</mi><mn>2</mn></msup>
        </math></span><img alt="a=b^2"> at high water in spring.""",
        ["It holds a=b² at high water in spring."],
    ),
]
CLOSED = [
    '<div id="error" style="display:none"><p>Something went wrong, please try it again.</p></div>',
    '<h3>Post</h3><div class="alert" hidden>Something went wrong, please try it again.</div>',
    """<form><input name="q"><button>Send</button>
    <div style="display:none">Thank you for your message.</div></form>""",
    """<button aria-controls="s" aria-expanded="false">Search</button>
    <div id="s" hidden><input name="q"> Words</div>""",
    """<button data-target="#m">Menu</button>
    <div id="m" hidden><a href="/a">All boats</a> <a href="/b">All cranes</a></div>""",
    '<button class="dropdown-toggle">Next</button><ul><li><a href="/a">All boats</a></ul>',
    '<button aria-controls="n">Menu</button><nav id="n" hidden>Boats and cranes</nav>',
    '<div class="tab-content"><p>Cart</p><p hidden>A page that a script would show.</p></div>',
    '<p>Later.</p><div id="late" hidden><p>A page that a script would show.</p></div>',
    '<p>Fee <span style="display: none">of a script</span></p>',
    '<div id="c">Picture <button aria-controls="c" aria-expanded="true">Next one</button></div>',
    "<template><p>A boat named so and so.</p></template>",
    '<aside><h2>Related</h2><ul><li><a href="/a">The mole of the old town</a></ul></aside>',
    '<div id="cookie-banner"><p>We use cookies to count our visitors. Do you agree?</p></div>',
    '<div class="cookieConsent consent-popup"><p>We use cookies to count our visitors.</p></div>',
]
STRAY = ("wrong", "Thank", "Words", "cranes", "script", "Next", "named", "mole", "cookies")


@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize(("body", "expected"), OPENED)
def test_what_a_person_can_open_is_read(body: str, expected: list[str], long: bool) -> None:
    """Under what opens it, on a short page and in the main content of a long one."""
    assert texts(body, long=long) == expected


@pytest.mark.parametrize("body", CLOSED)
def test_what_only_programs_show_stays_out(body: str) -> None:
    """Messages, forms, menus, what nothing on the page opens, and what asks for consent."""
    seen = " ".join(texts(body, long=False))
    assert [word for word in STRAY if word in seen] == []


def test_an_element_that_html_does_not_know_is_no_damage() -> None:
    """A tag that lacks a space is one to the parser, and is shown like any other."""
    assert texts('<h2>Fees</h2><div"id=p hidden>Nine pounds a week.</div>', long=False) == [
        "Fees",
        "Nine pounds a week.",
    ]


def test_a_link_to_the_main_part_does_not_undress_it() -> None:
    """What a button scrolls to keeps its role, and the button is no text of the page."""
    body = (
        f"<p>Above it all.</p><div role='main' id='top'>{PROSE}<p>Last.</p></div>"
        "<button onclick=\"scrollTo('top')\">Up</button>"
    )
    assert texts(body, long=False) == ["Last."]
