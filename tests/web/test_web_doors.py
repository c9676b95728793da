"""Who is let in: each attack that was once tried on the chat, and what must still come through."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import Message

from app.web.http.server import own_addresses, web_app
from tests.support.fake_service import FakeService, running

REPORT = "b" * 64
HERE = "http://127.0.0.1:7860"
EVIL = "http://127.0.0.1:9999"  # another page of this machine, to which gradio alone opens everything
READS = [
    "/",
    "/ar/",
    f"/documents/{REPORT}/original",
    f"/documents/{REPORT}/pages/1.jpg",
    "/library/list/en",
    "/library/state",
]
CALL = {"data": [None, ""], "fn_index": 11, "session_hash": "abc"}


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    """A client of a running web chat that says it is at HERE."""
    with httpx.Client(base_url=address, timeout=20) as client:
        client.headers["Host"] = HERE.removeprefix("http://")
        yield client


@pytest.mark.parametrize(
    "origin", [EVIL, "http://localhost:7860", "https://evil.example", "null", "", "http://["]
)
def test_no_other_origin_asks_anything(client: httpx.Client, origin: str) -> None:
    """Neither calls nor their preflights nor reads; and nothing tells a browser to hand the answer on."""
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    answers = [
        *(client.post(f"{page}gradio_api/{route}", json=CALL, headers={"Origin": origin})
          for page in ("/", "/ar/") for route in ("run/predict", "queue/join", "cancel")),
        client.options("/gradio_api/run/predict", headers={"Origin": origin, **asks}),
        client.options("/library/jobs", headers={"Origin": origin, **asks}),
        client.post("/library/files?name=a.txt", content=b"1", headers={"Origin": origin}),
        client.delete("/library/jobs/0", headers={"Origin": origin}),
        *(client.get(path, headers={"Origin": origin}) for path in READS),
    ]  # fmt: skip
    assert {answer.status_code for answer in answers} == {403}
    assert not any(name.startswith("access-control") for answer in answers for name in answer.headers)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_other_page_loads_anything(client: httpx.Client, site: str) -> None:
    """As a picture, a script or a frame, of which no browser tells the origin; a link may be followed."""
    sent = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
    framed = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
    paths = [*READS, "/conversations/aaaaaaaaaaaaaaaa.md", "/gradio_api/app_id"]
    assert {client.get(path, headers=sent).status_code for path in paths} == {403}
    assert {client.get(path, headers=framed).status_code for path in paths} == {403}
    followed = {**framed, "Sec-Fetch-Dest": "document"}
    assert client.get("/", headers=followed).status_code == 200
    assert client.post("/library/jobs", json={}, headers=followed).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "gradio_api/upload", "gradio_api/upload_progress", "gradio_api/info", "gradio_api/openapi.json",
        "gradio_api/call/listing", "gradio_api/call/v2/listing", "gradio_api/api/predict",
        "gradio_api/run/listing", "gradio_api/run/predict/", "gradio_api/component_server",
        "gradio_api/vibe-code", "gradio_api/file=/etc/passwd", "gradio_api/proxy=https://evil.example",
        "gradio_api/stream/a", "gradio_api/startup-events", "config", "monitoring", "login", "token",
        "/gradio_api/upload", "assets/../gradio_api/upload", "gradio_api/queue/../upload",
        "gradio_api%2fupload", "robots.txt",
    ],
)  # fmt: skip
@pytest.mark.parametrize("page", ["/", "/ar/"])
def test_routes_that_no_page_uses_are_not_there(client: httpx.Client, page: str, path: str) -> None:
    """Above all gradio's upload, which takes anything from anybody for ever."""
    file = {"files": ("a.txt", b"x")}
    assert [client.get(page + path).status_code, client.post(page + path, files=file).status_code] == [
        404,
        404,
    ]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:7860", 404), ("localhost", 404), ("LOCALHOST:1", 404), ("127.9.9.9", 404),
        ("[::1]:7860", 404), ("evil.example", 400), ("evil.example:7860", 400),
        ("localhost.evil.example", 400), ("0.0.0.0:7860", 400), ("10.1.2.3:7860", 400),
        ("127.0.0.1@evil.example", 400), ("localhost:x", 400), ("[::1", 400), ("", 400),
    ],
)  # fmt: skip
def test_no_other_host_is_served(client: httpx.Client, host: str, status: int) -> None:
    """A page of the web whose own name was made to point here reads nothing; ports do not matter."""
    assert client.get("/no-such-page", headers={"Host": host}).status_code == status


