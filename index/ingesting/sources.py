"""What is mirrored: files, and what is attached to one, as if it were a folder that holds it.

A mail at "/docs/mail.eml" holds "/docs/mail.eml/inner.eml/report.pdf", a key that no file can have, shown as
"docs/mail.eml › inner.eml › report.pdf".
"""

from collections.abc import Container
from dataclasses import dataclass, field
from errno import ENOENT
from functools import lru_cache
from itertools import islice
from pathlib import Path

from index.disk import file_sha256
from ingest.document import Attachment, Document, OnPage
from ingest.errors import ReadError, reason_of
from ingest.reasons import Reason
from ingest.recognised import Recognised


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file to be mirrored; `problem` says why its bytes cannot be read, None where they can.

    `password` opens it if it is an encrypted PDF; it goes to the process that reads the file with it,
    through a pipe. `recognised` gives the pages of scans that were recognised, None where none are to be.
    """

    path: str
    key: str
    shown: str
    size: int
    mtime_ns: int
    problem: Reason | None = None
    password: str = field(default="", repr=False)
    recognised: Recognised | None = None

    def sha256(self) -> str:
        """Hash of the bytes. Raises: ReadError, FileNotFoundError."""
        if self.problem is not None:
            raise ReadError(self.problem)
        try:
            return file_sha256(Path(self.path))
        except FileNotFoundError:
            raise
        except OSError as error:
            raise ReadError(reason_of(error)) from error

    def read(self, on_page: OnPage | None = None) -> Document:
        """The file as a document. Raises: ReadError, FileNotFoundError."""
        from ingest.read import read  # here, since a process that reads no file need not load it

        attached_to.cache_clear()
        return read(self.data(), Path(self.path).name, self.password, self.recognised, on_page)

    def data(self) -> bytes:
        """The file's bytes. Raises: ReadError, FileNotFoundError."""
        try:
            return Path(self.path).read_bytes()
        except FileNotFoundError:
            raise
        except OSError as error:
            raise ReadError(reason_of(error)) from error


@dataclass(frozen=True, slots=True)
class AttachedSource:
    """A file that is attached to another one."""

    holder: FileSource
    attachment: Attachment

    @property
    def key(self) -> str:
        """See Source."""
        return f"{self.holder.key}/{self.attachment.name}"

    @property
    def shown(self) -> str:
        """See Source."""
        return " › ".join((self.holder.shown, *self.attachment.name.split("/")))

    @property
    def size(self) -> int:
        """See Source."""
        return self.attachment.size

    @property
    def mtime_ns(self) -> int:
        """See Source."""
        return self.holder.mtime_ns

    def sha256(self) -> str:
        """See Source."""
        return self.attachment.sha256

    def read(self, on_page: OnPage | None = None) -> Document:
        """See Source."""
        from ingest.read import read

        name = self.attachment.name
        data = attached_to(self.holder).get(name)
        if data is None:
            raise FileNotFoundError(ENOENT, "no longer attached", self.key)
        return read(data, name.rpartition("/")[2], self.holder.password, self.holder.recognised, on_page)


@lru_cache(maxsize=1)  # what is attached to one file is read one after the other
def attached_to(holder: FileSource) -> dict[str, bytes]:
    """The bytes of each of the file's attachments, by name. Raises: ReadError, FileNotFoundError."""
    from ingest.read import MOST_ATTACHED, attachments

    return dict(islice(attachments(holder.data(), Path(holder.path).name), MOST_ATTACHED))


def file_at(key: str) -> Path | None:
    """The file of that key, or the one that what has it is attached to; None where there is none."""
    path = Path(key)
    return next((file for file in (path, *path.parents) if file.is_file()), None)


def bytes_at(key: str) -> bytes | None:
    """The bytes of the file, or of what is attached to one, of that key; None where there is none."""
    from ingest.read import attachments

    file = file_at(key)
    try:
        data = file.read_bytes() if file else None
    except OSError:
        return None
    name = key.removeprefix(str(file)).strip("/")
    if data is None or not name:
        return data
    return next((held for one, held in attachments(data, str(file)) if one == name), None)


def holder_of(key: str, keys: Container[str]) -> str | None:
    """The key of the file that this one is attached to; None where it is a file itself."""
    at = key.find("/", 1)
    while at > 0:
        if key[:at] in keys:
            return key[:at]
        at = key.find("/", at + 1)
    return None
