"""The commands that fill a store and ask it; each imports what it needs when it runs."""

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.call import Call, opened_assistant, print_json, say, say_unread
from ingest.errors import UsageError
from ingest.settings import Settings

if TYPE_CHECKING:
    from index.types import Embedder, Report


def run_ingest(call: Call) -> int:
    """Mirror the paths; 1 if a file could not be read."""
    paths = _paths(call.args.paths)
    if call.args.plan:
        from app.terminal import print_plan
        from index.sync import plan

        print_plan(plan(call.settings, paths, call.args.only), sys.stdout)
        return 0
    once = cache(lambda: call.load(call.settings))  # loaded at the first need
    if call.args.watch:

        def ingest() -> object:  # nobody is asked for a password: who watches may be away
            return _ingest(call.settings, paths, once, call.args.only)

        ingest()
        return _watch(paths, call.settings.store, ingest)
    report = _ingest_asking(call.settings, paths, once, call.args.only)
    return int(any(entry.pages is None for _, entry in report.unread))


def _watch(paths: Sequence[Path], store: Path, ingest: Callable[[], object]) -> int:
    from app.watch import changes, follow

    say("watching for changes; Ctrl-C ends")
    try:
        follow(changes(paths, store), ingest, say)
    except KeyboardInterrupt:
        say("stopped watching")
    return 0


def _ingest_asking(
    settings: Settings, paths: Sequence[Path], embedder: Callable[[], "Embedder"], only: bool
) -> "Report":
    """Ingest, and again with each password that a person gives for what is still locked."""
    from app.password import asked_password

    report = _ingest(settings, paths, embedder, only)
    while password := asked_password(report.unread, sys.stdin):
        report = _ingest(replace(settings, password=password), paths, embedder, only)
    return report


def _ingest(
    settings: Settings, paths: Sequence[Path], embedder: Callable[[], "Embedder"], only: bool
) -> "Report":
    from app.progress import ingest_progress
    from app.terminal import report_words
    from index.sync import ingest

    started = time.monotonic()
    with ingest_progress(sys.stderr) as on_progress:
        report = ingest(settings, paths, embedder, on_progress, only)
    print(report_words(report, time.monotonic() - started), flush=True)
    say_unread(report)
    return report


def run_ask(call: Call) -> int:
    """Print one answer; 1 if it was not found and that counts."""
    from app.questions import checked
    from index.catalogue import current

    question = checked(call.args.question)
    current(call.settings.store)  # one that is missing is said before a model loads
    documents = "\n".join(call.args.document) if call.args.document else None
    with closing(opened_assistant(call.settings, call.load)) as assistant:
        answer = assistant.ask(question, (), call.args.top_k, documents)
    if call.args.json:
        print_json(answer.as_json())
    else:
        from app.terminal import console_of, print_answer

        print_answer(answer, console_of(sys.stdout))
    return int(call.args.fail_not_found and answer.status == "not_found")


def run_batch(call: Call) -> int:
    """Answer a file of questions; 1 if a line was malformed, or not found and that counts."""
    from app.batch import run, written
    from app.progress import counter
    from index.catalogue import current

    source, target = Path(call.args.questions), Path(call.args.out)
    if not source.exists() or source.is_dir():
        found = "a folder" if source.is_dir() else "none"
        raise UsageError(f"{source}: expected a file of questions, found {found}")
    if target.exists() and target.samefile(source):
        raise UsageError(f"--out {target}: expected another file than the questions")
    current(call.settings.store)
    with (
        source.open("rb") as lines,
        written(call.args.out, say) as out,
        closing(opened_assistant(call.settings, call.load)) as assistant,
        counter(sys.stderr, "questions") as step,
    ):
        tally = run(assistant, lines, out, call.args.top_k, say, step)
    say(f"{tally.answered:,} answered, {tally.not_found:,} not found, {tally.malformed:,} malformed")
    return int(bool(tally.malformed or (call.args.fail_not_found and tally.not_found)))


def run_chat(call: Call) -> int:
    """Serve the web chat until Ctrl-C."""
    paths = _paths(call.args.paths)
    if call.args.watch and not paths:
        raise UsageError("--watch: expected files or folders to follow, found none")
    from app.models import load_models

    # Before the modules of the web, which forbid every download.
    embedder, encoder = load_models(call.settings, call.load)
    from app.web.server import serve
    from app.web.store import StoreService
    from app.web.uploads import uploads

    if paths:
        _ingest_asking(call.settings, [*paths, *uploads(call.settings)], lambda: embedder, call.args.only)
    with closing(StoreService(call.settings, embedder, encoder)) as service:
        if call.args.watch:
            service.library.follow(paths, say)
        try:
            serve(service, call.args.host, call.args.port, call.args.workers)
        except KeyboardInterrupt:
            say("stopped serving")
    return 0


def _paths(given: Sequence[str]) -> list[Path]:
    return [Path(path).expanduser() for path in given]
