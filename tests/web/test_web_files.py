"""What the server gives of documents: by hash and number alone, and only what belongs to the store."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from app.web.http.server import web_app
from app.web.service.exchange import Exchange
from app.web.service.filters import Filter
from tests.support.fake_service import FakeService

REPORT, NOTES, NONE = "b" * 64, "c" * 64, "d" * 64


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    """A client of a running web chat."""
    with httpx.Client(base_url=address, timeout=20) as client:
        yield client


def test_a_page_is_served_as_a_picture(client: httpx.Client) -> None:
    """A JPEG under the policy of every response, kept nowhere on its way."""
    answer = client.get(f"/documents/{REPORT}/pages/2.jpg")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.content.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    "path",
    [
        f"{REPORT}/pages/9.jpg",
        f"{REPORT}/pages/0.jpg",
        f"{REPORT}/pages/-1.jpg",
        f"{REPORT}/pages/x.jpg",
        f"{NONE}/pages/1.jpg",
        f"{NONE}/original",
        f"{'B' * 64}/original",
        "..%2f..%2fetc%2fpasswd/original",
        f"{REPORT}/../../etc/passwd/original",
        f"{Path(__file__).name}/original",
        f"{REPORT}%00/original",
    ],
)
def test_nothing_else_is_served(client: httpx.Client, path: str) -> None:
    """No other page, document or path, however it is spelt."""
    answer = client.get(f"/documents/{path}")
    assert answer.status_code in {404, 422}
    assert "root:" not in answer.text


def test_only_a_pdf_opens_in_the_browser(client: httpx.Client) -> None:
    """Any other format is a download, of no type that a browser would run."""
    shown = client.get(f"/documents/{REPORT}/original").headers
    assert (shown["content-type"], shown["content-disposition"][:6]) == ("application/pdf", "inline")
    assert shown["cache-control"] == "private, no-store"
    kept = client.get(f"/documents/{REPORT}/original", params={"download": "1"}).headers
    assert kept["content-disposition"].startswith("attachment")
    other = client.get(f"/documents/{NOTES}/original").headers
    assert other["content-type"] == "application/octet-stream"
    assert other["content-disposition"].startswith("attachment")


def test_a_conversation_is_saved_under_its_title(tmp_path: Path) -> None:
    """As Markdown in the reader's language; no other id names a file."""
    service = FakeService(folder=tmp_path)
    kept = service.conversations.append("", Exchange("متى; \r\n 'a'/../b?", Filter(), None))

    async def get(path: str) -> httpx.Response:
        transport = httpx.ASGITransport(app=web_app(service))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get(path)

    answer = asyncio.run(get(f"/conversations/{kept.id}.md?language=ar"))
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{quote('متى ab.md')}"
    assert answer.text.startswith("# متى; 'a'/../b?\n")
    for other in ("A" * 16, "..%2fconversations", kept.id[:-1], f"{kept.id}x", "%00" * 16):
        refused = asyncio.run(get(f"/conversations/{other}.md"))
        assert refused.status_code in {404, 422}


def test_scripts_are_those_of_the_page(client: httpx.Client) -> None:
    """A browser runs them, and asks at each load if they are the same: no old one meets a new page."""
    answer = client.get("/scripts/page.js")
    assert "javascript" in answer.headers["content-type"]
    assert answer.headers["cache-control"] == "no-cache"
    again = client.get("/scripts/page.js", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, "no-cache")
    for path in ("none.js", "../shell.js", "%2e%2e/shell.js", ""):
        assert client.get(f"/scripts/{path}").status_code == 404
