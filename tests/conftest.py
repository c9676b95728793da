"""What every test runs under: no network, no analytics, examples that do not depend on the clock."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

settings.register_profile("mustanad", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("mustanad")


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
