"""Sources read into documents and passages: in this process, or in workers that a bad file may crash."""

import multiprocessing
import os
import pickle
import resource
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, wait
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import contextmanager, suppress
from struct import Struct
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, NamedTuple

from index.catalogue.rows import FileRow
from index.types import Source
from ingest.document import Document, OnPage, Passage
from ingest.errors import ReadError
from ingest.reasons import ANOTHER_LIMIT, ANOTHER_PASSWORD, Reason
from ingest.settings import Settings

if TYPE_CHECKING:
    from pebble import ProcessFuture, ProcessPool

READING = 6  # raise it when ingest/ reads or cuts differently: every file is then read again
_AHEAD = 4  # sources that each worker reads ahead
_HANDED = 8  # one source may hand over an eighth of the ingest's memory
_WAITING = 4  # all sources read ahead may have a quarter of it in bytes
_MIB = 1024 * 1024
LOOK = 0.25  # seconds between two looks at how far a source, or a page's recognition, is
_PAGE = Struct("<II")  # its page that is read, of how many


class Read(NamedTuple):
    """A source that was read."""

    document: Document
    passages: list[Passage]


ReadResult = Read | ReadError | FileNotFoundError
ReadResults = Generator[ReadResult, None, None]
ReadAll = Callable[[Sequence[Source], Settings, OnPage], ReadResults]


def way_of_reading(settings: Settings) -> str:
    """Name of the way that files are read and cut, like "3:100": version of the readers, words a passage.

    What was read in another way is another document.
    """
    return f"{READING}:{settings.passage_words}"


def may_be_read_now(settings: Settings) -> Callable[[FileRow], bool]:
    """A test for rows: True if a password or a limit kept the file from being read, and is another now."""
    same = {_too_slow(settings), _too_large(settings), _too_much(settings)}

    def may_be_read(row: FileRow) -> bool:
        reasons = {entry.reason for entry in row.unread}
        if settings.password and any(reason.code in ANOTHER_PASSWORD for reason in reasons):
            return True
        return any(reason.code in ANOTHER_LIMIT for reason in reasons - same)

    return may_be_read


def read_here(sources: Sequence[Source], settings: Settings, on_page: OnPage | None = None) -> ReadResults:
    """A result for each source, in order, each read when its result is asked for."""
    for source in sources:
        try:
            yield _read(source, settings.passage_words, on_page)
        except (ReadError, FileNotFoundError) as error:
            yield error


def read_apart(sources: Sequence[Source], settings: Settings, on_page: OnPage | None = None) -> ReadResults:
    """A result for each source, in order, read ahead by one worker process a core.

    Where reading a source crashes its process, takes longer than `max_file_seconds` or more memory than
    `max_file_memory_mb`, or gives more than an eighth of `memory_mb`, the result is a ReadError, and the
    other sources are read all the same. While a result is waited for, `on_page` is told four times a second
    how far its source is, 0 of 0 where that has no pages; what it raises ends the reading.
    """
    if not sources:
        return
    count = min(os.cpu_count() or 1, len(sources))
    left, budget = deque(sources), settings.memory_mb * _MIB // _WAITING
    waiting: deque[tuple[int, ProcessFuture[bytes]]] = deque()
    with NamedTemporaryFile() as pages, workers(count, settings) as pool:
        for n, _ in enumerate(sources):
            while left and (not waiting or (len(waiting) < count * _AHEAD and left[0].size <= budget)):
                task = (left[0], settings, pages.name, len(sources) - len(left))
                future = pool.schedule(_packed, task, timeout=settings.max_file_seconds)
                waiting.append((left[0].size, future))
                budget -= left.popleft().size
            size, future = waiting.popleft()
            budget += size
            while not wait([future], LOOK).done:
                if on_page:
                    on_page(*_page(pages.fileno(), n))
            yield _result(future, settings)


@contextmanager
def workers(count: int, settings: Settings) -> "Iterator[ProcessPool]":
    """So many processes, each with the memory of a file; they end at once where an exception leaves them."""
    from pebble import ProcessPool

    memory = (settings.max_file_memory_mb,)
    pool = ProcessPool(count, initializer=limit_memory, initargs=memory, context=context())
    try:
        yield pool
        pool.close()  # type: ignore[no-untyped-call]
    except BaseException:
        pool.stop()  # type: ignore[no-untyped-call]  # its own way out would wait for what they do
        raise
    finally:
        pool.join()


def _result(future: "ProcessFuture[bytes]", settings: Settings) -> ReadResult:
    from pebble import ProcessExpired

    try:
        return Read(*pickle.loads(future.result()))
    except (ReadError, FileNotFoundError) as error:
        return error
    except TookTooLong:
        return ReadError(_too_slow(settings))
    except MemoryError:
        return ReadError(_too_large(settings))
    except ProcessExpired as error:
        return ReadError(Reason("damaged", problem=Reason("ended_process", status=error.exitcode)))
    except BrokenExecutor:
        raise
    except Exception as error:  # noqa: BLE001 a fault that no reader foresaw: one file must not end the run
        said = error.strerror if isinstance(error, OSError) else error  # and not the path
        return ReadError(Reason("cannot_be_read", detail=f"{type(error).__name__}: {said}"))


def _page(pages: int, n: int) -> tuple[int, int]:
    """The page that source `n` is at, of how many, as its worker has written into the file `pages`."""
    number, count = _PAGE.unpack(os.pread(pages, _PAGE.size, n * _PAGE.size).ljust(_PAGE.size, b"\0"))
    return number, count


def _packed(source: Source, settings: Settings, pages: str, n: int) -> bytes:
    """The source as read, pickled for the process that asked; as the `n`th it tells its page in a file.

    Raises: ReadError, FileNotFoundError.
    """
    with open(pages, "r+b") as file:  # noqa: PTH123

        def on_page(number: int, count: int) -> None:
            with suppress(OSError):  # the disk is full
                os.pwrite(file.fileno(), _PAGE.pack(number, count), n * _PAGE.size)

        packed = pickle.dumps(_read(source, settings.passage_words, on_page))
    if len(packed) > settings.memory_mb * _MIB // _HANDED:
        raise ReadError(_too_much(settings))
    return packed


def _too_slow(settings: Settings) -> Reason:
    return Reason("too_slow", limit=settings.max_file_seconds)


def _too_large(settings: Settings) -> Reason:
    return Reason("too_much_memory", limit=settings.max_file_memory_mb)


def _too_much(settings: Settings) -> Reason:
    return Reason("holds_too_much", limit=settings.memory_mb // _HANDED)


def _read(source: Source, words: int, on_page: OnPage | None) -> Read:
    """Raises: ReadError, FileNotFoundError."""
    from ingest.passages import passages_of  # here, so that a process that reads nothing need not load it

    document = source.read(on_page)
    return Read(document, passages_of(document, words))


def limit_memory(megabytes: int) -> None:
    """Lets this process have no more memory than that, where the system knows such a limit."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * _MIB, most))
    except (ValueError, OSError):  # macOS has none
        return


def context() -> multiprocessing.context.BaseContext:
    """Workers are forked from a small server process that has the readers loaded, not from this one."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "index.ingesting.sources", "ingest.passages", "ingest.read"])
    return context
