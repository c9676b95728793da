"""What a screen reader is told of a page: the browser's accessibility tree, in its order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

_SILENT = {"none", "generic", "InlineTextBox", "LineBreak", "ListMarker"}  # nothing of their own is said


@dataclass(frozen=True, slots=True)
class Node:
    """One thing that is said; `live` is how soon a change in it is: "", "polite" or "assertive"."""

    role: str
    name: str
    live: str
    focused: bool
    within: tuple[str, ...]  # the roles that it stands in, from the page inwards


def spoken(page: Page) -> list[Node]:
    """All that is there to be read, in reading order."""
    session = page.context.new_cdp_session(page)
    nodes = {each["nodeId"]: each for each in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    root = next(each for each in nodes.values() if "parentId" not in each)
    return list(_read(root, nodes, "", ()))


def _read(
    node: dict[str, Any], nodes: dict[str, dict[str, Any]], live: str, within: tuple[str, ...]
) -> Iterator[Node]:
    properties = {each["name"]: each["value"].get("value") for each in node.get("properties", ())}
    role, name = (node.get(each, {}).get("value", "") for each in ("role", "name"))
    live = properties.get("live") or live
    if not node["ignored"] and role not in _SILENT:
        yield Node(role, name, live, bool(properties.get("focused")), within)
        within = (*within, role)
    for child in node.get("childIds", ()):
        if child in nodes:
            yield from _read(nodes[child], nodes, live, within)
