"""What the scripts ask of the library: to keep a file, to begin, follow and cancel an ingest, to list it."""

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

from fastapi import Body, Depends, FastAPI, HTTPException, Query, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from app.phrases.languages import LANGUAGES
from app.phrases.reasons import worded
from app.phrases.words import Words
from app.web.html.library import list_html
from app.web.service.listing import Listing
from app.web.service.service import Action, Job, Library, Service, Upload, UploadResult
from index.ingesting.scan import too_large
from index.types import StoreStatus
from ingest.errors import MustanadError, StoreMissing, reason_of
from ingest.reasons import Reason


def add_library(app: FastAPI, service: Service) -> None:
    """Put the routes before the page's, which would take every address."""
    _add_uploads(app, service.library)
    _add_jobs(app, service.library)
    _add_list(app, service)


def _add_uploads(app: FastAPI, library: Library) -> None:
    @app.post("/library/files")
    async def receive(
        request: Request,
        name: Annotated[str, Query(min_length=1, max_length=4000)],
        language: str = LANGUAGES[0].code,
    ) -> dict[str, Any]:
        """Keep the body as a file of that path; 413 with the ledger's reason where it is too large."""
        words = _words(language)
        try:
            library.inbox.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=library.inbox, prefix=".", suffix=".part") as file:
                async for part in request.stream():
                    file.write(part)
                    if problem := too_large(file.tell(), library.max_file_mb):
                        raise HTTPException(413, worded(problem, words))
                file.flush()
                return asdict(await run_in_threadpool(library.keep, Upload(Path(file.name), name)))
        except ClientDisconnect as error:
            raise HTTPException(400, "cancelled") from error
        except MustanadError as error:
            raise HTTPException(422, worded(error.reason, words)) from error
        except OSError as error:  # the disk is full
            raise HTTPException(507, worded(Reason("not_kept", problem=reason_of(error)), words)) from error


def _add_jobs(app: FastAPI, library: Library) -> None:
    @app.post("/library/jobs")
    def begin(action: Annotated[Action, Body()], paths: Annotated[list[str], Body()]) -> dict[str, str]:
        return {"job": library.begin(action, paths)}

    @app.get("/library/jobs/{name}")
    def state(name: str, language: str = LANGUAGES[0].code) -> dict[str, Any]:
        job, words = library.job(name), _words(language)
        if job is None:
            raise HTTPException(404, "no such job")
        return job_json(job, words)

    @app.delete("/library/jobs/{name}")
    def cancel(name: str) -> None:
        library.cancel(name)


def _add_list(app: FastAPI, service: Service) -> None:
    @app.get("/library/list/{code}")
    def listing(code: str, asked: Annotated[Listing, Depends()]) -> HTMLResponse:
        """A part of the list of files, for the dialog."""
        words = _words(code)
        status: StoreStatus | None = None
        try:
            status = service.status()
        except StoreMissing:
            pass
        except MustanadError as error:
            raise HTTPException(503, worded(error.reason, words)) from error
        return HTMLResponse(
            list_html(status, service.library, asked, words), headers={"Cache-Control": "no-store"}
        )


def _words(code: str) -> Words:
    for words in LANGUAGES:
        if words.code == code:
            return words
    raise HTTPException(404, "no such language")


def job_json(job: Job, words: Words) -> dict[str, Any]:
    """A job as the scripts take it, the ledger's reasons in the page's language."""
    return {
        "state": job.state,
        "problem": worded(job.problem, words) if job.problem else None,
        "progress": asdict(job.progress),
        "outcomes": {outcome.path: _outcome_json(outcome, words) for outcome in job.outcomes},
    }


def _outcome_json(outcome: UploadResult, words: Words) -> dict[str, Any]:
    file = outcome.file
    return {
        "state": file.state,
        "pages": file.pages,
        "passages": file.passages,
        "reasons": [{"pages": entry.pages, "reason": worded(entry.reason, words)} for entry in file.unread],
        "same_as": outcome.same_as,
    }
