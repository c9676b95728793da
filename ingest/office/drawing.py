"""Text as Office files hold it: runs that are raised, lowered or neither; and what is in their drawings."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from lxml import etree

from ingest.characters import subscript, superscript
from ingest.equations import linear

Turn = Callable[[str], str] | None  # `superscript`, `subscript`, or None for as it is

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
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
        if node.tag in (_A + "r", _A + "fld"):
            yield _turn_of(node.find(_A + "rPr")), node.findtext(_A + "t") or ""
        elif node.tag == _A + "br":
            yield None, "\v"
        elif str(node.tag).rpartition("}")[2] in _EQUATIONS:
            yield None, linear(node)


def _turn_of(properties: etree._Element | None) -> Turn:
    """By the baseline, in thousandths of a percent: "30000", or "30%"."""
    baseline = "" if properties is None else properties.get("baseline", "")
    if baseline.startswith("-"):
        return subscript
    return superscript if baseline.strip("0%") else None


def diagram_texts(model: bytes) -> Iterator[str]:
    """The texts of a SmartArt drawing by its data part, in the order in which they were typed."""
    root = etree.fromstring(model, etree.XMLParser(resolve_entities=False, no_network=True))
    for point in root.iter(_DIAGRAM + "pt"):
        yield from map(drawn_text, point.iter(_A + "p"))
