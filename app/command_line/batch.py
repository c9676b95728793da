"""`mustanad batch`: a file of questions answered, a line each."""

import argparse
import sys
from contextlib import closing
from pathlib import Path

from app.command_line.ask import add_answer_arguments
from app.command_line.call import Call, given_text, opened_assistant, say
from ingest.errors import UsageError

HELP = "answer a file of questions"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("questions", metavar="QUESTIONS.jsonl", type=given_text)
    parser.add_argument(
        "--out", metavar="ANSWERS.jsonl", required=True, type=given_text, help='"-" for standard output'
    )
    add_answer_arguments(parser)


def run(call: Call) -> int:
    """Answer a file of questions; 1 if a line was malformed, or not found and that counts."""
    from app.answering.batch import answer_lines, written
    from app.command_line.progress import counter
    from index.catalogue.database import current

    source, target = Path(call.args.questions), Path(call.args.out)
    if not source.exists() or source.is_dir():
        there = "a folder" if source.is_dir() else "none"
        raise UsageError(f"{source}: expected a file of questions, found {there}")
    if target.exists() and target.samefile(source):
        raise UsageError(f"--out {target}: expected another file than the questions")
    current(call.settings.store)
    with (
        source.open("rb") as lines,
        written(call.args.out, say) as out,
        closing(opened_assistant(call.settings, call.load)) as assistant,
        counter(sys.stderr, "questions") as step,
    ):
        tally = answer_lines(assistant, lines, out, call.args.top_k, say, step)
    shown = f"{tally.answered:,} answered, {tally.possible:,} possible"
    say(f"{shown}, {tally.not_found:,} not found, {tally.malformed:,} malformed")
    return int(bool(tally.malformed or (call.args.fail_not_found and tally.not_found)))
