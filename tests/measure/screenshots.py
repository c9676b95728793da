"""Pictures of the web chat: python -m tests.measure.screenshots, or make screenshots.

A real chat over the bundled samples is served with the packaged models and driven in Debian's chromium.
`--all FOLDER` instead writes every state over the fake service, in each size, colour and language, to be
looked at.
"""

import argparse
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.measure.bench import ROOT
from tests.measure.benchmarks.serving import served
from tests.support.browser import ask, launched, opened
from tests.support.fake_service import running
from tests.support.states import STATES

PICTURES = Path(__file__).with_name("screenshots")
_QUESTION = "Was the United States a full member of the Baghdad Pact?"
_UNKNOWN = "What is the height of the Eiffel Tower?"
_ARABIC = "متى صوّت مجلس النواب العراقي على إنهاء وجود القوات الأجنبية؟"
_SETTLED = 700  # milliseconds, in which everything that slides has slid


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of the README: in which browser, and how a person gets there."""

    name: str
    reach: Callable[[Page], None]
    phone: bool = False
    dark: bool = False
    language: str = "en"


def _boxed(page: Page) -> None:
    """The answer, and beside it its page with the sentence boxed."""
    ask(page, _QUESTION)
    if not page.locator(".m-box.m-now").count():
        page.locator(".m-answer a.m-cite").first.click()
    expect(page.locator(".m-box.m-now").first).to_be_in_viewport()
    expect(page.locator(".m-sheet img").first).to_have_js_property("complete", True)


def _not_found(page: Page) -> None:
    ask(page, _UNKNOWN)
    page.locator(".m-notfound .m-more > summary").first.click()


def _in_arabic(page: Page) -> None:
    ask(page, _ARABIC)


README = (
    Shot("answered", _boxed),
    Shot("dark", _boxed, dark=True),
    Shot("not-found", _not_found),
    Shot("arabic", _in_arabic, language="ar"),
    Shot("phone", _boxed, phone=True),
)


def _shoot(page: Page, path: Path) -> None:
    """A WebP of what is in view; the mouse is out of the way."""
    page.mouse.move(0, 0)
    page.wait_for_timeout(_SETTLED)
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        page.screenshot(path=file.name, animations="disabled", caret="hide")
        with Image.open(file.name) as picture:
            picture.save(path, "WEBP", quality=86, method=6)
    print(f"{path}: {path.stat().st_size / 1000:.0f} kB")


def of_the_readme(browser: Browser, folder: Path) -> None:
    """The README's pictures, of the samples as `make chat` serves them."""
    with (
        tempfile.TemporaryDirectory() as store,
        served(Path(store), ROOT / "app" / "samples") as (_, address),
    ):
        for shot in README:
            with opened(browser, address, phone=shot.phone, dark=shot.dark, language=shot.language) as page:
                shot.reach(page)
                _shoot(page, folder / f"{shot.name}.webp")


def of_every_state(browser: Browser, folder: Path) -> None:
    """All there is to look at."""
    with running() as address:
        for phone, dark, language in product((False, True), (False, True), ("en", "ar")):
            kind = f"{'phone' if phone else 'desk'}-{'dark' if dark else 'light'}-{language}"
            with opened(browser, address, phone=phone, dark=dark, language=language) as page:
                for name, reach in STATES.items():
                    reach(page)
                    _shoot(page, folder / f"{name}-{kind}.webp")
                    page.keyboard.press("Escape")


def main() -> None:
    """Write the pictures and say how large each is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every state, for looking at")
    given = parser.parse_args()
    folder = given.all or PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, launched(playwright) as browser:
        (of_every_state if given.all else of_the_readme)(browser, folder)


if __name__ == "__main__":
    main()
