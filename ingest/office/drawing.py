"""Text as Office files hold it: runs that are raised, lowered or neither; and what is in their drawings."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from lxml import etree

from ingest.characters import subscript, superscript
from ingest.equations import linear
from ingest.reasons import Code
from ingest.trees import local, parsed

Turn = Callable[[str], str] | None  # `superscript`, `subscript`, or None for as it is

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
_EQUATIONS = ("m", "oMath", "oMathPara")


def joined(runs: Iterable[tuple[Turn, str]]) -> str:
    """The text of runs, of which some are raised or lowered: "th" in two runs is so as in one."""
    alike = groupby(runs, key=itemgetter(0))
    return "".join((turn or str)("".join(text for _, text in run)) for turn, run in alike)


def drawn_text(paragraph: etree._Element) -> str:
    """The text of a paragraph in a drawing, on a slide or in a diagram."""
    return joined(_runs(paragraph))


def _runs(paragraph: etree._Element) -> Iterator[tuple[Turn, str]]:
    for node in paragraph:
        if node.tag in (A + "r", A + "fld"):
            yield _turn_of(node.find(A + "rPr")), node.findtext(A + "t") or ""
        elif node.tag == A + "br":
            yield None, "\v"
        elif local(node) in _EQUATIONS:
            yield None, linear(node)


def _turn_of(properties: etree._Element | None) -> Turn:
    """By the baseline, in thousandths of a percent: "30000", or "30%"."""
    baseline = "" if properties is None else properties.get("baseline", "")
    if baseline.startswith("-"):
        return subscript
    return superscript if baseline.strip("0%") else None


def unread_in(root: etree._Element, large: int) -> Iterator[Code]:
    """What is only drawn there: charts, what was embedded, pictures of this area in square EMU."""
    if any("chart" in data.get("uri", "") for data in root.iter(A + "graphicData")):
        yield "chart_not_read"
    if any(True for _ in root.iter("{*}OLEObject", "{*}oleObj")):
        yield "object_not_read"
    extents = (extent for picture in root.iter("{*}pic") for extent in picture.iter(A + "ext"))
    if any(_number(extent, "cx") * _number(extent, "cy") >= large for extent in extents):
        yield "pictures_not_read"


def _number(node: etree._Element, name: str) -> int:
    value = node.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 12 else 0


def diagram_texts(node: etree._Element, relations: Mapping[str, Any]) -> Iterator[str]:
    """The texts of the SmartArt in a node, in the order in which they were typed.

    `relations` are those of its part, as python-docx and python-pptx have them.
    """
    for reference in node.iter(_DIAGRAM + "relIds"):
        relation = relations.get(reference.get(_DATA, ""))
        if relation is None or relation.is_external:
            continue
        for point in parsed(relation.target_part.blob).iter(_DIAGRAM + "pt"):
            yield from map(drawn_text, point.iter(A + "p"))
