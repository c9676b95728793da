"""Whole ingests for the table of `make bench-speed`, and their two stages alone, so that overlap shows."""

import json
from collections.abc import Iterator
from pathlib import Path

from tests.measure.benchmarks.running import Command, Ran, each, in_turn
from tests.measure.benchmarks.speed_table import Line


def ingests(
    name: str, documents: Path, folder: Path, ours: Command, baseline: Command, rounds: int
) -> Iterator[Line]:
    """A line for the whole, from start to exit of a process, and for reading and for embedding alone.

    `folder` is for what the stages hand on: the texts that each side makes of the documents.
    """
    sides = {"ours": ours, "baseline": baseline}
    texts = {who: folder / f"{who}.json" for who in sides}
    read = in_turn(*((*side, "read", documents, texts[who]) for who, side in sides.items()), rounds)
    embedded = in_turn(*((*side, "embed", texts[who]) for who, side in sides.items()), rounds, warm=True)
    pairs = in_turn(*((*side, "ingest", documents) for side in sides.values()), rounds, warm=True)
    yield Line(f"ingest of {name}, seconds", each(pairs, lambda ran: ran.seconds))
    yield Line("its peak memory, one process, MiB", each(pairs, lambda ran: ran.memory))
    yield Line("– its reading alone", each(read, _seconds))
    yield Line("– its embedding alone", each(embedded, _seconds))


def _seconds(ran: Ran) -> float:
    return float(json.loads(ran.output)["seconds"])
