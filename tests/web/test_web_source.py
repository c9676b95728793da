"""The source panel: the page with its boxes, or the text around a quote, and nothing foreign as markup."""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape

import pytest

from app.answering.answer import Citation
from app.pages.places import Quoted
from app.pages.renderer import Sheet
from app.phrases.languages import ENGLISH
from app.web.html.source import source_html
from app.web.html.view import SourceView, Stretch, around, view
from ingest.blocks import Content, assemble, block
from ingest.document import Document, Span
from tests.ingest.test_laid_out_tables import TOOLS, document, drawn, placed
from tests.ingest.test_read_pdf import pdf
from tests.support.fake_service import ATTACK, LEASE, NOTES, REPORT, FakeService, citation
from tests.web.test_web_render import Tags


def panel(sources: Sequence[Citation], n: int = 1, number: int | None = None) -> str:
    """The panel of a citation, opened at a page if one is named."""
    return source_html(view(FakeService(), sources, n, 5, number), ENGLISH)


RIVERS = FakeService().ask("the river").citations


@pytest.mark.parametrize("question", ["attack", "list", "unicorn", "the lease", "river"])
def test_sources_hold_only_our_own_tags(question: str) -> None:
    """Hostile titles, paths and quotes bring no tag and no handler; pictures come from our route alone."""
    answer = FakeService().ask(question)
    html = panel(answer.citations or answer.closest)
    seen = Tags(html)
    assert not seen.tags & {"script", "form", "iframe", "object"}
    assert not {name for name in seen.attributes if name.startswith("on")}
    assert all(
        re.fullmatch(r"/documents/b{64}/pages/\d\.jpg", src) for src in re.findall(r'src="([^"]*)"', html)
    )


def test_the_source_says_its_date_where_it_is_known() -> None:
    """The panel names the date as the file's, and nothing where there is none."""
    sources = FakeService().ask("the lease").citations
    assert "dated 2021-03-04 by its file" in Tags(panel(sources, 1)).text
    assert "its file" not in Tags(panel(sources, 2)).text


def test_the_source_says_that_it_is_a_page_header() -> None:
    """Beside the page; of the text itself nothing is said."""
    source = FakeService().ask("the lease").citations[0]
    assert "p. iv, PDF page 6 · page header or footer" in Tags(panel([replace(source, kind="running")])).text
    assert "page header" not in panel([source])


def test_the_source_says_who_made_it_and_what_a_detail_is() -> None:
    """A hostile name brings no tag."""
    source = FakeService().ask("the lease").citations[0]
    told = (("creator", ATTACK), ("publisher", "Quay Press"), ("subject", "leases"))
    seen = Tags(panel([replace(source, kind="detail", detail="publisher", details=told)]))
    assert f"author: {ATTACK} · publisher: Quay Press" in seen.text
    assert "publisher, by its file" in seen.text
    assert "leases" not in seen.text
    assert not seen.tags & {"script"}


def test_without_its_document_the_passage_is_shown() -> None:
    """The mark holds the quote, the bold words are the answer, and it is said why there is no page."""
    html = panel([citation("The lease ends on 31 March 2027.", f"Before.\n{LEASE}", "31 March 2027")])
    assert "Before.\n<mark>The lease ends on <strong>31 March 2027</strong>.</mark> The tenant" in html
    assert "No picture of the page: the document is no longer here." in Tags(html).text
    assert "contracts/lease.pdf" in html
    assert "old/lease copy.pdf" in html
    assert "Terms › Duration" in html


@pytest.mark.parametrize("span", [LEASE[:32], "The lease", "2027."])
def test_marks_nest_where_they_meet(span: str) -> None:
    """An answer that begins or ends with its quote is bold inside the mark, not across it."""
    html = panel([citation("The lease ends on 31 March 2027.", LEASE, span)])
    passage = html[html.index("<mark>") : html.index("</mark>")]
    assert f"<strong>{span}</strong>" in passage


def test_steps_stop_at_the_ends() -> None:
    """Previous and next lead to the neighbours; at the ends they lead nowhere."""
    sources = FakeService().ask("the lease").citations
    for n, found in ((1, [("5-0", " disabled"), ("5-2", "")]), (2, [("5-1", ""), ("5-3", " disabled")])):
        assert re.findall(r'data-cite="(\S+)"( disabled)?', panel(sources, n)) == found


def test_a_quote_over_a_page_break_shows_both_pages() -> None:
    """Every citation of the answer is boxed on each of its pages, the open one told from the rest."""
    html = panel(RIVERS)
    assert re.findall(r'src="/documents/b+/pages/(\d).jpg"', html) == ["2", "3"]
    first, second = html.split("<figure")[1:]
    assert re.findall(r'aria-label="Citation (\d)"', first) == ["1", "2"]
    assert re.findall(r'aria-label="Citation (\d)"', second) == ["1"]
    assert (first.count("m-box m-now"), first.count("m-box")) == (1, 2)
    assert "pp. 1–2, PDF pages 2–3" in html
    assert '<blockquote class="m-said" dir="auto" tabindex="0"><mark>It is fed by snow' in html


