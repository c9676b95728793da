"""Errors in the web chat: said in the page's language, and never with a path of the server."""

from pathlib import Path
from typing import NoReturn

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.phrases.languages import ARABIC, ENGLISH
from app.phrases.reasons import worded
from app.phrases.words import Words
from app.web.html.markdown import markdown
from app.web.http.library import add_library
from app.web.page.actions import Actions
from app.web.page.conversations_part import ConversationsActions
from app.web.page.session import Session
from app.web.service.conversations import Conversation
from app.web.service.filters import Filter
from app.web.service.service import Upload
from index.types import StoreStatus
from ingest.errors import (
    ModelError,
    ModelMismatch,
    MustanadError,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreOutdated,
    UsageError,
    reason_of,
)
from tests.support.fake_service import FakeService

PLACE = Path("/srv/secret/store")
STORE_ERRORS = [StoreError, StoreDamaged, StoreOutdated, StoreBusy, ModelMismatch]
ERRORS = [
    *(kind(PLACE, f"expected a sound store at {PLACE}, found none") for kind in STORE_ERRORS),
    *(kind(f"expected a file at {PLACE}, found none") for kind in (MustanadError, UsageError, ModelError)),
    OSError(28, "No space left on device", str(PLACE)),
]


class FailingService(FakeService):
    """Whatever it is asked for, it raises the error."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error
        self.library.keep = self.fail  # type: ignore[method-assign]

    def fail(self, _: Upload) -> NoReturn:
        raise self.error

    def status(self) -> StoreStatus:
        raise self.error


@pytest.mark.parametrize("words", [ENGLISH, ARABIC], ids=["en", "ar"])
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_the_chat_says_what_is_wrong_and_not_where(error: Exception, words: Words) -> None:
    """As the answer, as what is exported, above the conversations."""
    actions = Actions(FailingService(error), words)
    *_, (_, chat, session, _, _) = actions.ask("When does the lease end?", Session(), Filter())
    (failed,) = session.exchanges
    assert failed.error == reason_of(error)
    exported = markdown(Conversation("A" * 16, "T", "2026-11-26", session.exchanges), words)
    _, above = ConversationsActions(FailingService(error), words).listing(Session(), "")
    for told in (chat[1]["content"], chat[-1]["content"], exported, above):
        assert str(PLACE) not in told.replace("&#47;", "/").replace("\\", "")
    assert worded(failed.error, words) in exported.replace("\\", "")


@pytest.mark.parametrize("words", [ENGLISH, ARABIC], ids=["en", "ar"])
@pytest.mark.parametrize("error", ERRORS[:-1], ids=lambda error: type(error).__name__)
def test_the_library_says_what_is_wrong_and_not_where(error: Exception, words: Words) -> None:
    """Of the list and of an upload, in the language that the script names."""
    app = FastAPI()
    service = FailingService(error)
    add_library(app, service)
    client = TestClient(app)
    asked = {"language": words.code, "name": "a.txt"}
    kept = client.post("/library/files", params=asked, content=b"1")
    listed = client.get(f"/library/list/{words.code}")
    assert [answer.json() for answer in (kept, listed)] == [{"detail": worded(reason_of(error), words)}] * 2
    assert (kept.status_code, listed.status_code) == (422, 503)
    assert str(PLACE) not in kept.text + listed.text
