"""`mustanad status`: what the store holds, for people and as JSON."""

import argparse
import sys
from typing import TYPE_CHECKING, TextIO

from app.command_line.call import Call, print_json, store_status

if TYPE_CHECKING:
    from index.types import StoreStatus

HELP = "what is in the store, what could not be read and why"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    parser.add_argument("--files", action="store_true", help="the state of every file")


def run(call: Call) -> int:
    """Print what the store holds."""
    status = store_status(call.settings)
    if call.args.json:
        print_json(status_json(status, call.args.files))
    else:
        print_status(status, call.args.files, sys.stdout)
    return 0


def status_json(status: "StoreStatus", files: bool) -> dict[str, object]:
    """The status as design.md spells it."""
    from app.command_line.terminal import ledger
    from index.embedding.choice import better

    unread = ledger((file.path, entry) for file in status.files for entry in file.unread)
    states = [
        {"path": file.path, "state": file.state, "pages": file.pages, "passages": file.passages}
        | ({"absent": True} if file.absent else {})
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
        "not_english": round(status.not_english, 4),
        "suggested_model": better(status.model_name, status.not_english),
        **({"absent": dict(status.absent)} if status.absent else {}),
        "unread": [entry.as_json() for entry in unread],
        **({"files": states} if files else {}),
    }


def print_status(status: "StoreStatus", files: bool, stream: TextIO) -> None:
    """What a store holds and what was not read, or not surely; with `files`, the state of every file."""
    from app.command_line.advice import absent_words, advice
    from app.command_line.terminal import UNREAD_SHOWN, flat, ledger, unread_lines
    from index.embedding.model_files import has_multilingual

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
    advised = advice(status.model_name, status.not_english, has_multilingual())
    for line in (*absent_words(status.absent), *([advised] if advised else [])):
        print(f"\n{flat(line)}", file=stream)
    unread = ledger((file.path, entry) for file in status.files for entry in file.unread)
    if unread:
        print("\nNot read, or not surely:", file=stream)
        for line in unread_lines(unread, len(unread) if files else UNREAD_SHOWN):
            print(f"  {line}", file=stream)
    if files:
        _print_files(status, stream)


def _print_files(status: "StoreStatus", stream: TextIO) -> None:
    from app.command_line.terminal import flat
    from app.phrases.languages import ENGLISH

    print(f"\n{'state':<9}{'pages':>7}{'passages':>10}  path", file=stream)
    for file in status.files:
        away = f" ({ENGLISH.absent})" if file.absent else ""
        print(f"{file.state:<9}{file.pages:>7,}{file.passages:>10,}  {flat(file.path)}{away}", file=stream)
