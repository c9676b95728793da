"""What every test runs under: no network, no analytics, examples that do not depend on the clock."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.browser import launched, opened
from tests.support.fake_service import running

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

settings.register_profile("mustanad", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("mustanad")


def pytest_addoption(parser: pytest.Parser) -> None:
    """How thorough the tests are that kill a process at many moments."""
    parser.addoption(
        "--kills",
        type=int,
        default=8,
        metavar="N",
        help="kill at N moments in each test that kills (default: 8)",
    )


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """At how many moments a test kills."""
    return int(request.config.getoption("kills"))


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Mounts a folder by the given options; skips where that is not allowed."""
    place = tmp_path / "mounted"
    place.mkdir()

    def mounted(*options: str) -> Path:
        done = subprocess.run(["mount", *options, str(place)], capture_output=True)
        if done.returncode:
            pytest.skip("needs the right to mount")
        return place

    yield mounted
    if place.is_mount():
        subprocess.run(["umount", str(place)], check=True)  # nothing that was closed holds a file of it


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of a module; each opens a context of its own."""
    with sync_playwright() as playwright, launched(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """One web chat over a fake service for all tests that do not count what it keeps."""
    with running() as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The chat on a desk."""
    with opened(browser, address) as page:
        yield page


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """The chat on a phone."""
    with opened(browser, address, phone=True) as page:
        yield page
