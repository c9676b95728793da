"""Page numbers that stand alone in a plain text tell pages where that is certain, and bounds elsewhere."""

import pytest

from ingest.document import Document, Span
from ingest.quotes.printed import printed_pages
from ingest.read import read

HEAD = "Survey of the canal"
WORDS = "one two three four five six seven eight nine ten eleven twelve".split()


def page(number: int) -> str:
    """Six lines of a page, the first of which says which it is."""
    name = WORDS[number - 1]
    return f"Here begins leaf {name} of the survey.\n\n" + "\n".join(
        f"The {word} gate of leaf {name} was opened by the keeper in the spring." for word in WORDS[:5]
    )


def told(document: Document, words: str) -> tuple[list[int], bool]:
    """Numbers of the pages of these words, and True if they stand between those."""
    start = document.text.index(words)
    pages, between = printed_pages(document, Span(start, start + len(words)))
    assert all(one.label == str(one.number) for one in pages)
    return [one.number for one in pages], between


def text(*parts: str | int) -> Document:
    """The parts as paragraphs, a number standing alone."""
    return read("\n\n".join(map(str, parts)).encode(), "a.txt")


def headed() -> Document:
    """Numbers above a running head; page 4 has lost its own."""
    return text(page(1), 2, HEAD, page(2), 3, HEAD, page(3), page(4), 5, HEAD, page(5))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Here begins leaf one", ([], False)),
        ("Here begins leaf two", ([2], False)),
        ("The five gate of leaf two", ([2], False)),
        ("Here begins leaf three", ([3], False)),
        ("The two gate of leaf three", ([3, 5], True)),
        ("The two gate of leaf four", ([3, 5], True)),
        ("Here begins leaf five", ([5], False)),
        ("The two gate of leaf five", ([5], True)),
    ],
)
def test_numbers_above_running_heads_begin_their_pages(words: str, expected: tuple[list[int], bool]) -> None:
    """What stands between 2 and 3 is on page 2; after 3, with 4 lost, only what follows at once is sure."""
    assert told(headed(), words) == expected


@pytest.mark.parametrize("number", ["- {} -", "–{}–", "— {} —"])
def test_a_page_number_between_dashes_is_one(number: str) -> None:
    """And no item of a list; a dash before a number alone begins one."""
    document = text(page(1), number.format(1), page(2), number.format(2))
    assert told(document, "The two gate of leaf two") == ([2], False)
    assert {block.kind for block in document.blocks} == {"paragraph"}
    assert told(text(page(1), "- 1", page(2), "- 2"), "The two gate of leaf two") == ([], False)


def test_a_quote_over_a_page_number_is_on_both_pages() -> None:
    """As it is in formats with pages."""
    document = headed()
    start, end = (
        document.text.index("The five gate of leaf two"),
        document.text.index("The one gate of leaf three"),
    )
    pages, between = printed_pages(document, Span(start, end))
    assert ([one.number for one in pages], between) == ([2, 3], False)


def test_numbers_at_the_foot_end_their_pages() -> None:
    """Nothing follows the last of them."""
    document = text(page(1), 1, page(2), 2, page(3), page(4), 4)
    found = [told(document, f"The two gate of leaf {name}") for name in ("one", "two", "three", "four")]
    assert found == [([1], False), ([2], False), ([2], True), ([2], True)]


def test_numbers_at_the_top_begin_their_pages() -> None:
    """Nothing precedes the first of them."""
    document = text(1, page(1), 2, page(2))
    assert told(document, "The two gate of leaf one") == ([1], False)
    assert told(document, "Here begins leaf two") == ([2], False)
    assert told(document, "The two gate of leaf two") == ([2], True)


@pytest.mark.parametrize(
    "parts",
    [
        (page(1), 2, page(2), 3, page(3)),  # top or foot: not told
        (page(1), page(2)),
        (page(1), 7, page(2)),
        (page(1), 9, page(2), 4, page(3)),
    ],
)
def test_what_tells_nothing_gives_no_page(parts: tuple[str | int, ...]) -> None:
    """Text on both ends, no number, a single one, falling ones."""
    document = text(*parts)
    assert told(document, "The two gate of leaf one") == ([], False)
    assert document.page_spans == ()


def test_form_feeds_are_pages_of_their_own() -> None:
    """Their physical pages stand in the document; no bounds are needed."""
    document = read(f"{page(1)}\f{page(2)}\f{page(3)}".encode(), "a.txt")
    assert told(document, "The two gate of leaf two") == ([], False)
    assert [one.number for one in document.pages] == [1, 2, 3]


def test_a_word_over_a_page_number_is_whole() -> None:
    """It stands where it begins; no other word is lost or moved."""
    end = "The gates of the canal were closed every year in winter by the wat-"
    document = text(page(1), 2, HEAD, f"{page(2)}\n{end}", 3, HEAD, f"erman.\n\n{page(3)}")
    assert "in winter by the waterman." in document.text
    assert told(document, "in winter by the waterman.") == ([2], False)
