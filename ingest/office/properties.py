"""What a Word or PowerPoint file says of itself: its core properties, and those that people add."""

from collections.abc import Iterator
from typing import Any, Protocol

from lxml import etree

from ingest.trees import local, parsed, text_in

_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_KEPT = ("creator", "subject", "keywords", "description", "category", "version")


class Package(Protocol):
    """An Office file, as python-docx and python-pptx open it."""

    def part_related_by(self, reltype: str, /) -> Any:
        """Raises: KeyError where there is no such part."""
        ...


def created(package: Package) -> str | None:
    """When the file was made, as its core properties say it; None where they do not."""
    # Not the libraries' own reading: it makes a day of a year, and fails on an empty date.
    return next((node.text for node in _children(package, _CORE) if local(node) == "created"), None)


def properties(package: Package) -> Iterator[tuple[str, str]]:
    """Name and value of each core property that tells of the contents, and of each that was added."""
    for node in _children(package, _CORE):
        if local(node) in _KEPT:
            yield local(node), node.text or ""
    for node in _children(package, _CUSTOM):
        yield node.get("name", ""), text_in(node)


def _children(package: Package, relation: str) -> list[etree._Element]:
    """The elements of the part; none where the file lacks it."""
    try:
        part = package.part_related_by(relation)
    except KeyError:
        return []
    root = parsed(part.blob, recover=True)
    return list(root.iterchildren(etree.Element)) if root is not None else []
