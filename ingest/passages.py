"""Passages: runs of whole sentences, about a hundred words, that belong together.

A passage never crosses a heading, keeps a list with the line that introduces it where it is short
enough, and is about as long as its neighbours, so that no section ends in a scrap.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.characters import word_count
from ingest.detail_passages import detail_passages
from ingest.document import Block, BlockKind, Document, Passage, Row, Span, Table
from ingest.sentences import LONGEST, sentence_spans
from ingest.spelling.meant import meant

_LIST_STRETCH = 1.6  # a list stays whole up to this many times the passage's length
_LONGEST_CONTEXT = 2000  # characters: every passage repeats it, so a title without end would not end
_OVERLAP_WORDS = 30  # a sentence up to this long is said again where a paragraph is cut


@dataclass(frozen=True, slots=True)
class _Atom:
    """A sentence to be packed; if `bound` it stays in the passage of the atom before it.

    `lead` is the line that introduces its list, "" outside lists; `block` is where its block starts.
    """

    span: Span
    words: int
    block: int
    bound: bool
    lead: str


def passages_of(document: Document, words: int) -> list[Passage]:
    """The document's passages in reading order; `words` is the length that they aim at."""
    passages: list[Passage] = []
    for headings, blocks in _sections(document):
        above = _context([document.title, *headings])
        atoms = _atoms(document, blocks, words)
        for first, last in _cuts(atoms, words):
            run = atoms[first:last]
            lead = "" if first == 0 or run[0].bound else run[0].lead
            start, end = run[0].span.start, run[-1].span.end
            passages.append(
                Passage(
                    start=start,
                    end=end,
                    sentences=tuple(atom.span for atom in run),
                    context=_context([above, lead, *meant(document, Span(start, end))]),
                    text=document.text[start:end],
                )
            )
    return [*passages, *detail_passages(document)]


def _context(parts: Iterable[str | None]) -> str:
    return " > ".join(dict.fromkeys(part for part in parts if part))[:_LONGEST_CONTEXT]


def _sections(document: Document) -> list[tuple[list[str], list[Block]]]:
    """Headings and the blocks under them; page headers and footers under the document's name.

    Where it has no title, that is the heading which it begins with. Details are left out.
    """
    blocks = document.blocks[: len(document.blocks) - len(document.details)]
    body = [block for block in blocks if block.kind != "running"]
    sections = _headed(document.text, body)
    running = list(blocks[len(body) :])
    named = [] if document.title or not sections else sections[0][0][:1]
    return [*sections, (named, running)] if running else sections


def _headed(text: str, blocks: Sequence[Block]) -> list[tuple[list[str], list[Block]]]:
    """Headings and the blocks under them, footnotes and notes apart from the rest.

    Headings with nothing under them open the next run, or end the last, so that no word is lost to
    the index.
    """
    above: dict[int, Block] = {}
    bare: list[Block] = []
    run: list[Block] = []
    sections: list[tuple[list[str], list[Block]]] = []
    for block in blocks:
        if block.kind == "heading":
            above = _headings_above(above, block)
            bare.append(block)
        elif bare or not run or _apart(block) != _apart(run[-1]):
            run = [*(heading for heading in bare if heading not in above.values()), block]
            sections.append(([text[each.start : each.end] for each in above.values()], run))
            bare = []
        else:
            run.append(block)
    if bare and not sections:
        sections.append(([], []))
    if bare:
        sections[-1][1].extend(bare)
    return sections


def _apart(block: Block) -> BlockKind | None:
    """The kind of a block that shares no passage with the body, None for one of the body."""
    return block.kind if block.kind in ("footnote", "note") else None


def _headings_above(above: dict[int, Block], heading: Block) -> dict[int, Block]:
    """The headings that stand above what follows this one, by level."""
    return {level: each for level, each in above.items() if level < heading.level} | {heading.level: heading}


@dataclass(frozen=True, slots=True)
class _List:
    """A run of items or rows; `lead` introduces each passage of it, `introduced` if it stands right above.

    `whole` is true if the run is short enough to stay one passage.
    """

    lead: str
    introduced: bool
    whole: bool


