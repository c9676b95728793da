"""`mustanad eval`: a data set scored in a store of its own."""

import argparse
import sys
from contextlib import closing
from pathlib import Path

from app.command_line.call import Call, given_text, opened_assistant, print_json, say_unread, whole_number

HELP = "score a data set: questions.jsonl, corpus.jsonl or documents, perhaps qrels.tsv"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("folder", metavar="FOLDER", type=given_text)
    parser.add_argument(
        "--docs", metavar="DIR", type=given_text, help="the documents, where there is no corpus.jsonl"
    )
    parser.add_argument("--json", action="store_true", help="print the measures as JSON")
    parser.add_argument(
        "--plot",
        metavar="FILE.png",
        type=given_text,
        help="draw how many answers are wrong as more are given",
    )
    parser.add_argument("--limit", metavar="N", type=whole_number(1, 10**9), help="questions, evenly spread")
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument(
        "--rewrites", action="store_true", help="ask what people made of each follow-up, without its history"
    )
    forms.add_argument("--last-turn", action="store_true", help="ask each follow-up without its history")
    parser.add_argument(
        "--top-k", metavar="N", type=whole_number(1, 100), default=10, help="citations at most (default: 10)"
    )


def run(call: Call) -> int:
    """Score a data set in a store of its own."""
    from app.command_line.progress import counter, ingest_progress
    from app.evaluation.dataset import alone, questions, rewritten
    from app.evaluation.evaluate import fill, own_settings, print_scores, score
    from app.evaluation.plot import check_plot, plot_risk_coverage

    args = call.args
    folder, docs = Path(args.folder), Path(args.docs) if args.docs else None
    plot = Path(args.plot) if args.plot else None
    if plot is not None:
        check_plot(plot)
    own = own_settings(call.settings, folder)
    asked = questions(folder, args.limit)
    if args.rewrites or args.last_turn:
        asked = rewritten(asked) if args.rewrites else alone(asked)
    with ingest_progress(sys.stderr) as on_progress:
        report = fill(own, folder, docs, call.load, on_progress)
    say_unread(report)
    with (
        counter(sys.stderr, "questions", len(asked)) as step,
        closing(opened_assistant(own, call.load)) as assistant,
    ):
        scores = score(folder.resolve().name, asked, assistant, own.threshold, args.top_k, step)
    if args.json:
        print_json(scores.as_json())
    else:
        print_scores(scores, sys.stdout)
    if plot is not None:
        plot_risk_coverage(scores, plot)
    return 0
