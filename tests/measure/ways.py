"""A store asked in two ways: as the product is shipped, and with a part of it changed."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, nullcontext

from app.answering.assistant import Assistant
from app.answering.reader import CrossEncoder
from index.types import Load
from ingest.settings import Settings


def two_ways(
    settings: Settings,
    load: Load,
    encoder: CrossEncoder | None,
    other: str,
    change: AbstractContextManager[object],
) -> Iterator[tuple[str, Assistant]]:
    """The name of each way, the second one `other`, and an assistant that goes it."""
    for way, changed in (("as shipped", nullcontext()), (other, change)):
        with changed, closing(Assistant(settings, load, encoder)) as assistant:
            yield way, assistant
