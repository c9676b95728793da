"""The web chat's server: its address, its headers, what it refuses."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import gradio as gr
import httpx
import pytest
from gradio.routes import App

from app.phrases.languages import LANGUAGES
from app.web.http.server import web_app
from app.web.page.page import LOOKS
from tests.measure.benchmarks.visitors import config_of
from tests.support.fake_service import FakeService


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    """A client of a running web chat."""
    with httpx.Client(base_url=address, timeout=20) as client:
        yield client


def test_the_page_is_served(client: httpx.Client) -> None:
    """The root shows the chat."""
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Mustanad" in answer.text


@pytest.mark.parametrize("path", ["/", "/ar/", "/config", "/gradio_api/info", "/no-such-page"])
def test_every_response_forbids_other_hosts(client: httpx.Client, path: str) -> None:
    """The content security policy names no host but our own, on every response, errors included."""
    policy = client.get(path).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "://" not in policy
    assert "*" not in policy


@pytest.mark.parametrize(
    ("path", "headers", "target"),
    [
        ("/", {"Accept-Language": "ar-IQ,en;q=0.5"}, "/ar/"),
        ("/?__theme=dark&x=%D8%B9", {"Accept-Language": "ar"}, "/ar/?__theme=dark&x=%D8%B9"),
        ("/", {"Accept-Language": "ar", "Cookie": "mustanad-language=en"}, None),
        ("/", {"Accept-Language": "en", "Cookie": "mustanad-language=ar"}, "/ar/"),
        ("/", {"Accept-Language": "en-GB,ar;q=0.9"}, None),
        ("/ar", {}, "/ar/"),
        ("/ar/", {"Accept-Language": "en"}, None),
        ("/config", {"Accept-Language": "ar"}, None),
        ("/حوار", {"Accept-Language": "ar"}, None),
    ],
)
def test_the_page_follows_the_browser(
    client: httpx.Client, path: str, headers: dict[str, str], target: str | None
) -> None:
    """The root leads to the language chosen before, else to the browser's; no other address changes."""
    answer = client.get(path, headers=headers)
    assert (answer.status_code == 307) == (target is not None)
    assert answer.headers.get("location") == target


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/gradio_api/docs", "/gradio_api/runs"])
def test_there_are_no_interface_pages(client: httpx.Client, path: str) -> None:
    """Neither the server nor gradio describes itself or keeps answers in the browser."""
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/etc/passwd", str(Path(__file__).resolve()), "../../etc/passwd"])
def test_no_file_of_the_machine_is_served(client: httpx.Client, path: str) -> None:
    """Only what this page uploaded or shipped can be fetched."""
    assert client.get(f"/gradio_api/file={path}").status_code in {403, 404}


def _serve_at(host: str, port: int) -> str:
    """What `serve` raises for an address, tried in a process of its own."""
    code = (
        "from app.web.http.server import serve\nfrom ingest.errors import UsageError\n"
        "from tests.support.fake_service import FakeService\n"
        f"try: serve(FakeService(), {host!r}, {port})\nexcept UsageError as error: print(error)"
    )
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=60, check=True
    )
    return run.stdout


def test_a_taken_port_is_one_clear_line() -> None:
    """A port in use is an error of use that names the address, not a traceback."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = _serve_at("127.0.0.1", port)
    assert said.startswith(f"expected a free port at 127.0.0.1:{port}, ")
    assert said.count("\n") == 1


def test_an_impossible_address_is_one_clear_line() -> None:
    """So is a port that cannot be."""
    assert _serve_at("127.0.0.1", 70000).startswith("expected a free port at 127.0.0.1:70000")


def test_a_server_that_is_stopped_says_nothing_of_open_pages(tmp_path: Path) -> None:
    """Their streams are cut, which is no error: no traceback stands at the terminal."""
    command = [sys.executable, "-m", "tests.support.fake_service", str(tmp_path), "0"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        address = next(line.split()[1] for line in process.stderr if line.startswith("Open "))
        with httpx.stream("GET", f"{address}/gradio_api/heartbeat/one", timeout=60) as stream:
            assert stream.status_code == 200
            process.terminate()
            assert process.stderr.read() == ""


def test_a_path_is_not_taken_for_an_upload(client: httpx.Client) -> None:
    """A call that names a file of this machine as one that was uploaded is refused before gradio sees it."""
    (opens,) = [
        event["id"]
        for event in config_of(client.get("/").text)["dependencies"]
        if event["inputs"] and event["targets"][0][1] == "conversation"
    ]
    forged = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}
    answers = [
        client.post(
            "/gradio_api/run/predict", json={"fn_index": opens, "data": [data], "session_hash": "one"}
        )
        for data in ("lease", forged)
    ]
    assert [answer.status_code for answer in answers] == [200, 422]


def test_gradio_looks_seldom_for_questions() -> None:
    """An idle chat costs next to nothing: the two times, which gradio still has, are set in each language."""
    fresh = vars(gr.Blocks().queue()._queue)
    assert fresh["sleep_when_free"] < fresh["progress_update_sleep_when_free"] < min(LOOKS)
    pages = [
        route.app.get_blocks()
        for route in web_app(FakeService()).routes
        if hasattr(route, "app") and isinstance(route.app, App)
    ]
    times = [(page._queue.sleep_when_free, page._queue.progress_update_sleep_when_free) for page in pages]
    assert times == [LOOKS] * len(LANGUAGES)
