"""What a PDF says of itself: by its information dictionary, and by the XMP packet that it may hold."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import pypdf

_INFO = ("/Author", "/Subject", "/Keywords")
_XMP = ("creator", "contributor", "publisher")  # what else it holds stands in the dictionary


def details_of(reader: pypdf.PdfReader | None) -> list[tuple[str, str]]:
    """Name and value of each, as `ingest.details.told` takes them; what is damaged says nothing."""
    found: list[tuple[str, str]] = []
    for read in (_of_dictionary, _of_packet):
        with suppress(Exception):  # pypdf meets damage with any exception there is
            found.extend(read(reader) if reader else ())
    return found


def _of_dictionary(reader: pypdf.PdfReader) -> Iterator[tuple[str, str]]:
    given: Mapping[str, Any] = reader.metadata or {}
    return ((name[1:], str(given[name])) for name in _INFO if name in given)


def _of_packet(reader: pypdf.PdfReader) -> Iterator[tuple[str, str]]:
    packet = reader.xmp_metadata
    return ((name, str(value)) for name in _XMP for value in getattr(packet, f"dc_{name}", None) or ())
