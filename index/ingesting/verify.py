"""Verify: the files read again, and every passage looked for on the pages that it is cited with."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from index.catalogue.database import Catalogue
from index.catalogue.recognised import Kept
from index.catalogue.rows import FileRow
from index.ingesting.reading import Read, ReadResult, read_apart
from index.ingesting.recognition import FindRecogniser, kept_by, recogniser_of
from index.ingesting.scan import scan
from index.ingesting.sources import AttachedSource, FileSource, holder_of
from index.types import Source
from ingest.document import Attachment, Document, Passage, Span
from ingest.errors import reason_of
from ingest.reasons import Reason
from ingest.settings import Settings


@dataclass(frozen=True, slots=True)
class Drift:
    """A file, by its shown path, that is not what was ingested, and in what."""

    path: str
    problem: Reason


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at: `passages` counts those of the files that could be read again."""

    files: int
    passages: int
    drifts: tuple[Drift, ...]


def verify(
    settings: Settings,
    on_file: Callable[[str], None] = lambda _: None,
    find_recogniser: FindRecogniser = recogniser_of,
) -> Verified:
    """Reads every indexed file again; `on_file` is told its shown path. Nothing is written.

    What was recognised in pictures is taken as it is kept.

    Raises: StoreMissing and the other StoreErrors.
    """
    with closing(Catalogue.open_to_read(settings.store)) as catalogue:
        indexed = [row for row in catalogue.files() if row.document_id is not None]
        files = _sources(catalogue.roots(), settings, kept_by(settings, find_recogniser))
        sources: dict[str, Source] = {**files, **_attached(indexed, files)}
        here = [(row, sources[row.key]) for row in indexed if row.key in sources]
        drifts = [Drift(row.shown, Reason("gone")) for row in indexed if row.key not in sources]
        total = 0
        with closing(read_apart([source for _, source in here], settings)) as outcomes:
            for (row, _), outcome in zip(here, outcomes, strict=True):
                on_file(row.shown)
                passages, problem = _compared(catalogue, row, outcome)
                total += passages
                if problem is not None:
                    drifts.append(Drift(row.shown, problem))
    return Verified(len(here), total, tuple(sorted(drifts, key=lambda drift: drift.path)))


def _sources(roots: Mapping[str, str], settings: Settings, kept: Kept | None) -> dict[str, FileSource]:
    """The files under the roots that are still there, by key."""
    paths = [Path(root) for root in roots if Path(root).exists()]
    sources = scan(paths, roots, settings, False).sources if paths else ()
    return {source.key: replace(source, recognised=kept) for source in sources}


def _attached(rows: Sequence[FileRow], files: Mapping[str, FileSource]) -> dict[str, Source]:
    """What is attached to these files, of what the rows name, by key."""
    found: dict[str, Source] = {}
    for row in rows:
        holder = holder_of(row.key, files)
        if holder is not None and row.sha256 is not None:
            name = row.key[len(holder) + 1 :]
            found[row.key] = AttachedSource(files[holder], Attachment(name, row.size, row.sha256))
    return found


def _compared(catalogue: Catalogue, row: FileRow, outcome: ReadResult) -> tuple[int, Reason | None]:
    """How many passages the file's document has, and what is wrong with them in the new reading."""
    if not isinstance(outcome, Read):
        return 0, Reason("read_no_more", problem=reason_of(outcome))
    assert row.document_id is not None
    old = catalogue.document(row.document_id)
    passages = catalogue.passages(catalogue.passage_ids({row.document_id}).tolist()).values()
    lost = sum(not stands(passage, old, outcome.document) for _, passage in passages)
    moved = Reason("passages_moved", n=f"{lost:,}", passages=f"{len(passages):,}")
    return len(passages), moved if lost else None


def stands(passage: Passage, old: Document, new: Document) -> bool:
    """True if the passage's words stand in the new reading, and there on the same pages."""
    pages = old.pages_of(Span(passage.start, passage.end))
    start = new.text.find(passage.text)
    while start >= 0:
        if new.pages_of(Span(start, start + len(passage.text))) == pages:
            return True
        start = new.text.find(passage.text, start + 1)
    return False
