"""Alternate content of Office files: one thing, for newer programs and for older ones, is read once."""

from lxml import etree

_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_DATA = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"


def settle(root: etree._Element) -> None:
    """Put one branch of each alternate content in its place: the first that can be read, else the last.

    The branches come newest first; a text box is there once as a drawing and once more as a picture.
    """
    for alternate in list(root.iter(_ALTERNATE)):
        parent, branches = alternate.getparent(), list(alternate)
        if parent is not None and branches:
            chosen = next((branch for branch in branches if _is_readable(branch)), branches[-1])
            at = parent.index(alternate)
            parent[at : at + 1] = list(chosen)


def _is_readable(branch: etree._Element) -> bool:
    """True if there is text in it, or a chart, whose stand-in says no more than that there is one."""
    charts = (data for data in branch.iter(_DATA) if "chart" in data.get("uri", ""))
    return any((node.text or "").strip() for node in branch.iter("{*}t")) or any(True for _ in charts)
