"""The web chat under load: python -m tests.measure.benchmarks.serving, or make bench-serving.

`mustanad chat` is started over a generated corpus with the packaged models; users ask it without pause, as
the page in a browser would; beside them another process asks for its lightest page every 50 ms, which
waits as long as the event loop is blocked. Server, users and pinger share this machine's cores.
"""

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.command_line.call import whole_number
from app.evaluation.dataset import questions
from tests.measure.bench import ROOT
from tests.measure.bench_tables import markdown, with_section
from tests.measure.benchmarks.corpus import PASSAGES, write
from tests.measure.benchmarks.memory import memory_of
from tests.measure.benchmarks.speed_table import made_with
from tests.measure.benchmarks.visitors import Asked, crowd

BEGIN, END = "<!-- serving: begin; written by make bench-serving -->", "<!-- serving: end -->"
_SEED = 1
_MUSTANAD = Path(sys.executable).with_name("mustanad")
_PING = Path(__file__).with_name("ping.py")
_LIGHT = "/gradio_api/app_id"  # answered by the event loop itself
_IDLE = 3  # seconds of pings before anybody asks
_LEGEND = """\
{users} users asked without pause for {seconds} seconds, of {passages:,} passages, with reading; a
conversation has five questions, and another visitor follows. Time of an answer: from the question's
leaving to its last word. Ping: the lightest page of the same server, asked every 50 ms by another process;
it waits as long as the event loop is blocked. Memory: of the server. All share the cores.
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What the load came to; memory in MiB, CPU in seconds, pings in milliseconds."""

    asked: list[Asked]
    seconds: float
    idle: list[float]
    pings: list[float]
    memory: tuple[float, float]
    server_cpu: float
    users_cpu: float


@contextmanager
def served(store: Path, *paths: Path) -> Iterator[tuple[int, str]]:
    """The process id and the address of a chat over the store, `paths` ingested first, until it is left."""
    command = [_MUSTANAD, "--store", store, "chat", "--port", "0", *paths]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, encoding="utf-8") as server:
        try:
            lines = []
            for line in server.stderr or ():
                lines.append(line)
                if found := re.search(r"Open (http://\S+)", line):
                    yield server.pid, found[1]
                    return
            raise RuntimeError(f"expected mustanad chat to serve, found {''.join(lines)}")
        finally:
            server.terminate()


@contextmanager
def pinged(url: str) -> Iterator[list[float]]:
    """Milliseconds of each ping; filled when it is left."""
    times: list[float] = []
    command = [sys.executable, _PING, url.removeprefix("http://"), _LIGHT]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        yield times
        times += json.loads(process.communicate()[0])


def loaded(store: Path, asked: list[str], users: int, seconds: int) -> Load:
    """Serve the store and have it asked."""
    with served(store) as (pid, url):
        asyncio.run(crowd(url, asked, 1, 1))  # whatever the first answer prepares
        with pinged(url) as idle:
            time.sleep(_IDLE)
        before, cpu, own = memory_of(pid).whole, _cpu(pid), time.process_time()
        started = time.perf_counter()
        with pinged(url) as pings:
            done = asyncio.run(crowd(url, asked, users, seconds))
        elapsed = time.perf_counter() - started
        memory = before, memory_of(pid).whole
        return Load(done, elapsed, idle, pings, memory, _cpu(pid) - cpu, time.process_time() - own)


def _cpu(pid: int) -> float:
    """Seconds of CPU that a process has taken: fields 14 and 15 of /proc/PID/stat."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def table(load: Load) -> str:
    """The figures in Markdown."""
    ms = [one.ms for one in load.asked if one.answered]
    rows = {
        "answers a second": f"{len(ms) / load.seconds:.1f}",
        "answers, and errors": f"{len(ms):,}, {len(load.asked) - len(ms):,}",
        "time of an answer, ms: median": f"{np.percentile(ms, 50):,.0f}",
        "– 95th percentile": f"{np.percentile(ms, 95):,.0f}",
        "ping, ms: longest, nobody asking": f"{max(load.idle):,.0f}",
        "ping, ms: median, all asking": f"{np.percentile(load.pings, 50):,.0f}",
        "– 99th percentile": f"{np.percentile(load.pings, 99):,.0f}",
        "– longest": f"{max(load.pings):,.0f}",
        "memory at the start, MiB": f"{load.memory[0]:,.0f}",
        "– at the end": f"{load.memory[1]:,.0f}",
        "cores that the server kept busy": f"{load.server_cpu / load.seconds:.2f}",
        "– the users": f"{load.users_cpu / load.seconds:.2f}",
    }
    return markdown(["", "chat"], ([name, value] for name, value in rows.items()))


def main() -> None:
    """Fill the store once, measure, print, and write the table where it is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--users", type=whole_number(1, 10_000), default=50)
    parser.add_argument("--seconds", type=whole_number(1, 10**6), default=60)
    parser.add_argument("--passages", type=whole_number(100, 10**8), default=10_000)
    parser.add_argument(
        "--work", type=Path, default=Path(".scale"), help="folder of the corpora and the stores, for reuse"
    )
    parser.add_argument("--readme", type=Path, help="file to write the table into, between its marks")
    given = parser.parse_args()
    folder = given.work.resolve() / str(given.passages)
    if not (folder / "questions.jsonl").exists():
        write(folder, _SEED, documents=given.passages // PASSAGES)
    store = folder / "store of the packaged model"
    subprocess.run([_MUSTANAD, "--store", store, "ingest", folder / "documents"], cwd=ROOT, check=True)
    asked = [one.question for one in questions(folder, None)]
    load = loaded(store, asked, given.users, given.seconds)
    text = f"{made_with()}\n\n{table(load)}\n{_LEGEND.format(**vars(given))}"
    print(text)
    if given.readme is not None:
        readme = given.readme.read_text(encoding="utf-8")
        given.readme.write_text(with_section(readme, text, BEGIN, END), encoding="utf-8")


if __name__ == "__main__":
    main()
