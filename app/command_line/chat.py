"""`mustanad chat`: the web chat, ingesting first."""

import argparse
from contextlib import closing

from app.command_line.call import Call, given_text, say, whole_number
from app.command_line.ingest import ONLY, expanded, ingest_asking
from ingest.errors import UsageError

HELP = "the web chat, ingesting PATHs first"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", metavar="PATH", nargs="*", type=given_text)
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen at (default: 127.0.0.1, this machine)"
    )
    parser.add_argument("--port", type=whole_number(0, 65535), default=7860, help="port (default: 7860)")
    parser.add_argument(
        "--workers",
        metavar="N",
        type=whole_number(1, 64),
        default=4,
        help="questions answered at the same time (default: 4)",
    )
    parser.add_argument("--watch", action="store_true", help="ingest PATHs again at every change")
    parser.add_argument("--only", action="store_true", help=ONLY)


def run(call: Call) -> int:
    """Serve the web chat until Ctrl-C."""
    paths = expanded(call.args.paths)
    if call.args.watch and not paths:
        raise UsageError("--watch: expected files or folders to follow, found none")
    from app.models.cross_encoder import load_models

    # Before the modules of the web, which forbid every download.
    embedder, encoder = load_models(call.settings, call.load, say)
    from app.web.http.server import serve
    from app.web.service.store import StoreService
    from app.web.service.uploads import uploads

    if paths:
        ingest_asking(call.settings, [*paths, *uploads(call.settings)], lambda: embedder, call.args.only)
    with closing(StoreService(call.settings, embedder, encoder)) as service:
        if call.args.watch:
            service.library.follow(paths, say)
        try:
            serve(service, call.args.host, call.args.port, call.args.workers)
        except KeyboardInterrupt:
            say("stopped serving")
    return 0
