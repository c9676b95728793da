"""Every error that Mustanad raises on purpose.

MustanadError
├── UsageError          a path, option or question that cannot be used
├── ReadError           a file that cannot be read; ends in the ledger, never stops a run
├── Cancelled           an ingest that a person ended while it ran
├── ModelError          an embedding model that is missing or is not the one expected
│   └── ModelMissing    the package that carries it is not installed
└── StoreError          a store that cannot be used
    ├── StoreMissing    nothing has been ingested there
    ├── StoreDamaged    a file of it is lost or is not what was written
    ├── StoreOutdated   written in another format
    ├── StoreBusy       another process is ingesting into it
    └── ModelMismatch   it was embedded with another model

Each message is one line: what was expected, what was found, what to do. "Not found in the
documents" is an answer, not an error.
"""

import errno
from pathlib import Path

from ingest.reasons import Reason

REBUILD = "run `mustanad ingest` again, it rebuilds from the catalogue"  # what heals a damaged derived file


class MustanadError(Exception):
    """Base of all errors raised on purpose.

    `reason` may be shown to anybody, in any language: it names no place on this machine. Where it does
    not say everything, the text is a fuller line, in English, for a terminal on this machine. `path` or
    `setting` is what is wrong, `found` what it holds; None where the error has none.
    """

    reason = Reason("failed")

    def __init__(
        self,
        said: str | Reason,
        reason: Reason | None = None,
        *,
        path: Path | None = None,
        setting: str | None = None,
        found: object = None,
    ) -> None:
        """`said` is the text, or the reason where this says it all."""
        super().__init__(said)
        self.path, self.setting, self.found = path, setting, found
        reason = said if isinstance(said, Reason) else reason
        if reason is not None:
            self.reason = reason


class UsageError(MustanadError):
    """A path, option or question that cannot be used."""


class ReadError(MustanadError):
    """A file that cannot be read; `reason` is what the ledger says of it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)


class Cancelled(MustanadError):
    """An ingest that a person ended; what it has read and embedded is kept for the next."""

    reason = Reason("cancelled")


class ModelError(MustanadError):
    """An embedding model that is missing, or whose files are not the ones expected."""

    reason = Reason("model_unusable")


class ModelMissing(ModelError):
    """The package that carries a model is not installed."""


class StoreError(MustanadError):
    """A store that cannot be used; `path` is its folder."""

    reason = Reason("store_unusable")

    def __init__(self, path: Path, message: str, reason: Reason | None = None) -> None:
        super().__init__(message, reason, path=path)


class StoreMissing(StoreError):
    """Nothing has been ingested there."""

    reason = Reason("store_missing")


class StoreDamaged(StoreError):
    """A file of the store is lost or is not what was written."""

    reason = Reason("store_damaged")


class StoreOutdated(StoreError):
    """The store was written in a format that this version does not read."""

    reason = Reason("store_outdated")


class StoreBusy(StoreError):
    """Another process is ingesting into the store."""

    reason = Reason("store_busy")


class ModelMismatch(StoreError):
    """The store was embedded with another model than the one set."""

    reason = Reason("model_mismatch")


def reason_of(error: Exception) -> Reason:
    """The error as a reason that anybody may see: of a system error its text, without the path."""
    if isinstance(error, MustanadError):
        return error.reason
    if isinstance(error, OSError) and error.errno == errno.EACCES:
        return Reason("permission_denied")
    if isinstance(error, OSError):
        return Reason("other", detail=(error.strerror or type(error).__name__).lower())
    return Reason("fault", kind=type(error).__name__)
