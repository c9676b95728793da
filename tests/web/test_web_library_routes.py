"""What the scripts ask of the library over HTTP, what is refused, and what the library looks like."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.types import Message

from app.phrases.languages import ARABIC, ENGLISH
from app.web.html.library import dialog_html, list_html, summary_html
from app.web.http.server import web_app
from app.web.service.listing import Listing
from tests.support.fake_service import ATTACK, FILES, FakeService, running
from tests.web.test_web_render import Tags


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    """A client of a running web chat."""
    with running() as address, httpx.Client(base_url=address, timeout=20) as client:
        yield client


def test_a_file_is_kept_read_and_listed(client: httpx.Client) -> None:
    """Its body under its path; then a job that is looked at until it has ended; then a row of the list."""
    kept = client.post("/library/files", params={"name": "trip/été 1.txt"}, content=b"12345")
    assert kept.json() == {"path": "trip/été 1.txt", "already": None}
    body = {"action": "add", "paths": ["trip/été 1.txt"]}
    job = client.post("/library/jobs", json=body).json()["job"]
    states = [client.get(f"/library/jobs/{job}").json() for _ in range(3)]
    assert [state["state"] for state in states] == ["waiting", "reading", "done"]
    assert states[1]["progress"]["current"] == "uploads/trip/été 1.txt"
    assert states[2]["outcomes"]["trip/été 1.txt"]["passages"] == 3
    assert "trip/été 1.txt, 5 bytes" in client.get("/library/list/en").text


def test_a_job_is_cancelled(client: httpx.Client) -> None:
    """And one that does not exist is not found."""
    body = {"action": "reread", "paths": ["slow.txt"]}
    job = client.post("/library/jobs", json=body).json()["job"]
    client.delete(f"/library/jobs/{job}").raise_for_status()
    assert client.get(f"/library/jobs/{job}").json()["state"] == "cancelled"
    assert client.get("/library/jobs/x").status_code == 404


def test_a_client_that_goes_away_leaves_nothing(tmp_path: Path) -> None:
    """What it had sent of its file lay in the inbox, and is gone."""
    service = FakeService()
    service.library.inbox = tmp_path / "uploads"
    parts = [{"type": "http.request", "body": b"half", "more_body": True}, {"type": "http.disconnect"}]
    lay: list[int] = []

    async def receive() -> Message:
        lay.append(len(list(service.library.inbox.iterdir())))
        return parts.pop(0)

    async def send(message: Message) -> None:
        pass

    scope = {
        **{"type": "http", "method": "POST", "path": "/library/files", "query_string": b"name=a.txt"},
        **{"root_path": "", "headers": [(b"host", b"localhost")], "server": ("127.0.0.1", 7860)},
    }
    asyncio.run(web_app(service)(scope, receive, send))
    assert lay == [1, 1]
    assert list(service.library.inbox.iterdir()) == []


def test_what_cannot_be_is_refused(client: httpx.Client) -> None:
    """A file over the limit with the ledger's reason; an unknown action, a list in an unknown language."""
    big = client.post("/library/files", params={"name": "big.txt"}, content=b"x" * 1_100_000)
    assert (big.status_code, big.json()["detail"]) == (413, "too large: 2 MB, limit 1 MB (max_file_mb)")
    body = {"action": "burn", "paths": ["notes.md"]}
    assert client.post("/library/jobs", json=body).status_code == 422
    assert client.get("/library/list/xx").status_code == 404
    assert client.get("/library/list/en?order=size").status_code == 422


def test_a_part_of_the_list_is_asked_for(client: httpx.Client) -> None:
    """So many files from one on, of those that are found, in an order that the list's buttons then say."""
    asked = {"find": "LEASE pdf", "order": "date", "down": "true", "start": "1", "most": "1"}
    listed = client.get("/library/list/ar", params=asked).text
    assert 'data-found="2"' in listed
    assert re.findall(r'data-path="([^"]*)"', listed) == ["old/lease copy.pdf"]
    now, turned = '<button type="button" data-order="date" data-down="false" aria-pressed="true">', "تنازلي"
    assert f'{now}التاريخ <span class="m-aside">{turned}</span></button>' in listed
    assert listed.count('aria-pressed="false"') == 4
    assert ENGLISH.none_named not in client.get("/library/list/en").text
    assert ENGLISH.none_named in client.get("/library/list/en?find=unicorn").text


def test_the_list_tells_what_is_known_of_every_file() -> None:
    """Title, path, pages, date, language, state with the ledger's reasons; in both languages, all escaped."""
    service = FakeService()
    html = list_html(service.status(), service.library, Listing(), ENGLISH)
    seen = Tags(html)
    assert not seen.tags & {"img", "script"}
    assert html.count("data-path=") == len(service.files)
    for known in ("Office lease", "contracts/lease.pdf", "12 pages", "2021-03-04", "العربية", "copy"):
        assert known in seen.text
    assert "partly read pages 4, 5: no text layer".replace("read ", "read") in seen.text
    assert "Watching 2 files and folders, last read at 2026-03-04 05:06" in seen.text
    assert "Only uploads can be removed" in seen.text
    assert 'data-do="remove"' not in html
    arabic = Tags(list_html(service.status(), service.library, Listing(), ARABIC)).text
    for phrase in (ARABIC.state_partly, ARABIC.state_unread, ARABIC.not_ours, ARABIC.watching(2)):
        assert phrase in arabic
    assert ENGLISH.no_documents in list_html(None, service.library, Listing(), ENGLISH)


def test_the_summary_counts_and_names_the_gaps() -> None:
    """Documents, pages and passages, what was not read, or not surely, and why, all of it escaped."""
    seen = Tags(summary_html(FakeService().status(), ENGLISH))
    assert "img" not in seen.tags
    assert seen.text.count(ATTACK) == 2  # its path in the ledger, the reason
    assert "5 documents, 62 pages, 328 passages" in seen.text
    assert "1 document, 7 passages" in Tags(summary_html(FakeService(FILES[3:4]).status(), ENGLISH)).text
    assert "scan.pdf, pages 4, 5: no text layer" in seen.text
    assert "secret.pdf: locked with a password" in seen.text
    assert "Generation" not in seen.text
    assert "No documents yet" in summary_html(None, ENGLISH)


def test_the_dialog_names_the_limit() -> None:
    """The script tells a file that is too large before it is sent."""
    assert 'data-limit="1"' in dialog_html(FakeService().library, ENGLISH)
