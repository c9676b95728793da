"""A store's status, for people and as JSON."""

from typing import TextIO

from app.terminal import UNREAD_SHOWN, flat, ledger, unread_lines
from index.types import StoreStatus


def status_json(status: StoreStatus, files: bool) -> dict[str, object]:
    """The status as design.md spells it."""
    unread = ledger((file.path, entry) for file in status.files for entry in file.unread)
    states = [
        {"path": file.path, "state": file.state, "pages": file.pages, "passages": file.passages}
        for file in status.files
    ]
    return {
        "generation": status.generation,
        "documents": status.documents,
        "copies": status.copies,
        "unread_files": status.unread_files,
        "pages": status.pages,
        "passages": status.passages,
        "model": {"name": status.model_name, "sha256": status.model_sha256},
        "recall": round(status.recall, 4),
        "unread": [entry.as_json() for entry in unread],
        **({"files": states} if files else {}),
    }


def print_status(status: StoreStatus, files: bool, stream: TextIO) -> None:
    """What a store holds and what was not read, or not surely; with `files`, the state of every file."""
    rows = [
        ("Documents", f"{status.documents:,}"),
        ("Copies", f"{status.copies:,}"),
        ("Unread files", f"{status.unread_files:,}"),
        ("Pages", f"{status.pages:,}"),
        ("Passages", f"{status.passages:,}"),
        ("Generation", f"{status.generation}"),
        ("Model", f"{flat(status.model_name)} (sha256 {status.model_sha256[:12]}…)"),
        ("Search", "every vector" if status.recall == 1 else f"coded vectors, recall@10 {status.recall:.3f}"),
    ]
    for name, value in rows:
        print(f"{name:<14}{value}", file=stream)
    unread = ledger((file.path, entry) for file in status.files for entry in file.unread)
    if unread:
        print("\nNot read, or not surely:", file=stream)
        for line in unread_lines(unread, len(unread) if files else UNREAD_SHOWN):
            print(f"  {line}", file=stream)
    if files:
        print(f"\n{'state':<9}{'pages':>7}{'passages':>10}  path", file=stream)
        for file in status.files:
            print(f"{file.state:<9}{file.pages:>7,}{file.passages:>10,}  {flat(file.path)}", file=stream)
