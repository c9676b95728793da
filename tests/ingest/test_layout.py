"""Lines become blocks: what belongs together is one block, and what is parted stays apart."""

import pytest

from ingest.blocks import Piece, RawBlock
from ingest.layout.hyphens import join_hyphenated, words_of
from ingest.layout.lines import Line
from ingest.layout.structure import compose
from ingest.spelling.dictionary import is_english

WIDE = "This line of text runs on to the far edge of the page and"


def plain(text: str, gap: bool = False, page: int | None = None, indented: bool = False) -> Line:
    """A line of plain text."""
    return Line(text, page, gap, indented=indented)


def sized(text: str, size: float = 10.0, bold: bool = False, gap: bool = False, page: int = 1) -> Line:
    """A line of a PDF."""
    return Line(text, page, gap, size=size, bold=bold, y=500.0)


def told(blocks: list[RawBlock]) -> list[tuple[str, str]]:
    """Kind and words of the blocks."""
    return [(block.kind, " ".join(piece.text for piece in block.pieces)) for block in blocks]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("the adminis-", "tration of", "the administration of"),
        ("the Saudi-", "Iranian ties", "the Saudi-Iranian ties"),
        ("the 1908-", "1926 years", "the 1908-1926 years"),
        ("see https://example.org/us-", "iraq-war", "see https://example.org/us-iraq-war"),
        ("a state-", "of-the-art plant", "a state-of-the-art plant"),
        ("a state-of-the-", "art plant", "a state-of-the-art plant"),
        ("the pre-", "and post-war years", "the pre- and post-war years"),
        ("an evidence-", "based policy", "an evidence-based policy"),
        ("a pro-", "cess of", "a process of"),
        ("no hyphen", "at all", "no hyphen at all"),
        ("a dash -", "stays apart", "a dash - stays apart"),
        ("two dashes--", "stay apart", "two dashes-- stay apart"),
        ("ends in-", "“quoted” words", "ends in- “quoted” words"),
        ("-", "item", "- item"),
        ("a soft\u2010", "ware", "a software"),
        ("a moun\u00ad", "tain", "a mountain"),
        ("a quick-", "witted clerk", "a quick-witted clerk"),
        ("the re-", "enactment of", "the re-enactment of"),
        ("a self-", "taught painter", "a self-taught painter"),
        ("a two-", "wheeled cart", "a two-wheeled cart"),
        ("a five-year-", "old plan", "a five-year-old plan"),
        ("a man-of-", "war", "a man-of-war"),
        ("the day-to-", "day work", "the day-to-day work"),
        ("a well-mea-", "ning guest", "a well-meaning guest"),
        ("the under-", "taking", "the undertaking"),
        ("a car-", "penter", "a carpenter"),
        ("the care-", "ful clerk", "the careful clerk"),
        ("the photo-", "graphic plate", "the photographic plate"),
        ("an air-", "conditioned hall", "an air-conditioned hall"),
    ],
)
def test_hyphen_at_a_line_end(before: str, after: str, joined: str) -> None:
    """Syllables are joined; words, numbers, addresses and dashes keep their mark."""
    assert join_hyphenated(before, after, frozenset(), is_english) == joined


def test_spelling_elsewhere_in_the_document_decides() -> None:
    """A word that the document spells with a hyphen keeps it, one that it spells without loses it."""
    assert join_hyphenated("a ceasefire-", "line", frozenset({"ceasefire-line"})) == "a ceasefire-line"
    assert join_hyphenated("a decision-", "maker", frozenset({"decisionmaker"})) == "a decisionmaker"
    assert (
        join_hyphenated("the long-", "run cost", frozenset({"long", "run"}), is_english)
        == "the long-run cost"
    )


def test_without_a_dictionary_only_the_document_tells_compounds() -> None:
    """Of a language without one, halves are one word: "Garten-" "zaun" is "Gartenzaun"."""
    assert join_hyphenated("der Garten-", "zaun", frozenset({"garten", "zaun"})) == "der Gartenzaun"
    assert join_hyphenated("la grand-", "mère", frozenset({"grand-mère"})) == "la grand-mère"
    german = [plain("Der alte Garten steht seit vielen Jahren hinter dem Haus am Ufer, und der Zaun-"),
              plain("pfahl ist morsch.")]  # fmt: skip
    assert told(compose([german]))[0][1].endswith("und der Zaunpfahl ist morsch.")


