"""What an open page asks each second: all that may have changed without it, in one small answer."""

from dataclasses import asdict
from secrets import token_urlsafe
from typing import Any

from fastapi import FastAPI, Response

from app.web.service.conversations import Last
from app.web.service.service import Service
from ingest.errors import MustanadError

SERVER = token_urlsafe(6)  # another one does not know the conversations of this one's pages


def add_state(app: FastAPI, service: Service) -> None:
    """Put the route before the page's, which would take every address."""

    @app.get("/library/state")
    def state(response: Response, conversation: str = "") -> dict[str, Any]:
        """The newest generation, null where none can be told; the newest exchanges; what is being read."""
        response.headers["Cache-Control"] = "no-store"
        generation, last = None, Last(0, 0, 0)
        try:
            generation = service.generation()
            last = service.conversations.last(conversation)
        except MustanadError:  # said by the sidebar
            pass
        activity = service.library.activity()
        return {
            "server": SERVER,
            "generation": generation,
            "conversations": asdict(last),
            "activity": {**asdict(activity), "share": activity.progress.share} if activity else None,
        }
