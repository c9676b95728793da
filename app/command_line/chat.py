"""`mustanad chat`: the web chat, ingesting first."""

import argparse
import re
from contextlib import closing

from app.command_line.call import Call, given_text, loaded_models, say, whole_number
from app.command_line.ingest import ONLY, expanded, ingest_asking
from ingest.errors import UsageError

HELP = "the web chat, ingesting PATHs first"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", metavar="PATH", nargs="*", type=given_text)
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen at (default: 127.0.0.1, this machine)"
    )
    parser.add_argument(
        "--allowed-host",
        metavar="NAME",
        dest="allowed_hosts",
        type=_host_name,
        action="append",
        default=[],
        help="a name that people reach it by, beside --host and this machine's addresses; repeatable",
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


def _host_name(text: str) -> str:
    """A type of argument: a name or an address as it stands in a link, without scheme and port."""
    if not re.fullmatch(r"[\w.-]+|[\da-fA-F:]+", text):
        raise argparse.ArgumentTypeError(
            f"expected a name as chat.example, without http:// and port, found {text!r}"
        )
    return text


def run(call: Call) -> int:
    """Serve the web chat until Ctrl-C."""
    args = call.args
    paths = expanded(args.paths)
    if args.watch and not paths:
        raise UsageError("--watch: expected files or folders to follow, found none")
    from app.web.service.uploads import uploads

    # Before the modules of the web, which forbid every download.
    if paths:
        ingest_asking(
            call.settings, [*paths, *uploads(call.settings)], call.load, args.only, recognising=False
        )
    encoder = loaded_models(call.settings, call.load)
    from app.web.http.server import serve
    from app.web.service.local import StoreService

    with closing(StoreService(call.settings, call.load, encoder)) as service:
        service.library.recognise()
        if args.watch:
            service.library.follow(paths, say)
        try:
            serve(service, args.host, args.port, args.workers, args.allowed_hosts)
        except KeyboardInterrupt:
            say("stopped serving")
    return 0
