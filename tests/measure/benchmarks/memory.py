"""Memory of an ingest with all its processes: python -m tests.measure.benchmarks.memory --mb 2000.

A folder of that much generated text is ingested with the static model. Memory is the proportional set
size, in which a page that processes share counts once, summed over the process and its descendants
every tenth of a second. The anonymous part is what cannot be dropped; the rest are mapped files.
"""

import argparse
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from app.command_line.call import whole_number
from tests.measure.bench import ROOT
from tests.measure.bench_tables import markdown
from tests.measure.benchmarks.corpus import write
from tests.measure.benchmarks.running import Command

_EVERY = 0.1  # seconds
_SEED = 1
_MODEL = "from tests.measure.benchmarks.static_model import StaticModel; StaticModel().embed([''])"


@dataclass(frozen=True, slots=True)
class Memory:
    """Memory of a process and its descendants, MiB."""

    whole: float
    anonymous: float

    def or_more(self, other: "Memory") -> "Memory":
        """The greater of each."""
        return Memory(max(self.whole, other.whole), max(self.anonymous, other.anonymous))


@dataclass(frozen=True, slots=True)
class Watched:
    """What a command came to: its seconds from start to end, its peaks of memory, its output."""

    seconds: float
    peak: Memory
    output: str


def memory_of(pid: int) -> Memory:
    """Of the process and its descendants now; of one that has ended, nothing."""
    whole = anonymous = 0.0
    for one in _tree(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended
        sizes = {line.split()[0]: int(line.split()[1]) / 1024 for line in lines[1:]}
        whole += sizes["Pss:"]
        anonymous += sizes["Pss_Anon:"]
    return Memory(whole, anonymous)


def _tree(pid: int) -> list[int]:
    found = [pid]
    for one in found:  # grows meanwhile
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, children.read_text(encoding="ascii").split())
            except (FileNotFoundError, ProcessLookupError):
                continue
    return found


def watched(command: Command) -> Watched:
    """Run a command to its end. Raises: CalledProcessError where it fails."""
    peak = Memory(0, 0)
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:
        while True:
            peak = peak.or_more(memory_of(process.pid))
            try:
                output, _ = process.communicate(timeout=_EVERY)
                break
            except subprocess.TimeoutExpired:
                continue
    seconds = time.perf_counter() - started
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return Watched(seconds, peak, output)


def main() -> None:
    """Ingest as much as is asked for into a new store, and print the peaks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--mb", type=whole_number(1, 10**6), default=100, help="megabytes of text")
    parser.add_argument(
        "--work", type=Path, default=Path(".scale"), help="folder of the corpora and the stores, for reuse"
    )
    given = parser.parse_args()
    folder = given.work.resolve() / f"{given.mb} MB"
    if not (folder / "questions.jsonl").exists():
        write(folder, _SEED, size=given.mb * 10**6)
    shutil.rmtree(folder / "store", ignore_errors=True)
    model = watched((sys.executable, "-c", _MODEL))
    steps = (sys.executable, "-m", "tests.measure.benchmarks.scale_steps")
    ran = watched((*steps, "ingest", folder / "store", folder / "documents"))
    print(ran.output.splitlines()[0])
    rows = [("the model alone", model), (f"ingest of {given.mb:,} MB", ran)]
    lines = [
        [name, f"{one.peak.whole:,.0f}", f"{one.peak.anonymous:,.0f}", f"{one.seconds:,.1f}"]
        for name, one in rows
    ]
    print(markdown(["", "peak memory, MiB", "anonymous", "seconds"], lines))


if __name__ == "__main__":
    main()
