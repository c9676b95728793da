"""The command line: what can be asked of Mustanad, and the exit status of each command.

Nothing heavy is imported before a command runs, so that `--help` comes at once.
"""

import argparse
import io
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn

from app.call import Call, Command, Load, packaged
from app.checks import run_doctor, run_eval, run_status, run_verify
from app.commands import run_ask, run_batch, run_chat, run_ingest
from ingest.errors import MustanadError, UsageError
from ingest.settings import PRECISIONS, STOPS, load_settings

_COMMANDS: dict[str, Command] = {
    "ingest": run_ingest,
    "ask": run_ask,
    "batch": run_batch,
    "chat": run_chat,
    "status": run_status,
    "verify": run_verify,
    "doctor": run_doctor,
    "eval": run_eval,
}
_OPTIONS = (
    ("--store", "DIR", "folder of the index (default: .mustanad)"),
    ("--model", "NAME", "embedding model: the packaged one, or a sentence-transformers name or path"),
    ("--precision", "P", f"of the embedding model: {' or '.join(PRECISIONS)} (default: {PRECISIONS[0]})"),
    ("--reader", "NAME", 'cross-encoder: the packaged one, "none", or a name or path from a hub or disk'),
    ("--passage-words", "N", "words that a passage aims at, 20 to 400"),
    ("--threshold", "P", f"confidence from which an answer is given: {', '.join(STOPS)} or 0 to 1"),
    ("--max-file-mb", "N", "size in MiB over which a file is not read"),
    ("--max-file-seconds", "N", "time after which the reading of a file is given up"),
    ("--max-file-memory-mb", "N", "MiB of memory that the reading of a file may take"),
    ("--memory-mb", "N", "MiB of memory that an ingest may take above the model and the reading of files"),
    ("--password", "WORD", "opens encrypted PDFs; a prompt, or MUSTANAD_PASSWORD, shows it to fewer people"),
    ("--cache", "DIR", "folder of what is made of the models once (default: mustanad in the user's cache)"),
)


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see {self.prog} --help")


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


def _given(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("expected a value, found an empty one")
    return text


def _options(parser: argparse.ArgumentParser) -> None:
    """The options of every command, which may stand before or after it."""
    group = parser.add_argument_group(
        "settings, also in mustanad.toml (but for the password) or as MUSTANAD_STORE and so on"
    )
    for flag, value, text in _OPTIONS:
        group.add_argument(flag, metavar=value, help=text, type=_given, default=argparse.SUPPRESS)


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

    def command(name: str, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
        _options(sub)
        return sub

    _add_filling(command)
    _add_asking(command)
    _add_checking(command)
    return parser


def _add_filling(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    only = "forget every other file and folder that was ingested before"
    ingest = command("ingest", "make the store mirror these files and folders")
    ingest.add_argument("paths", metavar="PATH", nargs="+", type=_given)
    ways = ingest.add_mutually_exclusive_group()
    ways.add_argument("--plan", action="store_true", help="say what would be done and do nothing")
    ways.add_argument("--watch", action="store_true", help="then ingest again at every change, until Ctrl-C")
    ingest.add_argument("--only", action="store_true", help=only)
    chat = command("chat", "the web chat, ingesting PATHs first")
    chat.add_argument("paths", metavar="PATH", nargs="*", type=_given)
    chat.add_argument(
        "--host", default="127.0.0.1", help="address to listen at (default: 127.0.0.1, this machine)"
    )
    chat.add_argument("--port", type=whole_number(0, 65535), default=7860, help="port (default: 7860)")
    chat.add_argument(
        "--workers",
        metavar="N",
        type=whole_number(1, 64),
        default=4,
        help="questions answered at the same time (default: 4)",
    )
    chat.add_argument("--watch", action="store_true", help="ingest PATHs again at every change")
    chat.add_argument("--only", action="store_true", help=only)


def _add_asking(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    missing = "exit with status 1 where a question is not answered by the documents"
    ask = command("ask", "one answer")
    ask.add_argument("question", metavar="QUESTION")
    ask.add_argument("--json", action="store_true", help="print the answer as JSON")
    ask.add_argument(
        "--document",
        metavar="GLOB",
        action="append",
        type=_given,
        help="search only documents of this path or name",
    )
    batch = command("batch", "answer a file of questions")
    batch.add_argument("questions", metavar="QUESTIONS.jsonl", type=_given)
    batch.add_argument(
        "--out", metavar="ANSWERS.jsonl", required=True, type=_given, help='"-" for standard output'
    )
    for parser in (ask, batch):
        parser.add_argument(
            "--top-k",
            metavar="N",
            type=whole_number(1, 100),
            default=5,
            help="citations at most (default: 5)",
        )
        parser.add_argument("--fail-not-found", action="store_true", help=missing)


def _add_checking(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    status = command("status", "what is in the store, what could not be read and why")
    status.add_argument("--json", action="store_true", help="print it as JSON")
    status.add_argument("--files", action="store_true", help="the state of every file")
    command("verify", "read the files again: does every passage stand where it is cited")
    command("doctor", "is this installation whole")
    completion = command("completion", "print the script by which a shell completes mustanad's words")
    completion.add_argument("shell", choices=("bash", "zsh", "fish"))
    score = command("eval", "score a data set: questions.jsonl, corpus.jsonl or documents, perhaps qrels.tsv")
    score.add_argument("folder", metavar="FOLDER", type=_given)
    score.add_argument(
        "--docs", metavar="DIR", type=_given, help="the documents, where there is no corpus.jsonl"
    )
    score.add_argument("--json", action="store_true", help="print the measures as JSON")
    score.add_argument(
        "--plot", metavar="FILE.png", type=_given, help="draw how many answers are wrong as more are given"
    )
    score.add_argument("--limit", metavar="N", type=whole_number(1, 10**9), help="questions, evenly spread")
    forms = score.add_mutually_exclusive_group()
    forms.add_argument(
        "--rewrites", action="store_true", help="ask what people made of each follow-up, without its history"
    )
    forms.add_argument("--last-turn", action="store_true", help="ask each follow-up without its history")
    score.add_argument(
        "--top-k", metavar="N", type=whole_number(1, 100), default=10, help="citations at most (default: 10)"
    )


def main(arguments: Sequence[str] | None = None, load: Load = packaged) -> int:
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
        if args.command == "completion":  # for a shell that starts: whatever the settings here are
            from app.completion import script

            print(script(parser, args.shell))
            return 0
        if args.command is None:
            raise UsageError("expected a command; see mustanad --help")
        code = _COMMANDS[args.command](Call(args, load_settings(vars(args)), load))
        sys.stdout.flush()
        return code
    except MustanadError as error:
        return _complain(str(error), 2)
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


def _complain(message: str, code: int) -> int:
    from app.terminal import escape

    print(f"mustanad: {escape(message)}", file=sys.stderr)
    return code
