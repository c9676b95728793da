"""The comments of a PowerPoint file, as its older and its newer versions keep them."""

from collections.abc import Iterator, Mapping

from lxml import etree
from pptx.opc.package import Part

from ingest.blocks import RawBlock, block
from ingest.office.drawing import A, drawn_text
from ingest.trees import parsed


def authors_of(presentation: Part) -> dict[str, str]:
    """The names of those who comment, by their ids."""
    named = (node for root in _related(presentation, "commentAuthors", "authors") for node in root)
    return {node.get("id", ""): node.get("name", "") for node in named}


def comments_on(slide: Part, authors: Mapping[str, str], number: int) -> Iterator[RawBlock]:
    """The comments on a slide and what was replied to each, in their order."""
    for root in _related(slide, "comments"):
        for comment in root.iter("{*}cm", "{*}reply"):
            paragraphs = comment.iterfind(f"{{*}}txBody/{A}p")
            text = comment.findtext("{*}text") or " ".join(map(drawn_text, paragraphs))
            yield block("note", text, number, by=authors.get(comment.get("authorId", ""), ""))


def _related(part: Part, *names: str) -> Iterator[etree._Element]:
    """The parts that stand in one of these relations to this one."""
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.rpartition("/")[2] in names:
            yield parsed(relation.target_part.blob)
