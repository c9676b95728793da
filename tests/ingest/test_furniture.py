"""Running heads and page numbers go, and a line of the text that only looks a little like them stays."""

import pytest

from ingest.layout.furniture import strip_furniture
from ingest.layout.lines import Line

BODY = ["Alpha begins here", "and goes on", "for a while", "until it ends.", "Then more", "is said."]


def pages(*texts: list[str]) -> list[list[Line]]:
    """Pages of plain lines."""
    return [[Line(text, number) for text in each] for number, each in enumerate(texts, 1)]


def said(kept: list[list[Line]]) -> list[list[str]]:
    """The texts of the lines."""
    return [[line.text for line in page] for page in kept]


def own(number: int) -> list[str]:
    """Six lines of a body that no other page has."""
    return [f"{line} {chr(96 + number) * 3}" for line in BODY]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["The Annual Review"], ["{}"]),
        (["{}", "The Annual Review"], []),
        (["{} | The Annual Review"], []),
        ([], ["The Annual Review, page {} of 40"]),
        (["The Annual Review"], ["- {} -"]),
        (["The Annual Review"], ["Page {}"]),
    ],
)
def test_heads_and_numbers_go_and_numbers_become_labels(above: list[str], below: list[str]) -> None:
    """Wherever the number stands, alone or in the head, it names the page and is out of the text."""
    texts = [
        [t.format(n + 11) for t in above] + own(n) + [t.format(n + 11) for t in below] for n in range(1, 6)
    ]
    kept, printed, heads = strip_furniture(pages(*texts))
    assert said(kept) == [own(n) for n in range(1, 6)]
    assert printed == {index: str(index + 12) for index in range(5)}
    assert len([head for head in heads if "Annual Review" in head.text]) == 5


def test_roman_numbers_then_arabic() -> None:
    """A preface counted in Roman figures keeps them as labels, and the text its own numbers."""
    labels = ["i", "ii", "iii", "iv", "1", "2", "3", "4", "5"]
    kept, printed, _ = strip_furniture(pages(*[[*own(n), label] for n, label in enumerate(labels)]))
    assert list(printed.values()) == labels
    assert all(len(page) == 6 for page in kept)


def test_even_and_odd_pages_have_their_own_heads() -> None:
    """Two running heads in turn both go."""
    texts = [[("The Book" if n % 2 else "The Chapter"), *own(n)] for n in range(1, 9)]
    assert said(strip_furniture(pages(*texts))[0]) == [own(n) for n in range(1, 9)]


def test_head_at_a_known_height_needs_the_same_height() -> None:
    """In a PDF the same words elsewhere on the page are text."""
    head = [Line("Iraq", n, y=800.0) for n in range(1, 5)]
    text = [Line("Iraq", n, y=700.0 - 30 * n) for n in range(1, 5)]
    other = [Line(f"Own words {chr(96 + n)}", n, y=300.0) for n in range(1, 5)]
    kept, _, heads = strip_furniture([list(each) for each in zip(head, text, other, strict=True)])
    assert [page[0] for page in kept] == text
    assert [head.text for head in heads] == ["Iraq"] * 4


def test_repeated_words_at_different_places_are_text() -> None:
    """A short last line that ends a paragraph on several pages ("Yes.") is no running head."""
    texts = [own(1), ["Yes.", *own(2)], [own(3)[0], "Yes.", *own(3)[1:]], [*own(4)[:2], "Yes.", *own(4)[2:]]]
    texts[0].insert(3, "Yes.")
    assert said(strip_furniture(pages(*texts))[0]) == texts


def test_repeated_line_in_the_middle_of_pages_is_text() -> None:
    """Furniture stands at a page's edge."""
    texts = [[*own(n), "The same line", *own(n + 9)] for n in range(1, 6)]
    assert said(strip_furniture(pages(*texts))[0]) == texts


def test_two_of_five_pages_are_not_enough_for_a_head() -> None:
    """A line that only two pages of a longer document share is text."""
    texts = [["Conclusion", *own(n)] if n < 3 else own(n) for n in range(1, 6)]
    assert said(strip_furniture(pages(*texts))[0]) == texts


def test_numbers_that_do_not_run_on_are_text() -> None:
    """Lone years and table cells are not page numbers."""
    texts = [[*own(n), number] for n, number in enumerate(["2014", "3", "77", "1930"], 1)]
    kept, printed, _ = strip_furniture(pages(*texts))
    assert said(kept) == texts
    assert printed == {}


def test_page_number_wins_over_another_number_at_the_edge() -> None:
    """Of two lone numbers on a page, only the one that runs on with the pages goes."""
    texts = [[*own(n), f"{n * n + 50}", f"{n}"] for n in range(1, 6)]
    kept, printed, _ = strip_furniture(pages(*texts))
    assert said(kept) == [text[:-1] for text in texts]
    assert list(printed.values()) == ["1", "2", "3", "4", "5"]


def test_words_of_roman_letters_are_words() -> None:
    """The words "I" and "ill" alone on a line are text where they do not count pages."""
    texts = [[*own(n), word] for n, word in enumerate(["ill", "I", "mix", "vivid"], 1)]
    assert said(strip_furniture(pages(*texts))[0]) == texts


def test_document_of_nothing_but_repetition_is_kept() -> None:
    """Where every line looks like furniture ("Page 1", "Page 2"), there is no text but that."""
    texts = [["Page 1"], ["Page 2"], ["Page 3"]]
    kept, printed, heads = strip_furniture(pages(*texts))
    assert said(kept) == texts
    assert printed == {0: "1", 1: "2", 2: "3"}
    assert heads == []


@pytest.mark.parametrize("texts", [[], [[]], [[], []], [["One page only", "7"]]])
def test_too_little_to_tell(texts: list[list[str]]) -> None:
    """No page, empty pages and a single page lose nothing."""
    kept, printed, heads = strip_furniture(pages(*texts))
    assert said(kept) == texts
    assert (printed, heads) == ({}, [])
