"""Processes run for a measurement: one after the other, or two commands in turn."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.measure.bench import ROOT

_PROCESS = Path(__file__).with_name("process.py")

Command = Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a process came to: its seconds from start to end, its peak memory in MiB, its output."""

    seconds: float
    memory: float
    output: str


def run(command: Command) -> Ran:
    """Run a process to its end. Raises: CalledProcessError where it fails."""
    whole = [sys.executable, _PROCESS, *command]
    done = subprocess.run(whole, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return Ran(**json.loads(done.stdout))


def in_turn(ours: Command, baseline: Command, rounds: int, warm: bool = False) -> list[tuple[Ran, Ran]]:
    """Both commands, one after the other, `rounds` times.

    They run once more before, to fill the caches of files, unless these are `warm` from what ran already.
    """
    first = 0 if warm else 1
    return [(run(ours), run(baseline)) for _ in range(rounds + first)][first:]


def each(pairs: Sequence[tuple[Ran, Ran]], value: Callable[[Ran], float]) -> list[tuple[float, float]]:
    """The value of every process, in pairs."""
    return [(value(one), value(other)) for one, other in pairs]
