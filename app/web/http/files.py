"""What the web chat serves beside its page: scripts, pictures of pages, the files themselves, conversations.

A document is named by the hash of its bytes, a page by its number, a conversation by its id; no path
comes from outside.
"""

import pathlib
import re
from typing import Annotated
from urllib.parse import quote

from fastapi import FastAPI, HTTPException, Path, Response
from fastapi.responses import FileResponse
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.phrases.languages import language_of
from app.phrases.reasons import worded
from app.web.html.markdown import markdown
from app.web.service.conversations import ID_PATTERN
from app.web.service.service import Service
from ingest.errors import MustanadError
from ingest.formats import is_picture

SCRIPTS = pathlib.Path(__file__).parents[1] / "assets" / "scripts"
_Hash = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
_Id = Annotated[str, Path(pattern=ID_PATTERN)]
_Number = Annotated[int, Path(ge=1, le=1_000_000)]
_HEAD = 1024  # bytes of a file within which it says that it is a picture
_UNKEPT = {"Cache-Control": "private, no-store"}  # what was deleted is gone from the browser too


class _Scripts(StaticFiles):
    """The modules of the page's script; a browser asks at each load whether its own are still the same."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def add_files(app: FastAPI, service: Service) -> None:
    """Put the routes before the page's, which would take every address."""
    app.mount("/scripts", GZipMiddleware(_Scripts(directory=SCRIPTS)))

    @app.get("/documents/{document_id}/pages/{number}.jpg")
    def picture(document_id: _Hash, number: _Number) -> Response:
        try:
            return Response(service.picture(document_id, number), media_type="image/jpeg", headers=_UNKEPT)
        except MustanadError as error:
            raise HTTPException(404) from error

    @app.get("/documents/{document_id}/original")
    def original(document_id: _Hash, download: bool = False) -> Response:
        """Only a PDF is shown in the browser: any other format could hold a page that acts as ours."""
        try:
            file = service.original(document_id)
            with file.open("rb") as opened:
                shown = service.has_pictures(document_id) and not is_picture(opened.read(_HEAD))
        except MustanadError as error:
            raise HTTPException(404) from error
        return FileResponse(
            file,
            media_type="application/pdf" if shown else "application/octet-stream",
            filename=file.name,
            content_disposition_type="inline" if shown and not download else "attachment",
            headers=_UNKEPT,
        )

    @app.get("/conversations/{conversation_id}.md")
    def conversation(conversation_id: _Id, language: str = "en") -> Response:
        """The conversation as Markdown, to be saved under its title."""
        words = language_of(language, "")
        try:
            kept = service.conversations.get(conversation_id)
        except MustanadError as error:
            raise HTTPException(404, worded(error.reason, words)) from error
        if kept is None:
            raise HTTPException(404, "no such conversation")
        return _markdown_file(kept.title, markdown(kept, words))


def _markdown_file(title: str, text: str) -> Response:
    """The text, to be saved under the title."""
    name = re.sub(r"[^\w ]+", "", title)[:60].strip() or "conversation"
    disposition = f"attachment; filename*=UTF-8''{quote(name)}.md"
    headers = {"Content-Disposition": disposition, **_UNKEPT}
    return Response(text, media_type="text/markdown; charset=utf-8", headers=headers)
