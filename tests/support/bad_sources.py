"""Sources that harm who reads them; a module of few imports, since each worker process loads it anew."""

import hashlib
import os
import time
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.blocks import Content, assemble, block
from ingest.document import Document, OnPage
from ingest.errors import ReadError
from ingest.reasons import Reason


@dataclass(frozen=True, slots=True)
class PlainSource:
    """A file of one paragraph, read after so many seconds."""

    key: str
    text: str
    seconds: float = 0.0
    size: int = 0
    mtime_ns: int = 0

    @property
    def shown(self) -> str:
        return self.key

    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    def read(self, on_page: OnPage | None = None) -> Document:
        time.sleep(self.seconds)
        return assemble(self.sha256(), Content(None, (block("paragraph", self.text),)))


class LockedSource(PlainSource):
    """A file with a password."""

    def read(self, on_page: OnPage | None = None) -> Document:
        raise ReadError(Reason("locked_container"))


class LostSource(PlainSource):
    """A file that is gone."""

    def read(self, on_page: OnPage | None = None) -> Document:
        raise FileNotFoundError(self.key)


class MarkingSource(PlainSource):
    """A file whose key is another file, which is made when its reading begins."""

    def read(self, on_page: OnPage | None = None) -> Document:
        Path(self.key).touch()
        return PlainSource.read(self)


class PagedSource(PlainSource):
    """A file whose second page of three is read until there is another file, which its key names."""

    def read(self, on_page: OnPage | None = None) -> Document:
        assert on_page is not None
        on_page(1, 3)
        on_page(2, 3)
        while not Path(self.key).exists():
            time.sleep(0.05)
        return PlainSource.read(self)


class CrashingSource(PlainSource):
    """A file that ends the process that reads it, as a fault in a library of C does."""

    def read(self, on_page: OnPage | None = None) -> Document:
        os._exit(11)


class HangingSource(PlainSource):
    """A file whose reading does not end."""

    def read(self, on_page: OnPage | None = None) -> Document:
        time.sleep(600)
        raise AssertionError


class FaultySource(PlainSource):
    """A file that meets a fault of the reader's."""

    def read(self, on_page: OnPage | None = None) -> Document:
        raise ZeroDivisionError("no\ncats")


class EndlessSource(PlainSource):
    """A file that gives more than anyone can take."""

    def read(self, on_page: OnPage | None = None) -> Document:
        return replace(PlainSource(self.key, self.text).read(), title="c" * 2**26)


class SwellingSource(PlainSource):
    """A file whose reading takes more and more memory."""

    def read(self, on_page: OnPage | None = None) -> Document:
        held = [bytes(2**24) for _ in range(256)]  # 4 GiB
        raise AssertionError(len(held))
