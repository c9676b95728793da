"""How soon the web chat's page is there: python -m tests.measure.benchmarks.first_paint.

`mustanad chat` is started over the bundled samples with the packaged models; Debian's chromium opens it,
with an empty cache and again with a full one, and at last goes a first-time user's way: to the page as it
opens, a click on the first example, its source. Server and browser share this machine's cores.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from app.command_line.call import whole_number
from tests.measure.bench import ROOT
from tests.measure.bench_tables import markdown
from tests.measure.benchmarks.serving import served
from tests.measure.benchmarks.speed_table import made_with
from tests.support.browser import DESK, GRADIO, launched

_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
_LEGEND = """\
Milliseconds from the address being opened, median of {times} and the most. Painted: the browser's
own first contentful paint. Takes typing: a key pressed on the question box has become its text.
Whole: gradio's parts are there, the documents and the examples listed. First boxed page, or marked
text: a first-time user has clicked on the first example as soon as it was there.
"""


def opening(context: BrowserContext, address: str) -> dict[str, float]:
    """Milliseconds until a new page is painted, takes typing and is whole."""
    page = context.new_page()
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    box = page.locator("#m-shell textarea, #m-ask textarea").first
    box.press("a")
    expect(box).to_have_value("a")
    typing = _since(started)
    _whole(page)
    times = {"takes typing": typing, "whole": _since(started), "painted": page.evaluate(_PAINTED)}
    page.close()
    return times


def first_answer(context: BrowserContext, address: str) -> dict[str, float]:
    """Milliseconds until somebody who clicks on the first example sees where its answer stands."""
    page = context.new_page()
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    _whole(page)
    page.locator(GRADIO["example"]).first.click()
    expect(page.locator("#m-source :is(.m-box.m-now, mark)").first).to_be_visible()
    times = {"first boxed page": _since(started)}
    page.close()
    return times


def _whole(page: Page) -> None:
    expect(page.locator("#m-listing .m-counts")).to_be_attached()
    expect(page.locator(GRADIO["example"]).first).to_be_visible()


def _since(started: float) -> float:
    return 1000 * (time.perf_counter() - started)


def _measured(
    browser: Browser, address: str, times: int, measure: Callable[[BrowserContext, str], dict[str, float]]
) -> tuple[list[dict[str, float]], list[dict[str, float]]]:
    """The measure in fresh contexts, with an empty cache, and then once more in each."""
    cold, warm = [], []
    for _ in range(times):
        with browser.new_context(viewport=DESK, locale="en") as context:  # type: ignore[arg-type]
            cold.append(measure(context, address))
            warm.append(measure(context, address))
    return cold, warm


def main() -> None:
    """Measure and print, with what the machine was busy with."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=whole_number(1, 1000), default=5)
    given = parser.parse_args()
    rows = []
    with (
        tempfile.TemporaryDirectory() as store,
        served(Path(store), ROOT / "app" / "samples") as (_, address),
        sync_playwright() as playwright,
        launched(playwright) as browser,
    ):
        _measured(browser, address, 1, first_answer)  # whatever the first answer prepares
        for measure in (opening, first_answer):
            runs = _measured(browser, address, given.times, measure)
            for name in runs[0][0]:
                cells = [
                    f"{np.median(values):,.0f} ({max(values):,.0f})"
                    for values in ([run[name] for run in kind] for kind in runs)
                ]
                rows.append([name, *cells])
    print(f"{made_with()} Load {os.getloadavg()[0]:.1f}.\n")
    print(markdown(["", "empty cache", "full cache"], rows))
    print(_LEGEND.format(times=given.times))


if __name__ == "__main__":
    main()
