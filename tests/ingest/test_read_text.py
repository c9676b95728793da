"""Plain text: the body's words come out as they were written, and nothing of the page comes with them."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate, count
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ingest.blocks import Content, RawBlock
from ingest.characters import normalise
from ingest.text import read_text
from tests.support.refused import refused

HEAD = "Review of the Annual Meeting"
# Every word is used once (it ends in letters that count), so that no line of the body recurs on several
# pages at the same place: such a line looks exactly like a running head. No figure stands without a
# letter or a sign: alone on a line it would look exactly like a page number.
STEMS = (
    "treaty",
    "Iraq",
    "administration",
    "responsibility",
    "the",
    "Council",
    "réforme",
    "معاهدة",
    "x-ray",
    "don’t",
    "#",
)
FIGURES = ("{}%", "${}m", "{}s", "(No.{})", "{}:15")


@dataclass
class Written:
    """A file as the test wrote it, and what a reader should make of it."""

    text: str
    words: dict[int | None, list[str]]
    notes: dict[int, list[str]] = field(default_factory=dict)
    labels: list[str | None] = field(default_factory=list)
    paragraphs: list[list[str]] = field(default_factory=list)


def letters(number: int) -> str:
    """The number in letters of the alphabet, at least two."""
    high, low = divmod(number, 26)
    return (letters(high) if high > 25 else chr(97 + high)) + chr(97 + low)


@st.composite
def paragraphs(draw: st.DrawFn) -> list[list[str]]:
    """Paragraphs, headings and list items as lists of words, each word used once."""
    chance = Random(draw(st.integers(0, 1 << 32)))
    counter = count()
    result = []
    for kind in draw(st.text("pppbdnh", min_size=1, max_size=8)):
        words = ["Then"]
        for _ in range(draw(st.integers(2, 40 if kind == "p" else 12))):
            stem = chance.choice(STEMS)
            word = (
                chance.choice(FIGURES).format(chance.randint(1, 2030))
                if stem == "#"
                else stem + letters(next(counter))
            )
            words.append(chance.choice([*["{}"] * 12, "{},", "{};", "“{}”", "({})", "{}."]).format(word))
        if kind == "h":
            words = [word.strip("“”().,;").capitalize() for word in words[:4]]
        else:
            words.append(f"end{letters(next(counter))}.")
        lead = {"b": ["•"], "d": ["-"], "n": [f"{len(result) % 9 + 1}."]}.get(kind, [])
        result.append(lead + words)
    return result


def wrap(words: list[str], width: int, cuts: set[int]) -> list[str]:
    """Lines of at most `width` characters; a long plain word in `cuts` is hyphenated where it fits."""
    lines: list[str] = []
    line = ""
    for index, word in enumerate(words):
        room = width - len(line) - 2
        if line and len(line) + 1 + len(word) > width:
            if (
                index in cuts
                and word.isascii()
                and word.isalpha()
                and word.islower()
                and 3 <= room < len(word) - 2
            ):
                lines.append(f"{line} {word[:room]}-")
                line = word[room:]
                continue
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


def cut(line: str) -> bool:
    """Whether the line ends in the middle of a word."""
    return line.endswith("-") and not line.endswith(" -")


@st.composite
def unpaged(draw: st.DrawFn) -> Written:
    """A text without pages, wrapped or not."""
    written = draw(paragraphs())
    width = draw(st.one_of(st.none(), st.integers(30, 90)))
    cuts = draw(st.sets(st.integers(0, 40), max_size=20))
    parts = ["\n".join(wrap(words, width, cuts)) if width else " ".join(words) for words in written]
    text = draw(st.sampled_from(["\n\n", "\r\n\r\n", "\n\n\n"])).join(parts)
    return Written(text, {None: [word for words in written for word in words]}, paragraphs=written)


def mark(written: list[list[str]], places: set[int]) -> int:
    """Give words at these places the marks of footnotes 1, 2, ...; how many it gave."""
    number = 0
    position = count()
    for words in written:
        for index, word in enumerate(words):
            # Behind a figure a mark would be read as part of it.
            if next(position) in places and word[0].isalpha() and word[-1].isalpha() and len(word) > 4:
                number += 1
                words[index] = f"{word}{number}"
    return number


def spread(sheets: list[list[str]]) -> dict[int | None, list[str]]:
    """The words of each sheet's lines; a word cut in two is whole, where it begins."""
    words: dict[int | None, list[str]] = defaultdict(list)
    last: int | None = None
    for page, line in ((page, line) for page, sheet in enumerate(sheets, 1) for line in sheet):
        found = line.split()
        if last is not None:
            words[last][-1] = words[last][-1][:-1] + found.pop(0)
        words[page].extend(found)
        if found:
            last = page if cut(line) else None
    return words


