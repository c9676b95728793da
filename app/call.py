"""A command as it was given, and how all of them load models, look at the store and speak."""

import argparse
import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.settings import Settings

if TYPE_CHECKING:
    from app.assistant import Assistant
    from app.reader import CrossEncoder
    from index.types import Embedder, Report, StoreStatus

Load = Callable[[Settings], "Embedder"]


@dataclass(frozen=True, slots=True)
class Call:
    """A command as it was given; `load` gives the embedder that the settings name."""

    args: argparse.Namespace
    settings: Settings
    load: Load


Command = Callable[[Call], int]


def packaged(settings: Settings) -> "Embedder":
    """The embedder that the settings name. Raises ModelError."""
    from index.embedder import load_embedder

    return load_embedder(settings, say)


def opened_assistant(settings: Settings, load: Load) -> "Assistant":
    """Answers from the store that the settings name. Raises: StoreError, ModelError.

    The models load while the rest is imported.
    """

    def models() -> "tuple[Embedder, CrossEncoder | None]":
        from app.models import load_models

        return load_models(settings, load)

    with ThreadPoolExecutor(1) as beside:
        loading = beside.submit(models)
        from app.assistant import Assistant

        return Assistant(settings, *loading.result())


def store_status(settings: Settings) -> "StoreStatus":
    """What the store holds. Raises: StoreError."""
    from index.store import Generation

    with Generation.open(settings.store, None) as generation:
        return generation.status()


def print_json(value: object) -> None:
    """The value on one line of standard output."""
    print(json.dumps(value, ensure_ascii=False))


def say(message: str) -> None:
    """A line on standard error."""
    from app.terminal import escape

    print(escape(message), file=sys.stderr, flush=True)


def say_unread(report: "Report") -> None:
    """What could not be read, on standard error."""
    from app.terminal import ledger, unread_lines

    if report.unread:
        say("not read, or not surely:")
    for line in unread_lines(ledger(report.unread)):
        say(f"  {line}")
