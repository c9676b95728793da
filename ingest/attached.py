"""Names of files that are within a file: fit to be parts of a path, and no two the same."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePath

_LONGEST = 150  # bytes of a name


def unique(names: Iterable[str]) -> Iterator[str]:
    """The names, changed so that no two are the same: "a.pdf", "a (2).pdf"."""
    counts: Counter[str] = Counter()
    taken: set[str] = set()
    for given in names:
        path, name = PurePath(given), given
        while name in taken:
            counts[given] += 1
            name = f"{path.stem} ({counts[given] + 1}){path.suffix}"
        taken.add(name)
        yield name


def file_name(given: str) -> str:
    """The name, fit to be a part of a path."""
    visible = "".join(filter(str.isprintable, re.sub(r"[/\\]", "_", given))).lstrip(". ")
    ending = PurePath(visible).suffix[:20]
    stem = visible.removesuffix(ending).encode()[:_LONGEST].decode(errors="ignore").rstrip()
    return (stem or "attachment") + ending