def _status(headers: list[tuple[str, str]], arrived: str = "127.0.0.1", names: tuple[str, ...] = ()) -> int:
    """What a request gets that arrives at this address of the machine, for a page that is not there."""
    said: list[Message] = []
    scope: dict[str, Any] = {
        **{"type": "http", "method": "GET", "path": "/no-such-page", "query_string": b"", "root_path": ""},
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        "server": (arrived, 7860),
    }

    async def send(message: Message) -> None:
        said.append(message)

    asyncio.run(web_app(FakeService(), names=names)(scope, None, send))  # type: ignore[arg-type]  # reads nothing
    return int(said[0]["status"])


def test_the_addresses_of_this_machine_and_allowed_names_are_served() -> None:
    """The address at which a request arrives, also as one of both families, and what was allowed."""
    assert _status([("host", "10.1.2.3:7860")], "10.1.2.3") == 404
    assert _status([("host", "10.1.2.3:7860")], "::ffff:10.1.2.3") == 404
    assert _status([("host", "10.1.2.4:7860")], "10.1.2.3") == 400
    assert _status([("host", "Chat.example")], "10.1.2.3", ("chat.example",)) == 404
    assert _status([("host", "a.chat.example")], "10.1.2.3", ("chat.example",)) == 400


def test_a_host_is_named_once() -> None:
    """Not at all, or twice, it could be one to the door and another to what is behind it."""
    assert _status([]) == 400
    assert _status([("host", "localhost"), ("host", "evil.example")]) == 400


def test_there_is_no_websocket() -> None:
    """It is closed before it is accepted, from our own pages too."""
    said: list[Message] = []

    async def send(message: Message) -> None:
        said.append(message)

    scope = {"type": "websocket", "path": "/gradio_api/queue/join", "headers": [(b"host", b"localhost")]}
    asyncio.run(web_app(FakeService())(scope, None, send))  # type: ignore[arg-type]  # reads nothing
    assert [message["type"] for message in said] == ["websocket.close"]


_VALUES = {"data": [None, "x" * 9], "fn_index": 11, "session_hash": "abc"}
_FORGED: list[tuple[str, str | bytes, int]] = [
    *(
        (route, body, 422)
        for route in ("queue/join", "run/predict")
        for body in (
            b"", b"{", b"[]", b"null", b'"x"', b"\xff", b"[" * 5000,
            json.dumps({**_VALUES, "fn_index": 999}), json.dumps({**_VALUES, "fn_index": -1}),
            json.dumps({**_VALUES, "fn_index": None}), json.dumps({**_VALUES, "fn_index": True}),
            json.dumps({**_VALUES, "fn_index": 6, "data": []}),  # what gradio itself does, no function
            json.dumps({**_VALUES, "data": []}), json.dumps({**_VALUES, "data": [None] * 3}),
            json.dumps({**_VALUES, "data": {"0": 1}}), json.dumps({**_VALUES, "data": [{}, ""]}),
            json.dumps({**_VALUES, "data": ["session", ""]}), json.dumps({**_VALUES, "data": [None, ["a"]]}),
            json.dumps({**_VALUES, "data": [None, "\ud800"]}),
            json.dumps({**_VALUES, "data": [None, "x" * 2_000_000]}),
            json.dumps({**_VALUES, "event_data": [1]}), json.dumps({**_VALUES, "event_data": "x"}),
            json.dumps({**_VALUES, "trigger_id": "x"}), json.dumps({**_VALUES, "batched": True}),
            json.dumps({**_VALUES, "session_hash": None}), json.dumps({**_VALUES, "session_hash": "../x"}),
            json.dumps({"data": [None, ""], "fn_index": 9}),
        )
    ),
    ("run/predict", json.dumps({**_VALUES, "data": [None, None], "fn_index": 0}), 404),  # only by the queue
    ("cancel", b"{", 422),
    ("cancel", json.dumps({"session_hash": "abc"}), 422),
    ("reset", b"[]", 422),
]  # fmt: skip
_ODD: list[tuple[int, list[Any], Any]] = [  # of the form of a call, with what no page would say in it
    (32, [["no.pdf"], ["no"], "31/12", "x", ["xx"]], None),
    (32, [None] * 5, None),
    (34, [None, None, "2021-01-01", None, None], "2021-01-01"),
    (13, [None, "lease"], "lease"),
    *((38, [None], event) for event in (None, {}, {"kind": [], "value": {}}, {"kind": "documents"})),
    *((37, [None], event) for event in (None, {}, {"typed": []}, {"typed": {}})),
    *((39, [], event) for event in (None, {"document": {}}, {"document": "../../etc/passwd"})),
    *((40, [], event) for event in (None, {"id": 1}, {"id": "../x"}, {"id": "\0"})),
    *((5, [""], event) for event in (None, {"id": []}, {"id": "../x"})),
    *((7, [None, ""], event) for event in (None, {"id": "../x"})),
    *((11, [None, ""], event) for event in (None, {"id": "../x", "title": []}, {"id": 1, "title": "\0"})),
    *((8, [None, ""], event) for event in (None, {"documents": []}, {"documents": "a b"})),
    (12, [None, "word " * 5000], None),
    (23, [None, None], {"question": 1}),
    *((31, [None], event) for event in (None, {"id": "0-1"}, {"id": []}, {"id": "9-9", "page": 10**30})),
]  # fmt: skip


