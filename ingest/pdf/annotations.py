"""What people write onto the pages of a PDF: free text, sticky notes, remarks on what they mark, replies."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ingest.blocks import RawBlock, block, notes_last
from ingest.characters import normalise

# What is no remark: fields and links, the windows of other annotations, how a page was printed.
_OTHERS = {"/Widget", "/Link", "/Popup", "/PrinterMark", "/TrapNet", "/Screen", "/3D"}
_HIDDEN, _NOT_SHOWN = 1 << 1, 1 << 5  # of an annotation's flags
_LONGEST = 20_000  # characters of a note


def notes_on(page: Mapping[str, Any], number: int) -> Iterator[RawBlock]:
    """A note for each annotation of the page that says something, by its author.

    Raises whatever pypdf does where they are damaged.
    """
    for each in page.get("/Annots") or ():
        given = each.get_object()
        if given.get("/Subtype") in _OTHERS or "/State" in given:  # a state: "Accepted set by A. Hassan"
            continue
        text = normalise(str(given.get("/Contents") or "")[:_LONGEST])
        if text and not int(given.get("/F", 0)) & (_HIDDEN | _NOT_SHOWN):
            yield block("note", text, number, by=str(given.get("/T") or ""))


def with_notes(blocks: Iterable[RawBlock], notes: Iterable[RawBlock]) -> Iterator[RawBlock]:
    """The blocks with the notes, which come by page, behind the section in which their page ends."""
    waiting = deque(notes)

    def placed() -> Iterator[RawBlock]:
        for raw in blocks:
            while waiting and (waiting[0].pieces[0].page or 0) < (raw.pieces[0].page or 0):
                yield waiting.popleft()
            yield raw
        yield from waiting

    return notes_last(placed())