def test_a_range_over_a_line_end_is_one() -> None:
    """Figures on both sides of a hyphen belong together, in a line that is not full too."""
    assert told(compose([[plain(WIDE), plain("is 3.5-"), plain("4.0 metres deep.")]])) == [
        ("paragraph", f"{WIDE} is 3.5-4.0 metres deep.")
    ]


def test_syllables_at_line_ends_are_no_words() -> None:
    """What a line end cut in two says nothing about how the document spells; compounds name their parts."""
    lines = [plain("The adminis-"), plain("tration chose decision-makers and techno-"), plain("logy too")]
    assert words_of(lines) == {"the", "chose", "decision-makers", "decision", "makers", "and", "too"}
    assert told(compose([lines])) == [
        ("paragraph", "The administration chose decision-makers and technology too")
    ]


def test_wrapped_paragraphs_end_at_an_empty_line() -> None:
    """Two paragraphs of full lines are two blocks."""
    blocks = compose([[plain(WIDE), plain("goes on to its end."), plain(WIDE, gap=True), plain("ends too.")]])
    assert told(blocks) == [("paragraph", f"{WIDE} goes on to its end."), ("paragraph", f"{WIDE} ends too.")]


def test_short_line_that_ends_a_sentence_ends_its_paragraph() -> None:
    """Without empty lines, a line into which the next word would have fitted was ended on purpose."""
    blocks = compose(
        [[plain(WIDE), plain("ends here."), plain("Another paragraph begins on this line of the text and")]]
    )
    assert [kind for kind, _ in told(blocks)] == ["paragraph", "paragraph"]


def test_sentence_over_a_page_break_is_one_block_on_two_pages() -> None:
    """The paragraph is whole, and each page keeps its own words."""
    blocks = compose([[plain(WIDE, page=1)], [plain("Baghdad goes on here.", gap=True, page=2)]])
    assert blocks == [RawBlock("paragraph", (Piece(WIDE, 1), Piece("Baghdad goes on here.", 2)))]


def test_word_over_a_page_break_is_whole_on_the_first_page() -> None:
    """The word is where it begins; a word that fills the next page's line leaves no empty piece."""
    line = WIDE + " adminis-"
    (block,) = compose([[plain(line, page=1)], [plain("tration ends.", page=2)]])
    assert block.pieces == (Piece(WIDE + " administration", 1), Piece("ends.", 2))
    (block,) = compose([[plain(line, page=1)], [plain("tration.", page=2)]])
    assert block.pieces == (Piece(WIDE + " administration.", 1),)
    (block,) = compose([[plain(WIDE + " Saudi-", page=1)], [plain("Iranian ties.", page=2)]])
    assert block.pieces == (Piece(WIDE + " Saudi-Iranian", 1), Piece("ties.", 2))


def test_page_break_between_sentences_parts_paragraphs() -> None:
    """Where the page ended a sentence, the next page begins a block."""
    blocks = compose([[plain(WIDE + " ends.", page=1)], [plain("Another begins.", page=2)]])
    assert len(blocks) == 2


@pytest.mark.parametrize("mark", ["•", "▪", "\uf0b7", "-", "–", "*"])
def test_bullets_open_items(mark: str) -> None:
    """Each bullet or dash opens an item, which keeps its wrapped lines."""
    lines = [
        plain("The goals are:"),
        plain(f"{mark} {WIDE}", gap=True),
        plain("goes on."),
        plain(f"{mark} Last."),
    ]
    assert told(compose([lines])) == [
        ("paragraph", "The goals are:"),
        ("item", f"{mark} {WIDE} goes on."),
        ("item", f"{mark} Last."),
    ]


def test_numbered_items_run_on() -> None:
    """Items are told by numbers that follow each other, and a wrapped line that begins with one is none."""
    lines = [
        plain("1. The first item of this list goes on to the end of line", gap=True),
        plain("12. is how this wrapped line happens to begin, which is no"),
        plain("item."),
        plain("2. The second item."),
        plain("3. The third item."),
    ]
    kinds = [(kind, text[:2]) for kind, text in told(compose([lines]))]
    assert kinds == [("item", "1."), ("item", "2."), ("item", "3.")]


