"""Passages: runs of whole sentences, about a hundred words, that belong together.

A passage never crosses a heading, keeps a list with the line that introduces it where it is short
enough, and is balanced against its neighbours so that no section ends in a scrap.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Block, Document, Passage, Span
from ingest.sentences import sentence_spans

_LIST_STRETCH = 1.6  # a list stays whole up to this many times the passage's length
_LONGEST_CONTEXT = 2000  # characters: every passage repeats it, so a title without end would not end
_OVERLAP_WORDS = 30  # a sentence up to this long is said again where a paragraph is cut


@dataclass(frozen=True, slots=True)
class _Atom:
    """A sentence as the packer sees it; `bound` ones stay with the atom before.

    `lead` is the line that introduces the list it belongs to, "" outside lists.
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
        above = " > ".join(dict.fromkeys([*([document.title] if document.title else []), *headings]))
        atoms = _atoms(document, blocks, words)
        for first, last in _cuts(atoms, words):
            chosen = atoms[first:last]
            lead = "" if first == 0 or chosen[0].bound else chosen[0].lead
            start, end = chosen[0].span.start, chosen[-1].span.end
            passages.append(
                Passage(
                    start=start,
                    end=end,
                    sentences=tuple(atom.span for atom in chosen),
                    context=" > ".join(part for part in (above, lead) if part)[:_LONGEST_CONTEXT],
                    text=document.text[start:end],
                )
            )
    return passages


def _sections(document: Document) -> list[tuple[list[str], list[Block]]]:
    """Runs of blocks under the same headings; footnotes and text, which do not mix, apart.

    Headings with nothing under them open the next run, or end the last, so that no word is lost to
    the index.
    """
    above: dict[int, Block] = {}
    bare: list[Block] = []
    run: list[Block] = []
    sections: list[tuple[list[str], list[Block]]] = []
    for block in document.blocks:
        if block.kind == "heading":
            above = {level: heading for level, heading in above.items() if level < block.level}
            above[block.level] = block
            bare.append(block)
        elif bare or not run or (block.kind == "footnote") != (run[-1].kind == "footnote"):
            run = [*(heading for heading in bare if heading not in above.values()), block]
            sections.append(([document.text[each.start : each.end] for each in above.values()], run))
            bare = []
        else:
            run.append(block)
    if bare and not sections:
        sections.append(([], []))
    if bare:
        sections[-1][1].extend(bare)
    return sections


def _atoms(document: Document, blocks: Sequence[Block], words: int) -> list[_Atom]:
    """The sentences of the blocks, each list bound together or marked with its lead.

    A heading among them is bound to what stands under it, or above it where nothing stands under;
    headings are bound to each other until they fill a passage.
    """
    atoms: list[_Atom] = []
    lead = ""
    introduced = whole = False
    headed = 0  # words of the headings that directly follow each other here
    for index, block in enumerate(blocks):
        before = blocks[index - 1].kind if index else None
        listed = block.kind in ("item", "row")
        if listed and before != block.kind:
            introduced = bool(atoms) and document.text[atoms[-1].span.end - 1] in ":؛："
            lead = document.text[atoms[-1].span.start : atoms[-1].span.end] if introduced else ""
            if block.kind == "row":
                lead = document.text[block.start : block.end]
            length = len(document.text[block.start : _list_end(blocks, index)].split())
            whole = length <= words * _LIST_STRETCH
        for position, span in enumerate(
            sentence_spans(document.text, block.start, block.end, block.language)
        ):
            if position:
                bound = listed or block.kind == "heading"
            elif "heading" in (before, block.kind):
                bound = before != block.kind or headed < words
            else:
                bound = listed and (whole if before == block.kind else introduced)
            count = len(document.text[span.start : span.end].split())
            headed = count + (headed if before == "heading" else 0)
            atoms.append(_Atom(span, count, block.start, bound and bool(atoms), lead if listed else ""))
    return atoms


def _list_end(blocks: Sequence[Block], index: int) -> int:
    """Offset at which the list that starts with this block ends."""
    kind = blocks[index].kind
    while index + 1 < len(blocks) and blocks[index + 1].kind == kind:
        index += 1
    return blocks[index].end


def _cuts(atoms: Sequence[_Atom], words: int) -> Iterator[tuple[int, int]]:
    """Half-open ranges of atoms, one a passage, of nearly equal length and about `words`.

    Each cut is the one next to a multiple of that length, so that what one range has too many the
    next has too few. The sentence said again at a cut is counted once.
    """
    heads = [index for index, atom in enumerate(atoms) if index == 0 or not atom.bound]
    lengths = [
        sum(atom.words for atom in atoms[head:end])
        for head, end in zip(heads, [*heads[1:], len(atoms)], strict=True)
    ]
    aim = sum(lengths) / max(1, round(sum(lengths) / words))
    start = done = parts = 0
    for index, more in zip(heads, lengths, strict=True):
        if index and done + more / 2 >= (parts + 1) * aim:
            yield start, index
            parts = round(done / aim)
            before = atoms[index - 1]
            again = before.block == atoms[index].block and before.words <= _OVERLAP_WORDS and not before.lead
            start = index - 1 if again and index - 1 > start else index
        done += more
    if atoms:
        yield start, len(atoms)
