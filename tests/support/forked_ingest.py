"""A process that forks ingests and readers, so that each can be killed and none has to start Python anew.

It is told what to do by lines of JSON. {"ingest": store, "texts": {name: text}, "model": name, "largest":
bytes that a file may have, or null, "last": number of the call at which the process kills itself, or null}
and {"read": store, "until": file} are answered by the child's process id; {"wait": process id} by its exit
status. An ingest that comes to its end writes beside the store how many calls it made.
"""

import json
import os
import resource
import signal
import sys
import threading
from pathlib import Path
from typing import Any
from zlib import crc32

import ingest.passages  # noqa: F401
from index import sync
from index.search import search
from index.store import Generation
from index.types import Query
from ingest.errors import MustanadError
from ingest.settings import Settings
from tests.support.fakes import MemorySource, load_words, model_of

FAILED = 7  # exit status of a run that ended in one of our own errors


def sources(texts: dict[str, str]) -> list[MemorySource]:
    """The documents of these texts."""
    return [MemorySource(f"/{name}", text, mtime_ns=crc32(text.encode())) for name, text in texts.items()]


class Calls:
    """Counts this process's calls of functions, those written in C included."""

    def __init__(self, last: int | None) -> None:
        """At call number `last` the process is killed, up to two milliseconds later: in the middle of it."""
        self.count = 0
        self._last = last
        sys.setprofile(self._called)

    def _called(self, frame: object, event: str, argument: object) -> None:
        self.count += 1
        if self.count == self._last:
            sys.setprofile(None)
            threading.Timer(self.count % 9 / 4000, os.kill, (os.getpid(), signal.SIGKILL)).start()


def ingest_once(store: str, texts: dict[str, str], model: str, largest: int | None, last: int | None) -> int:
    """The exit status of an ingest: 0, or FAILED."""
    if largest is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    calls = Calls(last)
    settings = Settings(store=Path(store), model=model, passage_words=20)
    try:
        sync.mirror(settings, sources(texts), load_words, lambda _: None)
    except MustanadError as error:
        return FAILED if "\n" not in str(error) else 1
    sys.setprofile(None)
    Path(f"{store}.calls").write_text(str(calls.count), encoding="utf-8")
    return 0


def ask(store: str, end: str) -> int:
    """Asks without pause until the file is there; 0 where every answer was of one generation, else 1.

    Every document of a generation says the same number.
    """
    while not Path(end).exists():
        with Generation.open(Path(store), None) as generation:
            for _ in range(3):
                hits = search(generation, model_of(generation), Query("the number of the item"), 20)
                numbers = {hit.passage.text.split()[-1] for hit in hits}
                texts = {generation.document(hit.document_id).text.split()[-1] for hit in hits}
                if len(hits) != 6 or len(numbers) != 1 or texts != numbers:
                    return 1
    return 0


def fork(job: dict[str, Any]) -> int:
    """Process id of a child that does the job."""
    return os.fork() or sys.exit(ask(*job.values()) if "read" in job else ingest_once(*job.values()))


def main() -> None:
    """One answer for each line of standard input."""
    for line in sys.stdin:
        job = json.loads(line)
        if "wait" in job:
            print(os.waitstatus_to_exitcode(os.waitpid(job["wait"], 0)[1]), flush=True)
        else:
            print(fork(job), flush=True)


if __name__ == "__main__":
    main()
