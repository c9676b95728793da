"""What an open page is told each second."""

from pathlib import Path

import httpx
import pytest

from app.web.http.server import web_app
from app.web.http.state import SERVER
from app.web.service.exchange import Exchange
from app.web.service.filters import Filter
from ingest.errors import StoreDamaged
from tests.support.fake_service import FakeService

NOTHING = {"own": 0, "newest": 0, "conversations": 0}


class Damaged(FakeService):
    """A store that cannot be opened."""

    def generation(self) -> int:
        raise StoreDamaged(Path("store"), "expected a whole store, found half of one")


async def _state(service: FakeService, conversation: str = "") -> dict[str, object]:
    transport = httpx.ASGITransport(web_app(service))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        answer = await client.get("/library/state", params={"conversation": conversation})
    assert answer.headers["cache-control"] == "no-store"
    told: dict[str, object] = answer.json()
    return told


@pytest.mark.anyio
async def test_documents_and_what_is_read_of_them_are_told(tmp_path: Path) -> None:
    """The newest generation, and the job that reads, with all that the page says of it."""
    service = FakeService(folder=tmp_path)
    assert await _state(service) == {
        "server": SERVER, "generation": 7, "conversations": NOTHING, "activity": None,
    }  # fmt: skip
    service.library.begin("reread", ["slow.pdf"])
    activity = (await _state(service))["activity"]
    assert activity == {
        "job": "0", "left": 95.0, "share": pytest.approx((2 + 12 / 168) / 10),
        "progress": {
            "files_done": 2, "files": 5, "pages": 40, "passages": 0, "passages_found": 90,
            "current": "uploads/slow.pdf", "recognised": 0, "to_recognise": 0, "page": 12, "of_pages": 168,
        },
    }  # fmt: skip


@pytest.mark.anyio
async def test_what_is_newest_of_conversations_is_told(tmp_path: Path) -> None:
    """Of the one that is open and of all; nothing of one that is not there; numbers are not used again."""
    service = FakeService(folder=tmp_path)
    asked = Exchange("When does the lease end?", Filter(), None)
    one = service.conversations.append("", asked)
    other = service.conversations.append("", asked)
    told = [(await _state(service, key))["conversations"] for key in (one.id, other.id, "x' OR 1", "")]
    assert told == [{"own": own, "newest": 2, "conversations": 2} for own in (1, 2, 0, 0)]
    service.conversations.delete(other.id)
    service.conversations.append(one.id, asked)
    assert (await _state(service, one.id))["conversations"] == {"own": 3, "newest": 3, "conversations": 1}


@pytest.mark.anyio
async def test_a_store_that_cannot_be_opened_is_no_error_here(tmp_path: Path) -> None:
    """The sidebar says what is wrong; an open page asks on."""
    assert (await _state(Damaged(folder=tmp_path)))["generation"] is None
