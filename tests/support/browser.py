"""A real browser for the tests of the web chat: one place says what no page may do in it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

CHROMIUM = Path("/usr/bin/chromium")
ASSETS = Path(__file__).parents[2] / "app" / "web" / "assets"
# Elements of gradio's own, by the names that the page's scripts have for them.
GRADIO = dict(
    re.findall(r'^  (\w+): "(.+)",$', (ASSETS / "scripts" / "gradio.js").read_text("utf-8"), re.MULTILINE)
)
# Until what slides and fades in stands, but for what turns for ever.
STILL = """() => new Promise(requestAnimationFrame).then(() => Promise.allSettled(
  document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime < 5000)
    .map((each) => each.finished)))"""
DESK, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking "
    "--disable-component-update --no-first-run"
).split()
needs_chromium = pytest.mark.skipif(
    not CHROMIUM.exists(), reason=f"needs Debian's chromium at {CHROMIUM}, found none"
)
expect.set_options(timeout=30_000)  # milliseconds; a busy machine is slow, not wrong


def launched(playwright: Playwright) -> Browser:
    """Debian's chromium, which asks nobody outside for anything."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)


@contextmanager
def opened(
    browser: Browser,
    address: str,
    path: str = "/",
    *,
    phone: bool = False,
    language: str = "en",
    dark: bool = False,
    forgiven: str | None = None,
) -> Iterator[Page]:
    """The chat, loaded at this path, in a context of its own.

    At the end nothing must have left this machine, failed or been complained of, but for complaints
    that the expression `forgiven` finds something in.
    """
    context = browser.new_context(
        viewport=PHONE if phone else DESK,  # type: ignore[arg-type]  # playwright has a type of its own for it
        locale=language,
        color_scheme="dark" if dark else "light",
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    complaints = _complaints(page, address)
    page.goto(f"{address}{path}")
    expect(page.locator("#m-listing :is(.m-counts, .m-note)").first).to_be_attached()
    yield page
    assert page.evaluate("window.hacked") is None
    context.close()
    left = [each for each in complaints if not forgiven or not re.search(forgiven, each)]
    assert left == [], left


def _complaints(page: Page, address: str) -> list[str]:
    """Filled as they come: errors and warnings, requests that fail and requests to anyone else.

    A request that its page gives up, as a download does or one that is left, has not failed.
    """
    found: list[str] = []

    def said(message: Any) -> None:
        if message.type in {"error", "warning"}:
            found.append(f"{message.type}: {message.text}")

    def asked(request: Any) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            found.append(f"request to {request.url}")

    def failed(request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":
            found.append(f"{request.failure}: {request.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("request", asked)
    page.on("requestfailed", failed)
    return found


def ask(page: Page, question: str) -> None:
    """Ask and wait for one more answer."""
    answers = page.locator("#m-chat :is(.m-answer, .m-error)")
    before = answers.count()
    box = page.locator("#m-ask textarea")
    box.fill(question)
    for _ in range(10):  # what is asked while the last answer is still arriving stays in the box
        box.press("Enter")
        page.wait_for_timeout(500)
        if not box.input_value():
            break
    expect(answers).to_have_count(before + 1)


def slowed(page: Page) -> None:
    """From now on 400 kB a second, and 400 ms until the first; the browser keeps nothing."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    speed = {"latency": 400, "downloadThroughput": 400_000, "uploadThroughput": 400_000}
    network.send("Network.emulateNetworkConditions", {"offline": False, **speed})
