"""What people write onto the pages of a PDF: free text, sticky notes, remarks on what they mark, replies."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ingest.blocks import Piece, RawBlock, notes_last
from ingest.characters import normalise
from ingest.line_spans import LineSpan
from ingest.pdf.fields import Written, is_hidden, sides_of
from ingest.pdf.printed import PrintedLine

# What is no remark: fields and links, the windows of other annotations, how a page was printed.
_OTHERS = {"/Widget", "/Link", "/Popup", "/PrinterMark", "/TrapNet", "/Screen", "/3D"}
_LONGEST = 20_000  # characters of a note


def notes_on(page: Mapping[str, Any]) -> list[Written]:
    """What each annotation of the page says, of those that say something.

    Raises whatever pypdf does where they are damaged.
    """
    notes = []
    for each in page.get("/Annots") or ():
        given = each.get_object()
        if given.get("/Subtype") in _OTHERS or "/State" in given:  # a state: "Accepted set by A. Hassan"
            continue
        text = normalise(str(given.get("/Contents") or "")[:_LONGEST])
        if text and not is_hidden(given):
            notes.append(Written(text, str(given.get("/T") or ""), "", *sides_of(given)))
    return notes


def note_blocks(notes: Iterable[Written], lines: Sequence[PrintedLine], number: int) -> Iterator[RawBlock]:
    """The page's notes that its lines do not say too; each stands on a line of its own, behind those."""
    shown = " ".join(line.text for line in lines)
    for at, note in enumerate(notes, len(lines)):
        if note.text not in shown:
            line = LineSpan(0, len(note.text), number, at, 0)
            yield RawBlock("note", (Piece(note.text, number, (line,)),), by=note.name)


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