def test_item_is_whole_over_a_page_break() -> None:
    """An item cut by the page is one item on two pages."""
    (block,) = compose(
        [[plain(f"• {WIDE}", page=1)], [plain("military bases in Anbar.", page=2, indented=True)]]
    )
    assert block.kind == "item"
    assert [piece.page for piece in block.pieces] == [1, 2]


def test_larger_and_bold_type_make_headings_in_order_of_size() -> None:
    """The largest type is level 1, the next level 2, bold type of the text's size the one below."""
    lines = [
        sized("The Paper", 18),
        sized("Its Part", 14, gap=True),
        sized("Its Section", bold=True, gap=True),
        *[sized(WIDE, gap=not n) for n in range(9)],
        sized("Other Part", 14, gap=True),
        *[sized(WIDE, gap=not n) for n in range(9)],
    ]
    blocks = compose([lines])
    assert [(block.level, block.pieces[0].text) for block in blocks if block.kind == "heading"] == [
        (1, "The Paper"),
        (2, "Its Part"),
        (3, "Its Section"),
        (2, "Other Part"),
    ]


def test_bold_sentence_is_no_heading() -> None:
    """What ends like a sentence, or is long, heads nothing."""
    lines = [sized("This bold line is a sentence.", bold=True), *[sized(WIDE, gap=not n) for n in range(9)]]
    assert compose([lines])[0].kind == "paragraph"


def test_line_that_introduces_a_list_is_no_heading() -> None:
    """A colon before items introduces them."""
    lines = [sized("The goals are:", bold=True), sized("• One", gap=True), *[sized(WIDE) for _ in range(9)]]
    assert compose([lines])[0].kind == "paragraph"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Preface", 1),
        ("The Strategic Dialogue", 1),
        ("Results of the first round of talks", 2),
        ("2- Defining the Nature of the Dialogue:", 2),
        ("info@example.org", 0),
        ("www.example.org", 0),
        ("in the middle of nothing", 0),
        ("Paris, London, Rome, Berlin", 0),
        ("It is short.", 0),
        ("薪酬与福利", 1),
        ("服务器机房的密码每九十天更换一次。", 0),
        ("员工不断学习共同成长" * 6, 0),
    ],
)
def test_plain_lines_that_stand_alone_may_be_headings(text: str, level: int) -> None:
    """In plain text, case and number tell a heading; addresses, lists of names and sentences are none."""
    lines = [plain(WIDE), plain("ends."), plain(text, gap=True), plain(WIDE, gap=True), plain("ends.")]
    assert compose([lines])[1].level == level
    assert (compose([lines])[1].kind == "heading") == bool(level)


def test_notes_follow_the_section_in_which_their_page_ends() -> None:
    """A page's note stands behind the text of the section, not in its middle, and keeps its page."""
    pages = [
        [sized("Part One", 16), sized(WIDE + " dialogue1", gap=True), sized("1 The note", 7, gap=True)],
        [
            sized("goes on and ends.", page=2),
            sized("Part Two", 16, gap=True, page=2),
            sized(WIDE, page=2, gap=True),
        ],
    ]
    blocks = compose(pages)
    assert [block.kind for block in blocks] == ["heading", "paragraph", "footnote", "heading", "paragraph"]
    assert blocks[1].pieces == (Piece(WIDE + " dialogue1", 1), Piece("goes on and ends.", 2))
    assert blocks[2].pieces[0].page == 1


@pytest.mark.parametrize("pages", [[], [[]], [[], []], [[Line(" ", 1)]]])
def test_no_visible_line_no_block(pages: list[list[Line]]) -> None:
    """Empty pages have no blocks."""
    assert compose(pages) == []


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("It ended.", True),
        ("It ended.”9", True),
        ("in 1911”.2", True),
        ("the following:", True),
        ("هل انتهى؟", True),
        ("at 10:15", False),
        ("and", False),
        ("Iraq,", False),
    ],
)
def test_line_that_ends_a_sentence(text: str, ends: bool) -> None:
    """A full stop ends one, also with a footnote's mark, and so does a colon, but not within a time."""
    assert plain(text).ends_sentence == ends
