"""Equations on one line, from Word's and PowerPoint's own markup (OMML) and from MathML alike.

`E=mc²`, `x₁`, `(a+b)/2`, `√(x+1)`, `Σ_(i=1)^n i`: what is raised or lowered by its own characters where there
are such, else behind `^` and `_`.
"""

from collections.abc import Callable, Sequence

from lxml import etree

from ingest.characters import subscript, superscript
from ingest.trees import local, text_in

_DEEPEST = 40  # nested elements, below which the text is taken as it comes
_UNSEEN = {"annotation", "annotation-xml", "mphantom", "phant", "del"}
_SPACES = {"mspace", "br"}


def linear(equation: etree._Element, depth: int = 0) -> str:
    """The equation as it is typed on a line."""
    name = _name(equation)
    children = [node for node in equation if isinstance(node.tag, str) and not _is_left_out(node)]
    if name in _SPACES:
        return " "
    if not children or depth > _DEEPEST:
        text = text_in(equation)
        return text if name == "t" else text.strip()
    parts = [linear(node, depth + 1) for node in children]
    count, shape = _SHAPES.get(name, (0, _joined))
    return shape(equation, parts) if count in (0, len(parts)) else "".join(parts)


def _name(node: etree._Element) -> str:
    return local(node).rpartition(":")[2]


def _is_left_out(node: etree._Element) -> bool:
    """True for properties and for what is not printed."""
    return _name(node).endswith("Pr") or _name(node) in _UNSEEN


def _joined(_: etree._Element, parts: Sequence[str]) -> str:
    return "".join(parts)


def _grouped(text: str) -> str:
    """In brackets, unless it is one number or name."""
    text = text.strip()
    return text if text.replace(".", "").replace(",", "").isalnum() or len(text) == 1 else f"({text})"


def _turned(text: str, turn: Callable[[str], str], sign: str) -> str:
    """Raised or lowered: by its own characters if it has one for each, else behind the sign."""
    text = text.strip()
    turned = turn(text)
    own = all(new != old for new, old in zip(turned, text, strict=True))
    return turned if own else sign + _grouped(text)


def _raised(text: str) -> str:
    return _turned(text, superscript, "^")


def _lowered(text: str) -> str:
    return _turned(text, subscript, "_")


def _set(node: etree._Element, name: str, default: str) -> str:
    """The value of an OMML property, `<m:dPr><m:begChr m:val="["/></m:dPr>`."""
    found = node.find(f"{{*}}{_name(node)}Pr/{{*}}{name}")
    return default if found is None else next(iter(found.values()), "")


def _fraction(node: etree._Element, parts: Sequence[str]) -> str:
    if _set(node, "type", "") == "noBar" or node.get("linethickness") == "0":
        return f"({parts[0]} {parts[1]})"
    return f"{_grouped(parts[0])}/{_grouped(parts[1])}"


def _root(base: str, degree: str) -> str:
    return f"{_raised(degree)}√{_grouped(base)}"


def _bracketed(node: etree._Element, parts: Sequence[str]) -> str:
    begin, end = _set(node, "begChr", node.get("open", "(")), _set(node, "endChr", node.get("close", ")"))
    return begin + _set(node, "sepChr", "," if _name(node) == "mfenced" else "|").join(parts) + end


# The name of an element -> how many parts it has, 0 for any number, and what they make.
_SHAPES: dict[str, tuple[int, Callable[[etree._Element, Sequence[str]], str]]] = {
    **dict.fromkeys(("sSup", "msup", "limUpp"), (2, lambda _, parts: parts[0] + _raised(parts[1]))),
    **dict.fromkeys(
        ("sSub", "msub", "limLow", "munder"), (2, lambda _, parts: parts[0] + _lowered(parts[1]))
    ),
    **dict.fromkeys(
        ("sSubSup", "msubsup", "munderover"),
        (3, lambda _, parts: parts[0] + _lowered(parts[1]) + _raised(parts[2])),
    ),
    "sPre": (3, lambda _, parts: _lowered(parts[0]) + _raised(parts[1]) + parts[2]),
    **dict.fromkeys(("f", "mfrac"), (2, _fraction)),
    "rad": (2, lambda _, parts: _root(parts[1], parts[0])),
    "mroot": (2, lambda _, parts: _root(parts[0], parts[1])),
    "msqrt": (0, lambda _, parts: _root("".join(parts), "")),
    **dict.fromkeys(("d", "mfenced"), (0, _bracketed)),
    "nary": (
        3,
        lambda node, parts: f"{_set(node, 'chr', '∫')}{_lowered(parts[0])}{_raised(parts[1])} {parts[2]}",
    ),
    "func": (2, lambda _, parts: f"{parts[0]} {parts[1]}"),
    "acc": (1, lambda node, parts: parts[0] + _set(node, "chr", "\u0302")),
    "bar": (1, lambda _, parts: f"{parts[0]}\u0305"),
    **dict.fromkeys(("mr", "mtr"), (0, lambda _, parts: " ".join(parts))),
    **dict.fromkeys(("m", "mtable", "eqArr"), (0, lambda _, parts: "; ".join(parts))),
}
