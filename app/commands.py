"""What each command does; each imports what it needs when it runs."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import UsageError
from ingest.settings import Settings

if TYPE_CHECKING:
    from app.assistant import Assistant
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

    return load_embedder(settings)


def run_ingest(call: Call) -> int:
    """Mirror the paths; 1 if a file could not be read."""
    paths = _paths(call.args.paths)
    if call.args.plan:
        from app.terminal import print_plan
        from index.sync import plan

        print_plan(plan(call.settings, paths, call.args.only), sys.stdout)
        return 0
    once = cache(lambda: call.load(call.settings))  # loaded at the first need

    def ingest() -> int:
        return _ingest(call.settings, paths, once, call.args.only)

    code = ingest()
    return _watch(paths, call.settings.store, ingest) if call.args.watch else code


def _watch(paths: Sequence[Path], store: Path, ingest: Callable[[], int]) -> int:
    from app.watch import changes, follow

    _say("watching for changes; Ctrl-C ends")
    try:
        follow(changes(paths, store), ingest, _say)
    except KeyboardInterrupt:
        _say("stopped watching")
    return 0


def _ingest(settings: Settings, paths: Sequence[Path], embedder: Callable[[], "Embedder"], only: bool) -> int:
    from app.progress import ingest_progress
    from app.terminal import report_words
    from index.sync import ingest

    started = time.monotonic()
    with ingest_progress(sys.stderr) as on_progress:
        report = ingest(settings, paths, embedder, on_progress, only)
    status = _store_status(settings)
    print(report_words(report, status.pages, status.passages, time.monotonic() - started), flush=True)
    _say_unread(report)
    return int(any(entry.pages is None for _, entry in report.unread))


def _say_unread(report: "Report") -> None:
    from app.terminal import ledger, unread_lines

    if report.unread:
        _say("not read, or not surely:")
    for line in unread_lines(ledger(report.unread)):
        _say(f"  {line}")


def run_ask(call: Call) -> int:
    """Print one answer; 1 if it was not found and that counts."""
    from app.questions import checked
    from app.terminal import console_of, print_answer

    question = checked(call.args.question)
    _store_status(call.settings)  # a store that is missing is said before a model is loaded
    documents = "\n".join(call.args.document) if call.args.document else None
    with closing(_assistant(call.settings, call.load(call.settings))) as assistant:
        answer = assistant.ask(question, (), call.args.top_k, documents)
    if call.args.json:
        _print_json(answer.as_json())
    else:
        print_answer(answer, console_of(sys.stdout))
    return int(call.args.fail_not_found and answer.status == "not_found")


def run_batch(call: Call) -> int:
    """Answer a file of questions; 1 if a line was malformed, or not found and that counts."""
    from app.batch import run, written
    from app.progress import counter

    source, target = Path(call.args.questions), Path(call.args.out)
    if not source.exists() or source.is_dir():
        found = "a folder" if source.is_dir() else "none"
        raise UsageError(f"{source}: expected a file of questions, found {found}")
    if target.exists() and target.samefile(source):
        raise UsageError(f"--out {target}: expected another file than the questions")
    _store_status(call.settings)
    with (
        source.open("rb") as lines,
        written(call.args.out, _say) as out,
        closing(_assistant(call.settings, call.load(call.settings))) as assistant,
        counter(sys.stderr, "questions") as step,
    ):
        tally = run(assistant, lines, out, call.args.top_k, _say, step)
    _say(f"{tally.answered:,} answered, {tally.not_found:,} not found, {tally.malformed:,} malformed")
    return int(bool(tally.malformed or (call.args.fail_not_found and tally.not_found)))


def run_chat(call: Call) -> int:
    """Serve the web chat until Ctrl-C."""
    from app.cross_encoder import load_cross_encoder

    embedder = call.load(call.settings)  # before the web's modules, which forbid every download
    encoder = load_cross_encoder(call.settings)
    from app.web import serve
    from app.web_store import StoreService, uploads

    if call.args.paths:
        paths = [*_paths(call.args.paths), *uploads(call.settings)]
        _ingest(call.settings, paths, lambda: embedder, call.args.only)
    try:
        serve(StoreService(call.settings, embedder, encoder), call.args.host, call.args.port)
    except KeyboardInterrupt:
        _say("stopped serving")
    return 0


def run_status(call: Call) -> int:
    """Print what the store holds."""
    from app.status import print_status, status_json

    status = _store_status(call.settings)
    if call.args.json:
        _print_json(status_json(status, call.args.files))
    else:
        print_status(status, call.args.files, sys.stdout)
    return 0


def run_doctor(call: Call) -> int:
    """Print every check; 1 if one found a fault."""
    from app.cross_encoder import load_cross_encoder
    from app.doctor import examine, print_check

    sound = True
    for check in examine(call.settings, call.load, load_cross_encoder):
        print_check(check, sys.stdout)
        sound = sound and check.fault is None
    return int(not sound)


def run_verify(call: Call) -> int:
    """Say which files are no longer what was ingested; 1 where one is."""
    from app.progress import counter
    from index.verify import verify

    with counter(sys.stderr, "files") as step:
        found = verify(call.settings, lambda _: step())
    for drift in found.drifts:
        print(f"{flat(drift.path)}: {drift.problem}")
    said = f"{found.files:,} files read again, {found.passages:,} passages looked for"
    print(
        f"{said}: {len(found.drifts):,} files are not what was ingested"
        if found.drifts
        else f"{said}: all stand"
    )
    return int(bool(found.drifts))


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
    _say_unread(report)
    with (
        counter(sys.stderr, "questions", len(asked)) as step,
        closing(_assistant(own, embedder)) as assistant,
    ):
        scores = score(folder.resolve().name, asked, assistant, own.threshold, args.top_k, step)
    if args.json:
        _print_json(scores.as_json())
    else:
        print_scores(scores, sys.stdout)
    if plot is not None:
        plot_risk_coverage(scores, plot)
    return 0


def _assistant(settings: Settings, embedder: "Embedder") -> "Assistant":
    from app.assistant import Assistant
    from app.cross_encoder import load_cross_encoder

    return Assistant(settings, embedder, load_cross_encoder(settings))


def _paths(given: Sequence[str]) -> list[Path]:
    return [Path(path).expanduser() for path in given]


def _store_status(settings: Settings) -> "StoreStatus":
    from index.store import Generation

    with Generation.open(settings.store, None) as generation:
        return generation.status()


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False))


def _say(message: str) -> None:
    from app.terminal import escape

    print(escape(message), file=sys.stderr, flush=True)


COMMANDS: dict[str, Command] = {
    "ingest": run_ingest,
    "ask": run_ask,
    "batch": run_batch,
    "chat": run_chat,
    "status": run_status,
    "doctor": run_doctor,
    "eval": run_eval,
}
