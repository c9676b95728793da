"""A command as it was given, and what all commands share: models, the store, messages."""

import argparse
import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ingest.settings import Settings

if TYPE_CHECKING:
    from app.answering.assistant import Assistant
    from app.answering.reader import CrossEncoder
    from index.types import Embedder, Load, Report, StoreStatus


@dataclass(frozen=True, slots=True)
class Call:
    """A command as it was given to `parser`; `load` keeps the embedder that it has loaded last."""

    parser: argparse.ArgumentParser
    args: argparse.Namespace
    settings: Settings
    load: "Load"


class Command(Protocol):
    """A command of the command line, which is a module of this room."""

    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what the command takes beside the settings."""
        ...

    def run(self, call: Call) -> int:
        """Do it; returns the exit status."""
        ...


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """A type of argument: a whole number from `low` to `high`."""

    def convert(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = low - 1
        if not low <= number <= high:
            raise argparse.ArgumentTypeError(f"expected a whole number from {low} to {high}, found {text!r}")
        return number

    return convert


def given_text(text: str) -> str:
    """A type of argument: any text but an empty one."""
    if not text.strip():
        raise argparse.ArgumentTypeError("expected a value, found an empty one")
    return text


def packaged(settings: Settings) -> "Embedder":
    """The embedder that the settings name. Raises ModelError."""
    from index.embedding.embedder import load_embedder

    return load_embedder(settings, say)


def opened_assistant(settings: Settings, load: "Load") -> "Assistant":
    """Answers from the store that the settings name. Raises: StoreError, ModelError.

    The models load while the rest is imported; `load` keeps its own until the assistant asks for it.
    """
    with ThreadPoolExecutor(1) as beside:
        loading = beside.submit(loaded_models, settings, load)
        from app.answering.assistant import Assistant

        return Assistant(settings, load, loading.result())


def loaded_models(settings: Settings, load: "Load") -> "CrossEncoder | None":
    """The cross-encoder, beside which `load` has loaded the store's model. Raises: StoreError, ModelError."""
    from app.models.cross_encoder import load_models
    from index.embedding.choice import of_store

    return load_models(of_store(settings), load, say)[1]


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
    from app.command_line.terminal import escape

    print(escape(message), file=sys.stderr, flush=True)


def say_unread(report: "Report") -> None:
    """What could not be read, on standard error."""
    from app.command_line.terminal import ledger, unread_lines

    if report.unread:
        say("not read, or not surely:")
    for line in unread_lines(ledger(report.unread)):
        say(f"  {line}")
