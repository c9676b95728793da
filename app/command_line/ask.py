"""`mustanad ask`: one answer."""

import argparse
import sys
from contextlib import closing

from app.command_line.call import Call, given_text, opened_assistant, print_json, whole_number

HELP = "one answer"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("question", metavar="QUESTION")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    parser.add_argument(
        "--document",
        metavar="GLOB",
        action="append",
        type=given_text,
        help="search only the document of this path or, where none has it, those whose path or name matches",
    )
    add_answer_arguments(parser)


def add_answer_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `ask` and `batch` both take."""
    parser.add_argument(
        "--top-k", metavar="N", type=whole_number(1, 100), default=5, help="citations at most (default: 5)"
    )
    parser.add_argument(
        "--fail-not-found",
        action="store_true",
        help="exit with status 1 where a question is not found in the documents",
    )


def run(call: Call) -> int:
    """Print one answer; 1 if it was not found and that counts."""
    from app.answering.questions import checked
    from index.catalogue.database import current

    question = checked(call.args.question)
    current(call.settings.store)  # one that is missing is said before a model loads
    with closing(opened_assistant(call.settings, call.load)) as assistant:
        documents = assistant.matching(call.args.document) if call.args.document else None
        answer = assistant.ask(question, (), call.args.top_k, documents)
    if call.args.json:
        print_json(answer.as_json())
    else:
        from app.command_line.offered import print_reply
        from app.command_line.terminal import console_of

        print_reply(answer, console_of(sys.stdout))
    return int(call.args.fail_not_found and answer.status == "not_found")
