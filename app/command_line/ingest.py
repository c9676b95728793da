"""`mustanad ingest`: make the store mirror files and folders."""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from app.command_line.call import Call, given_text, say, say_unread
from ingest.errors import UsageError
from ingest.reasons import ANOTHER_PASSWORD
from ingest.settings import Settings

if TYPE_CHECKING:
    from index.types import Load, Report
    from ingest.document import Unread

HELP = "make the store mirror these files and folders"
ONLY = "forget every other file and folder that was ingested before"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", metavar="PATH", nargs="*", type=given_text)
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--plan", action="store_true", help="say what would be done and do nothing")
    ways.add_argument("--watch", action="store_true", help="then ingest again at every change, until Ctrl-C")
    parser.add_argument("--only", action="store_true", help=ONLY)
    parser.add_argument(
        "--forget",
        metavar="PATH",
        action="append",
        type=given_text,
        default=[],
        help="forget what was ingested from there, whether it is still there or not",
    )


def run(call: Call) -> int:
    """Mirror the paths; 1 if a file could not be read."""
    paths, forget = expanded(call.args.paths), expanded(call.args.forget)
    if not paths and not forget:
        raise UsageError("expected a file or folder to ingest, or --forget PATH, found neither")
    if call.args.plan:
        from app.command_line.terminal import print_plan
        from index.sync import plan

        print_plan(plan(call.settings, paths, call.args.only, forget), sys.stdout)
        return 0
    if call.args.watch:

        def ingest() -> object:  # nobody is asked for a password: who watches may be away
            return _ingest(call.settings, paths, call.load, call.args.only, recognising=True)

        _ingest(call.settings, paths, call.load, call.args.only, True, forget)
        return _watch(paths, call.settings.store, ingest)
    report = ingest_asking(call.settings, paths, call.load, call.args.only, forget, recognising=True)
    return int(any(entry.pages is None for _, entry in report.unread))


def _watch(paths: Sequence[Path], store: Path, ingest: Callable[[], object]) -> int:
    from index.ingesting.follow import changes, follow

    say("watching for changes; Ctrl-C ends")
    try:
        follow(changes(paths, store), ingest, say)
    except KeyboardInterrupt:
        say("stopped watching")
    return 0


def ingest_asking(
    settings: Settings,
    paths: Sequence[Path],
    load: "Load",
    only: bool,
    forget: Sequence[Path] = (),
    *,
    recognising: bool,
) -> "Report":
    """Ingest, and again with each password that a person gives for what is still locked.

    Pages that wait to be recognised in their pictures are, if `recognising`.
    """
    report = _ingest(settings, paths, load, only, recognising, forget)
    while password := asked_password(report.unread, sys.stdin):
        report = _ingest(replace(settings, password=password), paths, load, only, recognising)
    return report


def _ingest(
    settings: Settings,
    paths: Sequence[Path],
    load: "Load",
    only: bool,
    recognising: bool,
    forget: Sequence[Path] = (),
) -> "Report":
    from app.command_line.advice import absent_words, advice, ocr_advice
    from app.command_line.progress import ingest_progress
    from app.command_line.terminal import report_words
    from index.embedding.model_files import has_multilingual
    from index.sync import ingest, recognise
    from ingest.ocr.tesseract import missing

    started = time.monotonic()
    with ingest_progress(sys.stderr) as on_progress:
        report = ingest(settings, paths, load, on_progress, only, forget=forget)
    print(report_words(report, time.monotonic() - started), flush=True)
    if recognising:
        with ingest_progress(sys.stderr) as on_progress:
            last = report
            while more := recognise(settings, load, on_progress):
                last = more
        if last is not report:
            report = replace(last, plan=report.plan)
            print(report_words(report, time.monotonic() - started), flush=True)
    lacking = missing(settings.ocr_languages.split(",")) if settings.ocr == "on" else []
    advised = (
        *absent_words(report.plan.absent),
        advice(report.model, report.not_english, has_multilingual()),
        ocr_advice([entry.reason.code for _, entry in report.unread], lacking),
    )
    for line in filter(None, advised):
        say(line)
    say_unread(report)
    return report


def asked_password(
    unread: Sequence[tuple[str, "Unread"]], stdin: TextIO, ask: Callable[[str], str] = getpass
) -> str:
    """The password that a person types for the files that are locked; "" where none is, or none is typed.

    `unread` pairs a shown path with its ledger entry. `ask` shows its text and reads a line unseen.
    """
    locked = [path for path, entry in unread if entry.reason.code in ANOTHER_PASSWORD]
    if not locked or not stdin.isatty():
        return ""
    more = f" and {len(locked) - 1:,} more" if len(locked) > 1 else ""
    try:
        return ask(f"Password for {locked[0]}{more} (Enter for none): ")
    except EOFError:
        return ""


def expanded(paths: Sequence[str]) -> list[Path]:
    """The paths as given, `~` being the user's folder."""
    return [Path(path).expanduser() for path in paths]
