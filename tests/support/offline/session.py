"""Every command, one after the other, on a machine without a network; test_airgap.py runs it.

    python session.py FOLDER

FOLDER holds `docs` and `set`, a data set. What each command printed goes to standard output as JSON,
by its name. In a network namespace of its own the loopback device is down at first.
"""

import fcntl
import json
import socket
import struct
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import httpx

from index.embedding.model_files import has_multilingual
from tests.measure.benchmarks.visitors import Page

_SET_FLAGS, _UP = 0x8914, 0x1  # SIOCSIFFLAGS, IFF_UP
_FAR = ("192.0.2.1", 80)  # of the addresses that are kept for documentation (RFC 5737)
_MAIN = "import sys; from app.cli import main; sys.exit(main())"
QUESTION = "When does the lease end?"


def loopback_up() -> None:
    """Starts the loopback device where this process may; elsewhere it is up."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket, suppress(PermissionError):
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP))


def is_cut_off() -> bool:
    """Whether another host is out of reach for a plain socket."""
    try:
        socket.create_connection(_FAR, timeout=2).close()
    except OSError:
        return True
    return False


def command(folder: Path, *arguments: str) -> list[str]:
    """The command line over the folder's store."""
    return [sys.executable, "-c", _MAIN, "--store", str(folder / "store"), *arguments]


def run(folder: Path, *arguments: str) -> str:
    """What the command prints. Raises: CalledProcessError where it fails."""
    done = subprocess.run(command(folder, *arguments), capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"{arguments[0]} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def chat(folder: Path) -> str:
    """What the web chat streams when the question is typed into its box."""
    with subprocess.Popen(
        command(folder, "chat", "--port", "0"), stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as server:
        assert server.stderr is not None
        try:
            address = next((line.split()[1] for line in server.stderr if line.startswith("Open ")), None)
            if address is None:
                raise SystemExit(f"chat ended with {server.wait()}")
            with httpx.Client(base_url=address, timeout=120, trust_env=False) as client:
                return _asked(client)
        finally:
            server.kill()


def _asked(client: httpx.Client) -> str:
    page = Page.of(client.get("/").text)
    body = {"data": [QUESTION, None, None], "fn_index": page.ask, "session_hash": "s", "trigger_id": page.box}
    client.post("/gradio_api/queue/join", json=body).raise_for_status()
    told = ""
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": "s"}) as events:
        for line in events.iter_lines():
            told += line
            if "process_completed" in line:
                break
    return told


if __name__ == "__main__":
    place = Path(sys.argv[1])
    loopback_up()
    said: dict[str, object] = {"cut off": is_cut_off()}
    said["ingest"] = run(place, "ingest", str(place / "docs"))
    said["ask"] = run(place, "ask", QUESTION)
    said["chat"] = chat(place)
    said["eval"] = run(place, "eval", str(place / "set"), "--json")
    if has_multilingual():
        other = place / "other"
        run(other, "ingest", str(place / "docs"), "--model", "multilingual")
        said["multilingual"] = run(other, "ask", QUESTION)
    print(json.dumps(said))
