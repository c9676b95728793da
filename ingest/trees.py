"""XML of strangers: parsed so that it reaches nothing outside itself, its names without their namespaces."""

from lxml import etree


def parsed(data: bytes, *, recover: bool = False) -> etree._Element:
    """The root of the tree, without comments and processing instructions.

    With `recover`, as far as the data are well-formed. Raises: etree.XMLSyntaxError.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, recover=recover
    )
    return etree.fromstring(data, parser)


def local(node: etree._Element) -> str:
    """The element's name without its namespace; "" of what is no element."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def text_in(node: etree._Element) -> str:
    """All text inside the element, as it stands."""
    return "".join(map(str, node.itertext()))
