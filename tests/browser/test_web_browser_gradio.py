"""What the page leans on of Gradio's own is on the page, and is named in two files alone."""

import re
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from tests.support.browser import ASSETS, GRADIO, needs_chromium, opened
from tests.support.states import STATES

TESTS = Path(__file__).parents[1]
LOOKED_FOR = re.compile(
    r"(?:querySelector(?:All)?|closest|matches|locator|query_selector)\(([\"`].+?[\"`])\)"
)
RARE = """document.documentElement.className = 'm-coming'; document.body.classList.add('m-reading');
document.querySelector('#m-lost').textContent = 'away'"""


def _selectors(css: str) -> list[str]:
    """The selectors of all rules, each as it stands."""
    return re.findall(r"([^{}]+)\{[^{}]*\}", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


def _is_private(selector: str) -> bool:
    """True if it names a class that is not ours, as `dark` is too, or one of gradio's marks for its tests."""
    return re.search(r"\.(?!m-|dark\b)[a-z]|data-testid", re.sub(r"\$\{.*?\}", "", selector)) is not None


def _alternatives(selector: str) -> Iterator[str]:
    """`:is(.a, .b) c, d::after` -> `.a c`, `.b c`, `d`; without what a pointer or a focus brings about."""
    for choice in re.finditer(r":is\(([^()]*)\)", selector):
        if _is_private(choice[1]):
            for one in choice[1].split(","):
                yield from _alternatives(selector[: choice.start()] + one.strip() + selector[choice.end() :])
            return
    for one in re.split(r",(?![^()]*\))", selector):
        yield re.sub(r"::[\w-]+|:(hover|focus[\w-]*)", "", one.strip())


@needs_chromium
def test_what_we_lean_on_of_gradio_is_there(browser: Browser, address: str) -> None:
    """Every selector of gradio.css and gradio.js finds something in one of the states; else it is named."""
    css = (ASSETS / "gradio.css").read_text(encoding="utf-8")
    missing = {one for selector in _selectors(css) for one in _alternatives(selector)} | {*GRADIO.values()}
    with opened(browser, address, phone=True, language="ar") as page:
        for name in ("home", "answered", "scrolled", "filters"):
            STATES[name](page)
            page.evaluate(RARE)
            missing -= {one for one in missing if page.query_selector(one)}
        assert missing == set()


def test_nothing_else_names_what_is_gradios() -> None:
    """The classes and marks that other styles, scripts and tests look for are our own."""
    named = {path.name: _selectors(path.read_text(encoding="utf-8")) for path in ASSETS.glob("*.css")}
    for path in [*ASSETS.rglob("*.js"), *TESTS.rglob("*.py")]:
        named[path.name] = LOOKED_FOR.findall(path.read_text(encoding="utf-8"))
    assert {name for name, selectors in named.items() if any(map(_is_private, selectors))} == {"gradio.css"}