def _atoms(document: Document, blocks: Sequence[Block], words: int) -> list[_Atom]:
    """The sentences of the blocks, each list bound together or marked with its lead.

    A heading among them is bound to what stands under it, or above it where nothing stands under;
    headings are bound to each other until they fill a passage.
    """
    atoms: list[_Atom] = []
    listed: _List | None = None
    headed = 0  # words of the headings that directly follow each other here
    before: BlockKind | None = None
    for index, block in enumerate(blocks):
        if block.kind not in ("item", "row"):
            listed = None
        elif before != block.kind:
            listed = _list_at(document, blocks, index, atoms[-1].span if atoms else None, words)
        bound = _is_bound(before, block.kind, listed, filled=headed >= words)
        row = document.row_at(block.start)
        lead = _lead(document, *row) if row else listed.lead if listed else ""
        for span in _spans(document, block):
            count = word_count(document.text[span.start : span.end])
            headed = count + (headed if before == "heading" else 0)
            count += _header_words(document, row[0]) if row else 0
            atoms.append(_Atom(span, count, block.start, bound and bool(atoms), lead))
            bound = listed is not None or block.kind == "heading"
        before = block.kind
    return atoms


def _spans(document: Document, block: Block) -> list[Span]:
    """The block's sentences; a table's row is one, unless it is longer than any."""
    if document.row_at(block.start) and block.end - block.start <= LONGEST:
        return [Span(block.start, block.end)]
    return sentence_spans(document.text, block.start, block.end, block.language)


def _header_words(document: Document, table: Table) -> int:
    """How many words each row is read with beside its own."""
    return sum(word_count(document.text[row.start : row.end]) for row in table.rows[: table.headers])


def _lead(document: Document, table: Table, row: Row) -> str:
    """What a passage that begins with a table's row is to be told: the header, and its labels further up."""
    if row.kind == "header":
        return ""
    above = [Span(each.start, each.end) for each in table.rows[: table.headers]]
    labels = (row.under, *row.cells[: table.labels])
    spans = [*above, *(cell for cell in labels if cell and cell.end <= row.start)]
    return " > ".join(document.text[span.start : span.end] for span in dict.fromkeys(spans))


def _is_bound(before: BlockKind | None, kind: BlockKind, listed: _List | None, filled: bool) -> bool:
    """True if a block's first sentence stays with the one before; `filled` if headings fill a passage."""
    if "heading" in (before, kind):
        return before != kind or not filled
    return listed is not None and (listed.whole if before == kind else listed.introduced)


def _list_at(
    document: Document, blocks: Sequence[Block], index: int, above: Span | None, words: int
) -> _List:
    """The list or table that begins with that block; `above` is the sentence before it.

    A sentence that ends in a colon introduces it, and is its lead; a table's lead is its first row.
    """
    block, text = blocks[index], document.text
    introducing = above if above and text[above.end - 1] in ":؛：" else None
    lead = block if block.kind == "row" else introducing
    end = _list_end(blocks, index)
    length = word_count(text[block.start : end])
    if row := document.row_at(block.start):
        length += _header_words(document, row[0]) * text.count("\n", block.start, end)
    return _List(
        lead=text[lead.start : lead.end] if lead else "",
        introduced=introducing is not None,
        whole=length <= words * _LIST_STRETCH,
    )


def _list_end(blocks: Sequence[Block], index: int) -> int:
    """Offset at which the list that starts with this block ends."""
    kind = blocks[index].kind
    while index + 1 < len(blocks) and blocks[index + 1].kind == kind:
        index += 1
    return blocks[index].end


def _cuts(atoms: Sequence[_Atom], words: int) -> Iterator[tuple[int, int]]:
    """Half-open ranges of atoms, one a passage, of nearly equal length and about `words`.

    Five sentences of 40 words, 100 words wanted -> (0, 2), (2, 5). Five of 30 words, 75 wanted ->
    (0, 2), (1, 5): the second is short enough to be repeated.

    Each cut is the one nearest to a multiple of the length aimed at, so that a range too long is followed
    by one too short. A sentence repeated after a cut is counted once.
    """
    heads = [index for index, atom in enumerate(atoms) if index == 0 or not atom.bound]
    lengths = [sum(atom.words for atom in atoms[a:b]) for a, b in pairwise([*heads, len(atoms)])]
    aim = sum(lengths) / max(1, round(sum(lengths) / words))
    start = done = parts = 0
    for index, more in zip(heads, lengths, strict=True):
        if index and done + more / 2 >= (parts + 1) * aim:
            yield start, index
            parts = round(done / aim)
            again = start < index - 1 and _is_said_again(atoms[index - 1], atoms[index])
            start = index - 1 if again else index
        done += more
    if atoms:
        yield start, len(atoms)


def _is_said_again(before: _Atom, atom: _Atom) -> bool:
    """True if the sentence before `atom` is repeated with it: a short one of the same paragraph."""
    return before.block == atom.block and before.words <= _OVERLAP_WORDS and not before.lead
