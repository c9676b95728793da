"""Headings told by an outline."""

from ingest.blocks import block
from ingest.pdf.labels import letters, with_outline


def test_the_outline_decides_and_other_headings_go_below() -> None:
    """A named block becomes a heading of its depth, whatever it was; a heading not named is deeper."""
    blocks = [
        block("paragraph", "1. Cats", 1),
        block("heading", "Notes", 1, 1),
        block("paragraph", "Cats", 2),
        block("footnote", "Dogs", 2),
    ]
    outline = {(1, letters("1 CATS")): 1, (2, letters("Dogs")): 2}
    assert [(raw.kind, raw.level) for raw in with_outline(blocks, outline)] == [
        ("heading", 1),
        ("heading", 3),
        ("paragraph", 0),
        ("footnote", 0),
    ]


def test_without_an_outline_nothing_changes() -> None:
    """Headings keep the level that their type gave them."""
    blocks = [block("heading", "Notes", 1, 3), block("paragraph", "Cats", 1)]
    assert with_outline(blocks, {}) == blocks