@pytest.mark.parametrize("arabic", ["", "/ar"])
def test_a_forged_call_leaves_no_traceback(arabic: str) -> None:
    """Whatever is wrong with it, it is refused in its status, and the log stays empty."""
    log: list[str] = []
    with running(log=log) as address, httpx.Client(base_url=f"{address}{arabic}/gradio_api/") as client:
        client.timeout = httpx.Timeout(60)
        for route, body, status in _FORGED:
            answer = client.post(route, content=body, headers={"Content-Type": "application/json"})
            assert answer.status_code == status, (route, body[:100], answer.text)
        for path in ("queue/data", "queue/data?session_hash=none", "queue/data?session_hash="):
            assert client.get(path).status_code == 404
        for index, data, event in _ODD:
            odd = {"fn_index": index, "data": data, "event_data": event, "session_hash": "abc"}
            assert client.post("run/predict", json=odd).status_code == 200, odd
        _ask_oddly(client)
    assert log == []


def _ask_oddly(client: httpx.Client) -> None:
    """Events that go by the queue: each is answered."""
    for index, data, event in [
        (2, [None, None, None], None), (2, ["", None, None], None), (0, [None, None], {"x": 1}),
        *((3, [None, None], event) for event in (None, {}, {"value": 1}, {"value": {"text": []}})),
        *((4, [None, None], event) for event in (None, {"question": {}})),
    ]:  # fmt: skip
        call = {"fn_index": index, "data": data, "event_data": event, "session_hash": "def"}
        assert client.post("queue/join", json=call).status_code == 200
        answers = client.get("queue/data", params={"session_hash": "def"}).text
        assert '"success":true' in answers, call
        assert '"success":false' not in answers, call


def _said(*arguments: str) -> list[str]:
    """What the chat prints before it serves, at this host and under these names."""
    code = (
        "import sys, uvicorn\nuvicorn.Server.run = lambda *_, **__: None\n"
        "from app.web.http.server import serve\nfrom tests.support.fake_service import FakeService\n"
        "serve(FakeService(), sys.argv[1], 0, 1, sys.argv[2:])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=Path(__file__).parents[2],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return run.stderr.splitlines()


def test_beyond_this_machine_one_warning_names_the_real_addresses() -> None:
    """Not 0.0.0.0, which is no address to go to; on this machine alone nothing is warned of."""
    warning, opened = _said("0.0.0.0", "chat.example")
    assert warning.startswith("warning: there is no password")
    port = opened.removeprefix("Open http://127.0.0.1:")
    assert port.isdecimal()
    for name in [*own_addresses(), "chat.example"]:
        assert f"http://{name}:{port}" in warning
    assert "0.0.0.0" not in warning
    assert [line.rpartition(":")[0] for line in _said("127.0.0.1")] == ["Open http://127.0.0.1"]
