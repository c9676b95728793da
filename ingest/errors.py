"""Every error that Mustanad raises on purpose.

MustanadError
├── UsageError          a path, option or question that cannot be used
├── ReadError           a file that cannot be read; ends in the ledger, never stops a run
├── Cancelled           an ingest that a person ended while it ran
├── ModelError          an embedding model that is missing or is not the one expected
└── StoreError          a store that cannot be used
    ├── StoreMissing    nothing has been ingested there
    ├── StoreDamaged    a file of it is lost or is not what was written
    ├── StoreOutdated   written in another format
    ├── StoreBusy       another process is ingesting into it
    └── ModelMismatch   it was embedded with another model

Each message is one line: what was expected, what was found, what to do. "Not found in the
documents" is an answer, not an error.
"""

from pathlib import Path


class MustanadError(Exception):
    """Base of all errors raised on purpose; its text is one line fit for a terminal."""


class UsageError(MustanadError):
    """A path, option or question that cannot be used."""


class ReadError(MustanadError):
    """A file that cannot be read; `reason` is what the ledger says of it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


# Reasons that another password may do away with; a file with one of them is tried again with it.
LOCKED = "locked with a password: give it with --password"
STILL_LOCKED = "locked: the password given does not open it"


REBUILD = "run `mustanad ingest` again, it rebuilds from the catalogue"  # what heals a damaged derived file


class Cancelled(MustanadError):
    """An ingest that a person ended; what it has read and embedded is kept for the next."""


class ModelError(MustanadError):
    """An embedding model that is missing, or whose files are not the ones expected."""


class StoreError(MustanadError):
    """A store that cannot be used; `path` is its folder."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


class StoreMissing(StoreError):
    """Nothing has been ingested there."""


class StoreDamaged(StoreError):
    """A file of the store is lost or is not what was written."""


class StoreOutdated(StoreError):
    """The store was written in a format that this version does not read."""


class StoreBusy(StoreError):
    """Another process is ingesting into the store."""


class ModelMismatch(StoreError):
    """The store was embedded with another model than the one set."""
