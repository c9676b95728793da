"""Visitors of the running web chat, who speak with it as its page in a browser does."""

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, cycle
from typing import Any

import httpx

_API = "/gradio_api"
_TURNS = 5  # questions of a conversation; then another visitor comes


@dataclass(frozen=True, slots=True)
class Page:
    """What the page's configuration tells: the question box and the two functions that an answer takes."""

    box: int
    ask: int
    refresh: int

    @classmethod
    def of(cls, html: str) -> "Page":
        """Of the page that the server gives to a browser, in which the configuration stands."""
        config = config_of(html)
        box = next(each["id"] for each in config["components"] if each["props"].get("elem_id") == "m-ask")
        functions = config["dependencies"]
        ask = next(each["id"] for each in functions if [box, "submit"] in each["targets"])
        return cls(box, ask, next(each["id"] for each in functions if each["trigger_after"] == ask))


def config_of(html: str) -> dict[str, Any]:
    """Gradio's configuration, which stands in the page. Raises: ValueError where it does not."""
    start = html.index("window.gradio_config = ") + len("window.gradio_config = ")
    config: dict[str, Any] = json.JSONDecoder().raw_decode(html, start)[0]
    return config


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked: how long its answer took, and whether it was one."""

    ms: float
    answered: bool


async def crowd(url: str, questions: Sequence[str], users: int, seconds: float) -> list[Asked]:
    """So many visitors at a time, each asking again as soon as it is answered, for so long.

    Questions still open at the end are waited for and count.
    """
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=users)
    async with httpx.AsyncClient(base_url=url, timeout=600, limits=limits) as client:
        page = Page.of((await client.get("/", follow_redirects=True)).text)
        until = time.perf_counter() + seconds
        turns, numbers = cycle(questions), count()
        asked = await asyncio.gather(*(_user(client, page, turns, numbers, until) for _ in range(users)))
    return [one for some in asked for one in some]


async def _user(
    client: httpx.AsyncClient, page: Page, questions: Iterator[str], numbers: Iterator[int], until: float
) -> list[Asked]:
    asked: list[Asked] = []
    session = ""
    while time.perf_counter() < until:
        if len(asked) % _TURNS == 0:
            session = f"visitor{next(numbers)}"
        started = time.perf_counter()
        done = await _call(client, page.ask, [next(questions), None, None], session, page.box)
        elapsed = 1000 * (time.perf_counter() - started)
        asked.append(Asked(elapsed, _answers(done)))
        await _call(client, page.refresh, [None, None], session, None)
    return asked


def _answers(done: dict[str, Any]) -> bool:
    """Whether the last message of the chat, the second part of the output, is no error."""
    return bool(done["success"]) and "m-error" not in json.dumps(done["output"]["data"][1][-1])


async def _call(
    client: httpx.AsyncClient, function: int, data: list[Any], session: str, trigger: int | None
) -> dict[str, Any]:
    """The last message of a call through the queue.

    Raises: HTTPStatusError where it is refused, RuntimeError where no answer comes.
    """
    body = {
        "data": data,
        "fn_index": function,
        "session_hash": session,
        "event_data": None,
        "trigger_id": trigger,
    }
    (await client.post(f"{_API}/queue/join", json=body)).raise_for_status()
    last: dict[str, Any] = {}
    async with client.stream("GET", f"{_API}/queue/data", params={"session_hash": session}) as events:
        async for line in events.aiter_lines():
            message = json.loads(line.removeprefix("data: ")) if line else {}
            if message.get("msg") == "process_completed":
                last = message
    if not last:
        raise RuntimeError(
            f"expected an answer to function {function}, the stream of {session} ended without"
        )
    return last
