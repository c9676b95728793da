"""How long people wait in the web chat: python -m tests.measure.benchmarks.chat [--pdf FILE].

`mustanad chat` is started over the bundled samples with the packaged models. Debian's chromium opens it with
an empty cache, with a full one, and over a slow network; asks, opens citations; hands in the PDF and removes
it again. Server and browser share this machine's cores.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from app.command_line.call import whole_number
from app.phrases.languages import language_of
from tests.measure.bench import ROOT
from tests.measure.bench_tables import markdown
from tests.measure.benchmarks.serving import served
from tests.measure.benchmarks.speed_table import made_with
from tests.support.browser import DESK, GRADIO, launched, slowed

_WORDS = language_of("en", "")
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
_BOXES = "#m-shell textarea, #m-ask textarea"
_TYPED = f"[...document.querySelectorAll('{_BOXES}')].some((box) => box.value === 'a')"
_DRAWN = "[...document.querySelectorAll('.m-sheet img')].some((image) => image.naturalWidth)"
_QUESTIONS = (
    "Was the United States a full member of the Baghdad Pact?",
    "Who signed the pact of mutual cooperation in Baghdad?",
    "Which countries joined the pact?",
)
_BOXED = "#m-source :is(.m-box.m-now, mark)"
_LEGEND = """\
Milliseconds, median of {times} and the most. From the address being opened: painted, the browser's own first
contentful paint; takes typing: a key pressed on the question box has become its text; whole: gradio's parts
are there, the documents and the examples listed; first boxed page, or marked text: a first-time user has
clicked on the first example as soon as it was there. The slow network: 400 kB a second, 400 ms until the
first, an empty cache; the server has been asked for its page before. Answer: from Enter to its quote; its
page: from Enter until that is drawn and boxed. Next citation: from the click. Of the PDF, once: from its
being chosen until it stands in the list, is said to be read, can be asked; from the second word of its
removal until it is out of the list.
"""
Measure = Callable[[BrowserContext, str], dict[str, float]]


def opening(context: BrowserContext, address: str, *, slow: bool = False) -> dict[str, float]:
    """Milliseconds until a new page is painted, takes typing and is whole."""
    page = context.new_page()
    if slow:
        slowed(page)
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(_BOXES).first.press("a")
    page.wait_for_function(_TYPED)
    typing = _since(started)
    _whole(page)
    times = {"takes typing": typing, "whole": _since(started), "painted": page.evaluate(_PAINTED)}
    page.close()
    return times


def over_a_slow_network(context: BrowserContext, address: str) -> dict[str, float]:
    """As `opening`."""
    return opening(context, address, slow=True)


def first_answer(context: BrowserContext, address: str) -> dict[str, float]:
    """Milliseconds until somebody who clicks on the first example sees where its answer stands."""
    page = context.new_page()
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    _whole(page)
    page.locator(GRADIO["example"]).first.click()
    page.locator(_BOXED).first.wait_for()
    times = {"first boxed page": _since(started)}
    page.close()
    return times


def asking(page: Page) -> list[dict[str, float]]:
    """Milliseconds until an answer, its page and its next citation, for each question."""
    found = []
    for n, question in enumerate(_QUESTIONS):
        page.locator("#m-ask textarea").fill(question)
        started = time.perf_counter()
        page.locator("#m-ask textarea").press("Enter")
        page.locator(".m-answer").nth(n).wait_for()
        times = {"answer": _since(started)}
        page.locator(f"[data-source='{n}-1']").wait_for()
        page.locator(_BOXED).first.wait_for()
        page.wait_for_function(_DRAWN)
        times["its page"] = _since(started)
        started = time.perf_counter()
        page.get_by_role("button", name=_WORDS.next, exact=True).click()
        page.locator(f"[data-source='{n}-2']").wait_for()
        page.locator(_BOXED).first.wait_for()
        found.append(times | {"next citation": _since(started)})
    return found


def handing_in(page: Page, pdf: Path) -> dict[str, float]:
    """Milliseconds until a file stands in the list, is said to be read, can be asked, and is out again."""
    page.locator("#m-listing .m-library").click()
    started = time.perf_counter()
    page.locator("input[multiple]").first.set_input_files(pdf)
    row = page.locator(".m-uploads li")
    row.wait_for()
    times = {"upload: listed": _since(started)}
    row.filter(has_text=_WORDS.reading).wait_for()
    times["– reading"] = _since(started)
    page.locator(".m-uploads .m-done").wait_for(timeout=1_800_000)
    times["– can be asked"] = _since(started)
    entry = page.locator(".m-files > li", has_text=pdf.name)
    entry.get_by_role("button", name=_WORDS.remove).click()
    started = time.perf_counter()
    page.get_by_role("button", name=_WORDS.remove, exact=True).click()
    entry.wait_for(state="detached", timeout=300_000)
    return times | {"removal": _since(started)}


def _whole(page: Page) -> None:
    page.locator("#m-listing .m-counts").wait_for(state="attached")
    page.locator(GRADIO["example"]).first.wait_for()


def _since(started: float) -> float:
    return 1000 * (time.perf_counter() - started)


def _measured(browser: Browser, address: str, times: int, measures: Sequence[Measure]) -> list[list[str]]:
    """A row for each name: the measures in turn, in contexts with an empty cache that they then fill."""
    runs: list[list[dict[str, float]]] = [[] for _ in measures]
    for _ in range(times):
        with browser.new_context(viewport=DESK, locale="en") as context:  # type: ignore[arg-type]
            for measure, found in zip(measures, runs, strict=True):
                found.append(measure(context, address))
    return [[name, *(_spread([run[name] for run in found]) for found in runs)] for name in runs[0][0]]


def _spread(values: Sequence[float]) -> str:
    return f"{np.median(values):,.0f} ({max(values):,.0f})"


def main() -> None:
    """Measure and print, with what the machine was busy with."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=whole_number(1, 1000), default=5)
    parser.add_argument("--pdf", type=Path, help="a file to hand in and to remove")
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as store,
        served(Path(store), ROOT / "app" / "samples") as (_, address),
        sync_playwright() as playwright,
        launched(playwright) as browser,
    ):
        _measured(browser, address, 1, [first_answer])  # whatever the first answer prepares
        opened = _measured(browser, address, given.times, [opening, opening, over_a_slow_network])
        opened += [[*row, "–"] for row in _measured(browser, address, given.times, [first_answer] * 2)]
        with browser.new_context(viewport=DESK, locale="en") as context:  # type: ignore[arg-type]
            page = context.new_page()
            page.goto(address)
            _whole(page)
            runs = asking(page)
            used = [[name, _spread([run[name] for run in runs])] for name in runs[0]]
            if given.pdf:
                used += [[name, f"{ms:,.0f}"] for name, ms in handing_in(page, given.pdf).items()]
    print(f"{made_with()} Load {os.getloadavg()[0]:.1f}.\n")
    print(markdown(["", "empty cache", "full cache", "slow network"], opened))
    print(markdown(["", "ms"], used))
    print(_LEGEND.format(times=given.times))


if __name__ == "__main__":
    main()