@st.composite
def paged(draw: st.DrawFn) -> Written:
    """A text on two pages or more, with running heads, page numbers and footnotes as drawn."""
    written = draw(paragraphs().filter(lambda each: sum(map(len, each)) > 60))
    width, height = draw(st.integers(40, 80)), draw(st.integers(3, 10))
    cuts = draw(st.sets(st.integers(0, 40), max_size=20))
    last = mark(written, draw(st.sets(st.integers(2, 150), max_size=4)))
    flow = [(line, first) for words in written for first, line in enumerate(wrap(words, width, cuts))]
    sheets = [flow[at : at + height] for at in range(0, len(flow), height)]
    assume(len(sheets) > 1)
    style = draw(st.sampled_from(["none", "head", "number below", "number above", "both", "one line"]))
    start = draw(st.integers(1, 300))
    labels = [None if style in ("none", "head") else str(start + index) for index in range(len(sheets))]
    notes: dict[int, list[str]] = {}
    pages = []
    for index, (sheet, label) in enumerate(zip(sheets, labels, strict=True)):
        said = " ".join(line for line, _ in sheet)
        marks = [n for n in range(1, last + 1) if re.search(rf"[^\W\d_]{{3}}{n}(?!\S)", said)]
        notes[index + 1] = [f"{n}. Author {letters(n)}, A Title, 2013." for n in marks]
        above = {
            "head": [HEAD],
            "both": [HEAD, label],
            "number above": [label],
            "one line": [f"{label} | {HEAD}"],
        }
        body = [part for line, first in sheet for part in (["", line] if first == 0 else [line])]
        below = ["", label] if style == "number below" else []
        pages.append("\n".join([*above.get(style, []), "", *body, "", *notes[index + 1], *below]))
    return Written("\f".join(pages), spread([[line for line, _ in sheet] for sheet in sheets]), notes, labels)


def words_by_page(blocks: list[RawBlock]) -> dict[int | None, list[str]]:
    """The words of the blocks in order, by the page that they stand on."""
    words: dict[int | None, list[str]] = defaultdict(list)
    for block in blocks:
        for piece in block.pieces:
            words[piece.page].extend(normalise(piece.text).split())
    return words


def body(content: Content) -> list[RawBlock]:
    """The blocks that are neither footnotes nor page headers."""
    return [block for block in content.blocks if block.kind not in ("footnote", "running")]


def texts(content: Content) -> list[str]:
    """What the blocks say."""
    return [" ".join(piece.text for piece in block.pieces) for block in content.blocks]


@given(unpaged())
def test_unpaged_words_come_out_as_written(written: Written) -> None:
    """No word is changed, added, dropped or moved, wrapped or not, hyphenated or not."""
    content = read_text(written.text.encode())
    assert words_by_page(body(content)) == written.words
    assert content.pages == ()


@given(unpaged())
def test_blocks_do_not_mix_paragraphs(written: Written) -> None:
    """What an empty line parts behind a full stop stays apart; what it does not is parted at full stops only.

    (A wrapped line that ends a sentence early looks like a paragraph's last.)
    """
    assume(all(words[-1].endswith(".") for words in written.paragraphs))
    flow = [word for words in written.paragraphs for word in words]
    ends = set(accumulate(len(words) for words in written.paragraphs))
    found = set(accumulate(len(text.split()) for text in texts(read_text(written.text.encode()))))
    assert ends <= found
    assert {flow[end - 1][-1] for end in found} == {"."}


