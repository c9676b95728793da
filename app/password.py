"""Asking for the password of encrypted PDFs, where there is someone to ask."""

from collections.abc import Callable, Sequence
from getpass import getpass
from typing import TextIO

from ingest.document import Unread
from ingest.errors import LOCKED, STILL_LOCKED


def asked_password(
    unread: Sequence[tuple[str, Unread]], stdin: TextIO, ask: Callable[[str], str] = getpass
) -> str:
    """The password that a person types for the files that are locked; "" where none is, or none is typed.

    `unread` pairs a shown path with its ledger entry. `ask` shows its text and reads a line unseen.
    """
    locked = [path for path, entry in unread if entry.reason in (LOCKED, STILL_LOCKED)]
    if not locked or not stdin.isatty():
        return ""
    more = f" and {len(locked) - 1:,} more" if len(locked) > 1 else ""
    try:
        return ask(f"Password for {locked[0]}{more} (Enter for none): ")
    except EOFError:
        return ""
