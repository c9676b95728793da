"""A page's characters become its lines: by where they stand, whenever they are drawn."""

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from ingest.pdf.glyphs import Glyph
from ingest.pdf.printed import lines_of
from ingest.pdf.read import read_pdf
from tests.ingest.test_read_pdf import pdf, texts


def word(text: str, left: float, base: float = 0.0, size: float = 10.0, first: int = 0) -> list[Glyph]:
    """Half a size a glyph, from `left` on; a space is no glyph."""
    step = size / 2
    return [
        Glyph(
            one, left + step * at, left + step * (at + 1), base, size, 0.0, False,
            text[at - 1 : at] == " ", first + at,
        )
        for at, one in enumerate(text)
        if one != " "
    ]  # fmt: skip


def said(*pieces: Sequence[Glyph]) -> list[str]:
    """The lines that the pieces make, drawn one after the other."""
    drawn = [glyph for piece in pieces for glyph in piece]
    lines, _ = lines_of([replace(glyph, index=at * 10 + 1) for at, glyph in enumerate(drawn)])
    return [line.text for line in lines]


@pytest.mark.parametrize(
    ("mark", "base", "size", "line"),
    [
        ("12", 4.0, 6.0, "pounds¹²"),
        ("a", 4.0, 6.0, "poundsᵃ"),
        ("th", 4.0, 6.0, "poundsth"),
        ("*", 4.0, 6.0, "pounds*"),
        ("2", -2.0, 6.0, "pounds₂"),
        ("81.7", 4.0, 6.0, "pounds81.7"),  # a figure of its own, drawn close by
        ("1907", 4.0, 6.0, "pounds1907"),
        ("12", 0.0, 6.0, "pounds12"),  # small capitals and figures are on the line
        ("2", -5.0, 8.0, "pounds₂"),
        ("12", 4.0, 9.0, "pounds¹²"),
        ("12", 2.0, 9.0, "pounds12"),  # nearly as large and hardly raised,
        ("12", 4.0, 10.0, "pounds12"),  # or as large: another cell of a table that stands higher
    ],
)
def test_raised_and_lowered_figures_are_kept_as_such(mark: str, base: float, size: float, line: str) -> None:
    """By size and rise they are no part of their word; what has no raised form stays as it is."""
    assert said(word("pounds", 0), word(mark, 30, base, size)) == [line]


def test_a_mark_before_its_note_is_raised_too() -> None:
    """The type beside it tells, on whichever side that is."""
    assert said(word("3", 0, 4.0, 6.0), word("Paid at once.", 4)) == ["³Paid at once."]


def test_small_figures_apart_from_a_word_are_no_mark() -> None:
    """A cell in smaller type that stands a little higher keeps its figures."""
    assert said(word("Wick", 0), word("1868", 60, 2.0, 8.0)) == ["Wick 1868"]


def test_a_raised_mark_behind_a_lowered_one_does_not_break_the_line() -> None:
    """As in the formula of an ion, whatever is drawn behind it."""
    formula = (word("of SO", 0), word("4", 25, -3.0, 6.0), word("2-", 28, 4.0, 6.0), word("in water", 38))
    assert said(*formula) == ["of SO₄²⁻ in water"]


@pytest.mark.parametrize("turn", range(4))
def test_a_piece_drawn_by_itself_does_not_break_its_line(turn: int) -> None:
    """Wherever in the page's drawing it comes."""
    first, mark, rest = word("15,000 pounds", 0), word("12", 65, 4.0, 6.0), word("and 40 km", 76)
    below = word("The next line.", 0, -14)
    drawn = [first, rest, below]
    drawn.insert(turn, mark)
    assert said(*drawn) == ["15,000 pounds¹² and 40 km", "The next line."]


def test_words_drawn_in_any_order_are_read_from_left_to_right() -> None:
    """What stands at one height is one line, though each word comes between those of others."""
    upper = [word(text, 24.0 * at) for at, text in enumerate(("aaaa", "bbbb", "cccc"))]
    lower = [word(text, 24.0 * at, -14) for at, text in enumerate(("dddd", "eeee", "ffff"))]
    assert said(upper[0], lower[2], upper[2], lower[0], upper[1], lower[1]) == [
        "aaaa bbbb cccc",
        "dddd eeee ffff",
    ]


def test_columns_apart_stay_apart() -> None:
    """Drawn one after the other they are lines of their own, however level."""
    left = [word("left line", 0, -14.0 * at) for at in range(3)]
    right = [word("right line", 100, -14.0 * at) for at in range(3)]
    assert said(*left, *right) == ["left line"] * 3 + ["right line"] * 3


def test_what_is_drawn_twice_to_look_bold_is_read_once() -> None:
    """And two lines drawn one over the other are two."""
    assert said(word("bold", 0), word("bold", 0.3)) == ["bold"]
    assert sorted(said(word("over", 0), word("under", 2))) == ["over", "under"]


def test_a_space_is_where_one_is_seen() -> None:
    """A space that is drawn and then drawn over is none; a gap where none is drawn is one."""
    five = word("4 .5", 0)
    over = [five[0], replace(five[1], left=5.0, right=7.5), replace(five[2], left=7.5, right=12.5)]
    assert [line.text for line in lines_of(over)[0]] == ["4.5"]
    wide = [replace(glyph, left=glyph.left + 2, right=glyph.right + 2) for glyph in word("data", 20, first=4)]
    assert [line.text for line in lines_of([*word("open", 0), *wide])[0]] == ["open data"]


def test_spread_letters_are_one_word() -> None:
    """Each stands as far from the next as all do."""
    spread = [
        replace(glyph, left=1.6 * glyph.left, right=1.6 * glyph.left + 5) for glyph in word("NOTICE", 0)
    ]
    assert [line.text for line in lines_of(spread)[0]] == ["NOTICE"]


def test_a_turned_table_is_read_in_its_own_direction() -> None:
    """Words up the page, lines from left to right; the level ones come first."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(300, 200)
        canvas.rotate(90)
        for row, text in enumerate(("Harbour Opened", "Wick 1868", "Alder 1931")):
            canvas.drawString(0, -20 * row, text)
        canvas.restoreState()
        canvas.drawString(70, 800, "A table follows.")

    blocks = texts(read_pdf(pdf(draw)))
    assert " ".join(blocks) == "A table follows. Harbour Opened Wick 1868 Alder 1931"


@pytest.mark.parametrize("turned", [-math.pi / 2, math.pi])
def test_the_angle_of_a_line_is_no_matter(turned: float) -> None:
    """Places are along the line and across it."""
    assert said([replace(glyph, angle=turned) for glyph in word("as it is", 0)]) == ["as it is"]


@given(
    st.lists(st.text("abc", min_size=1, max_size=4), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_no_character_is_lost_or_made_up(words: list[str], chance: object) -> None:
    """Whatever is drawn where, each character is in one line, and each line's glyphs draw its text."""
    pieces = [word(text, 18.0 * (at % 3), -6.0 * (at // 3), first=10 * at) for at, text in enumerate(words)]
    chance.shuffle(pieces)  # type: ignore[attr-defined]
    lines, _ = lines_of([glyph for piece in pieces for glyph in piece])
    assert sorted("".join(line.text for line in lines).replace(" ", "")) == sorted("".join(words))
    for line in lines:
        assert len(line.text) == len(line.glyphs)
        drawn = (glyph.text if glyph else " " for glyph in line.glyphs)
        assert "".join(drawn) == line.text
