"""Which files the list finds, and in which order."""

from pathlib import PurePath

import pytest

from app.web.service.listing import Listing, Order
from index.types import FileState
from ingest.document import Unread
from ingest.reasons import Reason

_GAP = (Unread((2,), Reason("no_text_layer")),)
FILES = [
    FileState("b/part-10.pdf", "indexed", 5, 9, "Part 10", (), date="2021", language="en"),
    FileState("a/part-2.pdf", "indexed", 300, 9, "part 2", _GAP, date="2021-03-04", language="ar"),
    FileState("a/water.pdf", "copy", 40, 9, "إدارة المياه", (), date="2020", language="ar"),
    FileState("zebra.md", "indexed", 0, 9, None, ()),
    FileState("locked.pdf", "unread", 0, 0, None, _GAP),
]


@pytest.mark.parametrize(
    ("order", "up", "down"),
    [
        ("name", "locked part-2 part-10 zebra water", "water zebra part-10 part-2 locked"),
        ("pages", "part-10 water part-2 locked zebra", "part-2 water part-10 locked zebra"),
        ("date", "water part-10 part-2 locked zebra", "part-2 part-10 water locked zebra"),
        ("language", "part-10 part-2 water locked zebra", "part-2 water part-10 locked zebra"),
        ("state", "locked part-2 water part-10 zebra", "part-10 zebra water part-2 locked"),
    ],
)
def test_files_stand_in_order(order: Order, up: str, down: str) -> None:
    """Numbers in names by their size, what is wrong first; both ways what is not known last, else by name."""
    for turned, paths in ((False, up), (True, down)):
        found = Listing(order=order, down=turned).found(FILES)
        assert " ".join(PurePath(file.path).stem for file in found) == paths


@pytest.mark.parametrize(
    ("find", "paths"),
    [
        ("PART a/", ["a/part-2.pdf"]),
        ("art", ["a/part-2.pdf", "b/part-10.pdf"]),
        ("ادارة", ["a/water.pdf"]),
        (".pdf", ["locked.pdf", "a/part-2.pdf", "b/part-10.pdf", "a/water.pdf"]),
        ("unicorn", []),
    ],
)
def test_files_are_found_by_parts_of_their_words(find: str, paths: list[str]) -> None:
    """Each word in the title or the path, spelt in capitals or without hamza too."""
    assert [file.path for file in Listing(find=find).found(FILES)] == paths
