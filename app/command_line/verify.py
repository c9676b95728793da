"""`mustanad verify`: the files read again and compared with what was ingested."""

import argparse
import sys

from app.command_line.call import Call

HELP = "read the files again: does every passage stand where it is cited"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes nothing beside the settings."""


def run(call: Call) -> int:
    """Say which files are no longer what was ingested; 1 where one is."""
    from app.command_line.progress import counter
    from app.command_line.terminal import flat
    from app.phrases.reasons import worded
    from index.ingesting.verify import verify

    with counter(sys.stderr, "files") as step:
        verified = verify(call.settings, lambda _: step())
    for drift in verified.drifts:
        print(f"{flat(drift.path)}: {flat(worded(drift.problem))}")
    print(
        f"files read again: {verified.files:,}, passages looked for: {verified.passages:,}, "
        f"files that are not what was ingested: {len(verified.drifts):,}"
    )
    return int(bool(verified.drifts))
