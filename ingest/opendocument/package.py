"""An OpenDocument file, opened: its content, its styles, what it says of itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.errors import ReadError
from ingest.formats import open_zip
from ingest.reasons import Reason
from ingest.trees import local, parsed

_TOLD = {  # elements of meta.xml by their names there -> what Office files call the same
    "initial-creator": "creator",
    "creator": "creator",
    "subject": "subject",
    "keyword": "keywords",
    "description": "description",
}


def value(node: etree._Element, name: str, default: str = "") -> str:
    """The attribute of that name, in whichever namespace."""
    return next((str(given) for key, given in node.items() if str(key).rpartition("}")[2] == name), default)


def number(node: etree._Element, name: str, most: int) -> int:
    """The attribute as a count from 1 to `most`; 1 where it is none."""
    given = value(node, name, "1")
    return min(max(int(given), 1), most) if given.isdecimal() and len(given) < 10 else 1


@dataclass(frozen=True, slots=True)
class Package:
    """The roots of content.xml, styles.xml and meta.xml; None where the file has none."""

    content: etree._Element
    styles: etree._Element | None
    meta: etree._Element | None

    @classmethod
    def open(cls, data: bytes) -> "Package":
        """Raises: ReadError where it is encrypted; KeyError, etree.XMLSyntaxError where it is damaged."""
        if not data.startswith(b"PK"):  # a "flat" file, which is all in one
            root = parsed(data)
            return cls(root, root, root)
        with open_zip(data) as container:
            names = container.namelist()
            if "META-INF/manifest.xml" in names and b"encryption-data" in container.read(
                "META-INF/manifest.xml"
            ):
                raise ReadError(Reason("locked_container"))
            content = parsed(container.read("content.xml"))
            styles, meta = (
                parsed(container.read(name)) if name in names else None for name in ("styles.xml", "meta.xml")
            )
        return cls(content, styles, meta)

    @property
    def body(self) -> etree._Element:
        """The element that holds the text, the sheets or the slides. Raises: KeyError where there is none."""
        body = self.content.find(".//{*}body")
        if body is None or not len(body):
            raise KeyError("office:body")
        return body[0]

    @property
    def title(self) -> str | None:
        """The title that the file gives itself."""
        return next((text for name, text in self._told() if name == "title"), None)

    @property
    def created(self) -> str | None:
        """When it was made, by the file."""
        return next((text for name, text in self._told() if name == "creation-date"), None)

    @property
    def details(self) -> list[tuple[str, str]]:
        """What the file says of itself, by the names that other Office files have for it."""
        named = [(_TOLD.get(name, ""), text) for name, text in self._told()]
        return [(name, text) for name, text in named if name]

    def _told(self) -> Iterator[tuple[str, str]]:
        for node in self.meta.iter() if self.meta is not None else ():
            if node.text and node.text.strip():
                if local(node) == "user-defined":
                    yield value(node, "name"), node.text
                else:
                    yield local(node), node.text