@given(paged())
def test_paged_words_come_out_on_their_pages(written: Written) -> None:
    """The words of each page's body, without furniture and footnotes; a cut word is where it begins."""
    content = read_text(written.text.encode())
    found = words_by_page(body(content))
    assert {page: words for page, words in found.items() if words} == {
        p: w for p, w in written.words.items() if w
    }


@given(paged())
def test_paged_footnotes_and_labels_are_told(written: Written) -> None:
    """Each footnote is a footnote block on its page, and each printed number its page's label."""
    content = read_text(written.text.encode())
    notes = [
        (block.pieces[0].page, text)
        for block, text in zip(content.blocks, texts(content), strict=True)
        if block.kind == "footnote"
    ]
    assert notes == [(page, note) for page, each in written.notes.items() for note in each]
    assert [page.label for page in content.pages] == written.labels


LINE = "This line of text runs on to the far edge of the page and"


def test_lone_numbers_that_rise_are_page_numbers_without_form_feeds() -> None:
    """They go, with the running head below them, told once; the sentence that they cut is one again."""
    body = "\n".join([LINE] * 12)
    text = f"{body}\n\n2\n\n{HEAD}\n\ngoes on. {body}\n\n3\n\n{HEAD}\n\ngoes on.\n"
    content = read_text(text.encode())
    whole = " ".join([LINE] * 12 + ["goes on."] + [LINE] * 12 + ["goes on."])
    assert [(raw.kind, raw.text) for raw in content.blocks] == [("paragraph", whole), ("running", HEAD)]
    assert content.pages == ()


@pytest.mark.parametrize("numbers", [("2003", "2014", "2020"), ("3", "2"), ("7",), ("1", "12")])
def test_other_lone_numbers_are_text(numbers: tuple[str, ...]) -> None:
    """Years over paragraphs, numbers that fall, a single one, and ones too far apart are the body's."""
    text = "\n\n".join(f"{number}\n\nIn {number} it began." for number in numbers)
    assert " ".join(texts(read_text(text.encode()))).split() == text.split()


def test_form_feed_within_a_line_breaks_the_page() -> None:
    """The words before and after stand on their pages."""
    assert words_by_page(list(read_text(b"first\x0csecond\x0c").blocks)) == {1: ["first"], 2: ["second"]}


@pytest.mark.parametrize("text", ["", " \n\n ", "\f", "\f\f\n"])
def test_file_without_a_word_has_no_block(text: str) -> None:
    """Nothing visible in, no block out, and no failure."""
    assert list(read_text(text.encode()).blocks) == []


def test_empty_page_is_counted() -> None:
    """The page after an empty one keeps its number."""
    content = read_text(b"first\x0c\x0cthird")
    assert words_by_page(list(content.blocks)) == {1: ["first"], 3: ["third"]}
    assert [page.number for page in content.pages] == [1, 2, 3]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_line_ends(encoding: str) -> None:
    """Whatever wrote the file, the words are the same."""
    content = read_text("Réunion à Genève.\r\n\r\nLe second “paragraphe” est ici.".encode(encoding))
    assert texts(content) == ["Réunion à Genève.", "Le second “paragraphe” est ici."]
    assert list(content.unread) == []


def test_bad_bytes_are_told_in_the_ledger() -> None:
    """The text is read, and what could not be decoded is counted."""
    content = read_text("Réunion à Genève, où naît l’idée.".encode() + b" \xff end.")
    assert texts(content) == ["Réunion à Genève, où naît l’idée. \ufffd end."]
    assert [entry.pages for entry in content.unread] == [None]


def test_binary_file_is_refused() -> None:
    """What is no text says so."""
    with refused("binary"):
        read_text(bytes(range(256)) * 4)


def test_title_is_the_heading_that_opens_the_text() -> None:
    """A text that opens with a heading is called by it, one that opens with a sentence has no title."""
    assert read_text(f"The Annual Report\n\n{LINE}\nends.\n".encode()).title == "The Annual Report"
    assert read_text(f"{LINE}\nends.\n".encode()).title is None