def test_pages_turn_from_the_first_to_the_last() -> None:
    """Before and after what is shown; not beyond the ends, and a page that is not there changes nothing."""
    turns = r'data-page="(\d)" aria-label="[^"]*"( disabled)?'
    assert re.findall(turns, panel(RIVERS)) == [("1", ""), ("4", "")]
    assert re.findall(turns, panel(RIVERS, number=1)) == [("0", " disabled"), ("2", "")]
    last = panel(RIVERS, number=4)
    assert re.findall(turns, last) == [("3", ""), ("5", " disabled")]
    assert f"documents/{'b' * 64}/original#page=4" in last
    assert panel(RIVERS, number=9) == panel(RIVERS)


def test_without_certain_boxes_the_page_is_shown_and_that_is_said() -> None:
    """The quote stands above the page, which has no box of it."""
    html = panel(RIVERS, 3)
    assert "could not be located" in html
    assert "m-now" not in html
    assert "<mark>Of its mouth all maps are lost.</mark>" in html
    assert "could not be located" not in panel(RIVERS, 3, number=2)


def test_other_formats_show_the_text_around() -> None:
    """The headings above and the paragraphs beside it, the sentence marked."""
    html = panel(RIVERS, 4)
    assert '<h3 class="m-heading">Notes on rivers</h3>' in html
    assert '<p class="m-paragraph"><mark>The river is cold.</mark></p>' in html
    assert "<figure" not in html
    assert "No picture" not in html


def test_comments_and_page_headers_among_the_text_are_called_so() -> None:
    """Each with its author, who brings no tag; the text's own blocks are not called anything."""
    blocks = [("paragraph", None), ("note", ATTACK), ("running", None)]
    around = tuple(Stretch(kind, 9 * n, "Some words", by) for n, (kind, by) in enumerate(blocks))
    [source] = [citation("Some words", "Some words", start=0, end=10)]
    html = source_html(SourceView([source], 1, 5, (), 0, around), ENGLISH)
    assert [escape(each) for each in (f"comment by {ATTACK}", "page header or footer")] == re.findall(
        r'data-kind="([^"]*)"', html
    )
    assert not Tags(html).tags & {"img", "script"}


def test_the_text_around_says_what_is_not_its_own() -> None:
    """A note with its author, a detail by its name."""
    content = Content(
        None,
        [block("paragraph", "Two are dry."), block("note", "Three.", by="Ann")],
        details=[("Author", "B. Hill")],
    )
    document = assemble("", content)
    told = [(each.kind, each.of) for each in around(document, Span(0, 3))]
    assert told == [("paragraph", None), ("note", "Ann"), ("detail", "creator")]


def test_the_text_around_is_bounded() -> None:
    """Whole blocks, as many as are near."""
    start = NOTES.text.index("It is deep.")
    assert "\n\n".join(each.text for each in around(NOTES, Span(start, len(NOTES.text)))) == NOTES.text
    long = "x" * 2000
    sources = [citation(long, f"{ATTACK} {long}")]
    assert len(around(REPORT, Span(0, 5))) == 4
    assert panel(sources)


def test_a_citation_of_a_kept_conversation_has_an_address() -> None:
    """One that opens it in either language; what is not kept has none."""
    shown = view(FakeService(), FakeService().ask("the lease").citations, 2, 3, None)
    assert f'href="/?conversation={"A" * 16}#cite-3-2"' in source_html(shown, ENGLISH, "A" * 16)
    assert "conversation=" not in source_html(shown, ENGLISH)


class OneTable(FakeService):
    """A service whose only document is a page with a table; keeps what is to be boxed."""

    table = document(pdf(drawn(placed(TOOLS))))
    asked: Sequence[Quoted] = ()

    def document(self, document_id: str) -> Document:
        return self.table

    def has_pictures(self, document_id: str) -> bool:
        return True

    def sheet(self, document_id: str, number: int, quotes: Sequence[Quoted]) -> Sheet:
        self.asked = quotes
        return Sheet(595, 842, ((),) * len(quotes))


def test_a_row_is_boxed_with_what_heads_its_value() -> None:
    """The row's own words first."""
    service, text = OneTable(), OneTable.table.text
    quote, span = "Ladder 5.00 12.00 7", text.index("12.00")
    start = text.index(quote)
    row = replace(
        citation(quote, quote),
        document_id=OneTable.table.sha256,
        pages=OneTable.table.pages,
        start=start,
        end=start + len(quote),
        answer_span=Span(span, span + 5),
    )
    view(service, (row,), 1, 0, None)
    assert [[part.text for part in quoted] for quoted in service.asked] == [[quote, "Week rent"]]
