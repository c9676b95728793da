"""Which documents are asked: a choice of documents, folders, dates and languages, and what it leaves."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from app.phrases.languages import autonym
from app.phrases.words import Words
from index.types import FileState


@dataclass(frozen=True, slots=True)
class Filter:
    """What is empty does not restrict.

    `documents` and `folders` are shown paths, which add to each other: a folder is every file below
    it. `since` and `until` are days, "2021-03-04", both included; `languages` are two-letter codes.
    """

    documents: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    languages: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """True if anything restricts."""
        return self != Filter()


def resolve(wanted: Filter, files: Iterable[FileState]) -> tuple[frozenset[str], int]:
    """SHA-256 of the documents that the filter leaves, and how many only lack a date to be among them."""
    placed = [
        file
        for file in files
        if file.state != "unread" and _is_placed(file.path, wanted) and _is_spoken(file.language, wanted)
    ]
    if not (wanted.since or wanted.until):
        return ids(placed), 0
    within = [file for file in placed if file.date is not None and _is_within(file.date, wanted)]
    return ids(within), len(ids(file for file in placed if file.date is None))


def unread_in(wanted: Filter, files: Iterable[FileState]) -> list[FileState]:
    """The files of which something was not read, and which the filter may leave.

    One that was not read at all has neither language nor date: it may be of any.
    """
    return [
        file
        for file in files
        if file.unread
        and _is_placed(file.path, wanted)
        and (file.state == "unread" or _is_left(file, wanted))
    ]


def ids(files: Iterable[FileState]) -> frozenset[str]:
    """SHA-256 of the files."""
    return frozenset(file.sha256 for file in files if file.sha256 is not None)


def labels(wanted: Filter, words: Words) -> list[tuple[str, str, str]]:
    """Each part of the filter: its field, its value, and how it is called."""
    days = (("since", wanted.since, words.from_day), ("until", wanted.until, words.to_day))
    return [
        *(("documents", path, path) for path in wanted.documents),
        *(("folders", folder, f"{folder}/") for folder in wanted.folders),
        *((kind, value, phrase.format(day=value)) for kind, value, phrase in days if value),
        *(("languages", code, autonym(code)) for code in wanted.languages),
    ]


def _is_placed(path: str, wanted: Filter) -> bool:
    if not (wanted.documents or wanted.folders):
        return True
    return path in wanted.documents or any(path.startswith(f"{folder}/") for folder in wanted.folders)


def _is_spoken(language: str | None, wanted: Filter) -> bool:
    return not wanted.languages or language in wanted.languages


def _is_left(file: FileState, wanted: Filter) -> bool:
    """True if the filter leaves a document that stands where it wants them."""
    if (wanted.since or wanted.until) and not (file.date and _is_within(file.date, wanted)):
        return False
    return _is_spoken(file.language, wanted)


def _is_within(day: str, wanted: Filter) -> bool:
    """True if any day of a date, which may be a year or a month, is within the filter's."""
    size = len(day)
    return wanted.since[:size] <= day <= (wanted.until[:size] or day)


def day(text: str | None) -> str:
    """The text where it is a day of ISO 8601, "2021-03-04"; "", which does not restrict, where it is not."""
    given = (text or "").strip()
    try:
        return given if date.fromisoformat(given).isoformat() == given else ""
    except ValueError:
        return ""


def folders(files: Iterable[FileState]) -> dict[str, int]:
    """How many files were read below each folder, at any depth; in the order of their shown paths."""
    direct = Counter(file.path.rpartition("/")[0] for file in files if file.state != "unread")
    below: Counter[str] = Counter()
    for folder, n in direct.items():  # few folders hold many files
        below.update({str(parent): n for parent in PurePosixPath(folder, "file").parents})
    return {folder: below[folder] for folder in sorted(below.keys() - {".", "/"})}


def languages(files: Iterable[FileState]) -> dict[str, int]:
    """How many files are in each language, by its code, the most frequent first."""
    codes = Counter(file.language for file in files if file.language is not None)
    return dict(sorted(codes.items(), key=lambda each: (-each[1], each[0])))


def without(wanted: Filter, kind: object, value: object) -> Filter:
    """The filter without one of its parts, named by field and value; as it is for any other."""
    lists = {"documents": wanted.documents, "folders": wanted.folders, "languages": wanted.languages}
    days = {"since": wanted.since, "until": wanted.until}
    if isinstance(kind, str) and kind in days:
        days[kind] = ""
    elif isinstance(kind, str) and kind in lists:
        lists[kind] = tuple(one for one in lists[kind] if one != value)
    return Filter(lists["documents"], lists["folders"], days["since"], days["until"], lists["languages"])


def still_there(wanted: Filter, files: Sequence[FileState]) -> Filter:
    """The filter without documents, folders and languages that are no longer among the files."""
    paths = {file.path for file in files if file.state != "unread"}
    held, spoken = set(folders(files)), set(languages(files))
    return Filter(
        documents=tuple(path for path in wanted.documents if path in paths),
        folders=tuple(folder for folder in wanted.folders if folder in held),
        since=wanted.since,
        until=wanted.until,
        languages=tuple(code for code in wanted.languages if code in spoken),
    )
