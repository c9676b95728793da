"""The command line: what can be asked of Mustanad, and the exit status of each command.

Nothing heavy is imported before a command runs, so that `--help` comes at once.
"""

import argparse
import io
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, NoReturn

from app.command_line import ask, batch, chat, completion, doctor, evaluate, status, verify
from app.command_line import ingest as ingest_command
from app.command_line.call import Call, Command, given_text, packaged
from ingest.errors import MustanadError, UsageError
from ingest.settings import PRECISIONS, STOPS, Settings, load_settings

if TYPE_CHECKING:
    from index.types import Load

_COMMANDS: dict[str, Command] = {
    "ingest": ingest_command,
    "ask": ask,
    "batch": batch,
    "chat": chat,
    "status": status,
    "verify": verify,
    "doctor": doctor,
    "completion": completion,
    "eval": evaluate,
}
_OPTIONS = (
    ("--store", "DIR", "folder of the index (default: .mustanad)"),
    ("--model", "NAME", "embedding model: auto, multilingual, or a name or path from a hub or disk"),
    ("--precision", "P", f"of the embedding model: {' or '.join(PRECISIONS)} (default: {PRECISIONS[0]})"),
    ("--reader", "NAME", 'cross-encoder: the packaged one, "none", or a name or path from a hub or disk'),
    ("--passage-words", "N", "words that a passage aims at, 20 to 400"),
    ("--threshold", "P", f"confidence from which an answer is given: {', '.join(STOPS)} or 0 to 1"),
    ("--max-file-mb", "N", "size in MiB over which a file is not read"),
    ("--max-file-seconds", "N", "time after which the reading of a file is given up"),
    ("--max-file-memory-mb", "N", "MiB of memory that the reading of a file may take"),
    ("--memory-mb", "N", "MiB of memory that an ingest may take above the model and the reading of files"),
    ("--ocr", "WORD", "on, or off: pages without text are not recognised in their pictures (default: on)"),
    ("--ocr-languages", "NAMES", "languages of the pictures, by Tesseract's names (default: eng,ara)"),
    ("--password", "WORD", "opens encrypted PDFs; a prompt, or MUSTANAD_PASSWORD, shows it to fewer people"),
    ("--cache", "DIR", "folder of what is made of the models once (default: mustanad in the user's cache)"),
)


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see {self.prog} --help")


def _options(parser: argparse.ArgumentParser) -> None:
    """The options of every command, which may stand before or after it."""
    group = parser.add_argument_group(
        "settings, also in mustanad.toml (but for the password) or as MUSTANAD_STORE and so on"
    )
    for flag, value, text in _OPTIONS:
        group.add_argument(flag, metavar=value, help=text, type=given_text, default=argparse.SUPPRESS)


def build_parser() -> argparse.ArgumentParser:
    """The parser of the command line; `command` names the command, None where none was given."""
    parser = _Parser(
        prog="mustanad",
        description="Ask a folder of documents a question; get its answer in their own words.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    _options(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, command in _COMMANDS.items():
        sub = commands.add_parser(name, help=command.HELP, description=command.HELP, allow_abbrev=False)
        _options(sub)
        command.add_arguments(sub)
    return parser


def main(arguments: Sequence[str] | None = None, load: "Load" = packaged) -> int:
    """Run a command and return its exit status; `load` gives the embedder that the settings name."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a path that is not Unicode must not stop a run
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with suppress(ValueError):  # not in the main thread, which alone is told
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: no worker is left
    try:
        parser = build_parser()
        args = parser.parse_args(arguments)
        if args.version:
            print(f"mustanad {_version()}")
            return 0
        if args.command is None:
            raise UsageError("expected a command; see mustanad --help")
        command = _COMMANDS[args.command]
        # A shell that starts is given its completions whatever the settings are.
        settings = Settings() if command is completion else load_settings(vars(args))
        code = command.run(Call(parser, args, settings, lru_cache(1)(load)))
        sys.stdout.flush()
        return code
    except MustanadError as error:
        return _complain(_line(error), 2)
    except KeyboardInterrupt:
        return _complain("interrupted; the last good generation is untouched", 130)
    except BrokenPipeError:
        # Whoever read the output went away. What is left in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        named = f"{error.filename}: " if error.filename else ""
        return _complain(f"{named}{error.strerror or error}", 2)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("mustanad")
    except PackageNotFoundError:
        return "(not installed)"


def _line(error: MustanadError) -> str:
    from app.phrases.reasons import terminal_line

    return terminal_line(error)


def _complain(message: str, code: int) -> int:
    from app.command_line.terminal import escape

    print(f"mustanad: {escape(message)}", file=sys.stderr)
    return code
