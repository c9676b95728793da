"""CPU time of a chat that nobody asks anything, a page open: `python -m tests.measure.idle [SECONDS]`."""

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.support.browser import launched, opened

_SETTLED = 10  # seconds after which the page has loaded all that it wants
_COMMAND = "from app.cli import main; raise SystemExit(main())"
_SAMPLES = Path(__file__).parents[2] / "app" / "samples"


def main(seconds: float) -> None:
    """Serve the samples, open the chat, wait, and print what share of a core it took."""
    with TemporaryDirectory() as store:
        command = [sys.executable, "-c", _COMMAND, "chat", str(_SAMPLES), "--store", store, "--port", "0"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            try:
                address = _address(process)
                with (
                    sync_playwright() as playwright,
                    launched(playwright) as browser,
                    opened(browser, address),
                ):
                    time.sleep(_SETTLED)
                    before = _cpu_seconds(process.pid)
                    time.sleep(seconds)
                    used = _cpu_seconds(process.pid) - before
            finally:
                process.terminate()
    print(f"{used:.2f} s of CPU time in {seconds:.0f} s: {100 * used / seconds:.2f}% of a core")


def _address(process: "subprocess.Popen[str]") -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("Open "):
            return line.split()[1]
    raise SystemExit(f"expected the chat to start, found exit {process.wait()}")


def _cpu_seconds(pid: int) -> float:
    """Of all threads of the process, in user and in kernel mode; Linux alone tells it so."""
    ticks = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2].split()
    return (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60)
