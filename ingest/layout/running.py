"""Page headers and footers that `furniture` took off their pages: each once, where it stands first."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.blocks import RawBlock
from ingest.layout.lines import Line
from ingest.layout.structure import piece_of

_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
# What a page's number is called: a line of nothing else tells nothing of the document.
_PAGE = frozenset(
    "page pages pg p of seite von sur pagina página di de sayfa стр из صفحة الصفحة ص من".split()
)


def running_blocks(lines: Iterable[Line], body: Iterable[RawBlock]) -> Iterator[RawBlock]:
    """A block for each different line, as it stands on its first page.

    Lines that differ in the number of their page alone are the same: "Rev. 7, page 1", "Rev. 7, page 2".
    Those that are nothing but such a number, or that a heading of the `body` says too, are left out.
    """
    said = {_bare(raw.text, ()) for raw in body if raw.kind == "heading"}
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(_NUMBER.sub("#", line.text.lower()), []).append(line)
    for group in groups.values():
        counted = _counted([_NUMBER.findall(line.text) for line in group])
        for line in group:
            bare = _bare(line.text, counted)
            if bare not in said and not _PAGE.issuperset(_WORD.findall(bare)):
                said.add(bare)
                yield RawBlock("running", (piece_of(line.text, line),))


def _counted(numbers: Sequence[Sequence[str]]) -> set[int]:
    """Which of the numbers in a recurring line count its pages: another one each time."""
    return {
        at for at, values in enumerate(zip(*numbers, strict=True)) if len(set(values)) == len(numbers) > 1
    }


def _bare(text: str, counted: Iterable[int]) -> str:
    """The words and numbers of the text in small letters, without the numbers that count pages."""
    numbers = iter(range(len(text)))
    kept = _NUMBER.sub(lambda match: " " if next(numbers) in counted else match[0], text.lower())
    return " ".join(re.findall(r"\w+", kept))
