"""The commands that look at what is there: the store, its files, the installation, a data set's answers."""

import sys
from contextlib import closing
from pathlib import Path

from app.call import Call, opened_assistant, print_json, say, say_unread, store_status


def run_status(call: Call) -> int:
    """Print what the store holds."""
    from app.status import print_status, status_json

    status = store_status(call.settings)
    if call.args.json:
        print_json(status_json(status, call.args.files))
    else:
        print_status(status, call.args.files, sys.stdout)
    return 0


def run_verify(call: Call) -> int:
    """Say which files are no longer what was ingested; 1 where one is."""
    from app.progress import counter
    from app.terminal import flat
    from index.verify import verify

    with counter(sys.stderr, "files") as step:
        found = verify(call.settings, lambda _: step())
    for drift in found.drifts:
        print(f"{flat(drift.path)}: {drift.problem}")
    print(
        f"files read again: {found.files:,}, passages looked for: {found.passages:,}, "
        f"files that are not what was ingested: {len(found.drifts):,}"
    )
    return int(bool(found.drifts))


def run_doctor(call: Call) -> int:
    """Print every check; 1 if one found a fault."""
    from app.cross_encoder import load_cross_encoder
    from app.doctor import examine, print_check

    sound = True
    for check in examine(call.settings, call.load, lambda settings: load_cross_encoder(settings, say)):
        print_check(check, sys.stdout)
        sound = sound and check.fault is None
    return int(not sound)


def run_eval(call: Call) -> int:
    """Score a data set in a store of its own."""
    from app.dataset import alone, questions, rewritten
    from app.evaluate import fill, own_settings, print_scores, score
    from app.plot import check_plot, plot_risk_coverage
    from app.progress import counter, ingest_progress

    args = call.args
    folder, docs = Path(args.folder), Path(args.docs) if args.docs else None
    plot = Path(args.plot) if args.plot else None
    if plot is not None:
        check_plot(plot)
    own = own_settings(call.settings, folder)
    asked = questions(folder, args.limit)
    if args.rewrites or args.last_turn:
        asked = rewritten(asked) if args.rewrites else alone(asked)
    embedder = call.load(call.settings)
    with ingest_progress(sys.stderr) as on_progress:
        report = fill(own, folder, docs, embedder, on_progress)
    say_unread(report)
    with (
        counter(sys.stderr, "questions", len(asked)) as step,
        closing(opened_assistant(own, lambda _: embedder)) as assistant,
    ):
        scores = score(folder.resolve().name, asked, assistant, own.threshold, args.top_k, step)
    if args.json:
        print_json(scores.as_json())
    else:
        print_scores(scores, sys.stdout)
    if plot is not None:
        plot_risk_coverage(scores, plot)
    return 0
